"""The open rooms of one process: opening, feeding, healing and closing them.

Two joins at once share one opening. Rooms are fed by local commits and by the bus, and
healed from the journal: at once when a hole shows, and by a poll of all heads, so that
a lost last publication or a dead layer only costs that interval (R5). The loops start
with the first room and end with the last. Called by the engine alone.
"""

import asyncio
import itertools
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from msgspec import Raw

from boards.sync.bus import Announcement, Bus, Lines, Moves, Publication, Rights
from boards.sync.clock import Clock
from boards.sync.counts import Counts
from boards.sync.journal import Batch, Journal
from boards.sync.presence import Delta
from boards.sync.protocol import Notice, encode
from boards.sync.refusals import Code, Refused
from boards.sync.room import Room
from boards.sync.session import Session
from boards.sync.store import Head

log = logging.getLogger(__name__)

HEAL_CHARS = 1024 * 1024  # read at once while filling a hole
LOOK_AGAIN_S = 60.0  # a right may change and change back between two polls


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals:
    """How often the rooms are looked after, in seconds."""

    heads_poll_s: float
    announce_s: float
    peer_expiry_s: float
    room_idle_s: float


@dataclass(slots=True)
class _Kept:
    """A room and what is known about keeping it."""

    room: Room
    is_open: bool = False
    opening: asyncio.Task[Room] | None = None
    rights: str = ""
    rights_at: float = 0.0  # when grants were last looked at because of the poll
    title: str = ""
    n_visits: int = 0
    left_at: float = 0.0
    heal_upto: int = 0
    healing: asyncio.Task[None] | None = None
    number: int = 0  # of the last moves
    is_unheard: bool = False  # announced, but the bus did not bring it back yet


class Rooms:
    """See the module.

    Args:
        process: the id of this process on the bus.
        crowd: see `Room`.
        counts: where healed entries are counted.
        on_live: called when a room has something to flush.
        on_rights: called with a board id when its rights changed or it is gone.
    """

    def __init__(
        self,
        *,
        process: str,
        journal: Journal,
        bus: Bus,
        clock: Clock,
        intervals: Intervals,
        crowd: int,
        counts: Counts,
        on_live: Callable[[Room], None],
        on_rights: Callable[[str], object],
    ) -> None:
        self._process = process
        self._journal = journal
        self._bus = bus
        self._clock = clock
        self._intervals = intervals
        self._crowd = crowd
        self._counts = counts
        self._on_live = on_live
        self._on_rights = on_rights
        self._kept: dict[str, _Kept] = {}
        self._numbers = itertools.count(1)  # of moves, and of openings
        self._loops: dict[str, asyncio.Task[None]] = {}
        self._healing: set[asyncio.Task[None]] = set()
        self._is_stopped = False
        bus.listen(self.hear)

    def get(self, board_id: str) -> Room | None:
        """The open room of a board, if this process has one."""
        kept = self._kept.get(board_id)
        return kept.room if kept and kept.is_open else None

    def all(self) -> list[Room]:
        """The open rooms."""
        return [kept.room for kept in self._kept.values() if kept.is_open]

    def session(self, session_id: str) -> Session | None:
        """A session of any open room, if it is in this process."""
        found = (room.sessions.get(session_id) for room in self.all())
        return next(filter(None, found), None)

    async def enter(self, board_id: str) -> Room:
        """The room of a board, opened if need be; it stays until `leave`.

        Raises:
            Refused: `not_found`, or `unavailable` when the journal cannot be read.
        """
        kept = self._kept.get(board_id)
        if kept is None:
            kept = self._kept[board_id] = _Kept(Room(board_id, self._crowd))
            kept.opening = asyncio.create_task(self._open(kept))
            self._start_loops()
        kept.n_visits += 1
        try:
            if kept.opening is not None:
                await asyncio.shield(kept.opening)
        except BaseException:
            kept.n_visits -= 1
            raise
        return kept.room

    def leave(self, room: Room) -> None:
        """End a visit; a room without visits closes after a while."""
        kept = self._kept.get(room.board_id)
        if kept is None:
            return  # all rooms were stopped
        kept.n_visits -= 1
        kept.left_at = self._clock.now()

    def take(self, batch: Batch) -> None:
        """Feed a commit of this process to its room, and publish it."""
        kept = self._kept.get(batch.board_id)
        if kept is not None:
            self._offer(kept, batch.first, batch.texts)
        raws = [Raw(text.encode()) for text in batch.texts]
        self._bus.publish(Lines(batch.board_id, self._process, batch.first, raws))

    def tell_others(self, room: Room, delta: Delta) -> None:
        """Publish what changed among the peers here, if somebody wants to know.

        It is counted in any case: who comes back from a silence lacks it.
        """
        kept = self._kept.get(room.board_id)
        if kept is None or not delta:
            return
        after, kept.number = kept.number, next(self._numbers)
        if room.presence.has_others:
            moves = Moves(room.board_id, self._process, delta, kept.number, after)
            self._bus.publish(moves)

    def hear(self, publication: Publication) -> None:
        """Take in what a process published, this one included."""
        kept = self._kept.get(publication.board)
        if kept is None:
            return
        if publication.process == self._process:
            if isinstance(publication, Announcement):
                kept.is_unheard = False
            return
        presence, now = kept.room.presence, self._clock.now()
        match publication:
            case Lines(first=first, entries=entries):
                texts = [bytes(raw).decode() for raw in entries]
                self._offer(kept, first, texts)
            case Moves(process=process, delta=delta, number=number, after=after):
                presence.hear(process, delta, now, number, after)
                self._on_live(kept.room)
            case Announcement():
                self._hear_announcement(kept, publication, now)
            case Rights(board=board_id):
                self._on_rights(board_id)
            case _:
                assert_never(publication)

    def _hear_announcement(self, kept: _Kept, told: Announcement, now: float) -> None:
        presence, process = kept.room.presence, told.process
        is_new = not presence.knows(process)  # was told of nobody here till now
        if told.brief:
            presence.hear_of(process, told.number, now)
        else:
            presence.hear_all(process, told.peers, now, told.number)
            self._on_live(kept.room)
        if told.ask or is_new or self._process in told.lacks:
            self._announce(kept)
        # Answers to this are not asked for again, or the lost would go round for ever.
        if told.brief and not told.lacks and presence.lacks(process):
            self._announce(kept, brief=True, lacks=[process])

    async def catch_up(self, room: Room) -> None:
        """Bring a room to its journal's head now."""
        heads = await self._journal.heads([room.board_id])
        if room.board_id in heads:
            await self._heal(room, heads[room.board_id].seq)

    async def stop(self) -> None:
        """End the loops, forget the rooms, and tell the others that nobody is here."""
        self._is_stopped = True
        tasks: list[asyncio.Task[Any]] = list(self._loops.values())
        tasks += [kept.opening for kept in self._kept.values() if kept.opening]
        tasks += self._healing
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._loops.clear()
        for board_id in self._kept:
            number = next(self._numbers)
            self._bus.publish(Announcement(board_id, self._process, [], number=number))
        self._kept.clear()

    async def _open(self, kept: _Kept) -> Room:
        """Open the bus first, then read: nothing slips through between the two."""
        room = kept.room
        try:
            await self._bus.open(room.board_id)
            head = (await self._journal.heads([room.board_id])).get(room.board_id)
            if head is None:
                raise Refused(Code.NOT_FOUND, "There is no such board.")
        except BaseException:
            try:
                await self._bus.close(room.board_id)
            finally:  # not before: the next opening must not overtake this end
                del self._kept[room.board_id]
            raise
        kept.rights, kept.rights_at = head.rights, self._clock.now()
        kept.title = head.title
        kept.is_open = True
        kept.opening = None
        kept.number = next(self._numbers)
        room.start(head.seq)
        if (hole := room.hole()) is not None:
            self._heal_soon(kept, hole)
        self._announce(kept, ask=True)
        return room

    def _offer(self, kept: _Kept, first: int, texts: list[str]) -> None:
        hole = kept.room.offer(first, texts)
        if kept.room.is_holding:
            self._on_live(kept.room)
        if hole is not None and kept.is_open:
            self._heal_soon(kept, hole)

    def _heal_soon(self, kept: _Kept, upto: int) -> None:
        if self._is_stopped:
            return  # what is heard while the tasks end starts no new one
        kept.heal_upto = max(kept.heal_upto, upto)
        if kept.healing is None:
            kept.healing = asyncio.create_task(self._heal_all(kept))
            self._healing.add(kept.healing)  # also when its room is closed meanwhile
            kept.healing.add_done_callback(self._healing.discard)

    async def _heal_all(self, kept: _Kept) -> None:
        try:
            while kept.room.seq < kept.heal_upto:
                await self._heal(kept.room, kept.heal_upto)
                kept.heal_upto = max(kept.heal_upto, kept.room.hole() or 0)
        except Refused as refusal:
            extra = {"board": kept.room.board_id, "code": refusal.code.value}
            log.warning("heal failed", extra=extra)
            kept.heal_upto = 0  # the next poll finds the hole again
        finally:
            kept.healing = None

    async def _heal(self, room: Room, upto: int) -> None:
        while room.seq < upto:
            after = room.seq
            texts, _ = await self._journal.read(room.board_id, after, upto, HEAL_CHARS)
            if not texts:
                raise Refused(Code.LOST_PLACE, "The journal is shorter than its head.")
            self._counts.n_healed += len(texts)
            room.offer(after + 1, texts)
            if room.is_holding:
                self._on_live(room)

    def _announce(
        self,
        kept: _Kept,
        *,
        ask: bool = False,
        brief: bool = False,
        lacks: Sequence[str] = (),
    ) -> None:
        """Tell who is here; those who know it already only that it is still so."""
        presence = kept.room.presence
        brief = brief and presence.are_numbered  # older processes take it for all
        self._bus.publish(
            Announcement(
                board=kept.room.board_id,
                process=self._process,
                peers=[] if brief else presence.here(),
                ask=ask,
                number=kept.number,
                brief=brief,
                lacks=list(lacks),
            )
        )

    def _start_loops(self) -> None:
        self._start("poll", self._intervals.heads_poll_s, self._poll)
        self._start("announce", self._intervals.announce_s, self._announce_all)

    def _start(
        self, name: str, seconds: float, work: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        async def repeat() -> None:
            while self._kept:
                await self._clock.sleep(seconds)
                try:
                    await work()
                except Exception:  # an outermost edge: the loop must go on
                    log.exception("%s failed", name)
            del self._loops[name]

        if name not in self._loops:
            self._loops[name] = asyncio.create_task(repeat())

    async def _poll(self) -> None:
        """Compare all open rooms with the journal's heads, in one query."""
        await self._close_idle()
        if self._bus.take_loss():
            await self._open_again(list(self._kept.values()))
        wanted = [id_ for id_, kept in self._kept.items() if kept.is_open]
        if not wanted:
            return
        try:
            heads = await self._journal.heads(wanted)
        except Refused:
            return  # the database is away; the next poll will see
        for board_id in wanted:
            self._compare(self._kept[board_id], heads.get(board_id))

    def _compare(self, kept: _Kept, head: Head | None) -> None:
        rights = head.rights if head else "gone"
        now = self._clock.now()
        if rights != kept.rights or now - kept.rights_at >= LOOK_AGAIN_S:
            kept.rights, kept.rights_at = rights, now
            self._on_rights(kept.room.board_id)
        if head is not None and head.title != kept.title:
            kept.title = head.title
            notice = Notice("title", "This board has another title.", title=head.title)
            kept.room.tell(encode(notice))
            self._on_live(kept.room)
        if head is not None and head.seq > kept.room.seq:
            self._heal_soon(kept, head.seq)

    async def _close_idle(self) -> None:
        until = self._clock.now() - self._intervals.room_idle_s
        for board_id, kept in list(self._kept.items()):
            if kept.is_open and not kept.n_visits and kept.left_at <= until:
                del self._kept[board_id]
                await self._bus.close(board_id)

    async def _announce_all(self) -> None:
        """Tell who is here; a room whose last announcement got lost subscribes anew."""
        now = self._clock.now()
        unheard = []
        for kept in self._kept.values():
            if not kept.is_open:
                continue
            kept.room.presence.expire(now, self._intervals.peer_expiry_s)
            self._on_live(kept.room)
            if kept.is_unheard:
                unheard.append(kept)
            else:
                kept.is_unheard = True
                self._announce(kept, brief=True)
        await self._open_again(unheard)

    async def _open_again(self, lost: list[_Kept]) -> None:
        for kept in lost:
            board_id = kept.room.board_id
            if self._kept.get(board_id) is not kept or not kept.is_open:
                continue  # closed while the others were opened
            if await self._bus.open(board_id):
                self._announce(kept, ask=True)
