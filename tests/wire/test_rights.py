"""Who may what, and how it ends when that changes, over real sockets."""

import asyncio

import pytest

from boards.sync.elements import Pen
from boards.sync.protocol import Live, Put
from tests.support.convergence import RestBoard
from tests.support.server import Server
from tests.support.sockets import BoardClient, Who, joined

pytestmark = pytest.mark.faults


def pen(name: str = "p") -> Pen:
    return Pen(id=name, x=0, y=0, points=[0, 0, 5, 5])


async def test_A1_a_private_board_shows_nothing_to_a_stranger(site: Server) -> None:
    board = RestBoard.create(site.url, link_role="none")
    stranger = BoardClient(site.socket_url(board.id), Who(client="stranger"))

    with pytest.raises(AssertionError, match="4003"):
        await stranger.join()

    assert set(stranger.frames) <= {"notice"}
    async with joined(site.socket_url(board.id), token=board.key) as owner:
        assert owner.welcome is not None
        assert owner.welcome.role == "own"
    await stranger.leave()


async def test_A2_a_viewer_is_rejected_and_others_are_not(site: Server) -> None:
    board = RestBoard.create(site.url, link_role="view")
    url = site.socket_url(board.id)
    async with joined(url, name="Ada") as ada, joined(url, token=board.key) as owner:
        reject = await ada.expect_reject(await ada.submit(Put(pen())))

        assert (reject.code, reject.retry) == ("forbidden", False)
        assert (await owner.draw()).seq == 1
        await ada.expect_seq(1)


async def test_A2_a_viewer_shows_a_cursor_but_no_draft(site: Server) -> None:
    board = RestBoard.create(site.url, link_role="view")
    url = site.socket_url(board.id)
    async with joined(url, name="Ada") as ada, joined(url, token=board.key) as owner:
        await ada.show(Live(cursor=[3, 4], draft=[Put(pen())]))

        peer = await owner.expect_peer("Ada", lambda peer: peer.cursor == [3, 4])

        assert peer.draft is None


async def test_A3_a_link_that_is_closed_closes_its_sockets(
    site: Server, board: RestBoard, url: str
) -> None:
    async with joined(url) as ada, joined(url, token=board.key) as owner:
        await asyncio.to_thread(board.share, "none")

        await ada.expect_closed(4003)

        assert (await owner.draw()).seq == 1


async def test_A3_a_role_that_shrinks_is_told_and_holds_at_once(
    board: RestBoard, url: str
) -> None:
    async with joined(url) as ada:
        await asyncio.to_thread(board.share, "view")
        await ada.until(lambda: ada.notices, "a notice")

        reject = await ada.expect_reject(await ada.submit(Put(pen())))

        assert ada.notices[-1].role == "view"
        assert reject.code == "forbidden"


async def test_A3_a_deleted_board_is_gone_for_everybody(
    board: RestBoard, url: str
) -> None:
    async with joined(url) as ada:
        await asyncio.to_thread(board.delete)

        await ada.expect_closed(4004)


async def test_P4_the_server_says_who_somebody_is(url: str) -> None:
    async with joined(url, name="Ada") as ada, joined(url, name="Bob") as bob:
        entry = await ada.draw()

        assert ada.welcome is not None
        assert entry.by.session == ada.welcome.session
        assert entry.by.client == ada.who.client
        assert entry.by.user is None
        assert (await bob.expect_peer("Ada")).session == ada.welcome.session


async def test_P1_P3_live_things_end_with_their_socket(
    board: RestBoard, url: str
) -> None:
    async with joined(url, name="Bob") as bob:
        async with joined(url, name="Ada") as ada:
            await ada.show(Live(cursor=[1, 2], draft=[Put(pen("growing"))]))
            await bob.expect_peer("Ada", lambda peer: peer.draft)

        await bob.expect_gone("Ada")

        assert bob.frames.count("entries") == 0
    assert board.elements() == (0, [])


async def test_P2_who_comes_late_gets_the_full_list(url: str) -> None:
    async with joined(url, name="Ada") as ada:
        await ada.show(Live(cursor=[1, 2], tool="pen", draft=[Put(pen("growing"))]))
        async with joined(url, name="Bob") as bob:
            peer = await bob.expect_peer("Ada", lambda peer: peer.draft)

            assert peer.cursor == [1, 2]
            assert peer.tool == "pen"
            assert peer.role == "edit"
            assert peer.view is None
