"""One person's socket to a board: says hello, submits, shows live, comes back.

What was submitted and not acknowledged is sent again after every reconnect, with the
same ids; the server answers a repeated id with its first result. Acknowledged is what
came back as an entry. `writer` uses it; it never decides when something is drawn.
"""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from boards.replay.people import Person
from boards.sync import protocol
from boards.sync.protocol import Entries, Hello, Live, Notice, Ping, Reject, Submit

FIRST_BACKOFF_S = 0.25  # a restarting server is back in a second or two
MAX_BACKOFF_S = 5.0  # a replay is watched: it should go on soon
MAX_FRAME_BYTES = 32 * 1024 * 1024  # a long journal may come in one frame
PING_S = 10.0  # until the welcome says how often the server wants to hear
CONFIRM_CHARS = 128 * 1024  # the server cuts who leaves too much unconfirmed
CLOSE_S = 2.0  # a goodbye that is not answered is given up
LIVE_BACKLOG = 20  # frames; when so much waits, live ones are better dropped
FINAL_CLOSES = range(4000, 4100)  # close codes that tell a client not to come back

_server_frames: msgspec.json.Decoder[protocol.ServerFrame] = msgspec.json.Decoder(
    protocol.ServerFrame
)


class ConnectionEnded(Exception):
    """The server does not want this person back, or nobody is connected any more."""


class ChangeRejected(Exception):
    """A change was refused for good; says the code and the detail."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A change on its way: its frame and who waits for it."""

    text: str
    done: asyncio.Future[int]


class Connection:
    """A socket that reconnects by itself, for one person on one board.

    Args:
        url: of the socket, `ws://…/ws/boards/<id>/`.
        person: whom the others see.
        token: the owner key, for boards that the link alone does not open for drawing.
        on_open: called after each welcome; drafts have to be shown again.
    """

    def __init__(
        self,
        url: str,
        person: Person,
        *,
        token: str | None = None,
        on_open: Callable[[], None] = lambda: None,
    ) -> None:
        self.live_ms = 33
        self.n_welcomes = 0
        self._url = url
        self._person = person
        self._token = token
        self._on_open = on_open
        self._seq: int | None = None
        self._n_frames = 0
        self._n_unconfirmed = 0  # characters
        self._ping_s = PING_S
        self._unacknowledged: dict[str, _Sent] = {}
        self._outgoing: asyncio.Queue[str] | None = None  # of the welcomed socket
        self._socket: ClientConnection | None = None
        self._is_leaving = False
        self._notice = ""  # the last one: has room for why the server closes
        self._ended: ConnectionEnded | None = None
        self._changed = asyncio.Event()  # opened for the first time, or ended

    async def wait_open(self, patience_s: float) -> None:
        """Return once there was a welcome.

        Raises:
            ConnectionEnded: when there will be none, or none came in time.
        """
        try:
            async with asyncio.timeout(patience_s):
                await self._changed.wait()
        except TimeoutError:
            raise ConnectionEnded(f"nobody answers at {self._url}") from None
        if self._ended is not None:
            raise self._ended

    def submit(self, change: Submit) -> asyncio.Future[int]:
        """Send a change now or as soon as there is a socket; gives its seq in time.

        The future raises `ChangeRejected`, or `ConnectionEnded` when nobody will answer
        any more.
        """
        done: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        if self._ended is not None:
            done.set_exception(self._ended)
            return done
        sent = _Sent(protocol.encode(change), done)
        self._unacknowledged[change.id] = sent
        self._send(sent.text)
        return done

    def show(self, live: Live) -> None:
        """Show what this person does right now; lost when the socket is not free."""
        if self._outgoing is not None and self._outgoing.qsize() < LIVE_BACKLOG:
            self._send(protocol.encode(live))

    async def leave(self) -> None:
        """Say goodbye; `run` returns. Frames are still read, so the answer is seen."""
        self._is_leaving = True
        if self._socket is not None:
            await self._socket.close()

    async def run(self) -> None:
        """Stay connected until leaving or sent away; then all futures are settled.

        Raises:
            ConnectionEnded: when the server closed for good.
        """
        ended = ConnectionEnded("the connection was closed")
        try:
            await self._keep_visiting()
        except ConnectionEnded as reason:
            ended = reason
            raise
        finally:
            self._settle(ended)

    async def _keep_visiting(self) -> None:
        backoff_s = FIRST_BACKOFF_S
        while True:
            n_welcomes = self.n_welcomes
            await self._visit()
            if self._is_leaving:
                return
            if self.n_welcomes > n_welcomes:
                backoff_s = FIRST_BACKOFF_S
            jitter = random.uniform(0.5, 1)  # noqa: S311 - spreads, guards nothing
            await asyncio.sleep(backoff_s * jitter)
            backoff_s = min(backoff_s * 2, MAX_BACKOFF_S)

    async def _visit(self) -> None:
        """One socket from handshake to close; returns when coming back makes sense."""
        try:
            async with connect(
                self._url, max_size=MAX_FRAME_BYTES, close_timeout=CLOSE_S
            ) as socket:
                self._socket = socket
                await self._talk(socket)
                if socket.close_code in FINAL_CLOSES:
                    reason = socket.close_reason or self._notice
                    raise ConnectionEnded(f"{socket.close_code} {reason}")
        except InvalidStatus as refused:
            _raise_if_final(refused)
        except (InvalidHandshake, OSError, TimeoutError):
            pass  # nobody there, or not yet: the caller comes back
        except msgspec.MsgspecError as fault:
            raise ConnectionEnded(f"the server does not speak this: {fault}") from None
        finally:
            self._outgoing = None
            self._socket = None

    async def _talk(self, socket: ClientConnection) -> None:
        outgoing: asyncio.Queue[str] = asyncio.Queue()
        sending = asyncio.create_task(self._send_all(socket, outgoing))
        try:
            await socket.send(protocol.encode(self._hello()))
            async for text in socket:
                self._receive(text, outgoing)
        except ConnectionClosed:
            pass  # the close code says what it means
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)

    async def _send_all(
        self, socket: ClientConnection, outgoing: asyncio.Queue[str]
    ) -> None:
        """Send what waits; when nothing does for a while, a ping."""
        while True:
            try:
                text = await asyncio.wait_for(outgoing.get(), self._ping_s)
            except TimeoutError:
                text = self._ping()
            await socket.send(text)

    def _send(self, text: str) -> None:
        if self._outgoing is not None:
            self._outgoing.put_nowait(text)

    def _hello(self) -> Hello:
        return Hello(
            protocol=protocol.PROTOCOL,
            client=self._person.client,
            since=self._seq,
            name=self._person.name,
            color=self._person.color,
            token=self._token,
        )

    def _ping(self) -> str:
        return protocol.encode(Ping(seq=self._seq or 0, received=self._n_frames))

    def _receive(self, text: str | bytes, outgoing: asyncio.Queue[str]) -> None:
        self._n_frames += 1
        match _server_frames.decode(text):
            case protocol.Welcome() as welcome:
                self._open(welcome, outgoing)
            case Entries(entries):
                self._take(entries)
            case Reject() as reject:
                self._reject(reject)
            case protocol.Pace(live_ms):
                self.live_ms = live_ms
            case Notice(role="view" | "none"):
                raise ConnectionEnded("this board may only be looked at now")
            case Notice(detail=detail):
                self._notice = detail
            case _:
                pass  # what the others do
        self._n_unconfirmed += len(text)
        if self._n_unconfirmed > CONFIRM_CHARS:
            self._n_unconfirmed = 0
            self._send(self._ping())

    def _open(self, welcome: protocol.Welcome, outgoing: asyncio.Queue[str]) -> None:
        if welcome.role not in ("edit", "own"):
            raise ConnectionEnded("this board may only be looked at")
        if welcome.snapshot is not None:
            self._seq = welcome.snapshot.seq  # a writer needs no document
        self.live_ms = welcome.live_ms
        self._ping_s = welcome.limits.ping_s or PING_S
        self.n_welcomes += 1
        self._n_frames = 1
        self._outgoing = outgoing
        self._changed.set()
        for sent in self._unacknowledged.values():
            self._send(sent.text)
        self._on_open()

    def _take(self, entries: list[msgspec.Raw]) -> None:
        for raw in entries:
            entry = protocol.decode_entry(bytes(raw))
            self._seq = max(self._seq or 0, entry.seq)
            sent = self._unacknowledged.pop(entry.id, None)
            if sent is not None and not sent.done.done():
                sent.done.set_result(entry.seq)

    def _reject(self, reject: Reject) -> None:
        sent = self._unacknowledged.get(reject.id)
        if sent is None:
            return
        if reject.retry:
            wait_s = (reject.wait_ms or 0) / 1000
            asyncio.get_running_loop().call_later(wait_s, self._resend, reject.id)
            return
        del self._unacknowledged[reject.id]
        if not sent.done.done():
            sent.done.set_exception(ChangeRejected(f"{reject.code}: {reject.detail}"))

    def _resend(self, change_id: str) -> None:
        sent = self._unacknowledged.get(change_id)
        if sent is not None:
            self._send(sent.text)

    def _settle(self, ended: ConnectionEnded) -> None:
        self._ended = ended
        self._changed.set()
        for sent in self._unacknowledged.values():
            if not sent.done.done():
                sent.done.set_exception(ended)
        self._unacknowledged.clear()


def _raise_if_final(refused: InvalidStatus) -> None:
    status = refused.response.status_code
    is_final = 400 <= status < 500 and status != HTTPStatus.TOO_MANY_REQUESTS
    if is_final:
        raise ConnectionEnded(
            f"the server refused the socket (HTTP {status})"
        ) from None
