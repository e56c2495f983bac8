"""What is measured: a server process, ours or the textbook's, and the load on it."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec
import psutil

from boards.sync import protocol
from tests.bench.crowd_generator import Crowd, Seen
from tests.bench.generator import Load, Result
from tests.support import plain_http
from tests.support.corpus import strokes
from tests.support.server import ROOT, Server, daphne_command, manage, running_server
from tests.support.waiting import free_port

UNLIMITED = {
    # A benchmark asks for what the server can do, not for what one person may.
    "BOARD_SUBMITS_PER_S": "1000000",
    "BOARD_LIVE_PER_S": "1000000",
    "BOARD_UNREAD_BYTES": str(1024 * 1024 * 1024),
    "BOARD_THROTTLE_WRITE": "1000000/second",
    "BOARD_THROTTLE_READ": "1000000/second",
    "BOARD_THROTTLE_CREATE": "1000000/second",
    "DJANGO_DEBUG": "false",
    "BOARD_LOG_LEVEL": "WARNING",
}
N_INKS = 200  # different strokes, so that no cache helps


@dataclass(frozen=True, slots=True)
class Measured:
    """A run, with what it cost the server."""

    result: Result
    cpu_s: float

    @property
    def deliveries_per_core_s(self) -> float:
        """Deliveries for each second of processor time that the server used."""
        return self.result.n_deliveries / self.cpu_s


@contextmanager
def our_site(**env: str) -> Iterator[Server]:
    """Our server, on SQLite in a folder of its own unless `env` says otherwise."""
    with tempfile.TemporaryDirectory(prefix="board-bench-") as folder:
        variables = {
            "DATABASE_URL": f"sqlite:///{folder}/board.sqlite3",
            "BOARD_LAYER": "memory",
            **UNLIMITED,
            **env,
        }
        manage("migrate", "-v", "0", env=variables)
        with running_server(variables) as server:
            yield server


@contextmanager
def textbook_site(**env: str) -> Iterator[Server]:
    """The baseline's server."""
    port = free_port()
    command = [*daphne_command(port)[:-1], "tests.bench.textbook:application"]
    variables = {"BOARD_LAYER": "memory", **env}
    with running_server(variables, command=command, port=port) as server:
        yield server


def new_boards(server: Server, n_boards: int) -> list[str]:
    """Make boards; the addresses of their sockets."""
    with plain_http.Client(base_url=server.url, timeout=30) as http:
        made = [http.post("/api/boards/", json={}) for _ in range(n_boards)]
    return [
        server.socket_url(answer.raise_for_status().json()["id"]) for answer in made
    ]


def inks(n_strokes: int = N_INKS) -> list[str]:
    """The ops of corpus strokes, as JSON texts with a place for the number."""
    pens = [stroke.pen for stroke in strokes(n_strokes)]
    for pen in pens:
        pen.id = "e@"
    return [protocol.encode([protocol.Put(pen)]) for pen in pens]


def run_load(server: Server, load: Load) -> Measured:
    """Run a load from a process of its own, against this server."""
    with load_process(load) as process:
        before = cpu_s(server)
        line = _go(process)
        used = cpu_s(server) - before
    return Measured(msgspec.json.decode(line, type=Result), used)


def run_crowd(crowd: Crowd) -> Seen:
    """Let a crowd draw, from a process of its own."""
    with load_process(crowd, "crowd_generator") as process:
        return msgspec.json.decode(_go(process), type=Seen)


@contextmanager
def load_process(
    load: Load | Crowd, module: str = "generator"
) -> Iterator[subprocess.Popen[str]]:
    """The generator, with all sockets open."""
    with subprocess.Popen(
        [sys.executable, "-m", f"tests.bench.{module}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        try:
            _say(process, msgspec.json.encode(load).decode())
            if _hear(process) != "ready":
                raise RuntimeError("The load generator did not get ready.")
            yield process
        finally:
            process.stdin.close() if process.stdin else None
            process.terminate()


def cpu_s(server: Server) -> float:
    """Processor time that the server has used so far."""
    times = psutil.Process(server.pid).cpu_times()
    return times.user + times.system


def memory_bytes(server: Server) -> int:
    """Memory that only the server uses."""
    return int(psutil.Process(server.pid).memory_full_info().uss)


def _go(process: "subprocess.Popen[str]") -> str:
    """Let it run; its result."""
    _say(process, "go")
    line = _hear(process)
    _say(process, "close")
    return line


def _say(process: "subprocess.Popen[str]", line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def _hear(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()
