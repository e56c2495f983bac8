"""Django's default database, swapped for a test, in every thread.

The journal does its work on threads of its own, and Django gives each thread its own
connection. pytest-django's `db` fixture wraps one thread's connection in a transaction
that is rolled back: the journal's threads would see nothing of it, and the fixture
could not roll back what they committed. So tests of the journal use a real, migrated
database file or server of their own, and say so here; pytest-django's guard against
unmarked database access is lifted meanwhile.

    with django_db_blocker.unblock(), default_database(url): …
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections

from board_server.databases import databases
from board_server.env import Env


@contextmanager
def default_database(url: str, **options: Any) -> Iterator[None]:
    """Point the default connection of all threads at `url`.

    Threads that hold a connection already keep it: the journals that a test makes
    start theirs afterwards and close them in `close`.

    Args:
        url: in the form of `DATABASE_URL`.
        options: over the `OPTIONS` of the site's own configuration.
    """
    config = databases(Env(database_url=url), base=Path("/"))
    config["default"]["OPTIONS"] |= options
    before, connection = connections.settings["default"], connections["default"]
    _close_pool()
    del connections["default"]
    connections.settings["default"] = connections.configure_settings(config)["default"]
    try:
        yield
    finally:
        if connections["default"].connection is not None:
            connections["default"].close()
        _close_pool()
        connections.settings["default"] = before
        connections["default"] = connection


def _close_pool() -> None:
    """Forget the connections that PostgreSQL's backend keeps for all threads."""
    connection: Any = connections["default"]
    if connection.vendor == "postgresql":
        connection.close_pool()
