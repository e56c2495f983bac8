"""Several processes on one port: one scrape shows all, an order finds its process."""

from contextlib import ExitStack
from typing import Any

import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from tests.support import plain_http
from tests.support.server import Server, manage, running_server, serve_command
from tests.support.services import running_redis
from tests.support.sockets import joined
from tests.support.waiting import free_port, until

pytestmark = pytest.mark.faults
TOKEN = "a-token-of-sixteen-characters"
WITHIN_S = 30.0  # a loaded machine takes its time


def metrics(server: Server) -> dict[str, Metric]:
    """What one scrape of the port finds."""
    reply = plain_http.get(
        f"{server.url}/metrics",
        headers={"Authorization": f"Bearer {TOKEN}"},
        timeout=WITHIN_S,
    )
    assert reply.status_code == 200
    return {f.name: f for f in text_string_to_metric_families(reply.text)}


def total(server: Server, name: str) -> float:
    """The sum of a metric over all processes."""
    return sum(s.value for s in metrics(server)[name].samples)


def processes(server: Server) -> set[str]:
    """Which processes report."""
    return {
        s.labels["process"] for s in metrics(server)["chalkline_process_up"].samples
    }


async def test_one_scrape_shows_all_workers_with_and_without_redis(
    sqlite_url: str,
) -> None:
    with running_redis() as redis, ExitStack() as stack:
        env = {
            "DATABASE_URL": sqlite_url,
            "REDIS_URL": redis.url,
            "BOARD_METRICS_TOKEN": TOKEN,
            "BOARD_REPORT_S": "1",
        }
        port = free_port()
        command = serve_command(port, "--workers", "2")
        site = stack.enter_context(running_server(env, command=command, port=port))
        until(lambda: len(processes(site)) == 2, within_s=WITHIN_S, what="both report")
        board = site.new_board()["id"]

        async with (
            joined(site.socket_url(board), name="Ada") as ada,
            joined(site.socket_url(board), name="Bob") as bob,
        ):
            for _ in range(5):
                drawn = await ada.draw()
                await bob.expect_entry(drawn.id)
            # What the other process last said may be some seconds old.
            until(
                lambda: total(site, "chalkline_sessions") == 2,
                within_s=WITHIN_S,
                what="two are seen",
            )
            until(
                lambda: total(site, "chalkline_entries") == 5,
                within_s=WITHIN_S,
                what="five",
            )
            rooms = manage("rooms", env=env)
            assert board in rooms and "2 people" in rooms

            redis.shutdown_nosave()
            assert len(processes(site)) == 1  # whoever is asked, alone
            redis.start()
            until(
                lambda: len(processes(site)) == 2,
                within_s=WITHIN_S,
                what="both report again",
            )

        names = sorted(processes(site))
        began = {s.labels["process"]: s.value for s in started(site)}
        manage("drain", names[0], env=env)
        until(
            lambda: (
                {s.labels["process"]: s.value for s in started(site)}.get(names[0])
                not in (None, began[names[0]])
            ),
            within_s=WITHIN_S,
            what="the drained worker's successor reports",
        )
        assert sorted(processes(site)) == names


def started(server: Server) -> list[Any]:
    """When each process began."""
    return list(metrics(server)["process_start_time_seconds"].samples)
