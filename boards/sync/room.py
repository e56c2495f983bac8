"""A room: one board in one process. Puts entries in order and hands them to sessions.

Pure: no socket, database, layer or clock; the engine calls it and reads holes from the
journal for it. Whatever the bus loses, doubles or reorders, every session sees each
entry once and in order (R1), a hole is filled before anything later is shown (R2).
"""

from collections import deque
from itertools import islice

from boards.sync.frames import in_frames, live_frames, peers_frames
from boards.sync.framing import Parcel
from boards.sync.introductions import Introductions
from boards.sync.presence import Delta, Presence
from boards.sync.session import Session
from boards.sync.turns import Turns
from boards.sync.weight import Weight

TAIL_CHARS = 1024 * 1024  # joiners within this much of the head need no database
MAX_AHEAD = 10_000  # entries held while a hole is read; more are read again later


class Room:
    """The sessions, the newest entries and the presence of one board.

    Args:
        board_id: of which board.
        crowd: from so many sessions on, entries wait for the next flush, to go out
            together and with what is live: a sending costs each socket a system call,
            and a hundred people finish thirty strokes a second.

    Attributes:
        seq: the last entry that was delivered to the sessions, or is held for them.
        sessions: the admitted sessions by id.
        n_rechecks: how often the grants of this board had to be looked at again.
    """

    def __init__(self, board_id: str, crowd: int = 1_000_000) -> None:
        self.board_id = board_id
        self._crowd = crowd
        self.seq = 0
        self.sessions: dict[str, Session] = {}
        self.n_rechecks = 0
        self.presence = Presence()
        self._turns = Turns()
        self._held: list[str] = []  # entries that wait for the next flush
        self.introductions = Introductions()
        self._weight = Weight()
        self._tail: deque[str] = deque()
        self._tail_chars = 0
        self._ahead: dict[int, str] = {}

    def start(self, seq: int) -> None:
        """Begin at the journal's head; what came in while it was read is kept."""
        if seq > self.seq:
            self._tail.clear()
            self._tail_chars = 0
            self.seq = seq
        self._deliver(self._next_ahead(self.seq))

    def offer(self, first: int, texts: list[str]) -> int | None:
        """Take contiguous entries from anywhere, in any order, any number of times.

        Args:
            first: the seq of the first text.
            texts: stored entries.

        Returns:
            The seq up to which the journal must be read before more can be shown, or
            None when there is no hole.
        """
        if first > self.seq + 1:
            for offset, text in enumerate(texts):
                if len(self._ahead) < MAX_AHEAD:
                    self._ahead[first + offset] = text
            return self.hole()
        fresh = texts[self.seq + 1 - first :]
        self._deliver(fresh + self._next_ahead(self.seq + len(fresh)))
        return self.hole()

    def hole(self) -> int | None:
        """The last missing seq before what waits ahead, or None."""
        return min(self._ahead) - 1 if self._ahead else None

    def tail_after(self, seq: int) -> list[str] | None:
        """The entries after `seq`, or None when they are no longer held here."""
        n_wanted = self.seq - seq
        if not 0 <= n_wanted <= len(self._tail):
            return None
        return list(islice(self._tail, len(self._tail) - n_wanted, None))

    def admit(self, session: Session, entries: list[str]) -> None:
        """Let a session in that was sent nothing yet but its welcome.

        Args:
            session: from now on it gets all that is delivered here (R3).
            entries: what it lacks, up to exactly `self.seq`.
        """
        self._release()  # the others' entries up to `seq`, which this one has
        if entries:
            session.outbox.push_all(Parcel(in_frames(entries)))
        self.sessions[session.id] = session
        self._turns.add(session)

    def leave(self, session: Session) -> None:
        """Forget a session; one that is not here has no effect."""
        if self.sessions.pop(session.id, None) is not None:
            self._turns.remove(session)
            self.presence.leave(session.id)

    @property
    def is_holding(self) -> bool:
        """Whether something waits for the next flush that is not of peers."""
        return bool(self._held) or not self._turns.is_done

    @property
    def is_behind(self) -> bool:
        """Whether there is to be another flush, whatever happens meanwhile."""
        return self.is_holding or bool(self._weight.waiting)

    @property
    def n_flushes(self) -> int:
        """How many flushes it takes until everybody has had what there is now."""
        return self._turns.n_in_round

    def send_held(self) -> None:
        """Send the entries that wait for a flush now, before something else."""
        self._release()
        self._turns.send_all()

    def flush(self, now: float) -> Delta:
        """Send what waits and what peers did, to those who waited for it longest.

        Args:
            now: in seconds, on a scale that never goes back.

        Returns:
            What peers did in this process since the last flush, for the others.
        """
        everything, ours = self.presence.take(self._weight.look(now))
        self._release()
        if everything:
            told, n_more = self.introductions.told(everything, self.presence)
            peers = peers_frames(told, n_more)
            self._turns.put(peers + live_frames(told.doing, self._weight))
        self._turns.send_some()
        return ours

    def tell(self, frame: str) -> None:
        """Send one frame to all sessions, with the next flush."""
        self._turns.put([frame])

    def _release(self) -> None:
        """What was held has its place among what is sent."""
        held, self._held = self._held, []
        self._turns.put(in_frames(held))

    def _next_ahead(self, seq: int) -> list[str]:
        for stale in [n for n in self._ahead if n <= seq]:
            del self._ahead[stale]
        texts: list[str] = []
        while (text := self._ahead.pop(seq + 1 + len(texts), None)) is not None:
            texts.append(text)
        return texts

    def _deliver(self, texts: list[str]) -> None:
        if not texts:
            return
        self.seq += len(texts)
        if len(self.sessions) < self._crowd and not self.is_holding:
            self._turns.put(in_frames(texts))
            self._turns.send_all()
        else:
            self._held += texts
        for text in texts:
            self._tail.append(text)
            self._tail_chars += len(text)
        while self._tail_chars > TAIL_CHARS:
            self._tail_chars -= len(self._tail.popleft())
