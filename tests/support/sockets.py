"""A board client over a real WebSocket, with verbs that read as sentences.

    async with joined(server.socket_url(board), name="Ada") as ada:
        entry = await ada.draw()
        await bob.expect_entry(entry.id)

Whatever a test looks at, each client checks R1 all the time: every entry once and in
order, an entry never different from what it was before. It folds what it sees, so
`folded()` can be compared with what the server says. What was submitted and has no
entry yet is sent again with the same id after each reconnect. Every verb has a deadline
and none sleeps.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec

from boards.sync import protocol
from boards.sync.document import Document, Folded
from boards.sync.elements import Pen
from boards.sync.protocol import (
    Entries,
    Entry,
    Hello,
    Live,
    LiveAll,
    Notice,
    Op,
    Peer,
    Peers,
    Pong,
    Put,
    Reject,
    ServerFrame,
    Submit,
    Welcome,
)
from tests.support import plain_http
from tests.support.link import Link, pause
from tests.support.seen import SeenEntries, SeenPeers

WITHIN_S = 15.0  # a loaded machine takes its time; a deadline is no measurement
DOT = [0, 0, 10, 5]  # ink where the test does not care

_frames: msgspec.json.Decoder[ServerFrame] = msgspec.json.Decoder(ServerFrame)
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Who:
    """How a client introduces itself."""

    name: str = ""
    color: str | None = None
    token: str | None = None
    client: str = ""
    headers: tuple[tuple[str, str], ...] = ()  # of the handshake


class BoardClient:
    """One person or program at a board.

    Args:
        url: of the board's socket.
        who: what it says in hello.
        since: where it says it is, None for a new page.
        stays: whether it comes back by itself when the socket is gone.

    Attributes:
        seen: the entries it was sent, and their fold.
        pending: changes without an entry yet, by id, as frames.
        rejects: what was refused, by change id.
        frames: the types of all frames so far, in order.
    """

    def __init__(
        self,
        url: str,
        who: Who,
        *,
        since: int | None = None,
        stays: bool = False,
    ) -> None:
        self.who = who
        self.seen = SeenEntries(since or 0)
        self.pending: dict[str, str] = {}
        self.rejects: dict[str, Reject] = {}
        self.notices: list[Notice] = []
        self.frames: list[str] = []
        self.welcome: Welcome | None = None
        self.n_visits = 0
        self.n_pongs = 0
        self.n_snapshots = 0
        self.close_code: int | None = None
        self.is_connected = False
        self._url = url
        self._since = since
        self._stays = stays
        self._others = SeenPeers()
        self._fault: BaseException | None = None
        self._link = Link(
            url,
            hello=self._hello,
            receive=self._receive,
            seq=lambda: self.seq,
            headers=dict(who.headers),
        )
        self._running: asyncio.Task[None] | None = None
        self._later: set[asyncio.Future[None]] = set()
        self._news = asyncio.Condition()

    @property
    def seq(self) -> int:
        """The last entry that it has applied."""
        return self.seen.seq

    @property
    def moments(self) -> list[str]:
        """The names of the moments of others that it was told."""
        return self._others.moments

    @property
    def peers(self) -> dict[str, Peer]:
        """The others, by session, with what they do right now."""
        return self._others.by_session

    # --- coming and going -------------------------------------------------------

    async def join(self) -> Welcome:
        """Connect, say hello, wait for the welcome; then send again what is pending."""
        n_visits = self.n_visits
        self.close_code = None
        self._running = asyncio.create_task(self._run())
        await self.until(
            lambda: self.n_visits > n_visits or self.close_code is not None,
            "a welcome",
        )
        assert self.welcome is not None, f"closed with {self.close_code}"
        assert self.n_visits > n_visits, f"closed with {self.close_code}"
        return self.welcome

    async def cut(self) -> None:
        """Lose the connection as a dead network does: no close frame."""
        self._link.abort()
        await self.until(lambda: not self.is_connected, "the cut")

    async def leave(self) -> None:
        """Close the socket and stay away."""
        self._stays = False
        await self._link.close()
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    # --- doing ------------------------------------------------------------------

    async def submit(self, *ops: Op, change_id: str | None = None) -> str:
        """Send a change and go on; its id."""
        change = Submit(change_id or f"change-{secrets.token_hex(8)}", list(ops))
        self.pending[change.id] = protocol.encode(change)
        await self._link.send(self.pending[change.id])
        return change.id

    async def draw(self, points: Sequence[int | float] = DOT) -> Entry:
        """Draw a stroke and wait until it is acknowledged; its entry."""
        pen = Pen(id=new_id(), x=0, y=0, points=list(points))
        return await self.expect_entry(await self.submit(Put(pen)))

    async def show(self, live: Live) -> None:
        """Show what I do right now."""
        await self._link.send(protocol.encode(live))

    async def say(self, text: str | bytes) -> None:
        """Send anything at all, as it is."""
        assert self._link.is_up, "there is no socket"
        await self._link.send(text)

    async def ping(self) -> int:
        """Ask for a sign of life and wait for it: a barrier. The number of frames."""
        n_pongs = self.n_pongs
        await self._link.ping()
        await self.until(lambda: self.n_pongs > n_pongs, "a pong")
        return len(self.frames)

    # --- expecting --------------------------------------------------------------

    async def expect_entry(
        self, change_id: str, *, within_s: float = WITHIN_S
    ) -> Entry:
        """Wait for the entry of a change, mine or another's."""
        await self.until(
            lambda: change_id in self.seen.seqs or change_id in self.rejects,
            f"the entry of {change_id}",
            within_s=within_s,
        )
        assert change_id in self.seen.seqs, f"rejected: {self.rejects[change_id]}"
        return protocol.decode_entry(self.seen.texts[self.seen.seqs[change_id]])

    async def expect_seq(self, seq: int, *, within_s: float = WITHIN_S) -> None:
        """Wait until everything up to `seq` is here."""
        await self.until(lambda: self.seq >= seq, f"seq {seq}", within_s=within_s)

    async def expect_reject(self, change_id: str) -> Reject:
        """Wait for a change to be refused."""
        await self.until(
            lambda: change_id in self.rejects or change_id in self.seen.seqs,
            f"a reject of {change_id}",
        )
        assert change_id in self.rejects, f"taken as seq {self.seen.seqs[change_id]}"
        return self.rejects[change_id]

    async def expect_closed(self, code: int | None = None) -> int:
        """Wait for the server to close; the code."""
        await self.until(lambda: self.close_code is not None, f"a close with {code}")
        assert self.close_code is not None
        assert code is None or self.close_code == code, f"closed with {self.close_code}"
        return self.close_code

    async def expect_nothing(self, *kinds: str) -> None:
        """Nothing of these types arrives before the server has answered a ping.

        Without types: no entries, rejects, peers, live frames or notices.
        """
        watched = kinds or ("entries", "reject", "peers", "live", "notice")
        n_before = len(self.frames)
        n_after = await self.ping()
        news = [kind for kind in self.frames[n_before:n_after] if kind in watched]
        assert not news, f"expected nothing, got {news}"

    async def expect_peer(
        self,
        name: str,
        shows: Callable[[Peer], object] = lambda _: True,
        what: str = "there",
    ) -> Peer:
        """Wait until a peer with this name is there and does something."""
        await self.until(
            lambda: any(p.name == name and shows(p) for p in self.peers.values()),
            f"{name} {what}",
        )
        return next(p for p in self.peers.values() if p.name == name and shows(p))

    async def expect_gone(self, name: str) -> None:
        """Wait until no peer has this name."""
        await self.until(
            lambda: all(peer.name != name for peer in self.peers.values()),
            f"{name} gone",
        )

    async def until(
        self, holds: Callable[[], object], what: str, *, within_s: float = WITHIN_S
    ) -> None:
        """Return once `holds()`; looks again after every frame.

        Raises:
            Broken: when the server broke a rule meanwhile.
            AssertionError: after `within_s`.
        """
        try:
            async with asyncio.timeout(within_s), self._news:
                await self._news.wait_for(lambda: self._fault or holds())
        except TimeoutError:
            raise AssertionError(
                f"{self.who.name or self.who.client} waited {within_s} s for {what};"
                f" at seq {self.seq}, {len(self.pending)} pending,"
                f" closed with {self.close_code}, last frames {self.frames[-5:]}"
            ) from None
        self.check()

    def check(self) -> None:
        """Fail when the server ever broke a rule.

        Raises:
            Broken: says the rule.
        """
        if self._fault is not None:
            raise self._fault

    def folded(self) -> Folded:
        """The document as this client has it."""
        self.check()
        return self.seen.document.folded()

    # --- inside -----------------------------------------------------------------

    async def _run(self) -> None:
        """One visit, or many; what goes wrong in it is kept for the test."""
        try:
            await self._visit()
            while self._stays:
                await pause()
                await self._visit()
        except (AssertionError, msgspec.MsgspecError, httpx.HTTPError) as fault:
            self._fault = fault
            await self._tell()

    async def _visit(self) -> None:
        try:
            await self._link.visit()
        finally:
            self.close_code = self._link.close_code
            self.is_connected = False
            await self._tell()

    def _hello(self) -> Hello:
        return Hello(
            protocol=protocol.PROTOCOL,
            client=self.who.client,
            since=self._since if self.n_visits == 0 else self.seq,
            name=self.who.name,
            color=self.who.color,
            token=self.who.token,
        )

    async def _receive(self, text: str) -> None:
        await self._take(_frames.decode(text))
        await self._tell()

    async def _take(self, frame: ServerFrame) -> None:
        self.frames.append(str(frame.__struct_config__.tag))
        match frame:
            case Welcome():
                await self._enter(frame)
            case Entries(entries):
                for raw in entries:
                    entry = self.seen.take(bytes(raw).decode())
                    self.pending.pop(entry.id, None)
            case Reject():
                await self._refuse(frame)
            case Peers():
                self._others.meet(frame)
            case LiveAll(doing):
                for session, change in doing.items():
                    self._others.see(session, change)
            case Notice():
                self.notices.append(frame)
            case Pong():
                self.n_pongs += 1

    async def _enter(self, welcome: Welcome) -> None:
        if welcome.snapshot is not None:
            await self._load(welcome.snapshot)
        self.welcome = welcome
        self._others.start(welcome.session, welcome.peers)
        self.n_visits += 1
        self.close_code = None
        self.is_connected = True
        for change_id, frame in list(self.pending.items()):
            self.seen.sent_again.add(change_id)
            await self._link.send(frame)

    async def _load(self, snapshot: protocol.SnapshotRef) -> None:
        """Start over from a snapshot, as a page does that is far behind."""
        place = urlsplit(self._url)
        scheme = "https" if place.scheme == "wss" else "http"
        headers = (
            {"Authorization": f"Bearer {self.who.token}"} if self.who.token else {}
        )
        async with plain_http.AsyncClient(headers=headers, timeout=WITHIN_S) as http:
            answer = await http.get(urljoin(f"{scheme}://{place.netloc}", snapshot.url))
        answer.raise_for_status()
        self.seen.start(Document.from_snapshot(answer.content), snapshot.seq)
        self.n_snapshots += 1

    async def _refuse(self, reject: Reject) -> None:
        if reject.retry and reject.id in self.pending and self._stays:
            loop = asyncio.get_running_loop()
            wait_s = (reject.wait_ms or 0) / 1000
            loop.call_later(wait_s, self._send_again, reject.id)
            return
        self.rejects[reject.id] = reject
        self.pending.pop(reject.id, None)

    def _send_again(self, change_id: str) -> None:
        if change_id in self.pending and self._link.is_up:
            self.seen.sent_again.add(change_id)
            sending = asyncio.ensure_future(self._link.send(self.pending[change_id]))
            self._later.add(sending)
            sending.add_done_callback(self._later.discard)

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()


def new_id() -> str:
    """An element id that no other call of this process gives."""
    return f"e{next(_numbers)}-{secrets.token_hex(4)}"


@asynccontextmanager
async def joined(
    url: str,
    *,
    name: str = "",
    color: str | None = None,
    token: str | None = None,
    since: int | None = None,
    stays: bool = False,
    client: str = "",
    headers: tuple[tuple[str, str], ...] = (),
) -> AsyncIterator[BoardClient]:
    """A client at a board; at the end it leaves, and must have seen no rule broken."""
    who = Who(name, color, token, client or f"test-{secrets.token_hex(4)}", headers)
    person = BoardClient(url, who, since=since, stays=stays)
    try:
        await person.join()
        yield person
        person.check()
    finally:
        await person.leave()
