"""The creator cookie."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from boards import creator


def test_an_issued_cookie_is_read_back() -> None:
    response = HttpResponse()

    token = creator.issue(response, RequestFactory().get("/"))

    cookie = response.cookies[creator.COOKIE]
    assert creator.read({creator.COOKIE: cookie.value}) == token
    assert len(token) <= 64
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.parametrize("is_secure", [True, False])
def test_the_cookie_keeps_to_tls_where_there_is_tls(is_secure: bool) -> None:
    response = HttpResponse()

    creator.issue(response, RequestFactory().get("/", secure=is_secure))

    assert bool(response.cookies[creator.COOKIE]["secure"]) is is_secure


def test_two_browsers_get_different_tokens() -> None:
    request = RequestFactory().get("/")

    tokens = {creator.issue(HttpResponse(), request) for _ in range(2)}

    assert len(tokens) == 2


@pytest.mark.parametrize("value", ["", "token", "token:sig", "é:ü", "x" * 10_000])
def test_what_we_did_not_sign_is_nothing(value: str) -> None:
    assert creator.read({creator.COOKIE: value}) is None
    assert creator.read({}) is None
