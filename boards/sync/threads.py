"""Threads of the journal, each with a database connection of its own.

Never one of the pool's: requests hold those while they wait for the journal, and as
many requests as the pool has connections would wait for a journal that waits for them.
Used by the journal alone.
"""

from concurrent.futures import ThreadPoolExecutor

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.utils import load_backend


def database_thread(name: str) -> ThreadPoolExecutor:
    """One thread; its connection is opened with its first question and stays open."""
    return ThreadPoolExecutor(
        max_workers=1, thread_name_prefix=name, initializer=_leave_pool
    )


def _leave_pool() -> None:
    """Make the default connection of this thread one that is nobody else's."""
    config = connection.settings_dict
    if "pool" not in config["OPTIONS"]:  # SQLite has none
        return
    options = {key: value for key, value in config["OPTIONS"].items() if key != "pool"}
    backend = load_backend(config["ENGINE"])
    connections[DEFAULT_DB_ALIAS] = backend.DatabaseWrapper(
        {**config, "OPTIONS": options}, DEFAULT_DB_ALIAS
    )
