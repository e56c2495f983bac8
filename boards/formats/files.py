"""Reads a file that somebody wants to have on a board: what it is, then what is in it.

Two formats: our own export and scenes of Excalidraw. Pure: bytes in, a scene out; what
cannot be read is refused in words for whoever chose the file.
"""

from typing import Any

import msgspec

from boards.formats import excalidraw, native
from boards.formats.scene import MAX_ELEMENTS, Scene
from boards.formats.values import text
from boards.sync.refusals import Code, Refused

_MAX_TITLE_CHARS = 200
_BOM = b"\xef\xbb\xbf"


class _Top(msgspec.Struct):
    """The outermost object of either format; what is inside is looked at one by one."""

    type: Any = None
    title: Any = None
    elements: list[msgspec.Raw] | None = None
    files: msgspec.Raw = msgspec.Raw(b"")
    pictures: msgspec.Raw = msgspec.Raw(b"")


class _Kind(msgspec.Struct):
    kind: Any = None


_decode = msgspec.json.Decoder(_Top).decode
_decode_by_name = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_decode_kind = msgspec.json.Decoder(_Kind).decode


def read(content: bytes) -> Scene:
    """The drawing in a file.

    Raises:
        Refused: `invalid` for what is no drawing or has nothing in it, `too_large` for
            more elements than a board takes at once.
    """
    content = content.removeprefix(_BOM)
    if not content.strip():
        raise Refused(Code.INVALID, "This file is empty.")
    try:
        top = _decode(content)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise _no_drawing() from None
    if top.elements is None:
        raise _no_drawing()
    if len(top.elements) > MAX_ELEMENTS:
        raise Refused(
            Code.TOO_LARGE, f"A file may have {MAX_ELEMENTS} elements to be imported."
        )
    scene = _scene_of(top, top.elements)
    scene.title = " ".join(text(top.title, _MAX_TITLE_CHARS).split())
    if not scene.elements:
        raise Refused(Code.INVALID, "There is nothing in this file to draw.")
    return scene


def _scene_of(top: _Top, elements: list[msgspec.Raw]) -> Scene:
    if top.type == "chalkline" or (top.type is None and _has_kind(elements)):
        return native.scene_of(elements, _by_name(top.pictures))
    if top.type is None or str(top.type).startswith("excalidraw"):
        return excalidraw.scene_of(elements, _by_name(top.files))
    raise _no_drawing()


def _has_kind(elements: list[msgspec.Raw]) -> bool:
    """Whether the first one looks like ours, in a list without a name."""
    try:
        return isinstance(_decode_kind(elements[0]).kind, str)
    except (IndexError, msgspec.MsgspecError, UnicodeError, RecursionError):
        return False


def _by_name(raw: msgspec.Raw) -> dict[str, msgspec.Raw]:
    """The pictures by their names; none, where that is no object."""
    try:
        return _decode_by_name(raw)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return {}


def _no_drawing() -> Refused:
    return Refused(
        Code.INVALID, "This is neither a Chalkline nor an Excalidraw drawing."
    )
