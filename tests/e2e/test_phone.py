"""The whole way with a finger on a small screen."""

import pytest
from playwright.sync_api import expect

from boards.sync.elements import Text
from boards.sync.protocol import Change, Put
from tests.e2e.board_page import WITHIN_S, BoardPage, Point
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard, assert_equal
from tests.support.waiting import until

pytestmark = pytest.mark.browser

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 3,
}
KEYBOARD_PX = 320
LINE = [(120.0, 300.0), (160.0, 340.0), (200.0, 300.0), (240.0, 340.0)]


@pytest.fixture
def phone(new_person: NewPerson, board: RestBoard) -> BoardPage:
    """A phone on the board, connected."""
    return new_person("Ada", **PHONE).open(board_url(board))


def test_a_finger_draws_and_a_desk_sees_it(
    phone: BoardPage, new_person: NewPerson, board: RestBoard
) -> None:
    desk = new_person("Bob").open(board_url(board))
    phone.tap_button("Pen")

    phone.swipe(LINE)

    drawn = phone.expect_saved().expect_one("pen")
    assert desk.expect_one("pen") == drawn
    phone.reload()
    assert_equal(
        {"phone": phone.canonical(), "desk": desk.canonical(), **board.documents()}
    )


def test_two_fingers_pan_and_zoom_and_draw_nothing(phone: BoardPage) -> None:
    phone.tap_button("Pen")
    phone.touch("touchStart", (150, 400))
    phone.touch("touchStart", (150, 400), (250, 400))
    phone.touch("touchMove", (100, 400), (300, 400))
    phone.touch("touchEnd")

    phone.swipe(LINE)

    pen = phone.expect_saved().expect_one("pen")
    width = max(pen["points"][::2])
    assert width == pytest.approx((LINE[-1][0] - LINE[0][0]) / 2, rel=0.15)


def test_every_tool_can_be_reached_with_a_finger(phone: BoardPage) -> None:
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


def test_nothing_sticks_out_of_the_screen(phone: BoardPage) -> None:
    width = phone.page.evaluate("() => document.documentElement.scrollWidth")
    buttons = phone.page.locator("button:visible")

    boxes = [button.bounding_box() for button in buttons.all()]

    assert width <= 390
    assert boxes
    for box in boxes:
        assert box is not None
        assert box["width"] >= 32
        assert box["height"] >= 32


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


def test_words_lie_where_they_belong_on_a_page_from_right_to_left(
    new_person: NewPerson, board: RestBoard
) -> None:
    text = Text(id="words", x=0, y=0, text="WWWWWW", size=36)
    board.post_change(Change("words", [Put(text)])).raise_for_status()

    person = new_person("Ada", locale="ar", **PHONE).open(board_url(board))

    person.expect_seq(board.elements().seq)
    person.expect_ink(195, 360, 60, 120, is_inked=True)
    person.expect_ink(0, 360, 60, 120, is_inked=False)


def tap(phone: BoardPage, place: Point) -> None:
    """Tap the board."""
    phone.touch("touchStart", place)
    phone.touch("touchEnd")


def writing_bottom(phone: BoardPage) -> float:
    """Where the words that are typed end on the screen."""
    box = phone.page.locator(".writing").bounding_box()
    assert box is not None
    return box["y"] + box["height"]
