"""Who of a crowd is introduced to the sessions of a room.

In a small room everybody is: the full list, then changes (P2). In a crowd that would
cost the square of its number, so only some are shown, the same to everybody, and the
others are counted. Who does something that others see is introduced then, in the place
of whoever did nothing for the longest; where more than that do something all the time,
all of those are shown. Pure; a room keeps one. Between processes everybody is known:
this is only about what sockets are told.
"""

from msgspec import UNSET

from boards.sync.frames import for_newcomer
from boards.sync.presence import Delta, Presence
from boards.sync.protocol import Doing, Peer, encode

CROWD = 100
STAYS = 500  # paces in which something happened: some ten seconds
MOST_NEW = 20
# What makes somebody worth knowing; a view or a tool is what everybody has.
_SEEN = ("laser", "cursor", "chat", "react", "call", "editing")
_WHOLE = ("react", "call", "laser")  # what a peer does not carry itself
_NOTICEABLE = 16  # the count is told when it changed by that part, or with other news


class Introductions:
    """See the module.

    Args:
        crowd: people; up to so many everybody is shown.
        stays: paces in which who did something keeps the place.
        most_new: how many are introduced at once; the others of them a pace later.

    Attributes:
        n_more: how many people are here beyond those that are shown.
    """

    def __init__(
        self, crowd: int = CROWD, stays: int = STAYS, most_new: int = MOST_NEW
    ) -> None:
        self._crowd = crowd
        self._most_new = most_new
        self._stays = stays
        self._shown: dict[str, int] = {}  # and in which pace they acted
        self._pace = stays  # so that 0 is long ago
        self.n_more = 0
        self._n_told = 0
        self._list: str | None = None  # for newcomers to a crowd, until it changes

    def peers(self, presence: Presence) -> list[Peer]:
        """Who is shown to a newcomer."""
        if len(presence) <= self._crowd:
            return presence.everyone()
        return [peer for id_ in self._shown if (peer := presence.get(id_)) is not None]

    def listed(self, presence: Presence) -> tuple[str, int]:
        """`peers` as JSON, one text for all who come to a crowd; and how many more.

        What the shown ones did since the last pace may be missing: it comes next.
        """
        if len(presence) <= self._crowd:
            return encode(for_newcomer(presence.everyone())), 0
        if self._list is None:
            self._list = encode(for_newcomer(self.peers(presence)))
        return self._list, len(presence) - len(self._shown)

    def told(self, delta: Delta, presence: Presence) -> tuple[Delta, int | None]:
        """Of what changed, what the sessions are told; the count, if that is told."""
        self._pace += 1
        was_crowd = self.n_more > 0
        gone = [id_ for id_ in delta.leave if id_ in self._shown or not was_crowd]
        for id_ in delta.leave:
            self._shown.pop(id_, None)
        if len(presence) <= self._crowd and not was_crowd:
            self._shown |= dict.fromkeys((peer.session for peer in delta.join), 0)
            self._list = None
            return delta, None
        joined = {peer.session: peer for peer in delta.join if self._has_place(peer)}
        left: list[str] = []
        if len(presence) <= self._crowd:
            joined |= self._all_others(presence)
        else:
            eager = self._eager(delta.doing)
            left = self._make_place(len(eager))
            for id_ in eager:
                self._shown[id_] = self._pace
                peer = presence.get(id_)
                if peer is not None:
                    joined[id_] = peer
        self.n_more = len(presence) - len(self._shown)
        told = Delta(
            list(joined.values()),
            sorted({*gone, *(id_ for id_ in left if id_ not in joined)}),
            [peer for peer in delta.change if peer.session in self._shown],
            self._doing(delta.doing, joined),
        )
        if told:
            self._list = None
        return told, self._count(is_news=bool(told.join or told.leave))

    def _has_place(self, peer: Peer) -> bool:
        if peer.session not in self._shown and len(self._shown) < self._crowd:
            self._shown[peer.session] = 0
        return peer.session in self._shown

    def _all_others(self, presence: Presence) -> dict[str, Peer]:
        others = {
            peer.session: peer
            for peer in presence.everyone()
            if peer.session not in self._shown
        }
        self._shown |= dict.fromkeys(others, 0)
        return others

    def _eager(self, doing: dict[str, Doing]) -> list[str]:
        """Who acts and is not shown yet: who draws first, then who points."""
        drawing, pointing = [], []
        for id_, done in doing.items():
            if id_ in self._shown:
                self._shown[id_] = self._pace
            elif done.draft or done.extend:
                drawing.append(id_)
            elif any(getattr(done, name) for name in _SEEN):  # unset is false
                pointing.append(id_)
        return [*drawing, *pointing][: self._most_new]

    def _make_place(self, n_new: int) -> list[str]:
        """Who is shown no more so that others can be: the idlest, nobody active."""
        n_over = len(self._shown) + n_new - self._crowd
        if n_new == 0 or n_over <= 0:
            return []
        since = self._pace - self._stays
        idle = [id_ for id_, acted_in in self._shown.items() if acted_in <= since]
        left = sorted(idle, key=self._shown.__getitem__)[:n_over]
        for id_ in left:
            del self._shown[id_]
        return left

    def _doing(
        self, doing: dict[str, Doing], joined: dict[str, Peer]
    ) -> dict[str, Doing]:
        """What the shown ones do; who is introduced only what the peer lacks."""
        told = {}
        for id_, done in doing.items():
            if id_ in joined:
                moments = {name: getattr(done, name) for name in _WHOLE}
                if any(value is not UNSET for value in moments.values()):
                    told[id_] = Doing(**moments)
            elif id_ in self._shown:
                told[id_] = done
        return told

    def _count(self, *, is_news: bool) -> int | None:
        """The number of the others, unless what was told of it still serves."""
        off = abs(self.n_more - self._n_told)
        is_due = off * _NOTICEABLE > self._n_told or (is_news and off > 0)
        if not is_due and not (off and self.n_more == 0):
            return None
        self._n_told = self.n_more
        return self.n_more
