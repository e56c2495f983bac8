"""A stop that loses nothing: what happens between SIGTERM and the exit.

Daphne by itself cancels everything at once. Here the signal first closes the listening
ports (a router then sends new people elsewhere), lets the engine finish its commits and
tell its clients `going away`, waits for the answers under way, and only then stops the
reactor. All of it together ends within `BOARD_DRAIN_S`; a second signal ends it now.

Installed by `board_server.asgi` when the server is Daphne; a plain `daphne` command is
enough. Nothing here knows boards or frames.
"""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Any

from twisted.internet.interfaces import IListeningPort

from board_server.traffic import Traffic

logger = logging.getLogger(__name__)

FAREWELL_S = 1.5  # of the drain time: for the last bytes and closing handshakes


class Shutdown:
    """Stops one server in order, once."""

    def __init__(
        self, traffic: Traffic, *, drain: Callable[[], Awaitable[None]], within_s: float
    ) -> None:
        """Prepare to stop what goes through `traffic`; `drain` empties the engine."""
        self._traffic = traffic
        self._drain = drain
        self._within_s = within_s
        self._stopping: asyncio.Task[None] | None = None
        self._reactor: Any = None  # Twisted's reactor is a module with methods

    def install(self) -> None:
        """Take the signals over as soon as the reactor runs."""
        # The reactor is chosen by Daphne before this; importing it earlier would
        # choose another.
        from twisted.internet import reactor

        self._reactor = reactor
        self._reactor.callWhenRunning(self._listen)

    def _listen(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self._reactor.callFromThread(self._begin, signal.Signals(number).name)

    def _begin(self, name: str) -> None:
        if self._stopping is not None:
            logger.warning("stopping at once", extra={"signal": name})
            self._stop_reactor()
            return
        logger.info("stopping", extra={"signal": name})
        self._stopping = asyncio.ensure_future(self._stop())

    async def _stop(self) -> None:
        self._stop_listening()
        try:
            async with asyncio.timeout(self._within_s - FAREWELL_S):
                await self._drain()
        except TimeoutError:
            logger.warning("drain unfinished", extra={"within_s": self._within_s})
        except Exception:  # the outermost edge: whatever it was, the process leaves
            logger.exception("drain failed")
        try:
            async with asyncio.timeout(FAREWELL_S):
                await self._traffic.close_sockets()
                await self._traffic.until_idle()
        except TimeoutError:
            logger.warning("left with calls open")
        self._stop_reactor()

    def _stop_listening(self) -> None:
        for reader in self._reactor.getReaders():
            if IListeningPort.providedBy(reader):
                reader.stopListening()

    def _stop_reactor(self) -> None:
        if self._reactor.running:
            self._reactor.stop()
