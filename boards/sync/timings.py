"""What the journal counts: how long changes waited, transactions and folds took."""

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from boards.sync.clock import Clock
from boards.sync.counts import Counts, Histogram
from boards.sync.refusals import Refused
from boards.sync.store import Committed, Proposal

log = logging.getLogger(__name__)

SLOW_S = 1.0  # a transaction that is worth a line in the log
NAMED = 5  # changes of it that the line names

_T = TypeVar("_T")


class Timings:
    """Counts for one journal, by its clock."""

    def __init__(self, clock: Clock, counts: Counts) -> None:
        self._clock = clock
        self._counts = counts

    def fold(self, purpose: str, work: Callable[[], _T]) -> Callable[[], _T]:
        """The same work, its seconds counted on the thread that does it."""
        histogram: Histogram = self._counts.fold_s[purpose]

        def timed() -> _T:
            began = self._clock.now()
            try:
                return work()
            finally:
                histogram.add(self._clock.now() - began)

        return timed

    def committed(
        self,
        proposals: Sequence[Proposal],
        results: Sequence[Committed | Refused],
        started_at: float,
    ) -> None:
        """A transaction is over; it is said when it was slow."""
        took_s, counts = self._clock.now() - started_at, self._counts
        counts.commit_s.add(took_s)
        for result in results:
            if isinstance(result, Refused):
                continue
            if result.repeated:
                counts.n_repeats += 1
            else:
                counts.n_entries += 1
        if took_s > SLOW_S:
            extra = {"ms": round(1_000 * took_s), **named(proposals)}
            log.warning("commit slow", extra=extra)

    def answered(self, since: float) -> None:
        """A change that waits since then is committed, or refused."""
        self._counts.wait_s.add(self._clock.now() - since)


def named(proposals: Sequence[Proposal]) -> dict[str, object]:
    """Which changes, for a log line: the first of them by their ids."""
    some = proposals[:NAMED]
    return {
        "n_changes": len(proposals),
        "boards": " ".join(dict.fromkeys(one.board_id for one in some)),
        "changes": " ".join(one.change_id for one in some),
    }
