"""The engine: the one door to boards. Sockets, REST, importers and bots all come here.

A caller holds a grant; the engine checks it, commits through the journal, feeds rooms,
flushes live news and keeps snapshots. One engine an event loop, made by
`boards.current`; everything it works with is passed in. It is the only one that ties
journal, rooms and bus; it never touches a socket.
"""

import asyncio
import logging
from collections.abc import Callable
from functools import partial

from msgspec import UNSET

from boards.access import Grant, Role
from boards.sync import beginnings
from boards.sync.bus import Bus, Rights
from boards.sync.clock import Clock
from boards.sync.colors import least_used_color
from boards.sync.counts import Counts
from boards.sync.engine_settings import EngineSettings
from boards.sync.figures import EngineFigures, engine_figures
from boards.sync.folds import Folds
from boards.sync.frames import welcome_frame
from boards.sync.introductions import CROWD
from boards.sync.journal import Batch, Journal, OnCommit
from boards.sync.ordering import give_order
from boards.sync.pace import LivePace
from boards.sync.pacer import Pacer
from boards.sync.protocol import (
    MAX_ENTRY_BYTES,
    PROTOCOL,
    Author,
    Change,
    Live,
    Pace,
    Peer,
    Peers,
    SnapshotRef,
    Welcome,
    encode,
    entries_frame,
    n_bytes,
)
from boards.sync.refusals import CLOSE_GOING_AWAY, Code, Refused
from boards.sync.reversal import Undoing, Whose
from boards.sync.rights import LookAgain, RightsWatch
from boards.sync.room import Room
from boards.sync.rooms import Rooms
from boards.sync.session import Session
from boards.sync.store import Committed, Proposal, StoredSnapshot
from boards.sync.touches import Touches

log = logging.getLogger(__name__)

Answered = Callable[[BaseException | None], None]


class Engine:
    """See the module.

    Args:
        process: an id of this process, unlike any other's.
        make_journal: called once with the callback for commits.
        look_again: what grants are worth now, see `access.look_again`.
        counts: where it counts what it does; journal and bus may have the same.
    """

    def __init__(
        self,
        *,
        process: str,
        make_journal: Callable[[OnCommit], Journal],
        bus: Bus,
        clock: Clock,
        look_again: LookAgain,
        settings: EngineSettings,
        counts: Counts | None = None,
    ) -> None:
        self._process = process
        self._counts = counts or Counts()
        self._journal = make_journal(self._take)
        self._bus = bus
        self._clock = clock
        self._settings = settings
        self._pace = LivePace(
            least_ms=settings.live_ms,
            frames_per_s=settings.live_frames_per_s,
            now=clock.now(),
        )
        self._pacer = Pacer(
            clock, self._flush, rest_s=self._pace.rest_s, on_round=self._look_at_pace
        )
        self._rooms = Rooms(
            process=process,
            journal=self._journal,
            bus=bus,
            clock=clock,
            intervals=settings.intervals,
            crowd=settings.crowd,
            counts=self._counts,
            on_live=self._pacer.mark,
            on_rights=lambda board_id: self._rights.look_again(board_id),
        )
        self._rights = RightsWatch(
            rooms=self._rooms,
            clock=clock,
            look_again=look_again,
            on_end=self.leave,
            on_live=self._pacer.mark,
        )
        self._folds = Folds(
            journal=self._journal,
            clock=clock,
            every=settings.snapshot_every,
            counts=self._counts,
        )
        self._beginnings = beginnings.Beginnings(
            journal=self._journal,
            rooms=self._rooms,
            folds=self._folds,
            snapshot_url=settings.snapshot_url,
            unread_chars=settings.limits.unread_bytes,
        )
        self._is_draining = False

    # --- lasting ----------------------------------------------------------------

    async def submit(self, grant: Grant, change: Change, by: Author) -> Committed:
        """Commit a change; it takes its place in the order before anything is awaited.

        Local sessions have its entry when this returns, those of a crowd with the next
        pace. A repeated change id gives the first entry again (J3).

        Raises:
            Refused: `forbidden`, `too_large`, or what `Journal.append` raises.
        """
        return await self._append(grant, change, by)

    def submit_from(self, session: Session, change: Change, answered: Answered) -> None:
        """Like `submit`, for a session, whose entry comes through its outbox.

        It awaits nothing: a task for each change would cost as much as its commit.

        Args:
            session: admitted, with any grant.
            change: what it wants.
            answered: called once, after the entry was sent or with what went wrong.
        """
        try:
            done = self._append(session.grant, change, session.author)
        except Exception as fault:  # noqa: BLE001 - the adapter tells them apart
            answered(fault)
        else:
            done.add_done_callback(partial(self._answer, session, answered))

    def _answer(
        self,
        session: Session,
        answered: Answered,
        done: "asyncio.Future[Committed]",
    ) -> None:
        fault = asyncio.CancelledError() if done.cancelled() else done.exception()
        if fault is None:
            self._repeat(session, done.result())
        answered(fault)

    def _repeat(self, session: Session, committed: Committed) -> None:
        """Send the entry of a repeated change, which its room shows no more."""
        room = self._rooms.get(session.grant.board_id)
        if committed.repeated and room is not None and committed.seq <= room.seq:
            room.send_held()
            session.outbox.push(entries_frame([committed.text]))

    async def entries(
        self, grant: Grant, after: int, limit: int
    ) -> tuple[list[str], int]:
        """Stored entries after a seq, at most `limit` of them, and the head."""
        grant.require(Role.VIEW)
        head = await self._head(grant.board_id)
        upto = min(head, after + limit)
        most = beginnings.REPLAY_CHARS
        texts, _ = await self._journal.read(grant.board_id, after, upto, most)
        return texts, head

    async def snapshot(self, grant: Grant, seq: int | None) -> StoredSnapshot:
        """The fold up to a seq, packed; without one, the newest that is saved.

        Raises:
            Refused: `forbidden`, or `not_found` when the board is not that far yet.
        """
        grant.require(Role.VIEW)
        if seq is None:
            newest = await self._journal.newest_snapshot(grant.board_id)
            return newest or await self._journal.snapshot_at(grant.board_id, 0)
        await self._require_reached(grant.board_id, seq)
        return await self._journal.snapshot_at(grant.board_id, seq)

    async def document(self, grant: Grant, seq: int | None = None) -> bytes:
        """The fold as a snapshot's JSON, in paint order; now, or at a seq."""
        grant.require(Role.VIEW)
        if seq is None:
            seq = await self._head(grant.board_id)
        else:
            await self._require_reached(grant.board_id, seq)
        return await self._journal.fold(grant.board_id, seq)

    async def touches(self, grant: Grant, element_id: str) -> Touches:
        """Who made an element and who changed it last, also of one that is gone.

        Raises:
            Refused: `forbidden`, or `not_found` when there never was such an element.
        """
        grant.require(Role.VIEW)
        found = await self._journal.touches(grant.board_id, element_id)
        if found is None:
            raise Refused(Code.NOT_FOUND, "There is no such element.")
        return found

    async def reversal(self, grant: Grant, whose: Whose) -> Undoing:
        """What undoes all that an author did; owners only. Nothing is done yet."""
        grant.require(Role.OWN)
        return await self._journal.reversal(grant.board_id, whose)

    # --- sessions ---------------------------------------------------------------

    async def join(self, session: Session, since: int | None) -> None:
        """Admit a session: welcome, what it lacks, then everything newer (R3).

        Args:
            session: with a grant of at least `view`.
            since: the last seq it has applied, or None for a new page.

        Raises:
            Refused: `forbidden`, `not_found`, `going_away`, `unavailable`.
        """
        session.grant.require(Role.VIEW)
        if self._is_draining:
            raise Refused(Code.GOING_AWAY, "The server is restarting.")
        room = await self._rooms.enter(session.grant.board_id)
        try:
            start, snapshot, entries = await self._beginnings.at(room, since)
            looked_at = -1
            while True:
                if looked_at != room.n_rechecks:  # the grant may be older than that
                    looked_at = room.n_rechecks
                    await self._rights.look_at(session)
                elif (rest := room.tail_after(start + len(entries))) is None:
                    entries += await self._beginnings.more(room, start + len(entries))
                else:
                    break
            if self._is_draining:
                raise Refused(Code.GOING_AWAY, "The server is restarting.")
        except BaseException:
            self._rooms.leave(room)
            raise
        # No await from here to the end: nothing can slip between.
        session.outbox.push(self._welcome(session, room, snapshot))
        if session.grant.frozen is not None:
            self._rights.tell_role(session)
        room.admit(session, entries + rest)
        self._counts.n_joins += 1
        self._appear(session, room)

    def leave(self, session: Session) -> None:
        """Take a session out; one that is not in has no effect."""
        room = self._rooms.get(session.grant.board_id)
        if room is not None and room.sessions.get(session.id) is session:
            room.leave(session)
            self._rooms.leave(room)
            self._pacer.mark(room)

    def show(self, session: Session, live: Live) -> None:
        """What a session does right now; what only editors may is left out."""
        room = self._rooms.get(session.grant.board_id)
        if room is None or session.id not in room.sessions:
            return
        if not session.grant.may_edit:
            live.draft = UNSET
            live.extend = UNSET
            live.editing = UNSET
            live.call = UNSET
        room.presence.show(session.id, live)
        self._pace.note()
        self._counts.n_live += 1
        self._pacer.mark(room)

    def head(self, session: Session) -> int:
        """The last seq that was delivered in the session's room."""
        room = self._rooms.get(session.grant.board_id)
        return room.seq if room else 0

    def figures(self) -> EngineFigures:
        """How it stands, for operators."""
        return engine_figures(self._rooms.all(), self._pace)

    def dismiss(self, session_id: str) -> bool:
        """Close a session of this process, whose client comes back; if it is here."""
        session = self._rooms.session(session_id)
        if session is not None:
            session.outbox.close(CLOSE_GOING_AWAY, "An operator closed this.")
        return session is not None

    async def rights_changed(self, board_id: str) -> None:
        """Close or downgrade sessions everywhere, at once (A3); call after commit."""
        self._bus.publish(Rights(board_id, self._process))
        await self._rights.look_again(board_id)

    async def drain(self) -> None:
        """Refuse new sessions, tell the others to come back, finish the commits."""
        self._is_draining = True
        for room in self._rooms.all():
            room.send_held()
            for session in room.sessions.values():
                session.outbox.close(CLOSE_GOING_AWAY, "The server is restarting.")
        await self._folds.finish()
        await self._journal.close()
        self._rights.stop()
        await self._rooms.stop()
        await self._pacer.stop()  # after the rooms, which mark until they are gone
        await self._bus.stop()
        log.info("engine drained")

    # --- inside -----------------------------------------------------------------

    def _append(
        self, grant: Grant, change: Change, by: Author
    ) -> "asyncio.Future[Committed]":
        grant.require(Role.EDIT)
        give_order(change, self._clock.wall_us())
        ops = encode(change.ops)
        if n_bytes(ops) > MAX_ENTRY_BYTES:  # `1e6` is stored as 1000000.0
            raise Refused(Code.TOO_LARGE, f"An entry may have {MAX_ENTRY_BYTES} bytes.")
        return self._journal.append(Proposal(grant.board_id, change.id, by, ops))

    def _take(self, batches: list[Batch]) -> None:
        """Called by the journal after each commit, before the callers learn of it."""
        for batch in batches:
            self._rooms.take(batch)
            self._folds.grown(batch)

    async def _head(self, board_id: str) -> int:
        head = (await self._journal.heads([board_id])).get(board_id)
        if head is None:
            raise Refused(Code.NOT_FOUND, "There is no such board.")
        return head.seq

    async def _require_reached(self, board_id: str, seq: int) -> None:
        head = await self._head(board_id)
        if seq > head:
            raise Refused(Code.NOT_FOUND, f"The board's head is {head}.")

    def _welcome(
        self, session: Session, room: Room, snapshot: SnapshotRef | None
    ) -> str:
        peers, n_more = room.introductions.listed(room.presence)
        welcome = Welcome(
            protocol=PROTOCOL,
            session=session.id,
            role=session.grant.role.value,
            head=room.seq,
            mode="snapshot" if snapshot else "replay",
            peers=[],
            limits=self._settings.limits,
            live_ms=self._pace.ms,
            snapshot=snapshot,
            more=n_more,
            client=session.client,
        )
        return welcome_frame(welcome, peers)

    def _appear(self, session: Session, room: Room) -> None:
        taken = [peer.color for peer in room.introductions.peers(room.presence)]
        peer = Peer(
            session=session.id,
            client=session.client,
            name=session.author.name,
            color=session.color or least_used_color(taken),
            role=session.grant.role.value,
            user=session.author.user,
        )
        room.presence.join(peer)
        if len(room.presence) > CROWD:  # perhaps nobody else is told, but they are
            session.outbox.push(encode(Peers(join=[peer])))
        self._pacer.mark(room)

    def _flush(self, room: Room) -> None:
        self._rooms.tell_others(room, room.flush(self._clock.now()))

    def _look_at_pace(self, late_s: float) -> None:
        self._counts.lag_s.add(late_s)
        if self._pace.look(self._clock.now(), late_s):
            for room in self._rooms.all():
                room.tell(encode(Pace(self._pace.ms)))
                self._pacer.mark(room)
