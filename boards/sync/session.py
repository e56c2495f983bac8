"""One socket as the room sees it: who it is, and its bounded outbox.

Pure: a session never touches a socket. Frames are pushed in; the consumer takes them
out and writes them. Made by the consumer, admitted by the engine.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boards.sync.protocol import Author
from boards.sync.refusals import CLOSE_TOO_SLOW

if TYPE_CHECKING:  # a grant is only carried here; `access` knows Django, we do not
    from boards.access import Grant

CHECKPOINT_CHARS = 64 * 1024  # how finely a reader's backlog is measured


@dataclass(frozen=True, slots=True)
class Closing:
    """Why and how a socket is to be closed."""

    code: int
    reason: str


class Outbox:
    """Frames for one socket, in order, bounded by what its reader left unread.

    Daphne takes whatever it is given, so the bound counts what the client has not yet
    confirmed by `ping.received`. Over it the session is cut alone (R4).

    Args:
        limit_chars: how much may be unread, in characters of frames.
        wake: called when there is something to take.
    """

    def __init__(self, limit_chars: int, wake: Callable[[], None]) -> None:
        self._limit_chars = limit_chars
        self._wake = wake
        self._frames: deque[str] = deque()
        self._n_pushed = 0
        self._chars_pushed = 0
        self._chars_read = 0
        self._checkpoints: deque[tuple[int, int]] = deque()
        self.closing: Closing | None = None

    def push(self, frame: str) -> None:
        """Queue a frame; after a close it has no effect."""
        if self.closing is not None:
            return
        self._frames.append(frame)
        self._n_pushed += 1
        self._chars_pushed += len(frame)
        last = self._checkpoints[-1][1] if self._checkpoints else self._chars_read
        if self._chars_pushed - last >= CHECKPOINT_CHARS:
            self._checkpoints.append((self._n_pushed, self._chars_pushed))
        if self._chars_pushed - self._chars_read > self._limit_chars:
            self._frames.clear()
            self.close(CLOSE_TOO_SLOW, "Too much was left unread.")
        else:
            self._wake()

    def close(self, code: int, reason: str) -> None:
        """Ask for the socket to be closed after what is queued; the first call wins."""
        if self.closing is None:
            self.closing = Closing(code, reason)
            self._wake()

    def confirm(self, n_received: int) -> None:
        """Take note that the client has received that many frames."""
        while self._checkpoints and self._checkpoints[0][0] <= n_received:
            self._chars_read = self._checkpoints.popleft()[1]
        if n_received >= self._n_pushed:
            self._chars_read = self._chars_pushed

    def take(self) -> list[str]:
        """All queued frames, leaving none."""
        frames = list(self._frames)
        self._frames.clear()
        return frames


class Session:
    """One socket on one board: its grant, its author and its outbox."""

    __slots__ = ("author", "client", "color", "grant", "id", "outbox")

    def __init__(
        self,
        *,
        author: Author,
        color: str,
        grant: "Grant",
        outbox: Outbox,
    ) -> None:
        self.id = author.session
        self.client = author.client
        self.author = author
        self.color = color
        self.grant = grant
        self.outbox = outbox
