"""Who opens a socket: `user`, `creator` and `address` in its scope, by the handshake.

One step instead of Channels' stack of cookies, session and user: each of those keeps a
copy of the scope as long as the socket lives, and asks for the user of a session in a
thread also where there is no session, as with most sockets. Nothing is put into a
session here. `creator` is the random token of the browser that created boards, or None;
the form of that cookie is the business of `boards.creator`. `address` is a keyed hash
of where it comes from, see `boards.addresses`.

Inside the origin check, which takes the cookies of foreign pages away.
"""

from importlib import import_module
from typing import Any, cast

from asgiref.typing import (
    ASGI3Application,
    ASGIReceiveCallable,
    ASGISendCallable,
    Scope,
)
from channels.auth import get_user
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import parse_cookie

from boards import addresses, creator


class Visitor:
    """See the module; ASGI middleware."""

    def __init__(self, app: ASGI3Application) -> None:
        self._app = app
        self._store: Any = import_module(settings.SESSION_ENGINE).SessionStore

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        """Pass on with `user`, `creator` and `address` added."""
        extended: dict[str, Any] = dict(scope)
        cookies = _cookies(extended["headers"])
        extended["creator"] = creator.read(cookies)
        extended["address"] = addresses.of_scope(extended)
        extended["user"] = await self._user(cookies)
        await self._app(cast(Scope, extended), receive, send)

    async def _user(self, cookies: dict[str, str]) -> Any:
        key = cookies.get(settings.SESSION_COOKIE_NAME)
        if not key:
            return AnonymousUser()
        return await get_user({"session": self._store(key)})


def _cookies(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """By name; of several such headers the first one counts, as in Channels."""
    for name, value in headers:
        if name == b"cookie":
            return dict(parse_cookie(value.decode("latin1")))
    return {}
