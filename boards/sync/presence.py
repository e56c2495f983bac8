"""Presence: who is on a board and what they do right now.

Pure and never stored (P1). A room keeps one `Presence`: its own process's peers, and
those that other processes announced. Everything that happens within a pace is merged
and taken as one delta, so a crowd that joins costs one frame, not one per pair. A
peer's session is set by the server (P4); peers of a process that fell silent expire
(P3).
"""

from collections.abc import Container
from operator import attrgetter

import msgspec
from msgspec import UNSET, UnsetType

from boards.sync import drafts
from boards.sync.elements import Stroked
from boards.sync.live import MAX_LASER_POINTS, Extend, Laser
from boards.sync.protocol import Doing, Live, Peer

# What a peer goes on doing: kept, and told to newcomers.
_COPIED = (
    *("cursor", "view", "selection", "tool"),
    *("follow", "editing", "chat", "idle"),
)
_DRAWING = ("edit", "own")  # roles that may have a draft
_MOMENTS = ("react", "call")  # told once; the newest of a pace
# Who draws tells nothing else, thousands of times a second: seen in one step.
_besides_ink = attrgetter(*_COPIED, *_MOMENTS, "laser", "draft")
_NOTHING = (UNSET,) * (len(_COPIED) + len(_MOMENTS) + 2)


class Delta(msgspec.Struct, omit_defaults=True):
    """What changed since the last pace: joins, leaves, changed peers, live fields."""

    join: list[Peer] = []
    leave: list[str] = []
    change: list[Peer] = []
    doing: dict[str, Doing] = {}

    def __bool__(self) -> bool:
        return bool(self.join or self.leave or self.change or self.doing)


class _Pending:
    """The delta that is growing."""

    def __init__(self) -> None:
        self.join: dict[str, Peer] = {}
        self.leave: set[str] = set()
        self.change: dict[str, Peer] = {}
        self.doing: dict[str, Doing] = {}

    def joined(self, peer: Peer) -> None:
        self.leave.discard(peer.session)
        self.change.pop(peer.session, None)
        self.doing.pop(peer.session, None)  # the peer itself carries it
        self.join[peer.session] = peer

    def left(self, session: str) -> None:
        self.change.pop(session, None)
        self.doing.pop(session, None)
        self.join.pop(session, None)
        self.leave.add(session)

    def did(self, session: str) -> Doing:
        done = self.doing.get(session)
        if done is None:
            done = self.doing[session] = Doing()
        return done

    def set_apart(self, sessions: Container[str]) -> dict[str, Doing]:
        """Take out what these sessions do."""
        found = {id_: done for id_, done in self.doing.items() if id_ in sessions}
        for id_ in found:
            del self.doing[id_]
        return found

    def delta(self, *only: Container[str]) -> Delta:
        """All of it, or what is about the sessions in one of these."""
        if not only:
            return Delta(
                list(self.join.values()),
                sorted(self.leave),
                list(self.change.values()),
                self.doing,
            )

        def is_chosen(id_: str) -> bool:
            return any(id_ in some for some in only)

        return Delta(
            [peer for id_, peer in self.join.items() if is_chosen(id_)],
            sorted(filter(is_chosen, self.leave)),
            [peer for id_, peer in self.change.items() if is_chosen(id_)],
            {id_: doing for id_, doing in self.doing.items() if is_chosen(id_)},
        )


class Presence:
    """The peers of one board, as one process knows them."""

    def __init__(self) -> None:
        self._here: dict[str, Peer] = {}
        self._elsewhere: dict[str, dict[str, Peer]] = {}
        self._heard_at: dict[str, float] = {}
        self._numbers: dict[str, int] = {}  # of the newest that each process told
        self._lacking: set[str] = set()  # processes of which something did not come
        self._pending = _Pending()
        self._gone_here: set[str] = set()

    def knows(self, process: str) -> bool:
        """Whether that process has told something lately."""
        return process in self._heard_at

    @property
    def has_others(self) -> bool:
        """Whether another process has this board open, as far as is known here.

        Whoever opens it announces itself, and is told everything in return.
        """
        return bool(self._heard_at)

    def __len__(self) -> int:
        return len(self._here) + sum(map(len, self._elsewhere.values()))

    def get(self, session: str) -> Peer | None:
        """A peer by its session."""
        peer = self._here.get(session)
        if peer is None:
            for others in self._elsewhere.values():
                peer = peer or others.get(session)
        return peer

    @property
    def is_quiet(self) -> bool:
        """Whether nothing happened since the last `take`."""
        return not self._pending.delta()

    def here(self) -> list[Peer]:
        """The peers of this process, as they are announced to others."""
        return list(self._here.values())

    def everyone(self) -> list[Peer]:
        """All peers, with what they do: the full list that a newcomer gets (P2)."""
        peers = list(self._here.values())
        for others in self._elsewhere.values():
            peers.extend(others.values())
        return peers

    def join(self, peer: Peer) -> None:
        """A session of this process came."""
        self._here[peer.session] = peer
        self._pending.joined(peer)

    def leave(self, session: str) -> None:
        """A session of this process went; unknown ones have no effect."""
        if self._here.pop(session, None) is not None:
            self._gone_here.add(session)
            self._pending.left(session)

    def set_role(self, session: str, role: str) -> None:
        """A session's right changed; who may no longer draw leaves no draft behind."""
        peer = self._here.get(session)
        if peer is not None:
            peer.role = role
            self._pending.change[session] = peer
            if role not in _DRAWING:
                self._merge(peer, Live(draft=None, editing=None))

    def show(self, session: str, live: Live) -> None:
        """A session of this process does something; merged into its peer."""
        peer = self._here.get(session)
        if peer is not None:
            self._merge(peer, live)

    def take(self, later: Container[str] = ()) -> tuple[Delta, Delta]:
        """What happened since the last call: all of it, and this process's part.

        What the sessions in `later` do is merged on, and told another time.
        """
        waiting = self._pending.set_apart(later) if later else {}
        everything = ours = self._pending.delta()
        if self.has_others:
            ours = self._pending.delta(self._here, self._gone_here)
        self._pending = _Pending()
        self._pending.doing = waiting
        self._gone_here = set()
        return everything, ours

    @property
    def are_numbered(self) -> bool:
        """Whether all processes known here number what they tell (ADR 164)."""
        return all(map(self._numbers.get, self._heard_at))

    def lacks(self, process: str) -> bool:
        """Whether something that the process told of its peers did not come."""
        return process in self._lacking

    def hear(
        self, process: str, delta: Delta, now: float, number: int = 0, after: int = 0
    ) -> None:
        """Another process told what changed among its peers.

        A delta may come before the announcement of its process, or be lost: unknown
        sessions are ignored, the next announcement sets things right.

        Args:
            process: which one.
            delta: what changed.
            now: the present, as for `expire`.
            number: of this delta, of a process that counts them; 0 of older ones.
            after: the number of the one before.
        """
        self._heard_at[process] = now
        newest = self._numbers.get(process, 0)
        if number and number == newest:
            return  # told twice
        if after != newest:
            self._lacking.add(process)
        self._numbers[process] = max(newest, number)
        others = self._elsewhere.setdefault(process, {})
        for peer in delta.join:
            others[peer.session] = peer
            self._pending.joined(peer)
        for peer in delta.change:
            if peer.session in others:
                others[peer.session] = peer
                self._pending.change[peer.session] = peer
        for session, doing in delta.doing.items():
            if session in others:
                self._merge(others[session], doing)
        for session in delta.leave:
            if others.pop(session, None) is not None:
                self._pending.left(session)

    def hear_all(
        self, process: str, peers: list[Peer], now: float, number: int = 0
    ) -> None:
        """Another process announced all its peers of this board; number as above."""
        self._heard_at[process] = now
        newest = self._numbers.get(process, 0)
        if number < newest or (number and number == newest and not self.lacks(process)):
            return  # overtaken by newer things, or known already
        self._numbers[process] = number
        self._lacking.discard(process)
        known = self._elsewhere.get(process, {})
        told = {peer.session: peer for peer in peers}
        for session in known:
            if session not in told:
                self._pending.left(session)
        for session, peer in told.items():
            if session in known:
                self._correct(known[session], peer)
            else:
                self._pending.joined(peer)
        self._elsewhere[process] = told

    def hear_of(self, process: str, number: int, now: float) -> None:
        """Another process said that it is there, and how much it has told so far."""
        self._heard_at[process] = now
        if number > self._numbers.get(process, 0):
            self._lacking.add(process)

    def expire(self, now: float, after_s: float) -> None:
        """Forget the peers of processes that were silent for that long (P3)."""
        for process, heard_at in list(self._heard_at.items()):
            if now - heard_at > after_s:
                del self._heard_at[process]
                self._numbers.pop(process, None)
                self._lacking.discard(process)
                for session in self._elsewhere.pop(process, {}):
                    self._pending.left(session)

    def _correct(self, known: Peer, told: Peer) -> None:
        """An announcement differs from what is known: some delta was lost."""
        if (known.role, known.name, known.color) != (told.role, told.name, told.color):
            self._pending.change[told.session] = told
        for name in _COPIED:
            if getattr(known, name) != getattr(told, name):
                setattr(self._pending.did(told.session), name, getattr(told, name))
        if known.draft != told.draft:
            pending = self._pending.did(told.session)
            added = drafts.grown_by(known.draft, told.draft)
            if added is None:
                _tell_whole(told, pending)
            else:
                _tell(told, pending, added)
                pending.cursor = told.cursor  # not where the added ends, perhaps

    def _merge(self, peer: Peer, doing: Doing | Live) -> None:
        """Take over what is set; both kinds have the same fields."""
        pending = self._pending.did(peer.session)
        if _besides_ink(doing) != _NOTHING:
            _copy(peer, pending, doing)
        if not isinstance(doing.extend, UnsetType):
            _extend(peer, pending, doing.extend, has_cursor=doing.cursor is not UNSET)


def _copy(peer: Peer, pending: Doing, doing: Doing | Live) -> None:
    for name in _COPIED:
        value = getattr(doing, name)
        if value is not UNSET:
            setattr(peer, name, value)
            setattr(pending, name, value)
    for name in _MOMENTS:
        if getattr(doing, name) is not UNSET:
            setattr(pending, name, getattr(doing, name))
    if doing.laser is not UNSET:
        pending.laser = _lengthened(pending.laser, doing.laser)
    if doing.draft is not UNSET:
        peer.draft = doing.draft or None
        _tell_whole(peer, pending)


def _extend(peer: Peer, pending: Doing, extend: Extend, *, has_cursor: bool) -> None:
    stroke = drafts.stroke_of(peer.draft, extend.id)
    added = stroke and drafts.append(stroke, extend)
    if not added or not stroke:
        return
    _tell(peer, pending, added)
    if not has_cursor:
        _follow_ink(peer, pending, stroke)


def _tell(peer: Peer, pending: Doing, added: Extend) -> None:
    """What was added to the draft, unless something else of it is to be told, too."""
    if pending.draft is not UNSET:
        pending.draft = peer.draft  # whole, and goes out with these points
    elif isinstance(pending.extend, UnsetType):
        pending.extend = added
    elif not drafts.join(pending.extend, added):
        _tell_whole(peer, pending)


def _tell_whole(peer: Peer, pending: Doing) -> None:
    """The draft itself instead of what was added; then it tells no cursor."""
    if pending.extend is not UNSET and pending.cursor is UNSET:
        pending.cursor = peer.cursor
    pending.draft = peer.draft
    pending.extend = UNSET


def _follow_ink(peer: Peer, pending: Doing, stroke: Stroked) -> None:
    """Without a cursor beside it, an extend puts it where the stroke ends."""
    dx, dy = stroke.points[-2:]
    peer.cursor = [stroke.x + dx, stroke.y + dy]
    if pending.cursor is not UNSET or pending.extend is UNSET:
        pending.cursor = peer.cursor


def _lengthened(before: Laser | UnsetType, more: Laser) -> Laser:
    """The laser's way within a pace: of the newest trail, the newest points."""
    if isinstance(before, UnsetType) or before.trail != more.trail:
        return more
    points = [*before.points, *more.points]
    return Laser(more.trail, points[-2 * MAX_LASER_POINTS :])
