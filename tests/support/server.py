"""Real server processes for tests: our application on a free port of loopback.

    with running_server({"DATABASE_URL": …, "REDIS_URL": …}) as server:
        plain_http.get(server.url + "/healthz")
        server.stop()        # SIGTERM, waits, gives the exit code
        server.kill()        # kill -9
        server.start()       # again, on the same port

The environment of a process is only what is written here and what the test gives: a
variable of the person's shell cannot change a result. What the process logs is kept.
"""

import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.support import plain_http
from tests.support.waiting import free_port, until

ROOT = Path(__file__).resolve().parent.parent.parent
READY_WITHIN_S = 30.0
STOP_WITHIN_S = 20.0

BASE_ENV: Mapping[str, str] = {
    "DJANGO_DEBUG": "true",
    "DJANGO_SECRET_KEY": "only-for-tests-" + "0" * 32,
    "DJANGO_ALLOWED_HOSTS": "localhost 127.0.0.1 testserver",
    "BOARD_LOG": "json",
    "PYTHONUNBUFFERED": "1",
    # All that loads a server in tests comes from one address, mostly to one board.
    **dict.fromkeys(("BOARD_ADDRESS_SOCKETS", "BOARD_BOARD_SOCKETS"), "100000"),
    **dict.fromkeys(
        [f"BOARD_{w}_SUBMITS_PER_S" for w in ("PERSON", "ADDRESS", "BOARD")], "1000000"
    ),
    "PYTHONWARNINGS": "default",
}


def process_env(env: Mapping[str, str]) -> dict[str, str]:
    """The whole environment of a process: ours, this venv first in PATH, `env`."""
    programs = os.pathsep.join(
        [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]
    )
    return {"PATH": programs, "HOME": tempfile.gettempdir(), **BASE_ENV, **env}


def serve_command(port: int, *options: str) -> list[str]:
    """How a server is started here: as the Procfile does, on loopback."""
    return [sys.executable, "manage.py", "serve", "--port", str(port), *options]


def daphne_command(port: int) -> list[str]:
    """How a server is started without ours around it."""
    return shlex.split(
        f"daphne -v 0 -b 127.0.0.1 -p {port} --websocket_timeout -1 "
        "board_server.asgi:application"
    )


def manage(*words: str, env: Mapping[str, str], root: Path = ROOT) -> str:
    """Run `manage.py` in a process of its own; what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        env=process_env(env),
        cwd=root,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise RuntimeError(f"manage.py {words}: {done.stdout}{done.stderr}")
    return done.stdout


class Server:
    """One server process of our application."""

    def __init__(
        self,
        env: Mapping[str, str],
        *,
        folder: Path,
        command: Sequence[str] | None = None,
        port: int | None = None,
        root: Path = ROOT,
        host: str = "127.0.0.1",
    ) -> None:
        """Prepare a process; `command` replaces how it is started (the Procfile's).

        `root`: the checkout whose code it runs; `host`: where it is reached.
        """
        self.port = port or free_port()
        self.host = host
        self._root = root
        self.env = {
            "PORT": str(self.port),
            "BOARD_ASSETS_DIR": str(folder / "assets"),
            **env,
        }
        self._command = list(command or serve_command(self.port))
        self._log = folder / f"server-{self.port}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of the site, without a slash at the end."""
        return f"http://{self.host}:{self.port}"

    def socket_url(self, board_id: str) -> str:
        """The address of a board's socket."""
        return f"ws://{self.host}:{self.port}/ws/boards/{board_id}/"

    @property
    def pid(self) -> int:
        """The process id of the running server."""
        if self._process is None:
            raise RuntimeError("The server is not running.")
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def log(self) -> str:
        """Everything the process has printed."""
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    def log_lines(self) -> list[dict[str, Any]]:
        """The log's JSON lines, parsed; lines of another form are left out."""
        lines = [line for line in self.log.splitlines() if line.startswith("{")]
        return [json.loads(line) for line in lines]

    def launch(self) -> None:
        """Start without waiting."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                env=process_env(self.env),
                cwd=self._root,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def start(self) -> None:
        """Start and wait until `/readyz` says so."""
        self.launch()
        until(
            lambda: self.is_ready() or not self.is_running,
            within_s=READY_WITHIN_S,
            what=f"the server on {self.port} is ready",
        )
        if not self.is_running:
            raise RuntimeError(f"The server did not start:\n{self.log}")

    def is_ready(self) -> bool:
        """Whether `/readyz` answers 200 right now."""
        try:
            return plain_http.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def is_listening(self) -> bool:
        """Whether the process is there and answers, ready or not."""
        if not self.is_running:
            raise RuntimeError(f"The server did not start:\n{self.log}")
        try:
            plain_http.get(f"{self.url}/healthz", timeout=5)
        except httpx.TransportError:
            return False
        return True

    def new_board(self, **fields: str) -> dict[str, Any]:
        """Make a board over REST; the answer, with its owner key."""
        reply = plain_http.post(f"{self.url}/api/boards/", json=fields, timeout=60)
        if reply.status_code != 201:
            raise AssertionError(f"{reply.status_code}: {reply.text}")
        board: dict[str, Any] = reply.json()
        return board

    def terminate(self) -> None:
        """Send SIGTERM and go on."""
        os.kill(self.pid, signal.SIGTERM)

    def wait_ended(self, within_s: float = STOP_WITHIN_S) -> int:
        """Wait until the process is gone; its exit code."""
        if self._process is None:
            raise RuntimeError("The server is not running.")
        return self._process.wait(within_s)

    def stop(self) -> tuple[int, float]:
        """SIGTERM, and wait; the exit code and how many seconds it took."""
        began = time.monotonic()
        self.terminate()
        code = self.wait_ended()
        return code, time.monotonic() - began

    def kill(self) -> None:
        """SIGKILL: gone in the middle of whatever it did."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(STOP_WITHIN_S)

    def freeze(self) -> None:
        """Stop answering without closing a connection, as a hung host would."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Go on after `freeze`."""
        os.kill(self.pid, signal.SIGCONT)


@contextmanager
def running_server(
    env: Mapping[str, str],
    *,
    command: Sequence[str] | None = None,
    port: int | None = None,
    root: Path = ROOT,
    host: str = "127.0.0.1",
) -> Iterator[Server]:
    """A server of the test's own, ready; killed at the end whatever happened."""
    with tempfile.TemporaryDirectory(prefix="board-server-") as folder:
        server = Server(
            env, folder=Path(folder), command=command, port=port, root=root, host=host
        )
        try:
            server.start()
            yield server
        finally:
            server.kill()
