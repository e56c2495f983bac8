"""Undoing what one author did: what the board would be without it, as ops.

The document is folded twice from just before: once as it is, once without the author's
entries. What differs is put right, property by property, so what others have changed
since on the same elements stays theirs; an element that the author made goes, and the
pieces that others parted it into, and one that the author removed comes back with what
others did to it. Entries that this reversal has made already count as the author's: so
it can be worked out again when others drew meanwhile, until nothing is left to do.

Pure; the journal hands in the fold and the entries.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from boards.sync.document import Document
from boards.sync.elements import Props
from boards.sync.protocol import Author

JsonObject = dict[str, Any]


class Whose(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whose entries: those that match all that is said; something must be.

    `since` is in ms since the epoch, by the server's clock; `but_for` are the changes
    that undo them so far, by their ids; with `changes` these are meant, by their ids
    alone.
    """

    but_for: frozenset[str] = frozenset()
    since: int = 0
    session: str | None = None
    client: str | None = None
    user: str | None = None
    changes: frozenset[str] = frozenset()

    def wrote(self, id_: str, at: int, by: Author) -> bool:
        """Whether an entry is one of theirs."""
        if self.changes:
            return at >= self.since and id_ in self.changes
        said = [
            (self.session, by.session),
            (self.client, by.client),
            (self.user, by.user),
        ]
        wanted = [(value, has) for value, has in said if value is not None]
        return bool(wanted) and at >= self.since and all(v == has for v, has in wanted)


class Undoing(NamedTuple):
    """What undoes an author's entries: how many they are, and ops as JSON objects."""

    n_entries: int
    ops: list[JsonObject]


class _Stored(msgspec.Struct):
    seq: int
    id: str
    at: int
    by: Author
    ops: list[Any]  # of any age, and perhaps none that this version knows


_decode = msgspec.json.Decoder(_Stored).decode


class Reversal:
    """Takes the entries after a fold, in order; then says what is to be put right.

    Attributes:
        n_entries: how many of theirs it has taken.
    """

    def __init__(self, base: bytes, whose: Whose) -> None:
        """Begin with the JSON text of a snapshot from before their first entry."""
        self._is = Document.from_snapshot(base)
        self._target = Document.from_snapshot(base)
        self._whose = whose
        self._made: set[str] = set()  # elements that are there by them alone
        self.n_entries = 0

    def take(self, text: str) -> None:
        """The next entry."""
        entry = _decode(text)
        self._is.apply(text)
        if entry.id in self._whose.but_for:
            return
        if self._whose.wrote(entry.id, entry.at, entry.by):
            self.n_entries += 1
            self._made |= {id_ for id_, _ in _puts(entry.ops)}
            return
        for op in entry.ops:
            if not self._is_of_theirs(op):
                self._target.apply_op(op)

    def _is_of_theirs(self, op: object) -> bool:
        """Whether it puts a piece of a stroke that they drew, parted by somebody."""
        for id_, origin in _puts([op]):
            if origin is None or origin not in self._made:
                continue
            if not self._target.has(origin):
                self._made.add(id_)
                return True
        return False

    def undoing(self) -> Undoing:
        """What makes the board what it would be without them; puts are whole."""
        now = {element["id"]: element for element in self._is.folded().elements}
        wanted = {element["id"]: element for element in self._target.folded().elements}
        ops: list[JsonObject] = [
            {"op": "del", "id": id_} for id_ in now if id_ not in wanted
        ]
        for id_, element in wanted.items():
            has = now.get(id_)
            if has is None or has.get("kind") != element.get("kind"):
                ops.append({"op": "put", "element": element})
            elif props := _differing(has, element):
                ops.append(_put_right(element, props))
        return Undoing(self.n_entries, ops)


def _puts(ops: Iterable[object]) -> Iterable[tuple[str, str | None]]:
    """The ids that are put, and the stroke that each was once a part of."""
    for op in ops:
        match op:
            case {"op": "put", "element": {"id": str(id_), "origin": str(origin)}}:
                yield id_, origin
            case {"op": "put", "element": {"id": str(id_)}}:
                yield id_, None


def _put_right(element: JsonObject, props: JsonObject) -> JsonObject:
    """A set of what differs; where the wire takes none, a put of the whole element.

    No set takes away what some kind demands: a property of another kind that the author
    named besides would keep all the rest.
    """
    try:
        msgspec.convert(props, Props)
    except msgspec.ValidationError:
        return {"op": "put", "element": element}
    return {"op": "set", "id": element["id"], "props": props}


def _differing(has: JsonObject, wanted: JsonObject) -> JsonObject:
    names = has.keys() | wanted.keys()
    return {
        name: wanted.get(name)
        for name in sorted(names)
        if has.get(name) != wanted.get(name)
    }
