"""Throttles: too many requests get 429 and when to come back."""

import pytest
from django.core.cache import caches
from django.test import RequestFactory
from pytest_django import Settings
from rest_framework.request import Request
from rest_framework.views import APIView

from api.throttles import WriteByAddress, WriteByBoard, WriteByKey
from boards.access import Credentials
from boards.models import Board
from tests.support.rest import Rest, put, read, refusal


def sent_from(address: str, *, key: str) -> Request:
    """A write from that address with that key."""
    request = Request(RequestFactory().post("/", REMOTE_ADDR=address))
    request.auth = Credentials(key=key)
    return request


async def test_making_boards_is_throttled_per_address(
    rest: Rest, settings: Settings
) -> None:
    settings.BOARD_THROTTLE_CREATE = "2/day"
    board = await rest.make_board()
    await rest.make_board()

    made = await rest.call("POST", "")
    copied = await rest.call("POST", f"{board['id']}/duplicate/")
    listed = await rest.call("GET", "")

    assert refusal(made) == refusal(copied) == (429, "too_fast")
    assert int(made["Retry-After"]) > 3600
    assert read(made)["error"]["wait_ms"] > 3_600_000
    assert listed.status_code == 200


async def test_reads_and_writes_are_counted_apart(
    rest: Rest, settings: Settings
) -> None:
    board = await rest.make_board()
    settings.BOARD_THROTTLE_WRITE = "2/day"  # making the board was the first
    settings.BOARD_THROTTLE_READ = "1/day"

    written = [await rest.draw(board, [put()]) for _ in range(2)]
    seen = [await rest.call("GET", f"{board['id']}/") for _ in range(2)]

    assert [reply.status_code for reply in written] == [201, 429]
    assert [reply.status_code for reply in seen] == [200, 429]


def test_a_key_is_counted_from_all_addresses(settings: Settings) -> None:
    settings.BOARD_THROTTLE_WRITE = "1/day"

    first, second = (sent_from(address, key="ck_a") for address in ("::1", "10.0.0.1"))
    other = sent_from("10.0.0.1", key="ck_b")

    assert WriteByKey().allow_request(first, APIView())
    assert not WriteByKey().allow_request(second, APIView())
    assert WriteByKey().allow_request(other, APIView())


def test_an_address_is_counted_with_all_keys(settings: Settings) -> None:
    settings.BOARD_THROTTLE_WRITE = "1/day"

    first, second = (sent_from("10.0.0.1", key=key) for key in ("ck_a", "ck_b"))
    other = sent_from("10.0.0.2", key="ck_b")

    assert WriteByAddress().allow_request(first, APIView())
    assert not WriteByAddress().allow_request(second, APIView())
    assert WriteByAddress().allow_request(other, APIView())


async def test_a_forged_forwarded_header_does_not_help(
    rest: Rest, settings: Settings
) -> None:
    settings.BOARD_THROTTLE_CREATE = "1/day"
    await rest.make_board()

    reply = await rest.call("POST", "", X_Forwarded_For="203.0.113.7")

    assert refusal(reply) == (429, "too_fast")


@pytest.fixture
def addresses(settings: Settings) -> None:
    """Callers say their address, as a proxy in front would."""
    settings.BOARD_PROXIES = 1


@pytest.mark.usefixtures("addresses")
async def test_a_board_is_held_back_whoever_writes_but_its_owner(
    rest: Rest, settings: Settings
) -> None:
    # A flood kept owners from freezing their board.
    board = await rest.make_board()
    settings.BOARD_THROTTLE_WRITE = "2/day"
    for n in range(2 * WriteByBoard.ADDRESSES):
        drawn = await rest.draw(board, [put()], X_Forwarded_For=f"10.0.0.{n // 2}")
        assert drawn.status_code == 201

    other = await rest.draw(board, [put()], X_Forwarded_For="10.0.1.1")
    owner = await rest.draw(
        board, [put()], key=board["owner_key"], X_Forwarded_For="10.0.1.2"
    )

    assert refusal(other) == (429, "too_fast")
    assert int(other["Retry-After"]) > 3600
    assert owner.status_code == 201


@pytest.mark.usefixtures("addresses")
async def test_one_address_does_not_use_up_what_a_board_takes(
    rest: Rest, settings: Settings
) -> None:
    board = await rest.make_board()
    settings.BOARD_THROTTLE_WRITE = "2/day"
    for _ in range(2):
        await rest.draw(board, [], X_Forwarded_For="10.0.0.1")  # invalid ones count
    again = await rest.draw(board, [put()], X_Forwarded_For="10.0.0.1")

    other = await rest.draw(board, [put()], X_Forwarded_For="10.0.0.2")

    assert refusal(again) == (429, "too_fast")
    assert other.status_code == 201


async def test_made_up_keys_do_not_wash_away_what_an_address_has_tried(
    rest: Rest, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BOARD_THROTTLE_CREATE = "1/hour"
    for cache in ("default", "claims"):
        monkeypatch.setattr(caches[cache], "_max_entries", 10)
    await rest.make_board()

    for n in range(40):
        await rest.call("GET", "", key=f"ck_made_up_{n}")

    assert refusal(await rest.call("POST", "")) == (429, "too_fast")


@pytest.mark.usefixtures("addresses")
async def test_who_may_not_write_uses_nothing_up(
    rest: Rest, settings: Settings
) -> None:
    # Strangers without a right kept everybody from a board.
    board = await rest.make_board(link_role="none")
    settings.BOARD_THROTTLE_WRITE = "2/day"
    for _ in range(2):
        reply = await rest.draw(board, [put()], X_Forwarded_For="10.0.0.1")
        assert refusal(reply) == (403, "forbidden")
    await Board.objects.filter(pk=board["id"]).aupdate(link_role="edit")

    reply = await rest.draw(board, [put()], X_Forwarded_For="10.0.0.2")

    assert reply.status_code == 201


def test_a_household_does_not_get_a_new_count_with_each_of_its_addresses(
    settings: Settings,
) -> None:
    settings.BOARD_THROTTLE_WRITE = "1/day"

    first, second = (sent_from(f"2001:db8:1:2::{n}", key=f"ck_{n}") for n in (1, 2))
    neighbour = sent_from("2001:db8:1:3::1", key="ck_3")

    assert WriteByAddress().allow_request(first, APIView())
    assert not WriteByAddress().allow_request(second, APIView())
    assert WriteByAddress().allow_request(neighbour, APIView())
