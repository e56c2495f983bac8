"""A journal in memory that passes the same contract suite as the real one.

`FakeDatabase` is what all processes share and what survives a crash; each process has a
`FakeJournal` on it. A gate decides when each access is done and when its answer
arrives: the world crashes a process between the two, or loses the answer.
"""

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from sys import getsizeof
from typing import Protocol

from msgspec import Raw

from boards.access import Credentials, Grant, Role
from boards.sync.clock import Clock
from boards.sync.document import Document
from boards.sync.folding import pack, unpack
from boards.sync.journal import Batch, OnCommit
from boards.sync.protocol import Entry, encode
from boards.sync.refusals import Code, Refused
from boards.sync.reversal import Reversal, Undoing, Whose
from boards.sync.store import Committed, Head, Proposal, StoredSnapshot
from boards.sync.touches import Touches, first

OWNER_KEY = "owner"  # every fake board opens with it
RETRY_PAUSE_S = 0.25
KEPT_SNAPSHOTS = 3


class Gate(Protocol):
    """Decides when the fake database is reached and when its answer arrives."""

    async def __call__(self, what: str) -> None:
        """Return when `what` may happen; raise `Refused` when it is cut off."""


async def open_gate(what: str) -> None:
    """Let everything happen at once."""
    await asyncio.sleep(0)


@dataclass(slots=True)
class FakeBoard:
    """One board: its rights, its entries and its snapshots."""

    link_role: str = "edit"
    is_deleted: bool = False
    title: str = ""
    texts: list[str] = field(default_factory=list)
    seqs: dict[str, int] = field(default_factory=dict)
    snapshots: dict[int, StoredSnapshot] = field(default_factory=dict)

    def grant(self, board_id: str, credentials: Credentials) -> Grant:
        """The right that these credentials give, as `access.decide` has it."""
        if self.is_deleted:
            raise Refused(Code.GONE, "This board was deleted.")
        is_owner = credentials.key == OWNER_KEY
        role = Role.OWN if is_owner else Role(self.link_role)
        return Grant(board_id, role, credentials)


class FakeDatabase:
    """What is committed: nothing here is ever lost."""

    def __init__(self) -> None:
        self.boards: dict[str, FakeBoard] = {}
        self.is_away = False
        self.n_commits = 0

    def create_board(self, board_id: str, link_role: str = "edit") -> None:
        """Make an empty board."""
        self.boards[board_id] = FakeBoard(link_role)

    def trash(self, board_id: str) -> None:
        """Delete a board; its entries stay."""
        self.boards[board_id].is_deleted = True

    def texts(self, board_id: str) -> list[str]:
        """The stored entries of a board, by seq."""
        return self.boards[board_id].texts

    def grant_for(self, board_id: str, credentials: Credentials) -> Grant:
        """Like `access.grant_for`."""
        board = self.boards.get(board_id)
        if board is None:
            raise Refused(Code.NOT_FOUND, "There is no such board.")
        return board.grant(board_id, credentials)

    def look_again(self, grants: Iterable[Grant]) -> dict[Grant, Grant | Refused]:
        """Like `access.look_again`."""
        now: dict[Grant, Grant | Refused] = {}
        for grant in grants:
            try:
                fresh = self.grant_for(grant.board_id, grant.credentials)
                fresh.require(Role.VIEW)
                now[grant] = fresh
            except Refused as refusal:
                now[grant] = refusal
        return now

    def commit(
        self, proposals: Sequence[Proposal], at: int
    ) -> list[Committed | Refused]:
        """One transaction, like `commits.commit`."""
        self.n_commits += 1
        return [self._commit_one(proposal, at) for proposal in proposals]

    def _commit_one(self, proposal: Proposal, at: int) -> Committed | Refused:
        board = self.boards.get(proposal.board_id)
        if board is None or board.is_deleted:
            return Refused(Code.GONE, "This board was deleted.")
        if (seq := self.known(board, proposal.change_id)) is not None:
            return Committed(seq, board.texts[seq - 1], repeated=True)
        seq = len(board.texts) + 1
        try:
            ops = Raw(proposal.ops.encode())
            text = encode(Entry(seq, proposal.change_id, at, proposal.by, ops))
        except UnicodeEncodeError:
            return Refused(Code.FAULT, "This change could not be stored.")
        board.texts.append(text)
        board.seqs[proposal.change_id] = seq
        return Committed(seq, text, repeated=False)

    def known(self, board: FakeBoard, change_id: str) -> int | None:
        """The seq that a change id already has."""
        return board.seqs.get(change_id)

    def read(
        self, board_id: str, after: int, upto: int, limit_chars: int
    ) -> tuple[list[str], bool]:
        """Like `store.read`."""
        board = self.boards.get(board_id) or FakeBoard()
        texts: list[str] = []
        n_chars = 0
        for text in board.texts[after : max(after, upto)]:
            n_chars += len(text)
            if texts and n_chars > limit_chars:
                return texts, False
            texts.append(text)
        return texts, True

    def heads(self, board_ids: Iterable[str]) -> dict[str, Head]:
        """Like `store.heads`."""
        return {
            id_: Head(
                len(board.texts),
                f"{board.link_role}|{board.is_deleted}",
                board.title,
            )
            for id_ in board_ids
            if (board := self.boards.get(id_)) is not None
        }

    def touches(self, board_id: str, element_id: str) -> Touches | None:
        """Like `store.touches`."""
        texts = self.texts(board_id)
        made = first(texts, element_id)
        changed = first(reversed(texts), element_id)
        if made is None or changed is None:
            return None
        drawn = first(texts, made[1]) if made[1] is not None else None
        if drawn is None or drawn[0].seq >= made[0].seq:
            return Touches(element_id, made[0], changed[0])
        return Touches(element_id, drawn[0], changed[0], made[1])

    def newest_snapshot(self, board_id: str, upto: int | None) -> StoredSnapshot | None:
        """Like `store.newest_snapshot`."""
        board = self.boards.get(board_id) or FakeBoard()
        seqs = [seq for seq in board.snapshots if upto is None or seq <= upto]
        return board.snapshots[max(seqs)] if seqs else None

    def fold(self, board_id: str, seq: int) -> Document:
        """Like `snapshots.fold`."""
        saved = self.newest_snapshot(board_id, seq)
        document = Document.from_snapshot(unpack(saved.body)) if saved else Document()
        if seq > len(self.texts(board_id)):
            raise Refused(Code.NOT_FOUND, "The board is not that far yet.")
        for text in self.texts(board_id)[document.seq : seq]:
            document.apply(text)
        return document

    def snapshot_at(self, board_id: str, seq: int) -> StoredSnapshot:
        """Like `snapshots.at`."""
        saved = self.boards[board_id].snapshots.get(seq)
        if saved is not None:
            return saved
        document = self.fold(board_id, seq)
        return StoredSnapshot(document.seq, pack(document.text()))

    def save_snapshot(self, board_id: str, seq: int) -> StoredSnapshot:
        """Like `snapshots.save`."""
        snapshot = self.snapshot_at(board_id, seq)
        saved = self.boards[board_id].snapshots
        saved.setdefault(seq, snapshot)
        for old in sorted(saved)[:-KEPT_SNAPSHOTS]:
            del saved[old]
        return snapshot


@dataclass(slots=True)
class _Waiting:
    proposal: Proposal
    since: float
    done: "asyncio.Future[Committed]"


class FakeJournal:
    """One process's journal on a fake database; see `boards.sync.journal.Journal`.

    Attributes:
        lose_answers: that many of the next commits are done, but their answers lost.
    """

    def __init__(
        self,
        database: FakeDatabase,
        *,
        clock: Clock,
        on_commit: OnCommit,
        queue_size: int = 10_000,
        queue_bytes: int = 1 << 26,
        wait_s: float = 10.0,
        gate: Gate = open_gate,
    ) -> None:
        self._database = database
        self._clock = clock
        self._on_commit = on_commit
        self._queue_size = queue_size
        self._queue_bytes = queue_bytes
        self._wait_s = wait_s
        self._gate = gate
        self._waiting: deque[_Waiting] = deque()
        self._drain: asyncio.Task[None] | None = None
        self._is_closed = False
        self.lose_answers = 0

    def append(self, proposal: Proposal) -> "asyncio.Future[Committed]":
        """See `Journal`."""
        if self._is_closed:
            raise _closed()
        held = sum(getsizeof(waiting.proposal.ops) for waiting in self._waiting)
        is_full = held and held + getsizeof(proposal.ops) > self._queue_bytes
        if is_full or len(self._waiting) >= self._queue_size:
            raise Refused(Code.BUSY, "Too many changes wait.", wait_ms=1_000)
        done: asyncio.Future[Committed] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(proposal, self._clock.now(), done))
        if self._drain is None:
            self._drain = asyncio.create_task(self._run())
        return done

    async def read(
        self, board_id: str, after: int, upto: int, limit_chars: int
    ) -> tuple[list[str], bool]:
        """See `Journal`."""
        await self._reach("read")
        result = self._database.read(board_id, after, upto, limit_chars)
        await self._gate("read answer")
        return result

    async def heads(self, board_ids: Iterable[str]) -> dict[str, Head]:
        """See `Journal`."""
        wanted = list(board_ids)
        await self._reach("heads")
        result = self._database.heads(wanted)
        await self._gate("heads answer")
        return result

    async def newest_snapshot(
        self, board_id: str, upto: int | None = None
    ) -> StoredSnapshot | None:
        """See `Journal`."""
        await self._reach("newest_snapshot")
        result = self._database.newest_snapshot(board_id, upto)
        await self._gate("newest_snapshot answer")
        return result

    async def newest_snapshot_seq(self, board_id: str) -> int | None:
        """See `Journal`."""
        newest = await self.newest_snapshot(board_id)
        return newest.seq if newest else None

    async def touches(self, board_id: str, element_id: str) -> Touches | None:
        """See `Journal`."""
        await self._reach("touches")
        return self._database.touches(board_id, element_id)

    async def reversal(self, board_id: str, whose: Whose) -> Undoing:
        """See `Journal`."""
        await self._reach("reversal")
        made = Reversal(Document().text(), whose)
        for text in self._database.texts(board_id):
            made.take(text)
        return made.undoing()

    async def fold(self, board_id: str, seq: int) -> bytes:
        """See `Journal`."""
        await self._reach("fold")
        result = self._database.fold(board_id, seq).text()
        await self._gate("fold answer")
        return result

    async def snapshot_at(self, board_id: str, seq: int) -> StoredSnapshot:
        """See `Journal`."""
        await self._reach("snapshot_at")
        result = self._database.snapshot_at(board_id, seq)
        await self._gate("snapshot_at answer")
        return result

    async def save_snapshot(
        self, board_id: str, seq: int, *, is_awaited: bool = False
    ) -> StoredSnapshot:
        """See `Journal`."""
        await self._reach("save_snapshot")
        result = self._database.save_snapshot(board_id, seq)
        await self._gate("save_snapshot answer")
        return result

    async def close(self) -> None:
        """See `Journal`."""
        self._is_closed = True
        if self._drain is not None:
            await self._drain

    async def _run(self) -> None:
        while self._waiting:
            batch, self._waiting = list(self._waiting), deque()
            await self._commit(batch)
        self._drain = None

    async def _commit(self, batch: list[_Waiting]) -> None:
        proposals = [waiting.proposal for waiting in batch]
        try:
            await self._reach("commit")
            results = self._database.commit(proposals, self._clock.wall_us() // 1_000)
            await self._gate("commit answer")
            if self.lose_answers:
                self.lose_answers -= 1
                raise _away()
        except Refused:
            await self._put_back(batch)
            return
        self._on_commit(batches_of(proposals, results))
        for waiting, result in zip(batch, results, strict=True):
            _settle(waiting, result)

    async def _put_back(self, batch: list[_Waiting]) -> None:
        now = self._clock.now()
        waiting = [*batch, *self._waiting]
        self._waiting.clear()
        for one in waiting:
            if self._is_closed or now - one.since >= self._wait_s:
                _settle(one, _away())
            else:
                self._waiting.append(one)
        if self._waiting:
            await self._clock.sleep(RETRY_PAUSE_S)

    async def _reach(self, what: str) -> None:
        if self._is_closed and what != "commit":
            raise _closed()
        await self._gate(what)
        if self._database.is_away:
            raise _away()


def batches_of(
    proposals: Sequence[Proposal], results: Sequence[Committed | Refused]
) -> list[Batch]:
    """What a commit added, board by board."""
    batches: dict[str, Batch] = {}
    for proposal, result in zip(proposals, results, strict=True):
        if isinstance(result, Committed) and not result.repeated:
            fresh = Batch(proposal.board_id, result.seq, [])
            batches.setdefault(proposal.board_id, fresh).texts.append(result.text)
    return list(batches.values())


def _away() -> Refused:
    return Refused(Code.UNAVAILABLE, "The database is away.", wait_ms=1_000)


def _closed() -> Refused:
    return Refused(Code.GOING_AWAY, "The server is restarting.")


def _settle(waiting: _Waiting, result: Committed | Refused) -> None:
    if waiting.done.done():
        return
    if isinstance(result, Refused):
        waiting.done.set_exception(result)
    else:
        waiting.done.set_result(result)
