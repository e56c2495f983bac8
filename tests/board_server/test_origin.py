"""The origin check: foreign pages are refused, cookies count for our own alone."""

from typing import Any

import pytest

from board_server.origin import OriginCheck, is_own_page

HOSTS = ["board.example", "localhost", "127.0.0.1", "[::1]", ".wild.example"]


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://board.example", "board.example"),
        ("https://board.example", "board.example:443"),
        ("https://board.example:443", "board.example"),
        ("HTTPS://BOARD.example", "board.EXAMPLE"),
        ("http://localhost:8000", "localhost:8000"),
        ("http://[::1]:8000", "[::1]:8000"),
        ("https://a.wild.example", "a.wild.example"),
    ],
)
def test_page_of_the_same_site_is_ours(origin: str, host: str) -> None:
    assert is_own_page(origin, host, hosts=HOSTS)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://evil.example", "board.example"),
        ("https://board.example.evil.example", "board.example"),
        ("https://evil.example/board.example", "board.example"),
        ("http://localhost:8001", "localhost:8000"),
        ("http://localhost", "localhost:8000"),
        ("https://a.wild.example", "b.wild.example"),
        # A name that an attacker points at this machine (rebinding).
        ("http://evil.example:8000", "evil.example:8000"),
        ("null", "board.example"),
        ("", "board.example"),
        ("https://", ""),
        ("https://board.example:99999", "board.example"),
        ("https://board.example:x", "board.example"),
        ("https://[", "board.example"),
        ("file://board.example", "board.example"),
        ("chrome-extension://board.example", "board.example"),
    ],
)
def test_any_other_page_is_foreign(origin: str, host: str) -> None:
    assert not is_own_page(origin, host, hosts=HOSTS)


async def handshake(
    *headers: tuple[bytes, bytes], origins: list[str] | None = None
) -> tuple[list[tuple[bytes, bytes]] | None, list[dict[str, Any]]]:
    """The headers that the application saw (None: not asked), and what went out."""
    seen: list[list[tuple[bytes, bytes]]] = []
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope["headers"])

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    check = OriginCheck(app, hosts=HOSTS, origins=origins or [])
    scope: Any = {"type": "websocket", "headers": list(headers), "path": "/"}
    await check(scope, receive, send)
    return (seen[0] if seen else None), sent


HOST = (b"host", b"board.example")
COOKIE = (b"cookie", b"sessionid=abc")


async def test_own_page_keeps_its_cookies() -> None:
    seen, sent = await handshake(HOST, COOKIE, (b"origin", b"https://board.example"))

    assert seen is not None and COOKIE in seen
    assert sent == []


async def test_foreign_page_is_refused_before_the_application() -> None:
    seen, sent = await handshake(HOST, COOKIE, (b"origin", b"https://evil.example"))

    assert seen is None
    assert [message["type"] for message in sent] == ["websocket.close"]


async def test_program_without_origin_comes_in_without_cookies() -> None:
    seen, sent = await handshake(HOST, COOKIE)

    assert seen == [HOST]
    assert sent == []


async def test_named_origin_is_let_in() -> None:
    seen, _ = await handshake(
        HOST,
        (b"origin", b"https://Friend.example"),
        origins=["https://friend.example"],
    )

    assert seen is not None


async def test_origin_of_hostile_bytes_is_refused() -> None:
    seen, _ = await handshake(HOST, (b"origin", b"\xff\xfe\x00https://x" * 100))

    assert seen is None
