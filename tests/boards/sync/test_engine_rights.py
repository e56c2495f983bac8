"""Rights that change while people are on a board."""

import asyncio
from collections.abc import Iterable

import pytest

from boards.access import Grant, Role
from boards.sync.protocol import Author
from boards.sync.refusals import (
    CLOSE_FORBIDDEN,
    CLOSE_GONE,
    Code,
    Refused,
)
from tests.support.engines import BOARD, Engines, Gates, SlowLooks, settle
from tests.support.sync_values import frames, welcome
from tests.support.world.journal import OWNER_KEY

ANN = Author("ann", "tab-ann", "ann")


async def test_A3_revoked_means_closed_at_once(site: Engines) -> None:
    here = site.start()
    ann = await site.join(here, "ann")
    owner = await site.join(here, "owner", key=OWNER_KEY)
    site.database.boards[BOARD].link_role = "none"

    await here.rights_changed(BOARD)

    assert ann.outbox.closing is not None
    assert ann.outbox.closing.code == CLOSE_FORBIDDEN
    assert owner.outbox.closing is None
    assert site.peers(here) == {"owner"}


async def test_A3_a_deleted_board_closes_for_all(site: Engines) -> None:
    here = site.start()
    owner = await site.join(here, "owner", key=OWNER_KEY)
    site.database.trash(BOARD)

    await here.rights_changed(BOARD)

    assert owner.outbox.closing is not None
    assert owner.outbox.closing.code == CLOSE_GONE


async def test_A3_less_or_more_is_told_without_a_close(site: Engines) -> None:
    here = site.start()
    ann = await site.join(here, "ann")
    for role in ("view", "edit"):
        frames(ann)
        site.database.boards[BOARD].link_role = role

        await here.rights_changed(BOARD)
        await site.move(0.1)

        sent = frames(ann)
        assert [f["role"] for f in sent if f["type"] == "notice"] == [role]
        assert [
            p["role"] for f in sent if f["type"] == "peers" for p in f["change"]
        ] == [role]
        assert ann.grant.role == role


async def test_A3_rights_of_a_board_that_nobody_has_open(site: Engines) -> None:
    here = site.start()

    await here.rights_changed(BOARD)

    assert not here._rooms.all()


async def test_A3_a_look_that_failed_is_made_again(site: Engines) -> None:
    is_away = False

    async def look_again(grants: Iterable[Grant]) -> dict[Grant, Grant | Refused]:
        if is_away:
            raise Refused(Code.UNAVAILABLE, "The database is away.")
        return site.database.look_again(grants)

    here = site.start(look_again=look_again)
    ann = await site.join(here, "ann")
    site.database.boards[BOARD].link_role = "none"
    is_away = True
    changing = asyncio.ensure_future(here.rights_changed(BOARD))
    await site.move(1.1)
    assert ann.outbox.closing is None

    is_away = False
    await site.move(0.6)
    await changing

    assert ann.outbox.closing is not None


async def test_A3_an_old_look_does_not_overtake_a_new_one(site: Engines) -> None:
    looks = SlowLooks(site)
    here = site.start(look_again=looks)
    site.database.boards[BOARD].link_role = "view"
    ann = await site.join(here, "ann")
    looks.is_slow = True

    site.database.boards[BOARD].link_role = "edit"
    first = asyncio.ensure_future(here.rights_changed(BOARD))
    await settle()
    site.database.boards[BOARD].link_role = "view"
    second = asyncio.ensure_future(here.rights_changed(BOARD))
    await settle()
    looks.waiting[1].set_result(None)
    await settle()
    looks.is_slow = False
    looks.waiting[0].set_result(None)
    await asyncio.gather(first, second)

    assert ann.grant.role is Role.VIEW


async def test_A3_a_right_taken_during_the_join_is_noticed(site: Engines) -> None:
    gates = Gates()
    gates.held = {"heads answer"}
    here = site.start(gate=gates)
    ann = site.session("ann")
    joining = asyncio.ensure_future(here.join(ann, None))
    await settle()

    site.database.boards[BOARD].link_role = "none"
    await here.rights_changed(BOARD)
    gates.held.clear()
    await gates.let("heads answer")
    with pytest.raises(Refused) as caught:
        await joining

    assert caught.value.code is Code.FORBIDDEN
    assert ann.outbox.take() == []


async def test_A3_a_right_taken_while_it_is_looked_at_is_noticed(
    site: Engines,
) -> None:
    looks = SlowLooks(site)
    here = site.start(look_again=looks)
    await site.join(here, "first")
    looks.is_slow = True
    ann = site.session("ann")
    joining = asyncio.ensure_future(here.join(ann, None))
    await settle()

    looks.is_slow = False
    site.database.boards[BOARD].link_role = "view"
    await here.rights_changed(BOARD)
    looks.waiting[0].set_result(None)
    await joining

    assert ann.grant.role is Role.VIEW
    assert welcome(ann)["role"] == "view"
