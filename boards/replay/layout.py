"""Where a drawing goes on the board: a grid of equal cells, each drawing fitted in.

Pure geometry. Sources differ in unit, origin and direction of the y axis; here they
all become board units, y down.
"""

import math
from dataclasses import dataclass

from boards.replay.corpus import Drawing

CELL_UNITS = 400  # a sketch is as large as a hand would draw it at zoom 1
MARGIN_UNITS = 40  # between the ink and the border of its cell
MAX_SCALE = 4.0  # tiny sources grow, but a dot stays a dot
ASPECT = 1.6  # of the whole grid, near that of a screen


@dataclass(frozen=True, slots=True)
class Cell:
    """One square of the grid, by its upper left corner in board units."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Placement:
    """How the coordinates of a source become board units."""

    scale: float
    dx: float
    dy: float
    flips: bool

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The place on the board of a point of the source."""
        down = -y if self.flips else y
        return x * self.scale + self.dx, down * self.scale + self.dy


def grid(n_drawings: int) -> list[Cell]:
    """Cells for so many drawings, row by row, centred on the origin."""
    columns = max(1, math.ceil(math.sqrt(n_drawings * ASPECT)))
    rows = math.ceil(n_drawings / columns)
    left, top = -columns * CELL_UNITS / 2, -rows * CELL_UNITS / 2
    return [
        Cell(left + i % columns * CELL_UNITS, top + i // columns * CELL_UNITS)
        for i in range(n_drawings)
    ]


def fit(drawing: Drawing, cell: Cell) -> Placement:
    """Scale the drawing into the cell, keep its proportions, centre it."""
    flips = drawing.y_grows_up
    xs = [x for stroke in drawing.strokes for x in stroke.x] or [0.0]
    ys = [-y if flips else y for stroke in drawing.strokes for y in stroke.y] or [0.0]
    room = CELL_UNITS - 2 * MARGIN_UNITS
    extent = max(max(xs) - min(xs), max(ys) - min(ys))
    scale = min(MAX_SCALE, room / extent) if extent > 0 else 1.0
    middle = CELL_UNITS / 2
    return Placement(
        scale=scale,
        dx=cell.x + middle - scale * (min(xs) + max(xs)) / 2,
        dy=cell.y + middle - scale * (min(ys) + max(ys)) / 2,
        flips=flips,
    )
