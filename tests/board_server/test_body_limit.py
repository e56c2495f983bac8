"""Bodies without end meet a real Daphne: answered, cut, and nobody else notices."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from typing import Any

import httpx
import psutil
import pytest

from tests.support import plain_http
from tests.support.server import Server, running_server
from tests.support.waiting import until

pytestmark = pytest.mark.faults

MOST_BYTES = 200_000
CHUNK = b"x" * 64 * 1024
WITHIN_S = 20.0  # many times what the server lets a cut sender linger


@pytest.fixture(scope="module")
def server(sqlite_module_url: str) -> Iterator[Server]:
    """A process that takes bodies of up to `MOST_BYTES`."""
    env = {
        "DATABASE_URL": sqlite_module_url,
        "BOARD_ASSET_BYTES": str(MOST_BYTES),
        "BOARD_IMPORT_BYTES": str(MOST_BYTES),
    }
    with running_server(env) as running:
        yield running


class Caller:
    """A connection that says exactly what it is told to."""

    def __init__(self, server: Server, *headers: str) -> None:
        url = httpx.URL(server.url)
        self.socket = socket.create_connection((url.host, url.port or 80), timeout=20)
        lines = ["POST /api/boards/ HTTP/1.1", f"Host: localhost:{url.port}", *headers]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())

    def answer(self) -> tuple[int, dict[str, Any]]:
        """Status and JSON of what is answered until the server closes."""
        said = b""
        while part := self.receive():
            said += part
        head, _, body = said.partition(b"\r\n\r\n")
        return int(head.split()[1]), json.loads(body)

    def receive(self) -> bytes:
        """What was said meanwhile; empty when the connection has ended."""
        try:
            return self.socket.recv(65_536)
        except ConnectionResetError:
            return b""


Call = Callable[..., Caller]


@pytest.fixture
def call(server: Server) -> Iterator[Call]:
    """Opens connections, and closes them when the test ends."""
    with ExitStack() as stack:

        def opened(*headers: str) -> Caller:
            caller = Caller(server, *headers)
            stack.callback(caller.socket.close)
            return caller

        yield opened


def refusal_of(caller: Caller) -> tuple[int, str]:
    status, body = caller.answer()
    return status, body["error"]["code"]


def test_an_announced_length_over_the_bound_is_refused_unread(call: Call) -> None:
    caller = call(f"Content-Length: {10**12}", "Expect: 100-continue")

    assert refusal_of(caller) == (413, "too_large")


def test_a_body_without_end_is_cut_soon_after_the_bound(
    server: Server, call: Call
) -> None:
    before = psutil.Process(server.pid).memory_info().rss
    caller = call("Transfer-Encoding: chunked")
    chunk = b"%x\r\n%s\r\n" % (len(CHUNK), CHUNK)
    deadline = time.monotonic() + WITHIN_S

    with pytest.raises((BrokenPipeError, ConnectionResetError)):
        while time.monotonic() < deadline:
            caller.socket.sendall(chunk)

    grown = psutil.Process(server.pid).memory_info().rss - before
    assert grown < 50_000_000
    assert plain_http.get(f"{server.url}/healthz").status_code == 200


def test_a_chunked_body_over_the_bound_reads_why(call: Call) -> None:
    caller = call("Transfer-Encoding: chunked")
    body = b"x" * (MOST_BYTES + 1)
    caller.socket.sendall(b"%x\r\n%s\r\n" % (len(body), body))

    assert refusal_of(caller) == (413, "too_large")


@pytest.mark.parametrize("length", ["-1", "1e3", "9" * 400, "10, 20"])
def test_a_length_that_is_none_harms_nobody(
    server: Server, call: Call, length: str
) -> None:
    caller = call(f"Content-Length: {length}")
    with suppress(BrokenPipeError, ConnectionResetError):  # it may have ended already
        caller.socket.sendall(b"{}")

    while caller.receive():
        pass  # whatever is said, the connection ends

    made = plain_http.post(f"{server.url}/api/boards/", json={"title": "After"})
    assert made.status_code == 201
    assert "Traceback" not in server.log


def test_a_body_within_the_bound_passes_whole_and_split(call: Call) -> None:
    body = json.dumps({"title": "Within"}).encode()
    caller = call(
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "Connection: close",
    )
    for byte in body:
        caller.socket.sendall(bytes([byte]))

    status, made = caller.answer()
    assert (status, made["title"]) == (201, "Within")


def test_what_was_cut_is_let_go(server: Server, call: Call) -> None:
    process = psutil.Process(server.pid)
    callers = [call(f"Content-Length: {10**12}") for _ in range(20)]
    for caller in callers:
        assert refusal_of(caller) == (413, "too_large")
        caller.socket.close()

    until(
        lambda: not [c for c in process.net_connections() if c.status == "ESTABLISHED"],
        what="no connection is left",
    )
