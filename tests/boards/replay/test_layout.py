"""The grid: every drawing inside its own cell, upright, in proportion."""

import pytest

from boards.replay.corpus import Drawing, RawStroke, read_drawings
from boards.replay.layout import CELL_UNITS, MARGIN_UNITS, MAX_SCALE, Cell, fit, grid
from tests.support.corpus import EXCERPT

ORIGIN = Cell(0, 0)
MIDDLE = CELL_UNITS / 2


def drawing(xs: list[float], ys: list[float], source: str = "quickdraw") -> Drawing:
    raw = RawStroke(x=xs, y=ys, t=None, p=None)
    return Drawing(id="a", source=source, label="", strokes=[raw])


@pytest.mark.parametrize("n_drawings", [0, 1, 2, 7, 30, 300])
def test_a_grid_has_a_cell_for_each_and_none_twice(n_drawings: int) -> None:
    cells = grid(n_drawings)

    assert len(cells) == len(set(cells)) == n_drawings


def test_a_grid_is_wider_than_high_and_centred() -> None:
    cells = grid(40)

    left, right = min(c.x for c in cells), max(c.x for c in cells) + CELL_UNITS
    top, bottom = min(c.y for c in cells), max(c.y for c in cells) + CELL_UNITS

    assert left == -right
    assert top == -bottom
    assert right - left > bottom - top


def test_a_large_drawing_fills_its_cell_up_to_the_margin() -> None:
    placement = fit(drawing([1000, 3000], [500, 1500]), ORIGIN)

    assert placement.point(1000, 500) == pytest.approx((MARGIN_UNITS, 120))
    assert placement.point(3000, 1500) == pytest.approx(
        (CELL_UNITS - MARGIN_UNITS, 280)
    )


def test_a_tiny_drawing_grows_only_so_much() -> None:
    placement = fit(drawing([0, 1], [0, 1]), ORIGIN)

    assert placement.scale == MAX_SCALE


def test_a_dot_sits_in_the_middle() -> None:
    placement = fit(drawing([77], [-3]), ORIGIN)

    assert placement.point(77, -3) == pytest.approx((MIDDLE, MIDDLE))


def test_a_drawing_without_strokes_has_a_place_too() -> None:
    empty = Drawing(id="a", source="s", label="", strokes=[])

    assert fit(empty, ORIGIN).point(0, 0) == (MIDDLE, MIDDLE)


def test_a_source_whose_y_grows_up_is_turned() -> None:
    placement = fit(drawing([0, 100], [0, 100], "omniglot"), ORIGIN)

    lower, upper = placement.point(0, 0), placement.point(100, 100)

    assert upper[1] < lower[1]


def test_every_drawing_of_the_excerpt_stays_in_its_cell() -> None:
    drawings = read_drawings(EXCERPT)

    for one, cell in zip(drawings, grid(len(drawings)), strict=True):
        placement = fit(one, cell)
        for raw in one.strokes:
            for x, y in zip(raw.x, raw.y, strict=True):
                px, py = placement.point(x, y)
                assert cell.x < px < cell.x + CELL_UNITS
                assert cell.y < py < cell.y + CELL_UNITS
