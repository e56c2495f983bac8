"""`manage.py serve`: how it refuses, and several workers on one port."""

import asyncio
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection

import psutil
import pytest

from tests.support.server import (
    ROOT,
    Server,
    process_env,
    running_server,
    serve_command,
)
from tests.support.services import Redis
from tests.support.sockets import joined
from tests.support.waiting import free_port, until

pytestmark = pytest.mark.faults

N_WORKERS = 2
N_ASKED = 60  # requests; that all go to one of two has a chance of 2^-59


@pytest.fixture(scope="module")
def site(sqlite_module_url: str, redis_server: Redis) -> Iterator[Server]:
    """Two workers behind Redis."""
    port = free_port()
    env = {"DATABASE_URL": sqlite_module_url, "REDIS_URL": redis_server.url}
    command = serve_command(port, "--workers", str(N_WORKERS))
    with running_server(env, command=command, port=port) as server:
        yield server


def workers(site: Server) -> list[psutil.Process]:
    """The workers that run now."""
    return psutil.Process(site.pid).children()


def answered(site: Server) -> HTTPConnection:
    """A new connection on which a request was answered, still open."""
    connection = HTTPConnection("127.0.0.1", site.port, timeout=20)
    connection.request("GET", "/healthz")
    reply = connection.getresponse()
    assert reply.status == 200
    reply.read()
    return connection


async def test_people_on_all_workers_draw_on_one_board(site: Server) -> None:
    url = site.socket_url(site.new_board()["id"])
    async with (
        joined(url, name="Ada") as ada,
        joined(url) as b,
        joined(url) as c,
        joined(url) as d,
        joined(url) as e,
        joined(url) as f,
    ):
        everybody = [ada, b, c, d, e, f]
        for client in everybody:
            await client.draw()
        for client in everybody:
            await client.expect_seq(len(everybody))
            assert client.folded() == ada.folded()


def test_connections_go_to_all_workers(site: Server) -> None:
    until(lambda: len(workers(site)) == N_WORKERS, what="all workers")
    with ExitStack() as stack:
        for _ in range(N_ASKED):
            stack.enter_context(closing(answered(site)))
        counts = [
            sum(c.status == "ESTABLISHED" and c.laddr.port == site.port for c in found)
            for found in (w.net_connections("tcp") for w in workers(site))
        ]

    assert sum(counts) >= N_ASKED
    assert min(counts) > N_ASKED / 10


def test_a_worker_that_dies_gets_a_successor(site: Server) -> None:
    until(lambda: len(workers(site)) == N_WORKERS, what="all workers")
    victim = workers(site)[0]

    victim.kill()

    until(
        lambda: len({w.pid for w in workers(site)} - {victim.pid}) == N_WORKERS,
        within_s=20,
        what="a successor",
    )
    for _ in range(20):  # whichever worker it meets
        answered(site).close()
    assert site.is_running


@pytest.mark.parametrize(
    ("number", "level"), [(signal.SIGTERM, "INFO"), (signal.SIGKILL, "ERROR")]
)
def test_only_a_worker_that_did_not_end_in_order_is_an_error(
    site: Server, number: signal.Signals, level: str
) -> None:
    """Each worker that an operator renewed left an error in the log."""
    until(lambda: len(workers(site)) == N_WORKERS, what="all workers")
    for _ in range(20):  # none is still booting: the signal would end it on the spot
        answered(site).close()
    worker = workers(site)[0]

    worker.send_signal(number)

    def levels() -> list[str]:
        return [
            line["level"]
            for line in site.log_lines()
            if line["message"] == "worker ended" and line["worker"] == worker.pid
        ]

    until(levels, within_s=20, what="its end is logged")
    assert levels() == [level]


async def test_sigterm_drains_all_workers(site: Server) -> None:
    url = site.socket_url(site.new_board()["id"])
    async with joined(url) as a, joined(url) as b, joined(url) as c, joined(url) as d:
        await a.draw()
        running = workers(site)

        code, _ = await asyncio.to_thread(site.stop)

        for client in (a, b, c, d):
            await client.expect_closed(4100)
    assert code == 0
    assert not any(worker.is_running() for worker in running)
    assert not site.is_ready()


def test_workers_end_when_their_parent_was_killed(site: Server) -> None:
    if not site.is_running:
        site.start()
    until(lambda: len(workers(site)) == N_WORKERS, what="all workers")
    running = workers(site)

    os.kill(site.pid, signal.SIGKILL)

    until(
        lambda: not any(worker.is_running() for worker in running),
        within_s=20,
        what="the workers end",
    )


def test_a_worker_ends_whose_parent_was_killed_while_it_booted(
    sqlite_module_url: str, redis_server: Redis
) -> None:
    env = {"DATABASE_URL": sqlite_module_url, "REDIS_URL": redis_server.url}
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        fd = listening.fileno()
        gone = subprocess.Popen(["true"])
        gone.wait()
        done = subprocess.run(
            serve_command(0, "--fd", str(fd), "--parent", str(gone.pid)),
            env=process_env(env),
            cwd=ROOT,
            pass_fds=[fd],
            capture_output=True,
            timeout=30,
            check=False,
        )

    assert done.returncode == 0


def refusal(*options: str, **env: str) -> str:
    """What `serve` says on stderr when it does not start."""
    done = subprocess.run(
        serve_command(free_port(), *options),
        env=process_env(env),
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr


def test_several_workers_without_redis_are_refused() -> None:
    assert "Several workers need REDIS_URL" in refusal("--workers", "2")


def test_a_port_that_is_taken_is_said(redis_server: Redis) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refusal("--workers", "2", "--port", port, REDIS_URL=redis_server.url)

    assert "Address already in use" in said


def test_a_socket_without_a_parent_is_refused() -> None:
    assert "--fd and --parent" in refusal("--fd", "3")
