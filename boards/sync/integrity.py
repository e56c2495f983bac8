"""Whether the journal of a board is whole, and mending what it can be mended from.

The journal is the truth: entries are never touched. What follows from it, the head and
the snapshots, is made again where it is wrong. Where entries are missing, snapshots
above the gap are the last that is left of them, and stay.

Blocking; called by `boards.integrity`, and by restoring before it commits.
"""

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec
from django.db import transaction

from boards.sync import rows, snapshots
from boards.sync.document import Document
from boards.sync.protocol import decode_entry
from boards.sync.rows import EntryRow, SnapshotRow

MAX_FAULTS = 100  # told of one board; a journal that was overwritten has millions
_CHUNK_BYTES = 1024 * 1024
_BEGINNING = re.compile(rb'\{\s*"seq"\s*:\s*(\d{1,19})\s*,')  # of a snapshot's text
_NOT_PACKED = (OSError, EOFError, zlib.error)
_NOT_READ = (msgspec.DecodeError, UnicodeError, RecursionError)


class Flaw(StrEnum):
    """What may be wrong with a board; the closed set that `check_journal` tells."""

    HOLE = "hole"  # a seq, or several, without an entry
    REPEATED_SEQ = "repeated_seq"
    REPEATED_CHANGE = "repeated_change"
    ENTRY_UNREADABLE = "entry_unreadable"
    ENTRY_MISPLACED = "entry_misplaced"  # its text tells other columns
    HEAD_LOW = "head_low"  # nothing can be committed
    HEAD_HIGH = "head_high"  # the newest entries are lost, or it was never so far
    SNAPSHOT_UNREADABLE = "snapshot_unreadable"
    SNAPSHOT_WRONG = "snapshot_wrong"  # not the fold of the journal up to its seq
    SNAPSHOT_UNPROVEN = "snapshot_unproven"  # the journal below it is not whole
    UNREADABLE = "unreadable"  # the database fails at it
    ASSET_MISSING = "asset_missing"
    ASSET_WRONG = "asset_wrong"  # the file is another than its name says


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where, and whether the journal can mend it."""

    flaw: Flaw
    detail: str
    seq: int | None = None
    may_mend: bool = False


@dataclass(slots=True)
class Report:
    """What a check of one board found."""

    board_id: str
    head: int = 0
    n_entries: int = 0
    n_snapshots: int = 0
    n_assets: int = 0
    n_faults: int = 0
    faults: list[Fault] = field(default_factory=list)  # the first `MAX_FAULTS`

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.n_faults == 0

    def add(self, fault: Fault) -> None:
        """Count a fault, and tell it while there are few."""
        self.n_faults += 1
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(fault)


def check(board_id: str, head: int) -> Report:
    """Read the whole journal of a board and prove what is made from it.

    Args:
        board_id: of a board that is there.
        head: what its row says, read in the same transaction.
    """
    report = Report(board_id, head)
    saved = rows.snapshots(board_id)
    report.n_snapshots = len(saved)
    walk = _Walk(report, saved)
    for row in rows.entries(board_id):
        walk.take(row)
    walk.end()
    for change_id, n_rows in rows.repeated_change_ids(board_id, MAX_FAULTS):
        detail = f"{n_rows} entries have the change id {change_id}"
        report.add(Fault(Flaw.REPEATED_CHANGE, detail))
    return report


def mend(report: Report, *, lowers_head: bool) -> None:
    """Mend what a check said can be mended; a check afterwards tells what was.

    Args:
        report: of a check just now.
        lowers_head: whether a head above the newest entry is set down to it, which
            gives up what may have been acknowledged.
    """
    board_id = report.board_id
    wrong = [f.seq for f in report.faults if f.may_mend and f.seq is not None]
    flaws = {fault.flaw for fault in report.faults if fault.may_mend}
    with transaction.atomic(durable=True):
        head = rows.lock(board_id)
        if head is None:
            return  # it was deleted meanwhile
        for seq in wrong:
            rows.drop_snapshot(board_id, seq)
        newest, n_entries = rows.newest_and_count(board_id)
        is_lowered = lowers_head and Flaw.HEAD_HIGH in flaws
        if newest == n_entries and (newest > head or is_lowered):
            rows.set_head(board_id, newest)
            head = newest
    others = report.n_faults - sum(fault.may_mend for fault in report.faults)
    if wrong and not others and 0 < head == newest == n_entries:
        snapshots.save(board_id, head)


class _Walk:
    """One way through the journal, folding as far as it is whole."""

    def __init__(self, report: Report, saved: list[SnapshotRow]) -> None:
        self._report = report
        self._saved = {row.seq: row for row in saved}
        self._document = Document()
        self._last = 0  # seq of the row before
        self._is_whole = True  # up to the row before
        self._n_evidence = 0  # readable snapshots above the newest entry
        self._prove(0)

    def take(self, row: EntryRow) -> None:
        """Look at the next row."""
        self._report.n_entries += 1
        if row.seq == self._last:
            self._broken(Flaw.REPEATED_SEQ, row.seq, "two entries have this seq")
        elif row.seq > self._last + 1:
            self._hole(self._last + 1, row.seq - 1)
        self._last = max(row.seq, self._last)
        fault = _fault_of(row)
        if fault is not None:
            self._broken(fault[0], row.seq, fault[1])
        if self._is_whole:
            try:
                self._document.apply(row.text)
            except _NOT_READ:
                detail = "its ops are no list of ops"
                self._broken(Flaw.ENTRY_UNREADABLE, row.seq, detail)
        self._prove(row.seq)

    def end(self) -> None:
        """After the last row: the snapshots above it, then the head."""
        for seq in sorted(self._saved):
            self._prove(seq, is_above=seq > self._last)
        head, newest = self._report.head, self._last
        if head < newest:
            detail = f"the board says {head}, the newest entry is {newest}"
            may_mend = self._report.n_entries == newest
            self._report.add(Fault(Flaw.HEAD_LOW, detail, may_mend=may_mend))
        elif head > newest:
            self._report.add(self._head_high(head, newest))

    def _head_high(self, head: int, newest: int) -> Fault:
        detail = f"the board says {head}, the newest entry is {newest}"
        if self._n_evidence:
            detail += "; a snapshot shows that there were more"
        may_mend = bool(newest) and not self._n_evidence and self._is_whole
        return Fault(Flaw.HEAD_HIGH, detail, may_mend=may_mend)

    def _hole(self, first: int, last: int) -> None:
        which = f"seq {first}" if first == last else f"seqs {first} to {last}"
        self._broken(Flaw.HOLE, first, f"no entry with {which}")
        for seq in [seq for seq in self._saved if first <= seq <= last]:
            self._prove(seq)

    def _broken(self, flaw: Flaw, seq: int, detail: str) -> None:
        self._report.add(Fault(flaw, detail, seq))
        self._is_whole = False

    def _prove(self, seq: int, *, is_above: bool = False) -> None:
        """Compare the snapshot at a seq, if there is one, with the fold so far."""
        saved = self._saved.pop(seq, None)
        if saved is None:
            return
        body = rows.snapshot_body(self._report.board_id, seq)
        if not _is_readable(body, seq):
            detail = "it cannot be unpacked"
            fault = Fault(Flaw.SNAPSHOT_UNREADABLE, detail, seq, may_mend=True)
            self._report.add(fault)
        elif is_above or not self._is_whole:
            self._n_evidence += is_above
            detail = "the journal below it is not whole; it may hold what was lost"
            self._report.add(Fault(Flaw.SNAPSHOT_UNPROVEN, detail, seq))
        elif not self._equals(saved, body):
            detail = "it is not what the entries up to it make"
            self._report.add(Fault(Flaw.SNAPSHOT_WRONG, detail, seq, may_mend=True))

    def _equals(self, saved: SnapshotRow, body: bytes) -> bool:
        document = self._document
        return saved.n_elements == len(document) and _is_packed_text(
            body, document.text()
        )


def _fault_of(row: EntryRow) -> tuple[Flaw, str] | None:
    """What is wrong with an entry by itself."""
    try:
        row.text.decode()
        entry = decode_entry(row.text)
    except _NOT_READ:
        return Flaw.ENTRY_UNREADABLE, "its text cannot be decoded"
    told = {"seq": entry.seq, "id": entry.id, "at": entry.at}
    stored = {"seq": row.seq, "id": row.change_id, "at": row.at}
    other = [name for name in told if told[name] != stored[name]]
    if other:
        return Flaw.ENTRY_MISPLACED, f"its text tells another {', '.join(other)}"
    return None


def _is_readable(body: bytes, seq: int) -> bool:
    """Whether a snapshot can be unpacked and begins as one with this seq."""
    try:
        pieces = _unpacked(body)
        found = _BEGINNING.match(next(pieces, b""))
        for _ in pieces:
            pass  # the checksum is at the end
    except _NOT_PACKED:
        return False
    return found is not None and int(found[1]) == seq


def _is_packed_text(body: bytes, text: bytes) -> bool:
    """Whether a packed text is this one, or the same value written in another way."""
    at = 0
    for piece in _unpacked(body):
        if text[at : at + len(piece)] != piece:
            return _is_same_value(body, text)
        at += len(piece)
    return at == len(text)


def _is_same_value(body: bytes, text: bytes) -> bool:
    """An older version may have written a fold with other spaces or number forms."""
    most = 2 * len(text) + _CHUNK_BYTES
    with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
        unpacked = file.read(most + 1)
    if len(unpacked) > most:
        return False
    try:
        return bool(msgspec.json.decode(unpacked) == msgspec.json.decode(text))
    except _NOT_READ:
        return False


def _unpacked(body: bytes) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
        while piece := file.read(_CHUNK_BYTES):
            yield piece
