"""How many frames a server writes for each second of processor time, beside the floor.

The same reader for all: plain sockets that count bytes and look at nothing, so that the
server is what is measured. It asks for a few rounds when it has read those before: a
server that outruns it would only fill buffers, which costs the kernel less. The floor
is a loop of `send()` in C, or in Python where there is no compiler.
"""

import base64
import json
import os
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
from websockets.frames import Frame, Opcode

from tests.support.server import ROOT, daphne_command, process_env
from tests.support.waiting import free_port, until

N_SOCKETS = 200
FRAME_BYTES = 300  # a short stroke, or a live frame of a few people
N_DRAFTS, DRAFT_BYTES = 20, 85  # of a class that draws, in one pace
BURST = 5  # rounds that are asked for at once
HEADER_BYTES = 4  # of a frame between 126 B and 64 KiB
SLOWER = 20  # the textbook gets so much less to do, or it would take all night
READ_BYTES = 1 << 16
# What our textbook consumer takes for as many frames of the same size.
FLOOD = json.dumps({"type": "flood", "n": BURST, "bytes": FRAME_BYTES})
PYTHON_LOOP = """
import socket, sys
port, n_sockets, size, rounds = map(int, sys.argv[1:])
listening = socket.create_server(("127.0.0.1", port), backlog=n_sockets)
taken = [listening.accept()[0] for _ in range(n_sockets)]
for one in taken:
    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
frame = b"x" * size
while taken[0].recv(1):
    for _ in range(rounds):
        for one in taken:
            one.sendall(frame)
"""


def fan_out(n_frames: int) -> dict[str, float]:
    """Frames for each second of processor time, and each as a part of the floor.

    Then step by step: what drafts cost alone, and what with all of a pace in one frame.
    """
    n_bursts = n_frames // N_SOCKETS // BURST
    n_few = max(n_bursts // SLOWER, 1)
    ask = _masked(str(BURST))
    lean = {"BOARD_LEAN": "true"}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        floor_name, floor = _send_loop(folder)
        rates = {
            floor_name: _rate(floor, n_bursts, b"x", is_socket=False),
            "frame writer": _rate(_app("writer"), n_bursts, ask),
            "plain daphne": _rate(_app("daphne"), n_bursts, ask),
            "lean dispatch": _rate(_textbook(), n_few, _masked(FLOOD), env=lean),
            "textbook Channels": _rate(_textbook(), n_few, _masked(FLOOD)),
        }
        n_bytes = N_DRAFTS * DRAFT_BYTES
        paced = _rate(_app("writer", n_bytes), n_bursts, ask, n_bytes=n_bytes)
    figures: dict[str, float] = {}
    for name, rate in rates.items():
        figures[f"fan-out, {name}: frames/s/core"] = rate
        if name != floor_name:
            figures[f"fan-out, {name}: % of the floor"] = 100 * rate / rates[floor_name]
    figures["fan-out, pacer: drafts/s/core"] = N_DRAFTS * paced
    return figures


Command = Callable[[int], Sequence[str]]


def _app(kind: str, n_bytes: int = FRAME_BYTES) -> Command:
    python = [sys.executable, "-m", "tests.bench.fanout_app"]
    return lambda port: [*python, str(port), str(n_bytes), kind]


def _textbook() -> Command:
    application = "tests.bench.textbook:application"
    return lambda port: [*daphne_command(port)[:-1], application]


def _send_loop(folder: Path) -> tuple[str, Command]:
    """The floor's name and command."""
    sizes = [str(N_SOCKETS), str(FRAME_BYTES + HEADER_BYTES), str(BURST)]
    compiler = shutil.which("cc")
    if compiler is None:
        python = [sys.executable, "-c", PYTHON_LOOP]
        return "send() in Python", lambda port: [*python, str(port), *sizes]
    program = folder / "send_loop"
    source = Path(__file__).with_name("send_loop.c")
    subprocess.run([compiler, "-O2", "-o", program, source], check=True)
    return "send() in C", lambda port: [str(program), str(port), *sizes]


def _masked(text: str) -> bytes:
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=True)


def _rate(
    command: Command,
    n_bursts: int,
    ask: bytes,
    *,
    is_socket: bool = True,
    n_bytes: int = FRAME_BYTES,
    env: Mapping[str, str] | None = None,
) -> float:
    """Frames a second and core of one server, which is started for it."""
    with _running(command, env or {}) as (server, port), ExitStack() as stack:
        sockets = [stack.enter_context(_connected(port)) for _ in range(N_SOCKETS)]
        if is_socket:
            for one in sockets:
                _shake_hands(one)
        before = _cpu_s(server)
        with selectors.DefaultSelector() as selector:
            for one in sockets:
                selector.register(one, selectors.EVENT_READ)
            for _ in range(n_bursts):
                sockets[0].sendall(ask)
                _read(selector, BURST * N_SOCKETS * (n_bytes + HEADER_BYTES))
        return n_bursts * BURST * N_SOCKETS / (_cpu_s(server) - before)


@contextmanager
def _running(
    command: Command, env: Mapping[str, str]
) -> Iterator[tuple[psutil.Process, int]]:
    port = free_port()
    words = command(port)
    with subprocess.Popen(words, env=process_env(env), cwd=ROOT) as process:
        try:
            yield psutil.Process(process.pid), port
        finally:
            process.kill()


@contextmanager
def _connected(port: int) -> Iterator[socket.socket]:
    with socket.socket() as one:
        until(lambda: one.connect_ex(("127.0.0.1", port)) == 0, what="it listens")
        yield one


def _shake_hands(one: socket.socket) -> None:
    key = base64.b64encode(os.urandom(16)).decode()
    one.sendall(
        "GET /ws/boards/bench/ HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        answer += one.recv(1)  # byte by byte: frames may follow
    if b" 101 " not in answer:
        raise RuntimeError(answer.decode())


def _read(selector: selectors.BaseSelector, n_bytes: int) -> None:
    """Read until so many bytes have come in all."""
    while n_bytes > 0:
        for key, _ in selector.select():
            assert isinstance(key.fileobj, socket.socket)
            n_part = len(key.fileobj.recv(READ_BYTES))
            if not n_part:
                raise RuntimeError("The server closed a socket.")
            n_bytes -= n_part


def _cpu_s(server: psutil.Process) -> float:
    times = server.cpu_times()
    return times.user + times.system
