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
# A list of nothing is three characters of a file and seventy bytes of memory; of the
# lists and objects of a drawing most are points, of ten characters and more.
_MAX_NESTED = 5_000_000  # and as many names of properties, which take as much
_MAX_NAMES = 500_000  # of pictures, and of what is told of each
_TOO_MUCH = "There is too much in this file to be imported."
_BOM = b"\xef\xbb\xbf"
_NULL = msgspec.Raw(b"null")


class _Top(msgspec.Struct):
    """The outermost object of either format; what is inside is looked at one by one."""

    type: msgspec.Raw = _NULL
    title: msgspec.Raw = _NULL
    elements: msgspec.Raw = msgspec.Raw(b"")
    files: msgspec.Raw = msgspec.Raw(b"")
    pictures: msgspec.Raw = msgspec.Raw(b"")


class _Nothing(msgspec.Struct):
    """An object of which nothing is kept: to count them for next to nothing."""


class _Kind(msgspec.Struct):
    kind: Any = None


_decode = msgspec.json.Decoder(_Top).decode
_decode_bare = msgspec.json.Decoder(list[_Nothing | None]).decode
_decode_each = msgspec.json.Decoder(list[msgspec.Raw]).decode
_decode_by_name = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_decode_words = msgspec.json.Decoder(str | None).decode
_decode_kind = msgspec.json.Decoder(_Kind).decode


def read(content: bytes) -> Scene:
    """The drawing in a file.

    Raises:
        Refused: `invalid` for what is no drawing or has nothing in it, `too_large` for
            more than a board takes at once.
    """
    content = content.removeprefix(_BOM)
    if not content.strip():
        raise Refused(Code.INVALID, "This file is empty.")
    try:
        top = _decode(content)
        elements = _elements(bytes(top.elements))
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise _no_drawing() from None
    scene = _scene_of(top, elements)
    scene.title = " ".join(text(_words(top.title), _MAX_TITLE_CHARS).split())
    if not scene.elements:
        raise Refused(Code.INVALID, "There is nothing in this file to draw.")
    return scene


def _elements(listed: bytes) -> list[msgspec.Raw]:
    """The elements one by one, once it is known that they are not too many.

    Raises:
        Refused: `too_large`.
        msgspec.MsgspecError: it is no list, or has what is no element.
    """
    n_nested = listed.count(b"[") + listed.count(b"{")
    if n_nested > _MAX_NESTED or listed.count(b":") > _MAX_NESTED:
        raise Refused(Code.TOO_LARGE, _TOO_MUCH)
    if len(_decode_bare(listed)) > MAX_ELEMENTS:
        raise Refused(
            Code.TOO_LARGE, f"A file may have {MAX_ELEMENTS} elements to be imported."
        )
    return _decode_each(listed)


def _scene_of(top: _Top, elements: list[msgspec.Raw]) -> Scene:
    type_ = _words(top.type)
    if type_ == "chalkline" or (type_ is None and _has_kind(elements)):
        return native.scene_of(elements, _by_name(top.pictures))
    if type_ is None or type_.startswith("excalidraw"):
        return excalidraw.scene_of(elements, _by_name(top.files))
    raise _no_drawing()


def _has_kind(elements: list[msgspec.Raw]) -> bool:
    """Whether the first one looks like ours, in a list without a name."""
    try:
        return isinstance(_decode_kind(elements[0]).kind, str)
    except (IndexError, msgspec.MsgspecError, UnicodeError, RecursionError):
        return False


def _words(raw: msgspec.Raw) -> str | None:
    """Words at the top of the file; "" for what is none, None for null."""
    try:
        words: str | None = _decode_words(raw)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return ""
    return words


def _by_name(raw: msgspec.Raw) -> dict[str, msgspec.Raw]:
    """The pictures by their names; none, where that is no object.

    Raises:
        Refused: `too_large`.
    """
    if bytes(raw).count(b":") > _MAX_NAMES:
        raise Refused(Code.TOO_LARGE, _TOO_MUCH)
    try:
        return _decode_by_name(raw)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return {}


def _no_drawing() -> Refused:
    return Refused(
        Code.INVALID, "This is neither a Chalkline nor an Excalidraw drawing."
    )
