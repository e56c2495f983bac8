"""Whatever a finger presses on a phone is 44 px large, on every screen."""

import pytest
from playwright.sync_api import Locator, Page

from tests.e2e.board_page import WITHIN_S, BoardPage
from tests.e2e.conftest import PHONE, NewPerson
from tests.e2e.keys import press, run_named
from tests.support.server import Server
from tests.support.waiting import until

pytestmark = pytest.mark.browser

# A field is pressed at its label, a title on home anywhere on its card.
_SMALL = """
() => {
  const pressed = "button, a[href], summary, select, input, textarea, [role=menuitem]";
  const seen = { visibilityProperty: true, opacityProperty: true };
  const small = [];
  for (const part of document.querySelectorAll(pressed)) {
    const whole = part.matches(".card-title a") ? ".card" : "label";
    const target = part.closest(whole) ?? part;
    if (!target.checkVisibility(seen) || part.closest(".skips")) continue;
    const { width, height } = target.getBoundingClientRect();
    if (Math.min(width, height) > 43.5) continue;
    small.push(`${target.outerHTML.slice(0, 120)}: ${width} x ${height}`);
  }
  return small;
}
"""


def expect_large(page: Page, shown: Locator) -> None:
    """Once this is shown, nothing on the screen is too small to be met."""
    shown.first.wait_for()
    until(
        lambda: page.evaluate(_SMALL) == [],  # once all styles are there
        within_s=WITHIN_S,
        what=str(page.evaluate(_SMALL)),
    )


@pytest.fixture
def owner(site: Server, new_person: NewPerson) -> BoardPage:
    """Somebody with a phone, on a board of their own."""
    person = new_person("Ada", reduced_motion="reduce", **PHONE)
    person.page.goto(site.url)
    expect_large(person.page, person.page.get_by_role("heading"))
    return person.make_board(site.url)


def test_tools_and_panels_are_met_by_a_finger(owner: BoardPage) -> None:
    page = owner.page
    for name, shown in (
        ("All tools", page.get_by_role("button", name="Lasso")),
        ("More shapes", page.get_by_role("button", name="Callout")),
        ("Pen", page.get_by_role("button", name="Pen", pressed=True)),
        ("Eraser", page.get_by_role("button", name="Eraser", pressed=True)),
        ("Colours and widths", page.locator(".style-row")),
        ("Text", page.get_by_role("button", name="Text", pressed=True)),
        ("Colours and widths", page.locator(".toolbar")),
        ("Menu", page.get_by_role("menu")),
    ):
        owner.tap_button(name)
        expect_large(page, shown)
    press(owner, "Escape", "Escape", "r", "Enter", "Escape")
    owner.expect_elements(1)
    expect_large(page, page.get_by_role("button", name="Duplicate"))
    owner.tap_button("Colours and widths")
    expect_large(page, page.locator(".number"))
    press(owner, "m")
    expect_large(page, page.locator(".minimap"))
    press(owner, "Control+f")
    expect_large(page, page.get_by_role("search"))
    press(owner, "Escape")
    run_named(owner, "outline")
    expect_large(page, page.locator(".outline-item"))


def test_dialogs_are_met_by_a_finger(owner: BoardPage) -> None:
    page, dialog = owner.page, owner.page.get_by_role("dialog")
    press(owner, "r", "Enter", "Escape")
    for keys in ("Alt+k", "?", "Control+Shift+E", "Control+k"):
        press(owner, keys)
        expect_large(page, dialog)
        press(owner, "Escape")
        dialog.wait_for(state="detached")
    owner.tap_button("Share")
    page.get_by_label("Freeze the board").check()
    expect_large(page, page.get_by_label("Why, for everybody to read"))
    # What is said of the board lies below its name, and leads to it as well.
    expect_large(page, page.locator(".status", has_text="Frozen"))


def test_people_are_met_by_a_finger(owner: BoardPage, new_person: NewPerson) -> None:
    page = owner.page
    guest = new_person("Mallory", reduced_motion="reduce", **PHONE).open(page.url)

    guest.tap_button("Share")
    guest.page.locator(".report summary").tap()
    expect_large(guest.page, guest.page.get_by_role("textbox", name="What"))
    owner.tap_button("Everyone on this board")
    person = page.locator(".person", has_text="Mallory")
    expect_large(page, person)
    person.locator("[aria-haspopup=menu]").tap()
    expect_large(page, page.get_by_role("menu"))
    page.get_by_role("menuitem", name="For an hour").tap()

    expect_large(page, page.locator(".toast"))
    expect_large(guest.page, guest.page.get_by_role("alertdialog"))
    owner.tap_button("Share")
    expect_large(page, page.locator(".ban"))


def test_home_is_met_by_a_finger(owner: BoardPage, site: Server) -> None:
    page, more = owner.page, owner.page.get_by_role("button", name="More for")
    page.goto(site.url)
    expect_large(page, page.locator(".card"))
    more.first.tap()
    expect_large(page, page.get_by_role("menu"))
    page.get_by_role("menuitem", name="Rename").tap()
    expect_large(page, page.get_by_role("textbox", name="Title of the board"))
    press(owner, "Escape")
    more.first.tap()
    page.get_by_role("menuitem", name="Move to trash").tap()
    expect_large(page, page.locator(".toast"))
    page.locator(".trash summary").tap()
    expect_large(page, page.get_by_role("button", name="Restore"))
