"""The keyboard alone: where the focus is and goes, and what a screen reader is told."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.e2e.keys import owner_with, press, run_named, stage_of, voice_of
from tests.support.convergence import RestBoard
from tests.support.server import Server
from tests.support.waiting import until

pytestmark = pytest.mark.browser

HAS_FOCUS = "element => element.contains(document.activeElement)"


def test_enter_on_a_tool_leads_to_the_board_where_enter_puts_it_down(
    page: BoardPage,
) -> None:
    page.page.locator("[data-tool=rect]").focus()

    press(page, "Enter")
    expect(stage_of(page)).to_be_focused()
    press(page, "Enter", "Escape")

    page.expect_one("rect")
    page.page.locator("[data-tool=pen]").focus()
    press(page, "Escape")
    expect(stage_of(page)).to_be_focused()


def test_the_focus_is_seen_on_the_colour_that_is_chosen(page: BoardPage) -> None:
    press(page, "r", "Enter", "Escape")
    page.page.locator(".style [tabindex='0']").first.wait_for()
    press(page, "Control+Enter")
    chosen = page.page.locator(".swatch[aria-checked=true], .swatch:has(:checked)")
    with_focus = chosen.first
    expect(with_focus).to_be_visible()
    expect(page.page.locator(".style :focus")).to_have_count(1)
    box: Any = with_focus.bounding_box()
    around = {
        "x": box["x"] - 6,
        "y": box["y"] - 6,
        "width": box["width"] + 12,
        "height": box["height"] + 12,
    }
    seen = page.page.screenshot(clip=around, animations="disabled")  # type: ignore[arg-type]  # as Playwright names it

    page.page.evaluate("document.activeElement.blur()")

    assert page.page.screenshot(clip=around, animations="disabled") != seen  # type: ignore[arg-type]  # as Playwright names it


def test_a_closed_board_keeps_the_focus_on_the_way_out(
    new_person: NewPerson, board: RestBoard
) -> None:
    page = new_person("Ada").open(board_url(board))
    board.share("none")

    closed = page.page.get_by_role("alertdialog", name="This board is closed to you")
    closed.wait_for()

    for _ in range(6):
        assert closed.evaluate(HAS_FOCUS) or page.page.evaluate(
            "document.activeElement === document.body"  # the browser's own bar
        )
        press(page, "Tab")
    press(page, "Escape")
    expect(closed).to_be_visible()


def test_the_owners_menu_says_what_for_good_is_about_and_closes_alone(
    site: Server, new_person: NewPerson
) -> None:
    owner, mallory = owner_with(site, new_person)
    owner.page.get_by_role("button", name="Everyone on this board").first.click()
    people = owner.page.get_by_role("region", name="Everyone on this board")
    about = owner.page.get_by_role("button", name="What to do about Mallory")
    about.focus()
    press(owner, "Enter")

    away = owner.page.get_by_role("group", name="Keep away")
    expect(away.get_by_role("menuitem", name="For good")).to_be_visible()
    undo = owner.page.get_by_role("group", name="Undo what they did")
    expect(undo.get_by_role("menuitem", name="Everything")).to_be_visible()
    press(owner, "Escape")
    expect(owner.page.get_by_role("menu")).to_have_count(0)
    expect(people).to_be_visible()
    expect(about).to_be_focused()

    press(owner, "Enter")
    away.get_by_role("menuitem", name="For an hour").focus()
    press(owner, "Enter")
    mallory.expect_status("closed", lambda status: status["status"] == "closed")
    expect(about).to_have_count(0)
    assert owner.page.evaluate("document.activeElement !== document.body")
    press(owner, "Escape")
    owner.page.get_by_role("button", name="Share").first.click()
    owner.page.get_by_role("button", name="Let in again: Mallory").focus()
    press(owner, "Enter")
    expect(owner.page.get_by_label("Freeze the board")).to_be_focused()


def test_the_outline_and_the_people_are_in_the_palette(page: BoardPage) -> None:
    press(page, "r", "Enter", "Escape")
    run_named(page, "outline")
    expect(page.page.locator(".outline-item")).to_have_count(1)
    press(page, "Escape")

    press(page, "Control+k")
    field = page.page.get_by_role("combobox", name="Find an action")
    field.fill("people")
    found = page.page.get_by_role("listbox", name="Actions").get_by_role("option")
    expect(found.first).to_be_visible()
    field.fill("zzzz")
    press(page, "Enter")
    expect(field).to_have_value("zzzz")  # it can be mended


def test_saving_is_not_read_out_with_every_change(page: BoardPage) -> None:
    press(page, "r", "Enter", "Escape")
    page.expect_saved()

    status = page.page.get_by_role("status").filter(has_text="Saved")
    expect(status).to_have_attribute("aria-live", "off")

    page.page.context.set_offline(offline=True)
    away = page.page.locator(".status[data-tone=away]")
    expect(away).to_have_attribute("aria-live", "polite")
    page.page.context.set_offline(offline=False)
    expect(voice_of(page)).to_have_text("Saved")


def test_who_may_only_look_has_no_key_that_takes_the_tool_away(
    site: Server, new_person: NewPerson
) -> None:
    board = RestBoard.create(site.url, link_role="view")
    page = new_person("Ada").open(board_url(board))
    voice_of(page)

    press(page, "h", "r")

    expect(page.page.locator("[data-tool=hand]")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(voice_of(page)).to_have_text("View only")


def test_tab_in_a_note_without_words_ends_the_row(page: BoardPage) -> None:
    press(page, "n", "Enter")
    page.page.get_by_role("textbox", name="Sticky note").wait_for()
    page.page.keyboard.type("one")
    press(page, "Tab", "Tab", "Tab")

    page.expect_saved()
    assert [element["kind"] for element in page.elements()] == ["note", "note"]
    expect(page.page.locator(".writing")).to_have_count(0)


def test_tab_in_other_words_leads_to_the_board_not_out_of_it(page: BoardPage) -> None:
    voice = voice_of(page)
    press(page, "r", "Enter")
    page.page.get_by_role("textbox", name="Rectangle").wait_for()
    page.page.keyboard.type("Start")
    press(page, "Tab")

    expect(stage_of(page)).to_be_focused()
    expect(page.page.locator(".writing")).to_have_count(0)
    press(page, "r", "Enter")
    page.page.get_by_role("textbox", name="Rectangle").wait_for()
    press(page, "Escape", "Control+a", "Tab")
    expect(voice).to_have_text("Rectangle: Start, selected")


def test_undo_says_what_it_took_back(page: BoardPage) -> None:
    voice = voice_of(page)
    press(page, "Control+z")
    expect(voice).to_have_text("Undo: nothing left")

    press(page, "r", "Enter")
    page.page.get_by_role("textbox", name="Rectangle").wait_for()
    page.page.keyboard.type("Start")
    press(page, "Escape")
    expect(voice).to_contain_text(", selected")  # said a moment after it was made
    press(page, "Control+z")
    expect(voice).to_have_text("Undo: Rectangle")
    press(page, "Control+z")
    expect(voice).to_have_text("Undo: Rectangle, removed")
    press(page, "Control+y", "Control+y")
    expect(voice).to_have_text("Redo: Rectangle: Start")


def test_a_switch_says_whether_it_is_on(page: BoardPage) -> None:
    voice = voice_of(page)
    for key, name in (
        ("Control+'", "Grid"),
        ("m", "Map of the board"),
        ("Alt+z", "Zen mode: hide the panels"),
    ):
        press(page, key)
        expect(voice).to_have_text(f"{name}. On")
        press(page, key)
        expect(voice).to_have_text(f"{name}. Off")
    press(page, "Shift+Alt+d")
    expect(voice).to_have_text("Theme: light")


def test_the_palette_knows_what_others_call_an_action(page: BoardPage) -> None:
    for words, tool in (("circle", "ellipse"), ("post-it", "note")):
        run_named(page, words)
        expect(page.page.locator(f"[data-tool={tool}]")).to_have_attribute(
            "aria-pressed", "true"
        )


def test_enter_presses_the_buttons_of_find_and_ctrl_f_leads_back(
    page: BoardPage,
) -> None:
    for words in ("One", "Only"):
        press(page, "r", "Enter")
        page.page.get_by_role("textbox", name="Rectangle").wait_for()
        page.page.keyboard.type(words)
        press(page, "Escape", "Escape")
    press(page, "Control+f")
    field = page.page.get_by_role("searchbox", name="Find")
    expect(field).to_be_focused()
    page.page.keyboard.type("on")
    expect(page.page.locator(".find-count")).to_contain_text("1 of 2")
    press(page, "Enter")
    expect(page.page.locator(".find-count")).to_contain_text("2 of 2")
    press(page, "Tab", "Enter")
    expect(page.page.locator(".find-count")).to_contain_text("1 of 2")
    stage_of(page).focus()

    press(page, "Control+f")

    expect(field).to_be_focused()
    press(page, "Tab", "Tab", "Tab", "Enter")
    expect(field).to_have_count(0)


def test_enter_walks_with_a_tool_that_puts_nothing_down_and_for_viewers(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    voice = voice_of(page)
    press(page, "r", "Enter")
    page.page.get_by_role("textbox", name="Rectangle").wait_for()
    page.page.keyboard.type("Start")
    press(page, "Escape", "Escape", "p")
    page.expect_saved()
    stage_of(page).focus()
    press(page, "Enter")
    expect(voice).to_have_text("Rectangle: Start, selected")

    board.share("view")
    viewer = new_person("Bo").open(board_url(board))
    said = voice_of(viewer)
    expect(said).to_have_text("View only")
    expect(viewer.page.locator("[data-tool=select]")).to_have_attribute(
        "aria-pressed", "true"
    )
    stage_of(viewer).focus()
    press(viewer, "Enter")
    expect(said).to_have_text("Rectangle: Start, selected")


def test_one_leaves_a_group_and_arrow_keys_on_a_button_move_nothing(
    page: BoardPage,
) -> None:
    voice = voice_of(page)
    for _ in range(2):
        press(page, "r", "Enter", "Escape", "Escape")
    press(page, "Control+a", "Control+g", "Escape")
    stage_of(page).focus()
    press(page, "Enter")
    expect(voice).to_contain_text("selected")
    press(page, "Control+Shift+g")
    expect(voice).to_have_text("Ungroup: 1 element")
    until(lambda: sum(bool(one.get("groups")) for one in page.elements()) == 1)
    before = page.expect_saved().elements()

    lock = page.page.locator(".style").get_by_role("button", name="Lock")
    press(page, "Control+Enter")
    lock.focus()
    press(page, "ArrowDown", "ArrowRight")

    assert page.expect_saved().elements() == before


def test_the_palette_says_what_an_action_lacks(page: BoardPage) -> None:
    press(page, "r", "Enter", "Escape", "Control+k")
    field = page.page.get_by_role("combobox", name="Find an action")
    why = page.page.locator(".palette [role=status]")
    for words, said in (
        ("emoji", "That is not possible now."),
        ("distribute", "Not now: select two or more first."),
        ("blorp", "No action is called that."),
    ):
        field.fill(words)
        expect(why).to_have_text(said)


def test_without_single_keys_the_sheet_shows_none(page: BoardPage) -> None:
    page.page.get_by_role("button", name="You").first.click()
    page.page.get_by_label("Single-key shortcuts").uncheck()
    press(page, "Escape")
    expect(page.page.locator(".tool-key").first).to_be_hidden()
    run_named(page, "shortcuts")
    sheet = page.page.get_by_role("dialog", name="Shortcuts")
    expect(sheet).to_contain_text("key, then Enter; arrow keys")
    expect(sheet.locator("dt", has_text="Rectangle")).to_have_count(0)
    expect(sheet.locator("dt", has_text="Undo").first).to_be_visible()


def test_what_is_selected_is_turned_by_key(page: BoardPage) -> None:
    voice = voice_of(page)
    press(page, "r", "Enter", "Escape")
    expect(voice).to_have_text("Rectangle, selected")
    press(page, "Shift+.", "Shift+.", "Shift+,")
    until(lambda: page.expect_one("rect").get("angle") == 0.2618, what="turned by 15°")
    expect(voice).to_have_text("Rotate anticlockwise: 1 element")


def test_nothing_is_said_to_be_done_where_one_may_only_look(
    new_person: NewPerson, board: RestBoard
) -> None:
    page = new_person("Ada").open(board_url(board))
    press(page, "r", "Enter", "Escape")
    page.expect_saved()
    voice = voice_of(page)
    press(page, "Control+a", "Alt+r", "Delete")
    expect(voice).to_have_text("View only")
    press(page, "Alt+r", "Control+a", "Control+Shift+l")
    expect(voice).to_have_text("Rectangle, locked")
    press(page, "Enter")

    expect(page.page.locator(".writing")).to_have_count(0)


def test_colours_of_the_system_show_what_is_chosen(page: BoardPage) -> None:
    page.page.locator(".swatch").first.wait_for()
    page.page.emulate_media(forced_colors="active")
    press(page, "r")

    width = "element => getComputedStyle(element).outlineStyle"
    in_hand = page.page.locator(".tool[aria-pressed=true]").first
    until(lambda: in_hand.evaluate(width) == "solid")
    colors = page.page.locator(".swatches .swatch").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert len(set(colors)) > 5


def test_what_came_of_a_key_is_said(page: BoardPage) -> None:
    voice = voice_of(page)
    press(page, "r", "Enter")
    page.page.keyboard.type("Start")
    press(page, "Escape", "Control+Shift+l")
    expect(voice).to_have_text("Rectangle: Start, locked")
    press(page, "Control+Shift+l")
    expect(voice).to_have_text("Rectangle: Start")
    press(page, "Alt+a")
    expect(voice).to_have_text("Not now: select two or more first.")

    press(page, "Escape")
    expect(voice).to_have_text("Nothing selected")
    press(page, "Control+f")
    page.page.get_by_role("searchbox").fill("sta")
    expect(page.page.locator(".find-count")).to_contain_text("Rectangle: Start")


def test_who_comes_and_who_goes_is_said(
    new_person: NewPerson, board: RestBoard
) -> None:
    page = new_person("Ada").open(board_url(board))
    voice = voice_of(page)

    other = new_person("Bo").open(board_url(board))
    expect(voice).to_have_text("Bo has joined.")
    other.page.close()
    expect(voice).to_have_text("Bo has left.")


def test_what_is_said_lies_in_the_dialog_that_is_open(
    site: Server, new_person: NewPerson
) -> None:
    owner, _ = owner_with(site, new_person)
    run_named(owner, "share")
    dialog = owner.page.get_by_role("dialog", name="Share this board")
    expect(dialog.get_by_role("textbox", name="Link to this board")).to_be_focused()
    freeze = dialog.get_by_role("checkbox", name="Freeze the board")
    expect(freeze).to_be_enabled()  # once it is known whether it is frozen
    freeze.focus()
    press(owner, "Space")

    expect(dialog.get_by_role("log")).to_contain_text("This board is frozen")
    press(owner, "Escape")
    expect(dialog).to_have_count(0)
    expect(owner.page.get_by_role("log")).to_contain_text("This board is frozen")


def test_a_key_leads_to_what_was_said_last_and_it_waits_there(
    site: Server, new_person: NewPerson
) -> None:
    owner, mallory = owner_with(site, new_person)
    run_named(owner, "everyone on this board")
    owner.page.get_by_role("button", name="What to do about Mallory").focus()
    press(owner, "Enter")
    owner.page.get_by_role("menuitem", name="For an hour").focus()
    press(owner, "Enter")
    expect(owner.page.get_by_role("log")).to_contain_text("Alt+T")

    press(owner, "Alt+t")
    again = owner.page.get_by_role("button", name="Let in again")
    expect(again).to_be_focused()
    with owner.page.expect_response(lambda got: "/bans/" in got.url):
        press(owner, "Enter")
    expect(again).to_have_count(0)
    expect(stage_of(owner)).to_be_focused()
    mallory.page.reload()
    mallory.expect_live()


def test_the_style_is_reached_in_a_narrow_window_too(page: BoardPage) -> None:
    page.page.set_viewport_size({"width": 640, "height": 400})
    press(page, "r", "Enter")
    page.page.get_by_role("textbox", name="Rectangle").wait_for()
    press(page, "Escape", "Control+Enter")

    expect(page.page.locator(".style :focus")).to_have_count(1)
    press(page, "Escape")
    expect(stage_of(page)).to_be_focused()


def test_the_focus_is_not_lost_with_what_brings_a_board_back(
    site: Server, new_person: NewPerson
) -> None:
    owner, _ = owner_with(site, new_person)
    page = owner.page
    page.goto(site.url)
    page.get_by_role("button", name="More for").first.focus()
    press(owner, "Enter")
    page.get_by_role("menuitem", name="Move to trash").focus()
    press(owner, "Enter")
    page.get_by_role("button", name="Undo").focus()
    press(owner, "Enter")

    expect(page.get_by_role("button", name="More for")).to_have_count(1)
    assert page.evaluate("document.activeElement !== document.body")


def test_a_toolbar_is_one_stop_and_arrow_keys_go_through_it(page: BoardPage) -> None:
    voice_of(page)  # loaded at rest, as the keys of toolbars
    pen, marker = (
        page.page.get_by_role("button", name=name, exact=True)
        for name in ("Pen", "Highlighter")
    )
    expect(page.page.locator(".toolbar button[tabindex='0']")).to_have_count(1)
    expect(pen).to_have_attribute("tabindex", "0")
    pen.focus()

    press(page, "ArrowRight")
    expect(marker).to_be_focused()
    press(page, "Enter")
    expect(marker).to_have_attribute("aria-pressed", "true")
    expect(stage_of(page)).to_be_focused()
    marker.focus()
    press(page, "Home", "ArrowLeft")
    expect(page.page.locator(".toolbar button").first).not_to_be_focused()
    press(page, "ArrowRight")
    expect(page.page.locator(".toolbar button").first).to_be_focused()
    press(page, "Tab")
    assert not page.page.evaluate("document.activeElement.matches('.toolbar *')")


def test_a_frames_title_can_be_read_while_it_is_written(page: BoardPage) -> None:
    press(page, "f", "Enter")
    page.page.locator(".writing").wait_for()
    press(page, "Escape", *["Control+-"] * 6)
    page.page.wait_for_function(
        "Number.parseInt(document.querySelector('.zoom').textContent) < 40"
    )
    press(page, "Enter")
    field = page.page.locator(".writing").bounding_box()
    assert field is not None
    assert field["height"] > 12


def test_a_role_of_the_link_counts_once_it_stood_for_a_moment(
    site: Server, new_person: NewPerson
) -> None:
    owner, guest = owner_with(site, new_person)
    guest.expect_live()
    owner.page.get_by_role("button", name="Share").first.click()
    may_draw = owner.page.get_by_role("radio", name="draw")
    expect(may_draw).to_be_checked()
    may_draw.focus()

    press(owner, "ArrowUp", "ArrowUp")  # over "Only I" to "may look"

    expect(guest.page.locator(".status")).to_have_text("View only")
    expect(guest.page.get_by_role("alertdialog")).to_have_count(0)
    press(owner, "ArrowDown")
    sent_away = guest.page.get_by_role("alertdialog")
    expect(sent_away).to_be_visible()
    press(owner, "ArrowDown", "Escape")
    owner.page.get_by_role("dialog").wait_for(state="detached")
    sent_away.get_by_role("button", name="Load again").click()
    guest.expect_live()
