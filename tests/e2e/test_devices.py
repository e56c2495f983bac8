"""What fingers and a stylus do with each tool, and what others see of it."""

import pytest
from playwright.sync_api import expect

from tests.e2e.board_page import WITHIN_S, BoardPage, Point
from tests.e2e.conftest import PHONE, NewPerson, board_url
from tests.support.convergence import RestBoard, assert_equal
from tests.support.waiting import until

pytestmark = pytest.mark.browser

# From the phone's screen to the desk's: the origin is in the middle of either.
DESK_DX, DESK_DY = 1024 / 2 - 390 / 2, 720 / 2 - 844 / 2
Box = tuple[float, float, float, float]


@pytest.fixture
def desk(new_person: NewPerson, board: RestBoard) -> BoardPage:
    """Somebody at a desk, on the board before anything is."""
    return new_person("Bo").open(board_url(board))


@pytest.fixture
def phone(desk: BoardPage, new_person: NewPerson, board: RestBoard) -> BoardPage:
    """A phone on the same board."""
    return new_person("Ada", **PHONE).open(board_url(board))


@pytest.fixture
def tablet(desk: BoardPage, new_person: NewPerson, board: RestBoard) -> BoardPage:
    """A tablet with a stylus on the same board, as large as the desk's screen."""
    return new_person("Ada", has_touch=True).open(board_url(board))


def zigzag(left: float, top: float, width: float = 150) -> list[Point]:
    """A way that nobody takes for a shape, however long a finger rests at its end."""
    step = width / 3
    return [(left + step * n, top + 40 * (n % 2)) for n in range(4)]


def take(phone: BoardPage, tool: str) -> None:
    """Tap a tool, which may be one of those that unfold."""
    button = phone.page.locator(f"[data-tool={tool}]")
    if not button.is_visible():
        phone.tap_button("All tools")
    button.tap()
    expect(button).to_have_attribute("aria-pressed", "true")


def take_with_pen(tablet: BoardPage, tool: str) -> None:
    """Take a tool with the stylus itself."""
    box = tablet.box_of(f"[data-tool={tool}]")
    tablet.pen((box["x"] + box["width"] / 2, box["y"] + box["height"] / 2))
    expect(tablet.page.locator(f"[data-tool={tool}]")).to_have_attribute(
        "aria-pressed", "true"
    )


def on_desk(left: float, top: float, width: float, height: float) -> Box:
    """Where at the desk is what is there on the phone."""
    return (left + DESK_DX, top + DESK_DY, width, height)


def expect_same(one: BoardPage, other: BoardPage, board: RestBoard) -> None:
    """Wait until what one made is saved, and the other has it."""
    one.expect_saved()
    other.expect_seq(one.document()["seq"])
    assert_equal(
        {"one": one.canonical(), "other": other.canonical(), **board.documents()}
    )


def test_fingers_mark_draw_lines_and_frames_and_erase(
    phone: BoardPage, desk: BoardPage, board: RestBoard
) -> None:
    places: dict[str, Box] = {
        "highlight": (100, 170, 160, 60),
        "line": (100, 270, 160, 60),
        "frame": (70, 370, 240, 140),
    }

    take(phone, "highlight")
    phone.swipe(zigzag(105, 180))
    take(phone, "line")
    phone.swipe([(105, 280), (180, 300), (255, 320)])
    take(phone, "frame")
    phone.swipe([(80, 380), (190, 440), (300, 500)])

    drawn = {one["kind"]: one for one in phone.expect_elements(3)}
    assert drawn.keys() == places.keys()
    assert drawn["line"]["points"][-2:] == pytest.approx([150, 40], abs=2)
    assert (drawn["frame"]["w"], drawn["frame"]["h"]) == pytest.approx(
        (220, 120), abs=2
    )
    for box in places.values():
        phone.expect_ink(*box, is_inked=True)
        desk.expect_ink(*on_desk(*box), is_inked=True)
    expect_same(phone, desk, board)

    take(phone, "eraser")
    phone.touch("touchStart", (180, 250))
    phone.touch("touchMove", (180, 280))
    phone.touch("touchMove", (180, 330))
    assert len(phone.elements()) == 3  # it goes when the finger is lifted
    phone.touch("touchEnd")
    assert {one["kind"] for one in phone.expect_elements(2)} == {"highlight", "frame"}
    phone.expect_ink(*places["line"], is_inked=False)
    desk.expect_ink(*on_desk(*places["line"]), is_inked=False)
    desk.expect_ink(*on_desk(*places["highlight"]), is_inked=True)
    expect_same(phone, desk, board)


def test_a_finger_pans_with_the_hand_points_and_goes_around_things(
    phone: BoardPage, desk: BoardPage, board: RestBoard
) -> None:
    for top in (200.0, 320.0):
        take(phone, "pen")
        phone.swipe(zigzag(110, top))
    high, low = phone.expect_saved().expect_elements(2)

    take(phone, "laser")
    box = (110, 440, 160, 20)
    phone.touch("touchStart", (120, 450))

    def shines() -> bool:
        """Whether it is seen at the desk; it fades, so the finger goes on."""
        for x in (150, 200, 260, 120):
            phone.touch("touchMove", (x, 450))
        return desk.ink_in(*on_desk(*box)) > 100

    until(shines, within_s=WITHIN_S, what="the trail is seen")
    phone.rest_and_lift((120, 450))
    desk.expect_ink(*on_desk(*box), is_inked=False)
    assert phone.expect_saved().elements() == [high, low]

    take(phone, "hand")
    phone.swipe([(300, 500), (300, 560), (300, 600)])
    phone.expect_ink(100, 295, 170, 50, is_inked=True)  # what was at 200 before
    phone.expect_ink(100, 190, 170, 60, is_inked=False)
    assert phone.expect_saved().elements() == [high, low]

    take(phone, "lasso")
    phone.swipe([(80, 270), (300, 270), (300, 370), (80, 370), (80, 280)])
    phone.tap_button("Delete")
    assert phone.expect_saved().expect_elements(1) == [low]
    phone.expect_ink(100, 295, 170, 50, is_inked=False)
    desk.expect_ink(*on_desk(100, 195, 170, 50), is_inked=False)
    desk.expect_ink(*on_desk(100, 315, 170, 50), is_inked=True)
    expect_same(phone, desk, board)


def test_a_stylus_draws_shapes_selects_moves_and_erases(
    tablet: BoardPage, desk: BoardPage, board: RestBoard
) -> None:
    take_with_pen(tablet, "rect")
    tablet.pen((300, 250), (350, 280), (420, 330))
    take_with_pen(tablet, "arrow")
    tablet.pen((600, 450), (650, 480), (700, 500))

    rect, arrow = tablet.expect_saved().expect_elements(2)
    assert (rect["kind"], arrow["kind"]) == ("rect", "arrow")
    assert (rect["x"], rect["y"]) == pytest.approx((300 - 512, 250 - 360), abs=1)
    assert (rect["w"], rect["h"]) == pytest.approx((120, 80), abs=1)
    assert arrow["points"][-2:] == pytest.approx([100, 50], abs=1)
    assert "pressure" not in rect
    for one in (tablet, desk):
        one.expect_ink(290, 240, 140, 20, is_inked=True)
        one.expect_ink(590, 440, 120, 70, is_inked=True)

    select = tablet.page.locator("[data-tool=select]")
    expect(select).to_have_attribute("aria-pressed", "true")  # after what was drawn
    tablet.pen((150, 600))  # on nothing, so that nothing is selected
    tablet.pen((330, 250), (330, 300), (330, 370), (330, 400))
    moved, still = tablet.expect_saved().expect_elements(2)
    assert still == arrow
    assert moved == {**rect, "y": pytest.approx(rect["y"] + 150, abs=1)}
    expect(
        tablet.page.get_by_role("button", name="Duplicate").first
    ).to_be_visible()  # it is selected
    desk.expect_ink(290, 240, 140, 60, is_inked=False)
    desk.expect_ink(290, 390, 140, 20, is_inked=True)

    take_with_pen(tablet, "eraser")
    tablet.pen((650, 400), (650, 450), (650, 520))
    assert tablet.expect_saved().expect_elements(1) == [moved]
    for one in (tablet, desk):
        one.expect_ink(590, 440, 120, 70, is_inked=False)
        one.expect_ink(310, 390, 100, 20, is_inked=True)
    expect_same(tablet, desk, board)
