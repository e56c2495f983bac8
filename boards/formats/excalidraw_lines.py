"""What has points in an Excalidraw scene: ink, lines, and arrows with what they hold.

Pure; `excalidraw` calls it.
"""

import math
import re
from collections.abc import Mapping
from typing import Any

from boards.formats.aim import Box, Point, place_in
from boards.formats.excalidraw_mark import Mark
from boards.formats.ids import Ids
from boards.formats.scene import JsonObject
from boards.formats.values import angle, color, coordinate, number, one_of, short
from boards.sync.properties import LINK_PATTERN, MAX_POINTS

# Excalidraw inks 4.25 times its stroke width, ours 1.45 times.
_INK_WIDTH = 4.25 / 1.45
_LOOP_GAP_UNITS = 8  # nearer ends are one corner there
_HOLDERS = {
    *("rectangle", "ellipse", "diamond", "text", "image"),
    *("frame", "magicframe", "embeddable", "iframe"),
}
_PATTERNS = {"hachure": "hatch", "zigzag": "hatch", "cross-hatch": "cross"}
_HEADS = {
    "arrow": "arrow",
    "triangle": "triangle",
    "triangle_outline": "triangle",
    "dot": "dot",
    "circle": "dot",
    "circle_outline": "dot",
    "diamond": "diamond",
    "diamond_outline": "diamond",
    "bar": "bar",
    "crowfoot_one": "bar",
    "crowfoot_many": "arrow",
    "crowfoot_one_or_many": "arrow",
}


def ink(mark: Mark, made: JsonObject) -> JsonObject | None:
    """Freehand ink, with its pressure where a pen gave it."""
    points = _points(mark.points)
    if not points:
        return None
    kept = _kept(len(points))
    made |= {
        "kind": "pen",
        "points": [value for at in kept for value in points[at]],
        "width": short(min(made["width"] * _INK_WIDTH, 1000)),
    }
    pressures = mark.pressures
    is_told = isinstance(pressures, list) and len(pressures) == len(points)
    if is_told and mark.simulatePressure is not True:
        made["pressure"] = [number(pressures[at], 0.5, 0, 1) for at in kept]
    return made


def line(
    mark: Mark, made: JsonObject, marks: Mapping[str, Mark], ids: Ids
) -> JsonObject | None:
    """A line, or an arrow where one of its ends has a head."""
    points = _points(mark.points)
    if len(points) < 2:
        return None
    start, end = _held(mark, points, marks)
    is_elbow = mark.elbowed is True
    if is_elbow and (start or end):
        points = [points[0], points[-1]]  # the corners are found anew
    kept = _kept(len(points))
    made["points"] = [value for at in kept for value in points[at]]
    # Corners that are told already need no right angles of ours.
    bent = "straight" if is_elbow and len(points) > 2 else "elbow"
    made["route"] = bent if is_elbow else "curve" if mark.is_round() else "straight"
    tail = one_of(mark.startArrowhead, _HEADS, "none")
    head = one_of(mark.endArrowhead, _HEADS, "none")
    if mark.type == "line" and head == tail == "none":
        return made | {"kind": "line"} | _inside(mark, made["points"])
    made |= {"kind": "arrow", "head": head, "tail": tail}
    for name, held in (("start", start), ("end", end)):
        if held is not None:
            made[name] = held | {"id": ids.of(held["id"])}
    return made


def _inside(mark: Mark, points: list[int | float]) -> JsonObject:
    """The filling of a line that ends about where it began; then it ends just there."""
    made = filling(mark)
    gap = math.hypot(points[-2] - points[0], points[-1] - points[1])
    if made["fill"] == "none" or len(points) <= 6 or gap > _LOOP_GAP_UNITS:
        return {}
    return made | {"points": [*points[:-2], *points[:2]]}


def filling(mark: Mark) -> JsonObject:
    """The colour inside of a mark, and how it is laid."""
    fill = color(mark.backgroundColor, "none")
    if fill == "none":
        return {"fill": fill}
    return {"fill": fill, "pattern": one_of(mark.fillStyle, _PATTERNS, "solid")}


def _points(found: Any) -> list[list[int | float]]:
    """The points that are some, each of two numbers."""
    points = []
    for point in found if isinstance(found, list) else []:
        if not isinstance(point, list) or len(point) < 2:
            continue
        x, y = coordinate(point[0]), coordinate(point[1])
        if x is not None and y is not None:
            points.append([x, y])
    return points


def _kept(n_points: int) -> list[int]:
    """Which of so many points are kept: all, or as many as one element may have."""
    if n_points <= MAX_POINTS:
        return list(range(n_points))
    step = (n_points - 1) / (MAX_POINTS - 1)
    return [round(i * step) for i in range(MAX_POINTS)]


def _held(
    mark: Mark, points: list[list[int | float]], marks: Mapping[str, Mark]
) -> tuple[JsonObject | None, JsonObject | None]:
    return (
        _binding(mark, mark.startBinding, points[1], points[0], marks),
        _binding(mark, mark.endBinding, points[-2], points[-1], marks),
    )


def _binding(
    mark: Mark,
    binding: Any,
    before: list[int | float],
    tip: list[int | float],
    marks: Mapping[str, Mark],
) -> JsonObject | None:
    """What an end holds on to, and at what place of it."""
    if not isinstance(binding, dict) or not isinstance(binding.get("elementId"), str):
        return None
    holder = marks.get(binding["elementId"])
    if holder is None or holder.type not in _HOLDERS or holder.id == mark.id:
        return None
    box = _box_of(holder)
    x, y = coordinate(mark.x), coordinate(mark.y)
    if box is None or x is None or y is None:
        return None
    fixed = binding.get("fixedPoint")
    if isinstance(fixed, list) and len(fixed) == 2:
        share: Point = (number(fixed[0], 0.5, 0, 1), number(fixed[1], 0.5, 0, 1))
    else:
        # Its `focus` is how far the line passes the middle; the line says so, too.
        share = place_in(box, (x + before[0], y + before[1]), (x + tip[0], y + tip[1]))
    return {"id": holder.id, "x": round(share[0], 4), "y": round(share[1], 4)}


def _box_of(holder: Mark) -> Box | None:
    x, y = coordinate(holder.x), coordinate(holder.y)
    w, h = number(holder.width, 0, 0, 1e7), number(holder.height, 0, 0, 1e7)
    if x is None or y is None or not w or not h:
        return None
    return Box(x, y, w, h, angle(holder.angle))


def link(found: Any) -> JsonObject:
    """A link where it leads to a page; places in another drawing lead nowhere here."""
    if isinstance(found, str) and re.match(LINK_PATTERN, found) and found[0] != "#":
        return {"link": found}
    return {}


def crop(found: Any) -> JsonObject:
    """The part of a picture that is shown, as shares of it."""
    if not isinstance(found, dict):
        return {}
    whole_w = number(found.get("naturalWidth"), 0, 0, 1e7)
    whole_h = number(found.get("naturalHeight"), 0, 0, 1e7)
    if not whole_w or not whole_h:
        return {}
    left = number(found.get("x"), 0, 0, whole_w) / whole_w
    top = number(found.get("y"), 0, 0, whole_h) / whole_h
    right = left + number(found.get("width"), whole_w, 0, whole_w) / whole_w
    bottom = top + number(found.get("height"), whole_h, 0, whole_h) / whole_h
    shares = [round(min(value, 1), 4) for value in (left, top, right, bottom)]
    is_some = shares[0] < shares[2] and shares[1] < shares[3]
    return {"crop": shares} if is_some and shares != [0, 0, 1, 1] else {}
