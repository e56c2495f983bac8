"""One socket as the room sees it: who it is, and its bounded outbox.

Pure: a session knows no socket. Frames are pushed in; a frame writer puts them on the
socket at once where the server has one, else the consumer takes them out and sends
them. Made by the consumer, admitted by the engine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boards.sync.framing import Parcel
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
    confirmed by `ping.received`; a frame writer tells what lies unsent, too, whatever
    the client says. Over it the session is cut alone (R4).

    Args:
        limit_chars: how much may be unread, in characters of frames; unsent, in bytes.
        wake: called when there is something to take, or the socket is to be closed.
        write: the frame writer, if there is one: takes a parcel, never raises or calls
            back, and returns how many bytes are unsent. Nothing is queued then.
    """

    __slots__ = (
        "_chars_pushed",
        "_chars_read",
        "_checkpoints",
        "_frames",
        "_limit_chars",
        "_most_chars",
        "_n_pushed",
        "_next_checkpoint",
        "_wake",
        "_write",
        "closing",
    )

    def __init__(
        self,
        limit_chars: int,
        wake: Callable[[], None],
        write: Callable[[Parcel], int] | None = None,
    ) -> None:
        self._limit_chars = limit_chars
        self._wake = wake
        self._write = write
        self._frames: list[str] = []  # a deque is ten times as large while empty
        self._n_pushed = 0
        self._chars_pushed = 0
        self._chars_read = 0
        self._most_chars = limit_chars  # what may have been pushed by now
        self._next_checkpoint = CHECKPOINT_CHARS
        self._checkpoints: list[tuple[int, int]] = []  # some dozens at most
        self.closing: Closing | None = None

    def push(self, text: str) -> None:
        """Write or queue one frame; after a close it has no effect."""
        self.push_all(Parcel([text]))

    def push_all(self, parcel: Parcel) -> None:
        """Write or queue frames that may go to others, too."""
        if self.closing is not None:
            return
        self._n_pushed += len(parcel.texts)
        self._chars_pushed = n_chars = self._chars_pushed + parcel.n_chars
        if n_chars >= self._next_checkpoint:
            self._checkpoints.append((self._n_pushed, n_chars))
            self._next_checkpoint = n_chars + CHECKPOINT_CHARS
        if n_chars > self._most_chars:
            self._frames.clear()
            self.close(CLOSE_TOO_SLOW, "Too much was left unread.")
        elif self._write is None:
            self._frames.extend(parcel.texts)
            self._wake()
        elif self._write(parcel) > self._limit_chars:
            self.close(CLOSE_TOO_SLOW, "Too much could not be sent.")

    @property
    def n_unread(self) -> int:
        """How many characters were pushed that the client did not yet confirm."""
        return self._chars_pushed - self._chars_read

    def close(self, code: int, reason: str) -> None:
        """Ask for the socket to be closed after what is queued; the first call wins."""
        if self.closing is None:
            self.closing = Closing(code, reason)
            self._wake()

    def confirm(self, n_received: int) -> None:
        """Take note that the client has received that many frames."""
        while self._checkpoints and self._checkpoints[0][0] <= n_received:
            self._chars_read = self._checkpoints.pop(0)[1]
        if n_received >= self._n_pushed:
            self._chars_read = self._chars_pushed
            self._next_checkpoint = self._chars_read + CHECKPOINT_CHARS
        self._most_chars = self._chars_read + self._limit_chars

    def take(self) -> list[str]:
        """All queued frames, leaving none."""
        frames, self._frames = self._frames, []
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
