"""What people draw, what they are called and their keys never reach the log.

A real server that logs at its lowest level meets everything a person or a program says,
taken and refused; then the whole log is searched.
"""

import json
from collections.abc import Iterator

import pytest
from django.core.signing import Signer

from boards import creator
from tests.support import plain_http
from tests.support.raw import JsonObject, Site, dot, entered, raw
from tests.support.server import BASE_ENV, running_server

MARK = "wOrDsOfAnN"
BROWSER = "t0kenOfAnn" * 3
pytestmark = pytest.mark.faults


@pytest.fixture
def chatty(sqlite_url: str) -> Iterator[Site]:
    """A server that says all it can."""
    env = {"DATABASE_URL": sqlite_url, "BOARD_LOG_LEVEL": "DEBUG"}
    with running_server(env) as server:
        yield Site(server)


def rest(site: Site, method: str, path: str, **how: object) -> None:
    """One call, taken or refused."""
    reply = plain_http.request(method, site.server.url + path, timeout=30, **how)  # type: ignore[arg-type]
    assert reply.status_code < 500, (path, reply.status_code)


def cookie() -> str:
    """The signed cookie of Ann's browser."""

    signer = Signer(key=BASE_ENV["DJANGO_SECRET_KEY"], salt=creator.SALT)
    return signer.sign(BROWSER)


async def test_the_log_holds_no_content_no_name_and_no_key(chatty: Site) -> None:
    board = chatty.make_board()
    key = board["owner_key"]
    use_rest(chatty, board)

    words = {"kind": "text", "id": "t", "x": 0, "y": 0, "text": MARK, "alt": MARK}
    spoilt = {"type": "submit", "id": "c2", "ops": [{"op": MARK}]}
    hello = {"client": "ann", "name": MARK, "token": key}
    async with entered(chatty.url(board), **hello) as socket:
        await socket.submit("c1", {"op": "put", "element": words})
        await socket.say(spoilt)
        await socket.say({"type": "live", "chat": MARK, "editing": "t"})
        await socket.barrier()
        await socket.say(MARK)
        await socket.closed()
    async with raw(chatty.url(board)) as socket:
        await socket.say({"type": "hello", "protocol": 1, "token": f"ck_{MARK}"})
        await socket.closed()
    headers = {"Cookie": f"{creator.COOKIE}={cookie()}", "Origin": chatty.server.url}
    async with raw(chatty.url(board), additional_headers=headers) as socket:
        await socket.say({"type": "hello", "protocol": 1, "client": "c", "name": MARK})
        await socket.next("welcome")
    chatty.server.stop()

    log = chatty.server.log
    assert "DEBUG" in log
    assert board["id"] in log  # it does say where something happened
    for secret in (MARK, key, key.removeprefix("ck_"), BROWSER, cookie()):
        assert secret not in log, [line for line in log.splitlines() if secret in line]


def use_rest(site: Site, board: JsonObject) -> None:
    """Say the words in every call that takes some, also where they are refused."""
    path, key = f"/api/boards/{board['id']}/", board["owner_key"]
    bearer = {"Authorization": f"Bearer {key}"}
    element = dot()["element"] | {"alt": MARK}
    change = {"ops": [{"op": "put", "element": element}]}
    drawing = json.dumps({"type": "chalkline", "title": MARK, "elements": [element]})
    rest(site, "PATCH", path, json={"title": MARK}, headers=bearer)
    rest(site, "PATCH", path, json={MARK: 1}, headers=bearer)
    rest(site, "PATCH", path, json={"title": MARK}, headers={"Authorization": MARK})
    rest(site, "GET", path, headers={"Authorization": f"Bearer {MARK}"})
    rest(site, "GET", path, headers=bearer | {"Cookie": f"a={MARK}; sessionid={MARK}"})
    rest(site, "POST", f"{path}changes/", json=change, headers=bearer)
    rest(site, "POST", f"{path}changes/", content=MARK.encode(), headers=bearer)
    rest(site, "POST", f"{path}duplicate/", json={"title": MARK}, headers=bearer)
    rest(site, "POST", f"{path}import/", content=drawing.encode(), headers=bearer)
    rest(site, "POST", "/api/boards/import/", content=drawing.encode())
    rest(
        site, "POST", f"{path}assets/", content=f"<svg>{MARK}".encode(), headers=bearer
    )
    rest(site, "POST", "/", content=f"title={MARK}".encode())
    rest(site, "POST", "/admin/login/", content=f"password={MARK}".encode())
