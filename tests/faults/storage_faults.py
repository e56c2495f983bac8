"""Faults of disks, files and clocks: full, locked, read-only, jumping."""

import sqlite3
from pathlib import Path

from tests.faults.deployments import (
    alone,
    on_a_small_disk,
    on_a_small_server_disk,
    with_a_clock,
)
from tests.faults.table import Run, fault
from tests.support import mounts
from tests.support.waiting import until

HOUR_S = 3_600


def _folder(run: Run) -> Path:
    assert run.deployment.folder is not None
    return run.deployment.folder


@fault("postgres-disk-full", on_a_small_server_disk)
async def postgres_disk_full(run: Run) -> None:
    """PostgreSQL: the disk of its tables is full, then has room again."""
    disk = _folder(run)
    await run.lasts(lambda: mounts.fill(disk), lambda: mounts.drain(disk))


@fault("sqlite-disk-full", on_a_small_disk)
async def sqlite_disk_full(run: Run) -> None:
    """SQLite: the disk is full, then has room again."""
    disk = _folder(run)
    await run.lasts(lambda: mounts.fill(disk), lambda: mounts.drain(disk))


@fault("sqlite-read-only", on_a_small_disk)
async def sqlite_read_only(run: Run) -> None:
    """SQLite: the process starts on a disk that is read-only, which then is not."""
    (server,), disk = run.deployment.servers, _folder(run)

    def begin() -> None:
        server.kill()  # a disk with a file open for writing stays writable
        mounts.remount(disk, "ro")
        server.launch()
        until(server.is_listening, within_s=30, what="the server answers")

    await run.lasts(begin, lambda: mounts.remount(disk, "rw"))


@fault("sqlite-locked", alone)
async def sqlite_locked(run: Run) -> None:
    """SQLite: another process holds the write lock."""
    path = _folder(run) / "board.sqlite3"
    holders: list[sqlite3.Connection] = []

    def lock() -> None:
        holder = sqlite3.connect(
            path, timeout=30, isolation_level=None, check_same_thread=False
        )
        holder.execute("BEGIN IMMEDIATE")
        holders.append(holder)

    def release() -> None:
        holders[0].execute("ROLLBACK")
        holders[0].close()

    await run.lasts(lock, release)


@fault("laptop-killed", alone)
async def laptop_killed(run: Run) -> None:
    """SQLite: `kill -9` of the only process at a random moment, then started."""
    await run.at_random()
    (server,) = run.deployment.servers
    await run.lasts(server.kill, server.start, 0)


@fault("clock-jumps", with_a_clock)
async def clock_jumps(run: Run) -> None:
    """The clock jumps an hour ahead, then two hours back, then is right again."""
    clock = _folder(run) / "clock"
    third_s = run.form.lasts_s / 3
    await run.lasts(
        lambda: clock.write_text(f"+{HOUR_S}"), lambda: None, seconds=third_s
    )
    await run.lasts(
        lambda: clock.write_text(f"-{HOUR_S}"), lambda: None, seconds=third_s
    )
    await run.lasts(lambda: clock.write_text("+0"), lambda: None, seconds=third_s)
