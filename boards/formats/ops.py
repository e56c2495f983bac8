"""Elements to ops, and ops to changes that are small enough. Pure.

Copies and imports fill new boards with it; what comes out is what anybody could send.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import msgspec

from boards.sync.elements import KINDS, Common, Props, demanded_by, is_whole
from boards.sync.protocol import MAX_OPS, Del, Op, Put, Set, encode
from boards.sync.refusals import Code, Refused

JsonObject = dict[str, Any]

_LARGE = ("pressure", "time")  # beside points, and no kind demands them
CHUNK_CHARS = 256 * 1024  # a change stays well below what a socket may send


def cut(ops: Iterable[Op]) -> Iterator[list[Op]]:
    """The ops in their order, as many a list as one change may have."""
    chunk: list[Op] = []
    n_chars = 0
    for op in chain.from_iterable(map(_parted, ops)):
        size = len(encode(op))
        if chunk and (len(chunk) == MAX_OPS or n_chars + size > CHUNK_CHARS):
            yield chunk
            chunk, n_chars = [], 0
        chunk.append(op)
        n_chars += size
    if chunk:
        yield chunk


def _parted(op: Op) -> list[Op]:
    """The op; one that is too large for a change has a `set` for each large property.

    Several changes may have made an element that none could make at once.
    """
    if isinstance(op, Del) or len(encode(op)) <= CHUNK_CHARS:
        return [op]
    said = msgspec.to_builtins(op)
    props = said["element"] if isinstance(op, Put) else said["props"]
    id_ = said["element"]["id"] if isinstance(op, Put) else said["id"]
    aside = [name for name in _LARGE if name in props]
    more = [Set(id_, msgspec.convert({n: props.pop(n)}, Props)) for n in aside]
    return [msgspec.convert(said, Op), *more] if props else [*more]


def shortest_ops_for(element: JsonObject) -> list[Op]:
    """The ops that make this element, defaults left out where it names them.

    Raises:
        Refused: as `ops_for`.
    """
    try:
        return [msgspec.convert({"op": "put", "element": element}, Put)]
    except msgspec.ValidationError:
        return ops_for(element)


def ops_for(element: JsonObject) -> list[Op]:
    """The ops that make exactly this element, whatever changes led to it.

    Mostly one put. But `set` may leave an element that no put makes: another kind's
    properties after a change of kind, pressures that no longer match the points, a
    default value written out. What the put cannot say, a `set` adds.

    Raises:
        Refused: `unavailable`, for an element that only a newer version knows. That
            happens while one is being deployed, so trying again helps.
    """
    if not is_whole(element):
        return []  # nobody sees it, and no op makes it
    try:
        put = _put(element)
        rest = _beyond(put, element)
        more = [Set(element["id"], msgspec.convert(rest, Props))] if rest else []
    except msgspec.ValidationError:
        raise Refused(Code.UNAVAILABLE, "A newer version drew this board.") from None
    return [put, *more]


def _beyond(put: Put, element: JsonObject) -> JsonObject:
    """The properties that the put does not make as they are in the element."""
    made = msgspec.to_builtins(put.element)
    rest = {
        name: value
        for name, value in element.items()
        if name not in made or made[name] != value
    }
    if "kind" in rest:
        rest |= {name: element[name] for name in demanded_by(rest["kind"])}
    if "z" not in element:
        rest["z"] = None  # else the engine would give it a place
    return rest


def _put(element: JsonObject) -> Put:
    try:
        return msgspec.convert({"op": "put", "element": element}, Put)
    except msgspec.ValidationError:
        # It was put as some kind once, and what a kind demands cannot be taken away.
        own = [kind for kind in KINDS if _tag(kind) == element.get("kind")]
        for kind in (*own, *KINDS):
            if put := _bare_put(kind, element):
                return put
        raise


def _bare_put(kind: type[Common], element: JsonObject) -> Put | None:
    """A put of that kind with nothing but what the kind demands, if it is there."""
    demanded = {f.name for f in msgspec.structs.fields(kind) if f.required}
    if not demanded <= element.keys():
        return None
    bare = {name: element[name] for name in demanded}
    bare["kind"] = _tag(kind)
    return msgspec.convert({"op": "put", "element": bare}, Put)


def _tag(kind: type[Common]) -> object:
    return kind.__struct_config__.tag
