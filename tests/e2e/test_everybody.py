"""For everybody: languages, screen readers, the keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.e2e.keys import press
from tests.support.convergence import RestBoard
from tests.support.server import Server

pytestmark = pytest.mark.browser

# What has the focus and shows none, neither itself nor what it lies in.
_UNSEEN = """
() => {
  const { activeElement: focused, body } = document;
  for (let part = focused; part && part !== body; part = part.parentElement) {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(part);
    if (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) return [];
    if (parseFloat(getComputedStyle(part, "::after").borderTopWidth) > 0) return [];
    if (part === focused && boxShadow !== "none") return [];
  }
  return focused === body ? [] : [focused.className || focused.tagName];
}
"""


def tab_to(page: BoardPage, name: str, role: str = "button") -> None:
    """Go on with Tab until the control with this name has the focus."""
    wanted = page.page.get_by_role(role, name=name).first  # type: ignore[arg-type]  # a known role
    for _ in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        press(page, "Tab")
    pytest.fail(f"Tab does not come to {name}.")


def test_a_board_is_made_and_shared_by_keyboard_alone(
    site: Server, new_person: NewPerson
) -> None:
    person = new_person(permissions=["clipboard-read", "clipboard-write"])
    page = person.page
    page.goto(site.url)
    page.get_by_role("button", name="Import").first.wait_for()
    tab_to(person, "Make a board")
    press(person, "Enter")
    page.wait_for_url("**/b/*/")
    person.expect_live()

    press(person, "Tab", "Enter", "r", "Enter")
    page.keyboard.type("Ask")
    press(person, "Escape")
    for label in ("Answer", "Ask again"):
        press(person, "Control+ArrowDown")
        page.keyboard.type(label)
        press(person, "Escape")
    person.expect_saved()
    boxes = {e["id"]: e["label"] for e in person.elements() if e["kind"] == "rect"}
    joined = [
        (boxes[e["start"]["id"]], boxes[e["end"]["id"]])
        for e in person.elements()
        if e["kind"] == "arrow"
    ]
    assert sorted(joined) == [("Answer", "Ask again"), ("Ask", "Answer")]
    [last] = [e for e in person.elements() if e.get("label") == "Ask again"]
    press(person, "[", *["ArrowRight"] * 3)  # behind all, and a little aside
    person.expect_saved()
    lowest = person.elements()[0]
    assert (lowest["id"], lowest["x"]) == (last["id"], last["x"] + 3)

    press(person, "Escape")
    page.set_viewport_size({"width": 1280, "height": 800})  # a small laptop
    tab_to(person, "Name of the board", "textbox")
    page.keyboard.type("Questions")
    press(person, "Enter")
    expect(page).to_have_title("Questions · Chalkline")
    expect(page.get_by_role("application", name="Drawing surface")).to_be_focused()
    tab_to(person, "Share")
    press(person, "Enter")
    page.get_by_role("dialog", name="Share this board").wait_for()
    tab_to(person, "Copy link")
    press(person, "Enter")
    page.get_by_role("button", name="Copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    guest = new_person("Bo").open(link)
    guest.expect_elements(5)
    assert guest.canonical() == person.canonical()
    guest.expect_ink(0, 0, 1280, 720, is_inked=True)


def test_a_flow_chart_by_keyboard_alone(page: BoardPage) -> None:
    stage = page.page.get_by_role("application", name="Drawing surface")
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Enter")  # "To the drawing surface"
    expect(stage).to_be_focused()

    press(page, "r", "Enter")
    page.page.keyboard.type("Start")
    press(page, "Escape")
    expect(stage).to_be_focused()
    for label in ("Work", "End"):
        press(page, "Control+ArrowRight")
        page.page.keyboard.type(label)
        press(page, "Escape")
    page.expect_saved()

    # To the style of the last box and back to it; then words are found.
    press(page, "Control+Enter", "ArrowRight", "Escape")
    expect(stage).to_be_focused()
    press(page, "Control+f")
    page.page.get_by_role("searchbox").fill("start")
    press(page, "Escape")
    expect(stage).to_be_focused()
    expect(page.page.locator(".voice")).to_have_text("Rectangle: Start, selected")
    page.expect_saved()

    elements = page.elements()
    boxes = {e["id"]: e["label"] for e in elements if e["kind"] == "rect"}
    arrows = [e for e in elements if e["kind"] == "arrow"]
    assert sorted(boxes.values()) == ["End", "Start", "Work"]
    inks = {e["label"]: e.get("stroke") for e in elements if e["kind"] == "rect"}
    assert inks == {"Start": None, "Work": None, "End": "#868e96"}
    joined = [(boxes[a["start"]["id"]], boxes[a["end"]["id"]]) for a in arrows]
    assert sorted(joined) == [("Start", "Work"), ("Work", "End")]

    voice = page.page.locator(".voice")
    press(page, "Escape")
    expect(voice).to_have_text("Nothing selected")
    press(page, "Enter")
    expect(voice).to_have_text("Rectangle: Start, selected")
    press(page, "Control+g")  # one alone is no group
    expect(voice).to_have_text("Not now: select two or more first.")
    press(page, "Control+Shift+l", "Delete")
    expect(voice).to_contain_text("Rectangle: Start, locked")  # and is selected yet
    press(page, "Control+Shift+l")
    before = next(e for e in elements if e.get("label") == "Start")
    press(page, "Control+Shift+ArrowRight")
    after = next(e for e in page.elements() if e.get("label") == "Start")
    assert after["w"] == before["w"] + 10
    press(page, "Tab")
    expect(voice).to_have_text("Arrow from Start to Work, selected")

    press(page, "Shift+Tab", "Escape", "Shift+Tab", "Enter")
    outline = page.page.locator(".outline-item")
    expect(outline).to_have_text(
        [
            "Rectangle: Start",
            "Arrow from Start to Work",
            "Rectangle: Work",
            "Arrow from Work to End",
            "Rectangle: End",
        ]
    )
    press(page, "ArrowDown", "Enter")
    expect(outline.first).to_have_attribute("aria-pressed", "true")
    press(page, "ArrowDown", "ArrowDown", "Space")  # one more, which Shift+Tab is not
    expect(outline.nth(2)).to_be_focused()
    expect(voice).to_have_text("2 elements selected")
    press(page, "Control+g")
    expect(outline.first).to_have_text("Rectangle: Start, in a group")
    press(page, "Escape")
    expect(outline).to_have_count(0)
    expect(stage).to_be_focused()
    edge: Any = {"x": 0, "y": 600, "width": 2, "height": 2}
    ring = page.page.screenshot(clip=edge)  # the canvases lay over it once
    press(page, "Escape", "Shift+Tab")
    assert page.page.screenshot(clip=edge) != ring

    unseen = []
    for _ in range(50):  # all that Tab comes to, and around
        press(page, "Tab")
        unseen += page.page.evaluate(_UNSEEN)
    assert unseen == []
    tab_to(page, "Drawing surface", "application")
    press(page, "l", "Enter", "Escape", "a", "Enter", "Escape", "t", "Enter")
    page.page.keyboard.type("free")
    press(page, "Escape")
    made = page.expect_saved().elements()[-3:]
    assert [element["kind"] for element in made] == ["line", "arrow", "text"]
    assert len({element["x"] for element in made}) == 3  # each beside what is there
    assert not made[1].keys() & {"start", "end"}
    press(page, "Escape", "f")
    expect(voice).to_have_text("Frame")
    press(page, "Escape")
    expect(voice).to_have_text("Select")  # the tool that Escape takes
    press(page, "f", "Enter")
    title = page.page.locator(".writing")
    expect(title).to_be_in_viewport()  # what was put down beside the view was unseen


def test_what_others_do_is_said_once_they_rest(
    new_person: NewPerson, board: RestBoard
) -> None:
    ada = new_person("Ada").open(board_url(board))
    page = new_person("Bo").open(board_url(board))
    page.page.locator(".voice").wait_for(state="attached")

    for key, left in (("r", 200), ("o", 350), ("d", 500)):
        ada.pick(key)
        ada.drag((left, 250), (left + 90, 340))

    expect(page.page.locator(".voice")).to_have_text("Ada added 3 elements.")


def test_the_page_speaks_the_language_of_the_person(
    new_person: NewPerson, board: RestBoard
) -> None:
    person = new_person(locale="de-AT").open(board_url(board))
    page = person.page
    page.get_by_role("button", name="Rechteck").wait_for()
    assert page.locator("html").get_attribute("lang") == "de"

    page.get_by_role("button", name="Namen ändern").click()
    page.get_by_label("Sprache").select_option("ar")
    page.get_by_role("button", name="Fertig").click()

    page.get_by_role("button", name="مستطيل").wait_for()
    assert page.locator("html").get_attribute("dir") == "rtl"


def test_single_keys_can_be_put_off(page: BoardPage) -> None:
    page.page.get_by_role("button", name="You, Ada: change your name").click()
    expect(page.page.get_by_role("textbox", name="Your name")).to_be_focused()
    page.page.get_by_label("Single-key shortcuts").uncheck()
    page.page.keyboard.press("Escape")

    page.page.keyboard.press("o")

    assert page.page.locator("[data-tool=pen]").get_attribute("aria-pressed") == "true"
    opener = page.page.get_by_role("button", name="You, Ada: change your name")
    expect(opener).to_be_focused()
    page.page.keyboard.press("r")
    page.drag((300, 250), (500, 400))
    drawn = page.expect_saved().expect_one("pen")  # with what was in hand before
    page.expect_ink(310, 262, 160, 100, is_inked=True)
    page.page.get_by_role("button", name="Select", exact=True).click()
    page.page.keyboard.press("r")
    page.drag((600, 250), (700, 400), releases=False)
    page.expect_ink(600, 250, 100, 150, is_inked=True)  # around what is to be selected
    page.release()
    page.expect_ink(600, 250, 100, 150, is_inked=False)
    assert page.expect_saved().elements() == [drawn]
    page.page.keyboard.press("Control+z")  # no single key
    page.expect_elements(0)
