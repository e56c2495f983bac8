"""How much of what is large a room tells: lossy things must not fill anybody's line.

A draft may have half a megabyte, a selection sixty thousand characters, and both may
change a hundred times a second; whoever reads slower than that would be cut (R4). What
is small always goes out. What is large goes out at a rate that a slow line takes; who
shows more waits, and meanwhile it is merged as always. Pure; a room keeps one.
"""

SMALL_CHARS = 2 * 1024  # what drawing and pointing come to, by far
CHARS_PER_S = 1_000_000
AHEAD_S = 1.0  # what may be told ahead of the rate: well below `BOARD_UNREAD_BYTES`
BACK_S = 0.75  # who waits may tell again


class Weight:
    """What a room has told lately of what is large.

    Attributes:
        waiting: the sessions that show too much; what they do is told later.
    """

    def __init__(self) -> None:
        self.waiting: set[str] = set()
        self._now = 0.0
        self._paid_at = 0.0  # when the rate has caught up

    def look(self, now: float) -> set[str]:
        """Who is still waiting now, in seconds on a scale that never goes back."""
        self._now = now
        if self.waiting and self._paid_at - now <= BACK_S:
            self.waiting.clear()
        return self.waiting

    def take(self, session: str, n_chars: int) -> bool:
        """Whether so much of a session may be told at the time of the last look."""
        if n_chars <= SMALL_CHARS:
            return True
        has_room = self._paid_at - self._now < AHEAD_S
        if has_room:
            told_at = max(self._paid_at, self._now)
            self._paid_at = told_at + n_chars / CHARS_PER_S
        if self._paid_at - self._now >= AHEAD_S:
            self.waiting.add(session)
        return has_room
