"""The database's configuration, made from the typed environment.

A pure function but for one thing: the folder of a SQLite file is made, because SQLite
does not. Called by `board_server.settings`; commands have faults of the database put
into words here. `ATOMIC_REQUESTS` stays off everywhere: an outer transaction would let
the engine publish what is not committed.
"""

from pathlib import Path
from typing import Any

import dj_database_url

from board_server.env import Env

BUSY_WAIT_S = 20  # SQLite has one writer; a checkpoint or a migration may hold it
# A pool tries longer and longer apart for so long, then again with the next who asks:
# after an outage of minutes it must not rest for as long once more.
RECONNECT_S = 3
POOL_WAIT_S = 10  # a request that gets no connection by then is refused
CONNECT_WITHIN_S = 5
# WAL lets readers go on while one writes; FULL syncs at every commit, so that what was
# acknowledged survives the loss of power.
_SQLITE_INIT = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"


def databases(env: Env, *, base: Path) -> dict[str, dict[str, Any]]:
    """Django's `DATABASES` for this environment; relative paths start at `base`."""
    config: dict[str, Any] = dict(dj_database_url.parse(env.database_url))
    config["ATOMIC_REQUESTS"] = False
    if config["ENGINE"].endswith("sqlite3"):
        _set_sqlite(config, base=base)
    else:
        _set_postgres(config, pool=env.board_database_pool)
    return {"default": config}


def database_fault(fault: Exception) -> str:
    """What a command says to an operator about what the database raised, in a line.

    Why a pool has no connection is in the lines that `psycopg.pool` logs before.
    """
    text = " ".join(str(fault).split())
    if "no such table" in text or 'relation "' in text:
        return f"The database lacks tables; run `manage.py migrate` first: {text}"
    return f"The database fails: {text}"


def _set_sqlite(config: dict[str, Any], *, base: Path) -> None:
    if config["NAME"] != ":memory:":
        path = base / config["NAME"]  # an absolute name stays what it is
        path.parent.mkdir(parents=True, exist_ok=True)
        config["NAME"] = str(path)
        config["TEST"] = {"NAME": str(path.with_name(f"test-{path.name}"))}
    config["OPTIONS"] = {
        **config.get("OPTIONS", {}),
        "timeout": BUSY_WAIT_S,
        "transaction_mode": "IMMEDIATE",
        "init_command": _SQLITE_INIT,
    }


def _set_postgres(config: dict[str, Any], *, pool: int) -> None:
    config["CONN_HEALTH_CHECKS"] = True
    config["OPTIONS"] = {
        "connect_timeout": CONNECT_WITHIN_S,
        **config.get("OPTIONS", {}),
        "pool": {
            "min_size": 1,
            "max_size": pool,
            "timeout": POOL_WAIT_S,
            "reconnect_timeout": RECONNECT_S,
        },
    }
