"""Recorded drawings for tests: the excerpt in the tree, the large corpus beside it.

A clone has `tests/corpus/`; where the whole corpus lies beside the repository, runs
that want hundreds of drawings take it from there.
"""

from pathlib import Path

from boards.replay.corpus import Drawing, read_drawings
from boards.replay.layout import Cell, grid
from boards.replay.strokes import PlacedStroke, place_drawing

_ROOT = Path(__file__).resolve().parents[2]
EXCERPT = _ROOT / "tests" / "corpus" / "drawings.jsonl"
LARGE = _ROOT.parent / "shared" / "corpus" / "strokes"


def write_drawings(path: Path, n_drawings: int) -> Path:
    """Write a file with so many drawings of the largest corpus at hand.

    The excerpt is repeated when it is all there is.
    """
    path.write_bytes(b"".join(_lines(n_drawings)))
    return path


def strokes(n_strokes: int) -> list[PlacedStroke]:
    """So many real strokes, laid out in a grid, with ids that tell their number."""
    drawings = _drawings(n_strokes)
    placed = [
        stroke
        for drawing, cell in zip(drawings, grid(len(drawings)), strict=True)
        for stroke in _place(drawing, cell)
    ]
    for number, stroke in enumerate(placed):
        stroke.pen.id = f"stroke-{number}"
    return placed[:n_strokes]


def _place(drawing: Drawing, cell: Cell) -> list[PlacedStroke]:
    return place_drawing(drawing, cell, color="#1971c2", new_id=lambda: "stroke")


def _sources() -> list[Path]:
    names = ("quickdraw-raw", "omniglot", "iinkts", "wacom-will", "remarkable")
    large = [LARGE / f"{name}.jsonl" for name in names]
    return large if all(path.exists() for path in large) else [EXCERPT]


def _lines(n_lines: int) -> list[bytes]:
    """One line of each source in turn, until there are enough."""
    sources = [path.read_bytes().splitlines(keepends=True) for path in _sources()]
    longest = max(len(lines) for lines in sources)
    mixed = [lines[i] for i in range(longest) for lines in sources if i < len(lines)]
    return (mixed * (n_lines // len(mixed) + 1))[:n_lines]


def _drawings(n_strokes: int) -> list[Drawing]:
    """Drawings with at least so many strokes together."""
    found: list[Drawing] = []
    n_found = 0
    while n_found < n_strokes:
        for path in _sources():
            for drawing in read_drawings(path):
                if n_found >= n_strokes:
                    return found
                found.append(drawing)
                n_found += len(drawing.strokes)
    return found
