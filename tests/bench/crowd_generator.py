"""The load of a crowd: people who all draw on one board, or on many, or watch.

`python -m tests.bench.crowd_generator` reads a `Crowd` as one JSON line from stdin,
opens the sockets, prints `ready`, waits for a line, draws, and prints a `Seen` as JSON.
Each person who draws makes sixty points a second in strokes of 200, tells them at the
pace that the server asks for and submits the stroke at its end, as a page does. A few
sockets are read whole; of the others only bytes are counted.
"""

import asyncio
import gc
import heapq
import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import quantiles

import msgspec

from tests.bench.sink import Sink
from tests.support.light_sockets import OnText, Socket

POINTS_PER_S = 60
STROKE_POINTS = 200
STROKE_S = STROKE_POINTS / POINTS_PER_S
SETTLE_S = 4.0  # the first part is not counted: people begin one after the other
REST_S = 20.0  # how long acknowledgements may come in afterwards
N_READ = 5  # sockets that are read whole
JOIN_AT_ONCE = 200  # a listen queue takes so many without dropping one
CONFIRM_EVERY = 100  # frames
TURNS = 50  # in which everybody looks for that; some tenth of a second
LIVE, ENTRIES, PACE = (
    b'{"type":"%b"' % name for name in (b"live", b"entries", b"pace")
)


class Crowd(msgspec.Struct):
    """Who is there and what they do.

    Attributes:
        urls: the sockets of the boards, for each server in turn; people join in turn.
        n_people: how many are there.
        n_drawing: how many of them draw; the first ones.
        seconds: how long, with the seconds that are not counted.
        n_boards: how many boards there are; people are spread evenly.
        deflates: whether frames are compressed, as browsers want them.
    """

    urls: list[str]
    n_people: int
    n_drawing: int
    seconds: float
    n_boards: int = 1
    deflates: bool = False


class Seen(msgspec.Struct):
    """What the read sockets saw; times from a pen's point to its arrival there.

    Attributes:
        n_points: points of other people that were looked at.
        share: how many of the points that were made have arrived as drafts, 0 to 1.
        n_lost: acknowledged strokes that some read socket did not get.
        n_strokes: strokes that were submitted.
        n_unanswered: those of them that nobody acknowledged.
        n_closed: sockets that the server closed.
        up_bytes_s: bytes a second that one person who draws sends.
        down_bytes_s: bytes a second that one person is sent.
        frames_s: frames a second that one person is sent.
        admitted_s: how long it took to let everybody in.
    """

    p50_ms: float
    p99_ms: float
    n_points: int
    share: float
    n_lost: int
    n_strokes: int
    n_unanswered: int
    n_closed: int
    up_bytes_s: float
    down_bytes_s: float
    frames_s: float
    admitted_s: float


@dataclass(slots=True)
class _Person:
    """One socket, and where its hand is."""

    socket: Socket
    number: int
    board: int
    session: str = ""
    began: float = 0.0  # when point 0 of the first stroke was made
    n_told: int = 0  # points, of all strokes
    submitted: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)  # change ids, of a socket that is read
    confirmed: int = 0
    live_s: float = 0.033  # the pace that its server asks for


class _Ink(msgspec.Struct):
    """A piece of a stroke as a draft or an `extend` tells it."""

    id: str
    points: msgspec.Raw
    offset: int = 0

    @property
    def n_points(self) -> int:
        """How many there are, without reading them."""
        return (bytes(self.points).count(b",") + 1) // 2


class _Op(msgspec.Struct):
    op: str
    element: _Ink | None = None


class _Doing(msgspec.Struct):
    draft: list[_Op] | None = None
    extend: _Ink | None = None


class _Live(msgspec.Struct):
    peers: dict[str, _Doing]


class _Entry(msgspec.Struct):
    id: str


class _Entries(msgspec.Struct):
    entries: list[_Entry]


_decode_live = msgspec.json.Decoder(_Live).decode
_decode_entries = msgspec.json.Decoder(_Entries).decode

_Counts = tuple[int, int, int]  # bytes sent, bytes and frames received


def _counts(socket: Socket) -> _Counts:
    return socket.n_sent, socket.n_bytes, socket.n_frames


class _Load:
    """All people of one run."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._people: list[_Person] = []
        self._by_session: dict[str, _Person] = {}
        self._counts_from = float("inf")
        self._late: list[tuple[float, int]] = []  # ms of a piece's first point, points
        self._turn = 0
        self.admitted_s = 0.0

    async def open(self) -> None:
        """Everybody joins; so many are on their way at any time."""
        began = time.perf_counter()
        door = asyncio.Semaphore(JOIN_AT_ONCE)

        async def join(number: int) -> _Person:
            async with door:
                return await self._join(number)

        self._people += await asyncio.gather(*map(join, range(self._crowd.n_people)))
        self.admitted_s = time.perf_counter() - began
        self._by_session = {person.session: person for person in self._people}
        sink, read = Sink(), {person.number for person in self._read()}
        for person in self._people:
            if person.number in read:
                person.socket.on_text = self._reader(person)
            else:
                person.socket.on_text = partial(self._heed, person)
                sink.take(person.socket)

    async def run(self) -> Seen:
        """Draw for the given time, then wait for what is not acknowledged yet."""
        drawing = self._people[: self._crowd.n_drawing]
        began = time.perf_counter()
        self._counts_from = began + SETTLE_S
        for person in drawing:  # hands are not in step
            person.began = began + STROKE_S * person.number / len(drawing)
        before: list[_Counts] = []
        due = [(person.began, person.number) for person in drawing]  # in order: a heap
        while (now := time.perf_counter()) < began + self._crowd.seconds:
            if not before and now >= self._counts_from:
                before = [_counts(p.socket) for p in self._people]
            while due[0][0] <= now:
                told_at, number = due[0]
                person = self._people[number]
                self._move(person, now)
                heapq.heapreplace(due, (self._tells_at(person, told_at), number))
            self._confirm_in_turn()
            await asyncio.sleep(0.001)
        counted_s = time.perf_counter() - self._counts_from
        after = [_counts(p.socket) for p in self._people]
        await self._all_acknowledged()
        return self._seen(before, after, counted_s)

    def close(self) -> None:
        """Drop all sockets."""
        for person in self._people:
            person.socket.abort()

    async def _join(self, number: int) -> _Person:
        urls = self._crowd.urls
        socket = Socket(urls[number % len(urls)], deflates=self._crowd.deflates)
        person = _Person(socket, number, number % self._crowd.n_boards)
        welcome: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

        def first(text: memoryview) -> None:
            if not welcome.done():
                welcome.set_result(bytes(text))

        person.socket.on_text = first
        await person.socket.open()
        person.socket.send(f'{{"type":"hello","protocol":1,"client":"p{number}"}}')
        said = msgspec.json.decode(await welcome)
        person.session, person.live_s = said["session"], said["live_ms"] / 1000
        return person

    def _read(self) -> list[_Person]:
        step = max(1, len(self._people) // N_READ)
        return self._people[::step][:N_READ]

    def _tells_at(self, person: _Person, told_at: float) -> float:
        """When the pace is over and there is a new point, as a page's timer does."""
        next_at = person.began + person.n_told / POINTS_PER_S
        return max(told_at + person.live_s, next_at)

    def _move(self, person: _Person, now: float) -> None:
        """Tell what the hand drew since the last time."""
        n_made = int((now - person.began) * POINTS_PER_S + 1e-6) + 1
        stroke, offset = divmod(person.n_told, STROKE_POINTS)
        n_new = min(n_made - person.n_told, STROKE_POINTS - offset)
        points = [n for k in range(n_new) for n in (3 * (offset + k), k % 7)]
        id_ = f"e{person.number}-{stroke}"
        if offset == 0:
            draft = f'[{{"op":"put","element":{_pen(id_, points)}}}]'
            person.socket.send(f'{{"type":"live","draft":{draft}}}')
        else:
            person.socket.send(
                f'{{"type":"live","extend":'
                f'{{"id":"{id_}","offset":{offset},"points":{_text(points)}}}}}'
            )
        person.n_told += n_new
        if offset + n_new == STROKE_POINTS:
            self._submit(person, id_)

    def _submit(self, person: _Person, id_: str) -> None:
        person.submitted.add(f"c{id_}")
        hand = random.Random(id_)
        points = [n for k in range(STROKE_POINTS) for n in (3 * k, hand.randrange(90))]
        person.socket.send(
            f'{{"type":"submit","id":"c{id_}","ops":'
            f'[{{"op":"put","element":{_pen(id_, points)}}}]}}'
        )

    def _confirm_in_turn(self) -> None:
        """A part of the people looks whether it has much to confirm."""
        self._turn = (self._turn + 1) % TURNS
        self._confirm(self._people[self._turn :: TURNS])

    def _confirm(self, people: Sequence[_Person]) -> None:
        for person in people:
            if person.socket.n_frames - person.confirmed >= CONFIRM_EVERY:
                person.confirmed = person.socket.n_frames
                person.socket.send(
                    f'{{"type":"ping","seq":0,"received":{person.confirmed}}}'
                )

    def _heed(self, person: _Person, text: memoryview) -> None:
        """Take a new pace."""
        if text[: len(PACE)] == PACE:
            person.live_s = msgspec.json.decode(text)["live_ms"] / 1000

    def _reader(self, me: _Person) -> OnText:
        def read(text: memoryview) -> None:
            now = time.perf_counter()
            if text[: len(LIVE)] == LIVE:
                for session, doing in _decode_live(text).peers.items():
                    peer = self._by_session.get(session)
                    if peer is not None and peer is not me:
                        self._note(peer, doing, now)
            elif text[: len(ENTRIES)] == ENTRIES:
                me.seen.update(entry.id for entry in _decode_entries(text).entries)
            else:
                self._heed(me, text)

        return read

    def _note(self, peer: _Person, doing: _Doing, now: float) -> None:
        """Take the times of the points that a peer is told to have drawn."""
        for ink in _inks(doing):
            first = int(ink.id.partition("-")[2]) * STROKE_POINTS + ink.offset
            made_at = peer.began + first / POINTS_PER_S
            n_points = ink.n_points
            if made_at < self._counts_from:
                n_early = math.ceil((self._counts_from - made_at) * POINTS_PER_S)
                made_at, n_points = made_at + n_early / POINTS_PER_S, n_points - n_early
            if n_points > 0:
                self._late.append((1000 * (now - made_at), n_points))

    def _late_ms(self) -> list[float]:
        """How late each point came: those of a piece came together."""
        gap_ms = 1000 / POINTS_PER_S
        return [late - k * gap_ms for late, n in self._late for k in range(n)]

    def _submitted(self) -> dict[int, set[str]]:
        """The change ids of each board."""
        submitted: dict[int, set[str]] = {n: set() for n in range(self._crowd.n_boards)}
        for person in self._people:
            submitted[person.board] |= person.submitted
        return submitted

    async def _all_acknowledged(self) -> None:
        """Wait until a socket that is read has all that was submitted."""
        submitted = self._submitted()
        until = time.perf_counter() + REST_S
        while time.perf_counter() < until:
            if all(submitted[p.board] <= p.seen for p in self._read()):
                return
            self._confirm(self._people)
            await asyncio.sleep(0.01)

    def _seen(
        self,
        before: Sequence[_Counts],
        after: Sequence[_Counts],
        counted_s: float,
    ) -> Seen:
        submitted, read = self._submitted(), self._read()
        known: dict[int, set[str]] = {person.board: set() for person in read}
        for person in read:
            known[person.board] |= person.seen
        drawing = self._people[: self._crowd.n_drawing]
        n_told = sum(
            person is not me and person.board == me.board
            for me in read
            for person in drawing
        )
        n_made = n_told * counted_s * POINTS_PER_S
        late_ms = self._late_ms()
        cuts = quantiles(late_ms, n=100)
        up, down, frames = (
            [now[which] - then[which] for now, then in zip(after, before, strict=True)]
            for which in range(3)
        )
        return Seen(
            p50_ms=cuts[49],
            p99_ms=cuts[98],
            n_points=len(late_ms),
            share=len(late_ms) / n_made,
            n_lost=sum(len(known[person.board] - person.seen) for person in read),
            n_strokes=sum(map(len, submitted.values())),
            n_unanswered=sum(len(submitted[n] - seen) for n, seen in known.items()),
            n_closed=sum(person.socket.is_closed for person in self._people),
            up_bytes_s=sum(up[: len(drawing)]) / len(drawing) / counted_s,
            down_bytes_s=sum(down) / len(down) / counted_s,
            frames_s=sum(frames) / len(frames) / counted_s,
            admitted_s=self.admitted_s,
        )


def _inks(doing: _Doing) -> Iterator[_Ink]:
    """The pieces of strokes that are told."""
    for op in doing.draft or ():
        if op.op == "put" and op.element is not None:
            yield op.element
    if doing.extend is not None:
        yield doing.extend


def _pen(id_: str, points: Sequence[int]) -> str:
    return f'{{"kind":"pen","id":"{id_}","x":0,"y":0,"points":{_text(points)}}}'


def _text(points: Sequence[int]) -> str:
    return msgspec.json.encode(points).decode()


async def _main() -> None:
    load = _Load(msgspec.json.decode(sys.stdin.readline(), type=Crowd))
    await load.open()
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    seen = await load.run()
    print(msgspec.json.encode(seen).decode(), flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    load.close()


if __name__ == "__main__":
    gc.disable()  # a pause of its own would look like one of the server
    asyncio.run(_main())
