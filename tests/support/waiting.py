"""Waiting for a condition with a deadline, for whatever lives outside this process.

Nothing in the tests sleeps for a guessed time: it asks again until the thing is so, and
fails with what it waited for when the deadline passes.
"""

import asyncio
import inspect
import secrets
import socket
import threading
import time
from collections.abc import Awaitable, Callable

ASK_EVERY_S = 0.02
PORTS = range(20_000, 32_000)

_never = threading.Event()


def until(
    holds: Callable[[], object], *, within_s: float = 10.0, what: str = ""
) -> None:
    """Return once `holds()` is true; fail when `within_s` has passed."""
    deadline = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(_late(holds, within_s, what))
        _never.wait(ASK_EVERY_S)


async def until_async(
    holds: Callable[[], object | Awaitable[object]],
    *,
    within_s: float = 10.0,
    what: str = "",
) -> None:
    """The same on an event loop; `holds` may be a coroutine function."""
    deadline = time.monotonic() + within_s
    while True:
        answer = holds()
        if inspect.isawaitable(answer):
            answer = await answer
        if answer:
            return
        if time.monotonic() > deadline:
            raise AssertionError(_late(holds, within_s, what))
        await asyncio.sleep(ASK_EVERY_S)


def free_port() -> int:
    """A TCP port on loopback that nobody listens on right now.

    From below the range that outgoing connections take, so that it is still free when
    a server is stopped and started again.
    """
    while True:
        port = PORTS.start + secrets.randbelow(len(PORTS))
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


def _late(holds: Callable[[], object], within_s: float, what: str) -> str:
    name = what or getattr(holds, "__name__", repr(holds))
    return f"Not so within {within_s} s: {name}"
