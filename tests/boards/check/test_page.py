"""The page of the connection check in a real browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import chromium
from tests.support.server import Server, running_server

pytestmark = [pytest.mark.browser, pytest.mark.faults]


@pytest.fixture(scope="module")
def server(sqlite_module_url: str) -> Iterator[Server]:
    """One server for all tests here."""
    with running_server({"DATABASE_URL": sqlite_module_url}) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests here."""
    with chromium() as launched:
        yield launched


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page that fails the test when its script does."""
    context = browser.new_context(viewport={"width": 900, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    yield opened
    context.close()
    assert faults == []


def check_again(page: Page, *, count: int, interval: float) -> None:
    page.get_by_label("Frames").fill(str(count))
    page.get_by_label("Seconds between").fill(str(interval))
    page.get_by_role("button", name="Start over").click()


def test_page_tells_that_sockets_get_through(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/check/")
    check_again(page, count=5, interval=0.05)

    expect(page.get_by_role("status")).to_have_text("WebSockets get through.")
    expect(page.locator("#handshake .value")).to_have_text(re.compile(r"^[\d.]+ ms$"))
    expect(page.locator("#roundtrip .value")).to_have_text(
        re.compile(r"^[\d.]+ ms, median of 5$")
    )
    expect(page.locator("#stream .value")).to_have_text("5 of 5, each in time")
    expect(page.locator("#layer .value")).to_contain_text("in memory")


def test_page_gives_advice_when_sockets_are_refused(server: Server, page: Page) -> None:
    # What a proxy does that knows nothing of sockets.
    page.route_web_socket(re.compile("/ws/check/"), lambda socket: socket.close())
    page.goto(f"{server.url}/check/")

    expect(page.get_by_role("status")).to_contain_text("do not get through")
    expect(page.get_by_text("What may be wrong")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_readable_in_light_and_dark(
    scheme: str, server: Server, page: Page
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{server.url}/check/")

    paper, ink = page.evaluate(
        "() => { const s = getComputedStyle(document.body);"
        " return [s.backgroundColor, s.color] }"
    )
    assert contrast(paper, ink) > 7


def contrast(one: str, other: str) -> float:
    """The contrast of two CSS colours, as WCAG defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    """The relative luminance of `rgb(r, g, b)`."""
    channels = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
