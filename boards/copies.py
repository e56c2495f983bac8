"""Copies of boards: the folded document, put into a new board by the engine.

Never by copying rows: the copy has its own short journal, made of the same ops that
anybody could have sent. Blocking; REST calls it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from asgiref.sync import async_to_sync

from boards import catalog
from boards.access import Credentials, Grant, Role
from boards.assets import shelf
from boards.current import current_engine
from boards.models import Board
from boards.sync.elements import KINDS, Common, Props
from boards.sync.protocol import MAX_OPS, Author, Change, Op, Put, Set, encode
from boards.sync.refusals import Code, Refused

JsonObject = dict[str, Any]

CHUNK_CHARS = 256 * 1024  # a change stays well below what a socket may send


def duplicate(
    grant: Grant, source: Board, *, wish: JsonObject, by: Author
) -> tuple[Board, str]:
    """Make a new board with what is on `source` now, owned by the caller.

    Args:
        grant: the caller's on `source`; viewing is enough.
        source: the board to copy.
        wish: `title` and `link_role` of the copy, where they shall differ.
        by: whom the copy's entries name as author.

    Returns:
        The new board and its owner key.
    """
    grant.require(Role.VIEW)
    board, key = catalog.create(
        title=wish.get("title", f"Copy of {source.title or 'a board'}")[
            : catalog.MAX_TITLE_CHARS
        ],
        link_role=wish.get("link_role", source.link_role),
        creator=grant.credentials.creator,
        user_id=grant.credentials.user_id,
    )
    target = Grant(board.pk, Role.OWN, Credentials(key=key))
    try:
        shelf.copy_all(source.pk, board.pk)
        async_to_sync(_fill)(grant, target, by)
    except BaseException:
        board.delete()  # nobody knows of it yet
        raise
    board.refresh_from_db()
    return board, key


async def _fill(source: Grant, target: Grant, by: Author) -> None:
    engine = current_engine()
    elements, _seq = await engine.elements(source)
    ops = (op for element in elements for op in ops_for(element))
    for n, chunk in enumerate(_chunks(ops), start=1):
        await engine.submit(target, Change(f"copy-{n}", chunk), by)


def _chunks(ops: Iterable[Op]) -> Iterator[list[Op]]:
    chunk: list[Op] = []
    n_chars = 0
    for op in ops:
        size = len(encode(op))
        if chunk and (len(chunk) == MAX_OPS or n_chars + size > CHUNK_CHARS):
            yield chunk
            chunk, n_chars = [], 0
        chunk.append(op)
        n_chars += size
    if chunk:
        yield chunk


def ops_for(element: JsonObject) -> list[Op]:
    """The ops that make exactly this element, whatever changes led to it.

    Mostly one put. But `set` may leave an element that no put makes: another kind's
    properties after a change of kind, pressures that no longer match the points, a
    default value written out. What the put cannot say, a `set` adds.

    Raises:
        Refused: `unavailable`, for an element that only a newer version knows. That
            happens while one is being deployed, so trying again helps.
    """
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
    if "z" not in element:
        rest["z"] = None  # else the engine would give it a place
    return rest


def _put(element: JsonObject) -> Put:
    try:
        return msgspec.convert({"op": "put", "element": element}, Put)
    except msgspec.ValidationError:
        # It was put as some kind once, and what a kind demands cannot be taken away.
        for kind in KINDS:
            if put := _bare_put(kind, element):
                return put
        raise


def _bare_put(kind: type[Common], element: JsonObject) -> Put | None:
    """A put of that kind with nothing but what the kind demands, if it is there."""
    demanded = {f.name for f in msgspec.structs.fields(kind) if f.required}
    if not demanded <= element.keys():
        return None
    bare = {name: element[name] for name in demanded}
    bare["kind"] = kind.__struct_config__.tag
    return msgspec.convert({"op": "put", "element": bare}, Put)
