"""What the benchmark reads out of a browser's trace."""

import pytest

from tests.bench.traces import Event, frame_gaps_ms, input_ms, spread


def _drawn(ts: int, pid: int = 1) -> Event:
    return {"name": "DrawFrame", "ph": "I", "pid": pid, "ts": ts, "args": {}}


def _event(ph: str, ts: int, kind: str = "") -> Event:
    args = {"event_latency": {"event_type": kind}} if kind else {}
    one = {"name": "EventLatency", "ph": ph, "pid": 1, "ts": ts, "args": args}
    return {**one, "id2": {"local": "0x1"}}


def test_gaps_are_those_of_the_busiest_process() -> None:
    events = [_drawn(1_000), _drawn(50_000), _drawn(17_000), _drawn(2_000, pid=2)]

    assert frame_gaps_ms(events) == [16.0, 33.0]


def test_a_trace_without_frames_has_no_gaps() -> None:
    assert frame_gaps_ms([]) == []


def test_input_is_paired_by_id_though_ids_are_used_again() -> None:
    events = [
        _event("b", 1_000, "MOUSE_DRAGGED"),
        _event("b", 9_000, "MOUSE_DRAGGED"),
        _event("e", 9_000),
        _event("e", 14_000),
    ]

    assert input_ms(events, ("MOUSE_DRAGGED",)) == [8.0, 5.0]


def test_input_of_other_kinds_and_half_a_pair_are_left_out() -> None:
    events = [
        _event("e", 500),
        _event("b", 1_000, "MOUSE_PRESSED"),
        _event("e", 2_000),
        _event("b", 3_000, "MOUSE_DRAGGED"),
    ]

    assert input_ms(events, ("MOUSE_DRAGGED",)) == []


def test_a_spread_is_the_median_and_the_95th() -> None:
    figures = spread("frames", [float(n) for n in range(101)])

    assert figures == {"frames: median ms": 50.0, "frames: 95 % ms": 95.0}


def test_nothing_measured_is_a_fault() -> None:
    with pytest.raises(ValueError, match="frames"):
        spread("frames", [16.0])
