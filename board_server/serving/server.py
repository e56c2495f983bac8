"""Daphne with a frame writer and a frame reader in each socket's scope.

The application finds them as `scope["extensions"][FRAME_WRITER]["write"]` and
`[FRAME_READER]["start"]`; under a plain `daphne` they are not there, and the
application sends and receives by ASGI as ever. Started by `manage.py serve`.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

from autobahn.websocket import protocol as autobahn_protocol
from daphne.server import Server
from twisted.web import http

from board_server.serving import deflate
from board_server.serving.garbage import collect_by_the_clock
from board_server.serving.reader import FrameReader
from board_server.serving.workers import Adopted
from board_server.serving.writer import FrameWriter
from boards.sync.framing import FRAME_READER, FRAME_WRITER

# For its debug log, autobahn formats all its options at each connection, whether that
# is read or not: half a millisecond of what admitting somebody costs.
_autobahn: Any = autobahn_protocol
_autobahn.pformat = type

SWITCH_S = 0.0005  # Python's 5 ms let the journal's thread hold up what is live
CLOSE_WITHIN_S = 5.0  # autobahn's 1 s cut the slow off before they read why they go
PARENT_LOOK_S = 2.0  # how soon a worker ends whose parent was killed
_NO_ENDPOINT = "a socket that listens"  # Daphne insists on one


class BoardServer(Server):  # type: ignore[misc] # has no types
    """See the module.

    Args:
        application: what is served; ASGI.
        endpoints: Twisted's descriptions of where to listen.
        adopts: a socket that listens already, instead of endpoints. It is another
            process's, and the server stops in order when that one is gone.
    """

    def __init__(
        self,
        application: Any,
        *,
        endpoints: Sequence[str] = (),
        adopts: Adopted | None = None,
        **options: Any,
    ) -> None:
        super().__init__(application, list(endpoints) or [_NO_ENDPOINT], **options)
        self._adopts = adopts
        if adopts is not None:
            self.endpoints = list(endpoints)
        self.ready_callable = self._prepare

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Begin to serve a request or a socket; Daphne calls it."""
        scope["client"] = _connected(protocol, scope)
        if scope["type"] == "websocket":
            scope["extensions"] = {
                FRAME_WRITER: {"write": FrameWriter(protocol).write},
                FRAME_READER: {"start": FrameReader(protocol).start},
            }
            asyncio.get_running_loop().call_soon(_forget_request, protocol)
        return super().create_application(protocol, scope)

    def _prepare(self) -> None:
        """Called before the reactor runs, with the factories made."""
        # Daphne has chosen it by now; importing it earlier would choose another.
        from twisted.internet import reactor

        self.http_factory.protocol = _steady_protocol
        self.ws_factory.setProtocolOptions(
            perMessageCompressionAccept=deflate.accept,
            closeHandshakeTimeout=CLOSE_WITHIN_S,
        )
        collect_by_the_clock(reactor)
        sys.setswitchinterval(SWITCH_S)
        if self._adopts is not None:
            self._adopt(self._adopts, reactor)

    def _adopt(self, adopted: Adopted, clock: Any) -> None:
        """Listen on the parent's socket."""
        listening, parent = adopted
        listening.setblocking(False)  # the reactor accepts until nobody waits
        clock.adoptStreamPort(listening.fileno(), listening.family, self.http_factory)
        listening.close()  # the reactor has its own: closing that one is closing
        clock.callLater(PARENT_LOOK_S, self._look_for, parent, clock)

    def _look_for(self, parent: int, clock: Any) -> None:
        if os.getppid() == parent:
            clock.callLater(PARENT_LOOK_S, self._look_for, parent, clock)
        else:
            os.kill(os.getpid(), signal.SIGTERM)


def _steady_protocol() -> Any:
    """What Twisted makes for each connection, around our channel instead of its own."""
    # Imported with the reactor chosen, as above.
    from board_server.serving.steady import SteadyChannel

    channel: Any = SteadyChannel
    return http._GenericHTTPChannelProtocol(channel())


def _connected(protocol: Any, scope: dict[str, Any]) -> Any:
    """Who connected: a proxy, where there is one.

    Daphne would believe the first address in `X-Forwarded-For`, which the caller wrote.
    Who is behind our own proxies is said by `boards.addresses`, which counts them.
    """
    peer = getattr(protocol, "client", None) or protocol.transport.getPeer()
    host, port = getattr(peer, "host", None), getattr(peer, "port", None)
    return [str(host), port] if host is not None else scope.get("client")


def _forget_request(socket_protocol: Any) -> None:
    """Let go of the HTTP request that has become a socket.

    Twisted's channel stays the transport's producer and keeps it as long as the socket
    lives, with headers and body. It is handled by now: Daphne upgrades in one turn.
    """
    channel = getattr(socket_protocol.transport, "producer", None)
    if isinstance(channel, http.HTTPChannel):
        channel.requests.clear()
