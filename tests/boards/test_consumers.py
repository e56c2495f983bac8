"""What bad input gets on a socket: a reject or a close, and nothing else happens.

Over a real Daphne process. After each hostile frame the board is unchanged, the log has
at most a line about it and none of its content, and other sockets go on.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from django.core.signing import Signer
from websockets.exceptions import InvalidStatus
from websockets.frames import Frame, Opcode

from boards import creator
from boards.consumers import HELLO_WITHIN_S, BoardConsumer
from boards.sync.protocol import MAX_FRAME_BYTES
from tests.support import plain_http
from tests.support.raw import HELLO, JsonObject, RawSocket, Site, dot, entered, raw

SECRET = "ch4lkl1ne-s3cret"  # in hostile frames; must never be in the log
SECRET_KEY = "only-for-tests-" + "0" * 32  # the server's, to sign cookies with

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def board(site: Site) -> JsonObject:
    """A board that all hostile frames aim at, with one entry on it."""
    return site.make_board()


@pytest_asyncio.fixture
async def bystander(site: Site, board: JsonObject) -> AsyncIterator[RawSocket]:
    """Somebody on the board who must not notice anything.

    At the end the board is as it was, the log clean, and the bystander still draws.
    """
    before = site.entries(board)
    log_before = len(site.server.log)
    async with entered(site.url(board), client="bystander") as socket:
        yield socket
        await socket.barrier()
        assert await asyncio.to_thread(site.entries, board) == before
        change_id = f"bystander-{len(before)}"
        await socket.submit(change_id)
        entries = await socket.next("entries")
        assert entries["entries"][-1]["id"] == change_id
    logged = site.server.log[log_before:]
    assert SECRET not in logged
    assert "Traceback" not in logged


def rect(**props: Any) -> JsonObject:
    """An op that puts a rectangle with anything in it."""
    box = {"kind": "rect", "id": "r", "x": 0, "y": 0, "w": 1, "h": 1}
    return {"op": "put", "element": box | props}


def submit(*ops: object, **fields: Any) -> str:
    """A submit frame with anything in it."""
    return json.dumps({"type": "submit", "id": "bad", "ops": list(ops)} | fields)


def raw_number(number: str) -> str:
    """A submit with a number as it is written."""
    return submit(rect(x="NUMBER")).replace('"NUMBER"', number)


SCRIPT = f"<script>alert('{SECRET}')</script>"
REJECTED = {
    "number-out-of-bounds": (submit(rect(x=1e7 + 1)), "$.ops[0].element.x"),
    "number-far-out": (raw_number("1e308"), "$.ops[0].element.x"),
    "beyond-double": (raw_number("1e400"), "out of range"),
    "negative-width": (submit(rect(w=-1)), "$.ops[0].element.w"),
    "huge-integer": (raw_number("9" * 400), "$.ops[0].element"),
    "text-for-number": (submit(rect(x=SECRET)), "$.ops[0].element.x"),
    "null-for-number": (submit(rect(x=None)), "$.ops[0].element.x"),
    "script-in-element-id": (submit(rect(id=SCRIPT)), "$.ops[0].element.id"),
    "sql-in-element-id": (submit(rect(id="'; DROP TABLE x--")), "$.ops[0].element.id"),
    "path-in-element-id": (submit(rect(id="../../etc")), "$.ops[0].element.id"),
    "newline-after-id": (submit(rect(id="a\n")), "$.ops[0].element.id"),
    "long-id": (submit(rect(id="a" * 65)), "$.ops[0].element.id"),
    "unknown-field": (submit(rect(**{SECRET: 1})), "$.ops[0].element"),
    "unknown-kind": (submit(rect(kind="image2")), "$.ops[0].element"),
    "unknown-op": (submit({"op": "eval", "id": "a"}), "$.ops[0]"),
    "unknown-frame-field": (submit(dot(), evil=SECRET), "unknown field"),
    "op-is-no-object": (submit(7), "$.ops[0]"),
    "no-ops": (submit(), "$.ops"),
    "1001-ops": (submit(*[{"op": "del", "id": "a"}] * 1001), "$.ops"),
    "odd-points": (
        submit({"op": "put", "element": dot()["element"] | {"points": [1, 2, 3]}}),
        "$.ops[0].element",
    ),
    "script-in-colour": (
        submit(rect(fill="url(javascript:1)")),
        "$.ops[0].element.fill",
    ),
    "script-in-link": (
        submit(rect(link="javascript:alert(1)")),
        "$.ops[0].element.link",
    ),
    "set-of-id": (
        submit({"op": "set", "id": "a", "props": {"id": "b"}}),
        "$.ops[0].props",
    ),
    "set-out-of-bounds": (
        submit({"op": "set", "id": "a", "props": {"opacity": 2}}),
        "$.ops[0].props.opacity",
    ),
}


@pytest.mark.parametrize(
    ("frame", "path"), list(REJECTED.values()), ids=list(REJECTED.keys())
)
async def test_a_bad_change_is_rejected_with_the_path_of_the_fault(
    site: Site, board: JsonObject, bystander: RawSocket, frame: str, path: str
):
    async with entered(site.url(board)) as socket:
        await socket.say(frame)

        reject = await socket.next("reject")

        assert (reject["id"], reject["code"]) == ("bad", "invalid")
        assert reject["retry"] is False
        assert path in reject["detail"]
        assert len(reject["detail"]) <= 300
        await socket.barrier()  # the socket goes on


def nested(depth: int) -> str:
    """Brackets in brackets."""
    return '{"type":"submit","id":"bad","ops":' + "[" * depth + "]" * depth + "}"


CLOSED = {
    "no-json": SECRET,
    "half-json": '{"type":"submit","id":"bad","ops":[',
    "nan": raw_number("NaN"),
    "infinity": raw_number("-Infinity"),
    "empty": "",
    "null": "null",
    "list": '["submit"]',
    "number": "1" * 5_000,
    "binary": b"\x00\x01\x02",
    "json-as-binary": submit(dot()).encode(),
    "no-type": json.dumps({"id": "bad", "ops": [dot()]}),
    "unknown-type": json.dumps({"type": SECRET}),
    "server-type": json.dumps({"type": "entries", "entries": []}),
    "type-is-number": json.dumps({"type": 7}),
    "change-id-with-script": submit(dot(), id=SCRIPT),
    "change-id-empty": submit(dot(), id=""),
    "change-id-long": submit(dot(), id="a" * 65),
    "change-id-missing": json.dumps({"type": "submit", "ops": [dot()]}),
    "deep": nested(100_000),
    "second-hello": json.dumps(HELLO),
    "ping-without-seq": json.dumps({"type": "ping"}),
    "ping-negative": json.dumps({"type": "ping", "seq": -1}),
    "live-cursor-out-of-bounds": json.dumps({"type": "live", "cursor": [1e9, 0]}),
    "live-as-another": json.dumps({"type": "live", "session": "x", "cursor": [0, 0]}),
    "live-draft-of-201": json.dumps({"type": "live", "draft": [dot()] * 201}),
    "lone-surrogate": submit(dot()).replace("bad", "\\ud800"),
    "nul": '{"type":"live","tool":"\\u0000"}',
}


@pytest.mark.parametrize("frame", list(CLOSED.values()), ids=list(CLOSED.keys()))
async def test_a_bad_frame_closes_the_socket_for_good(
    site: Site, board: JsonObject, bystander: RawSocket, frame: str | bytes
):
    async with entered(site.url(board)) as socket:
        n_before = len(site.server.log_lines())
        await socket.say(frame)

        code = await socket.closed()

        assert code == 4000
        (notice,) = socket.seen("notice")
        assert notice["code"] == "invalid"
        assert 0 < len(notice["detail"]) <= 300
        logged = site.server.log_lines()[n_before:]
        refused = [line for line in logged if "refuse" in line["message"]]
        assert len(refused) <= 1


async def test_a_frame_that_is_not_utf8_is_closed_by_the_server(
    site: Site, board: JsonObject, bystander: RawSocket
):
    async with entered(site.url(board)) as socket:
        frame = Frame(Opcode.TEXT, b'{"type":"submit","id":"\xff\xfe"}')
        wire = frame.serialize(mask=True, extensions=[])
        socket.socket.transport.write(wire)

        assert await socket.closed() in (1007, 1006)


async def test_a_frame_over_the_limit_is_refused(
    site: Site, board: JsonObject, bystander: RawSocket
):
    async with entered(site.url(board)) as socket:
        too_large = submit(dot(), pad=SECRET * (MAX_FRAME_BYTES // len(SECRET)))
        await socket.say(too_large)

        reject = await socket.next("reject")

        assert (reject["code"], reject["retry"]) == ("too_large", False)


async def test_the_limit_counts_bytes_not_characters(
    site: Site, board: JsonObject, bystander: RawSocket
):
    """A quarter of the limit in characters of four bytes got through."""
    async with entered(site.url(board)) as socket:
        text = "🖍" * (MAX_FRAME_BYTES // 4)
        await socket.say(json.dumps({"type": "live", "tool": text}, ensure_ascii=False))

        assert await socket.closed() == 4000
        assert socket.seen("notice")[0]["code"] == "too_large"


async def test_a_message_over_daphnes_limit_is_closed(
    site: Site, board: JsonObject, bystander: RawSocket
):
    async with entered(site.url(board)) as socket:
        await socket.say("x" * (1024 * 1024 + 1))

        assert await socket.closed() in (1009, 1006)


async def test_a_hundred_thousand_ops_are_refused(
    site: Site, board: JsonObject, bystander: RawSocket
):
    async with entered(site.url(board)) as socket:
        op = '{"op":"del","id":"a"}'
        ops = ",".join([op] * 100_000)
        await socket.say(f'{{"type":"submit","id":"bad","ops":[{ops}]}}')

        assert await socket.closed() in (1009, 1006, 4000)  # two megabytes

    async with entered(site.url(board)) as socket:
        ops = ",".join(["0"] * 100_000)  # as many as the size limit lets through
        await socket.say(f'{{"type":"submit","id":"bad","ops":[{ops}]}}')

        assert (await socket.next("reject"))["code"] == "invalid"


# --- before hello ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "frame",
    [
        submit(dot()),
        json.dumps({"type": "live", "cursor": [0, 0]}),
        json.dumps({"type": "ping", "seq": 0}),
        SECRET,
        b"\x00",
        json.dumps(HELLO | {"client": ""}),
        json.dumps(HELLO | {"client": SCRIPT}),
        json.dumps(HELLO | {"name": "a\nb"}),
        json.dumps(HELLO | {"name": "x" * 65}),
        json.dumps(HELLO | {"color": "red;}"}),
        json.dumps(HELLO | {"since": -1}),
        json.dumps(HELLO | {"since": 2**53}),
        json.dumps(HELLO | {"session": "mine"}),
        json.dumps(HELLO | {"token": "x" * 201}),
        json.dumps({"type": "hello", "client": "c"}),
    ],
)
async def test_anything_but_a_proper_hello_is_closed(
    site: Site, board: JsonObject, bystander: RawSocket, frame: str | bytes
):
    async with raw(site.url(board)) as socket:
        await socket.say(frame)

        assert await socket.closed() == 4000
        assert socket.seen("welcome") == []


@pytest.mark.parametrize("protocol", [0, 2, 1_000_000])
async def test_another_protocol_is_told_to_reload(
    site: Site, board: JsonObject, bystander: RawSocket, protocol: int
):
    async with raw(site.url(board)) as socket:
        await socket.say(HELLO | {"protocol": protocol})

        assert await socket.closed() == 4001
        assert socket.seen("notice")[0]["code"] == "unsupported"


async def test_a_socket_that_says_nothing_is_closed(
    site: Site, board: JsonObject, bystander: RawSocket
):
    async with raw(site.url(board)) as socket:
        assert await socket.closed() == 4000
        assert str(int(HELLO_WITHIN_S)) in socket.seen("notice")[0]["detail"]


def test_what_is_said_before_the_welcome_is_bounded_in_size() -> None:
    """A hundred frames of a megabyte were kept while the database thought."""
    consumer = BoardConsumer()
    consumer._early = ["x" * MAX_FRAME_BYTES]

    assert not consumer._is_too_early("x" * MAX_FRAME_BYTES)
    consumer._early *= 2
    assert consumer._is_too_early("x")


@pytest.mark.parametrize(
    "board_id",
    [
        "never-was",
        "a" * 32,
        "a" * 33,
        "a" * 5_000,
        "%00",
        "%2e%2e%2f%2e%2e",
        "%27%20OR%201=1--",
        "%3Cscript%3E",
        "%F0%9F%96%8D",
        "%ff%fe",
    ],
)
async def test_a_board_that_is_not_there_is_refused_before_it_costs_a_room(
    site: Site, board: JsonObject, bystander: RawSocket, board_id: str
):
    url = site.server.socket_url(board_id)
    try:
        async with raw(url) as socket:
            await socket.say(HELLO)
            assert await socket.closed() == 4004
            assert socket.seen("notice")[0]["code"] == "not_found"
    except InvalidStatus as refused:
        assert refused.response.status_code in (400, 403, 404)


@pytest.mark.parametrize(
    "path", ["/ws/boards//", "/ws/boards/a/b/", "/ws/", "/ws/boards/a", "/"]
)
async def test_a_path_without_a_socket_is_refused_at_the_handshake(
    site: Site, board: JsonObject, bystander: RawSocket, path: str
):
    url = site.server.url.replace("http", "ws", 1) + path

    with pytest.raises(InvalidStatus) as refused:
        async with raw(url):
            pass

    assert refused.value.response.status_code in (403, 404)


# --- origin and cookies ---------------------------------------------------------------


def creator_cookie(browser: str) -> str:
    """A creator cookie, signed as the server signs it."""
    return Signer(key=SECRET_KEY, salt=creator.SALT).sign(browser)


def make_board_in(site: Site, browser: str) -> JsonObject:
    """A board made by a browser with a creator cookie."""
    with plain_http.Client(cookies={creator.COOKIE: creator_cookie(browser)}) as client:
        token = client.get(f"{site.server.url}/").cookies["csrftoken"]
        headers = {"X-CSRFToken": token, "Referer": site.server.url}
        url = f"{site.server.url}/api/boards/"
        board: JsonObject = client.post(url, json={}, headers=headers).json()
        return board


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "javascript:"]
)
async def test_a_foreign_page_is_refused_at_the_handshake(
    site: Site, board: JsonObject, bystander: RawSocket, origin: str
):
    with pytest.raises(InvalidStatus) as refused:
        async with raw(site.url(board), origin=origin):
            pass

    assert refused.value.response.status_code in (403, 400)


@pytest.mark.parametrize(("has_origin", "role"), [(True, "own"), (False, "edit")])
async def test_a_cookie_counts_on_our_own_page_only(
    site: Site, has_origin: bool, role: str
):
    board = await asyncio.to_thread(make_board_in, site, "browser-one")
    cookie = {"Cookie": f"{creator.COOKIE}={creator_cookie('browser-one')}"}
    origin = site.server.url if has_origin else None

    async with raw(site.url(board), origin=origin, additional_headers=cookie) as socket:
        await socket.say(HELLO)
        welcome = await socket.next("welcome")

    assert welcome["role"] == role


async def test_a_forged_cookie_owns_nothing(site: Site):
    board = await asyncio.to_thread(make_board_in, site, "browser-two")
    cookie = {"Cookie": f"{creator.COOKIE}=browser-two:{'A' * 43}"}

    async with raw(
        site.url(board), origin=site.server.url, additional_headers=cookie
    ) as socket:
        await socket.say(HELLO)
        welcome = await socket.next("welcome")

    assert welcome["role"] == "edit"
