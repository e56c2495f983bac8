"""Deployments for the fault tests: each has its own services, to be broken freely."""

from collections.abc import Iterator

import pytest

from tests.faults.deployments import Deployment, Layer, deployed
from tests.support.convergence import RestBoard
from tests.support.server import running_server

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
    with deployed(request.param) as made:
        yield made


@pytest.fixture
def laptop(sqlite_url: str) -> Iterator[Deployment]:
    """One process with SQLite and the layer in its memory, as `make run` has it."""
    env = {"DATABASE_URL": sqlite_url, "BOARD_LAYER": "memory"}
    with running_server(env) as server:
        yield Deployment([server], RestBoard.create(server.url, title="Faults"))
