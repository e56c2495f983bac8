"""A socket while the database does not answer: changes wait, live things go on."""

import asyncio

import psycopg
import pytest

from boards.sync.protocol import Live
from tests.conftest import StartServer
from tests.support.raw import Site, dot, entered
from tests.support.sockets import joined

pytestmark = pytest.mark.faults


@pytest.fixture
def away_site(postgres_url: str, start_server: StartServer) -> Site:
    """A server that does not wait long for its database."""
    return Site(start_server(DATABASE_URL=postgres_url, BOARD_COMMIT_WAIT_S="1"))


async def test_J3_a_change_that_waited_too_long_is_sent_again_and_lasts_once(
    away_site: Site, postgres_url: str
):
    board = away_site.make_board()
    async with entered(away_site.url(board)) as socket:
        with psycopg.connect(postgres_url) as other:
            other.execute("LOCK TABLE boards_entry IN SHARE MODE")  # reads go on
            await socket.submit("waits", dot())
            reject = await socket.next("reject")
        await socket.submit("waits", dot())
        entries = (await socket.next("entries"))["entries"]

    assert (reject["code"], reject["retry"]) == ("unavailable", True)
    assert reject["wait_ms"] > 0
    assert [entry["id"] for entry in entries] == ["waits"]
    assert len(away_site.entries(board)) == 1


async def test_live_things_go_on_while_changes_wait(away_site: Site, postgres_url: str):
    board = away_site.make_board()
    async with (
        joined(away_site.url(board), name="Ada", stays=True) as ada,
        joined(away_site.url(board), name="Bob") as bob,
    ):
        with psycopg.connect(postgres_url) as other:
            other.execute("LOCK TABLE boards_entry IN SHARE MODE")
            drawing = asyncio.create_task(ada.draw())
            await ada.ping()
            await ada.show(Live(cursor=[3, 4]))
            await bob.expect_peer("Ada", lambda peer: peer.cursor == [3, 4])
            assert not drawing.done()
        entry = await drawing
        await bob.expect_seq(entry.seq)

    assert "Traceback" not in away_site.server.log
