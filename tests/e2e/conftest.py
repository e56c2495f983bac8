"""A real server, a real browser, one person's page after the other.

The browser lives as long as a module: Playwright's synchronous API keeps an event loop
of its own, which must be gone when a module of coroutine tests follows in this process.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.board_page import WITHIN_S, BoardPage
from tests.support.browser import chromium
from tests.support.convergence import RestBoard
from tests.support.server import ROOT, Server, running_server

VIEWPORT = {"width": 1024, "height": 720}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 3,
}
expect.set_options(timeout=WITHIN_S * 1000)


class NewPerson(Protocol):
    """Opens a browser of somebody's own: cookies, storage, name."""

    def __call__(self, name: str = "", **options: object) -> BoardPage: ...


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for the tests of one module."""
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="module")
def site(sqlite_module_url: str) -> Iterator[Server]:
    """A server on SQLite, for the tests of one module."""
    if not (ROOT / "frontend" / "dist" / "board.js").exists():
        pytest.fail("The front end is not built: `npm run build`.")
    with running_server({"DATABASE_URL": sqlite_module_url}) as server:
        yield server


@pytest.fixture
def board(site: Server) -> RestBoard:
    """A fresh board on the site; whoever has the link draws."""
    return RestBoard.create(site.url, title="A board")


@pytest.fixture
def new_person(browser: Browser, tmp_path: Path) -> Iterator[NewPerson]:
    """A function that opens a page for one more person; faults of a page fail."""
    faults: list[str] = []
    with ExitStack() as stack:

        def open_context(**options: object) -> BrowserContext:
            # A worker fetches every chunk; who tests it allows it.
            plain = {"viewport": VIEWPORT, "service_workers": "block"}
            context = browser.new_context(**{**plain, **options})  # type: ignore[arg-type]  # as Playwright names them
            stack.callback(context.close)
            return context

        def person(name: str = "", **options: object) -> BoardPage:
            context = open_context(**options)
            if name:
                value = json.dumps(json.dumps(name))
                context.add_init_script(  # pages of the browser's own have no storage
                    f"try {{ localStorage.setItem('chalkline.pref.name', {value}) }}"
                    " catch {}"
                )
            page = context.new_page()
            page.on("pageerror", lambda fault: faults.append(str(fault)))
            return BoardPage(page)

        yield person
    assert not faults, faults


@pytest.fixture
def page(new_person: NewPerson, board: RestBoard) -> BoardPage:
    """One person on the board, connected."""
    return new_person("Ada").open(board_url(board))


@pytest.fixture
def phone(new_person: NewPerson, board: RestBoard) -> BoardPage:
    """A phone on the board, connected."""
    return new_person("Ada", **PHONE).open(board_url(board))


def board_url(board: RestBoard) -> str:
    """The address of the board's page."""
    return f"{board.url}/b/{board.id}/"
