"""Where a line that ends at a box aims: a little plane geometry. Pure."""

import math
from typing import NamedTuple

Point = tuple[float, float]


class Box(NamedTuple):
    """A box by its upper left corner, turned about its middle by `angle` radians."""

    x: float
    y: float
    w: float
    h: float
    angle: float


def place_in(box: Box, before: Point, tip: Point) -> Point:
    """The place in the box, both shares 0…1, that a line's last piece aims at.

    It is the point of the line that comes nearest to the middle, so a line that goes on
    to that place looks as before.
    """
    cx, cy = box.x + box.w / 2, box.y + box.h / 2
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    length = dx * dx + dy * dy
    if length == 0:
        return (0.5, 0.5)
    share = ((cx - before[0]) * dx + (cy - before[1]) * dy) / length
    share = max(share, 0)
    px, py = before[0] + dx * share - cx, before[1] + dy * share - cy
    cos, sin = math.cos(-box.angle), math.sin(-box.angle)
    x, y = px * cos - py * sin, px * sin + py * cos
    return (_within(x / box.w + 0.5), _within(y / box.h + 0.5))


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)
