"""Cookies that would break the session look-up never reach it."""

from typing import Any

import pytest

from board_server.cookies import CookieGuard

HOST = (b"host", b"board.example")


async def headers_after(*headers: tuple[bytes, bytes], kind: str = "http") -> Any:
    seen: list[Any] = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope["headers"])

    async def nothing(*_: Any) -> Any: ...

    scope: Any = {"type": kind, "headers": list(headers)}
    await CookieGuard(app)(scope, nothing, nothing)
    return seen[0]


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("value", [b'sessionid="a\\000b"', b"sessionid=a\x00b"])
async def test_cookie_with_nul_is_dropped(kind: str, value: bytes) -> None:
    assert await headers_after(HOST, (b"cookie", value), kind=kind) == [HOST]


async def test_other_cookies_stay() -> None:
    cookie = (b"cookie", b'sessionid=abc; name="a\\054b"')

    assert await headers_after(HOST, cookie) == [HOST, cookie]


async def test_nul_elsewhere_is_not_our_business() -> None:
    other = (b"x-other", b"a\x00b")

    assert await headers_after(HOST, other) == [HOST, other]
