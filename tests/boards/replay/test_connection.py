"""The connection against a scripted server on loopback: every way a socket can go."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

import msgspec
import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from boards.replay.connection import ChangeRejected, Connection, ConnectionEnded
from boards.replay.people import person
from boards.sync import protocol
from boards.sync.elements import Pen
from boards.sync.protocol import Live, Put, Submit

Script = Callable[[ServerConnection], Awaitable[None]]
WELCOME = protocol.Welcome(
    protocol=1,
    session="s",
    role="edit",
    head=0,
    mode="replay",
    peers=[],
    limits=protocol.Limits(),
    live_ms=20,
)


def change(name: str) -> Submit:
    return Submit(id=name, ops=[Put(Pen(id=name, x=0, y=0, points=[0, 0]))])


def entry(seq: int, name: str) -> str:
    by = protocol.Author(session="s", client="c")
    return protocol.encode(protocol.Entry(seq, name, 0, by, msgspec.Raw(b"[]")))


async def heard(socket: ServerConnection, kind: str) -> dict[str, Any]:
    """The next frame of that type."""
    while True:
        frame: dict[str, Any] = msgspec.json.decode(await socket.recv())
        if frame["type"] == kind:
            return frame


async def welcome(socket: ServerConnection, **changes: Any) -> dict[str, Any]:
    hello = await heard(socket, "hello")
    frame = msgspec.structs.replace(WELCOME, **changes)
    await socket.send(protocol.encode(frame))
    return hello


@asynccontextmanager
async def connected(
    *visits: Script, refuse: HTTPStatus | None = None
) -> AsyncIterator[tuple[Connection, asyncio.Task[None]]]:
    """A connection to a server that plays one script for each visit."""
    scripts = iter(visits)

    async def play(socket: ServerConnection) -> None:
        await next(scripts)(socket)

    def answer(socket: ServerConnection, _: Request) -> Response | None:
        return None if refuse is None else socket.respond(refuse, "")

    async with serve(play, "127.0.0.1", 0, process_request=answer) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        connection = Connection(f"ws://127.0.0.1:{port}/", person(0, "run"))
        running = asyncio.create_task(connection.run())
        try:
            async with asyncio.timeout(10):
                yield connection, running
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def test_says_who_it_is() -> None:
    said: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

    async def visit(socket: ServerConnection) -> None:
        said.set_result(await welcome(socket))
        await socket.wait_closed()

    async with connected(visit) as (connection, _):
        await connection.wait_open(5)

    assert (await said)["name"] == "Ada"
    assert (await said)["since"] is None
    assert connection.live_ms == 20


async def test_a_change_is_acknowledged_by_its_entry() -> None:
    async def visit(socket: ServerConnection) -> None:
        await welcome(socket)
        frame = await heard(socket, "submit")
        texts = [entry(1, "somebody-else"), entry(2, frame["id"])]
        await socket.send(protocol.entries_frame(texts))
        await socket.wait_closed()

    async with connected(visit) as (connection, _):
        assert await connection.submit(change("a")) == 2


async def test_C2_after_a_reconnect_pending_changes_are_sent_again() -> None:
    async def first(socket: ServerConnection) -> None:
        await welcome(socket)
        acknowledged = await heard(socket, "submit")
        await socket.send(protocol.entries_frame([entry(1, acknowledged["id"])]))
        await heard(socket, "submit")
        socket.transport.abort()

    async def second(socket: ServerConnection) -> None:
        hello = await welcome(socket)
        assert hello["since"] == 1
        ids = [(await heard(socket, "submit"))["id"] for _ in range(2)]
        texts = [entry(seq, name) for seq, name in enumerate(ids, 2)]
        await socket.send(protocol.entries_frame(texts))
        await socket.wait_closed()

    async with connected(first, second) as (connection, _):
        await connection.submit(change("a"))
        later = [connection.submit(change("b")), connection.submit(change("c"))]

        assert await asyncio.gather(*later) == [2, 3]
        assert connection.n_welcomes == 2


async def test_a_change_to_try_again_is_sent_again_with_the_same_id() -> None:
    async def visit(socket: ServerConnection) -> None:
        await welcome(socket)
        frame = await heard(socket, "submit")
        reject = protocol.Reject(frame["id"], "too_fast", "Wait.", True, wait_ms=5)
        await socket.send(protocol.encode(reject))
        again = await heard(socket, "submit")
        assert again == frame
        await socket.send(protocol.entries_frame([entry(1, again["id"])]))
        await socket.wait_closed()

    async with connected(visit) as (connection, _):
        assert await connection.submit(change("a")) == 1


async def test_a_change_refused_for_good_says_why() -> None:
    async def visit(socket: ServerConnection) -> None:
        await welcome(socket)
        await heard(socket, "submit")
        reject = protocol.Reject("a", "invalid", "Points.", retry=False)
        await socket.send(protocol.encode(reject))
        await socket.wait_closed()

    async with connected(visit) as (connection, _):
        with pytest.raises(ChangeRejected, match="invalid: Points"):
            await connection.submit(change("a"))


async def test_comes_back_after_going_away_but_not_after_a_final_close() -> None:
    async def first(socket: ServerConnection) -> None:
        await welcome(socket)
        await socket.close(4100, "going away")

    async def second(socket: ServerConnection) -> None:
        await welcome(socket)
        await socket.close(4004, "gone")

    async with connected(first, second) as (connection, running):
        with pytest.raises(ConnectionEnded, match="4004 gone"):
            await running

        assert connection.n_welcomes == 2
        with pytest.raises(ConnectionEnded, match="4004 gone"):
            await connection.submit(change("a"))


@pytest.mark.parametrize("role", ["view", "none"])
async def test_who_may_only_look_does_not_stay(role: str) -> None:
    async def visit(socket: ServerConnection) -> None:
        await welcome(socket, role=role)
        await socket.wait_closed()

    async with connected(visit) as (_, running):
        with pytest.raises(ConnectionEnded, match="only be looked at"):
            await running


async def test_a_role_that_is_taken_away_ends_it() -> None:
    async def visit(socket: ServerConnection) -> None:
        await welcome(socket)
        notice = protocol.Notice("forbidden", "Read-only now.", role="view")
        await socket.send(protocol.encode(notice))
        await socket.wait_closed()

    async with connected(visit) as (_, running):
        with pytest.raises(ConnectionEnded, match="only be looked at now"):
            await running


async def test_a_refused_handshake_is_final() -> None:
    async with connected(refuse=HTTPStatus.FORBIDDEN) as (connection, _):
        with pytest.raises(ConnectionEnded, match="HTTP 403"):
            await connection.wait_open(5)


async def test_nobody_there_is_waited_for_only_so_long() -> None:
    async with connected(refuse=HTTPStatus.SERVICE_UNAVAILABLE) as (connection, _):
        with pytest.raises(ConnectionEnded, match="nobody answers"):
            await connection.wait_open(0.05)


async def test_a_server_that_speaks_something_else_ends_it() -> None:
    async def visit(socket: ServerConnection) -> None:
        await heard(socket, "hello")
        await socket.send('{"type":"hello, dear"}')
        await socket.wait_closed()

    async with connected(visit) as (_, running):
        with pytest.raises(ConnectionEnded, match="does not speak this"):
            await running


async def test_a_page_far_behind_goes_on_from_the_snapshot() -> None:
    async def first(socket: ServerConnection) -> None:
        snapshot = protocol.SnapshotRef(url="/x", seq=500)
        await welcome(socket, mode="snapshot", snapshot=snapshot, head=500)
        socket.transport.abort()

    async def second(socket: ServerConnection) -> None:
        hello = await welcome(socket)
        await socket.close(4004, str(hello["since"]))

    async with connected(first, second) as (_, running):
        with pytest.raises(ConnectionEnded, match="4004 500"):
            await running


async def test_live_frames_are_lost_without_a_socket() -> None:
    connection = Connection("ws://127.0.0.1:9/", person(0, "run"))

    connection.show(Live(tool="pen"))

    assert connection.n_welcomes == 0
