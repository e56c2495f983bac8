"""Request ids and the counting of requests by route."""

import json
import logging

import pytest
from django.test import AsyncClient, Client

from board_server.logs import Context, current_request
from board_server.operating.requests import request_counts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("given", ["abc-123", "a" * 64, "trace/7:1"])
def test_sane_id_of_the_caller_is_answered_back(client: Client, given: str) -> None:
    reply = client.get("/healthz", headers={"X-Request-ID": given})

    assert reply.headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "a" * 65, "a b", "é", 'x"y', "a\tb"])
def test_other_ids_are_replaced(client: Client, given: str) -> None:
    reply = client.get("/healthz", headers={"X-Request-ID": given})

    assert reply.headers["X-Request-ID"] != given
    assert len(reply.headers["X-Request-ID"]) == 16


async def test_async_requests_have_an_id_each(async_client: AsyncClient) -> None:
    ids = {(await async_client.get("/healthz"))["X-Request-ID"] for _ in range(3)}

    assert len(ids) == 3


def test_error_of_rest_names_the_request(client: Client) -> None:
    reply = client.get("/api/boards/none/", headers={"X-Request-ID": "abc-123"})

    assert reply.status_code == 404
    assert json.loads(reply.content)["error"]["request_id"] == "abc-123"


def test_log_line_names_the_request() -> None:
    current_request.set("abc-123")
    line = logging.LogRecord("boards", logging.INFO, __file__, 1, "x", (), None)

    assert Context().filter(line)

    assert line.__dict__["request_id"] == "abc-123"
    current_request.set(None)


@pytest.mark.parametrize(
    ("logger", "names"),
    [
        ("boards.consumers", True),
        ("boards.synchrony", True),
        ("boards.sync.journal", False),
        ("boards.sync", False),
        ("boards.bans", False),
        ("board_server.operating.reports", False),
    ],
)
def test_log_line_about_shared_work_names_no_request(logger: str, names: bool) -> None:
    """A commit that a request woke was told as that request's, with all it took."""
    current_request.set("abc-123")
    line = logging.LogRecord(logger, logging.INFO, __file__, 1, "x", (), None)

    Context().filter(line)

    assert ("request_id" in line.__dict__) is names
    current_request.set(None)


@pytest.mark.parametrize(
    ("path", "route", "status"),
    [
        ("/healthz", "/healthz", 200),
        ("/api/boards/geheim/", "/api/boards/<str:board_id>/", 404),
        ("/b/geheim/", "/b/<str:board_id>/", 404),
        ("/geheim", "nowhere", 404),
        ("/static/geheim.js", "static", 404),
    ],
)
def test_request_is_counted_by_route(
    client: Client, path: str, route: str, status: int
) -> None:
    before = request_counts.answers[route, "GET", status]

    client.get(path)

    assert request_counts.answers[route, "GET", status] == before + 1
    assert not any("geheim" in key[0] for key in request_counts.answers)


def test_unknown_methods_share_a_name(client: Client) -> None:
    client.generic("BREW", "/healthz")

    assert any(method == "other" for _, method, _ in request_counts.answers)
    assert not any(method == "BREW" for _, method, _ in request_counts.answers)
