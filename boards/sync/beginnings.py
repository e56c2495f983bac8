"""Where a session begins: with which snapshot, and with which entries after it.

A joiner costs the newest snapshot and the tail, not the age of the board. Called by the
engine for each session that joins; it only reads.
"""

from boards.sync.folds import Folds
from boards.sync.journal import Journal
from boards.sync.protocol import SnapshotRef
from boards.sync.refusals import Code, Refused
from boards.sync.room import Room
from boards.sync.rooms import Rooms

REPLAY_CHARS = 1024 * 1024  # who lacks more fetches a snapshot by HTTP instead
TAIL_CHARS = 3 * 1024 * 1024  # what may follow a snapshot
WELCOME_CHARS = 640 * 1024  # the largest: who is there, and what they show
FULL = 0.75  # of an outbox; the rest is for what is told meanwhile


class Beginnings:
    """See the module.

    Args:
        journal: what is read.
        rooms: bring a room that lags behind up to the journal's head.
        folds: make a snapshot where there is none that serves.
        snapshot_url: with `{board_id}` and `{seq}`.
        unread_chars: what a session may leave unread. A beginning that is longer would
            end it, again after each reconnect.
    """

    def __init__(
        self,
        *,
        journal: Journal,
        rooms: Rooms,
        folds: Folds,
        snapshot_url: str,
        unread_chars: int,
    ) -> None:
        self._journal = journal
        self._rooms = rooms
        self._folds = folds
        self._snapshot_url = snapshot_url
        at_least, beside_most = unread_chars // 4, unread_chars - WELCOME_CHARS
        room_for_tail = max(at_least, round(beside_most * FULL))
        self._tail_chars = min(TAIL_CHARS, room_for_tail)
        self._replay_chars = min(REPLAY_CHARS, room_for_tail)

    async def at(
        self, room: Room, since: int | None
    ) -> tuple[int, SnapshotRef | None, list[str]]:
        """Where a session's entries begin, the snapshot below, and the first of them.

        The newest snapshot serves, however old, if what follows can be sent: folding is
        waited for only where it cannot.
        """
        is_lost = False
        if since is not None and since > room.seq:
            await self._rooms.catch_up(room)
            is_lost = since > room.seq  # the journal never was that far
        if not is_lost:
            near = await self._after(room, since or 0, self._replay_chars)
            if near is not None:
                return since or 0, None, near
        newest = await self._journal.newest_snapshot_seq(room.board_id)
        if since is not None and not is_lost and newest is not None and since >= newest:
            tail = await self._after(room, since, self._tail_chars)
            if tail is not None:  # a page that has just fetched that snapshot
                return since, None, tail
        seq, tail = await self._snapshot_below(room, newest)
        if seq > room.seq:  # another process saved it; this one lags behind
            await self._rooms.catch_up(room)
        url = self._snapshot_url.format(board_id=room.board_id, seq=seq)
        return seq, SnapshotRef(url, seq), tail

    async def more(self, room: Room, seq: int) -> list[str]:
        """The entries after a seq that the room no longer holds.

        Raises:
            Refused: `lost_place` when the journal does not have them either.
        """
        texts, _ = await self._journal.read(room.board_id, seq, room.seq, REPLAY_CHARS)
        if not texts:
            raise Refused(Code.LOST_PLACE, "The board's end is missing.")
        return texts

    async def _snapshot_below(
        self, room: Room, newest: int | None
    ) -> tuple[int, list[str]]:
        """A snapshot's seq, and what follows it; the newest, if that can be sent."""
        seq = newest
        most = self._tail_chars
        while seq is None or (tail := await self._after(room, seq, most)) is None:
            seq = (await self._folds.needed(room.board_id, room.seq)).seq
        return seq, tail

    async def _after(self, room: Room, seq: int, limit_chars: int) -> list[str] | None:
        """What follows a seq, none of it if the room has it; None if it is too much."""
        held = room.tail_after(seq)
        if held is not None:
            return [] if sum(map(len, held)) <= limit_chars else None
        read = self._journal.read(room.board_id, seq, room.seq, limit_chars)
        texts, is_all = await read
        return texts if is_all else None
