"""How things look: hatches, hand-drawn outlines, fonts, colours.

On pixels, and on two pages where both have to show the same.
"""

import msgspec
import pytest

from boards.sync.protocol import Change
from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard
from tests.support.waiting import until

pytestmark = pytest.mark.browser

_SIDE = 120
# What the scene shows in a part of it, as a short number; text so as to be compared.
_HASH = """
([left, top, width, height]) => {
  const scene = document.querySelector("#board canvas.layer-scene");
  const ratio = scene.width / scene.getBoundingClientRect().width;
  const pixels = scene.getContext("2d").getImageData(
    left * ratio, top * ratio, width * ratio, height * ratio).data;
  let hash = 0;
  for (const value of pixels) hash = (Math.imul(hash, 31) + value) | 0;
  return hash;
}
"""


def put(board: RestBoard, elements: list[dict[str, object]]) -> None:
    """Put elements on the board, as a program would."""
    ops = [{"op": "put", "element": element} for element in elements]
    change = msgspec.convert({"id": "put", "ops": ops}, Change)
    board.post_change(change).raise_for_status()


def looks(page: BoardPage, *part: int) -> int:
    """A number for the pixels of a part of the scene: left, top, width, height."""
    found: int = page.page.evaluate(_HASH, list(part))
    return found


def test_hatches_and_rough_lines_are_the_same_for_everybody(
    new_person: NewPerson, board: RestBoard
) -> None:
    box = {"y": 0, "w": _SIDE, "h": _SIDE, "fill": "#1971c2", "width": 4}
    put(
        board,
        [
            {"id": "a", "kind": "rect", "x": 0, **box, "pattern": "hatch"},
            {"id": "b", "kind": "rect", "x": 150, **box, "pattern": "cross"},
            {"id": "c", "kind": "ellipse", "x": 300, **box, "rough": 2, "seed": 5},
            {"id": "d", "kind": "rect", "x": 450, **box, "corner": "round"},
            {"id": "e", "kind": "rect", "x": 0, "y": 300, "w": 120, "h": 20},
        ],
    )
    chunk = "**/chunks/sketch-*.js"
    ada = new_person("Ada")
    with ada.page.expect_response(chunk):
        ada.open(board_url(board))
    bo = new_person("Bo").open(board_url(board))
    ada.expect_elements(5)

    everything = (0, 0, 1024, 720)
    until(
        lambda: looks(ada, *everything) == looks(bo, *everything),
        within_s=20,
        what="both show the same pixels",
    )


def test_a_chosen_look_is_drawn_kept_and_seen(
    page: BoardPage, new_person: NewPerson, board: RestBoard
) -> None:
    page.pick("r")
    page.page.get_by_role("button", name="Sky").click()
    page.page.get_by_role("button", name="Pattern: Hatch").click()
    page.page.get_by_role("button", name="Look: Hand-drawn").click()
    page.drag((400, 200), (600, 400))
    shape = page.expect_saved().expect_one("rect")

    assert (shape["pattern"], shape["rough"]) == ("hatch", 1)
    assert shape["seed"] > 0
    # Lines with paper between them: some of the middle is inked, most of it is not.
    until(
        lambda: 500 < page.ink_in(440, 240, 120, 120) < 8_000,
        within_s=20,
        what="a hatch in the middle",
    )
    page.page.get_by_role("button", name="Pattern: Solid").click()
    until(
        lambda: page.ink_in(440, 240, 120, 120) == 0,
        within_s=20,
        what="one colour in the middle",
    )
    page.page.keyboard.press("Control+z")
    assert page.expect_one("rect")["pattern"] == "hatch"
    peer = new_person("Bo").open(board_url(board)).expect_one("rect")
    assert peer == shape
