"""A stroke on a real page: it stays, it survives, others see it grow.

And what keys that are held, a line's kind and words' place make of what is drawn.
"""

import math
from typing import Any

import pytest

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard, assert_equal
from tests.support.server import running_server
from tests.support.waiting import until

pytestmark = pytest.mark.browser

# A storage that takes its time, as on a busy machine: nothing is sent before.
_WRITES_LATE = "() => { IDBObjectStore.prototype.put = () => new Promise(() => {}); }"
ZIGZAG = [(300.0, 200.0), (400.0, 300.0), (500.0, 200.0), (600.0, 300.0)]


def test_a_stroke_is_there_after_a_reload(page: BoardPage) -> None:
    page.pick("p")

    page.drag(*ZIGZAG)
    drawn = page.expect_saved().expect_one("pen")
    page.reload()

    assert page.expect_one("pen") == drawn
    assert len(drawn["points"]) >= 2 * len(ZIGZAG)


def test_a_reload_takes_no_stroke_that_was_not_written_yet_nor_one_in_the_hand(
    page: BoardPage, board: RestBoard
) -> None:
    page.page.evaluate(_WRITES_LATE)
    page.pick("p")
    page.drag(*ZIGZAG)
    page.drag(*[(x, y + 200) for x, y in ZIGZAG], releases=False)
    seen = page.ink_in(0, 0, 1024, 720)

    page.reload()

    lifted, held = page.expect_elements(2)
    assert min(len(lifted["points"]), len(held["points"])) >= 2 * len(ZIGZAG)
    page.expect_saved()
    assert board.drawn_ids() == [lifted["id"], held["id"]]
    # In the middle of the page now, and at the same size.
    until(
        lambda: abs(page.ink_in(0, 0, 1024, 720) - seen) < seen / 4,
        what=f"{seen} pixels of ink, there are {page.ink_in(0, 0, 1024, 720)}",
    )
    for n_left in (1, 0):  # what undoes them was not written either
        page.page.keyboard.press("Control+z")
        page.expect_elements(n_left)


def test_a_reload_takes_no_words_that_are_being_typed(
    page: BoardPage, board: RestBoard
) -> None:
    page.pick("t")
    page.press_at(450, 300)
    page.page.keyboard.type("Half a sen")
    # What is kept of the typing and the change it becomes must not both arrive.
    until(lambda: "Half a sen" in "".join(page.written()), what="the typing is kept")
    page.page.evaluate(_WRITES_LATE)

    page.reload()

    text = page.expect_saved().expect_one("text")
    assert text["text"] == "Half a sen"
    assert board.drawn_ids() == [text["id"]]
    page.expect_ink(400, 260, 300, 200, is_inked=True)  # about in the middle now
    page.page.keyboard.press("Control+z")
    page.expect_elements(0)


def test_a_stroke_survives_a_restart_of_the_server(
    new_person: NewPerson, sqlite_url: str
) -> None:
    with running_server({"DATABASE_URL": sqlite_url}) as server:
        page = new_person().open(board_url(RestBoard.create(server.url)))
        peer = new_person("Bo").open(page.page.url)
        page.pick("p")
        page.drag(*ZIGZAG)
        drawn = page.expect_saved().expect_one("pen")

        page.drag((300, 500), (400, 500), releases=False)  # another, in mid-stroke
        server.stop()
        page.expect_status("away", lambda status: status["status"] != "live")
        page.page.mouse.move(500, 500, steps=3)
        server.start()
        page.page.mouse.move(600, 500, steps=3)
        page.release()

        both = page.expect_saved().expect_elements(2)
        assert both[0] == drawn
        assert max(both[1]["points"][::2]) == 300
        assert peer.expect_elements(2) == both
        peer.expect_ink(560, 480, 30, 40, is_inked=True)
        assert page.reload().expect_elements(2) == both


def test_two_pages_see_each_others_strokes(
    new_person: NewPerson, board: RestBoard
) -> None:
    ada = new_person("Ada").open(board_url(board))
    bob = new_person("Bob").open(board_url(board))

    ada.pick("p")
    ada.drag(*ZIGZAG)
    bob.pick("p")
    bob.drag(*[(x, y + 200) for x, y in ZIGZAG])

    ada.expect_elements(2)
    bob.expect_elements(2)
    ada.expect_saved()
    bob.expect_saved()
    assert_equal({"Ada": ada.canonical(), "Bob": bob.canonical(), **board.documents()})


def test_a_stroke_is_seen_before_the_pen_goes_up(
    new_person: NewPerson, board: RestBoard
) -> None:
    ada = new_person("Ada").open(board_url(board))
    bob = new_person("Bob").open(board_url(board))
    ada.pick("p")

    ada.drag(*ZIGZAG, releases=False)

    until(lambda: bob.ink_in(280, 180, 340, 140) > 200, what="Bob sees the draft")
    assert bob.elements() == []
    ada.release()
    bob.expect_one("pen")


def test_a_peer_has_a_cursor_with_a_name(
    new_person: NewPerson, board: RestBoard
) -> None:
    ada = new_person("Ada").open(board_url(board))
    bob = new_person("Bob").open(board_url(board))
    bob.page.mouse.move(100, 100)

    ada.page.mouse.move(500, 350, steps=3)

    until(lambda: bob.cursor_labels() == ["Ada"], what=f"cursors {bob.cursor_labels()}")


def test_C5_a_tap_of_the_pen_leaves_a_dot(page: BoardPage) -> None:
    page.pick("p")

    page.press_at(400, 300)

    dot = page.expect_saved().expect_one("pen")
    assert 2 <= len(dot["points"]) <= 4
    assert page.ink_in(390, 290, 20, 20) > 0


def expect_ink(two: tuple[BoardPage, ...], x: float, y: float, is_inked: bool) -> None:
    """Wait until all are shown something, or nothing, around this place."""
    for one in two:
        one.expect_ink(x - 4, y - 4, 8, 8, is_inked=is_inked)


def test_shift_makes_it_even_and_alt_draws_from_the_middle(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))

    def draw(tool: str, key: str, *points: tuple[float, float]) -> dict[str, Any]:
        n_before = len(page.elements())
        page.pick(tool)
        page.page.keyboard.down(key)
        page.drag(*points)
        page.page.keyboard.up(key)
        return page.expect_saved().expect_elements(n_before + 1)[-1]

    square = draw("r", "Shift", (300, 200), (420, 260))
    middled = draw("o", "Alt", (600, 300), (650, 340))
    flat = draw("l", "Shift", (300, 500), (400, 518))  # by 10 degrees
    steep = draw("l", "Shift", (600, 600), (650, 540))  # by 50
    page.pick("Escape")

    assert (square["w"], square["h"]) == (120, 120)
    assert (middled["x"], middled["y"]) == (550 - 512, 260 - 360)
    assert (middled["w"], middled["h"]) == (100, 80)
    for line, degrees, length in (
        (flat, 15, math.hypot(100, 18)),
        (steep, -45, math.hypot(50, 60)),
    ):
        _, _, x, y = line["points"]
        assert math.degrees(math.atan2(y, x)) == pytest.approx(degrees, abs=0.1)
        assert math.hypot(x, y) == pytest.approx(length, abs=0.2)
    until(lambda: peer.elements() == page.elements(), what="the peer has them, too")
    two = (page, peer)
    expect_ink(two, 360, 320, is_inked=True)  # the lower side of the square
    expect_ink(two, 360, 260, is_inked=False)
    expect_ink(two, 550, 300, is_inked=True)
    expect_ink(two, 600, 300, is_inked=False)
    expect_ink(two, 398, 526, is_inked=True)
    expect_ink(two, 398, 517, is_inked=False)
    expect_ink(two, 653, 547, is_inked=True)


def test_a_line_of_points_is_closed_at_its_first_one_and_dotted(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("l")
    for place in ((300, 300), (500, 300), (400, 400), (302, 301)):
        page.press_at(*place)
    page.page.get_by_role("radio", name="Sky").click()  # it has ended, and is selected

    loop = page.expect_saved().expect_one("line")
    assert loop["points"] == [0, 0, 200, 0, 100, 100, 0, 0]
    assert loop["fill"] == "#a5d8ff"
    for one in (page, peer):
        one.expect_color(400, 340, "#a5d8ff")

    edge = (340, 299, 120, 2)  # within what is painted of the upper side
    page.page.get_by_role("radio", name="Bold").click()
    page.pick("Escape")
    for one in (page, peer):
        one.expect_color(400, 297, "#1e1e1e")
        one.expect_ink(*edge, is_inked=False)  # nothing but the line
    page.press_at(400, 340)
    page.page.get_by_role("radio", name="Line: dotted").click()
    page.pick("Escape")
    assert page.expect_saved().expect_one("line")["dash"] == "dotted"
    until(lambda: peer.canonical() == page.canonical(), what="the peer has it, too")
    for one in (page, peer):
        for n in range(8):  # within 14 from a dot to the next; a dash is longer
            one.expect_ink(340 + 14 * n, 299, 14, 2, is_inked=True)


def test_words_stand_where_they_are_put_or_where_their_script_begins(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("t")
    page.drag((350, 300), (650, 320))
    page.page.keyboard.type("שלום")  # from right to left
    page.page.keyboard.press("Escape")
    page.expect_saved().expect_one("text")

    lefts = {"left": 350, "center": 475, "auto": 600}
    for title, align in (("Centre", "center"), ("Left", "left"), ("As usual", "auto")):
        page.press_at(500, 600)  # or two presses in one place would be a double one
        page.press_at(lefts["auto"] + 30, 312)
        page.page.get_by_role("radio", name=f"Align: {title}").click()
        page.pick("Escape")

        assert page.expect_saved().expect_one("text").get("align", "auto") == align
        for one in (page, peer):
            for side, left in lefts.items():
                one.expect_ink(left + 4, 300, 46, 25, is_inked=side == align)
