"""Sockets of the check are counted by their address, with those of boards."""

from typing import Any

import pytest
from pytest_django import Settings

from boards import quotas
from boards.check.counted import Counted
from boards.check.routing import websocket_urlpatterns
from boards.quotas import Places, Shared

ADDRESS = Shared("address", "a")
SCOPE: Any = {"type": "websocket", "path": "/", "address": "a"}


async def answered() -> list[str]:
    """What a socket of the check is told that leaves at once."""
    told: list[str] = []

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        told.append(message["type"])

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        assert quotas.places._n_open[ADDRESS] == 1
        await send({"type": "websocket.accept"})

    await Counted(app)(SCOPE, receive, send)
    return told


async def test_one_socket_too_many_of_an_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(quotas, "places", Places())
    settings.BOARD_ADDRESS_SOCKETS = 1

    assert await answered() == ["websocket.accept"]
    assert await answered() == ["websocket.accept"]  # the first counts no more
    quotas.places.take(ADDRESS, 1)  # one on a board

    assert await answered() == ["websocket.close"]
    assert quotas.places._n_open[ADDRESS] == 1


def test_every_socket_of_the_check_is_counted() -> None:
    assert websocket_urlpatterns
    for pattern in websocket_urlpatterns:
        assert isinstance(pattern.callback, Counted)
