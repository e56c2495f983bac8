"""What the faults are done to: server processes and the services behind them.

Each has its own services, to be broken freely. The tests and the table of faults
(`python -m tests.faults`) take theirs from here.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from tests.support.convergence import RestBoard
from tests.support.gate import Gate, gate_to
from tests.support.mounts import mounted
from tests.support.server import Server, manage, running_server
from tests.support.services import (
    Missing,
    Postgres,
    Redis,
    running_postgres,
    running_redis,
)
from tests.support.wire import ROOT_ADDRESS, SERVER_ADDRESS, Wire, wired

N_PROCESSES = 2
DISK_MB = 64  # of a small disk: room for a database file and what is drawn meanwhile
CLOCK_LIBRARY = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")


@dataclass(slots=True)
class Deployment:
    """Server processes and what stands behind them.

    Attributes:
        redis_gate, gates: in front of Redis and of each process, where there are some.
        folder: where the database's or the clock's file is, or a small disk.
        later: ends what is started later.
        version: of the code that runs, where it is not this checkout's.
    """

    servers: list[Server]
    board: RestBoard
    redis: list[Redis] = field(default_factory=list)
    postgres: Postgres | None = None
    redis_gate: Gate | None = None
    wire: Wire | None = None
    folder: Path | None = None
    gates: list[Gate] = field(default_factory=list)
    later: ExitStack | None = None
    version: str = ""

    @property
    def socket_urls(self) -> list[str]:
        """Where the board's sockets are, one for each process."""
        urls = [server.socket_url(self.board.id) for server in self.servers]
        for number, gate in enumerate(self.gates):
            port = str(self.servers[number].port)
            urls[number] = urls[number].replace(port, str(gate.port), 1)
        return urls

    def with_a_new_board(self) -> "Deployment":
        """The same processes and services with another, empty board."""
        url = self.servers[0].url
        return replace(self, board=RestBoard.create(url, title="Faults"))


Place = Callable[[], AbstractContextManager[Deployment]]


@dataclass(frozen=True, slots=True)
class Layer:
    """A channel layer and how many Redis servers it is spread over."""

    name: str
    n_redis: int

    def __str__(self) -> str:
        return f"{self.name}-{self.n_redis}"


@contextmanager
def deployed(layer: Layer) -> Iterator[Deployment]:
    """Two processes behind a layer and PostgreSQL, one board on them."""
    with ExitStack() as stack:
        redis = [stack.enter_context(running_redis()) for _ in range(layer.n_redis)]
        yield _behind(stack, layer.name, redis, [one.url for one in redis])


@contextmanager
def behind_a_gate(
    env: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Deployment]:
    """The same with one Redis that is reached by an address that can move."""
    with ExitStack() as stack:
        redis = stack.enter_context(running_redis())
        gate = stack.enter_context(gate_to(redis.port))
        url = f"redis://127.0.0.1:{gate.port}/0"
        made = _behind(stack, "pubsub", [redis], [url], env)
        made.redis_gate = gate
        yield made


@contextmanager
def with_stored_groups() -> Iterator[Deployment]:
    """The same with the layer that stores messages in Redis, which needs memory."""
    with deployed(Layer("redis", 1)) as deployment:
        yield deployment


def _behind(
    stack: ExitStack,
    layer: str,
    redis: list[Redis],
    urls: list[str],
    more: Mapping[str, str] = MappingProxyType({}),
) -> Deployment:
    postgres = stack.enter_context(running_postgres())
    env = {"DATABASE_URL": postgres.new_database(), "BOARD_LAYER": layer, **more}
    if urls:
        env["REDIS_URL"] = " ".join(urls)
    manage("migrate", "-v", "0", env=env)
    servers = [stack.enter_context(running_server(env)) for _ in range(N_PROCESSES)]
    board = RestBoard.create(servers[0].url, title="Faults")
    return Deployment(servers, board, redis, postgres)


@contextmanager
def on_a_small_disk() -> Iterator[Deployment]:
    """One process with SQLite on a disk of its own that can be filled."""
    with mounted(DISK_MB) as disk, _laptop(disk) as deployment:
        deployment.folder = disk
        yield deployment


@contextmanager
def on_a_small_server_disk() -> Iterator[Deployment]:
    """Two processes and a PostgreSQL whose tables are on a disk that can be filled."""
    with ExitStack() as stack:
        disk = stack.enter_context(mounted(DISK_MB))
        redis = stack.enter_context(running_redis())
        postgres = stack.enter_context(running_postgres())
        url = postgres.new_database(place=disk)
        env = {"DATABASE_URL": url, "BOARD_LAYER": "pubsub", "REDIS_URL": redis.url}
        manage("migrate", "-v", "0", env=env)
        servers = [stack.enter_context(running_server(env)) for _ in range(N_PROCESSES)]
        board = RestBoard.create(servers[0].url, title="Faults")
        yield Deployment(servers, board, [redis], postgres, folder=disk)


@contextmanager
def with_a_clock() -> Iterator[Deployment]:
    """One process whose clock says what a file says.

    Raises:
        Missing: without libfaketime.
    """
    if not CLOCK_LIBRARY.exists():
        raise Missing("libfaketime is not installed")
    with tempfile.TemporaryDirectory(prefix="board-clock-") as name:
        folder = Path(name)
        (folder / "clock").write_text("+0")
        env = {
            "LD_PRELOAD": str(CLOCK_LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(folder / "clock"),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        with _laptop(folder, **env) as deployment:
            deployment.folder = folder
            yield deployment


@contextmanager
def behind_a_wire() -> Iterator[Deployment]:
    """One process in a network namespace of its own, behind a wire that can be bad."""
    with tempfile.TemporaryDirectory(prefix="board-wire-") as folder, wired() as wire:
        env = _sqlite(Path(folder))
        env["DJANGO_ALLOWED_HOSTS"] = f"{SERVER_ADDRESS} {ROOT_ADDRESS}"
        command = wire.serve_command()
        with running_server(
            env, command=command, port=wire.port, host=SERVER_ADDRESS
        ) as server:
            board = RestBoard.create(server.url, title="Faults")
            yield Deployment([server], board, wire=wire)


@contextmanager
def alone() -> Iterator[Deployment]:
    """One process with SQLite, as `make run` has it."""
    with tempfile.TemporaryDirectory(prefix="board-laptop-") as folder:
        with _laptop(Path(folder)) as deployment:
            deployment.folder = Path(folder)
            yield deployment


@contextmanager
def _laptop(folder: Path, **more: str) -> Iterator[Deployment]:
    with running_server(_sqlite(folder) | more) as server:
        yield Deployment([server], RestBoard.create(server.url, title="Faults"))


def _sqlite(folder: Path) -> dict[str, str]:
    env = {
        "DATABASE_URL": f"sqlite:///{folder}/board.sqlite3",
        "BOARD_LAYER": "memory",
    }
    manage("migrate", "-v", "0", env=env)
    return env
