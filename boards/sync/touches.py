"""Who made an element and who changed it last, as its board's entries tell.

Pure: whoever has the entries that may touch the element (`store`, or a test) hands them
in. A piece of a parted stroke was made by who drew the stroke, not by who parted it.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from boards.sync.protocol import Author

_ops_decoder = msgspec.json.Decoder(list[dict[str, Any]])


class Touch(msgspec.Struct):
    """An entry that touched an element: its number, time in ms, and author."""

    seq: int
    at: int
    by: Author


class Touches(msgspec.Struct, omit_defaults=True):
    """An element's first and newest entry.

    `origin` is the stroke that a piece was once a part of; `made` is then its entry.
    """

    id: str
    made: Touch
    changed: Touch
    origin: str | None = None


class _Stored(Touch):
    ops: msgspec.Raw


_entry_decoder = msgspec.json.Decoder(_Stored)


def needle(element_id: str) -> str:
    """What stands in the stored text of every entry that touches the element.

    It stands in others as well: arrows name what they hold on to in the same way.
    """
    return f'"id":"{element_id}"'


def first(texts: Iterable[str], element_id: str) -> tuple[Touch, str | None] | None:
    """The first of these entries that touches the element, and the origin it puts."""
    for text in texts:
        entry = _entry_decoder.decode(text)
        for op in _ops_decoder.decode(entry.ops):
            if _target(op) == element_id:
                origin = (op.get("element") or {}).get("origin")
                touch = Touch(entry.seq, entry.at, entry.by)
                return touch, origin if isinstance(origin, str) else None
    return None


def _target(op: dict[str, Any]) -> object:
    element = op.get("element")
    return element.get("id") if isinstance(element, dict) else op.get("id")
