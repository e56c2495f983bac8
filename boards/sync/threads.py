"""The journal's threads, each with a connection of its own that stays open.

Requests share a pool of connections and hold one while they wait for a commit. Were the
journal's among them, all would wait for each other: after a restart of the database, or
with a small pool. So these are beside the pool. Called by `journal` alone.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from django.db.utils import load_backend

from boards.sync import commits
from boards.sync.refusals import Code, Refused

log = logging.getLogger(__name__)

_T = TypeVar("_T")


def new_thread(name: str) -> ThreadPoolExecutor:
    """A thread that does one thing after the other."""
    return ThreadPoolExecutor(
        max_workers=1, thread_name_prefix=name, initializer=_leave_the_pool
    )


def with_connection(work: Callable[[], _T], n_retries: int) -> _T:
    """Do it, on such a thread; a lost connection is made anew.

    Raises:
        Refused: `unavailable` when the database is away.
    """
    try:
        return work()
    except Error as fault:
        was_connected = connection.connection is not None
        connections.close_all()
        if not commits.says_away(fault):
            raise
        if was_connected and n_retries:  # it died while nobody used it
            return with_connection(work, n_retries - 1)
        log.warning("database away", extra={"fault": _first_line(fault)})
        raise away() from None


def away() -> Refused:
    """What is said while the database is away."""
    return Refused(Code.UNAVAILABLE, "The database is away.", wait_ms=1_000)


def _leave_the_pool() -> None:
    config = connection.settings_dict
    if "pool" not in config["OPTIONS"]:
        return
    options = {key: value for key, value in config["OPTIONS"].items() if key != "pool"}
    wrapper = load_backend(config["ENGINE"]).DatabaseWrapper
    own = wrapper({**config, "OPTIONS": options}, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = own


def _first_line(fault: Error) -> str:
    """What the database says; details, which may hold values, are on further lines."""
    said = next(iter(str(fault).splitlines()), "")
    return f"{type(fault).__name__}: {said[:200]}"
