"""Any frame at all against a live socket: a reject, a close or nothing, never a fault.

Hypothesis makes frames from nonsense and from almost right ones. After each the server
is asked for a sign of life by another socket; its log must hold no traceback and none
of what was sent. Failures are printed with the frame and replayed by Hypothesis.
"""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed

from tests.support.raw import JsonObject, RawSocket, Site, entered, raw

N_EXAMPLES = 60
CLOSES = {1000, 1003, 1006, 1007, 1009, 4000, 4001, 4103}
MARK = "fUzZmArK"  # in every made-up string; never in the log

pytestmark = pytest.mark.faults
FUZZ = settings(
    max_examples=N_EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

text = st.text(max_size=20).map(lambda made: MARK + made)
number = st.one_of(
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0, -1, 1e7, 1e7 + 1, 2**53, 2**63, 10**30, -0.0, 1e308, 5e-324]),
)
leaf = st.one_of(st.none(), st.booleans(), number, text)
word = st.sampled_from(
    "type id ops op element props kind x y w h points pressure time text z fill client"
    " protocol since name color token cursor view selection tool draft extend offset"
    " seq received start end groups frame link"
    " follow editing chat idle react call emoji trail".split()
)
anything = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(word, text), inner, max_size=4),
    ),
    max_leaves=15,
)
kind = st.sampled_from("pen line arrow rect text note frame image".split())
element = st.fixed_dictionaries(
    {"id": st.one_of(st.just("e"), text), "kind": st.one_of(kind, leaf)},
    optional={
        "x": st.one_of(number, anything),
        "y": number,
        "w": number,
        "h": number,
        "points": st.one_of(st.lists(number, max_size=6), anything),
        "pressure": anything,
        "text": st.one_of(text, anything),
        "start": anything,
        "groups": anything,
        "z": st.one_of(text, anything),
    },
)
op = st.one_of(
    st.fixed_dictionaries({"op": st.just("put"), "element": element}),
    st.fixed_dictionaries({"op": st.just("set"), "id": text, "props": anything}),
    st.fixed_dictionaries({"op": st.sampled_from(["del", "eval"]), "id": anything}),
    anything,
)
submit = st.fixed_dictionaries(
    {
        "type": st.just("submit"),
        "id": st.one_of(st.just("fuzz"), anything),
        "ops": st.one_of(st.lists(op, max_size=4), anything),
    }
)
live = st.fixed_dictionaries(
    {"type": st.just("live")},
    optional={
        "cursor": anything,
        "view": anything,
        "selection": anything,
        "tool": anything,
        "draft": st.one_of(st.lists(op, max_size=3), anything),
        "extend": anything,
        "laser": anything,
        "follow": anything,
        "editing": anything,
        "chat": st.one_of(text, anything),
        "idle": anything,
        "react": anything,
        "call": anything,
    },
)
ping = st.fixed_dictionaries({"type": st.just("ping"), "seq": anything})
frame = st.one_of(submit, live, ping, anything).map(json.dumps)
cut = st.tuples(frame, st.integers(0, 80)).map(lambda pair: pair[0][: -1 - pair[1]])
wire = st.one_of(frame, cut, st.text(max_size=200), st.binary(max_size=200))
hello = st.fixed_dictionaries(
    {"type": st.just("hello")},
    optional={
        "protocol": st.one_of(st.just(1), anything),
        "client": st.one_of(st.just("c"), anything),
        "since": anything,
        "name": anything,
        "color": anything,
        "token": anything,
    },
).map(json.dumps)


@pytest.fixture(scope="module")
def board(site: Site) -> JsonObject:
    """A board whose entries do not matter."""
    return site.make_board()


@pytest.fixture
def clean_log(site: Site) -> Iterator[None]:
    """At the end nothing went wrong in the server, and nothing made up was logged."""
    yield
    assert "Traceback" not in site.server.log
    assert MARK not in site.server.log


async def take_up(socket: RawSocket, wire: str | bytes) -> None:
    """Send; the socket then answers a ping, or is closed with a known code."""
    await socket.say(wire)
    try:
        await socket.barrier()
    except ConnectionClosed:
        assert socket.socket.close_code in CLOSES, socket.socket.close_code
    for one in socket.frames:
        assert one["type"] in ("welcome", "entries", "reject", "peers", "pong") or (
            one["type"] in ("live", "notice")
        )
        if one["type"] in ("reject", "notice"):
            assert 0 < len(one["detail"]) <= 300


def run(doing: Any) -> None:
    """Run one example on a loop of its own: Hypothesis knows no async."""
    asyncio.run(doing)


@pytest.mark.usefixtures("clean_log")
@FUZZ
@given(wires=st.lists(wire, min_size=1, max_size=4))
@example(wires=['{"type":"submit","id":"a","ops":[{"op":"del","id":"\\ud800"}]}'])
@example(wires=['{"type":"ping","seq":0,"received":9007199254740991}'])
@example(wires=["\ufeff{}", "[" * 10_000, '{"a":' * 5_000])
def test_any_frame_after_hello(
    site: Site, board: JsonObject, wires: list[str | bytes]
) -> None:
    async def fuzz() -> None:
        async with entered(site.url(board)) as bystander:
            for one in wires:
                async with entered(site.url(board)) as socket:
                    await take_up(socket, one)
            await bystander.barrier()

    run(fuzz())


@pytest.mark.usefixtures("clean_log")
@FUZZ
@given(first=st.one_of(hello, wire))
def test_any_first_frame(site: Site, board: JsonObject, first: str | bytes) -> None:
    async def fuzz() -> None:
        async with raw(site.url(board)) as socket:
            await take_up(socket, first)

    run(fuzz())


@pytest.mark.usefixtures("clean_log")
@FUZZ
@given(wires=st.lists(wire, min_size=5, max_size=40))
def test_a_burst_of_any_frames(
    site: Site, board: JsonObject, wires: list[str | bytes]
) -> None:
    async def fuzz() -> None:
        async with entered(site.url(board)) as socket:
            for one in wires[:-1]:
                await socket.say(one)
            await take_up(socket, wires[-1])

    run(fuzz())


@pytest.mark.usefixtures("clean_log")
def test_after_all_that_the_board_can_be_opened_and_folded(
    site: Site, board: JsonObject
) -> None:
    path = f"/api/boards/{board['id']}/elements/"
    answer = site.call("GET", path)

    assert answer.status_code == 200
    assert answer.json()["seq"] == len(site.entries(board))
