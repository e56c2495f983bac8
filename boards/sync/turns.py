"""Turns: the frames that a room's sessions lack are sent to a part of them at a time.

Five thousand sendings are a twentieth of a second, in which nothing would be read and
after which the next news would be just as late again. So a large room is sent to in
turns: each sends what its sessions have not had yet, what came in during the turns
before included, in one system call for each socket. A small room is one turn. Pure.
"""

from collections import deque
from dataclasses import dataclass

from boards.sync.framing import Parcel
from boards.sync.session import Session

TURN = 250  # sessions; two to five milliseconds


@dataclass(slots=True, eq=False)
class _Part:
    """Sessions that have been sent the same.

    Attributes:
        sessions: by id, at most `TURN`.
        upto: how many of all frames they have had.
    """

    sessions: dict[str, Session]
    upto: int


class Turns:
    """See the module. All sessions get all frames that are put after they are added.

    Args:
        size: how many sessions are a turn.
    """

    def __init__(self, size: int = TURN) -> None:
        self._size = size
        self._parts: deque[_Part] = deque()  # who waited longest comes first
        self._part_of: dict[str, _Part] = {}
        self._frames: list[str] = []  # the newest, which some lack
        self._end = 0  # how many frames there have been

    @property
    def n_in_round(self) -> int:
        """How many turns it takes until everybody had one."""
        return max(1, -(-len(self._part_of) // self._size))

    @property
    def is_done(self) -> bool:
        """Whether nobody lacks anything."""
        return not self._frames

    def add(self, session: Session) -> None:
        """Let a session in, which is sent what is put from now on."""
        last = self._parts[-1] if self._parts else None
        if last is None or last.upto < self._end or len(last.sessions) >= self._size:
            last = _Part({}, self._end)
            self._parts.append(last)
        last.sessions[session.id] = session
        self._part_of[session.id] = last

    def remove(self, session: Session) -> None:
        """Take a session out; it is sent nothing more."""
        part = self._part_of.pop(session.id)
        del part.sessions[session.id]
        if not part.sessions:
            self._parts.remove(part)
            self._forget()

    def put(self, frames: list[str]) -> None:
        """Everybody is to be sent these, after what was put before."""
        if self._parts:
            self._frames += frames
            self._end += len(frames)

    def send_some(self) -> None:
        """One turn: who waited longest is sent all that there is."""
        if self._frames:
            self._send(self._next())
            self._forget()

    def send_all(self) -> None:
        """Send everybody what they lack, at once."""
        while self._frames:
            self.send_some()

    def _next(self) -> list[_Part]:
        """Who has the next turn: parts that are together no more than a turn."""
        chosen = [self._parts.popleft()]
        n_chosen = len(chosen[0].sessions)
        while self._parts:
            n_chosen += len(self._parts[0].sessions)
            if n_chosen > self._size:
                break
            chosen.append(self._parts.popleft())
        return chosen

    def _send(self, parts: list[_Part]) -> None:
        """Send to these, which are one part from then on."""
        first, *others = parts
        parcels: dict[int, Parcel] = {}
        for part in parts:
            n_lacked = self._end - part.upto
            if n_lacked and n_lacked not in parcels:
                frames = self._frames[-n_lacked:]
                parcels[n_lacked] = Parcel(frames, len(self._part_of))
            if n_lacked:
                for session in part.sessions.values():
                    session.outbox.push_all(parcels[n_lacked])
        for part in others:
            first.sessions |= part.sessions
            self._part_of |= dict.fromkeys(part.sessions, first)
        first.upto = self._end
        self._parts.append(first)

    def _forget(self) -> None:
        """Drop the frames that everybody has had."""
        n_lacked = self._end - min((part.upto for part in self._parts), default=0)
        if not self._parts:
            n_lacked = 0
        del self._frames[: len(self._frames) - n_lacked]
