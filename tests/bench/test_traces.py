"""What the benchmark reads out of a browser's trace."""

import pytest

from tests.bench.traces import Event, frame_gaps_ms, input_ms, spread


def _drawn(ts: int, pid: int = 1) -> Event:
    return {"name": "DrawFrame", "ph": "I", "pid": pid, "ts": ts, "args": {}}


def _slice(name: str, begun: int, ended: int, **args: object) -> list[Event]:
    """A slice of the trace, or a part of the one that has the same id."""
    ids = {"EventLatency": "0x1", "PipelineReporter": "0x2"}
    one = {"name": name, "pid": 1, "id2": {"local": ids.get(name, "0x1")}}
    return [
        {**one, "ph": "b", "ts": begun, "args": args},
        {**one, "ph": "e", "ts": ended, "args": {}},
    ]


def _input(begun: int, handled: int, kind: str = "MOUSE_DRAGGED") -> list[Event]:
    event = _slice("EventLatency", begun, handled, event_latency={"event_type": kind})
    return [event[0], *_slice("RendererMainProcessing", begun, handled), event[1]]


def _frame(
    committed: int, shown: int, state: str = "STATE_PRESENTED_ALL"
) -> list[Event]:
    frame = _slice(
        "PipelineReporter", committed - 1_000, shown, frame_reporter={"state": state}
    )
    part = _slice("SendBeginMainFrameToCommit", committed - 1_000, committed)
    return [frame[0], *({**one, "id2": {"local": "0x2"}} for one in part), frame[1]]


def test_gaps_are_those_of_the_busiest_process() -> None:
    events = [_drawn(1_000), _drawn(50_000), _drawn(17_000), _drawn(2_000, pid=2)]

    assert frame_gaps_ms(events) == [16.0, 33.0]


def test_a_trace_without_frames_has_no_gaps() -> None:
    assert frame_gaps_ms([]) == []


def test_input_is_shown_by_the_frame_that_was_committed_next() -> None:
    events = [
        *_input(1_000, 3_000),
        *_frame(5_000, 12_000),
        *_input(13_000, 14_000),
        *_frame(17_000, 26_000),
    ]

    assert input_ms(events, ("MOUSE_DRAGGED",)) == [11.0, 13.0]


def test_a_frame_that_was_dropped_shows_nothing() -> None:
    events = [
        *_input(1_000, 3_000),
        *_frame(5_000, 12_000, "STATE_DROPPED"),
        *_frame(21_000, 28_000),
    ]

    assert input_ms(events, ("MOUSE_DRAGGED",)) == [27.0]


def test_input_of_other_kinds_and_half_a_pair_are_left_out() -> None:
    events = [
        _input(100, 500)[-1],
        *_input(1_000, 2_000, "MOUSE_PRESSED"),
        *_input(3_000, 4_000)[:-1],
        *_frame(5_000, 12_000),
    ]

    assert input_ms(events, ("MOUSE_DRAGGED",)) == []


def test_a_spread_is_the_median_and_the_95th() -> None:
    figures = spread("frames", [float(n) for n in range(101)])

    assert figures == {"frames: median ms": 50.0, "frames: 95 % ms": 95.0}


def test_nothing_measured_is_a_fault() -> None:
    with pytest.raises(ValueError, match="frames"):
        spread("frames", [16.0])
