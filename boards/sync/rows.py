"""The rows of a board as they lie in the database: streamed out, put in, taken away.

For `integrity` and the backups, never for serving: nothing here is fast, all of it is
exact. Entries are bytes, because a damaged database holds some that are no text.
Blocks, on the caller's thread and connection. SQLite and PostgreSQL.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from boards.models import Entry, Snapshot

_AT_ONCE = 50  # rows a fetch: of the longest entries, fifty megabytes
_TEXT = {  # bytes as they are stored, whatever they are
    "sqlite": "CAST(text AS BLOB)",
    "postgresql": "convert_to(text, 'UTF8')",
}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A stored entry: its columns, and the text that is sent."""

    seq: int
    change_id: str
    at: int
    text: bytes


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """A stored snapshot without its body."""

    seq: int
    n_elements: int


@contextmanager
def one_state() -> Iterator[None]:
    """All reads inside see the database as it was at the first; writers go on.

    Nothing may be written inside, and no transaction may be open around it.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True):
            _run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # `atomic` would begin as writers do, and keep them out.
    _run("BEGIN DEFERRED")
    try:
        yield
    finally:
        _run("ROLLBACK")


def entries(board_id: str) -> Iterator[EntryRow]:
    """All entries by seq, a few in memory at once; inside a transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT seq, change_id, at, {_TEXT[connection.vendor]} FROM boards_entry"
            " WHERE board_id = %s ORDER BY seq",
            [board_id],
        )
        while rows := cursor.fetchmany(_AT_ONCE):
            for seq, change_id, at, text in rows:
                yield EntryRow(seq, change_id, at, bytes(text))


def repeated_change_ids(board_id: str, limit: int) -> list[tuple[str, int]]:
    """Change ids that more than one row has, and how many, at most `limit` of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT change_id, count(*) FROM boards_entry WHERE board_id = %s"
            " GROUP BY change_id HAVING count(*) > 1 ORDER BY change_id LIMIT %s",
            [board_id, limit],
        )
        return list(cursor.fetchall())


def newest_and_count(board_id: str) -> tuple[int, int]:
    """The newest seq that has an entry (0 without), and how many entries there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(seq), 0), count(*) FROM boards_entry"
            " WHERE board_id = %s",
            [board_id],
        )
        newest, n_entries = cursor.fetchone()
    return newest, n_entries


def snapshots(board_id: str) -> list[SnapshotRow]:
    """The saved snapshots by seq; there are a handful."""
    found = Snapshot.objects.filter(board_id=board_id).order_by("seq")
    return [SnapshotRow(*row) for row in found.values_list("seq", "n_elements")]


def snapshot_body(board_id: str, seq: int) -> bytes:
    """What is stored of a snapshot; empty when it is gone."""
    found = Snapshot.objects.filter(board_id=board_id, seq=seq)
    return bytes(found.values_list("body", flat=True).first() or b"")


def lock(board_id: str) -> int | None:
    """Keep writers of this board out until the transaction ends; its head.

    None when there is no such board. On SQLite the transaction itself is the lock.
    """
    update = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT head FROM boards_board WHERE id = %s{update}", [board_id]
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None


def set_head(board_id: str, head: int) -> None:
    """Say how far the journal goes; under `lock` only."""
    _run("UPDATE boards_board SET head = %s WHERE id = %s", head, board_id)


def drop_snapshot(board_id: str, seq: int) -> None:
    """Take a saved fold away; it is made again from the journal when asked for."""
    _run("DELETE FROM boards_snapshot WHERE board_id = %s AND seq = %s", board_id, seq)


def drop_all(board_id: str) -> None:
    """Take away the journal and its snapshots, to put others there; under `lock`."""
    _run("DELETE FROM boards_snapshot WHERE board_id = %s", board_id)
    _run("DELETE FROM boards_entry WHERE board_id = %s", board_id)


def add_entries(board_id: str, rows: Iterable[EntryRow]) -> None:
    """Put entries back, byte for byte.

    Raises:
        UnicodeError: an entry is no text.
        django.db.IntegrityError: a seq or a change id is there already.
    """
    Entry.objects.bulk_create(
        Entry(
            board_id=board_id,
            seq=row.seq,
            change_id=row.change_id,
            at=row.at,
            text=row.text.decode(),
        )
        for row in rows
    )


def add_snapshot(board_id: str, row: SnapshotRow, body: bytes) -> None:
    """Put a saved fold back."""
    _run(
        "INSERT INTO boards_snapshot (board_id, seq, body, n_elements, created_at)"
        " VALUES (%s, %s, %s, %s, %s)",
        *(board_id, row.seq, body, row.n_elements, timezone.now()),
    )


def _run(statement: str, *values: str | int | bytes | datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
