"""`rediss://` with the self-signed certificate that Heroku's Redis shows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import StartServer
from tests.support import plain_http
from tests.support.certificates import self_signed
from tests.support.server import Server
from tests.support.services import Redis, running_redis
from tests.support.sockets import joined
from tests.support.waiting import until

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    """A Redis that speaks TLS only."""
    certificate = self_signed(tmp_path_factory.mktemp("certificate"))
    with running_redis(certificate=certificate) as running:
        yield running


@pytest.mark.parametrize("layer", ["redis", "pubsub"])
async def test_heroku_redis_carries_entries_between_processes(
    layer: str, redis: Redis, postgres_url: str, start_server: StartServer
) -> None:
    env = {
        "DATABASE_URL": postgres_url,
        "REDIS_URL": redis.url,
        "BOARD_LAYER": layer,
        "BOARD_HEADS_POLL_MS": "3600000",  # so that only Redis can have brought it
        "DYNO": "web.1",
    }
    one, other = start_server(**env), start_server(**env)
    board = one.new_board()["id"]

    async with (
        joined(one.socket_url(board), name="Ada") as ada,
        joined(other.socket_url(board), name="Bob") as bob,
    ):
        entry = await ada.draw()
        await bob.expect_entry(entry.id)


def test_elsewhere_the_certificate_must_be_vouched_for(
    redis: Redis, sqlite_url: str, tmp_path: Path
) -> None:
    env = {"DATABASE_URL": sqlite_url, "REDIS_URL": redis.url}
    server = Server(env, folder=tmp_path)
    server.launch()
    try:
        until(server.is_listening, what="the server listens")

        reply = plain_http.get(f"{server.url}/readyz", timeout=60)
        assert (reply.status_code, reply.json()["layer"]) == (503, "unreachable")
    finally:
        server.kill()
