"""What every page tells the browser, and what the site lets nobody do too often."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from boards import catalog

pytestmark = pytest.mark.django_db

PAGES = (
    "/",
    "/check/",
    "/admin/login/",
    "/api/",
    "/api/docs/",
    "/b/nowhere/",
    "/nowhere",
)
SCRIPT = re.compile(rb"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.I)
HANDLER = re.compile(rb"<[^>]+\son[a-z]+\s*=", re.I)


@pytest.mark.parametrize("path", [*PAGES, "board"])
def test_a_page_runs_no_inline_script_and_asks_for_next_to_nothing(path: str) -> None:
    if path == "board":
        path = f"/b/{catalog.create()[0].pk}/"
    reply = Client().get(path, headers={"Accept": "text/html"})
    policy = reply["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "script-src" not in policy  # so the default holds: files of ours alone
    assert "object-src 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert not SCRIPT.search(reply.content)
    assert not HANDLER.search(reply.content)
    assert reply["Referrer-Policy"] == "same-origin"
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in reply["Permissions-Policy"]


@pytest.mark.parametrize(
    "path", ["", "{}/", "{}/entries/", "{}/elements/", "{}/bans/", "nowhere/", "{}/x"]
)
def test_no_cache_between_may_keep_what_one_caller_was_answered(path: str) -> None:
    board, key = catalog.create()
    reply = Client().get(
        f"/api/boards/{path.format(board.pk)}",
        headers={"Authorization": f"Bearer {key}"},
    )

    assert "private" in reply["Cache-Control"]
    assert "max-age" not in reply["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(
    settings: Settings,
) -> None:
    reply = Client().get("/", secure=True)
    creator, csrf = reply.cookies["chalkline_creator"], reply.cookies["csrftoken"]

    assert creator["httponly"]
    assert creator["secure"]
    assert creator["samesite"] == csrf["samesite"] == "Lax"
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


def test_a_host_that_is_not_ours_gets_nothing() -> None:
    assert Client().get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_form_without_its_token_makes_no_board() -> None:
    assert Client(enforce_csrf_checks=True).post("/", {}).status_code == 403


def test_who_guesses_passwords_has_to_wait(settings: Settings) -> None:
    settings.BOARD_THROTTLE_LOGIN = "2/hour"
    cache.clear()
    client, guess = Client(), {"username": "staff", "password": "guess"}
    replies = [client.post("/admin/login/", guess) for _ in range(3)]
    cache.clear()

    assert [reply.status_code for reply in replies] == [200, 200, 429]
    assert int(replies[2]["Retry-After"]) > 60
    assert client.get("/admin/login/").status_code == 200


def test_a_browser_owns_so_many_boards(settings: Settings) -> None:
    settings.BOARD_OWNED_BOARDS = 1
    cache.clear()
    client = Client()
    client.get("/")
    first, second = client.post("/"), client.post("/")
    by_rest = client.post(
        "/api/boards/", "{}", "application/json", headers={"X-CSRFToken": ""}
    )

    assert first.status_code == 303
    assert second.status_code == by_rest.status_code == 409
    assert b"as many boards" in second.content
