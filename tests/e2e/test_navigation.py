"""Palette, shortcut sheet, menus and zen mode, by mouse and by keyboard."""

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.e2e.board_page import WITHIN_S, BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard
from tests.support.waiting import until

pytestmark = pytest.mark.browser


def draw_rect(page: BoardPage) -> dict[str, object]:
    """Draw a rectangle, which is selected then; the element."""
    page.pick("r")
    page.drag((400, 250), (600, 350))
    return page.expect_saved().expect_one("rect")


def options(page: BoardPage) -> Locator:
    """The actions that the palette shows."""
    return page.page.get_by_role("listbox").get_by_role("option")


def test_the_palette_runs_an_action_by_name(page: BoardPage) -> None:
    page.page.keyboard.press("Control+k")
    field = page.page.get_by_role("combobox", name="Find an action")
    assert options(page).filter(has_text="Bring to the front").count() == 0
    field.fill("align left")
    page.page.get_by_text("Not now: select").wait_for()

    field.fill("ellip")
    page.page.keyboard.press("Enter")
    page.drag((400, 250), (600, 350))

    page.expect_one("ellipse")
    page.page.keyboard.press("Control+/")
    assert options(page).first.text_content() != ""
    assert "Ellipse" in (options(page).first.text_content() or "")
    assert options(page).filter(has_text="Bring to the front").count() == 1
    field.fill("my b")  # as it begins; "Board" is what many others are listed under
    expect(options(page).first).to_contain_text("My boards")
    field.fill("no such thing")
    page.page.get_by_text("No action is called that.").wait_for()
    page.page.keyboard.press("Escape")
    field.wait_for(state="detached")


def test_who_is_lost_is_led_back_to_the_drawing(page: BoardPage) -> None:
    draw_rect(page)
    back = page.page.get_by_role("button", name="Back to the drawing")
    page.page.wait_for_load_state("networkidle")
    assert back.count() == 0

    page.page.mouse.wheel(4000, 0)
    back.click()

    back.wait_for(state="hidden")
    page.expect_ink(1, 1, 1278, 798, is_inked=True)


def test_keys_wait_for_a_panel_whose_script_is_on_its_way(page: BoardPage) -> None:
    page.page.wait_for_load_state("networkidle")
    waiting: list[Route] = []
    is_slow = True

    def load(route: Route) -> None:
        if is_slow:
            waiting.append(route)
        else:
            route.continue_()

    page.page.route("**/chunks/*.js", load)

    def press_early(*keys: str) -> None:
        nonlocal is_slow
        is_slow = True
        for key in keys:
            if key == "Escape":  # before the next frame it is not even asked for
                until_asked()
            page.page.keyboard.press(key)
        until_asked()
        is_slow = False
        while waiting:
            waiting.pop().continue_()

    def until_asked() -> None:
        until(  # Playwright hears of requests while it is asked something
            lambda: page.status() and waiting,
            within_s=WITHIN_S,
            what="its script is asked for",
        )

    press_early("Control+k", *"ellx", "Backspace", *"ip", "Enter", "r")
    page.page.locator("[data-tool=ellipse][aria-pressed=true]").wait_for()
    page.drag((400, 250), (600, 350))
    drawn = page.expect_saved().expect_one("ellipse")

    press_early("Control+f", *"re", "Delete", "Control+f", *"d")
    field = page.page.get_by_role("searchbox")
    field.wait_for()
    expect(field).to_have_value("red")
    field.press("Escape")
    field.wait_for(state="detached")

    press_early("?", "r", "Escape")
    assert page.page.get_by_role("dialog").count() == 0
    page.drag((420, 300), (470, 350))  # no rectangle: the ellipse is moved
    moved = page.expect_saved().expect_one("ellipse")
    assert moved["x"] > drawn["x"]


def test_the_sheet_shows_keys_and_keys_do_nothing_behind_it(page: BoardPage) -> None:
    page.page.keyboard.press("?")
    sheet = page.page.get_by_role("dialog", name="Shortcuts")
    sheet.get_by_text("Bring to the front").wait_for()
    assert sheet.locator(".shortcut", has_text="Redo").locator("kbd").count() == 5

    page.page.keyboard.press("e")
    page.page.keyboard.press("Escape")
    sheet.wait_for(state="detached")

    assert page.page.locator("[data-tool=pen]").get_attribute("aria-pressed") == "true"


def test_the_right_button_opens_what_can_be_done_with_an_element(
    page: BoardPage,
) -> None:
    draw_rect(page)
    page.page.keyboard.press("Escape")
    menu = page.page.get_by_role("menu")

    page.page.mouse.click(400, 300, button="right")
    menu.get_by_role("menuitem", name="Duplicate").click()
    page.expect_elements(2)
    menu.wait_for(state="detached")

    page.page.keyboard.press("Control+a")
    page.page.mouse.click(450, 340, button="right")  # between them
    menu.get_by_role("menuitem", name="Group").first.wait_for()
    before = page.canonical()
    page.page.keyboard.press("ArrowDown")  # it has the keys, and they end with it
    page.page.keyboard.press("Escape")
    menu.wait_for(state="detached")
    assert page.canonical() == before
    assert page.page.get_by_role("region", name="Style").is_visible()

    page.page.mouse.click(900, 600, button="right")
    assert menu.get_by_role("menuitem", name="Duplicate").count() == 0
    page.page.keyboard.press("Escape")
    menu.wait_for(state="detached")
    page.page.mouse.click(400, 300, button="right")
    page.page.keyboard.press("End")
    page.page.keyboard.press("Enter")  # Delete is the last

    page.expect_elements(1)


def test_the_menu_stays_in_the_window_and_a_pan_opens_none(page: BoardPage) -> None:
    page.page.mouse.click(1010, 710, button="right")
    box = page.page.get_by_role("menu").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 1024
    assert box["y"] + box["height"] <= 720
    page.page.keyboard.press("Escape")

    page.page.mouse.move(500, 400)
    page.page.mouse.down(button="right")
    page.page.mouse.move(600, 500, steps=4)
    page.page.mouse.up(button="right")

    page.page.get_by_role("menu").wait_for(state="detached")


def test_what_is_copied_is_pasted_by_the_menu(
    new_person: NewPerson, board: RestBoard
) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    page = new_person("Ada", permissions=allowed).open(board_url(board))
    draw_rect(page)
    page.page.mouse.click(400, 300, button="right")
    page.page.get_by_role("menuitem", name="Copy", exact=False).first.click()

    page.page.mouse.click(800, 550, button="right")
    page.page.get_by_role("menuitem", name="Paste").click()

    assert {one["kind"] for one in page.expect_elements(2)} == {"rect"}


def test_zen_mode_hides_the_panels_and_says_how_to_leave(page: BoardPage) -> None:
    page.page.get_by_role("button", name="Menu", exact=True).click()
    page.page.get_by_role("menuitem", name="Zen mode").click()
    page.page.get_by_role("toolbar", name="Tools").wait_for(state="detached")

    page.pick("p")
    page.drag((300, 300), (500, 320))
    page.expect_elements(1)
    page.page.get_by_role("button", name="Show the panels").click()
    page.page.get_by_role("toolbar", name="Tools").wait_for()

    page.pick("Alt+z")
    page.page.get_by_role("toolbar", name="Tools").wait_for(state="detached")
    page.pick("Escape")  # the pen
    expect(page.page.get_by_role("toolbar", name="Tools")).to_have_count(0)
    page.pick("Escape")
    page.page.get_by_role("toolbar", name="Tools").wait_for()


def test_a_viewer_is_offered_nothing_that_changes_the_board(
    new_person: NewPerson, board: RestBoard
) -> None:
    owner = new_person("Ada").open(board_url(board))
    draw_rect(owner)
    board.share("view")
    viewer = new_person("Bob").open(board_url(board))
    viewer.expect_elements(1)

    viewer.page.mouse.click(412, 360, button="right")  # it is shown in the middle

    menu = viewer.page.get_by_role("menu")
    menu.get_by_role("menuitem", name="Copy as PNG").wait_for()
    assert menu.get_by_role("menuitem", name="Delete").count() == 0
    assert menu.get_by_role("menuitem", name="Cut").count() == 0


def test_the_map_keeps_no_hand_off_the_handles_of_a_selection(page: BoardPage) -> None:
    width, height = 1024, 720
    page.page.keyboard.press("m")
    over = page.page.locator(".minimap")
    over.wait_for()
    page.pick("r")
    page.drag((400, 250), (width - 100, height - 80))  # to below the map
    drawn = page.expect_saved().expect_one("rect")

    expect(over).to_have_css("pointer-events", "none")
    page.drag((width - 100, height - 80), (700, 400))
    pulled = page.expect_saved().expect_one("rect")

    assert float(pulled["w"]) < float(drawn["w"]) - 200
    expect(over).to_have_css("pointer-events", "auto")
