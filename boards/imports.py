"""Imports: a file of another program, or one of our own, becomes a new board.

What a file holds is read by `boards.formats`; here it gets a board, its pictures pass
the same checks as uploads, and the ops go through the engine. Whatever fails, no board
stays behind. For a board that is there already, a file is only read: who sent it puts
the elements where they belong. Blocking; REST calls it.
"""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, Any

import msgspec
from asgiref.sync import async_to_sync
from django.db.models import QuerySet

from boards import audit, catalog
from boards.access import Credentials, Grant, Role
from boards.assets import shelf
from boards.current import current_engine
from boards.formats import files
from boards.formats.ops import cut, shortest_ops_for
from boards.formats.scene import JsonObject, Scene
from boards.models import Asset, Board
from boards.sync.ordering import z_at
from boards.sync.protocol import Author, Change, Op, Put
from boards.sync.refusals import Code, Refused

N_AT_ONCE = 2  # each may hold a file, what was read of it and its ops in memory
WAIT_S = 10
RETRY_MS = 5_000
MAX_PICTURES = 100  # of one file: each costs up to a second of work, in one request

_free = threading.BoundedSemaphore(N_AT_ONCE)


@dataclass(slots=True)
class Imported:
    """What came of a file: the board, and what had to be left out of it."""

    board: Board
    owner_key: str
    n_elements: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


def take(
    sent: IO[bytes], *, wish: dict[str, Any], shown: Credentials, by: Author
) -> Imported:
    """Make a board of a file, owned by the caller.

    Args:
        sent: the file; read when there is a place for it.
        wish: `title` and `link_role` where the caller has some; else the file's title.
        shown: the caller's; pictures that a file only names are found on their boards.
        by: whom the entries name as author.

    Raises:
        Refused: `invalid` and `too_large` for the file, `busy`, and what the engine or
            the shelf refuse for a time.
    """
    with _a_place():
        scene = files.read(sent.read())
        board, key = catalog.create(
            title=wish.get("title") or scene.title,
            link_role=wish.get("link_role", Board.LinkRole.EDIT),
            creator=shown.creator,
            user_id=shown.user_id,
            what="import",
        )
        imported = Imported(board, key, skipped=scene.skipped)
        target = Grant(board.pk, Role.OWN, Credentials(key=key))
        try:
            _fill(imported, scene, target=target, owned=catalog.mine(shown), by=by)
        except BaseException:
            _undo(board)
            raise
    board.refresh_from_db()
    return imported


def read_for(
    sent: IO[bytes], *, target: Grant, shown: Credentials
) -> tuple[list[JsonObject], Counter[str]]:
    """The elements of a file as this board would have them; nothing is drawn.

    Args:
        sent: the file; read when there is a place for it.
        target: the board; the pictures are put on its shelf.
        shown: the caller's; pictures that a file only names are found on their boards.

    Returns:
        elements that a put takes, in paint order, and how many were left out, by kind.

    Raises:
        Refused: `forbidden`, and as `take`.
    """
    target.require(Role.EDIT)
    audit.note(target.board_id, "import", shown)
    with _a_place():
        scene = files.read(sent.read())
        hashes = _hang(scene, target, catalog.mine(shown))
        skipped = scene.skipped
        elements = []
        for n, element in enumerate(scene.elements, start=1):
            match _ops_of({"z": z_at(n)} | element, hashes):
                case [Put() as put, *_]:
                    elements.append(msgspec.to_builtins(put.element))
                case _:
                    skipped[_kind_of(element)] += 1
    return elements, skipped


@contextmanager
def _a_place() -> Iterator[None]:
    if not _free.acquire(timeout=WAIT_S):
        raise Refused(
            Code.BUSY, "Many files are coming in; try again.", wait_ms=RETRY_MS
        )
    try:
        yield
    finally:
        _free.release()


def _fill(
    imported: Imported,
    scene: Scene,
    *,
    target: Grant,
    owned: QuerySet[Board],
    by: Author,
) -> None:
    hashes = _hang(scene, target, owned)
    ops = list(_ops(scene, hashes, imported))
    if not ops:
        raise Refused(Code.INVALID, "There is nothing in this file to draw.")
    async_to_sync(_submit)(target, ops, by)


def _undo(board: Board) -> None:
    """Nobody knows of the board yet; its pictures may be on others, too."""
    pictures = shelf.names_on([board.pk])
    board.delete()
    shelf.let_go(pictures)


# --- pictures -------------------------------------------------------------------------


def _hang(scene: Scene, target: Grant, owned: QuerySet[Board]) -> dict[str, str]:
    """Put the pictures on the board's shelf; their hashes, by their names in the file.

    A picture that cannot be had is left out, and its images with it.
    """
    names = dict.fromkeys(
        name for e in scene.elements if isinstance(name := e.get("asset"), str)
    )
    hashes: dict[str, str] = {}
    for name in list(names)[:MAX_PICTURES]:
        hash_ = _one(name, scene.pictures.get(name), target, owned)
        if hash_ is not None:
            hashes[name] = hash_
    return hashes


def _one(
    name: str, content: bytes | None, target: Grant, owned: QuerySet[Board]
) -> str | None:
    """The hash of one picture, or None where it cannot be had.

    Raises:
        Refused: what passes with time; then the whole file may be sent again.
    """
    try:
        if content is None:
            return _known(name, target, owned)
        if len(content) > shelf.bounds().bytes:
            return None
        with TemporaryFile() as sent:
            sent.write(content)
            return shelf.take(target, sent)[0].hash
    except Refused as refusal:
        if refusal.may_retry:
            raise
        return None


def _known(hash_: str, target: Grant, owned: QuerySet[Board]) -> str | None:
    """A picture that the file only names, where the caller owns a board with it."""
    if not re.fullmatch(shelf.HASH_PATTERN, hash_):
        return None
    known = Asset.objects.filter(hash=hash_, board__in=owned).first()
    return None if known is None else shelf.share(target, known)[0].hash


# --- elements -------------------------------------------------------------------------


def _ops(scene: Scene, hashes: dict[str, str], imported: Imported) -> Iterator[Op]:
    for n, element in enumerate(scene.elements, start=1):
        # Without a place of its own it lies where it stands in the file, and below
        # whatever is drawn later.
        ops = _ops_of({"z": z_at(n)} | element, hashes)
        if ops:
            imported.n_elements += 1
            yield from ops
        else:
            imported.skipped[_kind_of(element)] += 1


def _ops_of(element: JsonObject, hashes: dict[str, str]) -> list[Op]:
    name = element.get("asset")
    if name is not None:
        if not isinstance(name, str) or name not in hashes:
            return []
        element = element | {"asset": hashes[name]}
    try:
        return shortest_ops_for(element)
    except Refused:  # something that cannot be on a board
        return []


def _kind_of(element: JsonObject) -> str:
    kind = element.get("kind")
    is_word = isinstance(kind, str) and kind.isascii() and kind.isalnum()
    return str(kind)[:32] if is_word else "unknown"


async def _submit(target: Grant, ops: list[Op], by: Author) -> None:
    engine = current_engine()
    for n, chunk in enumerate(cut(ops), start=1):
        await engine.submit(target, Change(f"import-{n}", chunk), by)
