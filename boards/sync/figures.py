"""How an engine stands: its open rooms and who is in them, for operators. Pure."""

from collections.abc import Sequence
from heapq import nlargest
from operator import itemgetter

import msgspec

from boards.sync.pace import LivePace
from boards.sync.room import Room

MAX_SESSIONS = 500  # named in one look; all of them are counted


class SessionFigures(msgspec.Struct, frozen=True):
    """One session.

    Attributes:
        unread: characters that were sent and not yet confirmed.
    """

    id: str
    name: str
    role: str
    unread: int


class RoomFigures(msgspec.Struct, frozen=True):
    """One open room.

    Attributes:
        seq: the last entry that its sessions have.
        n_sessions: in this process.
        n_peers: in all processes.
        unread: characters that the sessions were sent and did not yet confirm.
        sessions: who they are, those with most unread first; perhaps not all.
    """

    board: str
    seq: int
    n_sessions: int
    n_peers: int
    unread: int
    sessions: list[SessionFigures]


class EngineFigures(msgspec.Struct, frozen=True):
    """All of an engine.

    Attributes:
        pace_ms: how long clients are asked to wait between two live frames.
        share: of the live frames that are welcome, how many came lately.
        most_unread: of one session, in characters.
        rooms: those with most sessions first.
    """

    pace_ms: int
    share: float
    most_unread: int
    rooms: list[RoomFigures]


def engine_figures(rooms: Sequence[Room], pace: LivePace) -> EngineFigures:
    """Look at all rooms; a millisecond or two for a thousand sessions."""
    n_named, most_unread = 0, 0
    seen = []
    for room in sorted(rooms, key=lambda room: -len(room.sessions)):
        unread = [session.outbox.n_unread for session in room.sessions.values()]
        figures = _room_figures(room, unread, MAX_SESSIONS - n_named)
        n_named += len(figures.sessions)
        most_unread = max(most_unread, *unread, 0)
        seen.append(figures)
    return EngineFigures(pace.ms, pace.share, most_unread, seen)


def _room_figures(room: Room, unread: Sequence[int], n_most: int) -> RoomFigures:
    by_unread = zip(unread, room.sessions.values(), strict=True)
    named = nlargest(n_most, by_unread, key=itemgetter(0)) if n_most else []
    return RoomFigures(
        board=room.board_id,
        seq=room.seq,
        n_sessions=len(unread),
        n_peers=len(room.presence),
        unread=sum(unread),
        sessions=[
            SessionFigures(
                session.id, session.author.name, session.grant.role.value, n_unread
            )
            for n_unread, session in named
        ],
    )
