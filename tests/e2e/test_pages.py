"""The other pages, and what everything looks like in both schemes."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.browser import ARGUMENTS, find_chromium
from tests.support.convergence import RestBoard
from tests.support.server import Server
from tests.support.waiting import until

pytestmark = pytest.mark.browser


MAKE = re.compile("new board|make a board", re.I)
MAKE_BOARD = """
async title => {
  const token = document.cookie.match(/csrftoken=(\\w+)/)[1];
  const answer = await fetch("/api/boards/", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ title }),
  });
  return answer.status;
}
"""


# Panels of the upper edge that lie over each other, as pairs of classes.
_OVERLAPS = """
() => {
  const classes = ".corner-title, .toolbar, .corner-people";
  const boxes = [...document.querySelectorAll(classes)]
    .map(panel => [panel.className, panel.getBoundingClientRect()]);
  const meet = (a, b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return boxes.flatMap(([one, a], i) =>
    boxes.slice(i + 1).filter(([, b]) => meet(a, b)).map(([other]) => [one, other]));
}
"""
N_OTHERS = 7  # more than the corner shows one by one
# Of a desk's window: where the layout changes, and between.
WIDTHS = (1600, 1440, 1439, 1320, 1319, 1250, 1249, 1200, 1199, 1024, 1011, 1010, 820)


def overlaps_at(person: BoardPage, width: int) -> list[tuple[str, str]]:
    """The panels that meet at the upper edge of a window so wide."""
    person.page.set_viewport_size({"width": width, "height": 720})
    found: list[tuple[str, str]] = person.page.evaluate(_OVERLAPS)
    return found


def test_a_long_title_and_a_state_leave_room_for_each_other_and_the_tools(
    site: Server, new_person: NewPerson
) -> None:
    owner = new_person("Ada").make_board(site.url)
    page = owner.page
    for _ in range(N_OTHERS):
        page.context.new_page().goto(page.url)
    page.locator(".people-open").get_by_text("+4").wait_for()
    title = page.get_by_label("Name of the board")
    title.fill("Questions of the day, and what came of them")
    page.get_by_role("button", name="Share").first.click()
    page.get_by_label("Freeze the board").check()
    page.locator(".status[data-tone=quiet]").wait_for()

    found = {}
    for width in WIDTHS[:-2]:  # below them the toolbar lies at the lower edge
        found[width] = overlaps_at(owner, width)
        assert title.evaluate("field => field.clientWidth") > 60, width

    assert not [pair for pairs in found.values() for pair in pairs], found


def test_no_panel_hides_a_tool_at_any_width(
    new_person: NewPerson, board: RestBoard
) -> None:
    ada = new_person("Ada").open(board_url(board))
    for _ in range(N_OTHERS):
        ada.page.context.new_page().goto(board_url(board))
    ada.page.locator(".people-open").get_by_text("+4").wait_for()

    found = {width: overlaps_at(ada, width) for width in WIDTHS}

    tim = new_person("Tim", has_touch=True, is_mobile=True).open(board_url(board))
    tim.page.get_by_role("button", name="Everyone on this board").wait_for()
    for width in (1366, 1180, 834, 744, 600):  # tablets, and a window beside another
        tim.page.set_viewport_size({"width": width, "height": 1000})
        found[-width] = tim.page.evaluate(_OVERLAPS)

    assert not [pair for pairs in found.values() for pair in pairs], found


def test_no_panel_hides_a_tool_in_letters_twice_as_large(
    browser: Browser, board: RestBoard
) -> None:
    large = [*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    engine = browser.browser_type
    with engine.launch(executable_path=find_chromium(), args=large) as other:
        page = other.new_page()
        page.goto(board_url(board))
        page.get_by_role("button", name="Share").first.wait_for()
        found = {}
        for width in (1920, 1440, 1280, 1024):
            page.set_viewport_size({"width": width, "height": 800})
            found[width] = page.evaluate(_OVERLAPS)

    assert not [pair for pairs in found.values() for pair in pairs], found


def test_home_makes_a_board_and_lists_it(site: Server, new_person: NewPerson) -> None:
    ada = new_person("Ada")
    ada.page.goto(site.url)

    ada.page.get_by_role("button", name=MAKE).first.click()
    ada.page.wait_for_url("**/b/**")
    ada.expect_live()
    path = urlsplit(ada.page.url).path

    assert (ada.status() or {})["role"] == "own"
    ada.page.goto(site.url)
    ada.page.locator(f"#home a[href$='{path}']").first.wait_for()
    stranger = new_person("Bob").page
    stranger.goto(site.url)
    assert stranger.locator(f"a[href$='{path}']").count() == 0


def test_a_title_with_markup_is_plain_text(site: Server, new_person: NewPerson) -> None:
    page = new_person("Ada").page
    page.goto(site.url)
    title = "<img src=x onerror=alert(1)> & <i>ideas</i>"

    status = page.evaluate(MAKE_BOARD, title)
    page.reload()

    assert status == 201
    page.get_by_text(title).first.wait_for()
    assert page.locator("#home i, #home img").count() == 0


def test_check_page_says_that_sockets_get_through(
    site: Server, new_person: NewPerson
) -> None:
    page = new_person().page
    page.goto(f"{site.url}/check/")
    page.fill("input[name=count]", "5")
    page.fill("input[name=interval]", "0.01")

    page.get_by_role("button", name="Start over").click()

    until(
        lambda: page.get_attribute("#verdict", "data-state") == "good",
        what="the verdict is good",
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_board_has_a_light_and_a_dark_look(
    new_person: NewPerson, board: RestBoard, tmp_path: Path, scheme: str
) -> None:
    page = new_person("Ada", color_scheme=scheme).open(board_url(board))
    page.pick("p")
    page.drag((300, 300), (400, 350), (500, 300))
    pen = page.expect_saved().expect_one("pen")

    shot = page.page.screenshot(path=tmp_path / f"board-{scheme}.png")

    assert shot
    assert page.ink_in(280, 280, 240, 90) > 100
    assert pen.get("stroke", "#1e1e1e") == "#1e1e1e"  # the look is not the document
    assert (brightness(page) > 128) == (scheme == "light")


def brightness(page: BoardPage) -> float:
    """Of the paper, from 0 to 255, as composed on the screen."""
    color: str = page.page.evaluate(
        """() => {
          let part = document.querySelector('#board canvas');
          for (; part; part = part.parentElement) {
            const paper = getComputedStyle(part).backgroundColor;
            if (paper !== 'rgba(0, 0, 0, 0)') return paper;
          }
          return 'rgb(255, 255, 255)';
        }"""
    )
    parts = [float(part) for part in re.findall(r"[\d.]+", color)[:3]]
    return sum(parts) / 3


def test_no_page_asks_another_host(
    site: Server, new_person: NewPerson, board: RestBoard
) -> None:
    page = new_person("Ada").page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    for path in ("/", "/check/", f"/b/{board.id}/", "/api/docs/"):
        page.goto(site.url + path, wait_until="networkidle")

    others = [url for url in asked if not url.startswith((site.url, "data:", "blob:"))]
    assert others == []
