"""Places to keep journals in, one interface: SQLite and PostgreSQL.

A place is a database; each journal made on it stands for one process. Boards are made
and stored bytes looked at through a plain driver, never through the code under test.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any, Protocol

import psycopg

from boards.sync.clock import Clock, SystemClock
from boards.sync.counts import Counts
from boards.sync.journal import Batch, Journal, SqlJournal
from boards.sync.protocol import Author
from boards.sync.store import Committed, Proposal

WITHIN_S = 60.0  # a loaded machine takes its time; a deadline is no measurement
ADA = Author(session="s-ada", client="c-ada", name="Ada")

_numbers = count(1)
_BOARD = (
    "INSERT INTO boards_board (id, title, link_role, owner_key_hash, creator, head,"
    " created_at, changed_at) VALUES ({0}, {0}, {0}, {0}, {0}, {0}, {0}, {0})"
)
_TEXTS = "SELECT {} FROM boards_entry WHERE board_id = {} ORDER BY seq"


def new_board_id() -> str:
    """A board id that no other call of this process gives."""
    return f"board-{next(_numbers)}"


def set_op(id_: str, **props: Any) -> str:
    """The ops text of a change that sets something."""
    body = ",".join(f'"{name}":{value}' for name, value in props.items())
    return f'[{{"op":"set","id":"{id_}","props":{{{body}}}}}]'


@dataclass
class Process:
    """One process's journal and what it announced."""

    journal: Journal
    announced: list[list[Batch]] = field(default_factory=list)

    async def append(
        self, board_id: str, change_id: str, ops: str = "[]", by: Author = ADA
    ) -> Committed:
        """Append one change; a journal that never answers fails the test."""
        async with asyncio.timeout(WITHIN_S):
            return await self.journal.append(Proposal(board_id, change_id, by, ops))

    def announced_texts(self, board_id: str) -> list[str]:
        """All that was announced of a board, in order."""
        return [
            text
            for batches in self.announced
            for batch in batches
            if batch.board_id == board_id
            for text in batch.texts
        ]


class Place(Protocol):
    """A database, and journals on it."""

    def new_board(self) -> str:
        """A fresh empty board's id."""

    def trash(self, board_id: str) -> None:
        """Put a board in the trash."""

    def texts(self, board_id: str) -> list[bytes]:
        """The stored entries of a board, as bytes, by seq."""

    def journal(
        self,
        *,
        on_commit: Callable[[list[Batch]], None] | None = None,
        queue_size: int = 10_000,
        queue_bytes: int = 1 << 26,
        wait_s: float = 10.0,
        clock: Clock | None = None,
    ) -> Process:
        """A further process on this database."""


class _SqlPlace:
    """What both databases share: one more `SqlJournal` for each process."""

    def journal(
        self,
        *,
        on_commit: Callable[[list[Batch]], None] | None = None,
        queue_size: int = 10_000,
        queue_bytes: int = 1 << 26,
        wait_s: float = 10.0,
        clock: Clock | None = None,
        counts: Counts | None = None,
    ) -> Process:
        """See `Place`."""
        announced: list[list[Batch]] = []
        journal = SqlJournal(
            clock=clock or SystemClock(),
            on_commit=both(announced.append, on_commit),
            queue_size=queue_size,
            queue_bytes=queue_bytes,
            wait_s=wait_s,
            counts=counts,
        )
        return Process(journal, announced)


class SqlitePlace(_SqlPlace):
    """A SQLite file that Django's default connection points at."""

    def __init__(self, url: str) -> None:
        self.path = url.removeprefix("sqlite:///")

    def connect(self) -> sqlite3.Connection:
        """A connection of the test's own, without transactions; close it."""
        return sqlite3.connect(self.path, isolation_level=None, timeout=10)

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """One statement over a connection of its own."""
        connection = self.connect()
        try:
            return connection.execute(statement, values).fetchall()
        finally:
            connection.close()

    def new_board(self) -> str:
        """See `Place`."""
        board_id = new_board_id()
        self.run(_BOARD.format("?"), _row(board_id, datetime.now(UTC).isoformat(" ")))
        return board_id

    def trash(self, board_id: str) -> None:
        """See `Place`."""
        now = datetime.now(UTC).isoformat(" ")
        self.run("UPDATE boards_board SET deleted_at = ? WHERE id = ?", [now, board_id])

    def texts(self, board_id: str) -> list[bytes]:
        """See `Place`."""
        rows = self.run(_TEXTS.format("CAST(text AS BLOB)", "?"), [board_id])
        return [row[0] for row in rows]


class PostgresPlace(_SqlPlace):
    """A PostgreSQL database that Django's default connection points at."""

    def __init__(self, url: str) -> None:
        self.url = url

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """One statement over a connection of its own."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def new_board(self) -> str:
        """See `Place`."""
        board_id = new_board_id()
        self.run(_BOARD.format("%s"), _row(board_id, datetime.now(UTC)))
        return board_id

    def trash(self, board_id: str) -> None:
        """See `Place`."""
        self.run("UPDATE boards_board SET deleted_at = now() WHERE id = %s", [board_id])

    def texts(self, board_id: str) -> list[bytes]:
        """See `Place`."""
        rows = self.run(_TEXTS.format("convert_to(text, 'UTF8')", "%s"), [board_id])
        return [bytes(row[0]) for row in rows]

    def n_transactions(self, board_id: str) -> int:
        """How many transactions wrote the entries of a board."""
        query = "SELECT count(DISTINCT xmin::text) FROM boards_entry WHERE board_id=%s"
        return int(self.run(query, [board_id])[0][0])

    def cut_connections(self) -> None:
        """End every other connection to this database, whatever it is doing."""
        self.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _row(board_id: str, now: object) -> list[object]:
    return [board_id, "", "edit", f"hash-{board_id}", "", 0, now, now]


def both(
    first: Callable[[list[Batch]], None],
    second: Callable[[list[Batch]], None] | None,
) -> Callable[[list[Batch]], None]:
    """One callback that calls two."""

    def call(batches: list[Batch]) -> None:
        first(batches)
        if second is not None:
            second(batches)

    return call
