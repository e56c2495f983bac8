"""What many sockets may do together: how many there may be, and how fast they draw.

A socket's own budget is in the consumer. Here is what holds for all sockets of one
address, of one person (an account, or the browser that created boards), of one key and
on one board, in this process: a limit against floods, not an accounting. Called by the
consumer, through a `Membership`.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings

from boards.access import Credentials, hash_key
from boards.sync.budget import Budget
from boards.sync.refusals import Code, Refused

BURST_S = 4.0  # a budget may be used up this far ahead, as a socket's own
MAX_BUDGETS = 10_000  # then those that nobody used for a while are forgotten
FORGOTTEN_AFTER_S = 60.0  # by then a budget is full again, whatever it is
RETRY_MS = 10_000


class Shared(NamedTuple):
    """Something that sockets have in common: `address`, `person`, `key`, `board`."""

    kind: str
    name: str


class Places:
    """How many sockets are open, by what they have in common."""

    def __init__(self) -> None:
        self._n_open: Counter[Shared] = Counter()

    def take(self, shared: Shared, most: int) -> None:
        """Count one more.

        Raises:
            Refused: `busy`, where there are as many as there may be.
        """
        if self._n_open[shared] >= most:
            said = {
                "address": "Too many sockets are open from your address.",
                "board": "As many people as it takes are on this board.",
            }
            raise Refused(
                Code.BUSY, said.get(shared.kind, "Too many."), wait_ms=RETRY_MS
            )
        self._n_open[shared] += 1

    def leave(self, shared: Shared) -> None:
        """Count one less."""
        self._n_open[shared] -= 1
        if self._n_open[shared] <= 0:
            del self._n_open[shared]


class Paces:
    """Budgets of changes, by what sockets have in common."""

    def __init__(self) -> None:
        self._budgets: dict[Shared, Budget] = {}

    def take(self, those: Iterable[tuple[Shared, int]], now: float, n: int) -> float:
        """Take so many changes from each budget, in order, as long as there are some.

        Args:
            those: what to count for, each with its changes a second, the narrowest
                first: those after the one that is used up stay as they are.
            now: in seconds.
            n: as how many changes this one counts.

        Returns:
            0 when it may go on, else how many seconds to wait.
        """
        for shared, per_s in those:
            budget = self._budgets.get(shared)
            if budget is None:
                self._make_room(now)
                budget = self._budgets[shared] = Budget(per_s, BURST_S * per_s, now)
            if wait_s := budget.take(now, n):
                return wait_s
        return 0.0

    def _make_room(self, now: float) -> None:
        if len(self._budgets) < MAX_BUDGETS:
            return
        since = now - FORGOTTEN_AFTER_S
        self._budgets = {
            shared: budget
            for shared, budget in self._budgets.items()
            if budget.used_at > since
        }


places = Places()  # of this process
paces = Paces()


class Membership:
    """What one socket counts for, from its opening to its end."""

    __slots__ = ("_address", "_board", "_paced", "_taken")

    def __init__(self, address: str, board_id: str) -> None:
        self._address = Shared("address", address)
        self._board = Shared("board", board_id)
        self._taken: list[Shared] = []
        self._paced: list[tuple[Shared, int]] = []

    def begin(self) -> None:
        """The socket is open.

        Raises:
            Refused: `busy`, too many of this address are.
        """
        self._take(self._address, settings.BOARD_ADDRESS_SOCKETS)

    def join(self, shown: Credentials) -> None:
        """Whoever shows this enters the board.

        Raises:
            Refused: `busy`, too many are on it.
        """
        self._take(self._board, settings.BOARD_BOARD_SOCKETS)
        # What is refused to a few must cost the many nothing.
        self._paced = [
            *((who, settings.BOARD_PERSON_SUBMITS_PER_S) for who in _people(shown)),
            (self._address, settings.BOARD_ADDRESS_SUBMITS_PER_S),
            (self._board, settings.BOARD_BOARD_SUBMITS_PER_S),
        ]

    def wait_s(self, now: float, n: int = 1) -> float:
        """Count a change, as n; how many seconds it must wait, 0 when it may go on."""
        return paces.take(self._paced, now, n)

    def end(self) -> None:
        """The socket is closed."""
        for shared in self._taken:
            places.leave(shared)
        self._taken = []

    def _take(self, shared: Shared, most: int) -> None:
        places.take(shared, most)
        self._taken.append(shared)


def _people(shown: Credentials) -> list[Shared]:
    """Whom changes count for; nobody for who just has the link."""
    if shown.key is not None:
        return [Shared("key", hash_key(shown.key))]  # a key itself is kept nowhere
    if shown.user_id is not None:
        return [Shared("person", f"user {shown.user_id}")]
    return [Shared("person", shown.creator)] if shown.creator else []
