"""Engines and journals that are broken on purpose: the world must notice each of them.

Ours is patched here, which no other test does: a check of the checks needs faults that
the code does not have.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from boards.access import Grant
from boards.sync.engine import Engine
from boards.sync.framing import Parcel
from boards.sync.journal import Batch
from boards.sync.presence import Presence
from boards.sync.protocol import Author, Change
from boards.sync.rights import RightsWatch
from boards.sync.room import Room
from boards.sync.rooms import Rooms
from boards.sync.session import Outbox, Session
from boards.sync.store import Committed, Proposal, StoredSnapshot
from tests.support.world.journal import FakeBoard, FakeDatabase, FakeJournal


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: how it is built in, what is wrong, and the rules that it breaks.

    `first` is the seed to begin with, a little before one that is known to notice it.
    """

    name: str
    why: str
    rules: str
    build: Callable[[], AbstractContextManager[object]]
    journal: type[FakeJournal] = FakeJournal
    first: int = 0


# --- rooms ------------------------------------------------------------


def offer_over_holes(self: Room, first: int, texts: list[str]) -> int | None:
    """Show what comes, hole or not."""
    if first + len(texts) - 1 > self.seq:
        fresh = texts[max(0, self.seq + 1 - first) :]
        self.seq = max(self.seq, first - 1)
        self._deliver(fresh)
    return None


def offer_again(self: Room, first: int, texts: list[str]) -> int | None:
    """Show what was shown before."""
    if first > self.seq + 1:
        return first - 1
    self.seq = first - 1
    self._deliver(texts)
    return None


# --- engine ------------------------------------------------------------


async def join_with_a_pause(self: Engine, session: Session, since: int | None) -> None:
    """Wait between reading what the session lacks and admitting it."""
    room = await self._rooms.enter(session.grant.board_id)
    await self._rights.look_at(session)
    start, snapshot, _ = await self._beginnings.at(room, since)
    rest, _ = await self._journal.read(room.board_id, start, room.seq, 1_000_000)
    session.outbox.push(self._welcome(session, room, snapshot))
    await self._journal.heads([room.board_id])
    room.admit(session, rest)
    self._appear(session, room)


def answer_nothing(self: Engine, session: Session, committed: Committed) -> None:
    """Leave a repeated change without its entry."""


def append_from_anybody(
    self: Engine, grant: Grant, change: Change, by: Author
) -> "asyncio.Future[Committed]":
    """Do not ask for the right."""
    return self._journal.append(Proposal(grant.board_id, change.id, by, "[]"))


async def look_nowhere(self: RightsWatch, board_id: str) -> None:
    """Leave everybody what they had."""


async def look_at_none(self: RightsWatch, session: Session) -> None:
    """Take the grant as it was decided a while ago."""


# --- journals ------------------------------------------------------------


def know_nothing(self: FakeDatabase, board: FakeBoard, change_id: str) -> int | None:
    """Do not recognise repeated change ids."""
    return None


class TellsEarly(FakeJournal):
    """Tells of entries, then commits them."""

    async def _commit(self, batch: list[Any]) -> None:
        boards = self._database.boards
        for waiting in batch:
            board_id = waiting.proposal.board_id
            first = len(boards[board_id].texts) + 1
            text = f'{{"seq":{first},"id":"x","at":0,"by":{{"session":"","client":""}}'
            self._on_commit([Batch(board_id, first, [text + ',"ops":[]}'])])
        await super()._commit(batch)


class AnswersEarly(FakeJournal):
    """Answers before the entry is in the database; a crash then loses it."""

    def append(self, proposal: Proposal) -> "asyncio.Future[Committed]":
        """Answer with the number that it will have, commit behind the back."""
        texts = self._database.texts(proposal.board_id)
        late = super().append(proposal)
        late.add_done_callback(lambda done: done.cancelled() or done.exception())
        early: asyncio.Future[Committed] = asyncio.get_running_loop().create_future()
        early.set_result(Committed(len(texts) + 1, "{}", repeated=False))
        return early


class SavesWrongFolds(FakeJournal):
    """Saves a snapshot that lacks its last entry."""

    async def save_snapshot(
        self, board_id: str, seq: int, *, is_awaited: bool = False
    ) -> StoredSnapshot:
        """Fold one less."""
        snapshot = await super().snapshot_at(board_id, max(seq - 1, 0))
        wrong = StoredSnapshot(seq, snapshot.body)
        self._database.boards[board_id].snapshots[seq] = wrong
        return wrong


def drop_the_rest(self: Outbox, parcel: Parcel) -> None:
    """Drop what a slow reader has no room for, instead of cutting it."""
    if self.closing is None:
        self._chars_pushed += parcel.n_chars
        if self._chars_pushed - self._chars_read <= self._limit_chars:
            self._frames.extend(parcel.texts)
            self._n_pushed += len(parcel.texts)
        self._wake()


def no_expiry(self: Presence, now: float, after_s: float) -> None:
    """Remember the dead."""


def hear_no_list(
    self: Presence, process: str, peers: list[Any], now: float, number: int = 0
) -> None:
    """Believe what came first."""
    self._heard_at[process] = now


def compare_nothing(self: Rooms, kept: object, head: object) -> None:
    """Poll, but do not look."""


def _swap(
    owner: type, name: str, new: object
) -> Callable[[], AbstractContextManager[object]]:
    return lambda: patch.object(owner, name, new)


MUTANTS = (
    Mutant(
        "holes", "what comes is shown", "R1 R2", _swap(Room, "offer", offer_over_holes)
    ),
    Mutant("doubles", "old is shown again", "R1", _swap(Room, "offer", offer_again)),
    Mutant("pause", "admission awaits", "R2", _swap(Engine, "join", join_with_a_pause)),
    Mutant(
        "slow", "frames are dropped", "R2", _swap(Outbox, "push_all", drop_the_rest)
    ),
    Mutant("poll", "nobody polls", "R5", _swap(Rooms, "_compare", compare_nothing)),
    Mutant(
        "ids", "repeated ids are new", "J3", _swap(FakeDatabase, "known", know_nothing)
    ),
    Mutant("early", "told, then committed", "J4", nullcontext, TellsEarly),
    Mutant("ack", "answered, then committed", "J3 J6", nullcontext, AnswersEarly),
    Mutant("fold", "snapshots lack one", "D5", nullcontext, SavesWrongFolds),
    Mutant(
        "answer",
        "a repeated change has no answer",
        "R5",
        _swap(Engine, "_repeat", answer_nothing),
    ),
    Mutant(
        "right",
        "anybody draws",
        "A2",
        _swap(Engine, "_append", append_from_anybody),
    ),
    Mutant("look", "nobody rechecks", "A3", _swap(RightsWatch, "_look", look_nowhere)),
    Mutant(
        "grant",
        "old grants enter",
        "A3",
        _swap(RightsWatch, "look_at", look_at_none),
        first=280,
    ),
    Mutant("dead", "the dead stay", "P3", _swap(Presence, "expire", no_expiry)),
    Mutant(
        "list", "lists are ignored", "P2 P3", _swap(Presence, "hear_all", hear_no_list)
    ),
)
