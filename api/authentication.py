"""What a request shows: an owner key, or a browser's cookies. It decides no right.

`request.auth` is always a `Credentials`; `boards.access` compares it with the board.
"""

import copy
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from boards import credentials
from boards.access import Credentials
from boards.sync.protocol import Author
from boards.sync.refusals import Code, Refused

SCHEME = "bearer"
MAX_KEY_CHARS = 200  # as the token in `hello`; ours have 46
REST = "rest"  # the session and client that entries written by REST carry


class Shown(BaseAuthentication):
    """The key when there is one, else the cookies; nobody is turned away here."""

    def authenticate(self, request: Request) -> tuple[Any, Credentials]:
        """The session's user and what the request shows.

        Raises:
            Refused: `forbidden`, when cookies come without the CSRF token.
        """
        key = _bearer(request)
        if key is not None:
            return AnonymousUser(), Credentials(key=key)
        shown = credentials.of_browser(request._request)
        has_cookies = bool(shown.creator) or shown.user_id is not None
        if has_cookies and request.method not in SAFE_METHODS:
            _check_csrf(request._request)
        if shown.user_id is None:
            return AnonymousUser(), shown
        return request._request.user, shown


def shown_by(request: Request) -> Credentials:
    """The credentials that `Shown` found."""
    return request.auth if isinstance(request.auth, Credentials) else Credentials()


def author_of(request: Request) -> Author:
    """Who the entries written by this request name as their author."""
    user = request.user
    if not user.is_authenticated:
        return Author(session=REST, client=REST)
    name = user.get_username()
    return Author(session=REST, client=REST, name=name[:64], user=name)


def _bearer(request: Request) -> str | None:
    """The owner key; None without one. Other schemes belong to proxies in front."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != SCHEME:
        return None
    key = key.strip()
    if not key or len(key) > MAX_KEY_CHARS:
        raise Refused(Code.FORBIDDEN, "This is no key: Authorization: Bearer <key>.")
    return key


class _CsrfCheck(CsrfViewMiddleware):
    """Django's check, answering with the reason instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        raise Refused(
            Code.FORBIDDEN,
            f"{reason} Send the value of the cookie csrftoken as X-CSRFToken.",
        )


def _check_csrf(request: HttpRequest) -> None:
    # The check looks for the token in a POST's form and would read the body for it;
    # ours comes in the header, so it is shown the same request as a PUT.
    probe = copy.copy(request)
    probe.method = "PUT"
    check = _CsrfCheck(lambda _request: HttpResponse())
    check.process_request(probe)
    check.process_view(probe, lambda _request: HttpResponse(), (), {})
