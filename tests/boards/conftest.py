"""Fixtures of the tests of `boards`: cheap databases, layers, and a server."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from board_server.env import Layer
from tests.support.buses import MakeLayer, layer_maker
from tests.support.raw import Site
from tests.support.server import running_server
from tests.support.services import Redis, running_redis

LAYERS = ["memory", "redis", "pubsub", "redis-sharded", "pubsub-sharded"]


@pytest.fixture(scope="session")
def second_redis() -> Iterator[Redis]:
    """One more Redis, for sharding."""
    with running_redis() as redis:
        yield redis


@pytest.fixture
def layer_env() -> dict[str, Any]:
    """What a test sets of the layer."""
    return {}


@pytest.fixture(params=LAYERS)
def make_layer(
    request: pytest.FixtureRequest,
    redis_url: str,
    second_redis: Redis,
    layer_env: dict[str, Any],
) -> MakeLayer:
    """Layers of every kind in turn."""
    second_redis.flush()
    kind, _, sharded = request.param.partition("-")
    urls = [redis_url, second_redis.url] if sharded else [redis_url]
    return layer_maker(Layer(kind), urls, **layer_env)


@pytest.fixture(scope="module")
def site(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A server for a whole module, on a database of its own."""
    path = tmp_path_factory.mktemp("site") / "board.sqlite3"
    shutil.copy(sqlite_template, path)
    with running_server({"DATABASE_URL": f"sqlite:///{path}"}) as server:
        yield Site(server)
