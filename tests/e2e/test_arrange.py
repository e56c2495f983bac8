"""Arranging: in line, at equal gaps, mirrored, above and below, larger, turned.

By command and, where what is near draws a shape to it, by hand.
"""

import pytest

from boards.sync.elements import Element, Line, Rect
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


def place_of(page: BoardPage, name: str) -> tuple[float, float]:
    """Where an element is, once all is saved."""
    (found,) = [
        (one["x"], one["y"])
        for one in page.expect_saved().elements()
        if one["id"] == name
    ]
    return found


def test_a_switch_lets_things_lie_beside_the_line_that_is_near(
    new_person: NewPerson, board: RestBoard
) -> None:
    boxes: list[Element] = [box("1", -200, -150), box("2", 50, 100, RED)]
    page, peer = two_on(board, boxes, new_person)
    paper = page.color_at(20, 700)
    left, middle = 512 - 200, 360 + 130  # of where the second goes

    page.page.keyboard.press("Shift+S")
    page.drag((512 + 80, middle), (512, middle), (left + 3 + 30, middle))
    assert place_of(page, "2") == (-197, 100)
    page.pick("Escape")
    expect_same(page, peer)
    for one in (page, peer):
        one.expect_color(left + 4, middle, RED)
        one.expect_color(left + 1, middle, paper)

    page.page.keyboard.press("Shift+S")
    page.drag((left + 33, middle), (left + 63, middle), (left + 34, middle))
    assert place_of(page, "2") == (-200, 100)
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

    assert place_of(page, "3") == (-100, 20)
    page.pick("Escape")
    expect_same(page, peer)
    for one in (page, peer):
        one.expect_color(512 - 99, 410, RED)
        one.expect_ink(*gap, is_inked=False)
    page.page.keyboard.press("Control+z")
    page.drag((512 - 170, 390), (512, 390), (512 - 95 + 30, 390))
    assert place_of(page, "2") == (-100, 0)  # as far from the first as from the third
