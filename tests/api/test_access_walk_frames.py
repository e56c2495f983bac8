"""The access walk over sockets: every frame of the protocol, by every caller.

The frames are those of the union in `protocol`, the fields those of `Live`, so none can
be added without a row in `access_table`. In one process, on the real consumer.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, get_args

import msgspec
import pytest
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.conf import settings

from board_server.origin import OriginCheck
from board_server.visitor import Visitor
from boards import routing
from boards.check import routing as check_routing
from boards.sync import protocol
from tests.api.access_table import CALLERS, FRAMES, LIVE_FIELDS, PUT
from tests.api.callers import Scene, Shown
from tests.support.rest import Rest

WITHIN_S = 15
CLIENT_FRAMES = {each.__struct_config__.tag for each in get_args(protocol.ClientFrame)}
SENT: dict[str, dict[str, Any]] = {
    "submit": {"type": "submit", "id": "walk", "ops": [PUT]},
    "ping": {"type": "ping", "seq": 0},
    "live": {"type": "live", "tool": "pen"},
    "hello": {"type": "hello", "protocol": 1, "client": "again"},
}


class Socket:
    """One socket of a caller: what it was told, and how it was closed."""

    def __init__(self, communicator: WebsocketCommunicator) -> None:
        self._communicator = communicator
        self.frames: list[dict[str, Any]] = []

    async def say(self, frame: dict[str, Any]) -> None:
        """Send a frame."""
        await self._communicator.send_to(json.dumps(frame))

    async def until(self, *kinds: str) -> dict[str, Any]:
        """The next frame of one of these types; `close` with its code."""
        while True:
            output = await self._communicator.receive_output(WITHIN_S)
            if output["type"] == "websocket.close":
                return {"type": "close", "code": output["code"]}
            frame: dict[str, Any] = json.loads(output["text"])
            self.frames.append(frame)
            if frame["type"] in kinds:
                return frame


@asynccontextmanager
async def opened(board_id: str, shown: Shown) -> AsyncIterator[tuple[Socket, str]]:
    """A socket after its hello, and what came of it: the role, or the close code."""
    router = URLRouter(routing.websocket_urlpatterns)
    app = OriginCheck(Visitor(router), hosts=["localhost"], origins=[])
    headers = [(b"host", b"localhost"), (b"origin", b"http://localhost")]
    if shown.cookies:
        headers.append((b"cookie", shown.cookie_header.encode()))
    communicator = WebsocketCommunicator(app, f"/ws/boards/{board_id}/", headers)
    is_open, _ = await communicator.connect(WITHIN_S)
    assert is_open
    socket = Socket(communicator)
    hello = {"type": "hello", "protocol": 1, "client": "walker"}
    await socket.say(hello | ({"token": shown.key} if shown.key else {}))
    first = await socket.until("welcome")
    if first["type"] == "welcome":
        await socket.say(SENT["ping"])
        await socket.until("pong")  # what was on the board came before
    try:
        yield socket, str(first.get("role") or first["code"])
    finally:
        await communicator.disconnect(timeout=WITHIN_S)


async def outcome(socket: Socket, kind: str) -> str:
    """What comes of a frame of this type."""
    await socket.say(SENT[kind])
    if kind == "live":
        await socket.say(SENT["ping"])
    answer = await socket.until("entries", "reject", "pong")
    return str(answer.get("code") or answer["type"])


def cells(rows: dict[str, list[str]]) -> list[str]:
    """The rows as they stand in the table."""
    return [
        f"{name:<10}" + " ".join(f"{c:<9}" for c in row) for name, row in rows.items()
    ]


def parsed(text: str) -> list[str]:
    """The rows of a table, spaced as `cells` spaces them."""
    words = [line.split() for line in text.strip().splitlines()]
    return cells({name: row for name, *row in words})


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    """Boards and callers."""
    return Scene()


async def walked(rest: Rest, scene: Scene, kind: str) -> list[str]:
    """What each caller gets for a frame; `hello` is answered by their role."""
    row = []
    for who in CALLERS:
        board = await scene.board(who)
        async with opened(board.pk, scene.shown(who)) as (socket, entered):
            if kind == "hello" or entered.isdigit():
                row.append(entered)
                told = {frame["type"] for frame in socket.frames}
                assert not entered.isdigit() or told <= {"notice"}, told
            else:
                row.append(await outcome(socket, kind))
    return row


async def test_A1_A2_every_frame_gives_every_caller_what_the_table_says(
    rest: Rest, scene: Scene
) -> None:
    found = {kind: await walked(rest, scene, kind) for kind in sorted(CLIENT_FRAMES)}

    assert cells(found) == parsed(FRAMES)


@pytest.mark.parametrize("who", ["viewer", "editor"])
async def test_A2_a_live_field_is_shown_to_others_as_the_table_says(
    rest: Rest, scene: Scene, who: str
) -> None:
    assert list(LIVE_FIELDS) == [f.name for f in msgspec.structs.fields(protocol.Live)]
    board = await scene.board(who)
    owner = Shown(key=scene.key_of(board.pk))

    async with opened(board.pk, owner) as (watching, _):
        async with opened(board.pk, scene.shown(who)) as (socket, _):
            for name, (value, _who) in LIVE_FIELDS.items():
                if name == "extend":
                    continue  # it continues a draft, which is walked
                await socket.say({"type": "live", name: value})
            await socket.say({"type": "live", "chat": "that is all"})
            seen: set[str] = set()
            is_over = False
            while not is_over:
                told = await watching.until("live", "peers")
                for doing in (told.get("peers") or {}).values():
                    seen |= doing.keys()
                    is_over |= doing.get("chat") == "that is all"

    may = {name for name, (_value, least) in LIVE_FIELDS.items() if least == "view"}
    if who == "editor":
        may = set(LIVE_FIELDS)
    assert seen == may - {"extend"}


def test_no_socket_is_left_out() -> None:
    board, checks = routing.websocket_urlpatterns, check_routing.websocket_urlpatterns

    assert [str(one.pattern) for one in board] == ["ws/boards/<str:board_id>/"]
    # They show nothing of any board.
    assert {str(one.pattern) for one in checks} == {
        "ws/check/echo/",
        "ws/check/stream/",
    }
    assert settings.ASGI_APPLICATION == "board_server.asgi.application"
