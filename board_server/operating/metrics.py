"""The metrics: every name with its kind and meaning, and their values in this process.

`METRICS` is the one list: the exposition is made by it, and tests hold the table in
`docs/operate.md`, the Grafana board and the alert rules against it. Reading all of it
takes a millisecond or so and happens when somebody scrapes or a report is due.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec
from prometheus_client import ProcessCollector

from board_server.operating.requests import RequestCounts
from boards.sync.counts import Counts, Histogram
from boards.sync.figures import EngineFigures


class Metric(NamedTuple):
    """What a metric is."""

    kind: str  # of Prometheus: counter, gauge or histogram
    help: str


METRICS: Mapping[str, Metric] = {
    "chalkline_process_up": Metric("gauge", "1 for each process that reports."),
    "chalkline_rooms": Metric("gauge", "Open rooms."),
    "chalkline_sessions": Metric("gauge", "Admitted sessions."),
    "chalkline_joins": Metric("counter", "Sessions that were admitted."),
    "chalkline_closes": Metric("counter", "Sockets that ended, by close code."),
    "chalkline_refusals": Metric("counter", "Refusals, by way and code."),
    "chalkline_entries": Metric("counter", "Changes committed."),
    "chalkline_repeats": Metric("counter", "Changes whose id was there already."),
    "chalkline_commit_seconds": Metric("histogram", "Transactions of the journal."),
    "chalkline_change_wait_seconds": Metric(
        "histogram", "From taking a change to its commit or refusal."
    ),
    "chalkline_journal_queue": Metric("gauge", "Changes that wait for a commit."),
    "chalkline_journal_queue_bytes": Metric("gauge", "Memory that they hold."),
    "chalkline_journal_oldest_seconds": Metric(
        "gauge", "How long the first of them has waited."
    ),
    "chalkline_outbox_unread": Metric(
        "gauge", "Characters sent and not confirmed, of all sessions."
    ),
    "chalkline_outbox_unread_most": Metric("gauge", "The same, of the slowest one."),
    "chalkline_live_frames": Metric("counter", "Live frames that came in."),
    "chalkline_pace_seconds": Metric(
        "gauge", "How long clients are asked to wait between live frames."
    ),
    "chalkline_live_share": Metric(
        "gauge", "Live frames that came, of those that are welcome."
    ),
    "chalkline_lag_seconds": Metric("histogram", "How late the pacer's timer was."),
    "chalkline_healed_entries": Metric(
        "counter", "Entries that the bus did not bring."
    ),
    "chalkline_bus_queue": Metric("gauge", "Publications that wait for the layer."),
    "chalkline_bus_dropped": Metric("counter", "Publications that found no room."),
    "chalkline_bus_faults": Metric("counter", "Failures of the layer, by doing."),
    "chalkline_fold_seconds": Metric("histogram", "Folds, by purpose."),
    "chalkline_snapshot_faults": Metric("counter", "Snapshots that were not saved."),
    "chalkline_http_requests": Metric(
        "counter", "Answers, by route, method and status."
    ),
    "chalkline_http_faults": Metric("counter", "Answers 500: bugs of ours."),
    "chalkline_http_request_seconds": Metric("histogram", "Answers, by route."),
    "process_cpu_seconds": Metric("counter", "Processor time."),
    "process_resident_memory_bytes": Metric("gauge", "Memory."),
    "process_virtual_memory_bytes": Metric("gauge", "Address space."),
    "process_open_fds": Metric("gauge", "Open descriptors."),
    "process_max_fds": Metric("gauge", "Descriptors that may be open."),
    "process_start_time_seconds": Metric("gauge", "When the process began."),
}
_GAUGES = {
    "journal_queue": "chalkline_journal_queue",
    "journal_queue_bytes": "chalkline_journal_queue_bytes",
    "journal_oldest_s": "chalkline_journal_oldest_seconds",
    "bus_queue": "chalkline_bus_queue",
}
_process = ProcessCollector(registry=None)


class Sample(msgspec.Struct, array_like=True, frozen=True):
    """One value of a metric.

    Attributes:
        metric: a name of `METRICS`; older and newer processes may know others.
        suffix: what the line's name has behind it, as in `_total` or `_bucket`.
    """

    metric: str
    suffix: str
    labels: dict[str, str]
    value: float


def samples(
    counts: Counts, figures: EngineFigures | None, requests: RequestCounts
) -> list[Sample]:
    """All values of this process, as they are now."""
    return [
        Sample("chalkline_process_up", "", {}, 1),
        *_counted(counts),
        *_standing(counts, figures),
        *_answered(requests),
        *_of_the_system(),
    ]


def _counter(name: str, value: float, **labels: str) -> Sample:
    return Sample(name, "_total", labels, value)


def _histogram(name: str, seen: Histogram, **labels: str) -> Iterator[Sample]:
    n_below = 0
    for bound, n in zip([*map(str, seen.bounds), "+Inf"], seen.counts, strict=True):
        n_below += n
        yield Sample(name, "_bucket", {**labels, "le": bound}, n_below)
    yield Sample(name, "_count", labels, n_below)
    yield Sample(name, "_sum", labels, seen.total)


def _counted(counts: Counts) -> Iterator[Sample]:
    yield _counter("chalkline_joins", counts.n_joins)
    yield _counter("chalkline_entries", counts.n_entries)
    yield _counter("chalkline_repeats", counts.n_repeats)
    yield _counter("chalkline_live_frames", counts.n_live)
    yield _counter("chalkline_healed_entries", counts.n_healed)
    yield _counter("chalkline_bus_dropped", counts.n_bus_dropped)
    yield _counter("chalkline_snapshot_faults", counts.n_snapshot_faults)
    for doing, n in list(counts.bus_faults.items()):
        yield _counter("chalkline_bus_faults", n, doing=doing)
    for close, n in list(counts.closes.items()):
        name = str(close) if close else "client"
        yield _counter("chalkline_closes", n, code=name)
    for (way, code), n in list(counts.refusals.items()):
        yield _counter("chalkline_refusals", n, way=way, code=code.value)
    yield from _histogram("chalkline_commit_seconds", counts.commit_s)
    yield from _histogram("chalkline_change_wait_seconds", counts.wait_s)
    yield from _histogram("chalkline_lag_seconds", counts.lag_s)
    for purpose, seen in counts.fold_s.items():
        yield from _histogram("chalkline_fold_seconds", seen, purpose=purpose)


def _standing(counts: Counts, figures: EngineFigures | None) -> Iterator[Sample]:
    for name, read in list(counts.gauges.items()):
        yield Sample(_GAUGES[name], "", {}, read())
    rooms = figures.rooms if figures else []
    values = {
        "chalkline_rooms": len(rooms),
        "chalkline_sessions": sum(room.n_sessions for room in rooms),
        "chalkline_outbox_unread": sum(room.unread for room in rooms),
        "chalkline_outbox_unread_most": figures.most_unread if figures else 0,
        "chalkline_pace_seconds": figures.pace_ms / 1_000 if figures else 0,
        "chalkline_live_share": figures.share if figures else 0,
    }
    for name, value in values.items():
        yield Sample(name, "", {}, value)


def _answered(requests: RequestCounts) -> Iterator[Sample]:
    yield _counter("chalkline_http_faults", requests.n_faults)
    for (route, method, status), n in list(requests.answers.items()):
        yield _counter(
            "chalkline_http_requests",
            n,
            route=route,
            method=method,
            status=str(status),
        )
    for route, seen in list(requests.seconds.items()):
        yield from _histogram("chalkline_http_request_seconds", seen, route=route)


def _of_the_system() -> Iterator[Sample]:
    """What Linux says of the process; elsewhere nothing."""
    for family in _process.collect():
        for sample in family.samples:
            suffix = sample.name.removeprefix(family.name)
            yield Sample(family.name, suffix, {}, sample.value)
