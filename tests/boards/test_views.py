"""The pages: home, board, and what a person reads when a board is not there."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from boards import catalog, creator, views
from boards.built import built
from boards.models import Board

pytestmark = pytest.mark.django_db(transaction=True)

TRICK = "</script><script>alert(1)</script>"


@pytest.fixture(autouse=True)
def no_counts() -> Iterator[None]:
    """No board was made from any address yet."""
    cache.clear()
    yield
    cache.clear()


def data(client: Client, path: str, element_id: str) -> dict[str, Any]:
    """What the page at a path hands to its script."""
    found = re.search(
        rf'<script id="{element_id}" type="application/json">(.*?)</script>',
        client.get(path).content.decode(),
        re.DOTALL,
    )
    assert found is not None
    handed: dict[str, Any] = json.loads(found[1])
    return handed


def made_by(client: Client, **wish: str) -> Board:
    """A board made by that browser on the home page."""
    response = client.post("/", wish)
    assert response.status_code == 303
    return Board.objects.get(pk=response["Location"].split("/")[2])


def test_home_gives_each_browser_a_creator_and_keeps_it(client: Client) -> None:
    client.get("/")
    first = creator.read({creator.COOKIE: client.cookies[creator.COOKIE].value})

    client.get("/")
    second = creator.read({creator.COOKIE: client.cookies[creator.COOKIE].value})

    assert first == second is not None
    assert "csrftoken" in client.cookies


def test_home_makes_a_board_without_script(client: Client) -> None:
    response = client.post("/", {"title": "  My \x01 plan\n"})

    board = Board.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/b/{board.pk}/")
    assert board.title == "My plan"


def test_home_lists_mine_and_my_trash_only(client: Client) -> None:
    board = made_by(client, title=TRICK)
    gone = made_by(client)
    catalog.create(title="of somebody else")
    client.get("/")  # the page's own token
    client.delete(f"/api/boards/{gone.pk}/")

    handed = data(client, "/", "home-data")

    assert [(each["id"], each["title"]) for each in handed["boards"]] == [
        (board.pk, TRICK)
    ]
    assert [each["id"] for each in handed["trash"]] == [gone.pk]


def test_home_posts_need_the_csrf_token() -> None:
    response = Client(enforce_csrf_checks=True).post("/", {"title": "x"})

    assert response.status_code == 403
    assert not Board.objects.exists()


def test_home_makes_only_so_many_boards(client: Client, settings: Settings) -> None:
    settings.BOARD_THROTTLE_CREATE = "1/day"
    made_by(client)

    response = client.post("/")
    by_rest = client.post("/api/boards/")

    assert response.status_code == by_rest.status_code == 429
    assert int(response["Retry-After"]) > 3600


def test_a_board_page_hands_over_what_the_script_needs(client: Client) -> None:
    board = made_by(client, title=TRICK)

    response = client.get(f"/b/{board.pk}/")

    assert data(client, f"/b/{board.pk}/", "board-data") == {
        "id": board.pk,
        "title": TRICK,
        "url": f"http://testserver/b/{board.pk}/",
        "socket_url": f"ws://testserver/ws/boards/{board.pk}/",
        "snapshot_url": f"/api/boards/{board.pk}/snapshot/",
        "api_url": f"/api/boards/{board.pk}/",
        "role": "own",
        "link_role": "edit",
        "head": 0,
        "protocol": 1,
        "asset_bytes": 20 * 1024 * 1024,
        "user": None,
    }
    assert TRICK not in response.content.decode()


def test_whoever_has_the_link_gets_the_link_s_role(client: Client) -> None:
    board, _key = catalog.create(link_role="view")

    assert data(client, f"/b/{board.pk}/", "board-data")["role"] == "view"


def test_the_service_worker_is_served_at_the_root_and_looked_for_anew(
    client: Client, settings: Settings
) -> None:
    settings.DEBUG = True  # files lie where they were built
    if built("worker.js") is None:
        pytest.fail("The front end is not built: `npm run build`.")

    response = client.get("/worker.js")

    assert response["Content-Type"] == "text/javascript"
    assert response["Cache-Control"] == "no-cache"
    assert b"/static/chunks/" in response.content


def test_A1_a_private_board_is_a_page_that_says_so(client: Client) -> None:
    board, _key = catalog.create(link_role="none", title="secret plan")

    response = client.get(f"/b/{board.pk}/")

    assert response.status_code == 403
    assert "private" in response.content.decode()
    assert "secret plan" not in response.content.decode()


@pytest.mark.parametrize("board_id", ["nope", "%00", "..", "<script>", "x" * 500])
def test_no_such_board_is_a_page_that_helps(client: Client, board_id: str) -> None:
    response = client.get(f"/b/{board_id}/")

    assert response.status_code == 404
    assert 'href="/"' in response.content.decode()


def test_a_trashed_board_offers_its_owner_to_restore_it(client: Client) -> None:
    board = made_by(client, title="Plan")
    client.delete(f"/api/boards/{board.pk}/")

    for_owner = client.get(f"/b/{board.pk}/")
    for_stranger = Client().get(f"/b/{board.pk}/")
    restored = client.post(f"/b/{board.pk}/restore/")

    assert for_owner.status_code == for_stranger.status_code == 410
    assert "Restore" in for_owner.content.decode()
    assert "<form" not in for_stranger.content.decode()
    assert "Plan" not in for_stranger.content.decode()
    assert restored["Location"] == f"/b/{board.pk}/"
    assert client.get(f"/b/{board.pk}/").status_code == 200


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_a_database_that_is_away_is_a_page_with_a_time_to_come_back(
    fault: type[Exception],
) -> None:
    def away(_request: HttpRequest) -> HttpResponse:
        raise fault("server closed the connection: password=x")

    response = views.explained(away)(RequestFactory().get("/"))

    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "2")
    assert "database" in page
    assert "password" not in page


def test_a_stranger_restores_nothing(client: Client) -> None:
    board = made_by(client)
    client.delete(f"/api/boards/{board.pk}/")

    response = Client().post(f"/b/{board.pk}/restore/")

    board.refresh_from_db()
    assert response.status_code == 410
    assert board.deleted_at is not None


def test_a_refusal_is_said_in_the_language_of_the_browser(client: Client) -> None:
    german = client.get("/b/nowhere/", headers={"Accept-Language": "xx, de-AT;q=0.9"})
    arabic = client.get("/b/nowhere/", headers={"Accept-Language": "ar"})
    odd = client.get("/b/nowhere/", headers={"Accept-Language": "../../etc" * 1000})

    assert "Dieses Board gibt es nicht" in german.content.decode()
    assert '<html lang="ar" dir="rtl">' in arabic.content.decode()
    assert "This board does not exist" in odd.content.decode()
    assert "Accept-Language" in german["Vary"]


def test_a_chosen_language_goes_before_that_of_the_browser(client: Client) -> None:
    client.cookies["chalkline_language"] = "de"
    german = client.get("/b/nowhere/", headers={"Accept-Language": "ar"})
    client.cookies["chalkline_language"] = "../../etc"
    odd = client.get("/b/nowhere/", headers={"Accept-Language": "ar"})

    assert '<html lang="de" dir="ltr">' in german.content.decode()
    assert "Cookie" in german["Vary"]
    assert '<html lang="ar" dir="rtl">' in odd.content.decode()
