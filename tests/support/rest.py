"""A REST caller for tests: our own application, the real engine, no network.

    board = await rest.make_board(link_role="view")
    entry = await rest.draw(board, [put("a")], id="c1", key=board["owner_key"])

The views run as under Daphne: in a thread, their engine calls on the test's own loop.
"""

import json
from typing import Any, cast

from django.core.signing import Signer
from django.http import HttpResponse
from django.test import AsyncClient

from boards import creator

JsonObject = dict[str, Any]


def put(element_id: str = "e1", **props: object) -> JsonObject:
    """An op that puts a rectangle."""
    box = {"kind": "rect", "id": element_id, "x": 0, "y": 0, "w": 10, "h": 10}
    return {"op": "put", "element": box | props}


def set_(element_id: str = "e1", **props: object) -> JsonObject:
    """An op that sets properties."""
    return {"op": "set", "id": element_id, "props": props}


def fat(element_id: str) -> list[JsonObject]:
    """The ops, one a change, that make an element larger than a change may be."""
    n, long = 10_000, 1.2345678901234567e-300
    pen = {"kind": "pen", "id": element_id, "x": 0, "y": 0, "points": [0, 0]}
    return [
        {"op": "put", "element": pen},
        set_(element_id, points=[long] * (2 * n)),
        set_(element_id, pressure=[long] * n, time=[86_400_000] * n),
    ]


def delete(element_id: str = "e1") -> JsonObject:
    """An op that removes an element."""
    return {"op": "del", "id": element_id}


def refusal(reply: HttpResponse) -> tuple[int, str]:
    """The status and code of a refusal, its shape checked."""
    error = json.loads(reply.content)["error"]
    assert isinstance(error["detail"], str)
    assert error["detail"]
    return reply.status_code, error["code"]


class Rest:
    """Calls below `/api/boards/`; `client` keeps cookies as a browser does."""

    def __init__(self, *, checks_csrf: bool = False) -> None:
        self.client = AsyncClient(enforce_csrf_checks=checks_csrf)

    async def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str | None = None,
        **headers: str,
    ) -> HttpResponse:
        """One request; a body that is no bytes goes out as JSON.

        Args:
            method: GET, POST, …
            path: below `/api/boards/`, or absolute.
            body: what is sent.
            key: an owner key to show.
            headers: further ones, `Accept_Encoding="gzip"`.
        """
        sent = b"" if body is None else body
        if not isinstance(sent, bytes):
            sent = json.dumps(sent).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if key is not None:
            named["Authorization"] = f"Bearer {key}"
        content_type = named.pop("Content-Type", "application/json")
        reply = await self.client.generic(
            method,
            path if path.startswith("/") else f"/api/boards/{path}",
            sent,
            content_type=content_type,
            headers=named,
        )
        return cast(HttpResponse, reply)

    def remember(self, browser: str = "one") -> None:
        """Be a browser that has been on the home page: carry its creator cookie."""
        signed = Signer(salt=creator.SALT).sign(browser)
        self.client.cookies[creator.COOKIE] = signed

    async def make_board(self, **wish: str) -> JsonObject:
        """A new board, as the API shows it to whoever made it."""
        reply = await self.call("POST", "", wish)
        assert reply.status_code == 201, reply.content
        return read(reply)

    async def draw(
        self, board: JsonObject, ops: list[JsonObject], **how: str
    ) -> HttpResponse:
        """Send a change; `id` goes into the body."""
        change: JsonObject = {"ops": ops}
        if "id" in how:
            change["id"] = how.pop("id")
        return await self.call("POST", f"{board['id']}/changes/", change, **how)

    async def elements(self, board: JsonObject, **how: str) -> list[JsonObject]:
        """What is on the board."""
        reply = await self.call("GET", f"{board['id']}/elements/", **how)
        found: list[JsonObject] = read(reply)["elements"]
        return found


def read(reply: HttpResponse) -> JsonObject:
    """The JSON object in a reply."""
    found: JsonObject = json.loads(reply.content)
    return found
