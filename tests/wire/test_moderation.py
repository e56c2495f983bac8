"""Moderation over real sockets: an act on one process ends sessions on another."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from typing import Any

import httpx
import pytest

from boards.sync.elements import Pen
from boards.sync.protocol import Put, Set
from tests.support import plain_http
from tests.support.convergence import RestBoard
from tests.support.server import Server, running_server
from tests.support.services import Redis
from tests.support.sockets import BoardClient, Who, joined

pytestmark = pytest.mark.faults

HOME = (("X-Forwarded-For", "203.0.113.7"),)
CAFE = (("X-Forwarded-For", "198.51.100.9"),)


@pytest.fixture(scope="module")
def sites(
    sqlite_module_url: str, redis_server: Redis
) -> Iterator[tuple[Server, Server]]:
    """Two processes behind one proxy."""
    env = {
        "DATABASE_URL": sqlite_module_url,
        "REDIS_URL": redis_server.url,
        "BOARD_PROXIES": "1",
        "DJANGO_ALLOWED_HOSTS": "127.0.0.1",
    }
    with ExitStack() as stack:
        one, two = (stack.enter_context(running_server(env)) for _ in range(2))
        yield one, two


async def call(board: RestBoard, method: str, path: str, body: Any = None) -> Any:
    """A call with the owner's key; the answer as JSON."""
    answer = await asyncio.to_thread(
        plain_http.request,
        method,
        f"{board.address}/{path}",
        json=body,
        headers=board.headers,
        timeout=30,
    )
    assert answer.status_code < 300, answer.text
    return answer.json() if answer.content else None


def read(board: RestBoard, address: tuple[tuple[str, str], ...]) -> httpx.Response:
    """What a stranger from there gets of the board by REST."""
    url = f"{board.address}/elements/"
    return plain_http.get(url, headers=dict(address), timeout=30)


async def let_in(url: str, **who: Any) -> bool:
    """Whether somebody gets in."""
    client = BoardClient(url, Who(**who))
    try:
        await client.join()
    except AssertionError:
        assert client.close_code == 4003
        assert client.notices[-1].code == "banned"
        return False
    finally:
        await client.leave()
    return True


@asynccontextmanager
async def at_home(
    sites: tuple[Server, Server], board: RestBoard
) -> AsyncIterator[tuple[BoardClient, BoardClient, BoardClient]]:
    """The owner on one process, Mallory and Ada on the other; Ada is in the café."""
    one, two = (site.socket_url(board.id) for site in sites)
    async with (
        joined(one, token=board.key, headers=HOME) as owner,
        joined(two, name="Mallory", client="m", headers=HOME) as mallory,
        joined(two, name="Ada", headers=CAFE) as ada,
    ):
        yield owner, mallory, ada


@pytest.fixture
def board(sites: tuple[Server, Server]) -> RestBoard:
    """A new board."""
    return RestBoard.create(sites[0].url)


@pytest.fixture
def url(sites: tuple[Server, Server], board: RestBoard) -> str:
    """The board's socket on the other process."""
    return sites[1].socket_url(board.id)


async def test_A3_a_kick_ends_a_session_of_another_process(
    sites: tuple[Server, Server], board: RestBoard, url: str
) -> None:
    async with at_home(sites, board) as (owner, mallory, ada):
        session = (await owner.expect_peer("Mallory")).session
        await call(board, "POST", "kick/", {"session": session})

        await mallory.expect_closed(4003)

        assert mallory.notices[-1].code == "kicked"
        assert (await ada.draw()).seq == 1
        assert await let_in(url, name="Mallory", client="m")


async def test_A3_a_ban_holds_against_a_new_tab_and_a_new_name(
    sites: tuple[Server, Server], board: RestBoard, url: str
) -> None:
    async with at_home(sites, board) as (owner, mallory, ada):
        peer = await owner.expect_peer("Mallory")
        wish = {"session": peer.session, "client": peer.client, "seconds": 3_600}
        ban = await call(board, "POST", "bans/", wish)
        await mallory.expect_closed(4003)

        said = mallory.notices[-1]
        assert said.code == "banned"
        assert said.wait_ms is not None
        assert 3_500_000 < said.wait_ms <= 3_600_000
        # The same tab from elsewhere, and another tab with another name from there.
        assert not await let_in(url, client="m", headers=CAFE)
        assert not await let_in(url, name="Eve", client="new", headers=HOME)
        assert (await asyncio.to_thread(read, board, HOME)).status_code == 403
        # Others, the owner at the same address, and other boards are not concerned.
        assert (await asyncio.to_thread(read, board, CAFE)).status_code == 200
        assert (await ada.draw()).seq == 1
        assert (await owner.draw()).seq == 2
        other = RestBoard.create(board.url)
        assert await let_in(sites[1].socket_url(other.id), client="m", headers=HOME)

        await call(board, "DELETE", f"bans/{ban['id']}/")

        assert await let_in(url, client="m", headers=HOME)


async def test_a_frozen_board_is_changed_by_its_owner_alone(
    board: RestBoard, url: str
) -> None:
    pen = Pen(id="p", x=0, y=0, points=[0, 0, 1, 1])
    async with (
        joined(url, name="Ada") as ada,
        joined(url, token=board.key) as owner,
    ):
        await call(board, "POST", "freeze/", {"why": "Exam at nine."})
        await ada.until(lambda: ada.notices, "a notice")
        await owner.until(lambda: owner.notices, "a notice")

        assert (ada.notices[0].code, ada.notices[0].role) == ("frozen", "view")
        assert ada.notices[0].why == "Exam at nine."
        assert "Exam at nine." in ada.notices[0].detail
        reject = await ada.expect_reject(await ada.submit(Put(pen)))
        assert (reject.code, "Exam" in reject.detail) == ("frozen", True)
        assert (await owner.draw()).seq == 1
        async with joined(url, name="Late") as late:
            await late.until(lambda: late.notices, "a notice")
            assert late.notices[0].code == "frozen"

        await call(board, "DELETE", "freeze/")
        await ada.until(lambda: len(ada.notices) > 1, "another notice")

        assert (ada.notices[-1].code, ada.notices[-1].role) == ("role", "edit")
        assert (await ada.draw()).seq == 2


async def test_all_by_one_person_is_undone_while_others_draw(
    board: RestBoard, url: str
) -> None:
    async with joined(url, name="Ada") as ada, joined(url, client="m") as mallory:
        mine = (await ada.draw()).id
        ink = next(iter(ada.folded().elements))["id"]
        await mallory.expect_entry(mine)
        for x in range(5):
            await mallory.draw()
            await mallory.expect_entry(
                await mallory.submit(Set(ink, {"x": x, "opacity": 0.5}))
            )
        await ada.expect_entry(await ada.submit(Set(ink, {"x": 42})))

        undone = await call(board, "POST", "undo/", {"client": "m"})
        again = await call(board, "POST", "undo/", {"client": "m"})
        await ada.expect_seq(13)

        changes = undone.pop("changes")
        assert undone == {"n_entries": 10, "n_ops": 6, "n_skipped": 0}
        assert again == {"n_entries": 10, "n_ops": 0, "n_skipped": 0, "changes": []}
        (left,) = ada.folded().elements
        assert (left["id"], left["x"], left.get("opacity")) == (ink, 42, None)
        assert board.elements() == (13, ada.folded().elements)
        assert len(board.journal()) == 13  # nothing went from it
        # And back again, with what others did meanwhile.
        await ada.expect_entry(await ada.submit(Set(ink, {"x": 43})))
        await call(board, "POST", "undo/", {"changes": changes, "seconds": 300})
        await ada.expect_seq(15)
        back = {element["id"]: element for element in ada.folded().elements}
        assert (len(back), back[ink]["x"], back[ink]["opacity"]) == (6, 43, 0.5)
