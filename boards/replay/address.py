"""Where a board is reached: the page's address in, the socket's address out."""

from urllib.parse import quote, urlsplit, urlunsplit

SCHEMES = {"http": "ws", "https": "wss"}


class BadAddress(ValueError):
    """The address is not one of a server."""


def socket_url(server_url: str, board_id: str) -> str:
    """The WebSocket address of a board on this server.

    Raises:
        BadAddress: when `server_url` is not `http(s)://host[:port][/path]`.
    """
    parts = urlsplit(server_url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise BadAddress(f"{server_url!r} is not an http:// or https:// address")
    path = f"{parts.path.rstrip('/')}/ws/boards/{quote(board_id, safe='')}/"
    return urlunsplit((SCHEMES[parts.scheme], parts.netloc, path, "", ""))
