"""/healthz and /readyz of real processes, with what they need taken away."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import StartServer
from tests.support import plain_http
from tests.support.server import Server, manage
from tests.support.services import Postgres, running_postgres, running_redis
from tests.support.waiting import free_port, until

pytestmark = pytest.mark.faults

MORE_THAN_THREADS = 12  # so often asked, each thread of the checks had its turn


def readiness(server: Server) -> tuple[int, dict[str, Any]]:
    reply = plain_http.get(f"{server.url}/readyz", timeout=15)
    return reply.status_code, reply.json()


def is_alive(server: Server) -> bool:
    return plain_http.get(f"{server.url}/healthz", timeout=5).status_code == 200


def test_ready_names_every_part(sqlite_url: str, start_server: StartServer) -> None:
    server = start_server(DATABASE_URL=sqlite_url)

    assert readiness(server) == (
        200,
        {"status": "ok", "database": "ok", "migrations": "ok", "layer": "ok"},
    )


def test_missing_migration_is_unready_but_alive(tmp_path: Path) -> None:
    env = {"DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"}
    server = Server(env, folder=tmp_path)
    server.launch()
    try:
        until(lambda: server.is_listening(), what="the server listens")

        assert is_alive(server)
        assert readiness(server)[1]["migrations"] == "missing"
        assert readiness(server)[0] == 503
    finally:
        server.kill()


def test_sqlite_that_takes_no_writes_is_unready(
    sqlite_url: str, start_server: StartServer
) -> None:
    server = start_server(DATABASE_URL=sqlite_url)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    status, body = readiness(server)
    other.execute("ROLLBACK")
    other.close()

    assert (status, body["database"]) == (503, "unreachable")
    until(server.is_ready, what="ready again")


def test_postgres_away_is_unready_until_it_is_back(start_server: StartServer) -> None:
    with running_postgres() as postgres:
        server = start_server(DATABASE_URL=migrated(postgres))
        postgres.stop()

        status, body = readiness(server)
        assert (status, body["database"]) == (503, "unreachable")
        assert is_alive(server)

        postgres.start()
        until(server.is_ready, within_s=15, what="ready again")


def test_restarted_postgres_is_ready_every_time_it_is_asked(
    start_server: StartServer,
) -> None:
    """Threads kept the connection that had looked for migrations, dead, for ever."""
    with running_postgres() as postgres:
        server = start_server(DATABASE_URL=migrated(postgres))
        for _ in range(MORE_THAN_THREADS):
            readiness(server)
        postgres.stop()
        postgres.start()
        until(server.is_ready, within_s=15, what="ready again")

        states = [readiness(server)[0] for _ in range(MORE_THAN_THREADS)]

        assert states == [200] * MORE_THAN_THREADS


def test_read_only_postgres_is_unready(start_server: StartServer) -> None:
    with running_postgres() as postgres:
        server = start_server(DATABASE_URL=migrated(postgres))
        postgres.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        postgres.execute("SELECT pg_reload_conf()")

        until(
            lambda: readiness(server)[1]["database"] == "read-only",
            what="seen as read-only",
        )
        assert readiness(server)[0] == 503


@pytest.mark.parametrize("layer", ["redis", "pubsub"])
def test_redis_away_is_unready_until_it_is_back(
    layer: str, sqlite_url: str, start_server: StartServer
) -> None:
    with running_redis() as redis:
        server = start_server(
            DATABASE_URL=sqlite_url, REDIS_URL=redis.url, BOARD_LAYER=layer
        )
        redis.shutdown_nosave()

        status, body = readiness(server)
        assert (status, body["layer"]) == (503, "unreachable")
        assert is_alive(server)

        redis.start()
        until(server.is_ready, what="ready again")


def test_one_shard_away_is_unready(sqlite_url: str, tmp_path: Path) -> None:
    with running_redis() as redis:
        addresses = f"{redis.url} redis://127.0.0.1:{free_port()}/0"
        env = {"DATABASE_URL": sqlite_url, "REDIS_URL": addresses}
        server = Server(env, folder=tmp_path)
        server.launch()
        try:
            until(lambda: server.is_listening(), what="the server listens")

            assert readiness(server)[1]["layer"] == "unreachable"
        finally:
            server.kill()


def test_broken_environment_stops_the_boot_with_every_fault(tmp_path: Path) -> None:
    env = {"DATABASE_URL": "oracle://x", "REDIS_URL": "x", "BOARD_LIVE_MS": "fast"}
    server = Server(env, folder=tmp_path)
    server.launch()

    assert server.wait_ended() != 0
    for name in env:
        assert f"  - {name} is malformed" in server.log
    assert "Traceback" not in server.log


def migrated(postgres: Postgres) -> str:
    """A migrated database of a PostgreSQL of the test's own."""
    url = postgres.new_database()
    manage("migrate", "-v", "0", env={"DATABASE_URL": url})
    return url
