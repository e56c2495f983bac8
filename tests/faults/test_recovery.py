"""Real processes are killed while people draw: nothing acknowledged is ever lost.

Each test prints how long the recoveries took, as one line of JSON. The short form runs
with every `make test`; the long form has more sockets and outages as an operator knows
them.
"""

import json
import sys
import time
from dataclasses import dataclass

import pytest

from tests.faults.deployments import Deployment
from tests.support.storm import Crowd, Storm, in_thread, storming

pytestmark = pytest.mark.faults


@dataclass(frozen=True, slots=True)
class Form:
    """How large and how long a run is."""

    crowd: Crowd
    calm_entries: int  # acknowledged between two faults
    n_away_entries: int  # acknowledged while Redis is away
    redis_away_s: float


SHORT = Form(Crowd(12, 4), 40, 20, 1.0)
LONG = Form(Crowd(40, 8), 400, 200, 10.0)


@pytest.fixture(
    params=[
        pytest.param(SHORT, id="short"),
        pytest.param(LONG, id="long", marks=pytest.mark.slow),
    ]
)
def form(request: pytest.FixtureRequest) -> Form:
    """The short form always, the long one at night."""
    found: Form = request.param
    return found


async def test_R1_R2_J3_nothing_is_lost_when_services_are_killed(
    deployment: Deployment, form: Form, request: pytest.FixtureRequest
) -> None:
    took: dict[str, float] = {}
    async with storming(
        deployment.socket_urls, form.crowd, deployment.board.key
    ) as storm:
        await storm.grows(form.calm_entries)
        await _kill_a_process(deployment, storm, took)
        await storm.grows(form.calm_entries)
        if deployment.redis:
            await _lose_redis(deployment, storm, form, took)
            await storm.grows(form.calm_entries)
        await _restart_postgres(deployment, storm, took)
        await storm.grows(form.calm_entries)
        await storm.settle()

        storm.check(deployment.board)

        _report(request.node.name, storm, took)


async def test_J4_the_last_publish_before_a_crash_is_not_missed(
    laptop: Deployment, form: Form, request: pytest.FixtureRequest
) -> None:
    took: dict[str, float] = {}
    (server,) = laptop.servers
    async with storming(laptop.socket_urls, form.crowd, laptop.board.key) as storm:
        for number in range(3):
            await storm.grows(form.calm_entries)
            await in_thread(server.kill)
            await in_thread(server.start)
            took[f"process_back_{number}_s"] = await storm.reaches(storm.clients)
        await storm.settle()

        storm.check(laptop.board)

        _report(request.node.name, storm, took)


async def _kill_a_process(
    deployment: Deployment, storm: Storm, took: dict[str, float]
) -> None:
    victim = deployment.servers[1]
    await in_thread(victim.kill)
    others = storm.clients_of(deployment.socket_urls[0])
    took["others_after_kill_s"] = await storm.reaches(others)
    await in_thread(victim.start)
    took["process_back_s"] = await storm.reaches(storm.clients)


async def _lose_redis(
    deployment: Deployment, storm: Storm, form: Form, took: dict[str, float]
) -> None:
    for redis in deployment.redis:
        await in_thread(redis.shutdown_nosave)
    gone_at = time.monotonic()
    took["while_redis_is_away_s"] = await storm.reaches(storm.clients)
    await storm.grows(form.n_away_entries)
    await storm.lasts_until(gone_at + form.redis_away_s)
    for redis in deployment.redis:
        await in_thread(redis.start)
    took["redis_back_s"] = await storm.reaches(storm.clients)
    took["live_again_s"] = await storm.shows_all()


async def _restart_postgres(
    deployment: Deployment, storm: Storm, took: dict[str, float]
) -> None:
    assert deployment.postgres is not None
    await in_thread(deployment.postgres.restart)
    took["postgres_back_s"] = await storm.reaches(storm.clients)


def _report(name: str, storm: Storm, took: dict[str, float]) -> None:
    figures = {
        "test": name,
        "sockets": len(storm.clients),
        "acknowledged": len(storm.acknowledged),
        "visits": sum(client.n_visits for client in storm.clients),
        **{key: round(value, 3) for key, value in took.items()},
    }
    sys.stdout.write(json.dumps(figures) + "\n")
