"""What a browser's trace says: when frames were drawn, how long input took to be seen.

Pure: it takes the trace's events as Chromium writes them and gives milliseconds.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
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
    """From the timestamp of each input event to the frame that shows it.

    Args:
        events: the trace.
        kinds: types as the trace names them, such as `MOUSE_DRAGGED`.
    """
    begun: dict[tuple[int, str], Event] = {}
    found: list[float] = []
    for event in sorted(events, key=_instant):
        if event["name"] != "EventLatency":
            continue
        key = (event["pid"], str(event.get("id2") or event.get("id")))
        if event["ph"] == "b":
            begun[key] = event
        elif (start := begun.pop(key, None)) is not None:
            kind = start["args"].get("event_latency", {}).get("event_type")
            if kind in kinds:
                found.append((event["ts"] - start["ts"]) / _US)
    return found


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
