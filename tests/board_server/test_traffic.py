"""Open requests and sockets are counted, so that a stop can wait for them."""

import asyncio
from typing import Any

from board_server.traffic import GOING_AWAY, Traffic


async def receive() -> Any:
    raise AssertionError("Nobody receives here")


async def test_idle_when_everything_has_returned() -> None:
    release = asyncio.Event()

    async def app(_scope: Any, _receive: Any, _send: Any) -> None:
        await release.wait()

    async def send(_message: Any) -> None: ...

    traffic = Traffic(app)
    scope: Any = {"type": "http"}
    calls = [asyncio.create_task(traffic(scope, receive, send)) for _ in range(3)]
    waiting = asyncio.create_task(traffic.until_idle())
    await asyncio.wait([*calls, waiting], timeout=0)
    assert not waiting.done()

    release.set()
    await asyncio.gather(*calls)
    await waiting


async def test_call_that_fails_is_over_too() -> None:
    async def app(_scope: Any, _receive: Any, _send: Any) -> None:
        raise RuntimeError("broken")

    async def send(_message: Any) -> None: ...

    traffic = Traffic(app)
    scope: Any = {"type": "websocket"}
    await asyncio.gather(traffic(scope, receive, send), return_exceptions=True)

    await traffic.until_idle()


async def test_open_sockets_are_told_and_requests_are_not() -> None:
    release = asyncio.Event()
    sent: list[tuple[str, Any]] = []

    async def app(_scope: Any, _receive: Any, _send: Any) -> None:
        await release.wait()

    def sender(name: str) -> Any:
        async def send(message: Any) -> None:
            sent.append((name, message))

        return send

    traffic = Traffic(app)
    kinds: list[Any] = [{"type": "http"}, {"type": "websocket"}]
    calls = [
        asyncio.create_task(traffic(scope, receive, sender(scope["type"])))
        for scope in kinds
    ]
    await asyncio.wait(calls, timeout=0)

    await traffic.close_sockets()
    release.set()
    await asyncio.gather(*calls)

    assert [(name, message["code"]) for name, message in sent] == [
        ("websocket", GOING_AWAY)
    ]
