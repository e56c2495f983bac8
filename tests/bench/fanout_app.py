"""Fan-out and nothing else: one room, whose sockets all get one frame a round.

`python -m tests.bench.fanout_app PORT BYTES writer` (or `daphne`: without one). Room,
session and outbox are the real ones; what is left out is what a change costs before it
is there: decoding, rights, the journal. Whoever says a number starts so many rounds of
frames with BYTES.
"""

import asyncio
import sys
from typing import Any

from daphne.server import Server

from board_server.serving.server import BoardServer
from boards.sync.framing import FRAME_WRITER
from boards.sync.protocol import Author, entries_frame
from boards.sync.room import Room
from boards.sync.session import Outbox, Session

UNLIMITED = 1 << 60
NOBODY: Any = None  # no right is asked for here


class Fan:
    """The application: who connects is in the room."""

    def __init__(self, n_bytes: int) -> None:
        self._entry = "x" * (n_bytes - len(entries_frame([""])))
        self._room = Room("bench")
        self._n_joined = 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Serve one socket, or say that we are here; ASGI."""
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200})
            await send({"type": "http.response.body"})
            return
        await receive()
        await send({"type": "websocket.accept"})
        is_awake = asyncio.Event()
        writer = scope.get("extensions", {}).get(FRAME_WRITER, {})
        outbox = Outbox(UNLIMITED, is_awake.set, writer.get("write"))
        self._n_joined += 1
        author = Author(session=f"s{self._n_joined}", client="bench")
        session = Session(author=author, color="", grant=NOBODY, outbox=outbox)
        self._room.admit(session, [])
        reading = asyncio.create_task(self._read(receive))
        while True:
            await is_awake.wait()
            is_awake.clear()
            for text in outbox.take():
                await send({"type": "websocket.send", "text": text})
            if reading.done():
                return

    async def _read(self, receive: Any) -> None:
        while (heard := await receive())["type"] == "websocket.receive":
            for _ in range(int(heard["text"])):
                self._room.offer(self._room.seq + 1, [self._entry])
                await asyncio.sleep(0)  # others have a turn between two flushes


def main() -> None:
    """Serve."""
    endpoint = f"tcp:port={sys.argv[1]}:interface=127.0.0.1"
    kind = {"writer": BoardServer, "daphne": Server}[sys.argv[3]]
    application = Fan(int(sys.argv[2]))
    kind(application, endpoints=[endpoint], verbosity=0, websocket_timeout=-1).run()


if __name__ == "__main__":
    main()
