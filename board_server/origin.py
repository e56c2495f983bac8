"""Which web pages may open a socket here: the check before everything else.

A browser always says which page opens a socket (`Origin`), and sends this site's
cookies along whoever that page belongs to. So a socket from a foreign page is refused
at the handshake. A socket without an `Origin` is no browser: it is let in with its
cookies taken away, so that nobody can act by cookie without passing this check.

A page is our own when its host and port are those that the request was sent to, and
that host is one we answer to; the scheme is not compared, because a proxy may have
taken the encryption off. `BOARD_ORIGINS` names further pages. Used by
`board_server.asgi`; refuses with 403 and never accepts anything itself.
"""

import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from asgiref.typing import (
    ASGI3Application,
    ASGIReceiveCallable,
    ASGISendCallable,
    Scope,
    WebSocketScope,
)
from django.http.request import split_domain_port, validate_host

_DEFAULT_PORTS = {"http": "80", "https": "443"}

logger = logging.getLogger(__name__)


def is_own_page(origin: str, host: str, *, hosts: Sequence[str]) -> bool:
    """Whether a page of `origin` is a page of the site asked for as `host`."""
    try:
        page = urlsplit(origin.lower())
        port = str(page.port) if page.port is not None else ""
    except ValueError:
        return False
    default = _DEFAULT_PORTS.get(page.scheme)
    if default is None or not page.hostname:
        return False
    domain, asked_port = split_domain_port(host)
    name = page.hostname.strip("[]")
    same_host = name == domain.strip("[]")
    same_port = (port or default) == (asked_port or default)
    return same_host and same_port and validate_host(domain, hosts)


class OriginCheck:
    """ASGI middleware around the sockets: foreign pages out, cookies only for ours."""

    def __init__(
        self, app: ASGI3Application, *, hosts: Sequence[str], origins: Sequence[str]
    ) -> None:
        """Wrap `app`; `hosts` in the form of `ALLOWED_HOSTS`, `origins` exact."""
        self._app = app
        self._hosts = hosts
        self._origins = frozenset(origins)

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        """Refuse, or pass on with or without cookies."""
        if scope["type"] != "websocket":
            raise ValueError("The origin check is for sockets only.")
        origin = _header(scope, b"origin")
        if origin is None:
            await self._app(_without_cookies(scope), receive, send)
        elif self._is_allowed(origin, _header(scope, b"host") or ""):
            await self._app(scope, receive, send)
        else:
            logger.warning("socket refused", extra={"origin": origin})
            await receive()  # the connect, which a server sends first
            await send({"type": "websocket.close", "code": 4003, "reason": None})

    def _is_allowed(self, origin: str, host: str) -> bool:
        if origin.lower() in self._origins:
            return True
        return is_own_page(origin, host, hosts=self._hosts)


def _header(scope: WebSocketScope, name: bytes) -> str | None:
    for key, value in scope["headers"]:
        if key == name:
            return value.decode("latin1")
    return None


def _without_cookies(scope: WebSocketScope) -> Any:
    headers = [(key, value) for key, value in scope["headers"] if key != b"cookie"]
    return {**scope, "headers": headers}
