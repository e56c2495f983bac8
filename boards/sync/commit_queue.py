"""What waits for a commit, bounded in number and in bytes, and what one commit takes.

While the database is slow or away changes pile up here; beyond the bounds more are
refused as `busy`, and their clients send them again. What is being committed counts in
bytes as well until its commit is over, for so long it is held. It decides no fate: the
journal, which alone calls it, answers who waits.
"""

import asyncio
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from sys import getsizeof

from boards.sync.refusals import Code, Refused
from boards.sync.store import Committed, Proposal

MAX_BATCH = 2_000  # keeps one transaction well under a second
# The same for large ones; the rows of a transaction are held once more beside them.
MAX_BATCH_BYTES = 16 * 1024 * 1024


@dataclass(slots=True)
class Waiting:
    """A change, since when it waits, its answer, and the memory that it holds."""

    proposal: Proposal
    since: float
    done: "asyncio.Future[Committed]"
    n_bytes: int


class CommitQueue:
    """See the module.

    Args:
        most: changes that may wait.
        most_bytes: of memory that changes may hold. One alone may always wait, or it
            could never be saved.

    Attributes:
        tried: what is being committed.
    """

    def __init__(self, most: int, most_bytes: int) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._waiting: deque[Waiting] = deque()
        self._n_bytes = 0  # of what waits
        self.tried: Sequence[Waiting] = ()
        self._n_tried_bytes = 0

    def __len__(self) -> int:
        """How many wait, without what is being committed."""
        return len(self._waiting)

    @property
    def n_bytes(self) -> int:
        """The memory that is held, of what is being committed, too."""
        return self._n_bytes + self._n_tried_bytes

    @property
    def n_unanswered(self) -> int:
        """How many changes have no answer yet."""
        return len(self) + sum(not waiting.done.done() for waiting in self.tried)

    @property
    def oldest(self) -> Waiting | None:
        """The first change that has no answer yet."""
        for waiting in self.tried:
            if not waiting.done.done():
                return waiting
        return self._waiting[0] if self._waiting else None

    def put(self, proposal: Proposal, since: float) -> "asyncio.Future[Committed]":
        """Take a change in, behind all others; its answer.

        Raises:
            Refused: `busy`.
        """
        n_bytes = getsizeof(proposal.ops)  # one emoji makes four bytes of each letter
        held = self._n_bytes + self._n_tried_bytes
        is_full = held and held + n_bytes > self._most_bytes
        if is_full or len(self._waiting) >= self._most:
            raise Refused(Code.BUSY, "Too many changes wait.", wait_ms=1_000)
        done = asyncio.get_running_loop().create_future()
        self._waiting.append(Waiting(proposal, since, done, n_bytes))
        self._n_bytes += n_bytes
        return done

    def take(self) -> list[Waiting]:
        """What the next commit takes: the first of those that wait."""
        waiting, batch, n_bytes = self._waiting, list[Waiting](), 0
        while waiting and len(batch) < MAX_BATCH:
            n_bytes += waiting[0].n_bytes
            if batch and n_bytes > MAX_BATCH_BYTES:
                n_bytes -= waiting[0].n_bytes
                break
            batch.append(waiting.popleft())
        self.tried, self._n_tried_bytes = batch, n_bytes
        self._n_bytes -= n_bytes
        return batch

    def put_back(self, left: Sequence[Waiting]) -> None:
        """End a try; what is left of it is the first to be taken again."""
        self._waiting.extendleft(reversed(left))
        self._n_bytes += sum(waiting.n_bytes for waiting in left)
        self.tried, self._n_tried_bytes = (), 0

    def overdue(self, before: float) -> Iterator[Waiting]:
        """Give up those that wait since then, or for longer."""
        while self._waiting and self._waiting[0].since <= before:
            first = self._waiting.popleft()
            self._n_bytes -= first.n_bytes
            yield first
