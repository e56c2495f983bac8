"""Faults of processes and of the services behind them: killed, hung, away, too full."""

import signal
from contextlib import suppress

import psutil
import psycopg

from tests.faults.deployments import behind_a_gate, with_stored_groups
from tests.faults.table import Run, fault
from tests.support.services import Postgres, Redis, running_redis
from tests.support.storm import in_thread
from tests.support.waiting import until

N_REFUSALS = 5  # in a row: one may be because somebody else was just refused


def _postgres(run: Run) -> Postgres:
    assert run.deployment.postgres is not None
    return run.deployment.postgres


def _redis(run: Run) -> Redis:
    return run.deployment.redis[0]


@fault("web-killed", behind_a_gate)
async def web_killed(run: Run) -> None:
    """One of two web processes: `kill -9` at a random moment, then started again."""
    await run.at_random()
    victim = run.deployment.servers[1]
    await run.lasts(victim.kill, victim.start, 0)


@fault("web-all-killed", behind_a_gate)
async def web_all_killed(run: Run) -> None:
    """All web processes: `kill -9` at a random moment, then started again."""
    await run.at_random()
    servers = run.deployment.servers

    def kill() -> None:
        for server in servers:
            server.kill()

    def start() -> None:
        for server in servers:
            server.start()

    await run.lasts(kill, start, 0)


@fault("web-frozen", behind_a_gate)
async def web_frozen(run: Run) -> None:
    """One of two web processes: SIGSTOP, then SIGCONT."""
    victim = run.deployment.servers[1]
    await run.lasts(victim.freeze, victim.thaw)


@fault("redis-killed", behind_a_gate)
async def redis_killed(run: Run) -> None:
    """Redis: `kill -9` at a random moment, away, then started again empty."""
    await run.at_random()
    await run.lasts(_redis(run).kill, _redis(run).start)
    live_s = await run.storm.shows_all()
    run.notes.append(f"cursors of all at all after {live_s:.1f} s")


@fault("redis-frozen", behind_a_gate)
async def redis_frozen(run: Run) -> None:
    """Redis: SIGSTOP, then SIGCONT."""
    await run.lasts(_redis(run).freeze, _redis(run).thaw)


@fault("redis-flushed", behind_a_gate)
async def redis_flushed(run: Run) -> None:
    """Redis: `FLUSHALL`."""
    await in_thread(_redis(run).flush)
    await run.recovers()


@fault("redis-fail-over", behind_a_gate)
async def redis_fail_over(run: Run) -> None:
    """Redis: fail-over, the address leads to another, empty server from now on."""
    gate = run.deployment.redis_gate
    assert gate is not None
    with running_redis() as other:
        await in_thread(lambda: gate.move(other.port))
        await run.recovers()
        live_s = await run.storm.shows_all()
        run.notes.append(f"cursors of all at all after {live_s:.1f} s")
        await in_thread(lambda: gate.move(_redis(run).port))
        await run.recovers()


@fault("postgres-killed", behind_a_gate)
async def postgres_killed(run: Run) -> None:
    """PostgreSQL: `kill -9` of all its processes at a random moment, then started."""
    await run.at_random()
    await run.lasts(_postgres(run).kill, _postgres(run).start, 0)


@fault("postgres-backend-killed", behind_a_gate)
async def postgres_backend_killed(run: Run) -> None:
    """PostgreSQL: `kill -9` of one backend in its work; the server restarts itself."""
    await run.at_random()

    def kill_one() -> bool:
        for child in psutil.Process(_postgres(run).pid).children():
            if " idle" in " ".join(child.cmdline()):
                child.send_signal(signal.SIGKILL)
                return True
        return False

    def kill() -> None:
        until(kill_one, what="a backend is there to be killed")

    await run.lasts(kill, lambda: until(_postgres(run).answers, within_s=30), 0)


@fault("postgres-restarted", behind_a_gate)
async def postgres_restarted(run: Run) -> None:
    """PostgreSQL: restarted in order (fast), clients are cut."""
    await run.lasts(_postgres(run).restart, lambda: None, 0)


@fault("postgres-frozen", behind_a_gate)
async def postgres_frozen(run: Run) -> None:
    """PostgreSQL: SIGSTOP of all its processes, then SIGCONT."""
    family: list[psutil.Process] = []

    def freeze() -> None:
        parent = psutil.Process(_postgres(run).pid)
        family.extend([parent, *parent.children(recursive=True)])
        for member in family:
            with suppress(psutil.NoSuchProcess):
                member.suspend()

    def thaw() -> None:
        for member in family:
            with suppress(psutil.NoSuchProcess):
                member.resume()

    await run.lasts(freeze, thaw)


@fault("postgres-locked", behind_a_gate)
async def postgres_locked(run: Run) -> None:
    """PostgreSQL: another transaction holds a lock on the journal's table."""
    url = run.deployment.servers[0].env["DATABASE_URL"]
    holder: list[psycopg.Connection] = []

    def lock() -> None:
        holder.append(psycopg.connect(url))
        holder[0].execute("LOCK TABLE boards_entry IN ACCESS EXCLUSIVE MODE")

    await run.lasts(lock, lambda: holder[0].close())


@fault("postgres-read-only", behind_a_gate)
async def postgres_read_only(run: Run) -> None:
    """PostgreSQL: read-only, as the standby is to which a fail-over leads too early."""

    def set_to(value: str) -> None:
        url = run.deployment.servers[0].env["DATABASE_URL"]
        name = url.rpartition("/")[2]
        _postgres(run).execute(
            f'ALTER DATABASE "{name}" SET default_transaction_read_only = {value}'
        )
        _end_connections(_postgres(run), name)

    await run.lasts(lambda: set_to("on"), lambda: set_to("off"))


@fault("postgres-connections", behind_a_gate)
async def postgres_connections(run: Run) -> None:
    """PostgreSQL: `too many connections`, others hold them all."""
    postgres, hogs = _postgres(run), list[psycopg.Connection]()
    name = run.deployment.servers[0].env["DATABASE_URL"].rpartition("/")[2]

    def begin() -> None:
        hogs.append(psycopg.connect(postgres.url(), autocommit=True))
        _let_in(hogs[0], name, "false")  # or those who are out come in again before
        _end_connections(postgres, name)
        n_refused = 0
        while n_refused < N_REFUSALS:
            try:
                hogs.append(psycopg.connect(postgres.url()))
            except psycopg.OperationalError:
                n_refused += 1
        _let_in(hogs[0], name, "true")

    def end() -> None:
        run.notes.append(f"{len(hogs)} held by others")
        for hog in hogs:
            hog.close()

    await run.lasts(begin, end)


def _let_in(admin: psycopg.Connection, database: str, is_so: str) -> None:
    admin.execute(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS {is_so}'.encode())


def _end_connections(postgres: Postgres, database: str) -> None:
    postgres.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"  # noqa: S608
        f" WHERE datname = '{database}' AND pid <> pg_backend_pid()"
    )


@fault("redis-full", with_stored_groups)
async def redis_full(run: Run) -> None:
    """Redis: `maxmemory` reached, nothing may be stored (the layer that stores)."""

    def limit(size: str) -> None:
        with _redis(run).client() as client:
            client.config_set("maxmemory", size)

    await run.lasts(lambda: limit("1mb"), lambda: limit("0"))
