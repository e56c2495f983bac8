"""Joining: what a session gets, whatever happens meanwhile."""

import asyncio

import pytest

from boards.sync.colors import PEER_COLORS
from boards.sync.protocol import Author, Limits
from boards.sync.refusals import (
    Code,
    Refused,
)
from tests.support.engines import BOARD, Engines, Gates, settle
from tests.support.sync_values import frames, live, seqs, welcome

ANN = Author("ann", "tab-ann", "ann")


# --- joining ------------------------------------------------------------------------


async def test_R3_a_new_page_gets_everything(site: Engines) -> None:
    here = site.start()
    await site.draw(here, "c1")
    await site.draw(here, "c2")

    ann = await site.join(here, "ann")

    assert welcome(ann)["mode"] == "replay"
    assert seqs(ann) == [1, 2]


async def test_R3_who_was_here_gets_what_it_lacks(site: Engines) -> None:
    here = site.start()
    for n in range(4):
        await site.draw(here, f"c{n}")

    ann = await site.join(here, "ann", since=2)

    assert (welcome(ann)["mode"], seqs(ann)) == ("replay", [3, 4])


async def test_R3_who_lacks_nothing_gets_nothing(site: Engines) -> None:
    here = site.start()
    await site.draw(here, "c1")

    ann = await site.join(here, "ann", since=1)

    assert (welcome(ann)["head"], seqs(ann)) == (1, [])


async def test_R3_who_lacks_much_gets_a_snapshot(site: Engines, small: None) -> None:
    here = site.start()
    for n in range(10):
        await site.draw(here, f"c{n}")

    ann = await site.join(here, "ann")

    said = welcome(ann)
    assert said["mode"] == "snapshot"
    assert said["snapshot"] == {"url": f"/{BOARD}/10", "seq": 10}
    assert seqs(ann) == []


async def test_R3_nobody_is_sent_more_at_first_than_may_lie_unread(
    site: Engines,
) -> None:
    here = site.start(limits=Limits(unread_bytes=4_000))
    for n in range(20):
        await site.draw(here, f"c{n}")

    new, back = await site.join(here, "ann"), await site.join(here, "ben", since=3)

    assert welcome(new)["mode"] == welcome(back)["mode"] == "snapshot"


async def test_R3_a_snapshot_that_is_near_serves(site: Engines, small: None) -> None:
    here = site.start(snapshot_every=4)
    for n in range(6):
        await site.draw(here, f"c{n}")
        await settle()

    ann = await site.join(here, "ann", since=0)

    assert welcome(ann)["snapshot"]["seq"] == 4
    assert seqs(ann) == [5, 6]


async def test_R3_who_is_ahead_of_the_journal_begins_anew(site: Engines) -> None:
    here = site.start()
    await site.draw(here, "c1")

    ann = await site.join(here, "ann", since=99)

    said = welcome(ann)
    assert (said["mode"], said["snapshot"]["seq"]) == ("snapshot", 1)


async def test_R3_a_room_that_lags_catches_up_for_who_is_ahead(site: Engines) -> None:
    here, there = site.start(), site.start()
    ann = await site.join(here, "ann")
    await site.draw(there, "c1")
    site.exchange.parcels.clear()

    ben = await site.join(here, "ben", since=1)

    assert (welcome(ben)["mode"], seqs(ben)) == ("replay", [])
    assert seqs(ann) == [1]


async def test_R3_a_room_that_lags_catches_up_with_a_snapshot(
    site: Engines, small: None
) -> None:
    here, there = site.start(), site.start(snapshot_every=10)
    ann = await site.join(here, "ann")
    for n in range(6):
        await site.draw(there, f"c{n}")
    await site.flow()
    for n in range(6, 10):
        await site.draw(there, f"c{n}")
        await settle()
    site.exchange.parcels.clear()

    ben = await site.join(here, "ben", since=0)

    assert welcome(ben)["snapshot"]["seq"] == 10
    assert seqs(ann) == list(range(1, 11))
    assert seqs(ben) == []


async def test_R3_who_goes_away_does_not_cancel_the_others_snapshot(
    site: Engines, small: None
) -> None:
    gates = Gates()
    gates.held = {"save_snapshot"}
    here = site.start(gate=gates)
    for n in range(10):
        await site.draw(here, f"c{n}")
    ben = site.session("ben")
    first = asyncio.ensure_future(here.join(site.session("ann"), None))
    second = asyncio.ensure_future(here.join(ben, None))
    await settle()

    first.cancel()
    await settle()
    await gates.let("save_snapshot")
    await second

    assert welcome(ben)["snapshot"]["seq"] == 10


async def test_R3_entries_committed_during_the_join_are_not_missed(
    site: Engines, small: None
) -> None:
    gates = Gates()
    here = site.start(gate=gates)
    for n in range(5):
        await site.draw(here, f"c{n}")
    gates.held = {"read answer"}
    ann = site.session("ann")
    joining = asyncio.ensure_future(here.join(ann, 2))
    await settle()

    for n in range(5, 9):
        await site.draw(here, f"c{n}")
    gates.held.clear()
    await gates.let("read answer")
    await joining

    assert welcome(ann)["head"] == 9
    assert seqs(ann) == [3, 4, 5, 6, 7, 8, 9]


async def test_a_join_that_was_cancelled_leaves_no_trace(site: Engines) -> None:
    gates = Gates()
    here = site.start(gate=gates)
    await site.draw(here, "c")
    gates.held = {"read"}
    joining = asyncio.ensure_future(here.join(site.session("ann"), 0))
    await settle()

    joining.cancel()
    await settle()
    gates.held.clear()
    await site.move(70.0)

    assert not here._rooms.all()


async def test_a_journal_that_lost_its_end_is_told(site: Engines) -> None:
    here = site.start()
    await site.draw(here, "c1")
    await site.draw(here, "c2")
    await site.join(here, "ann")
    del site.database.texts(BOARD)[1:]

    with pytest.raises(Refused) as caught:
        await here.join(site.session("ben"), 0)

    assert caught.value.code is Code.LOST_PLACE


# --- presence -----------------------------------------------------------------------


async def test_P2_a_newcomer_is_told_who_is_there(site: Engines) -> None:
    here = site.start()
    ann = await site.join(here, "ann")

    ben = await site.join(here, "ben")
    await site.move(0.1)

    assert [peer["session"] for peer in welcome(ben)["peers"]] == ["ann"]
    assert "ben" in [
        peer["session"]
        for frame in frames(ann)
        if frame["type"] == "peers"
        for peer in frame["join"]
    ]


async def test_P2_colors_are_given_where_none_is_chosen(site: Engines) -> None:
    here = site.start()
    await site.join(here, "ann")
    ben = site.session("ben")
    ben.color = "#123456"
    await here.join(ben, None)
    await site.join(here, "cleo")

    colors = [peer.color for peer in site.room(here).presence.everyone()]

    assert colors == [PEER_COLORS[0], "#123456", PEER_COLORS[1]]


async def test_P1_live_things_are_shown_and_not_stored(site: Engines) -> None:
    here, there = site.start(), site.start()
    ann, ben = await site.join(here, "ann"), await site.join(there, "ben")
    frames(ben)

    here.show(ann, live(cursor=[1, 2], draft=[{"op": "del", "id": "a"}]))
    await site.move(0.1)

    told = [frame["peers"] for frame in frames(ben) if frame["type"] == "live"]
    assert told == [{"ann": {"cursor": [1, 2], "draft": [{"op": "del", "id": "a"}]}}]
    assert site.database.texts(BOARD) == []


async def test_A2_a_viewers_draft_is_not_shown(site: Engines) -> None:
    here = site.start()
    site.database.boards[BOARD].link_role = "view"
    ann = await site.join(here, "ann")

    here.show(ann, live(cursor=[1, 2], draft=[{"op": "del", "id": "a"}]))

    (peer,) = site.room(here).presence.everyone()
    assert (peer.cursor, peer.draft) == ([1, 2], None)


async def test_P3_who_left_does_nothing_more(site: Engines) -> None:
    here = site.start()
    ann, ben = await site.join(here, "ann"), await site.join(here, "ben")
    here.leave(ann)
    here.leave(ann)
    await site.move(0.1)
    frames(ben)

    here.show(ann, live(cursor=[1, 2]))
    await site.move(0.1)

    assert frames(ben) == []
    assert site.peers(here) == {"ben"}


async def test_a_session_that_never_joined_can_leave(site: Engines) -> None:
    here = site.start()
    ann = site.session("ann")

    here.leave(ann)
    here.show(ann, live(cursor=[1, 2]))

    assert here.head(ann) == 0


async def test_the_head_is_what_was_delivered(site: Engines) -> None:
    here = site.start()
    ann = await site.join(here, "ann")

    await site.draw(here, "c")

    assert here.head(ann) == 1
