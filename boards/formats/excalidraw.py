"""Scenes of Excalidraw as elements of ours.

The format is described by its makers' JSON schema and by the files there are, which
reach back to 2020. What has no counterpart here is left out and counted; a text in a
shape becomes its label where a label looks the same. Pure; `files` calls it.
"""

from binascii import Error
from binascii import a2b_base64 as from_base64
from typing import Any

import msgspec

from boards.formats import excalidraw_lines as lines
from boards.formats.excalidraw_mark import Mark, mark_of
from boards.formats.ids import Ids
from boards.formats.scene import JsonObject, Scene
from boards.formats.values import (
    angle,
    color,
    coordinate,
    number,
    one_of,
    opacity,
    short,
    text,
)
from boards.sync.properties import MAX_GROUP_DEPTH, MAX_TEXT_CHARS

INK = "#1e1e1e"
_BOXES = {
    "rectangle": "rect",
    "ellipse": "ellipse",
    "diamond": "diamond",
    "embeddable": "rect",  # a page inside the drawing: its box keeps the link
    "iframe": "rect",
}
_FRAMES = {"frame", "magicframe"}
_INKED = {"freedraw", "draw"}  # the name it had at first
_DASHES = {"dashed": "dashed", "dotted": "dotted"}
_FONTS = {1: "hand", 5: "hand", 3: "mono", 8: "mono"}  # the others have no serifs
_ALIGNS = {"left": "left", "center": "center", "right": "right"}
_LOOSE = 1.2  # our fonts may be broader: a line stays one line


def scene_of(elements: list[msgspec.Raw], files: dict[str, msgspec.Raw]) -> Scene:
    """The scene that these are; `files` are the pictures by their id."""
    scene = Scene()
    marks: dict[str, Mark] = {}
    for raw in elements:
        mark = mark_of(raw)
        if mark is None or mark.id in marks:
            scene.skipped["unreadable"] += 1
        elif not mark.isDeleted:
            marks[mark.id] = mark
    _Reading(scene, marks, files).run()
    return scene


class _Reading:
    """One pass over the marks of a file; what it finds goes into the scene."""

    def __init__(
        self, scene: Scene, marks: dict[str, Mark], files: dict[str, msgspec.Raw]
    ) -> None:
        self._scene = scene
        self._marks = marks
        self._files = files
        self._ids = Ids(marks)
        self._labels = {
            str(mark.containerId): mark
            for mark in marks.values()
            if mark.type == "text" and self._is_label(mark)
        }
        self._folded = {mark.id for mark in self._labels.values()}

    def run(self) -> None:
        for mark in self._marks.values():
            if mark.id in self._folded:
                continue
            made = self._made(mark)
            if made is None:
                self._scene.skipped[mark.kind()] += 1
            else:
                self._scene.elements.append(made)

    def _made(self, mark: Mark) -> JsonObject | None:
        x, y = coordinate(mark.x), coordinate(mark.y)
        if x is None or y is None:
            return None
        made = self._common(mark) | {"x": x, "y": y}
        match mark.type:
            case kind if kind in _BOXES:
                made |= _box(mark, made) | {"kind": _BOXES[kind]}
                return made | lines.filling(mark) | _corner(mark) | self._label_of(mark)
            case kind if kind in _FRAMES:
                made |= _box(mark, made) | {"kind": "frame"}
                return made | {"title": text(mark.name, 1000)}
            case kind if kind in _INKED:
                return lines.ink(mark, made)
            case "line" | "arrow":
                found = lines.line(mark, made, self._marks, self._ids)
                return found and found | self._label_of(mark)
            case "text":
                return self._text(mark, made)
            case "image":
                return self._image(mark, made | _box(mark, made))
        return None

    def _common(self, mark: Mark) -> JsonObject:
        made: JsonObject = {
            "id": self._ids.of(mark.id),
            "angle": angle(mark.angle),
            "stroke": color(mark.strokeColor, INK),
            "width": number(mark.strokeWidth, 2, 0, 1000),
            "dash": one_of(mark.strokeStyle, _DASHES, "solid"),
            "opacity": opacity(mark.opacity),
            "rough": int(number(mark.roughness, 1, 0, 2)),
            "seed": int(number(mark.seed, 0, 0, 2**31 - 1)),
            "locked": mark.locked is True,
            "groups": self._groups(mark),
        }
        if isinstance(mark.frameId, str) and self._has(mark.frameId, _FRAMES):
            made["frame"] = self._ids.of(mark.frameId)
        return made | lines.link(mark.link)

    def _groups(self, mark: Mark) -> list[str]:
        found = mark.groupIds if isinstance(mark.groupIds, list) else []
        groups = [self._ids.of(each) for each in found if isinstance(each, str)]
        apart = self._marks.get(str(mark.containerId)) if mark.type == "text" else mark
        if apart is not None and self._has_loose_text(apart):
            # Words that are no label of ours stay with what they were written in.
            groups.insert(0, self._ids.of(f"with {apart.id}"))
        return list(dict.fromkeys(groups))[:MAX_GROUP_DEPTH]

    def _has(self, mark_id: str, kinds: set[str]) -> bool:
        found = self._marks.get(mark_id)
        return found is not None and found.type in kinds

    # --- words --------------------------------------------------------------------

    def _is_label(self, words: Mark) -> bool:
        """Whether a label would look as this text does in its shape or on its line."""
        holder = self._marks.get(str(words.containerId))
        if holder is None or holder.type not in {*_BOXES, "arrow", "line"}:
            return False
        if words.verticalAlign in ("top", "bottom") and holder.type in _BOXES:
            return False
        return color(words.strokeColor, INK) == color(holder.strokeColor, INK)

    def _has_loose_text(self, holder: Mark) -> bool:
        if holder.type not in _BOXES or not isinstance(holder.boundElements, list):
            return False
        return any(
            isinstance(bound, dict)
            and bound.get("type") == "text"
            and (words := self._marks.get(str(bound.get("id")))) is not None
            and words.containerId == holder.id
            and not self._is_label(words)
            for bound in holder.boundElements
        )

    def _label_of(self, mark: Mark) -> JsonObject:
        words = self._labels.get(mark.id)
        if words is None:
            return {}
        aligned = one_of(words.textAlign, _ALIGNS, "center")
        return _lettering(words) | {
            "label": _words(words),
            "align": "auto" if aligned == "center" else aligned,
        }

    def _text(self, mark: Mark, made: JsonObject) -> JsonObject | None:
        words = _words(mark)
        if not words.strip():
            return None
        width = number(mark.width, 0, 0, 1e7)
        made |= {
            "kind": "text",
            "text": words,
            "align": one_of(mark.textAlign, _ALIGNS, "left"),
            "h": number(mark.height, 0, 0, 1e7),
            **_lettering(mark),
        }
        if made["align"] == "left" and not _is_wrapped(mark):
            return made
        share = {"left": 0.0, "center": 0.5, "right": 1.0}[made["align"]]
        more = width * (_LOOSE - 1) if made["align"] != "left" else 0
        return made | {"x": short(made["x"] - more * share), "w": short(width + more)}

    # --- pictures -----------------------------------------------------------------

    def _image(self, mark: Mark, made: JsonObject) -> JsonObject | None:
        name = mark.fileId
        if not isinstance(name, str) or not self._fetch(name):
            return None
        made |= {"kind": "image", "asset": name, **_corner(mark)}
        return made | lines.crop(mark.crop)

    def _fetch(self, name: str) -> bool:
        """Whether the picture is in the file; decoded once."""
        if name in self._scene.pictures:
            return True
        raw = self._files.get(name)
        content = None if raw is None else picture_of(raw)
        if content is None:
            return False
        self._scene.pictures[name] = content
        return True


class _Picture(msgspec.Struct):
    dataURL: str


def picture_of(raw: msgspec.Raw) -> bytes | None:
    """The bytes of a picture in `files`; None for what is none."""
    try:
        return from_data_url(msgspec.json.decode(raw, type=_Picture).dataURL)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def from_data_url(url: str) -> bytes | None:
    """What a `data:` address with base 64 holds."""
    head, comma, body = url.partition(",")
    if not comma or not head.startswith("data:") or not head.endswith(";base64"):
        return None
    try:
        return from_base64(body) or None
    except (Error, ValueError):
        return None


def _box(mark: Mark, made: JsonObject) -> JsonObject:
    """The box, also of what was pulled to the left or upwards."""
    w, h = number(mark.width, 0, -1e7, 1e7), number(mark.height, 0, -1e7, 1e7)
    return {
        "x": short(made["x"] + min(w, 0)),
        "y": short(made["y"] + min(h, 0)),
        "w": abs(w),
        "h": abs(h),
    }


def _corner(mark: Mark) -> JsonObject:
    return {"corner": "round"} if mark.is_round() else {}


def _words(mark: Mark) -> str:
    """The words without the line breaks that wrapping put into them."""
    is_fitted = _is_wrapped(mark) or isinstance(mark.containerId, str)
    original = text(mark.originalText, MAX_TEXT_CHARS) if is_fitted else ""
    return original or text(mark.text, MAX_TEXT_CHARS)


def _is_wrapped(mark: Mark) -> bool:
    return mark.autoResize is False


def _lettering(mark: Mark) -> JsonObject:
    family: Any = mark.fontFamily
    font = _FONTS.get(family, "sans") if isinstance(family, int) else "hand"
    return {"size": number(mark.fontSize, 20, 1, 2000), "font": font}
