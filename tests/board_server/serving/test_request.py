"""The HTTP request that became a socket is let go of."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from websockets.asyncio.client import ClientConnection, connect

from tests.support.server import ROOT
from tests.support.waiting import free_port, until_async

SERVER = """
import gc, sys
from board_server.serving.server import BoardServer
from twisted.web.http import Request

async def count(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept"})
    while (await receive())["type"] == "websocket.receive":
        gc.collect()
        n = sum(isinstance(one, Request) for one in gc.get_objects())
        await send({"type": "websocket.send", "text": str(n)})

endpoint = f"tcp:port={sys.argv[1]}:interface=127.0.0.1"
BoardServer(count, endpoints=[endpoint], verbosity=0).run()
"""


@pytest.fixture
def port() -> Iterator[int]:
    """Where a server says how many requests it still holds."""
    port = free_port()
    command = [sys.executable, "-c", SERVER, str(port)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        yield port
        process.kill()


async def opened(port: int) -> ClientConnection | None:
    """A socket, once the server listens."""
    try:
        return await connect(f"ws://127.0.0.1:{port}/")
    except OSError:
        return None


async def test_no_request_is_held_while_its_socket_lives(port: int) -> None:
    """Twisted's channel kept each of them: three of forty kilobytes a socket."""
    sockets: list[ClientConnection] = []

    async def is_open() -> bool:
        socket = await opened(port)
        sockets.extend([socket] if socket else [])
        return bool(sockets)

    await until_async(is_open, what="a socket")
    (socket,) = sockets

    async def is_free() -> bool:
        await socket.send("count")
        return await socket.recv() == "0"

    await until_async(is_free, what="no request held")  # Daphne looks each second
    await socket.close()
