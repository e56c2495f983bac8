"""The whole way with a finger on a small screen."""

import pytest

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard, assert_equal

pytestmark = pytest.mark.browser

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 3,
}
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
