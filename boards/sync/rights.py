"""Rights that change while people are on a board: closed or downgraded at once (A3).

`access` decides; this asks it again whenever a board's rights may have changed, for all
sessions of its room together, and once more for a session that is just being admitted.
Called by the engine alone.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from boards.access import Grant, frozen_words
from boards.sync.clock import Clock
from boards.sync.protocol import Notice, encode
from boards.sync.refusals import CLOSE_FORBIDDEN, CLOSE_GONE, Code, Refused
from boards.sync.room import Room
from boards.sync.rooms import Rooms
from boards.sync.session import Session

PAUSE_S = 0.5  # between attempts to look at rights while the database is away

LookAgain = Callable[[Iterable[Grant]], Awaitable[dict[Grant, Grant | Refused]]]


class RightsWatch:
    """See the module.

    Args:
        look_again: what grants are worth now, see `access.look_again`.
        on_end: called with a session whose right ended; it is being closed.
        on_live: called with a room in which a peer's role changed.
    """

    def __init__(
        self,
        *,
        rooms: Rooms,
        clock: Clock,
        look_again: LookAgain,
        on_end: Callable[[Session], None],
        on_live: Callable[[Room], None],
    ) -> None:
        self._rooms = rooms
        self._clock = clock
        self._look_again = look_again
        self._on_end = on_end
        self._on_live = on_live
        self._looking: set[asyncio.Task[None]] = set()

    def look_again(self, board_id: str) -> "asyncio.Task[None]":
        """Look at the board's grants again; asked for twice, it is done twice."""
        room = self._rooms.get(board_id)
        if room is not None:
            room.n_rechecks += 1
        task = asyncio.create_task(self._look(board_id))
        self._looking.add(task)
        task.add_done_callback(self._looking.discard)
        return task

    async def look_at(self, session: Session) -> None:
        """See what a session's grant is worth by now; it was decided a while ago.

        Raises:
            Refused: the right ended, or `unavailable`.
        """
        now = (await self._look_again([session.grant]))[session.grant]
        if isinstance(now, Refused):
            raise now
        session.grant = now

    def stop(self) -> None:
        """End the looks that go on."""
        for task in self._looking:
            task.cancel()

    async def _look(self, board_id: str) -> None:
        room = self._rooms.get(board_id)
        while room is not None and room.sessions:
            asked = room.n_rechecks
            grants = {session.grant for session in room.sessions.values()}
            try:
                now = await self._look_again(grants)
            except Refused:
                await self._clock.sleep(PAUSE_S)
                continue
            if asked != room.n_rechecks:
                continue  # what was seen may be older than what others see
            for session in list(room.sessions.values()):
                self._apply(room, session, now.get(session.grant, session.grant))
            return

    def _apply(self, room: Room, session: Session, now: Grant | Refused) -> None:
        if isinstance(now, Refused):
            is_gone = now.code is Code.GONE
            code = CLOSE_GONE if is_gone else CLOSE_FORBIDDEN
            if not is_gone:
                notice = Notice(now.code.value, now.detail, wait_ms=now.wait_ms)
                session.outbox.push(encode(notice))
            session.outbox.close(code, now.detail)
            self._on_end(session)
            return
        was, session.grant = session.grant, now
        if (now.role, now.frozen) == (was.role, was.frozen):
            return
        self.tell_role(session, "only " if now.role.rank < was.role.rank else "")
        if now.role is not was.role:
            room.presence.set_role(session.id, now.role.value)
            self._on_live(room)

    @staticmethod
    def tell_role(session: Session, only: str = "") -> None:
        """Say what the session may do from now on, and why if the board is frozen."""
        role, frozen = session.grant.role.value, session.grant.frozen
        if frozen is None:
            notice = Notice("role", f"You may now {only}{role} this board.", role)
        else:
            notice = Notice(
                Code.FROZEN.value, frozen_words(frozen), role, why=frozen or None
            )
        session.outbox.push(encode(notice))
