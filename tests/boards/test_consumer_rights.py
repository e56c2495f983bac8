"""Who may do what over a real socket: A1, A2, A3 in one process and across two.

The heads poll, which would notice changed rights too, is far too slow here to be what
closes anybody: what happens, happens at once.
"""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from boards.sync.elements import Pen
from boards.sync.live import React, View
from boards.sync.protocol import Live, Peer, Put
from tests.support.raw import HELLO, JsonObject, Site, raw
from tests.support.server import running_server
from tests.support.services import Redis
from tests.support.sockets import BoardClient, joined

SLOW_POLL = {"BOARD_HEADS_POLL_MS": "600000"}

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def sites(
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    redis_server: Redis,
) -> Iterator[tuple[Site, Site]]:
    """Two processes on one database and one Redis."""
    path = tmp_path_factory.mktemp("sites") / "board.sqlite3"
    shutil.copy(sqlite_template, path)
    env = {
        "DATABASE_URL": f"sqlite:///{path}",
        "REDIS_URL": redis_server.url,
        "BOARD_LAYER_PREFIX": "rights",
        **SLOW_POLL,
    }
    with running_server(env) as one, running_server(env) as two:
        yield Site(one), Site(two)


@pytest.fixture(params=["here", "elsewhere"])
def place(request: pytest.FixtureRequest, sites: tuple[Site, Site]) -> Site:
    """Where the sockets are; rights are changed at the first site."""
    return sites[0] if request.param == "here" else sites[1]


@pytest.fixture
def owner(sites: tuple[Site, Site]) -> Site:
    """Where rights are changed."""
    return sites[0]


@pytest.fixture
def board(owner: Site) -> JsonObject:
    """A board that whoever has the link may edit."""
    return owner.make_board()


@pytest.mark.parametrize(
    ("link_role", "token"),
    [("none", None), ("none", "ck_wrong"), ("edit", "ck_wrong"), ("edit", "")],
)
async def test_A1_without_a_grant_there_is_no_frame(
    owner: Site, place: Site, link_role: str, token: str | None
):
    board = owner.make_board(link_role)

    async with raw(place.url(board)) as socket:
        await socket.say(HELLO | {"token": token})
        code = await socket.closed()

    assert code == 4003
    assert [frame["type"] for frame in socket.frames] == ["notice"]


async def test_A1_the_owners_key_opens_a_board_that_is_not_shared(
    owner: Site, place: Site
):
    board = owner.make_board("none")

    async with joined(place.url(board), token=board["owner_key"]) as client:
        assert client.welcome is not None
        assert client.welcome.role == "own"
        await client.draw()


async def test_A1_the_key_of_another_board_opens_nothing(owner: Site, place: Site):
    board, other = owner.make_board("none"), owner.make_board()

    async with raw(place.url(board)) as socket:
        await socket.say(HELLO | {"token": other["owner_key"]})

        assert await socket.closed() == 4003


async def test_A2_a_viewers_submit_is_rejected_and_nothing_changes(
    owner: Site, place: Site
):
    board = owner.make_board("view")

    async with joined(place.url(board)) as viewer:
        change = await viewer.submit(Put(Pen(id="e", x=0, y=0, points=[0, 0])))
        reject = await viewer.expect_reject(change)
        await viewer.ping()  # the socket goes on

    assert (reject.code, reject.retry) == ("forbidden", False)
    assert owner.entries(board) == []


async def test_A2_a_viewers_draft_is_left_out_and_the_cursor_shown(
    owner: Site, place: Site
):
    board = owner.make_board("view")
    ink = Put(Pen(id="ink", x=0, y=0, points=[0, 0]))

    async with (
        joined(place.url(board), name="Viewer") as viewer,
        joined(place.url(board), name="Other") as other,
    ):
        await other.expect_peer("Viewer")
        await viewer.show(Live(draft=[ink], cursor=[1, 2]))
        seen = await other.expect_peer("Viewer", lambda p: p.cursor == [1, 2])

    assert seen.draft is None


async def test_A2_a_viewer_reacts_and_follows_but_calls_nobody(
    owner: Site, place: Site
):
    board = owner.make_board("view")

    async with (
        joined(place.url(board), name="Viewer") as viewer,
        joined(place.url(board), token=board["owner_key"], name="Owner") as other,
    ):
        await other.expect_peer("Viewer")
        await viewer.expect_peer("Owner")
        everything = Live(
            cursor=[1, 2],
            follow="x",
            chat="Hi",
            idle="idle",
            editing="e",
            call=View(0, 0, 9, 9),
            react=React("👍", 1, 2),
        )
        await viewer.show(everything)
        seen = await other.expect_peer("Viewer", lambda p: p.cursor == [1, 2])
        await other.show(Live(cursor=[3, 4], editing="e", call=View(0, 0, 9, 9)))
        owner_seen = await viewer.expect_peer("Owner", lambda p: p.cursor == [3, 4])

    assert (seen.follow, seen.chat, seen.idle) == ("x", "Hi", "idle")
    assert (seen.editing, owner_seen.editing) == (None, "e")
    assert other.moments == ["react"]
    assert viewer.moments == ["call"]


def is_at(x: int) -> Callable[[Peer], bool]:
    """Whether a peer's cursor is there."""
    return lambda peer: peer.cursor == [x, 0]


async def test_calls_and_reactions_over_their_rate_are_dropped(
    owner: Site, place: Site, board: JsonObject
):
    async with (
        joined(place.url(board), name="Ada") as ada,
        joined(place.url(board), name="Bob") as bob,
    ):
        await bob.expect_peer("Ada")
        for n in range(40):
            live = Live(call=View(0, 0, 9, 9), react=React("👍", 1, 2), cursor=[n, 0])
            await ada.show(live)
            await bob.expect_peer("Ada", is_at(n))

    assert bob.moments.count("call") in (2, 3)
    assert 16 <= bob.moments.count("react") < 40


async def test_A3_a_link_that_is_taken_back_closes_at_once(
    owner: Site, place: Site, board: JsonObject
):
    async with (
        joined(place.url(board)) as guest,
        joined(place.url(board), token=board["owner_key"]) as keeper,
    ):
        await guest.draw()
        await asyncio.to_thread(owner.share, board, "none")

        await guest.expect_closed(4003)
        await keeper.draw()

    assert len(owner.entries(board)) == 2


async def test_A3_an_owner_key_that_is_changed_closes_who_came_by_it(
    owner: Site, place: Site, board: JsonObject
):
    async with (
        joined(place.url(board)) as guest,
        joined(place.url(board), token=board["owner_key"]) as thief,
    ):
        await thief.draw()
        await asyncio.to_thread(owner.renew_key, board)

        await thief.expect_closed(4003)
        await guest.draw()

    assert len(owner.entries(board)) == 2


async def test_A3_a_deleted_board_closes_at_once_for_everybody(
    owner: Site, place: Site, board: JsonObject
):
    async with (
        joined(place.url(board)) as guest,
        joined(place.url(board), token=board["owner_key"]) as keeper,
    ):
        await asyncio.to_thread(owner.delete, board)

        for client in (guest, keeper):
            await client.expect_closed(4004)

    for token in (None, board["owner_key"]):
        async with raw(place.url(board)) as late:
            await late.say(HELLO | {"token": token})
            assert await late.closed() == 4004


async def expect_role(client: BoardClient, role: str) -> None:
    """Wait for the notice that says what one may do now."""
    await client.until(
        lambda: any(notice.role == role for notice in client.notices), f"role {role}"
    )


async def test_A3_who_may_only_view_from_now_on_is_told_and_held_to_it(
    owner: Site, place: Site, board: JsonObject
):
    ink = Put(Pen(id="ink", x=0, y=0, points=[0, 0]))
    async with (
        joined(place.url(board), name="Guest") as guest,
        joined(place.url(board), token=board["owner_key"]) as keeper,
    ):
        await guest.draw()
        await asyncio.to_thread(owner.share, board, "view")

        await expect_role(guest, "view")
        reject = await guest.expect_reject(await guest.submit(ink))
        await keeper.expect_peer("Guest", lambda peer: peer.role == "view")
        await guest.show(Live(draft=[ink], cursor=[7, 7]))
        seen = await keeper.expect_peer("Guest", lambda peer: peer.cursor == [7, 7])
        await keeper.draw()
        await guest.expect_seq(2)

    assert reject.code == "forbidden"
    assert seen.draft is None
    assert len(owner.entries(board)) == 2


async def test_A3_who_may_edit_from_now_on_is_told_and_may(owner: Site, place: Site):
    board = owner.make_board("view")

    async with joined(place.url(board)) as guest:
        await asyncio.to_thread(owner.share, board, "edit")

        await expect_role(guest, "edit")
        await guest.draw()

    assert len(owner.entries(board)) == 1
