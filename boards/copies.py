"""Copies of boards: the folded document, put into a new board by the engine.

Never by copying rows: the copy has its own short journal, made of the same ops that
anybody could have sent. Blocking; REST calls it.
"""

from typing import Any

from asgiref.sync import async_to_sync

from boards import catalog
from boards.access import Credentials, Grant, Role
from boards.assets import shelf
from boards.current import current_engine
from boards.formats.ops import cut, ops_for
from boards.models import Board
from boards.sync.document import elements_of
from boards.sync.protocol import Author, Change

JsonObject = dict[str, Any]


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
        what="duplicate",
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
    text = await engine.document(source)
    ops = (op for element in elements_of(text) for op in ops_for(element))
    for n, chunk in enumerate(cut(ops), start=1):
        await engine.submit(target, Change(f"copy-{n}", chunk), by)
