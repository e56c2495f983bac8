"""One commit: a transaction over many boards, blocking, on the journal's writer thread.

Lock the boards' rows in id order (the lock is the order), number, encode, insert, raise
the heads. Change ids are nearly always new, so they are looked up only when the table
says that one was there (J3): then nothing was done yet, and all is done again. Called
by `journal` alone. SQLite and PostgreSQL.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import (
    Error,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)
from django.utils import timezone
from psycopg.errors import ReadOnlySqlTransaction

from boards.sync.protocol import Author, encode
from boards.sync.refusals import Code, Refused
from boards.sync.store import Committed, Proposal, chunks, marks

_INSERT = (
    "INSERT INTO boards_entry (board_id, seq, change_id, at, text)"
    " VALUES (%s, %s, %s, %s, %s)"
)
_COPY = (
    "COPY boards_entry (board_id, seq, change_id, at, text) FROM STDIN (FORMAT BINARY)"
)
_TYPES = ["varchar", "int8", "varchar", "int8", "text"]


@dataclass(frozen=True, slots=True)
class _Known:
    """An entry that a change id already has."""

    seq: int
    text: str


_Lines = list[tuple[str, int, str, int, str]]  # new rows of the journal
_Key = tuple[str, str]  # board id, change id


def commit(proposals: Sequence[Proposal]) -> list[Committed | Refused]:
    """Commit all proposals in one transaction, in order; one result for each.

    Raises:
        django.db.Error: nothing was committed, or the connection died in the commit:
            then the same change ids find out which.
    """
    try:
        return _commit(proposals, looks_up=False)
    except IntegrityError:  # a repeated id, or what will fail again
        return _commit(proposals, looks_up=True)


def says_away(fault: Error) -> bool:
    """Whether the database is away, full, locked, or a standby: not for ever, that is.

    A fail-over may lead to a standby for a while, which reads and refuses to write.
    """
    return isinstance(fault, OperationalError | InterfaceError) or isinstance(
        fault.__cause__, ReadOnlySqlTransaction
    )


def _commit(
    proposals: Sequence[Proposal], *, looks_up: bool
) -> list[Committed | Refused]:
    with transaction.atomic(durable=True):
        heads = _lock_heads({proposal.board_id for proposal in proposals})
        known = _known(proposals) if looks_up else {}
        lines, results = _numbered(proposals, heads, known)
        if lines:
            _insert(lines)
            changed = {line[0] for line in lines}
            _raise_heads({id_: heads[id_] for id_ in sorted(changed)})
    return results


def _numbered(
    proposals: Sequence[Proposal], heads: dict[str, int], known: dict[_Key, _Known]
) -> tuple[_Lines, list[Committed | Refused]]:
    """The new rows and all answers; `heads` and `known` grow on the way."""
    lines: _Lines = []
    results: list[Committed | Refused] = []
    authors: dict[Author, str] = {}
    at = time.time_ns() // 1_000_000
    for proposal in proposals:
        board_id, change_id, by = proposal.board_id, proposal.change_id, proposal.by
        head = heads.get(board_id)
        key = (board_id, change_id)
        if head is None:
            results.append(Refused(Code.GONE, "This board was deleted."))
        elif (earlier := known.get(key)) is not None:
            results.append(Committed(earlier.seq, earlier.text, repeated=True))
        else:
            seq = heads[board_id] = head + 1
            author = authors.get(by) or authors.setdefault(by, encode(by))
            text = (  # as `protocol.Entry` is encoded, without reading the ops
                f'{{"seq":{seq},"id":{encode(change_id)},"at":{at},"by":{author},'
                f'"ops":{proposal.ops}}}'
            )
            known[key] = _Known(seq, text)
            lines.append((board_id, seq, change_id, at, text))
            results.append(Committed(seq, text, repeated=False))
    return lines, results


def _lock_heads(board_ids: set[str]) -> dict[str, int]:
    locked = {}
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        for chunk in chunks(sorted(board_ids)):
            cursor.execute(
                f"SELECT id, head FROM boards_board WHERE id IN ({marks(chunk)})"
                f" AND deleted_at IS NULL ORDER BY id{lock}",
                chunk,
            )
            locked.update(cursor.fetchall())
    return locked


def _known(proposals: Sequence[Proposal]) -> dict[_Key, _Known]:
    """The entries that these change ids already have."""
    pairs = [(proposal.board_id, proposal.change_id) for proposal in proposals]
    known = {}
    with connection.cursor() as cursor:
        for some in chunks(pairs):
            rows = ",".join(["(%s,%s)"] * len(some))
            cursor.execute(
                "SELECT board_id, change_id, seq, text FROM boards_entry"
                f" WHERE (board_id, change_id) IN (VALUES {rows})",
                [value for pair in some for value in pair],
            )
            for board_id, change_id, seq, text in cursor.fetchall():
                known[board_id, change_id] = _Known(seq, text)
    return known


def _insert(lines: _Lines) -> None:
    """Add the rows.

    Raises:
        IntegrityError: one of the change ids is there already.
    """
    if connection.vendor == "postgresql":
        with connection.wrap_database_errors, _server_cursor() as cursor:
            with cursor.copy(_COPY) as copy:
                copy.set_types(_TYPES)
                for line in lines:
                    copy.write_row(line)
        return
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, lines)


def _raise_heads(heads_now: dict[str, int]) -> None:
    changed_at = timezone.now()
    if connection.vendor == "postgresql":
        with connection.wrap_database_errors, _server_cursor() as cursor:
            cursor.execute(
                "UPDATE boards_board AS board SET head = raised.head, changed_at = %s"
                " FROM unnest(%b::text[], %b::bigint[]) AS raised (id, head)"
                " WHERE board.id = raised.id",
                [changed_at, list(heads_now), list(heads_now.values())],
            )
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE boards_board SET head = %s, changed_at = %s WHERE id = %s",
            [(head, changed_at, id_) for id_, head in heads_now.items()],
        )


def _server_cursor() -> "psycopg.Cursor[Any]":
    """A cursor that hands values over apart from the SQL, in binary where it is told.

    Django's own writes them into the SQL, in Python, escaping each.
    """
    return psycopg.Cursor(connection.connection)
