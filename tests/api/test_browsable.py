"""The API in a browser: pages with raw data fields and nothing from elsewhere."""

import re

import pytest

from tests.support.rest import Rest, read

HTML = "text/html,application/xhtml+xml,*/*;q=0.8"


async def test_the_root_says_where_everything_is(rest: Rest) -> None:
    root = read(await rest.call("GET", "/api/"))

    for address in root.values():
        page = await rest.call("GET", address.removeprefix("http://testserver"))
        assert page.status_code == 200


@pytest.mark.parametrize("below", ["", "{id}/", "{id}/changes/", "{id}/nope/"])
async def test_every_address_is_a_page_for_a_browser(rest: Rest, below: str) -> None:
    board = await rest.make_board(title="<script>alert(1)</script>")

    reply = await rest.call("GET", below.format(**board), Accept=HTML)

    page = reply.content.decode()
    assert reply["Content-Type"].startswith("text/html")
    assert "<script>alert(1)</script>" not in page
    assert not re.findall(r'(?:src|link[^>]+href)="(?:https?:)?//', page)


async def test_a_page_takes_raw_json_only(rest: Rest) -> None:
    page = (await rest.call("GET", "", Accept=HTML)).content.decode()

    assert 'name="_content"' in page
    assert 'id="post-object-form"' not in page
