"""Headers by which a caller would tell a real server where it is, or who calls."""

from collections.abc import Iterator

import pytest

from tests.support import plain_http
from tests.support.server import Server, running_server, serve_command
from tests.support.waiting import free_port

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def server(sqlite_module_url: str) -> Iterator[Server]:
    """A server that believes a proxy, whose operator did not say how many there are."""
    port = free_port()
    command = serve_command(port, "--proxy-headers")
    env = {"DATABASE_URL": sqlite_module_url, "BOARD_THROTTLE_CREATE": "1/day"}
    with running_server(env, command=command, port=port) as running:
        yield running


@pytest.mark.parametrize("root", ["/evil", "//evil.example", "\xe9"])
def test_a_caller_does_not_move_the_site(server: Server, root: str) -> None:
    reply = plain_http.get(
        f"{server.url}/", headers=[(b"Daphne-Root-Path", root.encode("latin1"))]
    )

    assert reply.status_code == 200
    assert "evil" not in reply.text


def test_without_a_number_of_proxies_nobody_chooses_an_address(server: Server) -> None:
    statuses = [
        plain_http.post(
            f"{server.url}/api/boards/", headers={"X-Forwarded-For": f"203.0.113.{n}"}
        ).status_code
        for n in range(2)
    ]

    assert statuses == [201, 429]
