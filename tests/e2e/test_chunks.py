"""Scripts that are loaded on demand, from hashed static files as in production."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewPerson, board_url
from tests.support import plain_http
from tests.support.convergence import RestBoard
from tests.support.server import Server, manage, running_server

pytestmark = pytest.mark.browser

SHARE = re.compile("share", re.I)


@pytest.fixture(scope="module")
def site(sqlite_module_url: str) -> Iterator[Server]:
    """A server out of debug mode: static files are collected and hashed."""
    env = {
        "DATABASE_URL": sqlite_module_url,
        "DJANGO_DEBUG": "false",
        "BOARD_HTTPS": "false",
    }
    manage("collectstatic", "--noinput", "--clear", "-v", "0", env=env)
    with running_server(env) as server:
        yield server


def scripts(asked: list[str]) -> list[str]:
    return [url for url in asked if url.endswith(".js")]


def test_a_dialog_is_loaded_when_it_is_opened(
    new_person: NewPerson, board: RestBoard
) -> None:
    ada = new_person("Ada")
    asked: list[str] = []
    ada.page.on("request", lambda request: asked.append(request.url))
    ada.open(board_url(board))
    first = scripts(asked)

    ada.page.get_by_role("button", name=SHARE).click()
    expect(ada.page.get_by_role("dialog")).to_be_visible()

    late = scripts(asked)[len(first) :]
    assert any("/chunks/dialogs-" in url for url in late)
    assert not any("/chunks/dialogs-" in url for url in first)
    assert len(asked) == len(set(asked)), "nothing is asked for twice"
    for url in [url for url in asked if "/static/" in url]:
        reply = plain_http.get(url)
        assert reply.status_code == 200
        assert "immutable" in reply.headers["cache-control"], url


# What a minified module imports at once; `import(…)` comes later and is no part of it.
_STATIC_IMPORT = re.compile(r'(?:from|import)"([^"]+\.js)"')


def imported_by(url: str) -> set[str]:
    """The addresses of everything that a module imports at once, and those in turn."""
    found: set[str] = set()
    left = [url]
    while left:
        module = left.pop()
        for path in _STATIC_IMPORT.findall(plain_http.get(module).text):
            address = urljoin(module, path)
            if address not in found:
                found.add(address)
                left.append(address)
    return found


def test_chunks_of_the_page_are_fetched_beside_its_module(
    new_person: NewPerson, board: RestBoard
) -> None:
    ada = new_person("Ada").open(board_url(board))

    hints = ada.page.eval_on_selector_all(
        "link[rel=modulepreload]", "links => links.map(link => link.href)"
    )
    module = ada.page.eval_on_selector("script[type=module]", "script => script.src")

    assert hints
    assert set(hints) == imported_by(module)


def test_a_dialog_that_cannot_be_loaded_says_so(
    new_person: NewPerson, board: RestBoard
) -> None:
    ada = new_person("Ada").open(board_url(board))
    ada.page.route("**/chunks/dialogs-*", lambda route: route.abort())
    share = ada.page.get_by_role("button", name=SHARE)

    for _ in range(2):  # said once, however often
        with ada.page.expect_event("requestfailed"):
            share.click()
        expect(ada.page.get_by_text("could not be loaded")).to_have_count(1)
    ada.page.unroute("**/chunks/dialogs-*")
    share.click()

    expect(ada.page.get_by_role("dialog")).to_be_visible()


def test_a_panel_that_nobody_opened_comes_with_the_connection(
    new_person: NewPerson, board: RestBoard
) -> None:
    """It was missing until the page was loaded anew, and a toast told of nothing."""
    ada = new_person("Ada")
    ada.page.route("**/chunks/style_panel-*", lambda route: route.abort())
    with ada.page.expect_event("requestfailed"):
        ada.open(board_url(board)).pick("r")
    ada.page.unroute("**/chunks/style_panel-*")
    expect(ada.page.locator(".toast")).to_have_count(0)
    expect(ada.page.locator(".style")).to_have_count(0)

    ada.page.context.set_offline(True)
    ada.expect_status("offline", lambda status: status["status"] == "offline")
    ada.page.context.set_offline(False)
    ada.expect_live()

    expect(ada.page.locator(".style")).to_be_visible()
