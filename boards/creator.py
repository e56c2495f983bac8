"""The creator cookie: how a browser is known again as the one that made a board.

No account is needed to own a board. The home page gives each browser a random token,
signed so that nobody can make one up; a board remembers the token of the browser that
created it. This module reads and sets the cookie and decides nothing: `access` does.
"""

import secrets
from collections.abc import Mapping

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

COOKIE = "chalkline_creator"
SALT = "chalkline.creator"
MAX_AGE_S = 5 * 365 * 24 * 3600  # a browser that comes back after years still owns
TOKEN_BYTES = 24  # 192 bits, and its text fits the 64 characters of the column
MAX_COOKIE_CHARS = 256  # ours are about 80; more is not worth a signature check


def read(cookies: Mapping[str, str]) -> str | None:
    """The token in the cookie; None when there is none or its signature is wrong."""
    value = cookies.get(COOKIE, "")
    if not value or len(value) > MAX_COOKIE_CHARS:
        return None
    try:
        return Signer(salt=SALT).unsign(value)
    except BadSignature:
        return None


def keep(response: HttpResponse, request: HttpRequest, token: str) -> None:
    """Set the cookie again; browsers forget after 400 days without it."""
    response.set_cookie(
        COOKIE,
        Signer(salt=SALT).sign(token),
        max_age=MAX_AGE_S,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def issue(response: HttpResponse, request: HttpRequest) -> str:
    """Set a fresh cookie on the response and return its token."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    keep(response, request, token)
    return token
