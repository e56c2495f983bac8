"""The journal: the only writer of entries, with group commit, and the only reader.

Changes queue up while a commit runs; the next commit takes all that waits, many boards
at once. There is no timer: batches grow by themselves under load. Database work runs on
five threads with a connection each, which stay open: one writes, one reads, one answers
what takes longer, one saves snapshots, one those that somebody waits for, so that no
fold delays anybody. Called by the engine alone.

What is committed survives a crash; a database that is away is waited for, and after
`wait_s` the change is refused with `retry`, its id still finding the entry if the last
attempt got through after all (J3).
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.db import connection, connections

from boards.sync import commits, snapshots, store
from boards.sync.clock import Clock
from boards.sync.commit_queue import CommitQueue, Waiting
from boards.sync.counts import Counts
from boards.sync.refusals import Code, Refused
from boards.sync.reversal import Undoing, Whose
from boards.sync.shared_reads import Key, SharedReads
from boards.sync.store import Committed, Head, Proposal, StoredSnapshot
from boards.sync.threads import away, new_thread, with_connection
from boards.sync.timings import Timings, named
from boards.sync.touches import Touches

log = logging.getLogger(__name__)

HANG_S = 2.0  # what a commit may take once it is tried, or a read
RETRY_PAUSE_S = 0.25  # between attempts while the database is away
WATCH_S = 0.25  # how late a commit may be seen to hang

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Batch:
    """What one commit added to one board: contiguous stored entries."""

    board_id: str
    first: int
    texts: list[str]


OnCommit = Callable[[list[Batch]], None]


class Journal(Protocol):
    """What the engine needs of a journal; the tests' fake passes the same suite."""

    def append(self, proposal: Proposal) -> "asyncio.Future[Committed]":
        """Commit a change; to await: its entry, the first one if its id is repeated.

        The place in the order is taken at once. Whoever cancels takes nothing back.

        Raises:
            Refused: `gone`, `busy`, `unavailable`, `going_away` or `fault`; when it is
                called or when it is awaited.
        """

    async def read(
        self, board_id: str, after: int, upto: int, limit_chars: int
    ) -> tuple[list[str], bool]:
        """See `store.read`."""

    async def heads(self, board_ids: Iterable[str]) -> dict[str, Head]:
        """See `store.heads`."""

    async def newest_snapshot(
        self, board_id: str, upto: int | None = None
    ) -> StoredSnapshot | None:
        """See `store.newest_snapshot`."""

    async def newest_snapshot_seq(self, board_id: str) -> int | None:
        """See `store.newest_snapshot_seq`."""

    async def touches(self, board_id: str, element_id: str) -> Touches | None:
        """See `store.touches`."""

    async def reversal(self, board_id: str, whose: Whose) -> Undoing:
        """What undoes all that an author did since then, as of the board's head."""

    async def fold(self, board_id: str, seq: int) -> bytes:
        """The document up to a seq, as the JSON text of a snapshot."""

    async def snapshot_at(self, board_id: str, seq: int) -> StoredSnapshot:
        """The fold up to a seq, packed as it is served; not saved."""

    async def save_snapshot(
        self, board_id: str, seq: int, *, is_awaited: bool = False
    ) -> StoredSnapshot:
        """Fold up to a seq, save it and return it; ahead of others if awaited."""

    async def close(self) -> None:
        """Finish what was accepted, then let go of the database."""


class SqlJournal:
    """The journal in the database that Django is set up with.

    Args:
        clock: for how long a change has waited.
        on_commit: called on the loop after each commit, before the callers learn of it.
        queue_size: changes that may wait; more are refused as `busy`.
        queue_bytes: of memory that they may hold; as above.
        wait_s: how long a change waits for a database that is away.
        counts: where it counts what it does; its queue is a gauge there.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        on_commit: OnCommit,
        queue_size: int,
        queue_bytes: int,
        wait_s: float,
        counts: Counts | None = None,
    ) -> None:
        counts = counts or Counts()
        self._queue = queue = CommitQueue(queue_size, queue_bytes)
        counts.gauges["journal_queue"] = lambda: queue.n_unanswered
        counts.gauges["journal_queue_bytes"] = lambda: queue.n_bytes
        counts.gauges["journal_oldest_s"] = self._oldest_s
        self._timings = Timings(clock, counts)
        self._clock = clock
        self._on_commit = on_commit
        self._wait_s = wait_s
        self._drain: asyncio.Task[None] | None = None
        self._is_closed = False  # nothing more is accepted
        self._is_ended = False  # nothing more is read either
        self._writer = new_thread("journal-write")
        self._reader = new_thread("journal-read")
        self._asked = new_thread("journal-asked")
        self._shared_reads = SharedReads()
        self._folder = new_thread("journal-fold")
        self._awaited = new_thread("journal-awaited")

    def append(self, proposal: Proposal) -> "asyncio.Future[Committed]":
        """See `Journal`."""
        if self._is_closed:
            raise Refused(Code.GOING_AWAY, "The server is restarting.")
        done = self._queue.put(proposal, self._clock.now())
        if self._drain is None:
            self._drain = asyncio.create_task(self._run())
        return done

    async def read(
        self, board_id: str, after: int, upto: int, limit_chars: int
    ) -> tuple[list[str], bool]:
        """See `store.read`."""
        return await self._on(
            self._reader, lambda: store.read(board_id, after, upto, limit_chars)
        )

    async def heads(self, board_ids: Iterable[str]) -> dict[str, Head]:
        """See `store.heads`."""
        wanted = list(board_ids)
        return await self._on(self._reader, lambda: store.heads(wanted))

    async def newest_snapshot(
        self, board_id: str, upto: int | None = None
    ) -> StoredSnapshot | None:
        """See `store.newest_snapshot`."""
        return await self._on(
            self._reader, lambda: store.newest_snapshot(board_id, upto)
        )

    async def newest_snapshot_seq(self, board_id: str) -> int | None:
        """See `store.newest_snapshot_seq`."""
        return await self._on(self._reader, lambda: store.newest_snapshot_seq(board_id))

    async def touches(self, board_id: str, element_id: str) -> Touches | None:
        """See `store.touches`."""
        return await self._ask(board_id, lambda: store.touches(board_id, element_id))

    async def reversal(self, board_id: str, whose: Whose) -> Undoing:
        """See `Journal`."""
        return await self._ask(
            board_id, lambda: snapshots.reversal(board_id, whose).undoing()
        )

    async def fold(self, board_id: str, seq: int) -> bytes:
        """See `Journal`."""
        fold = self._timings.fold("read", lambda: snapshots.fold(board_id, seq).text())
        return await self._ask(board_id, fold, ("read", seq))

    async def snapshot_at(self, board_id: str, seq: int) -> StoredSnapshot:
        """See `Journal`."""
        fold = self._timings.fold("packed", lambda: snapshots.at(board_id, seq))
        return await self._ask(board_id, fold, ("packed", seq))

    async def save_snapshot(
        self, board_id: str, seq: int, *, is_awaited: bool = False
    ) -> StoredSnapshot:
        """See `Journal`."""
        fold = self._timings.fold(
            "saved", lambda: snapshots.save(board_id, seq, is_awaited=is_awaited)
        )
        return await self._on(self._awaited if is_awaited else self._folder, fold)

    async def close(self) -> None:
        """See `Journal`."""
        self._is_closed = True
        if self._drain is not None:
            await self._drain
        if self._is_ended:
            return
        self._is_ended = True
        for thread in (self._writer, *self._others):
            await asyncio.wrap_future(thread.submit(connections.close_all))
            thread.shutdown()

    @property
    def _others(self) -> tuple[ThreadPoolExecutor, ...]:
        return self._reader, self._asked, self._folder, self._awaited

    async def _run(self) -> None:
        """Commit until nothing waits: the one drain of this process."""
        watch = asyncio.create_task(self._watch())
        try:
            while self._queue:
                left = await self._commit(self._queue.take())
                if left:
                    await self._put_back(left)
        finally:
            self._drain = None
            self._queue.put_back(())
            watch.cancel()

    async def _watch(self) -> None:
        """Refuse what waits for a commit that hangs; its id will find the entry.

        One timer for all of them: a timer for each would cost more than the rest.
        """
        longest_s = self._wait_s + HANG_S
        while True:
            now = self._clock.now()
            oldest = self._queue.oldest
            since = oldest.since if oldest else now
            await asyncio.sleep(max(WATCH_S, since + longest_s - now))
            since = self._clock.now() - longest_s
            for waiting in self._queue.overdue(since):
                self._settle(waiting, away())
            for waiting in self._queue.tried:
                if waiting.since <= since:
                    self._settle(waiting, away())

    async def _commit(self, batch: list[Waiting]) -> list[Waiting]:
        """Commit in one transaction; returns what is left because of a database away.

        When one of them cannot be stored the batch is halved until that one is alone.
        """
        proposals = [waiting.proposal for waiting in batch]
        started_at = self._clock.now()
        try:
            results = await self._on(self._writer, lambda: commits.commit(proposals))
        except Refused:
            return batch
        except Exception:
            half = len(batch) // 2
            if half:
                left = await self._commit(batch[:half])
                return left + batch[half:] if left else await self._commit(batch[half:])
            log.exception("commit failed", extra=named(proposals))
            results = [Refused(Code.FAULT, "This change could not be stored.")]
        self._timings.committed(proposals, results, started_at)
        self._on_commit(_batches(proposals, results))
        for waiting, result in zip(batch, results, strict=True):
            self._settle(waiting, result)
        return []

    def _settle(self, waiting: Waiting, result: Committed | Refused) -> None:
        if waiting.done.done():
            return  # the caller went away; the entry is in the journal all the same
        self._timings.answered(waiting.since)
        if isinstance(result, Refused):
            waiting.done.set_exception(result)
        else:
            waiting.done.set_result(result)

    def _oldest_s(self) -> float:
        """For how long the change has waited that came first."""
        oldest = self._queue.oldest
        return self._clock.now() - oldest.since if oldest else 0.0

    async def _put_back(self, left: list[Waiting]) -> None:
        """The database is away: refuse who waited too long, try again with the rest."""
        if connection.vendor == "sqlite":
            # Opened while the disk was read-only, one keeps all of a process so.
            for thread in self._others:
                thread.submit(connections.close_all)
        since = self._clock.now() - self._wait_s
        over, rest = list[Waiting](), list[Waiting]()
        for waiting in left:
            is_over = self._is_closed or waiting.since <= since
            (over if is_over else rest).append(waiting)
        self._queue.put_back(rest)
        for waiting in (*over, *self._queue.overdue(since)):
            self._settle(waiting, away())
        if self._queue:
            await self._clock.sleep(RETRY_PAUSE_S)

    async def _ask(
        self, board_id: str, work: Callable[[], _T], key: Key | None = None
    ) -> _T:
        """`_on` the thread for what takes long; who asks the same shares the answer.

        Raises:
            Refused: `busy`, and what `_on` raises.
        """
        done: _T = await self._shared_reads.ask(
            board_id, lambda: self._on(self._asked, work), key
        )
        return done

    async def _on(self, thread: ThreadPoolExecutor, work: Callable[[], _T]) -> _T:
        """Run database work on one of the threads; a lost connection is made anew.

        Raises:
            Refused: `unavailable` when the database is away, `going_away` when closed.
        """
        if self._is_ended:
            raise Refused(Code.GOING_AWAY, "The server is restarting.")
        # Reads are worth a second try at once; commits are put back and tried again.
        n_retries = 0 if thread is self._writer else 1
        within_s = self._wait_s + HANG_S if thread is self._reader else None
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(within_s):
                return await loop.run_in_executor(
                    thread, with_connection, work, n_retries
                )
        except TimeoutError:  # the database took the question and never answers
            raise away() from None


def _batches(
    proposals: Sequence[Proposal], results: Sequence[Committed | Refused]
) -> list[Batch]:
    batches: dict[str, Batch] = {}
    for proposal, result in zip(proposals, results, strict=True):
        if isinstance(result, Refused) or result.repeated:
            continue
        board_id = proposal.board_id
        batch = batches.setdefault(board_id, Batch(board_id, result.seq, []))
        batch.texts.append(result.text)
    return list(batches.values())
