"""The SQL of the journal: blocking, on whatever thread `journal` runs it.

Nothing else writes entries, heads or snapshots. One commit is one transaction over
many boards: lock their rows in id order (the lock is the order), answer repeated change
ids, number, encode, insert, raise the heads. SQLite and PostgreSQL.
"""

import gzip
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection, transaction
from django.utils import timezone
from msgspec import Raw

from boards.sync.protocol import Author, Entry, encode
from boards.sync.refusals import Code, Refused
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
    """The newest seq of a board, and a mark that differs when its rights changed."""

    seq: int
    rights: str


@dataclass(frozen=True, slots=True)
class StoredSnapshot:
    """A saved fold: gzip of the JSON text, as it is served."""

    seq: int
    body: bytes

    @property
    def etag(self) -> str:
        """A strong validator: the fold up to a seq never changes (J2, D1)."""
        return f'"{self.seq}-{len(self.body):x}"'


@dataclass(slots=True)
class _Line:
    """A new row of the journal."""

    board_id: str
    seq: int
    change_id: str
    at: int
    text: str


def commit(proposals: Sequence[Proposal]) -> list[Committed | Refused]:
    """Commit all proposals in one transaction, in order; one result for each.

    Raises:
        django.db.Error: nothing was committed, or the connection died in the commit:
            then the same change ids find out which.
    """
    with transaction.atomic(durable=True):
        heads = _lock_heads({proposal.board_id for proposal in proposals})
        known = _known(proposals)
        lines: list[_Line] = []
        results: list[Committed | Refused] = []
        at = time.time_ns() // 1_000_000
        for proposal in proposals:
            head = heads.get(proposal.board_id)
            key = (proposal.board_id, proposal.change_id)
            if head is None:
                results.append(Refused(Code.GONE, "This board was deleted."))
            elif (earlier := known.get(key)) is not None:
                results.append(Committed(*earlier, repeated=True))
            else:
                line = _number(proposal, head + 1, at)
                heads[proposal.board_id] = line.seq
                known[key] = (line.seq, line.text)
                lines.append(line)
                results.append(Committed(line.seq, line.text, repeated=False))
        if lines:
            _insert(lines)
            _raise_heads({line.board_id: heads[line.board_id] for line in lines})
    return results


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


def heads(board_ids: Iterable[str]) -> dict[str, Head]:
    """The heads of these boards in one query; boards that do not exist are absent."""
    found = {}
    for chunk in _chunks(sorted(board_ids)):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, head, link_role, owner_key_hash, creator, owner_id,"
                f" deleted_at FROM boards_board WHERE id IN ({_marks(chunk)})",
                chunk,
            )
            for id_, head, *rights in cursor.fetchall():
                found[id_] = Head(head, "|".join(map(str, rights)))
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


def pack(text: bytes) -> bytes:
    """Compress a snapshot's text as it is served; the same text, the same bytes."""
    return gzip.compress(text, compresslevel=6, mtime=0)


def unpack(body: bytes) -> bytes:
    """The JSON text of a packed snapshot."""
    return gzip.decompress(body)


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


def _number(proposal: Proposal, seq: int, at: int) -> _Line:
    entry = Entry(seq, proposal.change_id, at, proposal.by, Raw(proposal.ops.encode()))
    return _Line(proposal.board_id, seq, proposal.change_id, at, encode(entry))


def _lock_heads(board_ids: set[str]) -> dict[str, int]:
    locked = {}
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        for chunk in _chunks(sorted(board_ids)):
            cursor.execute(
                f"SELECT id, head FROM boards_board WHERE id IN ({_marks(chunk)})"
                f" AND deleted_at IS NULL ORDER BY id{lock}",
                chunk,
            )
            locked.update(cursor.fetchall())
    return locked


def _known(proposals: Sequence[Proposal]) -> dict[tuple[str, str], tuple[int, str]]:
    """The entries that these change ids already have."""
    pairs = [(proposal.board_id, proposal.change_id) for proposal in proposals]
    known = {}
    with connection.cursor() as cursor:
        for some in _chunks(pairs):
            rows = ",".join(["(%s,%s)"] * len(some))
            cursor.execute(
                "SELECT board_id, change_id, seq, text FROM boards_entry"
                f" WHERE (board_id, change_id) IN (VALUES {rows})",
                [value for pair in some for value in pair],
            )
            for board_id, change_id, seq, text in cursor.fetchall():
                known[board_id, change_id] = (seq, text)
    return known


def _insert(lines: list[_Line]) -> None:
    columns = "INSERT INTO boards_entry (board_id, seq, change_id, at, text) "
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                columns + "SELECT * FROM unnest"
                "(%s::text[], %s::bigint[], %s::text[], %s::bigint[], %s::text[])",
                [
                    [line.board_id for line in lines],
                    [line.seq for line in lines],
                    [line.change_id for line in lines],
                    [line.at for line in lines],
                    [line.text for line in lines],
                ],
            )
        else:
            cursor.executemany(
                columns + "VALUES (%s, %s, %s, %s, %s)",
                [
                    (line.board_id, line.seq, line.change_id, line.at, line.text)
                    for line in lines
                ],
            )


def _raise_heads(heads_now: dict[str, int]) -> None:
    changed_at = timezone.now()
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE boards_board SET head = %s, changed_at = %s WHERE id = %s",
            [(head, changed_at, id_) for id_, head in sorted(heads_now.items())],
        )


def _marks(values: Sequence[object]) -> str:
    return ",".join(["%s"] * len(values))


def _chunks(values: Sequence[_T]) -> Iterable[Sequence[_T]]:
    for start in range(0, len(values), _IN_CHUNK):
        yield values[start : start + _IN_CHUNK]
