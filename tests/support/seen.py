"""What a client has seen of a board, checked as it comes in.

No socket here: frames are handed in. It keeps the entries, their fold and the peers,
and notices the moment a rule is broken: R1 every entry once and in order, J2 an entry
never changes, J3 a change has one entry.
"""

from msgspec import UNSET

from boards.sync import protocol
from boards.sync.document import Document
from boards.sync.elements import Pen
from boards.sync.live import Extend
from boards.sync.protocol import Doing, Entry, Peer, Peers, Put


class Broken(AssertionError):
    """The server broke a rule of the wire; says which."""


class SeenEntries:
    """The entries that came in, and their fold.

    Attributes:
        seq: the last entry that was applied.
        texts: what came, by seq, as text.
        seqs: the seq of each change that has an entry, by change id.
        sent_again: changes whose entry may come a second time, as the answer.
    """

    def __init__(self, seq: int = 0) -> None:
        self.seq = seq
        self.texts: dict[int, str] = {}
        self.seqs: dict[str, int] = {}
        self.sent_again: set[str] = set()
        self.document = Document(seq)

    def start(self, document: Document, seq: int) -> None:
        """Start over from a snapshot that is said to be of `seq`."""
        if document.seq != seq:
            raise Broken(f"D5: the snapshot {seq} says that it is {document.seq}")
        self.document = document
        self.seq = seq

    def take(self, text: str) -> Entry:
        """Take in the next entry.

        Raises:
            Broken: when it cannot be the next one.
        """
        entry = protocol.decode_entry(text)
        self._check(entry, text)
        self.texts[entry.seq] = text
        self.seqs[entry.id] = entry.seq
        if entry.seq == self.seq + 1:
            self.document.apply(text)
            self.seq = entry.seq
        return entry

    def _check(self, entry: Entry, text: str) -> None:
        if entry.seq > self.seq + 1:
            raise Broken(f"R1: {entry.seq} came after {self.seq}: a hole")
        if self.texts.get(entry.seq, text) != text:
            raise Broken(f"J2: entry {entry.seq} is not what it was")
        if self.seqs.get(entry.id, entry.seq) != entry.seq:
            raise Broken(f"J3: {entry.id} is {self.seqs[entry.id]} and {entry.seq}")
        if entry.seq <= self.seq and entry.id not in self.sent_again:
            raise Broken(f"R1: {entry.seq} came twice, at {self.seq}")


class SeenPeers:
    """The others, by session, with what they do right now."""

    def __init__(self) -> None:
        self.own = ""
        self.by_session: dict[str, Peer] = {}
        self.moments: list[str] = []  # names of what was told once

    def start(self, own: str, peers: list[Peer]) -> None:
        """The full list of a welcome (P2)."""
        self.own = own
        self.by_session = {peer.session: peer for peer in peers}

    def meet(self, news: Peers) -> None:
        """Who came, went or changed."""
        for peer in [*news.join, *news.change]:
            if peer.session != self.own:
                self.by_session[peer.session] = peer
        for session in news.leave:
            self.by_session.pop(session, None)

    def see(self, session: str, doing: Doing) -> None:
        """What one of them did since the last frame."""
        peer = self.by_session.get(session)
        if peer is None:
            return
        self.moments += [
            name for name in ("react", "call") if getattr(doing, name) is not UNSET
        ]
        kept = ("cursor", "view", "selection", "tool", "draft")
        for field in (*kept, "follow", "editing", "chat", "idle"):
            value = getattr(doing, field)
            if value is not UNSET:
                setattr(peer, field, value)
        if isinstance(doing.extend, Extend):
            _extend(peer, doing.extend, doing.cursor is not UNSET)


def _extend(peer: Peer, extend: Extend, has_cursor: bool) -> None:
    """Append to a stroke of the draft; a repeat is trimmed, a hole ignored."""
    for op in peer.draft or []:
        if not isinstance(op, Put) or not isinstance(op.element, Pen):
            continue
        pen, n_old = op.element, len(op.element.points) // 2 - extend.offset
        if pen.id == extend.id and n_old >= 0:
            pen.points += extend.points[2 * n_old :]
            pen.pressure += extend.pressure[n_old:]
            pen.time += extend.time[n_old:]
            if not has_cursor:
                peer.cursor = [pen.x + pen.points[-2], pen.y + pen.points[-1]]
