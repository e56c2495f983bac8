"""The browser that is measured: board pages, their traces, and the rival page."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus

from playwright.sync_api import Browser, Page

from tests.bench.traces import CATEGORIES, Event
from tests.support.browser import chromium
from tests.support.convergence import RestBoard
from tests.support.server import ROOT

VIEWPORT = {"width": 1280, "height": 800}
SCRIPTS = ROOT / "tests" / "bench" / "scripts"
WITHIN_MS = 60_000.0
_HOLDS = """
n => {
  const board = document.querySelector("#board")?.board;
  return board?.status().status === "live" && board.document().elements.length >= n;
}
"""


@contextmanager
def new_page(
    init: str = "", arguments: Sequence[str] = ()
) -> Iterator[tuple[Browser, Page]]:
    """A page in a browser of its own, with nothing cached; `init` runs first in it."""
    with chromium(*arguments) as browser:
        context = browser.new_context(viewport=VIEWPORT, service_workers="block")  # type: ignore[arg-type]  # as Playwright names them
        page = context.new_page()
        page.set_default_timeout(WITHIN_MS)
        if init:
            page.add_init_script(init)
        yield browser, page


def open_board(page: Page, board: RestBoard, n_elements: int = 0) -> None:
    """Go to the board and wait until the page is live and holds so many elements.

    Raises:
        RuntimeError: when the server has no such page, or cannot make it.
    """
    answer = page.goto(f"{board.url}/b/{board.id}/")
    if answer is None or answer.status != HTTPStatus.OK:
        raise RuntimeError("The site has no board page; `python3 -m tools bench` does.")
    page.wait_for_function(_HOLDS, arg=n_elements)


def settle(page: Page) -> None:
    """Two seconds in which zooms become sharp and lazy parts come."""
    page.evaluate(script("settle"))


def script(name: str) -> str:
    """A script of the benchmark's own: one function, to be evaluated in a page."""
    return (SCRIPTS / f"{name}.js").read_text()


def bundle(name: str) -> str:
    """A script that imports the front end's code, in one piece."""
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    words = [str(esbuild), str(SCRIPTS / f"{name}.js"), "--bundle", "--format=iife"]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


@contextmanager
def traced(browser: Browser, page: Page) -> Iterator[list[Event]]:
    """Record a trace; its events are in the list afterwards."""
    events: list[Event] = []
    browser.start_tracing(page=page, categories=list(CATEGORIES))
    try:
        yield events
    finally:
        events += json.loads(browser.stop_tracing())["traceEvents"]
