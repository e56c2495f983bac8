"""Answers that are on their way: who does not read them does not fill the memory.

The server takes an answer whole, and keeps what its reader leaves unread. A picture has
megabytes, and asking costs nothing: some hundred that nobody reads were the end of the
process. So whoever makes a large answer counts it here while it is in memory, and the
server counts what lies unread on a connection. Over the bound the next one is refused,
and pages ask again. Knows no request and no connection; from any thread.
"""

import gc
import threading
import time
from collections import Counter
from collections.abc import Hashable

from boards.sync.refusals import Code, Refused

LARGE_BYTES = 256 * 1024  # smaller ones are held by the rates of requests
MOST_BYTES = 256 * 1024 * 1024
MOST_OF_ADDRESS_BYTES = 64 * 1024 * 1024
RETRY_MS = 2_000
SWEEP_S = 1.0  # at most so often: it takes some milliseconds


class Burden:
    """What is held for callers; `most` of all together, `most_of_address` of one."""

    def __init__(
        self, most: int = MOST_BYTES, most_of_address: int = MOST_OF_ADDRESS_BYTES
    ) -> None:
        self._most = most
        self._most_of_address = most_of_address
        self._lock = threading.RLock()  # what is dropped may call in the midst
        self._held: dict[Hashable, tuple[str, int]] = {}
        self._of_address: Counter[str] = Counter()
        self._swept_at = 0.0
        self.n_bytes = 0

    def hold(self, what: Hashable, address: str, n_bytes: int) -> None:
        """Count what is about to be held, or more of it, until it is let go.

        What is larger than the bound has its way where nothing else is held.

        Raises:
            Refused: `busy`, there is too much already.
        """
        with self._lock:
            self._drop(what)
            if not self._has_room(address, n_bytes):
                self._sweep()
            if not self._has_room(address, n_bytes):
                raise Refused(Code.BUSY, "Too much is under way.", wait_ms=RETRY_MS)
            self._set(what, address, n_bytes)

    def tell(self, what: Hashable, address: str, n_bytes: int) -> None:
        """Count what is held whatever we say, instead of what was told of it."""
        with self._lock:
            self._drop(what)
            self._set(what, address, n_bytes)

    def let_go(self, what: Hashable) -> None:
        """It is in memory no more; again has no effect."""
        with self._lock:
            self._drop(what)

    def _has_room(self, address: str, n_bytes: int) -> bool:
        of_all, of_address = self.n_bytes, self._of_address[address]
        return (not of_all or of_all + n_bytes <= self._most) and (
            not of_address or of_address + n_bytes <= self._most_of_address
        )

    def _sweep(self) -> None:
        """Let go of answers whose callers left: in cycles, until Python looks."""
        now = time.monotonic()
        if now - self._swept_at >= SWEEP_S:
            self._swept_at = now
            gc.collect(1)

    def _set(self, what: Hashable, address: str, n_bytes: int) -> None:
        self._held[what] = (address, n_bytes)
        self._of_address[address] += n_bytes
        self.n_bytes += n_bytes

    def _drop(self, what: Hashable) -> None:
        address, n_bytes = self._held.pop(what, ("", 0))
        self.n_bytes -= n_bytes
        self._of_address[address] -= n_bytes
        if self._of_address[address] <= 0:
            del self._of_address[address]


outgoing = Burden()  # of this process
