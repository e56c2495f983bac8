"""The document: the pure fold of entries into elements.

It depends on nothing but the entries (D1) and never fails: an op on something absent,
or one that this version does not know, has no effect (D2). The last writer of a
property wins, by seq (D3). `frontend/src/model/document.js` is its twin; both read
`tests/vectors`. Elements are plain JSON objects, because stored entries are decoded for
ever and are not validated again. Called by `snapshots` and by tests.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

JsonObject = dict[str, Any]


class Folded(NamedTuple):
    """A document and the seq up to which it is folded, as a snapshot holds it."""

    seq: int
    elements: list[JsonObject]


class _StoredEntry(msgspec.Struct):
    seq: int
    ops: list[Any]  # whatever an older or newer version stored


class _StoredSnapshot(msgspec.Struct):
    seq: int
    elements: list[JsonObject]


_entry_decoder = msgspec.json.Decoder(_StoredEntry)
_snapshot_decoder = msgspec.json.Decoder(_StoredSnapshot)


class Document:
    """Elements by id, and the seq of the last entry that was applied."""

    def __init__(self, seq: int = 0, elements: Iterable[JsonObject] = ()) -> None:
        self.seq = seq
        self._elements = {element["id"]: element for element in elements}

    @classmethod
    def from_snapshot(cls, text: bytes) -> "Document":
        """Start from the JSON text of a snapshot (D5)."""
        stored = _snapshot_decoder.decode(text)
        return cls(stored.seq, stored.elements)

    def __len__(self) -> int:
        return len(self._elements)

    def apply(self, text: str | bytes) -> None:
        """Apply one stored entry; one that was applied before has no effect."""
        entry = _entry_decoder.decode(text)
        if entry.seq <= self.seq:
            return
        for op in entry.ops:
            self.apply_op(op)
        self.seq = entry.seq

    def apply_op(self, op: object) -> None:
        """Apply one op, total: whatever it is, nothing is raised."""
        match op:
            case {"op": "put", "element": {"id": str(id_)} as element}:
                self._elements[id_] = element
            case {"op": "set", "id": str(id_), "props": dict(props)}:
                self._set(id_, props)
            case {"op": "del", "id": str(id_)}:
                self._elements.pop(id_, None)
            case _:
                pass

    def _set(self, id_: str, props: JsonObject) -> None:
        element = self._elements.get(id_)
        if element is None:
            return
        for name, value in props.items():
            if name == "id":
                continue
            if value is None:
                element.pop(name, None)
            else:
                element[name] = value

    def folded(self) -> Folded:
        """The elements in paint order: by `z`, ties by id, both by code unit."""
        return Folded(self.seq, sorted(self._elements.values(), key=_paint_order))


def _paint_order(element: JsonObject) -> tuple[str, str]:
    z = element.get("z")
    return z if isinstance(z, str) else "", element["id"]


def snapshot_text(folded: Folded) -> bytes:
    """The JSON text of a snapshot."""
    return msgspec.json.encode({"seq": folded.seq, "elements": folded.elements})
