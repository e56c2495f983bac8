"""Axe on every page, panel and dialog, in both themes."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.e2e.keys import press, run_named
from tests.e2e.test_home import DROP
from tests.support.convergence import RestBoard
from tests.support.server import ROOT, Server

pytestmark = pytest.mark.browser

AXE = Path(ROOT) / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PICTURE = Path(ROOT) / "tests" / "corpus" / "images" / "image__portrait_2.jpg"
_DROP = """
async sent => {
  const bytes = Uint8Array.from(atob(sent), c => c.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], "a.jpg", { type: "image/jpeg" }));
  const place = { clientX: 500, clientY: 550, bubbles: true, cancelable: true };
  const target = document.elementFromPoint(500, 550);
  target.dispatchEvent(new DragEvent("drop", { dataTransfer: data, ...place }));
}
"""
_RUN_AXE = """
async tags => {
  const { violations } = await axe.run(document, { runOnly: tags });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id}: ${node.target} ${node.any[0]?.message ?? ""}`));
}
"""


def faults(page: Page) -> list[str]:
    """What axe finds wrong on the page as it is."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    found: list[str] = page.evaluate(_RUN_AXE, TAGS)
    return found


def axe_with_company(page: Page, new_person: NewPerson, board: RestBoard) -> None:
    """Three others, so that several colours are there; one of them is followed."""
    for name in ("Bo", "Cy", "Di"):
        other = new_person(name).open(board_url(board))
        page.get_by_role("button", name=f"Follow {name}").wait_for()
    other.page.mouse.move(500, 500)
    page.get_by_role("button", name="Follow Di").click()
    page.locator(".follow-note").wait_for()
    page.keyboard.press("Shift+R")
    page.get_by_role("region", name="Reactions").wait_for()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Everyone on this board").click()
    page.get_by_role("region", name="Everyone on this board").wait_for()
    assert faults(page) == []


def axe_on_menus(person: BoardPage) -> None:
    """The menus of the empty board, of one element and of several."""
    page = person.page

    def open_at(x: float, y: float) -> None:
        page.mouse.click(x, y, button="right")
        page.get_by_role("menu").wait_for()
        assert faults(page) == []
        page.keyboard.press("Escape")
        page.get_by_role("menu").wait_for(state="detached")

    open_at(700, 600)
    open_at(500, 250)  # the edge of the rectangle
    press(person, "Control+d", "Control+a")
    open_at(500, 250)
    press(person, "Escape", "Control+z")
    person.expect_elements(1)


def axe_while_cropping(person: BoardPage) -> None:
    """A picture is dropped and about to be cropped."""
    sent = base64.b64encode(PICTURE.read_bytes()).decode()
    person.page.evaluate(_DROP, sent)
    person.expect_elements(2)
    person.page.keyboard.press("Enter")
    person.page.get_by_role("dialog", name="Crop the picture").wait_for()
    assert faults(person.page) == []
    person.page.keyboard.press("Escape")
    surface = person.page.get_by_role("application", name="Drawing surface")
    expect(surface).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_the_board_and_its_dialogs(
    theme: str, new_person: NewPerson, board: RestBoard, site: Server
) -> None:
    person = new_person(bypass_csp=True, color_scheme=theme, reduced_motion="reduce")
    page = person.open(board_url(board)).page
    assert faults(page) == []

    person.pick("r")
    person.drag((400, 250), (600, 350))
    page.get_by_role("button", name="Duplicate").wait_for()
    assert faults(page) == []
    for key, name in (("?", "Shortcuts"), ("Control+Shift+E", "Export")):
        page.keyboard.press(key)
        page.get_by_role("dialog", name=name).wait_for()
        assert faults(page) == []
        page.keyboard.press("Escape")
    for button, name in (("Share", "Share this board"), ("You", "You on this board")):
        page.get_by_role("button", name=button).first.click()
        page.get_by_role("dialog", name=name).wait_for()
        for more in page.locator(".report summary").all():
            more.click()  # the form in which a guest reports a board
        assert faults(page) == []
        page.keyboard.press("Escape")
    for key, role, name in (
        ("Control+k", "combobox", "Find an action"),
        ("Control+f", "search", "Find on this board"),
    ):
        page.keyboard.press(key)
        page.get_by_role(role, name=name).first.wait_for()  # type: ignore[arg-type]  # a known role
        assert faults(page) == []
        page.keyboard.press("Escape")
    axe_on_menus(person)
    axe_while_cropping(person)
    axe_with_company(page, new_person, board)
    for address in ("/check/", "/b/nowhere/"):
        page.goto(site.url + address)
        page.get_by_role("heading").first.wait_for()
        assert faults(page) == []
    page.goto(site.url)
    page.get_by_role("heading").first.wait_for()
    assert faults(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_home_and_with_an_owner(
    theme: str, new_person: NewPerson, site: Server
) -> None:
    calm = {"color_scheme": theme, "reduced_motion": "reduce"}
    owner = new_person("Ada", bypass_csp=True, **calm).make_board(site.url)
    page = owner.page
    guest = new_person("Mallory", bypass_csp=True, **calm).open(page.url)
    axe_on_panels(owner)
    axe_on_an_owners_dialogs(owner, guest)
    page.goto(site.url)
    axe_on_home_with_boards(page)


def axe_on_panels(person: BoardPage) -> None:
    """The outline, the map, a link being set, and a file that is refused."""
    page = person.page
    press(person, "r", "Enter", "Escape", "Alt+k")
    page.get_by_role("dialog", name="Link").wait_for()
    assert faults(page) == []
    press(person, "Escape", "m")
    page.locator(".minimap").wait_for()
    run_named(person, "outline")
    page.locator(".outline-item").wait_for()
    page.evaluate(_DROP, base64.b64encode(b"no picture").decode())
    page.locator(".upload-faults").wait_for()
    assert faults(page) == []


def axe_on_an_owners_dialogs(owner: BoardPage, guest: BoardPage) -> None:
    """A board that is frozen, somebody who is sent away, and what that person sees."""
    page = owner.page
    page.get_by_role("button", name="Share").first.click()
    page.get_by_label("Freeze the board").check()
    guest.expect_status("viewing", lambda status: status["role"] == "view")
    assert faults(page) == []
    assert faults(guest.page) == []
    said, refused = (
        page.locator(part).first.bounding_box() for part in (".toast", ".upload-faults")
    )
    assert said is not None
    assert refused is not None
    assert said["y"] + said["height"] < refused["y"]  # neither hides the other
    press(owner, "Escape")
    page.get_by_role("button", name="Everyone on this board").click()
    page.locator(".person", has_text="Mallory").locator("[aria-haspopup=menu]").click()
    page.get_by_role("menu").wait_for()
    assert faults(page) == []
    page.get_by_role("menuitem", name="For an hour").click()
    guest.page.get_by_role("alertdialog").wait_for()
    assert faults(guest.page) == []
    page.get_by_role("button", name="Share").first.click()
    page.locator(".ban").first.wait_for()
    assert faults(page) == []


def axe_on_home_with_boards(page: Page) -> None:
    """A card, its menu, a title being typed, the trash, and a file that is refused."""
    more = page.get_by_role("button", name="More for")
    more.first.click()
    page.get_by_role("menu").wait_for()
    assert faults(page) == []
    page.get_by_role("menuitem", name="Rename").click()
    page.get_by_role("textbox", name="Title of the board").wait_for()
    assert faults(page) == []
    page.keyboard.press("Escape")
    more.first.click()
    page.get_by_role("menuitem", name="Move to trash").click()
    page.locator(".trash summary").click()
    page.get_by_role("button", name="Delete").first.click()
    page.evaluate(DROP, [["notes.txt", "no drawing"]])
    page.locator(".toast-bad").wait_for()
    assert faults(page) == []
