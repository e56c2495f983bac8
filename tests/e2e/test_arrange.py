"""Arranging: in line, at equal gaps, mirrored, above and below, larger, turned.

By command and, where what is near draws a shape to it, by hand.
"""

import math
from typing import Any

import pytest

from boards.sync.elements import Element, Line, Pen, Rect, Text
from boards.sync.protocol import Change, Put
from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard
from tests.support.waiting import until

pytestmark = pytest.mark.browser

RED, GREEN, BLUE = "#ff0000", "#00ff00", "#0000ff"
Two = tuple[BoardPage, BoardPage]
Spot = tuple[float, float]

# Three boxes in a box from -200, -100 to 230, 90, none as large as another.
BOXES: list[Element] = [
    Rect(id="r", x=-200, y=-100, w=100, h=40, stroke="none", fill=RED, z="a0"),
    Rect(id="g", x=0, y=-20, w=60, h=60, stroke="none", fill=GREEN, z="a1"),
    Rect(id="b", x=150, y=60, w=80, h=30, stroke="none", fill=BLUE, z="a2"),
]
# Where each of them is then, along the axis on which they move.
ARRANGED: dict[str, tuple[str, dict[str, float]]] = {
    "Alt+a": ("x", {"r": -200, "g": -200, "b": -200}),
    "Alt+h": ("x", {"r": -35, "g": -15, "b": -25}),
    "Alt+d": ("x", {"r": 130, "g": 170, "b": 150}),
    "Alt+w": ("y", {"r": -100, "g": -100, "b": -100}),
    "Alt+v": ("y", {"r": -25, "g": -35, "b": -20}),
    "Shift+Alt+v": ("y", {"r": -100, "g": -30, "b": 60}),  # gaps of 30 both times
}


def two_on(board: RestBoard, elements: list[Element], new_person: NewPerson) -> Two:
    """Two people who look at these elements, the board's origin in the middle."""
    board.post_change(Change("made", [Put(one) for one in elements])).raise_for_status()
    page, peer = (
        new_person(name).open(f"{board_url(board)}#0,0,1") for name in ("Ada", "Bo")
    )
    for one in (page, peer):
        one.expect_elements(len(elements))
    page.pick("v")
    return page, peer


def pull(page: BoardPage, from_: Spot, to: Spot) -> None:
    """Drag from one place of the board to another."""
    page.drag(*((512 + x, 360 + y) for x, y in (from_, to)))


def props_of(page: BoardPage, name: str, *props: str) -> list[Any]:
    """What an element has of these, once all is saved."""
    (found,) = (one for one in page.expect_saved().elements() if one["id"] == name)
    return [found[prop] for prop in props]


def spots(page: BoardPage) -> dict[str, Spot]:
    """Where each element is."""
    return {one["id"]: (one["x"], one["y"]) for one in page.elements()}


def expect_same(page: BoardPage, peer: BoardPage) -> None:
    """Wait until all is saved and the peer has it."""
    page.expect_saved()
    until(
        lambda: peer.canonical() == page.canonical(),
        what="both have the same document",
    )


def expect_ink(two: Two, x: float, y: float, *, is_inked: bool) -> None:
    """Wait until both are shown something, or nothing, around a place of the board."""
    for one in two:
        one.expect_ink(512 + x - 6, 360 + y - 6, 12, 12, is_inked=is_inked)


def expect_both(two: Two, x: float, y: float, color: str) -> None:
    """Wait until both are shown that colour at a place of the board."""
    for one in two:
        one.expect_color(512 + x, 360 + y, color)


def test_sides_and_middles_fall_in_line_and_gaps_become_equal(
    new_person: NewPerson, board: RestBoard
) -> None:
    page, peer = two = two_on(board, BOXES, new_person)
    before = spots(page)
    page.page.keyboard.press("Control+a")

    for key, (axis, there) in ARRANGED.items():
        page.page.keyboard.press(key)

        expected = {
            name: (there[name], y) if axis == "x" else (x, there[name])
            for name, (x, y) in before.items()
        }
        assert spots(page) == expected, key
        expect_same(page, peer)
        for box, inset in (("b", 5), ("g", 55)):  # not below another one
            x, y = expected[box]
            expect_both(two, x + inset, y + 25, BLUE if box == "b" else GREEN)
        page.page.keyboard.press("Control+z")
        assert spots(page) == before, key


def test_what_is_mirrored_changes_sides_and_ink_its_direction(
    new_person: NewPerson, board: RestBoard
) -> None:
    line = Line(id="l", x=50, y=-50, points=[0, 0, 100, 100], width=8, z="a1")
    turned = Rect(id="t", x=-100, y=100, w=80, h=20, angle=0.5, fill=BLUE, z="a2")
    box = Rect(id="r", x=-150, y=-50, w=100, h=100, stroke="none", fill=RED, z="a0")
    page, peer = two = two_on(board, [box, line, turned], new_person)
    paper = page.color_at(20, 700)
    expect_both(two, 75, -25, "#1e1e1e")
    page.page.keyboard.press("Control+a")

    page.page.keyboard.press("Shift+H")

    expect_same(page, peer)
    mirrored = {one["id"]: one for one in page.elements()}
    assert mirrored["r"]["x"] == 50
    assert (mirrored["l"]["x"], mirrored["l"]["points"]) == (-50, [0, 0, -100, 100])
    assert mirrored["t"]["angle"] == -0.5
    page.pick("Escape")
    expect_both(two, 75, -25, RED)
    expect_both(two, -75, -25, "#1e1e1e")  # from the upper right to the lower left
    expect_both(two, -125, -25, paper)
    x = mirrored["t"]["x"] + 40
    expect_both(two, x + 30, 95, BLUE)  # what pointed down at the right points up
    expect_both(two, x + 30, 125, paper)


def test_what_lies_above_is_sent_below_all_or_one_step_up(
    new_person: NewPerson, board: RestBoard
) -> None:
    pile: list[Element] = [
        Rect(id=name, x=x, fill=fill, z=z, y=0, w=100, h=100, stroke="none")
        for name, x, fill, z in (
            ("r", -60, RED, "a0"),
            ("g", 0, GREEN, "a1"),
            ("b", 20, BLUE, "a2"),
        )
    ]
    page, peer = two = two_on(board, pile, new_person)
    in_all = (30, 50)

    def expect_order(expected: str) -> None:
        until(
            lambda: "".join(one["id"] for one in page.elements()) == expected,
            what=f"from below: {expected}",
        )
        expect_same(page, peer)

    expect_both(two, *in_all, BLUE)
    page.press_at(512 + 110, 360 + 50)  # the blue one alone

    page.page.keyboard.press("[")
    expect_order("brg")
    expect_both(two, *in_all, GREEN)
    expect_both(two, 80, 50, GREEN)

    page.page.keyboard.press("Control+]")
    expect_order("rbg")
    expect_both(two, 40, 30, GREEN)
    expect_both(two, 110, 30, BLUE)

    page.page.keyboard.press("Control+]")
    expect_order("rgb")
    expect_both(two, *in_all, BLUE)


def box(name: str, x: float, y: float, fill: str = BLUE) -> Rect:
    """A square of 60 without an edge."""
    return Rect(id=name, x=x, y=y, w=60, h=60, stroke="none", fill=fill, z=f"a{name}")


def test_a_switch_lets_things_lie_beside_the_line_that_is_near(
    new_person: NewPerson, board: RestBoard
) -> None:
    boxes: list[Element] = [box("1", -200, -150), box("2", 50, 100, RED)]
    page, peer = two_on(board, boxes, new_person)
    paper = page.color_at(20, 700)
    left, middle = 512 - 200, 360 + 130  # of where the second goes

    page.page.keyboard.press("Shift+S")
    page.drag((512 + 80, middle), (512, middle), (left + 3 + 30, middle))
    assert props_of(page, "2", "x", "y") == [-197, 100]
    page.pick("Escape")
    expect_same(page, peer)
    for one in (page, peer):
        one.expect_color(left + 4, middle, RED)
        one.expect_color(left + 1, middle, paper)

    page.page.keyboard.press("Shift+S")
    page.drag((left + 33, middle), (left + 63, middle), (left + 34, middle))
    assert props_of(page, "2", "x", "y") == [-200, 100]
    page.pick("Escape")
    expect_same(page, peer)
    for one in (page, peer):
        one.expect_color(left + 1, middle, RED)


def test_a_third_shape_falls_as_far_from_the_second_as_that_from_the_first(
    new_person: NewPerson, board: RestBoard
) -> None:
    # The third is beside the others, but has no line in common with them.
    boxes: list[Element] = [
        *(box("1", -300, 0), box("2", -200, 0), box("3", 100, 20, RED)),
    ]
    page, peer = two_on(board, boxes, new_person)
    there = 512 - 96 + 30  # four more than where the gaps are equal

    page.drag((512 + 130, 410), (512, 410), (there, 410), releases=False)
    gap = (512 - 130, 404, 20, 12)
    page.expect_ink(*gap, is_inked=True)  # the guide says which gap it is about
    peer.expect_color(512 - 99, 410, RED)
    peer.expect_ink(*gap, is_inked=False)  # and is my own
    page.release()

    assert props_of(page, "3", "x", "y") == [-100, 20]
    page.pick("Escape")
    expect_same(page, peer)
    for one in (page, peer):
        one.expect_color(512 - 99, 410, RED)
        one.expect_ink(*gap, is_inked=False)
    page.page.keyboard.press("Control+z")
    page.drag((512 - 170, 390), (512, 390), (512 - 95 + 30, 390))
    assert props_of(page, "2", "x", "y") == [
        -100,
        0,
    ]  # as far from the first as from the third


def test_one_after_the_other_is_added_to_what_is_selected_and_taken_out(
    new_person: NewPerson, board: RestBoard
) -> None:
    page, peer = two = two_on(board, BOXES, new_person)

    def click(x: float, y: float, *, adds: bool = True) -> None:
        if adds:
            page.page.keyboard.down("Shift")
        page.press_at(512 + x, 360 + y)
        page.page.keyboard.up("Shift")

    click(-150, -80, adds=False)
    click(30, 10)
    click(190, 75)
    click(30, 10)  # the green one, a second time
    page.page.keyboard.press("Shift+ArrowDown")

    expect_same(page, peer)
    assert [one["y"] for one in page.elements()] == [-90, -20, 70]
    page.page.keyboard.press("Delete")
    assert [one["id"] for one in page.expect_elements(1)] == ["g"]
    expect_same(page, peer)
    expect_both(two, 30, 10, GREEN)
    expect_ink(two, -150, -80, is_inked=False)
    expect_ink(two, 190, 75, is_inked=False)


def test_ink_and_words_are_pulled_larger_by_a_corner_and_a_line_by_its_end(
    new_person: NewPerson, board: RestBoard
) -> None:
    pen = Pen(id="pen", x=-200, y=-150, points=[0, 0, 100, 80], z="a0")
    line = Line(id="line", x=50, y=-150, points=[0, 0, 100, 80], z="a1")
    text = Text(id="text", x=-200, y=60, w=100, text="Grow", z="a2")
    page, peer = two = two_on(board, [pen, line, text], new_person)
    expect_ink(two, -125, -90, is_inked=True)  # the stroke

    page.press_at(512 - 150, 360 - 110)
    pull(page, (-100, -70), (0, -70))
    assert props_of(page, "pen", "x", "y") == [-200, -150]
    assert props_of(page, "pen", "points") == [[0, 0, 200, 80]]

    page.press_at(512 + 75, 360 - 130)
    pull(page, (150, -70), (200, -130))
    assert props_of(page, "line", "x", "y") == [50, -150]
    assert props_of(page, "line", "points") == [[0, 0, 150, 20]]

    page.press_at(512 - 190, 360 + 72)
    pull(page, (-100, 85), (0, 110))
    assert props_of(page, "text", "x", "y", "w", "size") == [-200, 60, 200, 40]

    page.pick("Escape")
    expect_same(page, peer)
    expect_ink(two, -50, -90, is_inked=True)  # the stroke, twice as broad
    expect_ink(two, -125, -90, is_inked=False)
    expect_ink(two, 185, -132, is_inked=True)
    expect_ink(two, 135, -82, is_inked=False)
    expect_ink(two, -190, 90, is_inked=True)  # below what was one line of small words


def test_what_is_selected_together_is_pulled_and_turned_together(
    new_person: NewPerson, board: RestBoard
) -> None:
    box = Rect(id="box", x=-100, y=-100, w=100, h=100, stroke="none", fill=RED, z="a0")
    line = Line(id="line", x=0, y=0, points=[0, 0, 100, 50], z="a1")
    text = Text(id="text", x=-90, y=10, w=60, text="Grow", z="a2")
    page, peer = two = two_on(board, [box, line, text], new_person)
    page.page.keyboard.press("Control+a")

    pull(page, (100, 50), (200, 125))  # half as large again, from -100, -100

    assert props_of(page, "box", "x", "y", "w", "h") == [-100, -100, 150, 150]
    assert props_of(page, "line", "x", "y") == [50, 50]
    assert props_of(page, "line", "points") == [[0, 0, 150, 75]]
    assert props_of(page, "text", "x", "y", "w", "size") == [-85, 65, 90, 30]
    expect_same(page, peer)
    expect_both(two, 40, -90, RED)
    expect_ink(two, 150, 100, is_inked=True)

    page.page.keyboard.down("Shift")
    pull(page, (50, -126), (250, 12))  # by a quarter about 50, 12.5
    page.page.keyboard.up("Shift")

    assert props_of(page, "box", "angle") == [round(math.pi / 2, 4)]
    assert props_of(page, "text", "angle") == [round(math.pi / 2, 4)]
    # A line is turned point by point. What was to the right of the middle is below it.
    assert props_of(page, "line", "points") == [[0, 0, -75, 150]]
    assert props_of(page, "line", "x", "y") == pytest.approx([12.5, 12.5], abs=0.1)
    assert props_of(page, "box", "x", "y") == pytest.approx([12.5, -137.5], abs=0.1)
    page.pick("Escape")
    expect_same(page, peer)
    expect_both(two, 150, -130, RED)
    expect_ink(two, -25, 87, is_inked=True)
    expect_ink(two, 150, 100, is_inked=False)
    expect_ink(two, -90, -90, is_inked=False)


def test_a_shape_is_made_narrower_taller_and_shorter_by_key(
    new_person: NewPerson, board: RestBoard
) -> None:
    page, peer = two = two_on(board, [box("1", 0, 0)], new_person)
    page.press_at(512 + 30, 360 + 30)
    for keys, size in (
        (["Left", "Left"], [40, 60]),
        (["Down", "Down", "Down"], [40, 90]),
        (["Up"], [40, 80]),
    ):
        for key in keys:
            page.page.keyboard.press(f"Control+Shift+Arrow{key}")
        assert props_of(page, "1", "x", "y", "w", "h") == [0, 0, *size]

    page.pick("Escape")
    expect_same(page, peer)
    expect_both(two, 38, 78, BLUE)
    expect_ink(two, 50, 50, is_inked=False)
    expect_ink(two, 20, 88, is_inked=False)
