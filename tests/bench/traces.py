"""What a browser's trace says: when frames were drawn, how long input took to be seen.

Pure: it takes the trace's events as Chromium writes them and gives milliseconds.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from math import inf
from statistics import median, quantiles
from typing import Any

# What has to be recorded for the two functions below.
CATEGORIES = (
    "-*",
    "disabled-by-default-devtools.timeline.frame",
    "cc",
    "benchmark",
    "input",
    "input.scrolling",
)
Event = Mapping[str, Any]  # a line of the trace, as the browser made it
_US = 1_000  # a trace counts microseconds


def frame_gaps_ms(events: Iterable[Event]) -> list[float]:
    """Times between frames that the compositor drew, of its busiest process."""
    drawn: dict[int, list[float]] = {}
    for event in events:
        if event["name"] == "DrawFrame":
            drawn.setdefault(event["pid"], []).append(event["ts"] / _US)
    times = max(map(sorted, drawn.values()), key=len, default=[])
    return [after - before for before, after in itertools.pairwise(times)]


def input_ms(events: Iterable[Event], kinds: Sequence[str]) -> list[float]:
    """From the timestamp of each input event to the presentation of what it changed.

    An event is shown by the first frame that was committed after the page had handled
    it. The browser's own `EventLatency` often ends as soon as the page has handled the
    event: it only goes on to a frame where that event was the one that asked for it.

    Args:
        events: the trace.
        kinds: types as the trace names them, such as `MOUSE_DRAGGED`.
    """
    found = list(_slices(events, {"EventLatency", "PipelineReporter"}))
    frames = sorted(
        (commit.ended, one.pid, one.ended)
        for one in found
        if (commit := one.parts.get("SendBeginMainFrameToCommit")) and one.is_presented
    )
    times: list[float] = []
    for one in found:
        handling = one.parts.get("RendererMainProcessing")
        if one.kind not in kinds or handling is None:
            continue
        shown = (
            ended
            for committed, pid, ended in frames
            if pid == one.pid and committed >= handling.ended
        )
        if (at := next(shown, None)) is not None:
            times.append((at - one.began) / _US)
    return times


@dataclass(slots=True)
class _Part:
    began: float
    ended: float = inf


@dataclass(slots=True)
class _Slice:
    """What lasted for a while, with its named parts; times as in the trace."""

    name: str
    pid: int
    began: float
    kind: str
    is_presented: bool
    ended: float = inf
    parts: dict[str, _Part] = field(default_factory=dict)


def _slices(events: Iterable[Event], names: Set[str]) -> Iterator[_Slice]:
    """Slices of these names, as they end; their parts have the same id."""
    begun: dict[tuple[int, str], _Slice] = {}
    for event in sorted(events, key=_instant):
        if event["ph"] not in ("b", "e"):
            continue
        key = (event["pid"], str(event.get("id2") or event.get("id")))
        name, ts = event["name"], event["ts"]
        one = begun.get(key)
        if event["ph"] == "b":
            if name in names:
                begun[key] = _begin(event)
            elif one is not None:
                one.parts[name] = _Part(ts)
        elif one is not None and name == one.name:
            one.ended = ts
            yield begun.pop(key)
        elif one is not None and name in one.parts:
            one.parts[name].ended = ts


def _begin(event: Event) -> _Slice:
    args = event.get("args", {})
    state = args.get("frame_reporter", {}).get("state", "")
    return _Slice(
        name=event["name"],
        pid=event["pid"],
        began=event["ts"],
        kind=args.get("event_latency", {}).get("event_type", ""),
        is_presented=state.startswith("STATE_PRESENTED"),
    )


def spread(name: str, values: Sequence[float]) -> dict[str, float]:
    """The median and the 95th of a hundred, as figures of this name.

    Raises:
        ValueError: with fewer than two values; nothing was measured.
    """
    if len(values) < 2:
        raise ValueError(f"{name}: the trace has {len(values)} values")
    cuts = quantiles(values, n=20, method="inclusive")
    return {f"{name}: median ms": median(values), f"{name}: 95 % ms": cuts[-1]}


def _instant(event: Event) -> tuple[float, int]:
    """Time, and at one time ends before beginnings: ids are used again."""
    return event.get("ts", 0), 0 if event.get("ph") == "e" else 1
