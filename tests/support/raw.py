"""A socket without manners, for hostile input, and boards made by REST to aim it at.

`tests.support.sockets` is the client that behaves; this one sends anything and looks at
each frame and at how the socket ends.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support import plain_http
from tests.support.server import Server

WITHIN_S = 15.0  # a loaded machine takes its time; a deadline is no measurement
HELLO = {"type": "hello", "protocol": 1, "client": "hostile"}

JsonObject = dict[str, Any]


class Site:
    """A running server, seen from outside: boards by REST, and its log."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def call(
        self, method: str, path: str, body: object = None, key: str | None = None
    ) -> httpx.Response:
        """One REST call."""
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return plain_http.request(
            method,
            f"{self.server.url}{path}",
            json=body,
            headers=headers,
            timeout=WITHIN_S,
        )

    def make_board(self, link_role: str = "edit") -> JsonObject:
        """A new board as REST shows it to its owner."""
        answer = self.call("POST", "/api/boards/", {"link_role": link_role})
        assert answer.status_code == 201, answer.text
        board: JsonObject = answer.json()
        return board

    def share(self, board: JsonObject, link_role: str) -> None:
        """Set what the link allows."""
        path, key = f"/api/boards/{board['id']}/", board["owner_key"]
        answer = self.call("PATCH", path, {"link_role": link_role}, key)
        assert answer.status_code == 200, answer.text

    def renew_key(self, board: JsonObject) -> None:
        """Change the owner key; the board is told the new one."""
        path = f"/api/boards/{board['id']}/key/"
        answer = self.call("POST", path, key=board["owner_key"])
        assert answer.status_code == 201, answer.text
        board["owner_key"] = answer.json()["owner_key"]

    def delete(self, board: JsonObject) -> None:
        """Put the board in the trash."""
        path = f"/api/boards/{board['id']}/"
        answer = self.call("DELETE", path, key=board["owner_key"])
        assert answer.status_code == 204, answer.text

    def entries(self, board: JsonObject) -> list[JsonObject]:
        """The journal of a small board."""
        path = f"/api/boards/{board['id']}/entries/?after=0"
        answer = self.call("GET", path, key=board["owner_key"])
        entries: list[JsonObject] = answer.json()["entries"]
        return entries

    def url(self, board: JsonObject) -> str:
        """The address of the board's socket on this server."""
        return self.server.socket_url(board["id"])


class RawSocket:
    """One socket; frames go out as they are and come in as JSON."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.frames: list[JsonObject] = []

    async def say(self, frame: str | bytes | JsonObject) -> None:
        """Send text, bytes, or an object as JSON; a socket that is gone swallows it."""
        sent = json.dumps(frame) if isinstance(frame, dict) else frame
        try:
            await self.socket.send(sent)
        except ConnectionClosed:
            return

    async def submit(self, change_id: str, *ops: JsonObject) -> None:
        """Send a change; without ops, a dot."""
        await self.say({"type": "submit", "id": change_id, "ops": list(ops) or [dot()]})

    async def next(self, *kinds: str) -> JsonObject:
        """The next frame of one of these types, or of any; others are passed over."""
        async with asyncio.timeout(WITHIN_S):
            while True:
                frame: JsonObject = json.loads(await self.socket.recv())
                self.frames.append(frame)
                if not kinds or frame["type"] in kinds:
                    return frame

    async def closed(self) -> int | None:
        """Read until the server closes; the close code."""
        async with asyncio.timeout(WITHIN_S):
            try:
                while True:
                    self.frames.append(json.loads(await self.socket.recv()))
            except ConnectionClosed:
                return self.socket.close_code

    def seen(self, kind: str) -> list[JsonObject]:
        """The frames of a type so far."""
        return [frame for frame in self.frames if frame["type"] == kind]

    async def barrier(self) -> None:
        """Return once the server has taken all that was sent before."""
        await self.say({"type": "ping", "seq": 0})
        await self.next("pong")


def dot(id_: str = "dot") -> JsonObject:
    """An op that draws a dot."""
    element = {"kind": "pen", "id": id_, "x": 0, "y": 0, "points": [0, 0]}
    return {"op": "put", "element": element}


@asynccontextmanager
async def raw(url: str, **options: Any) -> AsyncIterator[RawSocket]:
    """An open socket that said nothing yet."""
    options = {"max_size": None, "proxy": None, "close_timeout": 1} | options
    async with connect(url, **options) as socket:
        yield RawSocket(socket)


@asynccontextmanager
async def entered(url: str, **hello: Any) -> AsyncIterator[RawSocket]:
    """A socket that said hello and was welcomed."""
    async with raw(url) as socket:
        await socket.say(HELLO | hello)
        await socket.next("welcome")
        yield socket
