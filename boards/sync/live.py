"""What somebody does right now, piece by piece: the words of live frames.

Sent by clients and told to peers in the same form. Pure; `protocol` puts them together.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from boards.sync.elements import check_points
from boards.sync.properties import (
    END,
    Coord,
    ElementId,
    Points,
    Pressures,
    Size,
    Times,
)

MAX_LASER_POINTS = 128  # more than any pointer moves within a pace
MAX_CHAT = 100  # what is read at a glance beside a cursor

# One line that does not turn the direction of the words beside it.
CHAT_PATTERN = r"^[^\x00-\x1f\x7f\u2028-\u202e\u2066-\u2069]*" + END


class Extend(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Points that continue a stroke of my draft.

    `offset` is how many points were sent before: a repeat is trimmed, a hole ignored.
    """

    id: ElementId
    offset: Annotated[int, Meta(ge=0, le=1_000_000)]
    points: Points
    pressure: Pressures = []
    time: Times = []

    def __post_init__(self) -> None:
        if len(self.points) % 2 or self.pressure or self.time:  # most need no look
            check_points(self.points, {"pressure": self.pressure, "time": self.time})


class Laser(msgspec.Struct, forbid_unknown_fields=True):
    """Where my laser pointer went since the last frame; it fades where it is shown.

    A new `trail` begins apart from the one before. Points that are lost on the way are
    bridged by a straight line.
    """

    trail: Annotated[int, Meta(ge=0, le=1_000_000)]
    points: Annotated[list[Coord], Meta(min_length=2, max_length=2 * MAX_LASER_POINTS)]

    def __post_init__(self) -> None:
        check_points(self.points, {})


Cursor = Annotated[list[Coord], Meta(min_length=2, max_length=2)]


class View(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """The visible part of the board: `[x, y, w, h]` in board units."""

    x: Coord
    y: Coord
    w: Size
    h: Size


class React(msgspec.Struct, forbid_unknown_fields=True):
    """An emoji that floats up from a place for a moment."""

    emoji: Literal["👍", "❤️", "😂", "🎉", "👏", "🤔", "👀", "🔥"]
    x: Coord
    y: Coord


Idle = Literal["", "idle", "away"]
Chat = Annotated[str, Meta(max_length=MAX_CHAT, pattern=CHAT_PATTERN)]
