"""What the journal reads and its snapshots, in SQL: blocking, on whatever thread.

Nothing but this and `commits` writes entries, heads or snapshots, and `rows` for who
repairs and restores. Called by `journal`, `snapshots` and `commits`. SQLite and
PostgreSQL.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection, transaction
from django.utils import timezone

from boards.sync.protocol import Author
from boards.sync.touches import Touch, Touches, first, needle

_T = TypeVar("_T")

_IN_CHUNK = 500  # SQLite takes 32,766 parameters; older builds 999


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that waits to be committed; `ops` is its JSON text."""

    board_id: str
    change_id: str
    by: Author
    ops: str


@dataclass(frozen=True, slots=True)
class Committed:
    """The entry that a change became; `repeated` when an earlier call made it."""

    seq: int
    text: str
    repeated: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The newest seq of a board, its title, and a mark of its rights.

    The mark differs when the rights changed.
    """

    seq: int
    rights: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class StoredSnapshot:
    """A saved fold: gzip of the JSON text, as it is served."""

    seq: int
    body: bytes

    @property
    def etag(self) -> str:
        """A strong validator: the fold up to a seq never changes (J2, D1)."""
        return f'"{self.seq}-{len(self.body):x}"'


def read(
    board_id: str, after: int, upto: int, limit_chars: int
) -> tuple[list[str], bool]:
    """Stored entries after a seq, contiguous, as many as fit the limit (at least one).

    Returns:
        The texts, and whether that is all up to `upto`.
    """
    texts: list[str] = []
    n_chars = 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT text FROM boards_entry WHERE board_id = %s AND seq > %s"
            " AND seq <= %s ORDER BY seq",
            [board_id, after, upto],
        )
        while rows := cursor.fetchmany(200):
            for (text,) in rows:
                n_chars += len(text)
                if texts and n_chars > limit_chars:
                    return texts, False
                texts.append(text)
    return texts, True


def touches(board_id: str, element_id: str) -> Touches | None:
    """Who made the element and who changed it last; None when it never was."""
    made = _first_touch(board_id, element_id)
    changed = _first_touch(board_id, element_id, newest=True)
    if made is None or changed is None:
        return None
    touch, origin = made
    drawn = _first_touch(board_id, origin) if origin is not None else None
    if drawn is None or drawn[0].seq >= touch.seq:  # it names what never was
        return Touches(element_id, touch, changed[0])
    return Touches(element_id, drawn[0], changed[0], origin)


def first_since(board_id: str, at: int) -> int | None:
    """The seq of the first entry at that time (ms) or later; None when there is none.

    It looks through the board's entries: their times are not indexed.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(seq) FROM boards_entry WHERE board_id = %s AND at >= %s",
            [board_id, at],
        )
        (seq,) = cursor.fetchone()
    return int(seq) if seq is not None else None


def heads(board_ids: Iterable[str]) -> dict[str, Head]:
    """The heads of these boards in one query; boards that do not exist are absent."""
    found = {}
    for chunk in chunks(sorted(board_ids)):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, head, title, link_role, owner_key_hash, creator, owner_id,"
                " rights_no, deleted_at FROM boards_board"
                f" WHERE id IN ({marks(chunk)})",
                chunk,
            )
            for id_, head, title, *rights in cursor.fetchall():
                found[id_] = Head(head, "|".join(map(str, rights)), title)
    return found


def newest_snapshot(board_id: str, upto: int | None = None) -> StoredSnapshot | None:
    """The newest saved snapshot of the board, at most at that seq."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq, body FROM boards_snapshot WHERE board_id = %s AND seq <= %s"
            " ORDER BY seq DESC LIMIT 1",
            [board_id, 2**62 if upto is None else upto],
        )
        row = cursor.fetchone()
    return StoredSnapshot(row[0], bytes(row[1])) if row else None


def newest_snapshot_seq(board_id: str) -> int | None:
    """The seq of the newest saved snapshot of the board, without its body."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(seq) FROM boards_snapshot WHERE board_id = %s", [board_id]
        )
        (seq,) = cursor.fetchone()
    return int(seq) if seq is not None else None


def save_snapshot(
    board_id: str, snapshot: StoredSnapshot, *, n_elements: int, keep: int
) -> None:
    """Save a snapshot if that seq has none yet, and forget all but the newest ones."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO boards_snapshot (board_id, seq, body, n_elements, created_at)"
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [board_id, snapshot.seq, snapshot.body, n_elements, timezone.now()],
        )
        cursor.execute(
            "DELETE FROM boards_snapshot WHERE board_id = %s AND seq NOT IN"
            " (SELECT seq FROM (SELECT seq FROM boards_snapshot WHERE board_id = %s"
            " ORDER BY seq DESC LIMIT %s) AS newest)",
            [board_id, board_id, keep],
        )


def _first_touch(
    board_id: str, element_id: str, *, newest: bool = False
) -> tuple[Touch, str | None] | None:
    """The first entry that touches an element, or the newest, and the origin it puts.

    It reads the board's entries until one is found: nothing is kept by element.
    """
    position = "strpos" if connection.vendor == "postgresql" else "instr"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT text FROM boards_entry WHERE board_id = %s"
            f" AND {position}(text, %s) > 0 ORDER BY seq {'DESC' if newest else 'ASC'}",
            [board_id, needle(element_id)],
        )
        return first((text for (text,) in iter(cursor.fetchone, None)), element_id)


def marks(values: Sequence[object]) -> str:
    """Places for so many values."""
    return ",".join(["%s"] * len(values))


def chunks(values: Sequence[_T]) -> Iterable[Sequence[_T]]:
    """The values in groups that fit one query."""
    for start in range(0, len(values), _IN_CHUNK):
        yield values[start : start + _IN_CHUNK]
