"""Deployments for the fault tests: each has its own services, to be broken freely."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from tests.support.convergence import RestBoard
from tests.support.server import Server, manage, running_server
from tests.support.services import Postgres, Redis, running_postgres, running_redis

N_PROCESSES = 2


@dataclass(slots=True)
class Deployment:
    """Server processes and what stands behind them."""

    servers: list[Server]
    board: RestBoard
    redis: list[Redis] = field(default_factory=list)
    postgres: Postgres | None = None

    @property
    def socket_urls(self) -> list[str]:
        """Where the board's sockets are, one for each process."""
        return [server.socket_url(self.board.id) for server in self.servers]


@dataclass(frozen=True, slots=True)
class Layer:
    """A channel layer and how many Redis servers it is spread over."""

    name: str
    n_redis: int

    def __str__(self) -> str:
        return f"{self.name}-{self.n_redis}"


LAYERS = [
    Layer("pubsub", 1),
    Layer("redis", 1),
    Layer("pubsub", 2),
    Layer("redis", 2),
    Layer("memory", 0),  # nothing reaches the other process but by the heads poll
]


@pytest.fixture(params=LAYERS, ids=str)
def deployment(request: pytest.FixtureRequest) -> Iterator[Deployment]:
    """Two processes behind a layer and PostgreSQL, one board on them."""
    layer: Layer = request.param
    with ExitStack() as stack:
        redis = [stack.enter_context(running_redis()) for _ in range(layer.n_redis)]
        postgres = stack.enter_context(running_postgres())
        env = {"DATABASE_URL": postgres.new_database(), "BOARD_LAYER": layer.name}
        if redis:
            env["REDIS_URL"] = " ".join(one.url for one in redis)
        manage("migrate", "-v", "0", env=env)
        servers = [stack.enter_context(running_server(env)) for _ in range(N_PROCESSES)]
        board = RestBoard.create(servers[0].url, title="Faults")
        yield Deployment(servers, board, redis, postgres)


@pytest.fixture
def laptop(sqlite_url: str) -> Iterator[Deployment]:
    """One process with SQLite and the layer in its memory, as `make run` has it."""
    env = {"DATABASE_URL": sqlite_url, "BOARD_LAYER": "memory"}
    with running_server(env) as server:
        yield Deployment([server], RestBoard.create(server.url, title="Faults"))
