"""Frames that can be sent, whatever is in them."""

import json

from boards.sync.elements import Pen
from boards.sync.frames import (
    FRAME_BYTES,
    SHOWN_BYTES,
    for_newcomer,
    in_frames,
    live_frames,
    peers_frames,
)
from boards.sync.live import Extend
from boards.sync.presence import Delta
from boards.sync.protocol import Doing, LiveAll, Op, Peer, Peers, Put, encode

LARGEST = 1024 * 1024


def draft(n_bytes: int) -> list[Op]:
    """A draft of about that size."""
    pens = n_bytes // 20_000
    points: list[int | float] = [*([12345] * 3_333), 1]
    return [Put(Pen(id=f"p{n}", x=0, y=0, points=points)) for n in range(pens)]


def peer(number: int, n_bytes: int = 0) -> Peer:
    """A peer, with a draft of about that size."""
    shown = draft(n_bytes) or None
    return Peer(f"s{number}", "c", "Name", "#112233", "edit", draft=shown)


def test_entries_are_cut_by_bytes_and_none_is_lost():
    texts = [json.dumps("🖍" * 40_000, ensure_ascii=False) for _ in range(9)]

    frames = in_frames(texts)

    assert all(len(frame.encode()) < FRAME_BYTES + 100 for frame in frames)
    carried = [text for frame in frames for text in json.loads(frame)["entries"]]
    assert carried == ["🖍" * 40_000] * 9


def test_what_little_happened_is_one_frame():
    doing = {"s1": Doing(cursor=[1, 2]), 's"2': Doing(tool="pen")}
    delta = Delta(join=[peer(1)], leave=["s2"], change=[peer(3)])

    assert live_frames(doing) == [encode(LiveAll(doing))]
    assert peers_frames(delta) == [encode(Peers(delta.join, ["s2"], delta.change))]


def test_nothing_is_no_frame():
    assert (in_frames([]), live_frames({}), peers_frames(Delta())) == ([], [], [])


def test_large_drafts_of_many_are_spread_over_frames():
    doing = {f"s{n}": Doing(draft=draft(200_000)) for n in range(12)}

    frames = live_frames(doing)

    assert all(len(frame) < LARGEST for frame in frames)
    seen = [json.loads(frame)["peers"] for frame in frames]
    assert [id_ for peers in seen for id_ in peers] == list(doing)
    assert all(shown["draft"] for peers in seen for shown in peers.values())


def test_a_draft_that_cannot_be_sent_is_cleared_and_the_rest_goes_on():
    extend = Extend("p1", 0, [0, 0])
    doing = {"s1": Doing(cursor=[1, 2], draft=draft(2 * SHOWN_BYTES), extend=extend)}

    (frame,) = live_frames(doing)

    assert json.loads(frame)["peers"] == {"s1": {"cursor": [1, 2], "draft": None}}


def test_a_crowd_with_large_drafts_comes_in_several_frames():
    crowd = [peer(n, 200_000) for n in range(6)] + [peer(6, 2 * SHOWN_BYTES)]

    frames = peers_frames(Delta(join=crowd, leave=["gone"], change=crowd[:1]))

    assert all(len(frame) < LARGEST for frame in frames)
    told = [json.loads(frame) for frame in frames]
    joins = [one for frame in told for one in frame.get("join", [])]
    assert [one["session"] for one in joins] == [one.session for one in crowd]
    assert "draft" not in joins[-1]
    assert told[0] == {"type": "peers", "leave": ["gone"]}
    assert [f["change"][0]["session"] for f in told if "change" in f] == ["s0"]


def test_P2_a_newcomer_gets_everybody_even_where_not_all_drafts_fit():
    crowd = [peer(n, 200_000) for n in range(5)]

    shown = for_newcomer(crowd)

    assert [one.session for one in shown] == [one.session for one in crowd]
    assert [one.draft is not None for one in shown] == [True, True] + [False] * 3
    assert len(encode(Peers(join=shown))) < LARGEST
