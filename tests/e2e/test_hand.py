"""How it feels under the hand: erasers, laser, tools that stay, fast and odd input."""

import math
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.e2e.board_page import WITHIN_S, BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard
from tests.support.server import Server
from tests.support.waiting import until

pytestmark = pytest.mark.browser

# How dark the darkest pixel of the canvases is there, 0 (black) to 765 (white).
_DARKEST = """
([left, top, width, height]) => {
  const copy = new OffscreenCanvas(width, height).getContext("2d");
  for (const canvas of document.querySelectorAll("#board canvas")) {
    copy.drawImage(canvas, left, top, width, height, 0, 0, width, height);
  }
  const { data } = copy.getImageData(0, 0, width, height);
  let darkest = 765;
  for (let i = 0; i < data.length; i += 4) {
    darkest = Math.min(darkest, data[i] + data[i + 1] + data[i + 2]);
  }
  return darkest;
}
"""

# How many readings the events of the pen bring at most; and a page that is busy for a
# while, so that what comes meanwhile is brought by one event.
_COUNT_READINGS = """
() => {
  window.gathered = 0;
  document.querySelector("#board .stage").addEventListener("pointermove", event => {
    window.gathered = Math.max(window.gathered, event.getCoalescedEvents().length);
  }, true);
}
"""
_BE_BUSY = """
ms => setTimeout(() => {
  const until = performance.now() + ms;
  while (performance.now() < until);
})
"""
BUSY_MS = 80
N_FAST = 200  # strokes: more than the server's budget lets through at once


def darkest_in(page: BoardPage, *box: float) -> int:
    found: int = page.page.evaluate(_DARKEST, list(box))
    return found


def expect_darkest(page: BoardPage, low: int, high: int, *box: float) -> None:
    until(
        lambda: low <= darkest_in(page, *box) <= high,
        within_s=WITHIN_S,
        what=f"the ink in {box} is between {low} and {high}: {darkest_in(page, *box)}",
    )


def test_a_viewer_points_with_a_laser_that_fades_and_is_never_stored(
    site: Server, new_person: NewPerson
) -> None:
    board = RestBoard.create(site.url, link_role="view")
    viewer = new_person("Vi").open(board_url(board))
    other = new_person("Bo").open(board_url(board))
    viewer.pick("k")
    box = (300, 280, 200, 40)
    assert other.ink_in(*box) == 0

    viewer.drag((310, 300), (400, 300), (490, 300), steps=10, releases=False)
    for one in (other, viewer):

        def shines(one: BoardPage = one) -> bool:
            """Whether it is seen; a hand goes on, for it fades within a second."""
            viewer.page.mouse.move(310, 300, steps=2)
            viewer.page.mouse.move(490, 300, steps=2)
            return one.ink_in(*box) > 300

        until(shines, within_s=WITHIN_S, what="both see the trail")
    viewer.release()

    until(lambda: other.ink_in(*box) == 0, within_s=WITHIN_S, what="the trail fades")
    viewer.page.mouse.move(600, 500)
    until(lambda: viewer.ink_in(*box) == 0, within_s=WITHIN_S, what="and here as well")
    assert board.elements().seq == 0


def test_what_the_eraser_touches_fades_until_it_is_lifted(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("p")
    page.drag((300, 300), (500, 300))
    page.pick("e")

    page.drag((480, 250), (480, 350), releases=False)
    for one in (page, peer):
        expect_darkest(one, 400, 700, 320, 290, 60, 20)  # faded, and not gone
    page.pick("Escape")
    page.release()
    for one in (page, peer):
        expect_darkest(one, 0, 200, 320, 290, 60, 20)
        one.expect_one("pen")

    page.drag((480, 250), (480, 350))
    for one in (page, peer):
        one.expect_elements(0)
        expect_darkest(one, 700, 765, 320, 290, 60, 20)
    page.expect_saved()


def test_a_partial_eraser_parts_strokes_in_one_step(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("p")
    page.drag((300, 300), (500, 300), steps=20)
    (whole,) = page.expect_saved().expect_elements(1)
    page.pick("r")
    page.drag((380, 260), (420, 340))
    peer.expect_elements(2)
    peer.pick("Shift+e")

    peer.drag((350, 250), (350, 350), releases=False)
    expect_darkest(peer, 700, 765, 345, 290, 10, 20)  # while it rubs
    expect_darkest(page, 400, 700, 345, 290, 10, 20)  # to others it fades meanwhile
    assert len(peer.elements()) == 2
    peer.page.mouse.move(400, 240)
    peer.page.mouse.move(400, 360)  # over the rectangle, which stays
    peer.release()

    elements = page.expect_elements(4)  # of the stroke: left, middle, right
    inks = [element for element in elements if element["kind"] == "pen"]
    assert {ink["origin"] for ink in inks} == {whole["id"]}
    assert all(len(ink["time"]) == len(ink["points"]) // 2 for ink in inks)
    expect_darkest(page, 700, 765, 345, 290, 10, 20)
    expect_darkest(page, 0, 200, 310, 290, 20, 20)
    peer.page.keyboard.press("Control+z")
    peer.expect_saved()
    assert peer.expect_elements(2)[0]["points"] == whole["points"]


def test_a_ring_shows_how_broad_ink_and_eraser_are(page: BoardPage) -> None:
    def expect_ring(radius: float) -> None:
        page.page.mouse.move(520, 380)
        page.page.mouse.move(500, 400)
        page.expect_ink(500 + radius - 3, 397, 6, 6, is_inked=True)
        page.expect_ink(497, 400 - radius - 3, 6, 6, is_inked=True)
        page.expect_ink(
            500 - 0.5 * radius, 400 - 0.5 * radius, radius, radius, is_inked=False
        )
        page.expect_ink(500 + radius + 4, 390, 20, 20, is_inked=False)

    page.pick("e")
    expect_ring(8)
    page.page.get_by_role("button", name=re.compile("64")).click()
    expect_ring(32)
    page.pick("Shift+p")  # a marker is four times as broad as a pen
    page.page.get_by_role("radio", name="Bold").click()
    expect_ring(16)
    page.drag((500, 400), (600, 400))
    page.page.mouse.move(500, 600)
    page.expect_ink(540, 380, 20, 10, is_inked=True)
    page.expect_ink(540, 360, 20, 22, is_inked=False)
    page.expect_ink(540, 418, 20, 22, is_inked=False)

    page.expect_ink(480, 580, 40, 40, is_inked=True)
    page.page.mouse.move(500, 4)  # off the board, over the tools
    page.expect_ink(480, 580, 40, 40, is_inked=False)
    page.page.mouse.move(200, 600)
    page.pick("Control+=")
    page.page.get_by_role("button", name="Zoom 150 %, reset").wait_for()
    page.page.mouse.move(200, 601)
    page.expect_ink(200 + 24 - 3, 597, 6, 6, is_inked=True)


def test_a_kept_tool_draws_again_and_is_remembered(page: BoardPage) -> None:
    page.pick("r")
    page.drag((300, 200), (400, 260))
    assert page.page.locator('[data-tool="select"][aria-pressed="true"]').count() == 1

    page.pick("q")
    page.pick("r")
    page.drag((450, 200), (550, 260))
    page.drag((300, 300), (400, 360))
    page.expect_saved().expect_elements(3)
    page.expect_ink(390, 320, 20, 20, is_inked=True)

    page.reload()
    lock = page.page.get_by_role("button", name="Keep the tool")
    assert lock.get_attribute("aria-pressed") == "true"
    lock.click()
    page.drag((450, 300), (550, 360))
    page.expect_saved().expect_elements(4)
    assert page.page.locator('[data-tool="select"][aria-pressed="true"]').count() == 1


def test_a_pen_held_still_makes_a_shape_and_undo_gives_the_ink_back(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("p")
    corners = ((300, 300), (500, 306), (496, 420), (302, 416), (304, 304))
    page.drag(*corners, steps=8, releases=False)

    page.expect_ink(296, 340, 14, 20, is_inked=True)  # the last side is drawn
    # The corner of the shape is sharp where the ink's was round, for the peer as well.
    page.expect_ink(498, 296, 8, 7, is_inked=True)
    page.release()
    peer.expect_seq(2)  # the ink, then the shape in its place
    shape = peer.expect_one("rect")
    assert shape["w"] == pytest.approx(200, abs=8)
    assert peer.ink_in(290, 350, 20, 20) > 20

    page.page.keyboard.press("Control+z")
    until(
        lambda: peer.elements()[0]["kind"] == "pen",
        within_s=WITHIN_S,
        what="the ink is back",
    )
    for one in (page, peer):
        one.expect_ink(498, 296, 8, 7, is_inked=False)
        one.expect_ink(296, 340, 14, 20, is_inked=True)
    page.page.keyboard.press("Control+z")
    peer.expect_elements(0)


ROUND = [
    (
        100 + 100 * math.cos(turn / 40 * math.tau),
        60 + 60 * math.sin(turn / 40 * math.tau),
    )
    for turn in range(1, 38)
]
# Strokes of a pen by what they are meant to be, from (0, 0): corners, and a place four
# pixels wide where only the shape has ink: a gap that the hand left, or a bow.
MEANT: dict[str, tuple[list[tuple[float, float]], tuple[float, float]]] = {
    "diamond": ([(100, 0), (200, 62), (96, 120), (2, 58), (78, 14)], (88, 6)),
    "triangle": ([(100, 0), (190, 150), (4, 146), (82, 26)], (91, 9)),
    "ellipse": ([(200, 60), *ROUND], (197, 48)),
    "line": ([(0, 0), (80, 43), (200, 80)], (98, 38)),
    "arrow": (
        [(0, 0), (100, 8), (200, 0), (170, -22), (200, 0), (172, 24)],
        (98, -1),
    ),
}


def test_a_stylus_held_still_makes_each_shape(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("p")
    for n_made, (kind, (corners, only)) in enumerate(MEANT.items()):
        left, top = 300 + n_made % 2 * 300, 120 + n_made // 2 * 180
        path = [(left + x, top + y) for x, y in along(corners)]
        gap = (left + only[0], top + only[1], 4, 4)

        page.pen(*path, releases=False)
        page.expect_ink(*gap, is_inked=True)  # held for a while
        page.lift_pen(*path[-1])

        made = page.expect_elements(n_made + 1)[-1]
        assert made["kind"] == kind
        peer.expect_ink(*gap, is_inked=True)
    page.expect_saved()
    peer.expect_seq(page.document()["seq"])
    assert peer.canonical() == page.canonical()


def along(corners: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """The way through corners, a reading every few pixels."""
    yield corners[0]
    for (x, y), (to_x, to_y) in pairwise(corners):
        n_steps = max(1, round(math.hypot(to_x - x, to_y - y) / 12))
        for step in range(1, n_steps + 1):
            yield x + (to_x - x) * step / n_steps, y + (to_y - y) * step / n_steps


def test_every_reading_within_a_frame_is_drawn(page: BoardPage) -> None:
    page.pick("p")
    page.page.evaluate(_COUNT_READINGS)
    sent = [(300.0, 200.0, 0.5)]
    page.pen((300, 200), releases=False)

    def rush() -> bool:
        """Draw a zigzag while the page is busy: it is one event, or a few."""
        top = sent[-1][1] + 30
        zigzag = [
            (320.0 + 30 * n, top + 20 * (n % 2), 0.3 + 0.05 * n) for n in range(12)
        ]
        if sent[-1][0] > 320:
            zigzag.reverse()  # no jump back
        page.page.evaluate(_BE_BUSY, BUSY_MS)
        page.rush_pen(*zigzag)
        sent.extend(zigzag)
        return bool(page.page.evaluate("window.gathered") > len(zigzag) // 2)

    until(rush, within_s=WITHIN_S, what="readings are gathered")
    x, y, _ = sent[-1]
    page.lift_pen(x, y)

    pen = page.expect_saved().expect_one("pen")
    drawn = zip(pen["points"][::2], pen["points"][1::2], pen["pressure"], strict=True)
    (left, top, _), *_ = sent
    assert list(drawn) == [
        (x - left, y - top, pytest.approx(force, abs=0.001)) for x, y, force in sent
    ]
    assert pen["time"] == sorted(pen["time"])
    for (x, y, _), (next_x, next_y, _) in pairwise(sent):
        middle = ((x + next_x) / 2 - 5, (y + next_y) / 2 - 5)
        if x != next_x:  # ink is round where it turns back
            page.expect_ink(*middle, 10, 10, is_inked=True)


def test_fast_strokes_are_never_lost(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("p")
    devices = page.page.context.new_cdp_session(page.page)

    def mouse(kind: str, x: int, y: int) -> None:
        devices.send(
            "Input.dispatchMouseEvent",
            {"type": kind, "x": x, "y": y, "button": "left", "buttons": 1}
            | {"clickCount": 1},
        )

    for n in range(N_FAST):
        x, y = 260 + 30 * (n % 20), 120 + 40 * (n // 20)
        mouse("mousePressed", x, y)
        mouse("mouseMoved", x + 12, y + 9)
        mouse("mouseReleased", x + 20, y)

    drawn = page.expect_elements(N_FAST)
    page.expect_saved()
    peer.expect_seq(N_FAST)
    assert peer.elements() == drawn
    assert all(len(pen["points"]) >= 4 for pen in drawn)


def test_notes_are_signed_and_enter_in_a_composition_does_not_end_typing(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("n")
    page.press_at(400, 300)
    ime = page.page.context.new_cdp_session(page.page)
    ime.send(
        "Input.imeSetComposition",
        {"text": "かんじ", "selectionStart": 3, "selectionEnd": 3},
    )
    ime.send(
        "Input.dispatchKeyEvent",
        {"type": "keyDown", "key": "Enter", "code": "Enter", "modifiers": 2}
        | {"windowsVirtualKeyCode": 229},
    )
    ime.send("Input.insertText", {"text": "漢字"})
    assert page.page.locator("textarea.writing").input_value() == "漢字"

    page.page.keyboard.press("Tab")
    page.page.keyboard.type("next " * 40)
    page.page.keyboard.press("Escape")

    first, second = page.expect_saved().expect_elements(2)
    assert (first["text"], second["text"].strip()) == ("漢字", ("next " * 40).strip())
    assert second["h"] > first["h"] == first["w"]  # as high as its words need it
    inside = (second["x"] + 512 + 10, second["y"] + 360, 60)
    assert peer.expect_elements(2) == [first, second]
    for one in (page, peer):
        one.expect_ink(330, 235, 140, 130, is_inked=True)  # the first one's words
        assert one.ink_in(*inside, second["h"]) > one.ink_in(*inside, first["h"]) > 0
    assert first["author"] == second["author"] == "Ada"
    assert second["x"] > first["x"] + first["w"]
    for one in (page, peer):
        assert one.ink_in(314, 378, 40, 16) > 20  # the name at the bottom
