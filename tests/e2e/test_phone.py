"""The board on a small screen: panels, menus, words, crops."""

import pytest
from playwright.sync_api import ViewportSize, expect

from boards.sync.elements import Image, Text
from boards.sync.protocol import Change, Put
from tests.e2e.board_page import WITHIN_S, BoardPage
from tests.e2e.conftest import PHONE, NewPerson, board_url
from tests.e2e.test_fingers import LINE, tap
from tests.support import plain_http
from tests.support.convergence import RestBoard
from tests.support.server import ROOT, Server
from tests.support.waiting import until

pytestmark = pytest.mark.browser

KEYBOARD_PX = 320
PHOTO = ROOT / "tests" / "corpus" / "images" / "image__simple.webp"


def test_every_tool_can_be_reached_with_a_finger(phone: BoardPage) -> None:
    """Select pressed twice is Select; the lasso is one of the tools that unfold."""
    for tool in ("Select", "Select"):
        phone.tap_button(tool)
    expect(phone.page.get_by_role("button", name="Lasso")).to_be_hidden()
    phone.tap_button("All tools")
    phone.tap_button("Lasso")
    lasso = phone.page.get_by_role("button", name="Lasso", pressed=True)
    expect(lasso).to_be_in_viewport(ratio=1)
    for tool, kind in (
        ("Rectangle", "rect"),
        ("Ellipse", "ellipse"),
        ("Arrow", "arrow"),
    ):
        phone.tap_button(tool)
        phone.swipe(LINE)
        phone.expect_saved()
        assert kind in {element["kind"] for element in phone.elements()}

    phone.tap_button("Undo")

    phone.expect_elements(2)
    phone.tap_button("All tools")
    tools = phone.page.get_by_role("toolbar", name="Tools", exact=True)
    names = tools.locator("[data-tool]:not([data-tool=lasso])").evaluate_all(
        "tools => tools.map(tool => tool.dataset.tool)"
    )
    assert len(names) == 14, names
    for name in reversed(names):
        phone.page.locator(f"[data-tool={name}]").tap()
        phone.page.locator(f"[data-tool={name}][aria-pressed=true]").wait_for()
    phone.tap_button("More shapes")
    phone.tap_button("Callout")
    phone.swipe(LINE)
    assert phone.expect_saved().expect_elements(3)[-1]["kind"] == "callout"
    phone.tap_button("Undo")
    phone.page.keyboard.press("Escape")
    phone.page.set_viewport_size({"width": 844, "height": 390})
    phone.expect_ink(340, 64, 140, 60, is_inked=True)  # the middle stays the middle
    expect(phone.page.get_by_role("button", name="Image")).to_be_in_viewport(ratio=1)
    phone.page.set_viewport_size({"width": 810, "height": 1080})  # a tablet, upright
    for name in ("Colours and widths", "Keep the tool"):
        button = phone.page.get_by_role("button", name=name)
        expect(button).to_be_in_viewport(ratio=1)
    expect(phone.page.get_by_role("button", name="All tools")).to_be_hidden()


def test_nothing_sticks_out_of_the_screen(phone: BoardPage) -> None:
    width = phone.page.evaluate("() => document.documentElement.scrollWidth")
    buttons = phone.page.locator("button:visible")

    boxes = [button.bounding_box() for button in buttons.all()]

    assert width <= 390
    assert boxes
    for box in boxes:
        assert box is not None
        assert box["width"] >= 44
        assert box["height"] >= 44
    # Fingers are for the board: the browser neither scrolls nor zooms under them.
    stage = "getComputedStyle(document.querySelector('.layer-overlay').parentElement)"
    assert phone.page.evaluate(f"() => {stage}.touchAction") == "none"


def test_a_menu_in_large_letters_stays_on_the_screen(phone: BoardPage) -> None:
    """The least it may be wide was counted in letters, and wider than the screen."""
    phone.page.evaluate("document.documentElement.style.fontSize = '200%'")

    phone.tap_button("Menu")

    item = phone.page.get_by_role("menuitem").first
    expect(item).to_be_in_viewport(ratio=1)


def test_a_note_is_made_seen_and_changed_with_a_finger(phone: BoardPage) -> None:
    """The toolbar unfolds; words stay above the keyboard; a long press has a menu."""
    page = phone.page
    phone.tap_button("All tools")
    phone.tap_button("Sticky note")
    expect(page.get_by_role("button", name="Sticky note")).to_be_in_viewport(ratio=1)

    tap(phone, (200, 640))
    page.keyboard.type("Milk")
    resting = writing_bottom(phone)
    page.set_viewport_size({"width": 390, "height": 844 - KEYBOARD_PX})
    until(
        lambda: writing_bottom(phone) < 844 - KEYBOARD_PX,
        within_s=WITHIN_S,
        what="the words are above the keyboard",
    )
    page.set_viewport_size({"width": 390, "height": 844})
    page.keyboard.press("Escape")
    note = phone.expect_saved().expect_one("note")
    assert note["text"] == "Milk"
    expect(page.get_by_role("button", name="Select")).to_be_in_viewport(ratio=1)

    phone.touch("touchStart", (200, resting))
    page.get_by_role("menu").wait_for()
    phone.touch("touchEnd")
    page.get_by_role("menuitem", name="Copy", exact=True).tap()
    for _ in range(2):
        tap(phone, (200, resting))
    page.locator(".writing").wait_for()
    page.keyboard.type(" and eggs")  # it goes on, and takes the place of nothing
    page.keyboard.press("Escape")
    assert phone.expect_saved().expect_one("note")["text"] == "Milk and eggs"
    phone.touch("touchStart", (200, resting))
    page.get_by_role("menu").wait_for()
    phone.touch("touchEnd")
    page.get_by_role("menuitem", name="Duplicate").tap()
    phone.expect_elements(2)
    phone.tap_button("Delete")
    assert phone.expect_one("note")["id"] == note["id"]


def test_a_panel_gives_way_to_the_drawing(phone: BoardPage) -> None:
    phone.tap_button("All tools")
    phone.tap_button("Pen")
    phone.tap_button("Colours and widths")
    panel = phone.page.get_by_role("region", name="Style")
    panel.get_by_role("radio", name="Red", exact=True).tap()

    phone.swipe(LINE)

    expect(panel).to_be_hidden()
    assert phone.expect_saved().expect_one("pen")["stroke"] != "#1e1e1e"
    phone.tap_button("Select")
    expect(phone.page.get_by_role("button", name="Colours and widths")).to_be_disabled()
    tap(phone, LINE[1])
    phone.tap_button("Colours and widths")
    panel.wait_for()
    tap(phone, (300, 150))  # it goes with what it was opened for
    tap(phone, LINE[1])
    phone.page.get_by_role("button", name="Duplicate").wait_for()
    expect(panel).to_be_hidden()


def test_a_phone_shows_the_title_whole_beside_that_one_only_looks(
    site: Server, new_person: NewPerson
) -> None:
    board = RestBoard.create(site.url, link_role="view")
    new_person("Bob").open(board_url(board))
    phone = new_person("Ada", **PHONE).open(board_url(board))
    phone.page.locator(".people-more").wait_for()
    title = phone.page.get_by_role("heading", name="Untitled board")

    def gap_px() -> float:
        left, right = (phone.box_of(f".corner-{one}") for one in ("title", "people"))
        return float(right["x"] - left["x"] - left["width"])

    # The sheet that says so comes after the board.
    until(lambda: title.evaluate("it => it.scrollWidth <= it.clientWidth"))
    assert gap_px() >= 8
    expect(phone.page.locator(".status")).to_have_text("View only")


def test_what_is_said_lies_above_the_map(phone: BoardPage, board: RestBoard) -> None:
    phone.page.keyboard.press("m")
    phone.page.locator(".minimap").wait_for()

    board.share("view")
    phone.page.locator(".toast").wait_for()

    def gap_px() -> float:
        said, shown = phone.box_of(".toast"), phone.box_of(".minimap")
        return float(shown["y"] - said["y"] - said["height"])

    until(lambda: gap_px() >= 0)  # it arrives from below


def test_a_panel_that_is_scrolled_from_a_slider_changes_no_width(
    phone: BoardPage,
) -> None:
    """A finger that went up over the slider set the width to where it had begun."""
    phone.tap_button("Colours and widths")
    panel = phone.page.get_by_role("region", name="Style")
    slider = panel.get_by_role("slider", name="Width")
    before = slider.input_value()
    box = slider.bounding_box()
    assert box is not None
    (x, y) = (box["x"] + 240, box["y"] + box["height"] / 2)

    phone.swipe([(x, y - step) for step in range(0, 160, 20)])

    assert slider.input_value() == before
    phone.swipe([(x - step, y) for step in range(0, 80, 20)])
    expect(slider).not_to_have_value(before)


def test_a_crop_has_a_small_screen_to_itself(
    phone: BoardPage, board: RestBoard
) -> None:
    """The style panel, or the map, covered the button that ends the crop."""
    sent = plain_http.post(
        f"{board.address}/assets/",
        content=PHOTO.read_bytes(),
        headers={**board.headers, "Content-Type": "application/octet-stream"},
    )
    photo = Image(id="photo", x=-80, y=-160, w=160, h=320, asset=sent.json()["hash"])
    board.post_change(Change("photo", [Put(photo)])).raise_for_status()
    phone.expect_elements(1)
    phone.pick("m")
    phone.tap_button("Select")
    tap(phone, (195, 400))
    phone.tap_button("Colours and widths")

    phone.tap_button("Crop")
    crop = phone.page.locator(".crop")
    window = phone.page.locator(".crop-window")
    window.wait_for()
    before = phone.box_of(".crop-window")
    phone.touch("touchStart", (60, 620))
    phone.touch("touchStart", (60, 620), (160, 620))
    for step in range(1, 6):  # apart: larger
        phone.touch("touchMove", (60 - 4 * step, 620), (160 + 20 * step, 620))
    phone.touch("touchEnd")

    until(
        lambda: phone.box_of(".crop-window")["width"] > before["width"] * 1.5,
        within_s=5,
        what="what is cropped is larger",
    )
    expect(crop).to_have_count(1)
    phone.tap_button("Done")
    expect(crop).to_have_count(0)
    phone.tap_button("Colours and widths")
    phone.tap_button("Crop")
    window.wait_for()
    tap(phone, (30, 700))  # beside it
    expect(crop).to_have_count(0)


def test_what_ends_a_crop_is_in_sight_wherever_the_picture_lies(
    phone: BoardPage, board: RestBoard
) -> None:
    """Below a picture at the foot of the screen the toolbar covered it."""
    sent = plain_http.post(
        f"{board.address}/assets/",
        content=PHOTO.read_bytes(),
        headers={**board.headers, "Content-Type": "application/octet-stream"},
    )
    photo = Image(id="photo", x=-180, y=150, w=120, h=240, asset=sent.json()["hash"])
    board.post_change(Change("photo", [Put(photo)])).raise_for_status()
    phone.expect_elements(1)
    phone.tap_button("Select")

    for _ in range(2):
        tap(phone, (80, 680))

    bar = phone.page.locator(".crop-bar")
    toolbar = phone.page.locator(".toolbar").bounding_box()
    undo = phone.page.get_by_role("button", name="Undo")
    expect(bar).to_be_in_viewport(ratio=1)
    box = bar.bounding_box()
    assert box is not None
    assert toolbar is not None
    assert box["x"] >= 0
    assert box["y"] + box["height"] <= toolbar["y"]
    expect(undo).to_be_hidden()
    phone.tap_button("Done")
    expect(undo).to_be_visible()


def test_a_keyboard_that_goes_leaves_the_board_where_it_was(
    new_person: NewPerson, board: RestBoard
) -> None:
    """It made a small upright phone wide for a while, which is no turning."""
    size: ViewportSize = {"width": 360, "height": 640}
    phone = new_person("Ada", **{**PHONE, "viewport": size}).open(board_url(board))
    phone.tap_button("Pen")
    phone.swipe([(60, 200), (120, 200), (180, 200)])
    phone.pick("t")
    tap(phone, (60, 120))
    phone.page.keyboard.type("Milk")
    phone.page.set_viewport_size({"width": 360, "height": 640 - KEYBOARD_PX})
    phone.expect_ink(60, 190, 100, 20, is_inked=True)

    phone.page.keyboard.press("Escape")
    phone.page.set_viewport_size(size)

    phone.expect_saved().expect_elements(2)
    phone.expect_ink(60, 190, 100, 20, is_inked=True)
    phone.expect_ink(60, 350, 100, 20, is_inked=False)


def test_words_lie_where_they_belong_on_a_page_from_right_to_left(
    new_person: NewPerson, board: RestBoard
) -> None:
    text = Text(id="words", x=0, y=0, text="WWWWWW", size=36)
    board.post_change(Change("words", [Put(text)])).raise_for_status()

    person = new_person("Ada", locale="ar", **PHONE).open(board_url(board))

    person.expect_seq(board.elements().seq)
    person.expect_ink(195, 360, 60, 120, is_inked=True)
    person.expect_ink(0, 360, 60, 120, is_inked=False)
    person.pick("t")
    tap(person, (340, 600))
    person.page.keyboard.type("اكتب Chalkline هنا!")
    until(lambda: writing_ends(person)[1] <= 390, what="its first word is in sight")
    assert writing_ends(person)[0] >= 0  # and so is the caret
    person.page.keyboard.press("Escape")
    person.expect_saved().expect_elements(2)


def writing_bottom(phone: BoardPage) -> float:
    """Where the words that are typed end on the screen."""
    box = phone.page.locator(".writing").bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def writing_ends(phone: BoardPage) -> tuple[float, float]:
    """Where the words that are typed begin and end on the screen, from the left."""
    box = phone.page.locator(".writing").bounding_box()
    assert box is not None
    return box["x"], box["x"] + box["width"]
