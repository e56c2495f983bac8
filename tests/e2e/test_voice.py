"""What is said of what one's own keys did, and where the focus is after it."""

import math
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.e2e.keys import owner_with, press, run_named, stage_of, voice_of
from tests.e2e.test_look import put
from tests.support.convergence import RestBoard
from tests.support.server import Server
from tests.support.waiting import until

pytestmark = pytest.mark.browser

# Every text that was said since, in turn.
SAID = """voice => {
  window.said = [];
  const note = () => window.said.push(voice.textContent);
  new MutationObserver(note).observe(voice, { childList: true });
}"""


def put_down(page: BoardPage, words: str) -> None:
    """A rectangle with these words, selected, and that was said."""
    press(page, "r", "Enter")
    page.page.get_by_role("textbox", name="Rectangle").wait_for()
    page.page.keyboard.type(words)
    press(page, "Escape")
    expect(voice_of(page)).to_have_text(f"Rectangle: {words}, selected")


def test_words_that_are_left_are_said(page: BoardPage) -> None:
    put_down(page, "Start")
    press(page, "Enter")
    page.page.get_by_role("textbox", name="Rectangle").wait_for()
    page.page.keyboard.type("Stop")
    press(page, "Escape")

    expect(voice_of(page)).to_have_text("Rectangle: Stop, selected")
    expect(stage_of(page)).to_be_focused()


def test_a_key_that_is_held_is_not_said_each_time(page: BoardPage) -> None:
    put_down(page, "Start")
    voice = voice_of(page)
    voice.evaluate(SAID)

    press(page, *["ArrowRight"] * 20, "Control+d")

    expect(voice).to_have_text("Duplicate: 1 element")
    said = page.page.evaluate("window.said")
    assert said.count("Move right: 1 element") < 20
    assert said[0] == "Move right: 1 element"


def test_copying_and_cutting_are_said(page: BoardPage) -> None:
    put_down(page, "Start")
    voice = voice_of(page)

    press(page, "Control+c")
    expect(voice).to_have_text("Copy: 1 element")
    press(page, "Control+x")
    expect(voice).to_have_text("Cut: 1 element")
    expect(stage_of(page)).to_be_focused()


def test_what_escape_ends_is_said(
    new_person: NewPerson, board: RestBoard, page: BoardPage
) -> None:
    voice = voice_of(page)
    new_person("Bo").open(board_url(board))
    expect(voice).to_have_text("Bo has joined.")
    press(page, "Alt+z")
    expect(voice).to_contain_text("On")
    press(page, "Escape", "Escape")
    expect(voice).to_contain_text("Off")

    page.page.get_by_role("button", name="Follow Bo").click()
    page.page.locator(".follow-note").wait_for()
    stage_of(page).focus()
    press(page, "Escape")
    expect(voice).to_have_text("Stop following Bo: done")


def test_the_focus_stays_when_its_panel_goes(page: BoardPage) -> None:
    put_down(page, "Start")
    press(page, "Control+Enter")
    expect(page.page.locator(".style :focus")).to_have_count(1)

    press(page, "Delete")

    page.expect_saved()
    assert page.elements() == []
    expect(stage_of(page)).to_be_focused()


def test_letters_are_words_where_they_are_no_shortcuts(
    new_person: NewPerson, board: RestBoard, page: BoardPage
) -> None:
    peer = new_person("Bo").open(board_url(board))
    put_down(page, "Sta")
    run_named(page, "name")
    page.page.get_by_label("Single-key shortcuts").uncheck()
    press(page, "Enter")
    expect(stage_of(page)).to_be_focused()

    page.page.keyboard.type("rt")  # else r is for rectangles, and t for text
    press(page, "Escape")

    page.expect_saved()
    assert [element["label"] for element in page.elements()] == ["Start"]
    peer.expect_seq(page.document()["seq"])
    assert peer.canonical() == page.canonical()


def test_find_is_reached_from_words_that_are_written(page: BoardPage) -> None:
    press(page, "t", "Enter")
    page.page.get_by_role("textbox", name="Text").wait_for()
    page.page.keyboard.type("Tuesday")

    press(page, "Control+f")
    page.page.get_by_role("searchbox").wait_for()
    page.page.keyboard.type("tues")

    expect(page.page.get_by_text("1 of 1")).to_be_visible()


def test_the_sheet_of_who_may_only_look_lists_what_works(
    site: Server, new_person: NewPerson
) -> None:
    board = RestBoard.create(site.url, link_role="view")
    page = new_person("Ada").open(board_url(board))
    press(page, "?")
    sheet = page.page.get_by_role("dialog", name="Shortcuts")
    sheet.wait_for()

    expect(sheet.get_by_text("Laser pointer", exact=True)).to_be_visible()
    for drawing in ("Rectangle", "Duplicate", "Draw by keyboard", "Arrange"):
        expect(sheet.get_by_text(drawing, exact=True)).to_have_count(0)


def test_the_cross_of_a_long_dialog_stays_in_sight(page: BoardPage) -> None:
    page.page.set_viewport_size({"width": 800, "height": 400})
    press(page, "?")
    sheet = page.page.get_by_role("dialog", name="Shortcuts")
    close = sheet.get_by_role("button", name="Close")
    close.wait_for()

    sheet.evaluate("dialog => dialog.scrollTo(0, dialog.scrollHeight)")

    assert sheet.evaluate("dialog => dialog.scrollTop") > 100
    box: Any = close.bounding_box()
    at = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    on_top = "([x, y]) => document.elementFromPoint(x, y).closest('button')?.ariaLabel"
    assert page.page.evaluate(on_top, at) == "Close"


def test_the_colours_of_the_cursor_are_one_stop(page: BoardPage) -> None:
    page.page.locator(".toolbar button[tabindex='0']").first.wait_for()
    run_named(page, "name")
    dialog = page.page.get_by_role("dialog")
    dialog.get_by_role("textbox").wait_for()
    chosen = dialog.locator(".swatch").first
    chosen.focus()

    press(page, "ArrowRight")

    expect(dialog.locator(".swatch").nth(1)).to_be_focused()
    expect(dialog.locator(".swatch[tabindex='0']")).to_have_count(1)


def test_badges_are_at_the_corner_of_what_is_turned(
    new_person: NewPerson, board: RestBoard
) -> None:
    link = {"link": "https://example.org/", "locked": True}
    flat: dict[str, object] = {
        "kind": "rect",
        "x": 0,
        "y": 0,
        "w": 400,
        "h": 200,
        **link,
    }
    put(board, [flat | {"id": "flat"}, flat | {"id": "turned", "angle": math.pi}])
    page = new_person("Ada").open(f"{board_url(board)}#el=flat")
    page.page.locator(".badge[href]").nth(1).wait_for()
    press(page, "Escape")
    stage_of(page).focus()
    press(page, "Enter")
    padlock = page.page.locator(".badge-lock")
    first: Any = padlock.bounding_box()
    press(page, "Tab")

    until(
        lambda: padlock.bounding_box() not in (first, None),
        within_s=5,
        what="the padlock is on the other",
    )
    other: Any = padlock.bounding_box()
    across, down = (abs(first[way] - other[way]) for way in ("x", "y"))
    assert across == pytest.approx(2 * down, abs=10)  # its line has a width
    assert down > 50
    links: Any = [one.bounding_box() for one in page.page.locator(".badge[href]").all()]
    assert abs(links[0]["x"] - links[1]["x"]) == pytest.approx(across, abs=1)


def test_a_role_chosen_counts_though_the_page_is_closed(
    site: Server, new_person: NewPerson
) -> None:
    owner, guest = owner_with(site, new_person)
    guest.expect_live()
    owner.page.get_by_role("button", name="Share").first.click()
    may_draw = owner.page.get_by_role("radio", name="draw")
    expect(may_draw).to_be_checked()
    may_draw.focus()

    press(owner, "ArrowUp")  # "Only I"
    owner.page.close()

    expect(guest.page.get_by_role("alertdialog")).to_be_visible()
