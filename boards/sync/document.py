"""The document: the pure fold of entries into elements.

It depends on nothing but the entries (D1) and never fails: an op on something absent,
or one that this version does not know, has no effect (D2). The last writer of a
property wins, by seq (D3). `frontend/src/model/document.js` is its twin; both read
`tests/vectors`. Elements are plain JSON objects, because stored entries are decoded for
ever and are not validated again. Called by `snapshots`, `folding` and by tests.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from msgspec import Raw

JsonObject = dict[str, Any]


class Folded(NamedTuple):
    """A document and the seq up to which it is folded, as a snapshot holds it."""

    seq: int
    elements: list[JsonObject]


class _StoredEntry(msgspec.Struct):
    seq: int
    ops: list[Raw]  # whatever an older or newer version stored


class _StoredSnapshot(msgspec.Struct):
    seq: int
    elements: list[Raw]


class _Op(msgspec.Struct):
    """Of an op, what may matter; the rest is not looked at."""

    op: str
    id: Any = None
    element: Raw = Raw()
    props: Raw = Raw()


class _Placed(msgspec.Struct):
    """Of an element, what its place among the others depends on."""

    id: str
    z: Any = ""


_decode_entry = msgspec.json.Decoder(_StoredEntry).decode
_decode_snapshot = msgspec.json.Decoder(_StoredSnapshot).decode
_decode_op = msgspec.json.Decoder(_Op).decode
_decode_placed = msgspec.json.Decoder(_Placed).decode
_decode_object = msgspec.json.Decoder(JsonObject).decode


def elements_of(text: bytes) -> Iterator[JsonObject]:
    """The elements in the JSON text of a snapshot; each is read when it is its turn."""
    for element in _decode_snapshot(text).elements:
        yield _decode_object(element)


class Document:
    """Elements by id, and the seq of the last entry that was applied.

    Elements are kept as their JSON texts: nearly all of them are put once and never
    changed, and the points of ten thousand strokes are a hundred megabytes of numbers.
    """

    def __init__(self, seq: int = 0) -> None:
        self.seq = seq
        self._elements: dict[str, _Held] = {}

    @classmethod
    def from_snapshot(cls, text: bytes) -> "Document":
        """Start from the JSON text of a snapshot (D5)."""
        stored = _decode_snapshot(text)
        document = cls(stored.seq)
        for element in stored.elements:
            document._put(element)
        return document

    def __len__(self) -> int:
        return len(self._elements)

    def has(self, id_: str) -> bool:
        """Whether there is such an element."""
        return id_ in self._elements

    def apply(self, text: str | bytes) -> None:
        """Apply one stored entry; one that was applied before has no effect."""
        entry = _decode_entry(text)
        if entry.seq <= self.seq:
            return
        for op in entry.ops:
            self._apply(op)
        self.seq = entry.seq

    def apply_op(self, op: object) -> None:
        """Apply one op, total: whatever it is, nothing is raised."""
        self._apply(Raw(msgspec.json.encode(op)))

    def _apply(self, op: Raw) -> None:
        try:
            known = _decode_op(op)
            match known.op, known.id:
                case "put", _:
                    self._put(known.element)
                case "set", str(id_):
                    self._set(id_, _decode_object(known.props))
                case "del", str(id_):
                    self._elements.pop(id_, None)
        except msgspec.DecodeError:
            pass  # it is not what this version knows

    def _put(self, element: Raw) -> None:
        placed = _decode_placed(element)
        self._elements[placed.id] = _held(placed.z, placed.id, bytes(element))

    def _set(self, id_: str, props: JsonObject) -> None:
        held = self._elements.get(id_)
        if held is None:
            return
        element = _decode_object(held.text)
        for name, value in props.items():
            if name == "id":
                continue
            if value is None:
                element.pop(name, None)
            else:
                element[name] = value
        text = msgspec.json.encode(element)
        self._elements[id_] = _held(element.get("z"), id_, text)

    def folded(self) -> Folded:
        """The elements in paint order: by `z`, ties by id, both by code unit."""
        return Folded(self.seq, [_decode_object(held.text) for held in self._ordered()])

    def text(self) -> bytes:
        """The JSON text of the snapshot that holds this."""
        elements = b",".join([held.text for held in self._ordered()])
        return b'{"seq":%d,"elements":[%b]}' % (self.seq, elements)

    def _ordered(self) -> "list[_Held]":
        return sorted(self._elements.values())


class _Held(NamedTuple):
    """An element: its place, which is how these are compared, and its JSON text."""

    z: str
    id: str
    text: bytes


def _held(z: object, id_: str, text: bytes) -> _Held:
    place = z if isinstance(z, str) else ""
    if place.isascii() and id_.isascii():
        return _Held(place, id_, text)
    return _Held(_code_units(place), _code_units(id_), text)


def _code_units(text: str) -> str:
    """Each unit of UTF-16 as a character: JavaScript compares these, Python characters.

    No wire takes such ids, but the fold takes whatever is stored.
    """
    units = memoryview(text.encode("utf-16", "surrogatepass")).cast("H")
    return "".join(map(chr, units[1:]))  # behind the mark of the byte order
