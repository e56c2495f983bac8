"""The open rooms of a process: opened once, healed from the journal, closed."""

import asyncio

import pytest

from boards.sync.bus import Lines
from boards.sync.refusals import CLOSE_FORBIDDEN, Code, Refused
from boards.sync.session import Closing
from tests.support.engines import BOARD, Engines, Gates, settle
from tests.support.sync_values import frames, seqs

# --- opening ------------------------------------------------------------------------


async def test_two_joins_at_once_share_one_opening(site: Engines) -> None:
    gates = Gates()
    engine = site.start(gate=gates)

    await asyncio.gather(*[site.join(engine, name) for name in ("ann", "ben", "cleo")])

    assert gates.seen.count("bus open") == 1
    assert gates.seen.count("heads") == 1
    assert site.peers(engine) == {"ann", "ben", "cleo"}


async def test_a_board_that_is_not_there_is_refused(site: Engines) -> None:
    engine = site.start()
    session = site.session("ann")
    del site.database.boards[BOARD]

    with pytest.raises(Refused) as caught:
        await engine.join(session, None)

    assert caught.value.code is Code.NOT_FOUND
    assert not site.exchange.subscribers


async def test_an_opening_that_failed_is_tried_again(site: Engines) -> None:
    engine = site.start()
    session = site.session("ann")
    site.database.is_away = True
    with pytest.raises(Refused) as caught:
        await engine.join(session, None)

    site.database.is_away = False
    await site.join(engine, "ann")

    assert caught.value.code is Code.UNAVAILABLE
    assert site.peers(engine) == {"ann"}


async def test_who_comes_while_an_opening_fails_can_come_again(site: Engines) -> None:
    gates = Gates()
    gates.held = {"bus close"}
    engine = site.start(gate=gates)
    site.database.is_away = True
    first = asyncio.ensure_future(engine.join(site.session("ann"), None))
    await settle()

    second = asyncio.ensure_future(engine.join(site.session("ben"), None))
    third = asyncio.ensure_future(engine.join(site.session("cleo"), None))
    await settle()
    await gates.let("bus close")
    refused = await asyncio.gather(first, second, third, return_exceptions=True)
    site.database.is_away = False
    gates.held.clear()
    await site.join(engine, "dora")

    assert [type(one) for one in refused] == [Refused] * 3
    assert site.peers(engine) == {"dora"}
    assert BOARD in site.exchange.subscribers


async def test_a_joiner_who_goes_away_does_not_stop_the_opening(site: Engines) -> None:
    gates = Gates()
    gates.held = {"heads"}
    engine = site.start(gate=gates)
    first = asyncio.ensure_future(engine.join(site.session("ann"), None))
    second = asyncio.ensure_future(engine.join(site.session("ben"), None))
    await settle()

    first.cancel()
    await settle()
    gates.held.clear()
    await gates.let("heads")
    await second

    assert site.peers(engine) == {"ben"}


async def test_R3_entries_committed_while_a_room_opens_are_not_missed(
    site: Engines,
) -> None:
    gates = Gates()
    gates.held = {"heads answer"}
    here, there = site.start(gate=gates), site.start()
    ann = site.session("ann")
    joining = asyncio.ensure_future(here.join(ann, None))
    await settle()

    await site.draw(there, "c1")
    await site.draw(there, "c2")
    site.exchange.parcels = site.exchange.parcels[1:]  # c1 is lost, c2 comes early
    await site.flow()
    gates.held.clear()
    await gates.let("heads answer")
    await joining
    await site.flow()

    assert seqs(ann) == [1, 2]


# --- healing ------------------------------------------------------------------------


async def test_R2_a_hole_is_read_from_the_journal_at_once(site: Engines) -> None:
    here, there = site.start(), site.start()
    ann = await site.join(here, "ann")
    for n in range(3):
        await site.draw(there, f"c{n}")
    site.exchange.parcels = site.exchange.parcels[-1:]

    await site.flow()

    assert seqs(ann) == [1, 2, 3]


async def test_R2_publishers_overtake_each_other(site: Engines) -> None:
    here, there, elsewhere = site.start(), site.start(), site.start()
    ann = await site.join(here, "ann")
    await site.draw(there, "c1")
    await site.draw(elsewhere, "c2")
    site.exchange.parcels.reverse()

    await site.flow()

    assert seqs(ann) == [1, 2]


async def test_R2_a_second_hole_does_not_wait_for_the_poll(site: Engines) -> None:
    gates = Gates()
    gates.held = {"read"}
    here, there = site.start(gate=gates), site.start()
    ann = await site.join(here, "ann")
    for n in range(1, 6):
        await site.draw(there, f"c{n}")
    second, fourth = site.exchange.parcels[1], site.exchange.parcels[4]
    site.exchange.parcels.clear()

    second.receiver.receive(second.body)
    fourth.receiver.receive(fourth.body)
    await settle()
    await gates.let("read")
    await gates.let("read")

    assert seqs(ann) == [1, 2, 3, 4, 5]


async def test_R5_a_lost_last_publication_costs_one_poll(site: Engines) -> None:
    here, there = site.start(), site.start()
    ann = await site.join(here, "ann")
    await site.draw(there, "c1")
    site.exchange.parcels.clear()
    await settle()
    assert seqs(ann) == []

    await site.move(2.6)

    assert seqs(ann) == [1]


async def test_R5_without_a_bus_the_polls_do(site: Engines) -> None:
    here, there = site.start(), site.start()
    bus = site.buses[here]
    bus.is_cut = bus.is_loud = True
    ann = await site.join(here, "ann")
    ben = await site.join(there, "ben")

    await site.draw(here, "c1")
    await site.draw(there, "c2")
    await site.move(2.6)

    assert seqs(ann) == [1, 2]
    assert seqs(ben) == [1, 2]


async def test_R5_a_bus_that_came_back_is_opened_again(site: Engines) -> None:
    here, there = site.start(), site.start()
    bus = site.buses[here]
    bus.is_cut = bus.is_loud = True
    ann = await site.join(here, "ann")

    bus.is_cut = False
    await site.move(2.6)
    await site.draw(there, "c1")
    await site.flow()

    assert seqs(ann) == [1]


async def test_R5_a_forgotten_subscription_is_made_anew(site: Engines) -> None:
    here, there = site.start(), site.start()
    ann = await site.join(here, "ann")
    site.exchange.forget(site.buses[here])

    await site.move(21.0)
    await site.draw(there, "c1")
    await site.flow()

    assert seqs(ann) == [1]


async def test_R5_polls_go_on_while_the_database_is_away(site: Engines) -> None:
    here, there = site.start(), site.start()
    ann = await site.join(here, "ann")
    await site.draw(there, "c1")
    site.exchange.parcels.clear()
    site.database.is_away = True
    await site.move(6.0)

    site.database.is_away = False
    await site.move(2.6)

    assert seqs(ann) == [1]


async def test_R5_a_hole_that_could_not_be_read_is_read_by_the_poll(
    site: Engines,
) -> None:
    here, there = site.start(), site.start()
    ann = await site.join(here, "ann")
    await site.draw(there, "c1")
    await site.draw(there, "c2")
    site.exchange.parcels = site.exchange.parcels[1:]
    site.database.is_away = True
    await site.flow()
    assert seqs(ann) == []

    site.database.is_away = False
    await site.move(2.6)

    assert seqs(ann) == [1, 2]


async def test_R5_a_defect_in_one_poll_does_not_end_the_polls(
    site: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = site.start(), site.start()
    ann = await site.join(here, "ann")
    await site.draw(there, "c1")
    site.exchange.parcels.clear()
    with monkeypatch.context() as broken:  # a defect that our journals do not have
        broken.setattr(site.journals[here], "heads", None)
        await site.move(2.6)
    assert seqs(ann) == []

    await site.move(2.6)

    assert seqs(ann) == [1]


async def test_a_claim_beyond_the_journal_shows_nothing(site: Engines) -> None:
    here = site.start()
    ann = await site.join(here, "ann")

    bus = site.buses[here]
    lie = Lines(BOARD, "liar", 5, [])
    lie.entries.append(b'{"seq":5,"ops":[]}')  # type: ignore[arg-type]
    bus._hear(lie)
    await site.move(2.6)

    assert seqs(ann) == []


async def test_R5_a_board_that_vanished_has_nothing_to_catch_up_with(
    site: Engines,
) -> None:
    here = site.start()
    await site.join(here, "ann")
    board = site.database.boards.pop(BOARD)

    await here._rooms.catch_up(site.room(here))
    site.database.boards[BOARD] = board

    assert site.room(here).seq == 0


# --- closing ------------------------------------------------------------------------


async def test_a_room_without_sessions_closes_and_the_loops_end(site: Engines) -> None:
    here = site.start()
    ann = await site.join(here, "ann")
    here.leave(ann)

    await site.move(25.0)
    assert here._rooms.all()
    await site.move(45.0)

    assert not here._rooms.all()
    assert not site.exchange.subscribers
    assert site.clock.next_due is None


async def test_a_room_with_sessions_stays(site: Engines) -> None:
    here = site.start()
    await site.join(here, "ann")

    await site.move(100.0)

    assert site.peers(here) == {"ann"}


async def test_a_room_that_closed_opens_again(site: Engines) -> None:
    here = site.start()
    here.leave(await site.join(here, "ann"))
    await site.move(60.0)

    await site.draw(here, "c1")
    ben = await site.join(here, "ben")
    await site.draw(here, "c2")

    assert seqs(ben) == [1, 2]


async def test_a_room_that_closed_is_not_opened_again_by_a_loss(site: Engines) -> None:
    gates = Gates()
    here = site.start(gate=gates)
    ann = await site.join(here, "ann")
    site.exchange.forget(site.buses[here])
    here.leave(ann)

    await site.move(70.0)

    assert not site.exchange.subscribers


async def test_a_publication_for_a_room_that_closed_is_dropped(site: Engines) -> None:
    here, there = site.start(), site.start()
    here.leave(await site.join(here, "ann"))
    await site.join(there, "ben")
    await site.draw(there, "c")
    late = site.exchange.parcels[:]
    site.exchange.parcels.clear()
    await site.move(60.0)
    assert not here._rooms.all()

    for parcel in late:
        parcel.receiver.receive(parcel.body)

    assert not here._rooms.all()


async def test_a_room_that_is_opening_says_nothing_yet(site: Engines) -> None:
    gates = Gates()
    gates.held = {"heads"}
    here = site.start(gate=gates)
    joining = asyncio.ensure_future(here.join(site.session("ann"), None))

    await site.move(21.0)
    assert site.exchange.parcels == []
    gates.held.clear()
    await gates.let("heads")
    await joining

    assert site.peers(here) == {"ann"}


async def test_a_room_that_closes_while_others_are_opened_again_stays_closed(
    site: Engines,
) -> None:
    gates = Gates()
    here = site.start(gate=gates)
    site.database.create_board("b2")
    stays, goes = site.session("ann"), site.session("ben")
    goes.grant = site.database.grant_for("b2", goes.grant.credentials)
    await here.join(stays, None)
    await here.join(goes, None)
    await site.flow()
    site.exchange.forget(site.buses[here])
    await site.move(11.0)  # both are announced, nothing of it comes back
    here.leave(goes)
    await site.move(8.0)
    gates.held = {"bus open"}
    await site.move(2.0)  # both are to be opened again, the first one is slow
    await site.move(30.0)  # the other one closes meanwhile
    gates.held.clear()

    await gates.let("bus open")
    await site.flow()

    assert set(site.exchange.subscribers) == {BOARD}


# --- presence and rights ------------------------------------------------------------


async def test_P2_a_room_that_opens_hears_who_is_there(site: Engines) -> None:
    here, there = site.start(), site.start()
    await site.join(there, "ben")

    await site.join(here, "ann")

    assert site.peers(here) == site.peers(there) == {"ann", "ben"}


async def test_P3_a_dead_process_is_forgotten(site: Engines) -> None:
    here, there = site.start(), site.start()
    await site.join(there, "ben")
    await site.join(here, "ann")

    site.buses[there].is_cut = True
    await site.move(41.0)

    assert site.peers(here) == {"ann"}


async def test_P3_a_live_process_is_remembered(site: Engines) -> None:
    here, there = site.start(), site.start()
    await site.join(there, "ben")
    await site.join(here, "ann")

    await site.move(100.0)

    assert site.peers(here) == {"ann", "ben"}


async def test_A3_a_change_of_rights_is_heard_everywhere_at_once(
    site: Engines,
) -> None:
    here, there = site.start(), site.start()
    ann = await site.join(here, "ann")
    ben = await site.join(there, "ben")
    site.database.boards[BOARD].link_role = "none"

    await there.rights_changed(BOARD)
    await site.flow()

    forbidden = "This needs the right to view; you may none."
    assert ann.outbox.closing == Closing(CLOSE_FORBIDDEN, forbidden)
    assert ben.outbox.closing == Closing(CLOSE_FORBIDDEN, forbidden)


async def test_A3_rights_changed_by_sql_are_seen_by_the_poll(site: Engines) -> None:
    here = site.start()
    ann = await site.join(here, "ann")
    site.database.boards[BOARD].link_role = "none"

    await site.move(2.6)

    assert ann.outbox.closing is not None


async def test_another_title_is_told_by_the_poll(site: Engines) -> None:
    here = site.start()
    ann = await site.join(here, "ann")
    frames(ann)
    site.database.boards[BOARD].title = "Monday"

    await site.move(2.6)

    told = [frame for frame in frames(ann) if frame["type"] == "notice"]
    assert [(frame["code"], frame["title"]) for frame in told] == [("title", "Monday")]


async def test_A3_open_grants_are_looked_at_every_minute(site: Engines) -> None:
    looked: list[float] = []

    async def look_again(grants):
        looked.append(site.clock.now())
        return site.database.look_again(grants)

    here = site.start(look_again=look_again)
    await site.join(here, "ann")
    looked.clear()

    await site.move(190.0)

    assert len(looked) == 3


async def test_a_board_that_vanished_closes_its_sessions(site: Engines) -> None:
    here = site.start()
    ann = await site.join(here, "ann")
    board = site.database.boards.pop(BOARD)

    await site.move(2.6)
    site.database.boards[BOARD] = board

    assert ann.outbox.closing is not None
