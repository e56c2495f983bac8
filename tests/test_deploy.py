"""The Procfile's own lines, as a platform runs them: two processes, real services.

Debug mode is off and static files are collected, as in production; what a platform's
router adds (forwarded headers) is added by the tests.
"""

import asyncio
import shlex
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial

import pytest

from boards.sync.elements import Pen
from boards.sync.protocol import Put
from tests.support import plain_http
from tests.support.convergence import RestBoard
from tests.support.server import ROOT, Server, manage, process_env, running_server
from tests.support.services import Postgres, Redis
from tests.support.sockets import joined, new_id
from tests.support.storm import Crowd, in_thread, storming
from tests.support.waiting import free_port, until

pytestmark = pytest.mark.faults

LEAVE_WITHIN_S = 10.0
SITE = {
    "Host": "board.example",
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Port": "443",
    "X-Forwarded-Proto": "https",
}


def procfile() -> dict[str, str]:
    """The lines of the Procfile, by process type."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    return {name: line.strip() for name, line in (raw.split(":", 1) for raw in lines)}


def platform_env(database_url: str, redis_url: str) -> dict[str, str]:
    """What a Heroku-style platform sets."""
    return {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": "from-the-platform-" + "0" * 32,
        "DJANGO_SECRET_KEY": "",
        "DJANGO_DEBUG": "false",
        "DJANGO_ALLOWED_HOSTS": "board.example 127.0.0.1",
        "BOARD_PROXIES": "1",
        "DYNO": "web.1",
    }


def shell(line: str) -> list[str]:
    """How a platform starts a line: variables filled in, then the program itself."""
    return ["sh", "-c", f"exec {line}"]


@pytest.fixture(scope="module")
def static_files() -> None:
    """The build step of the platform."""
    env = platform_env("sqlite:///var/unused.sqlite3", "")
    manage("collectstatic", "--noinput", "-v", "0", env=env)


@pytest.fixture(scope="module")
def env(postgres_server: Postgres, redis_server: Redis) -> dict[str, str]:
    """A platform's variables after the Procfile's release line has run."""
    redis_server.flush()
    made = platform_env(postgres_server.new_database(), redis_server.url)
    release = subprocess.run(
        shell(procfile()["release"]),
        env=process_env(made),
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert release.returncode == 0, release.stdout + release.stderr
    return made


@pytest.fixture(scope="module")
def deployed(
    env: dict[str, str], static_files: None
) -> Iterator[tuple[Server, Server]]:
    """Two web processes, started by the Procfile's web line."""
    command = shell(procfile()["web"])
    with ExitStack() as stack:
        one, other = (
            stack.enter_context(running_server(env, command=command)) for _ in range(2)
        )
        yield one, other


@pytest.fixture
def two(deployed: tuple[Server, Server]) -> tuple[Server, Server]:
    """Both of them running, whatever the test before did to them."""
    for server in deployed:
        if not server.is_running:
            server.start()
    return deployed


def stroke(n: int) -> Put:
    """A short stroke, each in a place of its own."""
    return Put(Pen(id=new_id(), x=n * 20, y=0, points=[0, 0, 10, 5]))


async def test_people_on_two_processes_draw_on_one_board(
    two: tuple[Server, Server],
) -> None:
    one, other = two
    board = one.new_board()["id"]

    async with (
        joined(one.socket_url(board), name="Ada") as ada,
        joined(other.socket_url(board), name="Bob") as bob,
    ):
        for _ in range(20):
            mine = await ada.draw()
            await bob.expect_entry(mine.id)
            theirs = await bob.draw()
            await ada.expect_entry(theirs.id)
        await ada.expect_peer("Bob")
        await bob.expect_peer("Ada")
        for client in (ada, bob):
            await client.expect_seq(40)

        assert ada.folded() == bob.folded()


async def test_sigterm_says_going_away_and_leaves_in_time(
    two: tuple[Server, Server],
) -> None:
    one, other = two
    board = one.new_board()["id"]

    async with (
        joined(one.socket_url(board), name="Ada") as ada,
        joined(other.socket_url(board), name="Bob") as bob,
    ):
        drawn = [await ada.submit(stroke(n)) for n in range(20)]
        code, seconds = await asyncio.to_thread(one.stop)
        await ada.expect_closed(4100)

        assert (code, seconds < LEAVE_WITHIN_S) == (0, True)
        # What was acknowledged is there; the other process goes on.
        for change_id in drawn:
            if change_id not in ada.pending:
                await bob.expect_entry(change_id)
        await bob.draw()


async def test_person_comes_back_after_a_deploy_with_what_was_pending(
    two: tuple[Server, Server],
) -> None:
    one, other = two
    board = one.new_board()["id"]

    async with (
        joined(one.socket_url(board), name="Ada", stays=True) as ada,
        joined(other.socket_url(board), name="Bob") as bob,
    ):
        drawn = [await ada.submit(stroke(n)) for n in range(50)]
        code, _ = await asyncio.to_thread(one.stop)
        await asyncio.to_thread(one.start)
        await ada.until(lambda: not ada.pending, "everything acknowledged")
        for change_id in drawn:
            await bob.expect_entry(change_id)
        await ada.expect_seq(bob.seq)

        assert code == 0
        assert ada.folded() == bob.folded()


async def test_draining_one_of_two_processes_under_load_loses_nothing(
    env: dict[str, str], static_files: None
) -> None:
    port = free_port()
    command = shell(f"{procfile()['web']} --workers 2")
    quick = {**env, "BOARD_REPORT_S": "1"}
    with running_server(quick, command=command, port=port) as site:
        board = RestBoard.create(site.url, title="Drained")
        url = site.socket_url(board.id)
        async with storming([url], Crowd(16, 6), board.key) as storm:
            await storm.grows(40)
            await in_thread(partial(manage, "drain", "web.1/1", env=quick))
            await storm.grows(40)
            await storm.settle()

            storm.check(board)

        assert storm.n_visits > len(storm.clients)  # people came back
        messages = [line["message"] for line in site.log_lines()]
        assert messages.count("drain ordered") == 1
        assert "drain unfinished" not in messages


def test_sigterm_stops_accepting_at_once(two: tuple[Server, Server]) -> None:
    one, _ = two
    board = one.new_board()["id"]
    assert board
    one.terminate()

    until(lambda: not accepts(one.port), within_s=2, what="no new connections")
    assert one.wait_ended() == 0


def test_pages_are_served_with_hashed_compressed_static_files(
    two: tuple[Server, Server],
) -> None:
    one, _ = two
    page = plain_http.get(f"{one.url}/check/", headers=SITE)
    assert page.status_code == 200
    script = page.text.split('<script src="')[1].split('"')[0]

    reply = plain_http.get(
        f"{one.url}{script}", headers={**SITE, "Accept-Encoding": "gzip"}
    )

    assert reply.headers["content-encoding"] == "gzip"
    assert "immutable" in reply.headers["cache-control"]


def test_forwarded_scheme_is_believed(two: tuple[Server, Server]) -> None:
    one, _ = two
    reply = plain_http.post(f"{one.url}/api/boards/", json={}, headers=SITE)

    assert reply.json()["url"].startswith("https://board.example/b/")
    assert reply.json()["socket_url"].startswith("wss://board.example/ws/boards/")


def test_unknown_host_is_refused_without_internals(two: tuple[Server, Server]) -> None:
    one, _ = two
    reply = plain_http.get(f"{one.url}/", headers={"Host": "evil.example"})

    assert reply.status_code == 400
    assert "Traceback" not in reply.text and "settings" not in reply.text.lower()


def test_logs_are_json_lines_without_keys(two: tuple[Server, Server]) -> None:
    one, _ = two
    board = one.new_board(title="geheimer Titel")
    one.stop()

    lines = [line for line in one.log.splitlines() if line.strip()]
    parsed = one.log_lines()
    assert len(parsed) == len(lines)
    assert all({"timestamp", "level", "logger", "message"} <= p.keys() for p in parsed)
    assert board["owner_key"] not in one.log
    assert "geheim" not in one.log


def accepts(port: int) -> bool:
    """Whether a TCP connection is taken."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_web_line_leaves_quiet_sockets_open() -> None:
    words = shlex.split(procfile()["web"])

    assert words[:3] == ["python", "manage.py", "serve"]  # which sets no time limit
    assert "--proxy-headers" in words
    assert words[words.index("--port") + 1] == "$PORT"


def test_python_version_is_named_for_the_platform() -> None:
    assert (ROOT / ".python-version").read_text().strip() == "3.11"


def test_more_requests_than_connections_wait_for_each_other_and_are_answered(
    env: dict[str, str], static_files: None
) -> None:
    """Requests held the whole pool and waited for the journal, which waited for it."""
    n_connections = 2
    command = shell(procfile()["web"])
    small = {**env, "BOARD_DATABASE_POOL": str(n_connections)}
    with running_server(small, command=command) as server:
        boards = [server.new_board()["id"] for _ in range(4 * n_connections)]
    with (  # afresh: its journal has asked nothing yet
        running_server(small, command=command) as server,
        ThreadPoolExecutor(len(boards)) as callers,
    ):
        replies = callers.map(
            lambda id_: plain_http.get(
                f"{server.url}/api/boards/{id_}/elements/", headers=SITE, timeout=60
            ),
            boards,
        )

        assert [reply.status_code for reply in replies] == [200] * len(boards)
