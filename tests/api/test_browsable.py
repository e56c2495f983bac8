"""The API in a browser: pages with raw data fields and nothing from elsewhere."""

import re

import pytest

from tests.support.rest import Rest, put, read

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


async def test_the_way_back_leads_over_addresses_that_exist(rest: Rest) -> None:
    board = await rest.make_board()

    reply = await rest.call("GET", f"{board['id']}/elements/", Accept=HTML)

    page = reply.content.decode()
    crumbs = re.search(r'class="breadcrumb">(.*?)</ul>', page, re.DOTALL)
    assert crumbs is not None
    names = re.findall(r">\s*(\w+)\s*</a>", crumbs[1])
    assert names == ["API", "Boards", "Board", "Elements"]


async def test_a_small_reply_is_a_page_and_a_large_one_is_plain(rest: Rest) -> None:
    board = await rest.make_board()
    path = f"{board['id']}/elements/"
    drawn = await rest.draw(board, [put("a")], Accept=HTML)
    small = await rest.call("GET", path, Accept=HTML)

    await rest.draw(board, [put(f"e{n}") for n in range(1000)])
    large = await rest.call("GET", path, Accept=HTML)

    assert drawn.status_code == 201
    assert "&quot;op&quot;: &quot;put&quot;" in drawn.content.decode()
    assert small["Content-Type"].startswith("text/html")
    assert large["Content-Type"] == "application/json"


async def test_a_page_takes_raw_json_only(rest: Rest) -> None:
    page = (await rest.call("GET", "", Accept=HTML)).content.decode()

    assert 'name="_content"' in page
    assert 'id="post-object-form"' not in page
