"""Fingers on a phone; a pen, a palm and fingers on a tablet."""

import pytest
from playwright.sync_api import expect

from boards.sync.elements import Text
from boards.sync.protocol import Change, Put
from tests.e2e.board_page import BoardPage, Point
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard, assert_equal
from tests.support.waiting import until

pytestmark = pytest.mark.browser

LINE = [(120.0, 300.0), (160.0, 340.0), (200.0, 300.0), (240.0, 340.0)]
# The eraser end of a pen: its own events, with the button that Chromium's protocol for
# devices has no name for.
_ERASER_END = """
is_turned => {
  const turn = (event) => {
    const { pointerType, type, buttons } = event;
    if (!window.isTurned || pointerType !== "pen" || buttons === 0) return;
    Object.defineProperty(event, "buttons", { value: 32 });
    if (type === "pointerdown") Object.defineProperty(event, "button", { value: 5 });
  };
  if (window.isTurned === undefined) {
    window.addEventListener("pointerdown", turn, true);
    window.addEventListener("pointermove", turn, true);
  }
  window.isTurned = is_turned;
}
"""


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
    desk.page.mouse.move(500, 400)
    phone.tap_button("Everyone on this board")
    phone.tap_button("Follow Bob")
    phone.page.get_by_text("Following Bob").wait_for()
    expect(phone.page.get_by_role("region", name="Everyone")).to_be_hidden()


def test_two_fingers_pan_and_zoom_and_take_back_what_was_begun(
    phone: BoardPage, new_person: NewPerson, board: RestBoard
) -> None:
    desk = new_person("Bob").open(board_url(board))
    phone.tap_button("Pen")
    phone.swipe(LINE)
    drawn = phone.expect_saved().expect_one("pen")
    (there, below) = (110, 290, 140, 60), (110, 390, 140, 60)
    phone.expect_ink(*there, is_inked=True)

    phone.touch("touchStart", (60, 500))
    phone.touch("touchMove", (75, 500))
    phone.expect_ink(60, 490, 16, 20, is_inked=True)  # a stroke has begun
    phone.touch("touchStart", (75, 500), (275, 500))
    phone.expect_ink(60, 490, 16, 20, is_inked=False)
    phone.touch("touchMove", (75, 550), (275, 550))
    phone.touch("touchMove", (75, 600), (275, 600))
    phone.expect_ink(*below, is_inked=True)  # panned by 100
    phone.expect_ink(*there, is_inked=False)
    phone.touch("touchMove", (25, 600), (325, 600))  # half as large again around 175
    phone.touch("touchEnd")
    phone.expect_ink(82, 290, 24, 20, is_inked=True)  # its first point
    phone.expect_ink(260, 348, 24, 24, is_inked=True)  # and its last

    phone.swipe(LINE)
    first, second = phone.expect_saved().expect_elements(2)
    assert first == drawn
    width = max(second["points"][::2])
    assert width == pytest.approx((LINE[-1][0] - LINE[0][0]) / 1.5, rel=0.05)
    desk.expect_seq(2)
    assert desk.elements() == phone.elements()


def test_fingers_tap_dots_undo_and_redo_and_lose_nothing(
    phone: BoardPage, new_person: NewPerson, board: RestBoard
) -> None:
    desk = new_person("Bob").open(board_url(board))
    fingers = [(100.0, 500.0), (180.0, 480.0), (260.0, 500.0)]
    phone.tap_button("Pen")

    def tap(n_fingers: int) -> None:
        for n in range(1, n_fingers + 1):
            phone.touch("touchStart", *fingers[:n])
        phone.touch("touchEnd")

    phone.touch("touchStart", (200, 400))
    phone.touch("touchEnd")
    dot = phone.expect_saved().expect_one("pen")
    assert len(dot["points"]) == 2
    phone.expect_ink(190, 390, 20, 20, is_inked=True)
    desk.expect_one("pen")

    phone.touch("touchStart", (120, 300))
    phone.touch("touchMove", (200, 300))
    phone.touch("touchCancel")  # a system gesture: what was drawn stays
    _, stroke = phone.expect_saved().expect_elements(2)
    assert max(stroke["points"][::2]) == pytest.approx(80, abs=1)
    phone.expect_ink(120, 290, 80, 20, is_inked=True)

    tap(2)
    phone.expect_one("pen")
    phone.expect_ink(120, 290, 80, 20, is_inked=False)
    desk.expect_seq(phone.expect_saved().document()["seq"])
    assert desk.elements() == [dot]
    tap(3)
    assert phone.expect_elements(2) == [dot, stroke]
    phone.expect_ink(120, 290, 80, 20, is_inked=True)
    desk.expect_elements(2)


def test_a_palm_draws_nothing_beside_a_pen_and_fingers_pan_from_then_on(
    new_person: NewPerson, board: RestBoard
) -> None:
    tablet = new_person("Ada", has_touch=True).open(board_url(board))
    desk = new_person("Bob").open(board_url(board))
    tablet.pick("p")

    tablet.touch("touchStart", (700, 500))  # the palm comes first, and slides
    tablet.touch("touchMove", (720, 510))
    tablet.pen((300, 300), (350, 300), (400, 300), force=0.1, releases=False)
    tablet.expect_ink(690, 480, 60, 60, is_inked=False)
    tablet.touch("touchMove", (740, 530))
    tablet.touch("touchStart", (740, 530), (780, 560))
    tablet.move_pen((450, 300), (500, 300), (550, 300), (600, 300), force=1)
    tablet.touch("touchEnd")
    tablet.lift_pen(600, 300)
    tablet.touch("touchStart", (700, 400))  # the hand that wrote comes to rest
    tablet.touch("touchMove", (700, 500))
    tablet.touch("touchEnd")
    stroke = tablet.expect_saved().expect_one("pen")
    assert (stroke["pressure"][0], stroke["pressure"][-1]) == (0.1, 1)
    assert max(stroke["points"][::2]) == 300
    light, heavy = (330, 285, 20, 30), (560, 285, 20, 30)
    for one in (tablet, desk):
        one.expect_ink(*heavy, is_inked=True)
        assert one.ink_in(*heavy) > 1.5 * one.ink_in(*light) > 0
        one.expect_ink(690, 480, 120, 120, is_inked=False)

    rested = tablet.page.evaluate("performance.now()") + 450
    until(
        lambda: tablet.page.evaluate("performance.now()") > rested,
        what="what touches the glass now is no palm of a hand that has just written",
    )
    tablet.swipe([(500, 500), (500, 550), (500, 600)])  # the pen is known: a pan
    tablet.expect_ink(*heavy, is_inked=False)
    tablet.expect_ink(560, 385, 20, 30, is_inked=True)
    tablet.pen((300, 550))
    _, dot = tablet.expect_saved().expect_elements(2)
    assert len(dot["points"]) == 2
    tablet.expect_ink(295, 545, 10, 10, is_inked=True)

    tablet.page.evaluate(_ERASER_END, True)
    tablet.pen((450, 350), (450, 450))
    assert desk.expect_elements(1) == tablet.expect_saved().expect_elements(1) == [dot]
    tablet.expect_ink(560, 385, 20, 30, is_inked=False)
    tablet.page.evaluate(_ERASER_END, False)
    tablet.pen((300, 200), (340, 240))  # the tool in hand is the pen still
    until(lambda: len(desk.elements()) == 2, what="the pen draws again")


def test_fingers_draw_beside_a_pen_where_that_is_wanted(
    new_person: NewPerson, board: RestBoard
) -> None:
    tablet = new_person("Ada", has_touch=True).open(board_url(board))
    tablet.pick("p")
    switch = tablet.page.get_by_role("button", name="Draw with fingers too")
    expect(switch).to_have_count(0)
    tablet.pen((300, 300), (350, 300), (400, 300))
    expect(switch).to_have_attribute("aria-pressed", "false")

    tablet.tap_button("Draw with fingers too")
    expect(switch).to_have_attribute("aria-pressed", "true")
    rested = tablet.page.evaluate("performance.now()") + 450
    until(
        lambda: tablet.page.evaluate("performance.now()") > rested,
        what="what touches the glass now is no palm of a hand that has just written",
    )
    tablet.swipe([(500, 500), (500, 550), (500, 600)])
    tablet.expect_saved().expect_elements(2)
    tablet.expect_ink(490, 540, 20, 20, is_inked=True)

    tablet.reload()
    tablet.expect_elements(2)
    tablet.pen((300, 400), (350, 400), (400, 400))
    expect(switch).to_have_attribute("aria-pressed", "true")  # remembered


def test_a_finger_moves_a_small_thing_and_pulls_from_beside_it(
    phone: BoardPage, board: RestBoard
) -> None:
    """Handles as wide as a finger covered a small text: nothing was left to move it."""
    text = Text(id="words", x=0, y=0, text="Milk and more", size=16)
    board.post_change(Change("words", [Put(text)])).raise_for_status()
    phone.expect_elements(1)
    phone.tap_button("Select")
    tap(phone, (215, 430))

    phone.swipe([(215, 430), (215, 500), (215, 560)])
    moved = phone.expect_saved().expect_one("text")
    assert (moved["x"], moved["size"]) == (0, 16)
    assert moved["y"] == pytest.approx(130, abs=12)


def tap(phone: BoardPage, place: Point) -> None:
    """Tap the board."""
    phone.touch("touchStart", place)
    phone.touch("touchEnd")
