"""Turning, pulling and snapping what is selected, with a real pointer."""

import math
from typing import Any

import pytest
from playwright.sync_api import CDPSession

from boards.sync.elements import Element, Rect, Triangle
from boards.sync.protocol import Change, Put
from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard
from tests.support.waiting import until

pytestmark = pytest.mark.browser

N_MANY = 500
N_MOVES = 40
MOVE_MS = 50  # of computing for one move of all; it takes a third of that


def draw_rect(page: BoardPage, *corners: tuple[float, float]) -> dict[str, Any]:
    """Draw a rectangle, which is selected then; the newest element."""
    n_before = len(page.elements())
    page.pick("r")
    page.drag(*corners)
    page.expect_saved()
    return page.expect_elements(n_before + 1)[-1]


def element(page: BoardPage, element_id: str) -> dict[str, Any]:
    """The element with this id as the page shows it."""
    (found,) = [one for one in page.elements() if one["id"] == element_id]
    return found


def test_a_shape_is_turned_by_its_handle_and_by_steps(
    page: BoardPage, new_person: NewPerson, board: RestBoard
) -> None:
    peer = new_person("Bo").open(board_url(board))
    rect = draw_rect(page, (400, 300), (600, 400))

    page.drag((500, 274), (576, 350))  # from above the box to its right
    page.expect_saved()

    assert element(page, rect["id"])["angle"] == pytest.approx(math.pi / 2, abs=0.05)
    assert page.ink_in(440, 250, 20, 200) > 0  # the left edge stands upright now
    until(
        lambda: peer.elements() == page.elements(),
        what="the peer has it, too",
    )
    page.page.keyboard.press("Control+z")
    page.expect_saved()
    assert element(page, rect["id"]).get("angle", 0) == 0

    page.page.mouse.move(612, 412)  # just outside of a corner
    assert "data:image" in page.page.locator(".stage").evaluate("e => e.style.cursor")
    page.drag((612, 412), (400, 440), releases=False)
    assert page.ink_in(418, 458, 40, 20) > 0  # how far it is turned, in words
    page.release()
    page.expect_saved()
    assert element(page, rect["id"])["angle"] > 0.5
    page.page.keyboard.press("Control+z")
    page.expect_saved()

    page.page.keyboard.down("Shift")
    page.drag((500, 274), (560, 284))  # by 42 degrees
    page.page.keyboard.up("Shift")
    page.expect_saved()
    steps = element(page, rect["id"])["angle"] / (math.pi / 12)
    assert steps == pytest.approx(round(steps), abs=0.001)
    assert steps >= 1


def test_a_turned_shape_is_pulled_in_its_own_axes(
    page: BoardPage, new_person: NewPerson, board: RestBoard
) -> None:
    peer = new_person("Bo").open(board_url(board))
    rect = draw_rect(page, (400, 300), (600, 400))
    page.page.keyboard.down("Shift")
    page.drag((500, 274), (576, 350))  # a quarter turn
    page.page.keyboard.up("Shift")
    page.expect_saved()

    # Its right side is below now, at (500, 450).
    page.drag((500, 450), (500, 500))
    page.expect_saved()

    pulled = element(page, rect["id"])
    assert pulled["w"] == pytest.approx(250, abs=1)
    assert pulled["h"] == pytest.approx(100, abs=1)
    middle = (pulled["x"] + pulled["w"] / 2, pulled["y"] + pulled["h"] / 2)
    before = (rect["x"] + 100, rect["y"] + 50)
    assert middle[0] == pytest.approx(before[0], abs=1)
    assert middle[1] == pytest.approx(before[1] + 25, abs=1)
    page.pick("Escape")
    until(lambda: peer.elements() == page.elements(), what="the peer has it, too")
    for one in (page, peer):
        one.expect_ink(480, 490, 40, 20, is_inked=True)  # the side that was pulled
        one.expect_ink(480, 440, 40, 20, is_inked=False)  # and where it was


def test_shift_keeps_the_ratio_and_alt_the_middle(
    page: BoardPage, new_person: NewPerson, board: RestBoard
) -> None:
    peer = new_person("Bo").open(board_url(board))
    rect = draw_rect(page, (400, 300), (600, 400))

    page.page.keyboard.down("Shift")
    page.drag((600, 400), (650, 400), (700, 410))
    page.page.keyboard.up("Shift")
    page.expect_saved()
    pulled = element(page, rect["id"])
    assert pulled["w"] / pulled["h"] == pytest.approx(2, abs=0.02)
    assert pulled["w"] >= 280
    page.page.keyboard.press("Control+z")
    page.page.keyboard.down("Alt")
    page.drag((600, 350), (620, 350), (650, 350))
    page.page.keyboard.up("Alt")
    page.expect_saved()
    pulled = element(page, rect["id"])
    assert (pulled["x"], pulled["w"]) == (rect["x"] - 50, 300)

    page.pick("Escape")
    until(lambda: peer.elements() == page.elements(), what="the peer has it, too")
    for one in (page, peer):
        for left, is_inked in ((340, True), (640, True), (390, False), (590, False)):
            one.expect_ink(left, 330, 20, 20, is_inked=is_inked)


def test_a_shape_falls_in_line_with_another_and_control_lets_it_free(
    page: BoardPage, new_person: NewPerson, board: RestBoard
) -> None:
    peer = new_person("Bo").open(board_url(board))
    first = draw_rect(page, (300, 200), (400, 260))
    second = draw_rect(page, (500, 500), (560, 560))
    page.page.keyboard.press("v")

    page.drag((500, 530), (305, 530), releases=False)
    assert page.ink_in(295, 380, 10, 60) > 0  # the guide from one to the other
    peer.expect_ink(290, 520, 20, 40, is_inked=True)  # the shape falls there, too,
    peer.expect_ink(295, 380, 10, 60, is_inked=False)  # and the guide is my own
    page.release()
    page.expect_saved()
    assert element(page, second["id"])["x"] == first["x"]
    until(lambda: peer.elements() == page.elements(), what="the peer has it, too")

    page.page.keyboard.down("Control")
    page.drag((300, 530), (306, 530))
    page.page.keyboard.up("Control")
    page.expect_saved()
    assert element(page, second["id"])["x"] == pytest.approx(first["x"] + 6, abs=0.2)


def test_the_grid_is_seen_and_snapped_to_and_remembered(
    page: BoardPage, new_person: NewPerson, board: RestBoard
) -> None:
    peer = new_person("Bo").open(board_url(board))
    assert page.ink_in(600, 500, 200, 100) == 0

    page.page.keyboard.press("Control+'")
    until(lambda: page.ink_in(600, 500, 200, 100) > 0, what="there are dots")
    rect = draw_rect(page, (403, 304), (517, 388))

    assert [rect[name] % 20 for name in ("x", "y", "w", "h")] == [0, 0, 0, 0]
    assert peer.expect_one("rect") == rect
    peer.expect_ink(600, 500, 200, 100, is_inked=False)  # the dots are my own
    page.reload()
    until(lambda: page.ink_in(700, 500, 200, 100) > 0, what="there are dots again")


def computed_ms(devices: CDPSession) -> float:
    """How long the page has computed so far; not while others had the processor."""
    metrics = devices.send("Performance.getMetrics")["metrics"]
    (found,) = [one["value"] for one in metrics if one["name"] == "TaskDuration"]
    return float(found) * 1_000


def test_hundreds_are_moved_smoothly_in_one_change(
    board: RestBoard, new_person: NewPerson
) -> None:
    page, peer = (
        new_person(name).open(f"{board_url(board)}#240,195,1") for name in ("Ada", "Bo")
    )
    many: list[Element] = [
        Rect(id=f"r{n}", x=n % 25 * 20, y=n // 25 * 20, w=12, h=12, z=f"a{n:03}")
        for n in range(N_MANY)
    ]
    board.post_change(Change("many", [Put(one) for one in many])).raise_for_status()
    page.expect_elements(N_MANY)
    page.page.keyboard.press("Control+a")
    devices = page.page.context.new_cdp_session(page.page)
    devices.send("Performance.enable", {"timeDomain": "threadTicks"})
    before_ms = computed_ms(devices)

    left, top = 512 + 6, 360 + 6  # no handle is near
    there = (left + 200, top + 100)
    page.drag((left, top), there, (left + 10, top), steps=N_MOVES // 2)
    move_ms = (computed_ms(devices) - before_ms) / N_MOVES
    page.expect_saved()

    assert move_ms < MOVE_MS
    assert len(board.journal()) == 2
    assert {one["x"] % 20 for one in page.elements()} == {10}
    peer.expect_seq(2)
    assert peer.elements() == page.elements()
    peer.expect_ink(773, 200, 8, 300, is_inked=True)  # the last column was to the left
    peer.expect_ink(264, 200, 8, 300, is_inked=False)
    page.page.keyboard.press("Control+z")
    page.expect_saved()
    assert {one["x"] % 20 for one in page.elements()} == {0}
    assert len(board.journal()) == 3


def test_a_lasso_goes_around_things_and_a_double_click_into_their_group(
    new_person: NewPerson, board: RestBoard
) -> None:
    elements: list[Element] = [
        Rect(id=name, x=x, y=y, w=80, h=60, fill="#f4d35e", z=z, groups=groups)
        for name, x, y, z, groups in (
            ("a", 0, 0, "a0", ["inner", "outer"]),
            ("b", 120, 0, "a1", ["inner", "outer"]),
            ("c", 240, 0, "a2", ["outer"]),
            ("d", 0, 160, "a3", []),
            ("e", 240, 160, "a4", []),
        )
    ]
    board.post_change(Change("five", [Put(one) for one in elements]))
    page, peer = (
        new_person(name).open(f"{board_url(board)}#160,110,1") for name in ("Ada", "Bo")
    )
    page.expect_elements(5)
    page.pick("Shift+L")
    left, top = 512 - 160, 360 - 110  # where 0, 0 is on the screen
    # Around d and below e, which its box holds as well.
    around_d = [(-20, 140), (100, 140), (100, 235), (340, 235), (340, 250), (-20, 250)]

    page.drag(*((left + x, top + y) for x, y in around_d), releases=False)
    assert page.ink_in(left - 26, top + 165, 12, 40) > 0  # the line
    page.release()
    page.page.keyboard.press("Delete")
    page.expect_elements(4)
    for one in (page, peer):
        one.expect_ink(left - 10, top + 150, 100, 80, is_inked=False)

    page.pick("v")
    page.page.keyboard.down("Alt")
    page.drag((left + 220, top + 140), (left + 340, top + 140), (left + 280, top + 240))
    page.page.keyboard.up("Alt")
    page.page.keyboard.press("Delete")
    assert {one["id"] for one in page.expect_elements(3)} == {"a", "b", "c"}

    page.page.mouse.dblclick(left + 40, top + 30)  # from outer into inner
    assert page.ink_in(left + 225, top - 10, 6, 80) > 0  # outer's edge lies further out
    page.page.keyboard.press("ArrowDown")
    page.expect_saved()
    assert [one["y"] for one in page.elements()] == [1, 1, 0]
    until(lambda: peer.elements() == page.elements(), what="the peer has it, too")
    page.page.keyboard.press("Escape")  # out to all of it
    page.page.keyboard.press("ArrowDown")
    page.expect_saved()
    assert [one["y"] for one in page.elements()] == [2, 2, 1]
    page.page.keyboard.press("Escape")

    page.page.keyboard.down("Control")
    page.press_at(left + 40, top + 30)
    page.page.keyboard.up("Control")
    page.page.keyboard.press("Delete")
    assert {one["id"] for one in page.expect_elements(2)} == {"b", "c"}


def test_selected_things_are_ordered_aligned_spread_mirrored_and_locked(
    new_person: NewPerson, board: RestBoard
) -> None:
    red, green, blue = "#ff0000", "#00ff00", "#0000ff"
    things: list[Element] = [
        Rect(id="r", x=-200, y=-100, w=100, h=100, fill=red, z="a0"),
        Rect(id="g", x=-150, y=-50, w=100, h=100, fill=green, z="a1"),
        Triangle(id="b", x=150, y=-80, w=100, h=100, fill=blue, z="a2"),
    ]
    board.post_change(Change("three", [Put(one) for one in things])).raise_for_status()
    page = new_person("Ada").open(f"{board_url(board)}#0,0,1")
    peer = new_person("Bo").open(f"{board_url(board)}#0,0,1")
    press = page.page.keyboard.press

    def expect_both(x: float, y: float, color: str) -> None:
        for one in (page, peer):
            one.expect_color(512 + x, 360 + y, color)

    def spots() -> dict[str, tuple[float, float]]:
        page.expect_saved()
        return {one["id"]: (one["x"], one["y"]) for one in page.elements()}

    expect_both(-125, -25, green)
    page.pick("v")
    page.press_at(512 - 180, 360 - 80)
    press("]")
    expect_both(-125, -25, red)
    press("Control+[")
    expect_both(-125, -25, green)

    page.drag((200, 180), (420, 500), (800, 500))  # a marquee around all of them
    press("Alt+s")
    assert {y for _, y in spots().values()} == {-50}
    press("Shift+Alt+h")
    assert spots()["g"][0] == -25  # as far from the left one as from the right one
    expect_both(25, 0, green)
    page.pick("Escape")
    page.press_at(512 + 200, 360 + 20)
    expect_both(170, 40, blue)
    press("Shift+v")
    expect_both(170, -40, blue)  # it stands on its tip now
    page.pick("Escape")

    page.press_at(512 - 150, 360)
    press("Control+Shift+l")
    page.expect_saved()
    page.drag((512 - 150, 360), (512 - 150, 500))
    press("Control+a")
    press("Delete")
    assert list(spots()) == ["r"]
    expect_both(-150, 0, red)
    press("Control+z")
    page.pick("Escape")

    page.page.keyboard.down("Alt")
    page.drag((512 + 25, 360), (512 + 25, 400), (512 + 25, 560), steps=8)
    page.page.keyboard.up("Alt")
    page.expect_saved().expect_elements(4)
    expect_both(25, 0, green)
    expect_both(25, 200, green)
    press("Shift+ArrowDown")
    press("ArrowUp")
    press("Control+z")
    press("Control+z")
    press("Control+z")
    page.expect_saved().expect_elements(3)
    expect_both(25, 200, page.color_at(20, 400))
    assert peer.elements() == page.elements()


def test_numbers_are_typed_and_a_shape_is_changed_into_others(
    page: BoardPage, new_person: NewPerson, board: RestBoard
) -> None:
    peer = new_person("Bo").open(board_url(board))
    rect = draw_rect(page, (400, 300), (600, 400))
    keyboard = page.page.keyboard

    def now(name: str) -> float:
        return float(element(page, rect["id"]).get(name, 0))

    for name, typed in (("Width", "*2"), ("X: from the left", "+=10")):
        page.page.get_by_role("textbox", name=name, exact=True).fill(typed)
        keyboard.press("Enter")
    page.page.get_by_role("textbox", name="Angle in degrees").fill("90")
    keyboard.press("Enter")
    page.expect_saved()
    assert now("w") == 2 * rect["w"]
    assert now("x") == rect["x"] + 10
    assert now("angle") == pytest.approx(math.pi / 2, abs=0.001)
    middle = 400 + 10 + 200  # on the screen; the long sides are upright now
    assert page.ink_in(middle - 60, 200, 20, 60) > 0
    for _ in range(3):
        page.pick("Control+z")
    page.expect_saved()
    assert element(page, rect["id"]) == rect

    page.page.get_by_role("textbox", name="Height").press("ArrowUp")
    page.page.get_by_role("textbox", name="Height").fill("no number")
    keyboard.press("Enter")
    page.expect_saved()
    assert now("h") == rect["h"] + 1

    assert page.ink_in(395, 295, 12, 12) > 30  # a corner
    page.press_at(500, 300)  # its edge: the keys are the board's again
    keyboard.press("Shift+C")
    page.expect_saved()
    assert element(page, rect["id"])["kind"] == "ellipse"
    page.page.get_by_role("combobox", name="Shape").select_option("diamond")
    page.expect_saved()
    assert element(page, rect["id"])["kind"] == "diamond"
    until(lambda: peer.elements() == page.elements(), what="the peer has it, too")
    peer.press_at(500, 500)
    assert peer.ink_in(410, 310, 20, 15) == 0  # a diamond has none there
