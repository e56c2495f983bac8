"""What the scene keeps between frames looks like everything painted anew."""

import pytest
from playwright.sync_api import Page

from boards.sync import protocol
from boards.sync.protocol import Change, Op
from tests.e2e.board_page import CATCH_UP_S, BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard
from tests.support.corpus import strokes
from tests.support.server import Server
from tests.support.waiting import until

pytestmark = pytest.mark.browser

N_STROKES = 2_000  # more than the scene paints in one frame
OPS_PER_CHANGE = 200
FEW_PIXELS = 4  # where edges of many thin lines meet; a seam or a lost line has dozens

# Resolves when the canvas has not changed for half a second's frames. It looks at every
# sixth of them: reading a whole canvas costs more than painting on it.
_STEADY = """
() => new Promise(resolve => {
  const canvas = document.querySelector("#board .layer-scene");
  const read = () => {
    const context = canvas.getContext("2d");
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let hash = 0;
    for (const word of new Uint32Array(data.buffer)) hash = (hash * 31 + word) | 0;
    return hash;
  };
  let [last, same, frame] = [read(), 0, 0];
  const look = () => {
    if (++frame % 6 === 0) {
      const now = read();
      same = now === last ? same + 1 : 0;
      last = now;
    }
    same >= 5 ? resolve() : requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
"""
_KEEP = """
() => {
  const canvas = document.querySelector("#board .layer-scene");
  const { width, height } = canvas;
  window.kept = canvas.getContext("2d").getImageData(0, 0, width, height);
}
"""
# How many pixels differ from those that were kept by more than the edge of a thin line
# does when it is painted from another corner; -1: there is no ink at all.
_DIFFERING = """
() => {
  const canvas = document.querySelector("#board .layer-scene");
  const { width, height } = window.kept;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  let [n, has_ink] = [0, false];
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] < 200) has_ink = true;
    for (const j of [i, i + 1, i + 2]) {
      if (Math.abs(data[j] - window.kept.data[j]) > 32) { n++; break; }
    }
  }
  return has_ink ? n : -1;
}
"""
_WHEEL = """
([dx, dy, ctrlKey, n]) => new Promise(resolve => {
  const stage = document.querySelector("#board .stage");
  const step = () => {
    if (n-- <= 0) return resolve();
    stage.dispatchEvent(new WheelEvent("wheel", { deltaX: dx, deltaY: dy, ctrlKey,
      clientX: 512, clientY: 360, bubbles: true, cancelable: true }));
    requestAnimationFrame(step);
  };
  step();
})
"""
# The browser expects the pen as far ahead as it came; how far ink reached, at most.
_EXPECTING = """
() => {
  PointerEvent.prototype.getPredictedEvents = function () {
    const { clientX, clientY } = this;
    return [new PointerEvent("pointermove", { clientX: clientX + 40, clientY })];
  };
  window.reached = 0;
  const look = () => {
    const canvas = document.querySelector("#board .layer-overlay");
    const { data } = canvas.getContext("2d").getImageData(0, 400, canvas.width, 1);
    for (let x = canvas.width - 1; x > window.reached; x--) {
      if (data[4 * x + 3] > 100) window.reached = x;
    }
    requestAnimationFrame(look);
  };
  look();
}
"""

_AHEAD = """
() => {
  const context = document.querySelector("#board .layer-overlay").getContext("2d");
  const { data } = context.getImageData(510, 400, 60, 1);
  return data.filter((value, i) => i % 4 === 3 && value > 0).length;
}
"""


@pytest.fixture(scope="module")
def heavy(site: Server) -> RestBoard:
    """A board of so many strokes that painting all of it takes several frames.

    One for all tests here: they look at it, and what one draws does not matter to the
    next.
    """
    board = RestBoard.create(site.url, title="Heavy")
    puts: list[Op] = [protocol.Put(stroke.pen) for stroke in strokes(N_STROKES)]
    for first in range(0, N_STROKES, OPS_PER_CHANGE):
        change = Change(id=f"c{first}", ops=puts[first : first + OPS_PER_CHANGE])
        assert board.post_change(change).status_code == 201
    return board


@pytest.fixture
def crowded(new_person: NewPerson, heavy: RestBoard) -> BoardPage:
    """One person who sees all of it, sharp."""
    person = new_person("Ada").open(board_url(heavy))
    until(
        lambda: len(person.elements()) >= N_STROKES,
        within_s=CATCH_UP_S,
        what="the page has all strokes",
    )
    person.page.evaluate(_STEADY)
    return person


def expect_as_painted_anew(page: Page) -> None:
    """Compare with what a canvas shows that has just been wiped by a resize."""
    page.evaluate(_STEADY)
    page.evaluate(_KEEP)
    page.set_viewport_size({"width": 1030, "height": 724})
    page.evaluate(_STEADY)
    page.set_viewport_size({"width": 1024, "height": 720})
    page.evaluate(_STEADY)

    assert 0 <= page.evaluate(_DIFFERING) <= FEW_PIXELS


def test_after_panning_the_picture_is_that_of_a_full_repaint(
    crowded: BoardPage,
) -> None:
    crowded.page.evaluate(_WHEEL, [7, 5, False, 25])
    crowded.page.evaluate(_WHEEL, [-11, 3, False, 25])

    expect_as_painted_anew(crowded.page)


def test_after_zooming_the_picture_is_that_of_a_full_repaint(
    crowded: BoardPage,
) -> None:
    crowded.page.evaluate(_WHEEL, [0, -4, True, 20])
    crowded.page.evaluate(_WHEEL, [9, 4, False, 10])
    crowded.page.evaluate(_WHEEL, [0, 3, True, 9])

    expect_as_painted_anew(crowded.page)


def test_edits_while_the_picture_is_made_sharp_are_kept(crowded: BoardPage) -> None:
    n_before = len(crowded.elements())
    crowded.pick("p")
    crowded.page.evaluate(_WHEEL, [0, -4, True, 6])
    crowded.drag((300, 300), (600, 340), (420, 500))
    crowded.page.evaluate(_WHEEL, [0, 4, True, 3])
    crowded.drag((700, 300), (800, 500))
    crowded.expect_elements(n_before + 2)
    crowded.page.keyboard.press("Control+z")
    crowded.expect_elements(n_before + 1)

    expect_as_painted_anew(crowded.page)


def test_zooming_out_never_shows_an_empty_border(crowded: BoardPage) -> None:
    crowded.page.evaluate(_WHEEL, [0, -30, True, 3])
    crowded.page.evaluate(_STEADY)

    crowded.page.evaluate(_WHEEL, [0, 30, True, 3])

    assert crowded.ink_in(760, 100, 260, 560) > 0
    assert crowded.ink_in(4, 300, 260, 300) > 0


def test_the_expected_tip_of_a_stroke_is_drawn_and_never_stored(
    page: BoardPage,
) -> None:
    page.pick("p")
    page.page.evaluate(_EXPECTING)

    page.drag((300, 400), (500, 400), steps=10, releases=False)
    until(
        lambda: page.page.evaluate("window.reached") > 515,
        within_s=5,
        what="ink ahead of the pen",
    )
    until(
        lambda: page.page.evaluate(_AHEAD) == 0,
        within_s=5,
        what="the pen rests, what it did not draw is taken back",
    )
    page.release()

    stroke = page.expect_one("pen")
    assert max(stroke["points"][0::2]) == 200


def test_a_peers_growing_stroke_flows_to_its_end(
    new_person: NewPerson, board: RestBoard
) -> None:
    ada, bob = (new_person(name).open(board_url(board)) for name in ("Ada", "Bob"))
    ada.pick("p")
    ada.drag((300, 400), (600, 400), steps=20, releases=False)
    until(
        lambda: bob.ink_in(560, 390, 30, 20) > 0,
        within_s=5,
        what="the growing stroke reaches where the pen is",
    )

    ada.drag((600, 400), (700, 400), steps=4)

    bob.expect_one("pen")
    until(
        lambda: bob.ink_in(660, 390, 30, 20) == ada.ink_in(660, 390, 30, 20) > 0,
        within_s=5,
        what="the finished stroke is whole",
    )
