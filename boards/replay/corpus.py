"""Recorded drawings, read strictly from JSON lines.

A line is one drawing: `{"id", "source", "label", "strokes": [{"x", "y", "t", "p"}]}`.
The file may come from anywhere, so a line is bounded before it is parsed and every
value is bounded while it is; what passes can be drawn. This module never draws.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec
from msgspec import Meta

MAX_LINE_BYTES = 16 * 1024 * 1024  # a whole notebook of handwriting is a tenth of it
MAX_STROKES = 10_000  # more would be a board, not a drawing
MAX_STROKE_POINTS = 200_000  # half an hour of a 100 Hz pen without lifting it
MAX_COORD = 1e9  # sensors count in micrometres; doubles stay exact here
MAX_TIME_MS = 1e12  # thirty years: pages were written in several sittings
MAX_FAULT_CHARS = 200  # a fault quotes the input: never at full length

UP_SOURCES = frozenset({"omniglot", "pendigits"})  # their y axis grows upwards

Coordinates = Annotated[
    list[Annotated[float, Meta(ge=-MAX_COORD, le=MAX_COORD)]],
    Meta(min_length=1, max_length=MAX_STROKE_POINTS),
]
Name = Annotated[str, Meta(max_length=500)]


class CorpusFault(Exception):
    """A line that is not a drawing; says the file, the line and the fault."""


class RawStroke(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One pen-down to pen-up, in the units and the axes of its source."""

    x: Coordinates
    y: Coordinates
    t: list[Annotated[float, Meta(ge=0, le=MAX_TIME_MS)]] | None
    p: list[Annotated[float, Meta(ge=0, le=1)]] | None

    def __post_init__(self) -> None:
        """Check that all lists are as long as `x`.

        Raises:
            ValueError: msgspec turns it into a validation error with the JSON path.
        """
        for name in ("y", "t", "p"):
            values = getattr(self, name)
            if values is not None and len(values) != len(self.x):
                raise ValueError(f"`{name}` must have one value for each of `x`")

    @property
    def has_pressure(self) -> bool:
        """Whether the device felt pressure: a constant says that it did not."""
        return self.p is not None and len(set(self.p)) > 1


class Drawing(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What one person drew in one go."""

    id: Name
    source: Name
    label: Name
    strokes: Annotated[list[RawStroke], Meta(max_length=MAX_STROKES)]

    @property
    def y_grows_up(self) -> bool:
        """Whether the source counts y from the bottom."""
        return self.source in UP_SOURCES


_decoder = msgspec.json.Decoder(Drawing)


def read_drawings(path: Path, limit: int | None = None) -> list[Drawing]:
    """The first `limit` drawings of a file (all of them without a limit).

    Raises:
        CorpusFault: for a file that cannot be read or a line that is no drawing.
    """
    try:
        with path.open("rb") as file:
            return list(islice(_drawings(file, path.name), limit))
    except OSError as fault:
        raise CorpusFault(f"{path}: {fault.strerror}") from None


def _drawings(file: BinaryIO, name: str) -> Iterator[Drawing]:
    number = 0
    while line := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES:
            raise CorpusFault(f"{name}:{number}: longer than {MAX_LINE_BYTES} bytes")
        if line.strip():
            yield _parse(line, f"{name}:{number}")


def _parse(line: bytes, place: str) -> Drawing:
    try:
        return _decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as fault:
        raise CorpusFault(f"{place}: {str(fault)[:MAX_FAULT_CHARS]}") from None
