"""What one process has done since it began: plain numbers, read when somebody asks.

Counting is adding to an integer, so that it may stand in the hottest places; nothing is
formatted, locked or sent here. Engine, journal, bus and consumers are given one
`Counts`; an adapter outside of `boards` turns it into metrics. Pure.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence

from boards.sync import refusals
from boards.sync.refusals import Code

# Upper bounds, in seconds: from a commit on a quiet laptop to a database that is away.
WAITS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


_DOINGS = ("open", "close", "publish", "receive")
_WAYS = ("socket", "rest")
_CLOSES = (0, *(n for name, n in vars(refusals).items() if name.startswith("CLOSE_")))


class Histogram:
    """How many values lay in which range.

    Attributes:
        bounds: the upper bounds of the ranges, rising; above the last is one more.
        counts: how many values each range has had.
        total: the sum of all values.
    """

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: Sequence[float] = WAITS_S) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def add(self, value: float) -> None:
        """Count one value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


class Counts:
    """See the module.

    Attributes:
        n_entries: changes that were committed.
        n_repeats: changes whose id had an entry already.
        n_healed: entries that a room got from the journal because of a hole.
        n_live: live frames of sessions.
        n_joins: sessions that were admitted.
        n_snapshot_faults: snapshots that could not be saved.
        n_bus_dropped: publications that had no room in the queue.
        bus_faults: what the layer failed at, by what was done.
        refusals: by who was refused (`socket` or `rest`) and code.
        closes: sockets that ended, by close code; 0 where the client went first.
        commit_s: transactions.
        wait_s: from the moment that a change was taken to its commit or refusal.
        fold_s: folds, by what for: `saved`, `packed`, `read`.
        lag_s: how much later than asked for the pacer's rest ended.
        gauges: how things stand, by name; each is called when it is read.
    """

    def __init__(self) -> None:
        self.n_entries = 0
        self.n_repeats = 0
        self.n_healed = 0
        self.n_live = 0
        self.n_joins = 0
        self.n_snapshot_faults = 0
        self.n_bus_dropped = 0
        # What can be counted is there from the start: a first one is a rise from 0.
        self.bus_faults = Counter(dict.fromkeys(_DOINGS, 0))
        self.refusals = Counter({(way, code): 0 for way in _WAYS for code in Code})
        self.closes = Counter(dict.fromkeys(_CLOSES, 0))
        self.commit_s = Histogram()
        self.wait_s = Histogram()
        self.fold_s = {name: Histogram() for name in ("saved", "packed", "read")}
        self.lag_s = Histogram()
        self.gauges: dict[str, Callable[[], float]] = {}

    def refused(self, way: str, code: Code) -> None:
        """Somebody was refused something."""
        self.refusals[way, code] += 1
