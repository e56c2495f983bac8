"""One server for a module of wire tests, with limits that a test can reach."""

from collections.abc import Iterator

import pytest

from tests.support.convergence import RestBoard
from tests.support.server import Server, running_server

LIMITS = {
    "BOARD_UNREAD_BYTES": "300000",
    "BOARD_SUBMITS_PER_S": "20",
    "BOARD_LIVE_PER_S": "20",
    "DJANGO_ALLOWED_HOSTS": "127.0.0.1",
}


@pytest.fixture(scope="module")
def site(sqlite_module_url: str) -> Iterator[Server]:
    """A server on SQLite."""
    with running_server({"DATABASE_URL": sqlite_module_url, **LIMITS}) as server:
        yield server


@pytest.fixture
def board(site: Server) -> RestBoard:
    """A fresh board on the site; whoever has the link draws."""
    return RestBoard.create(site.url)


@pytest.fixture
def url(site: Server, board: RestBoard) -> str:
    """The address of the board's socket."""
    return site.socket_url(board.id)
