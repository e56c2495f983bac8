"""Real Redis and PostgreSQL servers for tests, each on its own free port.

Both live in a temporary folder and keep their port when stopped and started again, so
that a test can take a server away and bring it back. The programs come from the PATH or
from where Debian puts them; `make test` installs them. PostgreSQL refuses to run as
root, so for root it is started as another user.

    with running_redis() as redis: … redis.url …
    with running_postgres() as postgres: … postgres.new_database() …
"""

import glob
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import redis as redis_client

from tests.support.waiting import free_port, until

POSTGRES_GLOB = "/usr/lib/postgresql/*/bin"  # Debian keeps them out of the PATH
UNPRIVILEGED_USERS = ("postgres", "nobody")
START_WITHIN_S = 30.0
STOP_WITHIN_S = 20.0


class Missing(RuntimeError):
    """A program that the tests need is not installed."""


def find_program(name: str) -> str:
    """The path of a server program.

    Raises:
        Missing: when it is neither in the PATH nor where Debian puts it.
    """
    folders = sorted(glob.glob(POSTGRES_GLOB), reverse=True)
    path = os.pathsep.join([*folders, os.environ.get("PATH", os.defpath)])
    program = shutil.which(name, path=path)
    if program is None:
        raise Missing(f"{name} is not installed; `make test` installs it.")
    return program


class Service:
    """One server process that can be taken away and brought back."""

    def __init__(self, folder: Path) -> None:
        """Prepare a server that keeps its files and its log in `folder`."""
        self.folder = folder
        self.port = free_port()
        self.user: str | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> Sequence[str]:
        """The command line that starts the server in the foreground."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Whether the server takes work right now."""
        raise NotImplementedError

    @property
    def pid(self) -> int:
        """The process id of the running server."""
        if self._process is None:
            raise RuntimeError("The server is not running.")
        return self._process.pid

    @property
    def log(self) -> str:
        """Everything the server has printed."""
        return (self.folder / "log").read_text(errors="replace")

    def start(self) -> None:
        """Start and wait until the server answers."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self.command(), stdout=log, stderr=log, user=self.user, cwd="/"
            )
        process = self._process
        until(
            lambda: self.answers() or process.poll() is not None,
            within_s=START_WITHIN_S,
            what=f"{type(self).__name__} answers",
        )
        if process.poll() is not None:
            raise RuntimeError(f"It did not start:\n{self.log}")

    def stop(self) -> None:
        """End in order (for PostgreSQL: fast, clients are cut) and wait for it."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """End by SIGKILL, with every child."""
        if self._process is None:
            return
        parent = psutil.Process(self._process.pid)
        family = [*parent.children(recursive=True), parent]
        for member in reversed(family):
            with suppress(
                psutil.NoSuchProcess
            ):  # a child may just have ended by itself
                member.kill()
        self._process.wait(STOP_WITHIN_S)
        psutil.wait_procs(family, timeout=STOP_WITHIN_S)
        self._process = None

    def restart(self) -> None:
        """Stop, then start on the same port with the same data."""
        self.stop()
        self.start()

    def freeze(self) -> None:
        """Stop answering without closing a connection, as a hung host would."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Go on after `freeze`."""
        os.kill(self.pid, signal.SIGCONT)

    def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(number)
        self._process.wait(STOP_WITHIN_S)
        self._process = None


class Redis(Service):
    """A Redis server that keeps nothing on disk."""

    def __init__(self, folder: Path, *, certificate: Path | None = None) -> None:
        """With `certificate` (a PEM file with its key) it speaks TLS only."""
        super().__init__(folder)
        self._certificate = certificate

    @property
    def url(self) -> str:
        """Its address in the form of `REDIS_URL`."""
        scheme = "redis" if self._certificate is None else "rediss"
        return f"{scheme}://127.0.0.1:{self.port}/0"

    def command(self) -> Sequence[str]:
        """`redis-server` without files, on loopback."""
        plain = ["--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        if self._certificate is None:
            return [find_program("redis-server"), "--port", str(self.port), *plain]
        pem = str(self._certificate)
        return [
            *[find_program("redis-server"), "--port", "0", *plain],
            *["--tls-port", str(self.port), "--tls-auth-clients", "no"],
            *["--tls-cert-file", pem, "--tls-key-file", pem],
        ]

    def answers(self) -> bool:
        """Whether PING is answered."""
        try:
            with self.client() as client:
                return bool(client.ping())
        except redis_client.RedisError:
            return False

    def client(self) -> redis_client.Redis:
        """A connection of the test's own; close it."""
        no_check = {} if self._certificate is None else {"ssl_cert_reqs": "none"}
        return redis_client.Redis.from_url(self.url, socket_timeout=2, **no_check)

    def shutdown_nosave(self) -> None:
        """`SHUTDOWN NOSAVE`: gone with everything it held."""
        with self.client() as client:
            client.shutdown(nosave=True)
        if self._process is not None:
            self._process.wait(STOP_WITHIN_S)
        self._process = None

    def drop_clients(self) -> None:
        """Cut every connection, as a proxy or a failover does; the server stays."""
        with self.client() as client:
            for kind in ("normal", "pubsub"):
                client.execute_command("CLIENT", "KILL", "TYPE", kind, "SKIPME", "yes")

    def flush(self) -> None:
        """Forget all keys."""
        with self.client() as client:
            client.flushall()


class Postgres(Service):
    """A PostgreSQL server with its own cluster."""

    def __init__(self, folder: Path, *, syncs: bool = False) -> None:
        """Make the cluster. `syncs`: whether commits wait for the disk (benchmarks)."""
        super().__init__(folder)
        self._syncs = syncs
        self._numbers = itertools.count(1)
        self.user = _unprivileged_user()
        if self.user is not None:
            owner = pwd.getpwnam(self.user)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        subprocess.run(
            [
                *[find_program("initdb"), "-D", str(folder / "data"), "-U", "board"],
                *["-A", "trust", "-E", "UTF8", "--locale", "C", "--no-sync"],
            ],
            check=True,
            capture_output=True,
            user=self.user,
            cwd="/",
        )

    def command(self) -> Sequence[str]:
        """`postgres` on loopback."""
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
            "fsync": "on" if self._syncs else "off",
            "max_connections": "100",
        }
        settings = [f"--{name}={value}" for name, value in options.items()]
        return [find_program("postgres"), "-D", str(self.folder / "data"), *settings]

    def url(self, database: str = "postgres") -> str:
        """A database's address in the form of `DATABASE_URL`."""
        return f"postgres://board@127.0.0.1:{self.port}/{database}"

    def answers(self) -> bool:
        """Whether a connection is taken."""
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def new_database(
        self, *, template: str | None = None, place: Path | None = None
    ) -> str:
        """Create a database with a name of its own, its tables at `place`."""
        name = f"board_{next(self._numbers)}"
        more = f' TEMPLATE "{template}"' if template else ""
        if place is not None:
            more += f' TABLESPACE "{self._tablespace(name, place)}"'
        self.execute(f'CREATE DATABASE "{name}"{more}')
        return self.url(name)

    def _tablespace(self, name: str, place: Path) -> str:
        folder = place / name
        folder.mkdir()
        if self.user is not None:
            owner = pwd.getpwnam(self.user)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        self.execute(f"CREATE TABLESPACE \"{name}\" LOCATION '{folder}'")
        return name

    def execute(self, statement: str, *, database: str = "postgres") -> None:
        """Run one statement as the superuser, outside a transaction."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())


def _unprivileged_user() -> str | None:
    """Whom to be when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in UNPRIVILEGED_USERS:
        if name in known:
            return name
    raise Missing("PostgreSQL refuses to run as root, and there is no other user.")


@contextmanager
def running_redis(*, certificate: Path | None = None) -> Iterator[Redis]:
    """A Redis of the test's own, started; ended at the end whatever happened."""
    with tempfile.TemporaryDirectory(prefix="board-redis-") as folder:
        redis = Redis(Path(folder), certificate=certificate)
        try:
            redis.start()
            yield redis
        finally:
            redis.kill()


@contextmanager
def running_postgres(*, syncs: bool = False) -> Iterator[Postgres]:
    """A PostgreSQL of the test's own, started; ended at the end."""
    with tempfile.TemporaryDirectory(prefix="board-postgres-") as folder:
        postgres = Postgres(Path(folder), syncs=syncs)
        try:
            postgres.start()
            yield postgres
        finally:
            postgres.kill()
