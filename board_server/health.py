"""What platforms ask: `/healthz` (alive) and `/readyz` (able to do everything).

Ready means: the database answers and takes writes, every migration is applied, and
every Redis server of the channel layer answers. Both say what they found as JSON; a
fault is named in one word, its details go to the log.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import load_backend
from django.http import HttpRequest, JsonResponse
from redis import asyncio as aioredis

WITHIN_S = 5  # an answer later than this is no answer
PART_WITHIN_S = 2  # for one connection or one lock
ALIAS = "readiness"  # of the connections that are opened here and closed again

logger = logging.getLogger(__name__)

_Loop = asyncio.AbstractEventLoop
_looking: WeakKeyDictionary[_Loop, asyncio.Task[dict[str, str]]] = WeakKeyDictionary()


class NotReady(Exception):
    """One thing that this process needs is missing; the text says what."""


async def healthz(_request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return _reply({"status": "ok"}, status=200)


async def readyz(_request: HttpRequest) -> JsonResponse:
    """200 when everything is there, else 503; names each part and its state.

    Anybody may ask, and looking costs much: who asks meanwhile gets the same answer.
    """
    loop = asyncio.get_running_loop()
    looking = _looking.get(loop)
    if looking is None or looking.done():
        looking = _looking[loop] = loop.create_task(_states())
    states = await asyncio.shield(looking)
    is_ready = all(state == "ok" for state in states.values())
    body = {"status": "ok" if is_ready else "unready", **states}
    return _reply(body, status=200 if is_ready else 503)


async def _states() -> dict[str, str]:
    # Threads of their own: what hangs in one is left behind when its time is up.
    checks: dict[str, Callable[[], Awaitable[None]]] = {
        "database": lambda: asyncio.to_thread(check_database),
        "migrations": lambda: asyncio.to_thread(check_migrations),
        "layer": check_layer,
    }
    found = await asyncio.gather(
        *(_state(name, check) for name, check in checks.items())
    )
    return dict(zip(checks, found, strict=True))


def check_database() -> None:
    """The database answers and takes writes."""
    with _own_connection() as own, own.cursor() as cursor:
        if own.vendor == "postgresql":
            cursor.execute("SHOW transaction_read_only")
            if cursor.fetchone() != ("off",):
                raise NotReady("read-only")
        else:
            cursor.execute("BEGIN IMMEDIATE")  # fails where nothing can be written
            cursor.execute("ROLLBACK")


def check_migrations() -> None:
    """Every migration of this code is applied.

    The recorder of migrations asks the connection of its alias, whichever it was made
    with: without an alias of our own it would take the default one out of the pool, and
    keep it in this thread for ever, past a restart of the database.
    """
    with _own_connection() as own:
        executor = MigrationExecutor(own)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise NotReady("missing")


@contextmanager
def _own_connection() -> Iterator[BaseDatabaseWrapper]:
    """A connection outside the pool with short limits: the pool waits too long."""
    config = connection.settings_dict
    options = {key: value for key, value in config["OPTIONS"].items() if key != "pool"}
    limit = "connect_timeout" if connection.vendor == "postgresql" else "timeout"
    options[limit] = PART_WITHIN_S
    backend = load_backend(config["ENGINE"])
    own = backend.DatabaseWrapper({**config, "OPTIONS": options}, ALIAS)
    connections[ALIAS] = own  # of this thread
    try:
        yield own
    finally:
        del connections[ALIAS]
        own.close()


async def check_layer() -> None:
    """Every Redis server of the channel layer answers; memory always does."""
    config = settings.CHANNEL_LAYERS["default"]["CONFIG"]
    for host in config.get("hosts", []):
        options = {key: value for key, value in host.items() if key != "address"}
        client = aioredis.Redis.from_url(
            host["address"], socket_timeout=PART_WITHIN_S, **options
        )
        async with client:
            await client.ping()


async def _state(name: str, check: Callable[[], Awaitable[None]]) -> str:
    try:
        async with asyncio.timeout(WITHIN_S):
            await check()
    except NotReady as fault:
        state = str(fault)
    except Exception as fault:  # noqa: BLE001 - whatever it is, this part is not there
        logger.warning("unready", extra={"part": name, "fault": repr(fault)})
        return "unreachable"
    else:
        return "ok"
    logger.warning("unready", extra={"part": name, "fault": state})
    return state


def _reply(body: dict[str, str], *, status: int) -> JsonResponse:
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})
