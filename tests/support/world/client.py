"""A client of the world: a plain replica over a session, without a socket.

It holds what it confirmed and what is pending, says hello with the last seq it applied,
and sends pending changes again with the same ids. Every frame is checked as it comes:
in order, once, committed, byte for byte (R1, R2, J4, J6).
"""

import random
from collections import Counter, deque
from typing import TYPE_CHECKING

import msgspec

from boards.access import Credentials, Role
from boards.sync import protocol
from boards.sync.document import Document
from boards.sync.folding import unpack
from boards.sync.presence import Delta, Presence
from boards.sync.protocol import (
    Author,
    Change,
    Entries,
    LiveAll,
    Notice,
    Peers,
    Pong,
    Reject,
    ServerFrame,
    Submit,
    Welcome,
)
from boards.sync.refusals import (
    CLOSE_FORBIDDEN,
    CLOSE_GOING_AWAY,
    CLOSE_GONE,
    Code,
    Refused,
)
from boards.sync.session import Outbox, Session
from tests.support.submitting import submit_from
from tests.support.world.process import Process

if TYPE_CHECKING:
    from tests.support.world.world import World

MAX_SENT_AT_ONCE = 5  # so that a small queue can take them
SERVER = "server"  # the one process that a client hears of peers from
CLOSES = {
    Code.FORBIDDEN: CLOSE_FORBIDDEN,
    Code.NOT_FOUND: CLOSE_GONE,
    Code.GONE: CLOSE_GONE,
}

_frames: msgspec.json.Decoder[ServerFrame] = msgspec.json.Decoder(ServerFrame)


class Socket:
    """What the consumer does for one socket, against the same engine and outbox."""

    def __init__(self, client: "Client", process: Process, since: int | None) -> None:
        self.world = client.world
        self.client = client
        self.process = process
        self.since = since
        self.session: Session | None = None
        self.frames: deque[str] = deque()  # written, not yet read by the client
        self.n_read = 0
        self.sends: Counter[str] = Counter()
        self.is_welcome = False
        self.is_loading = False
        self.waiting_entries: list[bytes] = []
        self.is_parted = False
        self.outbox = Outbox(self.world.script.unread_chars, self._write)
        self._entering = process.spawn(self._enter())

    async def _enter(self) -> None:
        client = self.client
        try:
            grant = await self.process.grant_for(client.board_id, client.credentials)
            grant.require(Role.VIEW)
            author = Author(self.world.new_id("s"), client.name)
            session = Session(author=author, color="", grant=grant, outbox=self.outbox)
            await self.process.engine.join(session, self.since)
            self.session = session
        except Refused as refusal:
            code = CLOSES.get(refusal.code, CLOSE_GOING_AWAY)
            self.outbox.close(code, refusal.detail)

    def _write(self) -> None:
        self.frames.extend(self.outbox.take())
        if self.outbox.closing is not None:
            self.world.loop.call_soon(self.part, context=self.process.context)

    def part(self) -> None:
        """The server's side of the socket ends."""
        if self.is_parted:
            return
        self.is_parted = True
        self._entering.cancel()
        if self.session is not None:
            self.process.engine.leave(self.session)

    async def part_late(self) -> None:
        """The server notices after a while that the client is gone."""
        await self.process.gate("hang up")
        self.part()

    async def submit(self, text: str) -> None:
        """Take a submit as the consumer does: the entry comes through the room."""
        session = self.session
        frame = protocol.decode_frame(text)
        if self.is_parted or session is None or not isinstance(frame, Submit):
            return
        may_edit = session.grant.may_edit
        try:
            await submit_from(self.process.engine, session, Change(frame.id, frame.ops))
        except Refused as refusal:
            reject = Reject(
                frame.id, refusal.code.value, refusal.detail, refusal.may_retry
            )
            self.outbox.push(protocol.encode(reject))
        else:
            self.world.check(may_edit, "A2 a viewer's change was taken")


class Client:
    """See the module.

    Attributes:
        document: what is confirmed.
        pending: change id → frame, in the order they were made.
        acked: change id → the seq of its entry.
        stays_away: closed with a code that says not to come back.
        is_slow: does not read.
    """

    def __init__(self, world: "World", name: str, board_id: str, key: str) -> None:
        self.world = world
        self.name = name
        self.board_id = board_id
        self.credentials = Credentials(key=key or None)
        self.document = Document()
        self.is_new = True
        self.pending: dict[str, str] = {}
        self.unsent: dict[str, None] = {}
        self.acked: dict[str, int] = {}
        self.made: list[str] = []
        self.peers = Presence()
        self.socket: Socket | None = None
        self.stays_away = False
        self.is_slow = False

    # --- what a person does -----------------------------------------------------

    def connect(self, process: Process) -> None:
        """Say hello, with the last seq applied, or as a new page."""
        since = None if self.is_new else self.document.seq
        self.peers = Presence()
        self.socket = Socket(self, process, since)
        self.world.note(f"{self.name} connects to {process.name} since {since}")

    def drop(self, *, at_once: bool) -> None:
        """Lose the connection; what was not read is gone."""
        socket, self.socket = self.socket, None
        if socket is None or socket.process.is_dead:
            return
        if at_once:
            socket.process.do(socket.part)
        else:
            socket.process.spawn(socket.part_late())

    def reload(self) -> None:
        """Lose the page but for the outbox."""
        self.drop(at_once=True)
        self.document = Document()
        self.is_new = True
        self.stays_away = False

    def draw(self, ops: str) -> None:
        """Make a change; send it when connected."""
        id_ = self.world.new_id("c")
        self.made.append(id_)
        self.pending[id_] = f'{{"type":"submit","id":"{id_}","ops":{ops}}}'
        self.send(id_)

    def send(self, id_: str) -> None:
        """Send a change, for the first time or again."""
        socket = self.socket
        text = self.pending.get(id_) or self.world.sent.get(id_)
        if text is None:
            return
        self.world.sent[id_] = text
        if socket is None or not socket.is_welcome or socket.is_parted:
            self.unsent[id_] = None
            return
        self.unsent.pop(id_, None)
        socket.sends[id_] += 1
        socket.process.spawn(socket.submit(text))

    def send_unsent(self) -> None:
        """Send a few of those that wait: after a join, or rejected for a while."""
        if self.socket is None or not self.socket.is_welcome:
            return
        for id_ in list(self.unsent)[:MAX_SENT_AT_ONCE]:
            del self.unsent[id_]
            if id_ in self.pending:
                self.send(id_)

    def show(self, frame: protocol.Live) -> None:
        """Move the cursor, grow a draft."""
        socket = self.socket
        if socket and socket.session and not socket.is_parted:
            session = socket.session
            socket.process.do(lambda: socket.process.engine.show(session, frame))

    def ping(self) -> None:
        """Tell how much was read."""
        socket = self.socket
        if socket and socket.session and not socket.is_parted:
            socket.outbox.confirm(socket.n_read)
            head = socket.process.engine.head(socket.session)
            socket.outbox.push(protocol.encode(Pong(head)))

    # --- what comes -------------------------------------------------------------

    def read(self, n: int = 1_000_000) -> bool:
        """Read some frames; returns whether there was anything."""
        socket = self.socket
        if socket is None:
            return False
        n_before = socket.n_read
        while socket.frames and n > 0 and self.socket is socket:
            n -= 1
            socket.n_read += 1
            self._take(socket, socket.frames.popleft())
        has_read = socket.n_read > n_before
        if has_read and self.socket is socket and not socket.is_parted:
            socket.outbox.confirm(socket.n_read)
        closing = socket.outbox.closing
        if closing and not socket.frames and self.socket is socket:
            self.world.note(f"{self.name} closed {closing.code}")
            self.socket = None
            self.stays_away = closing.code < CLOSE_GOING_AWAY
            return True
        return has_read

    def _take(self, socket: Socket, text: str) -> None:
        self.world.note(f"{self.name} < {text}")
        frame = _frames.decode(text)
        self.world.check(
            socket.is_welcome or isinstance(frame, Welcome), "R3 not welcomed first"
        )
        match frame:
            case Welcome():
                self._enter(socket, frame)
            case Entries(entries=raws):
                self._take_entries(socket, [bytes(raw) for raw in raws])
            case Reject():
                self._take_reject(frame)
            case Peers():
                delta = Delta(frame.join, frame.leave, frame.change)
                self.world.hear(self.peers, SERVER, delta)
            case LiveAll():
                self.world.hear(self.peers, SERVER, Delta(doing=frame.peers))
            case Pong() | Notice():
                pass

    def _enter(self, socket: Socket, welcome: Welcome) -> None:
        self.world.check(not socket.is_welcome, "R1 welcomed twice")
        socket.is_welcome = True
        self.world.hear(self.peers, SERVER, Delta(welcome.peers))
        if welcome.mode == "replay":
            self.is_new = False
            self._resend()
            return
        if welcome.snapshot is None:
            self.world.fault("R3 snapshot mode without a snapshot")
            return
        socket.is_loading = True
        others = self.world.up()
        process = others[welcome.snapshot.seq % len(others)] if others else None
        if process is None:
            self.drop(at_once=True)
        else:
            process.spawn(self._load(socket, process, welcome.snapshot.seq))

    def _resend(self) -> None:
        """Everything that is pending goes out again, with the same ids (C2)."""
        self.unsent = dict.fromkeys(self.pending)
        self.world.soon(self.send_unsent)

    async def _load(self, socket: Socket, process: Process, seq: int) -> None:
        """Fetch the snapshot, as by HTTP from any process; then what waited."""
        try:
            grant = await process.grant_for(self.board_id, self.credentials)
            stored = await process.engine.snapshot(grant, seq)
        except Refused:
            stored = None
        except BaseException:
            self.world.soon(lambda: self._loaded(socket, None, seq))
            raise
        body = unpack(stored.body) if stored else None
        self.world.soon(lambda: self._loaded(socket, body, seq))

    def _loaded(self, socket: Socket, body: bytes | None, seq: int) -> None:
        if self.socket is not socket:
            return
        if body is None:
            self.drop(at_once=True)
            return
        self.document = Document.from_snapshot(body)
        self.is_new = False
        self.world.check(self.document.seq == seq, "D5 a snapshot of another seq")
        socket.is_loading = False
        raws, socket.waiting_entries = socket.waiting_entries, []
        self._take_entries(socket, raws)
        self._resend()

    def _take_entries(self, socket: Socket, raws: list[bytes]) -> None:
        if socket.is_loading:
            socket.waiting_entries += raws
            return
        for raw in raws:
            self._take_entry(socket, raw.decode())

    def _take_entry(self, socket: Socket, text: str) -> None:
        entry = protocol.decode_entry(text)
        stored = self.world.database.texts(self.board_id)
        self.world.check(entry.seq <= len(stored), "J4 sent before it was committed")
        if entry.seq <= len(stored):
            self.world.check(stored[entry.seq - 1] == text, "J6 sent is not stored")
        if entry.seq <= self.document.seq:
            self.world.check(
                socket.sends[entry.id] > 0, f"R1 seq {entry.seq} came twice"
            )
            socket.sends[entry.id] -= 1
        else:
            self.world.check(
                entry.seq == self.document.seq + 1,
                f"R2 seq {entry.seq} came after {self.document.seq}",
            )
            self.document.apply(text)
        if self.pending.pop(entry.id, None) is not None:
            self.acked[entry.id] = entry.seq
            self.unsent.pop(entry.id, None)

    def _take_reject(self, reject: Reject) -> None:
        if reject.id not in self.pending:
            return
        if reject.retry:
            self.unsent[reject.id] = None
        else:
            del self.pending[reject.id]


ELEMENT_IDS = [f"e{n}" for n in range(6)]


def some_ops(dice: random.Random) -> str:
    """One to three ops on a few elements that everybody fights over."""
    ops = []
    for _ in range(dice.choice((1, 1, 2, 3))):
        id_ = dice.choice(ELEMENT_IDS)
        n = dice.randrange(1_000)
        ops.append(
            dice.choice(
                (
                    f'{{"op":"put","element":{{"kind":"rect","id":"{id_}",'
                    f'"x":{n},"y":0,"w":1,"h":2.5}}}}',
                    f'{{"op":"put","element":{{"kind":"pen","id":"{id_}","x":0,'
                    f'"y":{n},"z":"a{n % 7}","points":[0,0,1,{n}]}}}}',
                    f'{{"op":"set","id":"{id_}","props":{{"x":{n}}}}}',
                    f'{{"op":"set","id":"{id_}","props":{{"angle":null,"alt":"{n}"}}}}',
                    f'{{"op":"del","id":"{id_}"}}',
                )
            )
        )
    return f"[{','.join(ops)}]"


def some_live(dice: random.Random) -> protocol.Live:
    """A cursor, a draft that begins, grows or ends."""
    n = dice.randrange(1_000)
    stroke = '{"op":"put","element":{"kind":"pen","id":"d","x":0,"y":0,"points":[0,0]}}'
    text = dice.choice(
        (
            f'{{"type":"live","cursor":[{n},1]}}',
            f'{{"type":"live","cursor":null,"selection":["e{n % 6}"]}}',
            f'{{"type":"live","draft":[{stroke}]}}',
            '{"type":"live","extend":{"id":"d","offset":1,"points":[1,1,2,2]}}',
            '{"type":"live","extend":{"id":"d","offset":2,"points":[2,2,3,3]}}',
            '{"type":"live","draft":null}',
        )
    )
    frame = protocol.decode_frame(text)
    assert isinstance(frame, protocol.Live)
    return frame
