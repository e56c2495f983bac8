"""From the address of a server to that of a board's socket."""

import pytest

from boards.replay.address import BadAddress, socket_url


@pytest.mark.parametrize(
    ("server", "board", "socket"),
    [
        ("http://localhost:8000", "abc", "ws://localhost:8000/ws/boards/abc/"),
        ("http://localhost:8000/", "abc", "ws://localhost:8000/ws/boards/abc/"),
        ("https://x.example", "abc", "wss://x.example/ws/boards/abc/"),
        ("https://x.example/draw/", "a", "wss://x.example/draw/ws/boards/a/"),
        ("http://[::1]:80", "../a?b#c", "ws://[::1]:80/ws/boards/..%2Fa%3Fb%23c/"),
    ],
)
def test_a_board_has_one_socket(server: str, board: str, socket: str) -> None:
    assert socket_url(server, board) == socket


@pytest.mark.parametrize("server", ["", "localhost:8000", "ftp://x", "http://", "/b/a"])
def test_other_addresses_are_refused(server: str) -> None:
    with pytest.raises(BadAddress):
        socket_url(server, "abc")
