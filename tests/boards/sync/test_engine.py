"""The engine: the one door for changes and readers, and its end."""

import asyncio
import json

import pytest

from boards.access import Credentials, Grant, Role
from boards.sync.document import Document, elements_of
from boards.sync.folding import unpack
from boards.sync.protocol import Author, decode_change
from boards.sync.refusals import (
    CLOSE_GOING_AWAY,
    Code,
    Refused,
)
from tests.support.engines import BOARD, Engines, Gates, SlowLooks, change, settle
from tests.support.submitting import submit_from
from tests.support.sync_values import frames, live, seqs

ANN = Author("ann", "tab-ann", "ann")


# --- lasting ------------------------------------------------------------------------


async def test_J1_changes_are_numbered_without_a_hole(site: Engines) -> None:
    here, there = site.start(), site.start()

    taken = await asyncio.gather(
        *[
            site.draw(engine, f"c{n}{engine is here}")
            for n in range(5)
            for engine in (here, there)
        ]
    )

    assert sorted(taken) == list(range(1, 11))


async def test_J3_a_repeated_change_gives_the_same_entry(site: Engines) -> None:
    here, there = site.start(), site.start()

    first = await here.submit(site.grant(), change("c"), ANN)
    again = await there.submit(site.grant(), change("c", x=9), ANN)

    assert not first.repeated
    assert again.repeated
    assert (again.seq, again.text) == (first.seq, first.text)
    assert len(site.database.texts(BOARD)) == 1


async def test_J3_a_session_that_repeats_a_change_is_answered(site: Engines) -> None:
    here = site.start()
    ann = await site.join(here, "ann")
    await submit_from(here, ann, change("c"))
    assert seqs(ann) == [1]

    await submit_from(here, ann, change("c"))

    assert seqs(ann) == [1]


async def test_R1_a_repeated_change_that_is_yet_to_come_is_not_sent_early(
    site: Engines,
) -> None:
    here, there = site.start(), site.start()
    ann = await site.join(here, "ann")
    await site.draw(there, "c1")
    await there.submit(site.grant(), change("c2"), ANN)

    await submit_from(here, ann, change("c2"))
    assert seqs(ann) == []
    await site.flow()

    assert seqs(ann) == [1, 2]


async def test_J4_nothing_is_sent_before_it_is_committed(site: Engines) -> None:
    gates = Gates()
    gates.held = {"commit", "commit answer"}
    here = site.start(gate=gates)
    ann = await site.join(here, "ann")
    asyncio.ensure_future(submit_from(here, ann, change("c"))).add_done_callback(
        lambda done: done.result()
    )
    await settle()
    assert seqs(ann) == []
    await gates.let("commit")
    assert seqs(ann) == []

    await gates.let("commit answer")

    assert seqs(ann) == [1]


async def test_J5_the_ops_of_a_change_are_one_entry(site: Engines) -> None:
    here = site.start()
    ann = await site.join(here, "ann")

    await submit_from(here, ann, change("c", n_ops=3))

    (entry,) = frames(ann)[-1]["entries"]
    assert len(entry["ops"]) == 3


async def test_J6_every_door_gives_the_stored_text(site: Engines) -> None:
    here, there = site.start(), site.start()
    ann = await site.join(there, "ann")
    ann.outbox.take()

    committed = await here.submit(site.grant(), change("c"), ANN)
    await site.flow()

    (stored,) = site.database.texts(BOARD)
    assert committed.text == stored
    assert ann.outbox.take() == ['{"type":"entries","entries":[' + stored + "]}"]
    assert await here.entries(site.grant(), 0, 10) == ([stored], 1)


async def test_P4_the_entry_says_who_made_it(site: Engines) -> None:
    here = site.start()
    ann = await site.join(here, "ann")

    await submit_from(here, ann, change("c"))

    (entry,) = frames(ann)[-1]["entries"]
    assert entry["by"] == {"session": "ann", "client": "tab-ann", "name": "ann"}


async def test_elements_without_a_place_lie_above_what_was_there(
    site: Engines,
) -> None:
    here = site.start()
    await site.draw(here, "a", n_ops=2)
    await site.move(0.001)
    await site.draw(here, "b")

    text = await here.document(site.grant())

    assert [element["id"] for element in elements_of(text)] == ["a-0", "a-1", "b-0"]
    assert Document.from_snapshot(text).seq == 2


async def test_only_what_is_put_gets_a_place(site: Engines) -> None:
    here = site.start()
    drawn = decode_change(
        '{"id":"c","ops":[{"op":"del","id":"a"},'
        '{"op":"put","element":{"kind":"rect","id":"a","x":0,"y":0,"w":1,"h":1,'
        '"z":"a5"}}]}'
    )

    await here.submit(site.grant(), drawn, ANN)

    (element,) = elements_of(await here.document(site.grant()))
    assert element["z"] == "a5"


async def test_a_change_that_grows_too_large_when_stored_is_refused(
    site: Engines,
) -> None:
    here = site.start()
    points = ",".join(["1e6"] * 20_000)
    strokes = ",".join(
        f'{{"op":"put","element":{{"kind":"pen","id":"p{n}","x":0,"y":0,'
        f'"points":[{points}]}}}}'
        for n in range(6)
    )

    with pytest.raises(Refused) as caught:
        await here.submit(
            site.grant(), decode_change(f'{{"id":"c","ops":[{strokes}]}}'), ANN
        )

    assert caught.value.code is Code.TOO_LARGE


async def test_A2_a_viewer_can_not_submit(site: Engines) -> None:
    here = site.start()
    site.database.boards[BOARD].link_role = "view"
    ann = await site.join(here, "ann")

    with pytest.raises(Refused) as caught:
        await submit_from(here, ann, change("c"))

    assert caught.value.code is Code.FORBIDDEN
    assert site.database.texts(BOARD) == []


async def test_A1_without_a_right_there_is_nothing(site: Engines) -> None:
    here = site.start()
    await site.draw(here, "c")
    nobody = Grant(BOARD, Role.NONE, Credentials())
    session = site.session("ann")
    session.grant = nobody

    for asked in (
        here.join(session, None),
        here.entries(nobody, 0, 10),
        here.document(nobody),
        here.snapshot(nobody, None),
    ):
        with pytest.raises(Refused) as caught:
            await asked
        assert caught.value.code is Code.FORBIDDEN

    assert session.outbox.take() == []
    assert not here._rooms.all()


# --- reading ------------------------------------------------------------------------


async def test_entries_come_in_pages(site: Engines) -> None:
    here = site.start()
    for n in range(5):
        await site.draw(here, f"c{n}")
    stored = site.database.texts(BOARD)

    assert await here.entries(site.grant(), 0, 2) == (stored[:2], 5)
    assert await here.entries(site.grant(), 4, 2) == (stored[4:], 5)
    assert await here.entries(site.grant(), 7, 2) == ([], 5)


async def test_D5_a_board_has_a_snapshot_before_one_is_saved(site: Engines) -> None:
    here = site.start()
    await site.draw(here, "c")

    none = await here.snapshot(site.grant(), None)
    first = await here.snapshot(site.grant(), 1)

    assert (none.seq, json.loads(unpack(none.body))["elements"]) == (0, [])
    assert len(Document.from_snapshot(unpack(first.body))) == 1
    assert none.etag != first.etag


async def test_D5_a_snapshot_is_saved_every_so_many_entries(site: Engines) -> None:
    here = site.start(snapshot_every=3)
    for n in range(7):
        await site.draw(here, f"c{n}")
        await settle()

    newest = await here.snapshot(site.grant(), None)

    assert sorted(site.database.boards[BOARD].snapshots) == [3, 6]
    assert newest.seq == 6


async def test_a_snapshot_that_could_not_be_saved_harms_nobody(site: Engines) -> None:
    gates = Gates()
    gates.held = {"save_snapshot"}
    here = site.start(gate=gates, snapshot_every=1)
    await site.draw(here, "c1")
    await settle()
    site.database.is_away = True
    await gates.let("save_snapshot")
    site.database.is_away = False
    gates.held.clear()

    await site.draw(here, "c2")
    await settle()

    assert list(site.database.boards[BOARD].snapshots) == [2]


@pytest.mark.parametrize("seq", [2, 10**9])
async def test_what_is_not_there_yet_is_not_found(site: Engines, seq: int) -> None:
    here = site.start()
    await site.draw(here, "c")

    for asked in (here.document(site.grant(), seq), here.snapshot(site.grant(), seq)):
        with pytest.raises(Refused) as caught:
            await asked
        assert caught.value.code is Code.NOT_FOUND


async def test_a_board_that_is_not_there_has_no_entries(site: Engines) -> None:
    here = site.start()
    grant = Grant("nowhere", Role.VIEW, Credentials())

    with pytest.raises(Refused) as caught:
        await here.entries(grant, 0, 10)

    assert caught.value.code is Code.NOT_FOUND


async def test_J2_the_document_of_a_seq_never_changes(site: Engines) -> None:
    here = site.start()
    await site.draw(here, "a")
    then = await here.document(site.grant(), 1)

    await site.draw(here, "b")

    assert await here.document(site.grant(), 1) == then


# --- the end ------------------------------------------------------------------------


async def test_a_drain_sends_everybody_away_and_lets_nobody_in(site: Engines) -> None:
    here = site.start()
    ann = await site.join(here, "ann")

    await here.drain()
    with pytest.raises(Refused) as caught:
        await here.join(site.session("ben"), None)

    assert ann.outbox.closing is not None
    assert ann.outbox.closing.code == CLOSE_GOING_AWAY
    assert caught.value.code is Code.GOING_AWAY


async def test_a_drain_finishes_the_commit_at_hand(site: Engines) -> None:
    gates = Gates()
    gates.held = {"commit"}
    here = site.start(gate=gates)
    drawing = asyncio.ensure_future(site.draw(here, "c"))
    await settle()

    draining = asyncio.ensure_future(here.drain())
    await settle()
    await gates.let("commit")
    await draining

    assert await drawing == 1


async def test_a_drain_refuses_who_is_just_coming_in(site: Engines) -> None:
    gates = Gates()
    here = site.start(gate=gates)
    await site.draw(here, "c")
    gates.held = {"read answer"}
    ann = site.session("ann")
    joining = asyncio.ensure_future(here.join(ann, 0))
    await settle()

    await here.drain()
    await gates.let("read answer")
    with pytest.raises(Refused) as caught:
        await joining

    assert caught.value.code is Code.GOING_AWAY
    assert ann.outbox.take() == []


async def test_a_drain_ends_what_runs(site: Engines) -> None:
    before = asyncio.all_tasks()
    here = site.start(snapshot_every=1)
    ann = await site.join(here, "ann")
    await site.draw(here, "c")
    here.show(ann, live(cursor=[1, 2]))
    here.leave(ann)

    await here.drain()

    assert asyncio.all_tasks() == before


async def test_a_drain_refuses_who_is_being_looked_at(site: Engines) -> None:
    looks = SlowLooks(site)
    here = site.start(look_again=looks)
    looks.is_slow = True
    ann = site.session("ann")
    joining = asyncio.ensure_future(here.join(ann, None))
    await settle()

    await here.drain()
    looks.waiting[0].set_result(None)
    with pytest.raises(Refused) as caught:
        await joining

    assert caught.value.code is Code.GOING_AWAY
    assert ann.outbox.take() == []


async def test_a_drain_ends_looks_that_are_under_way(site: Engines) -> None:
    before = asyncio.all_tasks()
    looks = SlowLooks(site)
    here = site.start(look_again=looks)
    await site.join(here, "ann")
    looks.is_slow = True
    changing = asyncio.ensure_future(here.rights_changed(BOARD))
    await settle()

    await here.drain()

    assert changing.cancelled()
    assert asyncio.all_tasks() == before


async def test_P3_a_drained_process_is_forgotten_at_once(site: Engines) -> None:
    here, there = site.start(), site.start()
    await site.join(here, "ann")
    await site.join(there, "ben")
    assert site.peers(there) == {"ann", "ben"}

    await here.drain()
    await site.flow()

    assert site.peers(there) == {"ben"}
