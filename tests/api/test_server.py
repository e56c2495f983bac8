"""REST on a real server: it and the sockets on a board see and obey each other."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
import pytest_asyncio

from api.body import MAX_BODY_BYTES
from boards.sync.protocol import Del
from boards.sync.refusals import CLOSE_FORBIDDEN, CLOSE_GONE
from tests.conftest import StartServer
from tests.support import plain_http
from tests.support.rest import put
from tests.support.server import Server, daphne_command, running_server
from tests.support.sockets import joined
from tests.support.waiting import free_port

pytestmark = pytest.mark.faults


@pytest.fixture
def server(sqlite_url: str, start_server: StartServer) -> Server:
    """A Daphne process on a fresh SQLite file."""
    return start_server(DATABASE_URL=sqlite_url)


@pytest_asyncio.fixture
async def site(server: Server) -> AsyncIterator[httpx.AsyncClient]:
    """A caller of that server."""
    async with plain_http.AsyncClient(base_url=f"{server.url}/api/boards/") as client:
        yield client


@dataclass(frozen=True)
class Made:
    """A board that was just made, and what its owner shows."""

    id: str
    socket_url: str
    headers: dict[str, str]


@pytest_asyncio.fixture
async def board(site: httpx.AsyncClient) -> Made:
    """A board that whoever has the link draws on."""
    made = (await site.post("")).json()
    headers = {"Authorization": f"Bearer {made['owner_key']}"}
    return Made(made["id"], made["socket_url"], headers)


async def test_J6_a_socket_and_rest_get_the_same_entry(
    site: httpx.AsyncClient, board: Made
) -> None:
    async with joined(board.socket_url, name="Ada") as ada:
        drawn = await ada.draw()
        sent = await site.post(f"{board.id}/changes/", json={"id": "c", "ops": [put()]})
        await ada.expect_entry("c")

        elements = (await site.get(f"{board.id}/elements/")).json()
        assert sent.json()["seq"] == drawn.seq + 1
        assert elements == ada.folded()._asdict()


async def test_A3_who_may_no_longer_view_is_sent_away(
    site: httpx.AsyncClient, board: Made
) -> None:
    async with joined(board.socket_url, name="Eve") as eve:
        private = {"link_role": "none"}
        await site.patch(f"{board.id}/", json=private, headers=board.headers)

        await eve.expect_closed(CLOSE_FORBIDDEN)


async def test_A3_a_trashed_board_is_closed(
    site: httpx.AsyncClient, board: Made
) -> None:
    async with joined(board.socket_url, name="Eve") as eve:
        await site.delete(f"{board.id}/", headers=board.headers)

        await eve.expect_closed(CLOSE_GONE)


async def test_A2_a_session_that_became_a_viewer_s_is_rejected(
    site: httpx.AsyncClient, board: Made
) -> None:
    async with joined(board.socket_url, name="Eve") as eve:
        viewing = {"link_role": "view"}
        await site.patch(f"{board.id}/", json=viewing, headers=board.headers)
        await eve.until(lambda: bool(eve.notices), "the notice of the new role")

        change_id = await eve.submit(Del("e1"))

        assert eve.notices[0].role == "view"
        assert (await eve.expect_reject(change_id)).code == "forbidden"


async def test_a_body_without_a_length_is_bounded_too(
    site: httpx.AsyncClient, board: Made
) -> None:
    async def sent(n_spaces: int) -> AsyncIterator[bytes]:
        yield b'{"ops":[{"op":"del","id":"a"}]'
        yield b" " * n_spaces
        yield b"}"

    fits = await site.post(f"{board.id}/changes/", content=sent(1_000))
    too_large = await site.post(f"{board.id}/changes/", content=sent(MAX_BODY_BYTES))

    assert fits.status_code == 201
    assert too_large.status_code == 413
    assert too_large.json()["error"]["code"] == "too_large"


async def test_a_nul_in_a_session_cookie_is_no_session(
    postgres_url: str, start_server: StartServer
) -> None:
    server = start_server(DATABASE_URL=postgres_url)
    cookies = {"Cookie": r'sessionid="aaaaaaaa\000bbbbbbbbbbbbbbbbbbbbbbb"'}

    async with plain_http.AsyncClient(base_url=server.url, headers=cookies) as site:
        listed = await site.get("/api/boards/")
        page = await site.get("/b/nope/")

    assert (listed.status_code, page.status_code) == (200, 404)


async def test_without_a_trusted_proxy_nobody_claims_tls(
    site: httpx.AsyncClient,
) -> None:
    forwarded = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}

    made = (await site.post("", headers=forwarded)).json()

    assert made["socket_url"].startswith("ws://")


async def test_behind_a_proxy_with_tls_the_socket_has_tls(sqlite_url: str) -> None:
    port = free_port()
    command = [*daphne_command(port), "--proxy-headers"]
    forwarded = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    environment = {"DATABASE_URL": sqlite_url}

    with running_server(environment, command=command, port=port) as server:
        async with plain_http.AsyncClient(
            base_url=server.url, headers=forwarded
        ) as site:
            made = (await site.post("/api/boards/")).json()

    assert made["url"].startswith("https://127.0.0.1")
    assert made["socket_url"].startswith("wss://127.0.0.1")
