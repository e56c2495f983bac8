"""The connection check over real sockets of a real server."""

import asyncio
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from boards.check.echo import MAX_FRAMES, MAX_TEXT_CHARS
from boards.check.stream import BadPlan, Plan, read_plan
from tests.support.server import Server, running_server
from tests.support.waiting import until

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def server(sqlite_module_url: str) -> Iterator[Server]:
    """One server for all tests here; they leave nothing behind."""
    with running_server({"DATABASE_URL": sqlite_module_url}) as running:
        yield running


def echo(server: Server, **options: Any) -> connect:
    return connect(f"ws://127.0.0.1:{server.port}/ws/check/echo/", **options)


def stream(server: Server, query: str = "") -> connect:
    return connect(f"ws://127.0.0.1:{server.port}/ws/check/stream/{query}")


async def said(socket: ClientConnection) -> dict[str, Any]:
    frame: dict[str, Any] = json.loads(await asyncio.wait_for(socket.recv(), 5))
    return frame


async def closed_with(socket: ClientConnection) -> int:
    with pytest.raises(ConnectionClosed) as caught:
        await asyncio.wait_for(socket.recv(), 5)
    assert caught.value.rcvd is not None
    return caught.value.rcvd.code


def logged(server: Server, message: str) -> list[dict[str, Any]]:
    return [line for line in server.log_lines() if line["message"] == message]


@pytest.mark.parametrize(
    "text", ["hello", '{"a": 1}', "", "</script><b>", "\u0000", "ä€😀", "x" * 100_000]
)
async def test_echo_greets_whatever_text_it_gets(server: Server, text: str) -> None:
    async with echo(server) as socket:
        await socket.send(text)
        frame = await said(socket)

    assert frame["type"] == "greeting"
    assert frame["said"] == text[:MAX_TEXT_CHARS]
    assert frame["n"] == 1


async def test_echo_greets_bytes_too(server: Server) -> None:
    async with echo(server) as socket:
        await socket.send(b"\xff\xfe\x00")
        frame = await said(socket)

    assert (frame["type"], frame["said"]) == ("greeting", None)


async def test_echo_logs_connect_receive_and_disconnect(server: Server) -> None:
    n_before = len(logged(server, "check disconnect"))

    async with echo(server) as socket:
        await socket.send("geheim")
        await said(socket)

    until(lambda: len(logged(server, "check disconnect")) > n_before)
    assert logged(server, "check connect")[-1]["client"] == "127.0.0.1"
    assert logged(server, "check receive")[-1]["n_chars"] == len("geheim")
    assert logged(server, "check disconnect")[-1]["code"] == 1000
    assert "geheim" not in server.log


async def test_echo_closes_who_does_not_stop(server: Server) -> None:
    async with echo(server) as socket:
        for _ in range(MAX_FRAMES + 1):
            await socket.send("x")
        for _ in range(MAX_FRAMES):
            await said(socket)

        assert await closed_with(socket) == 4103


async def test_echo_survives_a_frame_over_the_limit(server: Server) -> None:
    async with echo(server) as socket:
        await socket.send("x" * (1024 * 1024 + 1))
        with pytest.raises(ConnectionClosed):
            await said(socket)

    async with echo(server) as socket:
        await socket.send("again")
        assert (await said(socket))["said"] == "again"


async def test_stream_counts_to_the_end_and_closes(server: Server) -> None:
    async with stream(server, "?count=5&interval=0.01") as socket:
        frames = [await said(socket) for _ in range(5)]
        code = await closed_with(socket)

    assert frames == [{"type": "tick", "n": n, "count": 5} for n in range(1, 6)]
    assert code == 1000


async def test_stream_keeps_its_pace(server: Server) -> None:
    began = time.monotonic()

    async with stream(server, "?count=4&interval=0.2") as socket:
        for _ in range(4):
            await said(socket)

    assert time.monotonic() - began >= 0.6


async def test_stream_is_fifty_a_second_apart_by_default(server: Server) -> None:
    assert read_plan(b"") == Plan(count=50, interval_s=1.0)

    async with stream(server) as socket:
        assert (await said(socket))["count"] == 50


async def test_stream_stops_at_once_when_the_person_leaves(server: Server) -> None:
    n_before = len(logged(server, "check stream ended"))

    async with stream(server, "?count=1000&interval=0.05") as socket:
        await said(socket)

    until(lambda: len(logged(server, "check stream ended")) > n_before, within_s=2)
    assert logged(server, "check stream ended")[-1]["n_sent"] < 100


@pytest.mark.parametrize(
    "query",
    [
        "count=0",
        "count=1001",
        "count=-1",
        "count=1.5",
        "count=x",
        "count=1e9",
        "count=nan",
        "count=inf",
        "interval=0",
        "interval=0.001",
        "interval=11",
        "interval=nan",
        "interval=;drop",
        "count=" + "9" * 300,
        "&".join(f"a{n}=1" for n in range(30)),
    ],
)
def test_stream_refuses_a_plan_out_of_bounds(query: str) -> None:
    with pytest.raises(BadPlan):
        read_plan(query.encode())


async def test_stream_tells_why_it_refuses(server: Server) -> None:
    async with stream(server, "?count=0") as socket:
        frame = await said(socket)
        code = await closed_with(socket)

    assert frame == {
        "type": "refused",
        "detail": "count must be a whole number from 1 to 1000.",
    }
    assert code == 4000


@pytest.mark.parametrize("path", ["ws/check/", "ws/check/nope/", "ws/", "", "check/"])
async def test_socket_to_an_unknown_path_is_refused(server: Server, path: str) -> None:
    with pytest.raises(InvalidStatus) as caught:
        async with connect(f"ws://127.0.0.1:{server.port}/{path}"):
            pass

    assert caught.value.response.status_code == 403


async def test_socket_from_a_foreign_page_is_refused(server: Server) -> None:
    with pytest.raises(InvalidStatus) as caught:
        async with echo(server, origin="https://evil.example"):
            pass

    assert caught.value.response.status_code == 403


async def test_socket_from_our_own_page_is_let_in(server: Server) -> None:
    async with echo(server, origin=server.url) as socket:
        await socket.send("hello")
        assert (await said(socket))["n"] == 1
