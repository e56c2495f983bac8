"""`make run`: the site on this machine, from nothing to a board that can be drawn on.

SQLite under `var/`, the in-memory layer, one server process. Variables of the person's
environment win over what is set here, so `DATABASE_URL=… make run` does what it says.
"""

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import Any

from tools import frontend, python
from tools.places import PYTHON, ROOT, VAR
from tools.shell import Stop, environment, run, say

DEFAULT_PORT = 8000
READY_WITHIN_S = 60
ASK_EVERY_S = 0.05
FIRST_BOARD = VAR / "first-board.json"  # its id and key: the same link at every start
SECRET = VAR / "secret_key"


def serve() -> int:
    """Set everything up and serve until Ctrl-C; the exit code."""
    began = time.monotonic()
    port = _port()
    _require_free(port)
    python.install()
    frontend.build()
    env = _server_env()
    frontend.collect(env)
    run([PYTHON, "manage.py", "migrate", "-v", "0"], env=environment(env))
    server = _Site(port, env)
    try:
        server.wait_ready()
        site = f"http://localhost:{port}"
        seconds = time.monotonic() - began
        say(f"\n  Chalkline is at   {site}/  (ready in {seconds:.1f} s)")
        say(f"  A board to draw   {_first_board(site)}")
        say("  Ctrl-C stops it.\n")
        return server.wait()
    finally:
        server.stop()


class _Site:
    """The server process; signals to this one are passed on to it."""

    def __init__(self, port: int, env: dict[str, str]) -> None:
        self._port = port
        host = os.environ.get("HOST", "127.0.0.1")
        self._host = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - asked for
        command = [str(PYTHON), "manage.py", "serve", "--host", host]
        command += ["--port", str(port)]
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment(env))
        # Ctrl-C reaches the whole group, so the server has it already; SIGTERM not.
        signal.signal(signal.SIGINT, lambda _number, _frame: None)
        signal.signal(signal.SIGTERM, self._pass_on)

    def wait_ready(self) -> None:
        """Return once the server says that it is ready.

        Raises:
            Stop: when it ends first or takes too long.
        """
        deadline = time.monotonic() + READY_WITHIN_S
        while not self._is_ready():
            if self._process.poll() is not None:
                raise Stop("The server did not start; the reason is above.")
            if time.monotonic() > deadline:
                raise Stop(f"The server was not ready within {READY_WITHIN_S} s.")
            time.sleep(ASK_EVERY_S)

    def wait(self) -> int:
        """Wait until the server has ended; its exit code."""
        return self._process.wait()

    def stop(self) -> None:
        """End it if it is still there."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait()

    def _is_ready(self) -> bool:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=5)
        try:
            connection.request("GET", "/readyz", headers={"Host": "localhost"})
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def _pass_on(self, number: int, _frame: FrameType | None) -> None:
        if self._process.poll() is None:
            self._process.send_signal(number)


def _port() -> int:
    text = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not text.isdigit() or not 0 < int(text) < 65_536:
        raise Stop(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _require_free(port: int) -> None:
    """Say at once that something else listens there, instead of after the building."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            raise Stop(
                f"Something listens on port {port} already: stop it, or choose another "
                f"one, for example PORT={port + 1} make run."
            )
    except OSError:
        return  # nobody answers: the port is ours


def _server_env() -> dict[str, str]:
    """What the server needs to know and the person has not said."""
    defaults = {
        "DATABASE_URL": f"sqlite:///{VAR / 'board.sqlite3'}",
        "BOARD_LOG": "text",
        "PYTHONUNBUFFERED": "1",
    }
    if not (os.environ.get("DJANGO_SECRET_KEY") or os.environ.get("SECRET_KEY")):
        defaults["DJANGO_SECRET_KEY"] = _local_secret()
    return {name: value for name, value in defaults.items() if not os.environ.get(name)}


def _local_secret() -> str:
    """This machine's own secret, made once and readable by its owner only."""
    if not SECRET.exists():
        _write_private(SECRET, secrets.token_urlsafe(48))
    return SECRET.read_text().strip()


def _first_board(site: str) -> str:
    """The link of the board that was made at the first start; made again if gone."""
    if FIRST_BOARD.exists():
        known = json.loads(FIRST_BOARD.read_text())
        if _ask(f"{site}/api/boards/{known['id']}/") is not None:
            return f"{site}/b/{known['id']}/"
    board = _ask(f"{site}/api/boards/", {"title": "First board"})
    if board is None:
        raise Stop("The server does not make boards; its log is above.")
    _write_private(FIRST_BOARD, json.dumps(board))
    return f"{site}/b/{board['id']}/"


def _ask(url: str, body: dict[str, Any] | None = None) -> dict[str, Any] | None:
    """The answer of our own server, or None when it refuses."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    request = urllib.request.Request(url, data=data, headers=headers)  # noqa: S310 - ours
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:  # noqa: S310 - ours
            answer: dict[str, Any] = json.load(reply)
            return answer
    except urllib.error.URLError:
        return None


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)
