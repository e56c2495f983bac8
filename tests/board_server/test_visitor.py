"""Who opens a socket, by the cookies of its handshake."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.auth import AuthMiddlewareStack
from django.conf import settings
from django.contrib.auth.models import User
from django.core.signing import Signer
from django.test import Client

from board_server import visitor
from board_server.visitor import Visitor
from boards import creator

TOKEN = "t" * 32


async def seen(cookies: str | None, stack: Any = Visitor) -> dict[str, Any]:
    """The scope that an application inside meets."""
    met: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        met.append(scope)

    headers = [(b"host", b"h")] + ([(b"cookie", cookies.encode())] if cookies else [])
    scope: Any = {"type": "websocket", "path": "/", "headers": headers}
    await stack(app)(scope, None, None)
    return met[0]


def logged_in() -> tuple[User, str]:
    """Somebody with an account, and the cookie of their session."""
    user = User.objects.create_user("ann")
    client = Client()
    client.force_login(user)
    return user, f"a=b; sessionid={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@pytest.mark.django_db(transaction=True)
async def test_who_has_logged_in_is_known() -> None:
    user, cookies = await sync_to_async(logged_in)()

    assert (await seen(cookies))["user"] == user
    # The stack that it stands for, in the version that is installed, says the same.
    known = (await seen(cookies, AuthMiddlewareStack))["user"]
    assert (known.pk, known.get_username()) == (user.pk, "ann")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("key", ["x" * 32, "short", '"', "%00"])
async def test_a_session_that_is_none_is_a_stranger(key: str) -> None:
    assert (await seen(f"sessionid={key}"))["user"].is_anonymous


@pytest.mark.parametrize("cookies", [None, "sessionid=", "other=1", ";;=;"])
async def test_without_a_session_nobody_is_asked_for(
    cookies: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hop to a thread for each socket, to learn that there is no session."""

    async def asked(_scope: Any) -> None:
        raise AssertionError("the database was asked")

    monkeypatch.setattr(visitor, "get_user", asked)

    assert (await seen(cookies))["user"].is_anonymous


async def test_the_creator_cookie_is_read() -> None:
    cookie = f"{creator.COOKIE}={Signer(salt=creator.SALT).sign(TOKEN)}"

    assert (await seen(cookie))["creator"] == TOKEN
    assert (await seen(cookie + "x"))["creator"] is None
    assert (await seen(None))["creator"] is None
