"""When boards are folded: so that a tail stays short, and a burst is not held up by it.

A fold costs what the board is large, whatever is new. So it is made when a good part is
new, and once more when the board has become calm. One at a time for each board, in the
background; nobody who draws waits for it, and who joins not for long. Called by the
engine alone.
"""

import asyncio
import logging
from dataclasses import dataclass

from boards.sync.clock import Clock
from boards.sync.counts import Counts
from boards.sync.journal import Batch, Journal
from boards.sync.store import StoredSnapshot

log = logging.getLogger(__name__)

PATIENCE_S = 1.0  # what a fold in the background may take while somebody waits
CALM_S = 5.0  # without a change, a tail that is worth it is folded
TAIL_CHARS = 1536 * 1024  # a longer one is always worth a fold: joiners get it
SMALL_BYTES = 64 * 1024  # a packed snapshot that costs next to nothing
TEXT_PER_BYTE = 3  # about what a packed byte becomes
GOOD_PART = 2  # the tail is a good part from half of the board on
MAX_BOARDS = 10_000  # known at once; of others the next fold comes a little early


@dataclass(slots=True)
class _Known:
    """What is known of a board since it was folded.

    Attributes:
        seq: the newest snapshot's, or where this process began to look.
        n_bytes: the size of that snapshot, packed.
        head: the newest entry.
        n_chars: of the entries since the snapshot.
        is_awaited: a calm moment is waited for.
        looked_at: the head when that was last looked at.
    """

    seq: int
    n_bytes: int = 0
    head: int = 0
    n_chars: int = 0
    is_awaited: bool = False
    looked_at: int = 0


class Folds:
    """See the module.

    Args:
        every: entries; a shorter tail is not folded.
        counts: where failures are counted.
    """

    def __init__(
        self, *, journal: Journal, clock: Clock, every: int, counts: Counts
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._every = every
        self._counts = counts
        self._known: dict[str, _Known] = {}
        self._saving: dict[str, asyncio.Task[StoredSnapshot]] = {}
        self._awaited: dict[str, asyncio.Task[StoredSnapshot]] = {}
        self._waiting_for_calm: asyncio.Task[None] | None = None
        self._is_finished = False

    def grown(self, batch: Batch) -> None:
        """Take note of a commit, and fold if it is time."""
        if self._is_finished:
            return
        known = self._known.get(batch.board_id)
        if known is None:
            # Another process may have folded: it counts from a round number on.
            known = _Known((batch.first - 1) // self._every * self._every)
            self._known[batch.board_id] = known
            if len(self._known) > MAX_BOARDS:
                del self._known[next(iter(self._known))]
        known.head = batch.first + len(batch.texts) - 1
        known.n_chars += sum(map(len, batch.texts))
        self._consider(batch.board_id, known)

    def save(self, board_id: str, seq: int) -> "asyncio.Task[StoredSnapshot]":
        """Fold and save now; what is being saved already is waited for instead."""
        saving = self._saving.get(board_id)
        if saving is None:
            saving = asyncio.create_task(self._journal.save_snapshot(board_id, seq))
            self._saving[board_id] = saving
            known = self._known.get(board_id)
            n_chars = known.n_chars if known else 0
            saving.add_done_callback(lambda done: self._saved(board_id, n_chars, done))
        return saving

    async def needed(self, board_id: str, seq: int) -> StoredSnapshot:
        """A saved fold for somebody who waits: soon, however busy the machine is.

        What is being saved in the background is taken if it is done in a moment; else
        one is made ahead of all others, which all who wait for this board share. Who
        goes away cancels neither.
        """
        awaited = self._awaited.get(board_id)
        if awaited is None:
            awaited = asyncio.create_task(self._soon(board_id, seq))
            self._awaited[board_id] = awaited
            awaited.add_done_callback(lambda _: self._awaited.pop(board_id))
        return await asyncio.shield(awaited)

    async def _soon(self, board_id: str, seq: int) -> StoredSnapshot:
        if (saving := self._saving.get(board_id)) is not None:
            rest = asyncio.create_task(self._clock.sleep(PATIENCE_S))
            await asyncio.wait((saving, rest), return_when=asyncio.FIRST_COMPLETED)
            rest.cancel()
            if saving.done():
                return saving.result()
        return await self._journal.save_snapshot(board_id, seq, is_awaited=True)

    async def finish(self) -> None:
        """Wait for what is being saved; wait for no calm any more."""
        self._is_finished = True
        if self._waiting_for_calm is not None:
            self._waiting_for_calm.cancel()
            await asyncio.gather(self._waiting_for_calm, return_exceptions=True)
        self._known.clear()
        saving = (*self._saving.values(), *self._awaited.values())
        await asyncio.gather(*saving, return_exceptions=True)

    def _saved(
        self, board_id: str, n_chars: int, done: "asyncio.Task[StoredSnapshot]"
    ) -> None:
        del self._saving[board_id]
        if done.cancelled():
            return
        if (fault := done.exception()) is not None:
            self._counts.n_snapshot_faults += 1
            # Details of a database's fault, on further lines, may hold values.
            said = next(iter(str(fault).splitlines()), "")[:200]
            extra = {"board": board_id, "fault": f"{type(fault).__name__}: {said}"}
            log.warning("snapshot failed", extra=extra)
            return
        known = self._known.get(board_id)
        if known is not None:
            known.seq, known.n_bytes = done.result().seq, len(done.result().body)
            known.n_chars -= n_chars
            self._consider(board_id, known)

    def _consider(self, board_id: str, known: _Known) -> None:
        if board_id in self._saving or known.head - known.seq < self._every:
            return
        good_part = min(known.n_bytes * TEXT_PER_BYTE // GOOD_PART, TAIL_CHARS)
        if known.n_bytes <= SMALL_BYTES or known.n_chars >= good_part:
            self.save(board_id, known.head)
            return
        known.is_awaited = True
        if self._waiting_for_calm is None:
            self._waiting_for_calm = asyncio.create_task(self._wait_for_calm())

    async def _wait_for_calm(self) -> None:
        while awaited := {id_: k for id_, k in self._known.items() if k.is_awaited}:
            await self._clock.sleep(CALM_S)
            for board_id, known in awaited.items():
                is_calm = known.head == known.looked_at
                known.looked_at = known.head
                known.is_awaited = not is_calm
                if is_calm and known.head - known.seq >= self._every:
                    self.save(board_id, known.head)
        self._waiting_for_calm = None
