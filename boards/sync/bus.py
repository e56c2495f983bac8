"""The bus: what processes tell each other about their open rooms, over a channel layer.

The only module that touches the layer. One channel a process, one group a room; local
sessions are never group members. A channel layer delivers at most once, in any order:
whatever is lost here is healed from the journal (entries), by the next announcement
(presence) or by the rights poll. Publishing never fails and never waits: it goes
through a bounded queue whose oldest publications are dropped.

Memory, core Redis and pub/sub Redis layers, single or sharded, all serve.
"""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextvars import Context
from typing import Any, Protocol

import msgspec
from channels.layers import BaseChannelLayer, InMemoryChannelLayer

from boards.sync.clock import Clock
from boards.sync.counts import Counts
from boards.sync.presence import Delta
from boards.sync.protocol import Peer

log = logging.getLogger(__name__)

QUEUE_SIZE = 5_000  # a second or two of a busy process
QUEUE_CHARS = 32 * 1024 * 1024  # so that a layer that is away cannot eat the memory
AT_ONCE = 1_000  # publications in one sending: what is lost when it fails
AT_ONCE_CHARS = 1024 * 1024
SEND_WITHIN_S = 5.0  # a layer that hangs longer than this has lost the publication
OPEN_WITHIN_S = 2.0  # somebody waits for the board to open; polling heals the rest
STOP_WITHIN_S = 1.0  # for what is still queued when the process ends
PAUSE_S = 0.5  # between attempts while the layer is away


class Lines(msgspec.Struct, tag_field="of", tag="entries"):
    """Contiguous stored entries of a board, from `first` on."""

    board: str
    process: str
    first: int
    entries: list[msgspec.Raw]


class Moves(msgspec.Struct, tag_field="of", tag="moves"):
    """What changed among the peers of a process.

    `number` grows with each of them, `after` is that of the board's last one; both are
    0 from processes of a version that did not count.
    """

    board: str
    process: str
    delta: Delta
    number: int = 0
    after: int = 0


class Announcement(msgspec.Struct, tag_field="of", tag="announcement"):
    """All peers of a process on a board; with `ask`, please announce yours too.

    `number` is that of the last `Moves` that is in it. A `brief` one names no peers: it
    says that the process is there and how far its moves went. Who is in `lacks` please
    announces all: something of it was lost here.
    """

    board: str
    process: str
    peers: list[Peer]
    ask: bool = False
    number: int = 0
    brief: bool = False
    lacks: list[str] = []


class Rights(msgspec.Struct, tag_field="of", tag="rights"):
    """The rights of a board changed: look again."""

    board: str
    process: str


Publication = Lines | Moves | Announcement | Rights

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Publication] = msgspec.json.Decoder(Publication)

OnPublication = Callable[[Publication], None]
_Message = dict[str, str]
_SendMany = Callable[[Sequence[tuple[str, _Message]]], Awaitable[None]]


class Bus(Protocol):
    """What the engine needs of a bus; every kind of layer passes the same suite."""

    def listen(self, hear: OnPublication) -> None:
        """Name the one who hears what other processes, and this one, publish."""

    async def open(self, board_id: str) -> bool:
        """Hear about this board from now on; may be called again after a loss.

        Returns:
            False when the layer is away: the room is healed by polling meanwhile.
        """

    async def close(self, board_id: str) -> None:
        """Hear no more about this board."""

    def publish(self, publication: Publication) -> None:
        """Tell all processes that have the board open.

        This one may be told, too; its own moves it is spared where that can be.
        """

    def take_loss(self) -> bool:
        """Whether the layer failed since the last call, so rooms should open again."""

    async def stop(self) -> None:
        """End the bus's tasks; what is queued gets a moment to go out."""


class LayerBus:
    """The bus over a Django Channels layer.

    A layer that has `group_send_all` is given all that waits at once: where each
    message costs a round trip, a busy process falls behind what its boards tell.

    Args:
        layer: any channel layer with groups.
        clock: for pauses while the layer is away.
        counts: where it counts what failed; its queue is a gauge there.
    """

    def __init__(
        self, layer: BaseChannelLayer, clock: Clock, counts: Counts | None = None
    ) -> None:
        self._counts = counts or Counts()
        self._counts.gauges["bus_queue"] = lambda: len(self._queue)
        self._layer: Any = layer
        self._clock = clock
        self._hear: OnPublication = lambda publication: None
        self._channel: str | None = None
        self._opening = asyncio.Lock()
        sends_all = hasattr(type(layer), "group_send_all")
        self._send_many: _SendMany | None = (
            self._layer.group_send_all if sends_all else None
        )
        self._queue: deque[tuple[str, _Message]] = deque()
        self._queued_chars = 0
        self._is_queued = asyncio.Event()
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        self._tasks: list[asyncio.Task[None]] = []
        self._is_lost = False
        self._is_stopping = False

    def listen(self, hear: OnPublication) -> None:
        """See `Bus`."""
        self._hear = hear

    def take_loss(self) -> bool:
        """See `Bus`."""
        was_lost, self._is_lost = self._is_lost, False
        return was_lost

    async def open(self, board_id: str) -> bool:
        """See `Bus`."""
        try:
            async with asyncio.timeout(OPEN_WITHIN_S):
                async with self._opening:
                    if self._channel is None:
                        self._channel = await self._layer.new_channel()
                        self._start(self._channel)
                # Not one after the other: the last of hundreds would wait too long.
                await self._layer.group_add(_group(board_id), self._channel)
        except Exception as fault:  # noqa: BLE001 - each layer has errors of its own
            self._lost("open", fault)
            return False
        return True

    async def close(self, board_id: str) -> None:
        """See `Bus`."""
        if self._channel is None:
            return
        try:
            async with asyncio.timeout(SEND_WITHIN_S):
                await self._layer.group_discard(_group(board_id), self._channel)
        except Exception as fault:  # noqa: BLE001 - each layer has errors of its own
            self._lost("close", fault)

    def publish(self, publication: Publication) -> None:
        """See `Bus`."""
        group = _group(publication.board)
        if self._is_alone_in(group):
            asyncio.get_running_loop().call_soon(self._tell, publication)
            return
        body = _encoder.encode(publication).decode()
        message = {"type": "bus", "body": body}
        if isinstance(publication, Moves) and self._channel is not None:
            message["from"] = self._channel
        self._queue.append((group, message))
        self._queued_chars += len(body)
        while len(self._queue) > QUEUE_SIZE or self._queued_chars > QUEUE_CHARS:
            self._take_oldest()
            self._counts.n_bus_dropped += 1
        self._is_queued.set()
        self._is_idle.clear()
        if not self._tasks:
            self._run(self._send_all())

    def _is_alone_in(self, group: str) -> bool:
        """Whether nobody else can hear it: the layer is our process's own memory.

        That layer looks through all its groups for each message, so on a server with a
        thousand boards each change would cost all of them.
        """
        if not isinstance(self._layer, InMemoryChannelLayer) or self._queue:
            return False
        return self._channel is not None and list(
            self._layer.groups.get(group, ())
        ) == [self._channel]

    async def stop(self) -> None:
        """See `Bus`."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_WITHIN_S):
                await self._is_idle.wait()
        self._is_stopping = True
        for task in self._tasks:
            task.cancel()
        if self._tasks:  # a layer may swallow the cancellation, or hang in its cleaning
            await asyncio.wait(self._tasks, timeout=STOP_WITHIN_S)
        self._tasks.clear()

    def _lost(self, doing: str, fault: Exception) -> None:
        self._is_lost = True
        self._counts.bus_faults[doing] += 1
        extra = {"doing": doing, "fault": type(fault).__name__}
        log.warning("bus failed", extra=extra)

    def _start(self, channel: str) -> None:
        if not self._tasks:
            self._run(self._send_all())
        self._run(self._receive_all(channel))

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        """Go on with it for all, not in the context of whoever came first."""
        self._tasks.append(asyncio.create_task(work, context=Context()))

    async def _send_all(self) -> None:
        while not self._is_stopping:
            await self._is_queued.wait()
            self._is_queued.clear()
            while self._queue:
                await self._send(self._take_some())
            self._is_idle.set()

    def _take_some(self) -> list[tuple[str, _Message]]:
        """The oldest of what waits, as much as may go out together."""
        taken = [self._take_oldest()]
        until = self._queued_chars - AT_ONCE_CHARS
        n_most = AT_ONCE if self._send_many else 1
        while self._queue and len(taken) < n_most and self._queued_chars > until:
            taken.append(self._take_oldest())
        return taken

    def _take_oldest(self) -> tuple[str, _Message]:
        group, message = self._queue.popleft()
        self._queued_chars -= len(message["body"])
        return group, message

    async def _send(self, messages: Sequence[tuple[str, _Message]]) -> None:
        try:
            async with asyncio.timeout(SEND_WITHIN_S):
                if self._send_many is not None:
                    await self._send_many(messages)
                else:
                    for group, message in messages:
                        await self._layer.group_send(group, message)
        except Exception as fault:  # noqa: BLE001 - each layer has errors of its own
            self._lost("publish", fault)
            await self._clock.sleep(PAUSE_S)

    async def _receive_all(self, channel: str) -> None:
        while not self._is_stopping:
            try:
                message = await self._layer.receive(channel)
                if message.get("from") == channel:
                    continue  # decoding a crowd's moves is dear, and these are ours
                publication = _decoder.decode(message["body"])
            except (msgspec.MsgspecError, KeyError, TypeError):
                log.warning("bus received something else")
            except Exception as fault:  # noqa: BLE001 - each layer has errors of its own
                self._lost("receive", fault)
                await self._clock.sleep(PAUSE_S)
            else:
                self._tell(publication)

    def _tell(self, publication: Publication) -> None:
        """Pass on; a fault over one publication must not end the bus."""
        try:
            self._hear(publication)
        except Exception:
            log.exception("bus hearing failed", extra={"board": publication.board})


def _group(board_id: str) -> str:
    return f"board.{board_id}"
