"""Frames that can be sent: what goes to sockets, cut into pieces of a bounded size.

Daphne sends no message over a megabyte, and many clients take none; one that cannot be
sent would end every socket of its board, again after each reconnect. Lasting things are
spread over several frames. Live things are lossy: a draft that is too large is not
shown until it lasts. Pure; called by `room` and `engine`.
"""

from collections.abc import Iterable

from msgspec import UNSET
from msgspec.structs import replace

from boards.sync.presence import Delta
from boards.sync.protocol import (
    Doing,
    Peer,
    Peers,
    Welcome,
    encode,
    entries_frame,
    n_bytes,
)
from boards.sync.weight import Weight

FRAME_BYTES = 256 * 1024  # small enough that a slow line gets something soon
SHOWN_BYTES = 512 * 1024  # what one peer shows, and all of them in a welcome


def in_frames(texts: list[str]) -> list[str]:
    """The `entries` frames that carry these stored entries."""
    return [entries_frame(chunk) for chunk in _chunks(texts)]


def live_frames(doing: dict[str, Doing], weight: Weight | None = None) -> list[str]:
    """The `live` frames for what changed, session by session.

    What is large is asked of `weight`, and cleared where that has no room for it.
    """
    parts = [
        f"{encode(id_)}:{_doing_text(id_, change, weight)}"
        for id_, change in doing.items()
    ]
    return [
        f'{{"type":"live","peers":{{{",".join(chunk)}}}}}' for chunk in _chunks(parts)
    ]


def peers_frames(delta: Delta, n_more: int | None = None) -> list[str]:
    """The `peers` frames for who came, went or changed; one of them nearly always.

    Args:
        delta: what is told of peers.
        n_more: how many people there are beyond those told of, if that is told.
    """
    more = UNSET if n_more is None else n_more
    if not (delta.join or delta.leave or delta.change or n_more is not None):
        return []
    whole = encode(Peers(delta.join, delta.leave, delta.change, more))
    if n_bytes(whole) <= FRAME_BYTES:
        return [whole]
    first = Peers(leave=delta.leave, more=more)
    frames = [encode(first)] if delta.leave or n_more is not None else []
    for name, peers in (("join", delta.join), ("change", delta.change)):
        for chunk in _chunks([encode(peer) for peer in for_newcomer(peers)]):
            frames.append(f'{{"type":"peers","{name}":[{",".join(chunk)}]}}')
    return frames


def welcome_frame(welcome: Welcome, peers: str) -> str:
    """The `welcome` frame with these peers, a JSON text, in place of none."""
    # The fields before it are ours and hold no such text.
    return encode(welcome).replace('"peers":[]', f'"peers":{peers}', 1)


def for_newcomer(peers: Iterable[Peer]) -> list[Peer]:
    """All peers as one telling shows them: the largest do without what they show."""
    shown: list[Peer] = []
    n_left = SHOWN_BYTES
    for peer in peers:
        size = n_bytes(encode(peer))
        shown.append(peer if size <= n_left else _plain(peer))
        n_left -= min(size, n_left)
    return shown


def _plain(peer: Peer) -> Peer:
    return replace(peer, draft=None, selection=[])


def _doing_text(session: str, doing: Doing, weight: Weight | None) -> str:
    text = encode(doing)
    if n_bytes(text) <= SHOWN_BYTES and (
        weight is None or weight.take(session, len(text))
    ):
        return text
    has_draft = doing.draft is not UNSET or doing.extend is not UNSET
    plain = replace(doing, extend=UNSET, selection=UNSET)
    return encode(replace(plain, draft=None if has_draft else UNSET))


def _chunks(texts: list[str]) -> list[list[str]]:
    """The texts in groups that are no larger than a frame should be, or one text."""
    chunks: list[list[str]] = []
    n_chunk = FRAME_BYTES + 1
    for text in texts:
        size = n_bytes(text)
        if n_chunk + size > FRAME_BYTES:
            chunks.append([])
            n_chunk = 0
        chunks[-1].append(text)
        n_chunk += size
    return chunks
