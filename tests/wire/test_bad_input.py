"""What bad input gets: a reject or a close with the path of the fault, and no more."""

import json
import re
from typing import Any

import msgspec
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.support.convergence import RestBoard
from tests.support.server import Server
from tests.support.sockets import joined

pytestmark = pytest.mark.faults

HELLO = {"type": "hello", "protocol": 1, "client": "stranger"}
RECT = {"kind": "rect", "id": "a", "x": 0, "y": 0, "w": 1, "h": 1}
PEN = {"kind": "pen", "id": "a", "x": 0, "y": 0, "points": [0, 0]}
MAX_LOG_CHARS = 1_000  # a line about a refusal, with its time and its level


async def closed_after(url: str, *frames: str | bytes) -> tuple[int | None, str]:
    """Send these frames on a new socket; the close code and the last notice."""
    detail = ""
    async with connect(url, proxy=None, max_size=None) as socket:
        try:
            for frame in frames:
                await socket.send(frame)
            async for text in socket:
                said = msgspec.json.decode(text)
                detail = said.get("detail", detail)
        except ConnectionClosed:
            pass
        return socket.close_code, detail


def hello(**fields: Any) -> str:
    return json.dumps({**HELLO, **fields})


@pytest.mark.parametrize(
    ("frame", "code", "fault"),
    [
        ("{", 4000, "not JSON"),
        ("", 4000, "not JSON"),
        ("null", 4000, "object"),
        ("[" * 100_000, 4000, "object|not JSON"),
        (b"\x00\xff", 4000, "text"),
        ('{"type":"hullo"}', 4000, "hullo"),
        ('{"type":"submit","id":"a","ops":[]}', 4000, "ops|hello"),
        ('{"type":"ping","seq":0}', 4000, "first frame must be hello"),
        ('{"type":"live","cursor":[0,0]}', 4000, "first frame must be hello"),
        (hello(admin=True), 4000, "admin"),
        (hello(since=-1), 4000, r"\$\.since"),
        (hello(since=1e300), 4000, r"\$\.since"),
        (hello(client="<script>"), 4000, r"\$\.client"),
        (hello(name="x" * 65), 4000, r"\$\.name"),
        (hello(name="a\nb"), 4000, r"\$\.name"),
        (hello(color="red"), 4000, r"\$\.color"),
        (hello(token="x" * 201), 4000, r"\$\.token"),
        (hello(protocol=0), 4001, "protocol 1"),
        (hello(protocol=2), 4001, "protocol 1"),
        (hello(token="ck_wrong"), 4003, "key"),
        ("x" * 600_000, 4000, "bytes"),
    ],
)
async def test_a_first_frame_that_is_no_hello_ends_it(
    url: str, site: Server, frame: str | bytes, code: int, fault: str
) -> None:
    n_before = len(site.log)

    got, detail = await closed_after(url, frame)

    assert got == code
    assert re.search(fault, detail), detail
    assert len(site.log) - n_before < 2 * MAX_LOG_CHARS


@pytest.mark.parametrize(
    ("op", "fault"),
    [
        ({"op": "put", "element": {**RECT, "kind": "virus"}}, "virus"),
        ({"op": "put", "element": {**RECT, "id": "<script>alert(1)"}}, r"element\.id"),
        ({"op": "put", "element": {**RECT, "id": "a\n"}}, r"element\.id"),
        ({"op": "put", "element": {**RECT, "id": "../../etc"}}, r"element\.id"),
        ({"op": "put", "element": {**RECT, "x": 1e8}}, r"element\.x"),
        ({"op": "put", "element": {**RECT, "w": -1}}, r"element\.w"),
        ({"op": "put", "element": {**RECT, "x": "0; DROP TABLE"}}, r"element\.x"),
        ({"op": "put", "element": {**RECT, "onload": "x()"}}, "onload"),
        ({"op": "put", "element": {**RECT, "fill": "url(#a)"}}, r"element\.fill"),
        ({"op": "put", "element": {**RECT, "link": "javascript:x"}}, r"element\.link"),
        ({"op": "put", "element": {**PEN, "points": [0, 0, 1]}}, "even"),
        ({"op": "put", "element": {**PEN, "points": [0] * 20_002}}, r"points"),
        ({"op": "put", "element": {**PEN, "pressure": [0.5, 0.5]}}, "pressure"),
        ({"op": "set", "id": "a", "props": {"id": "b"}}, "id"),
        ({"op": "set", "id": "a", "props": {"opacity": 2}}, "opacity"),
        ({"op": "drop", "id": "a"}, "drop"),
        ({"op": "del"}, "id"),
        (17, r"ops\[0\]"),
    ],
)
async def test_J5_a_bad_op_rejects_its_change_and_nothing_else(
    url: str, board: RestBoard, op: object, fault: str
) -> None:
    good = {"op": "put", "element": {**RECT, "id": "good"}}
    async with joined(url, name="Ada") as ada:
        await ada.say(json.dumps({"type": "submit", "id": "bad", "ops": [op, good]}))

        reject = await ada.expect_reject("bad")

        assert (reject.code, reject.retry) == ("invalid", False)
        assert re.search(fault, reject.detail), reject.detail
        assert "$" in reject.detail
        assert len(reject.detail) <= 300
        assert (await ada.draw()).seq == 1
    assert len(board.elements().elements) == 1


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
async def test_numbers_that_json_does_not_have_end_it(url: str, number: str) -> None:
    text = json.dumps(
        {"type": "submit", "id": "bad", "ops": [{"op": "put", "element": RECT}]}
    )
    async with joined(url) as ada:
        await ada.say(text.replace('"x": 0', f'"x": {number}'))

        await ada.until(
            lambda: "bad" in ada.rejects or ada.close_code == 4000, "a refusal"
        )


async def test_too_many_ops_are_rejected_whole(url: str, board: RestBoard) -> None:
    ops = [{"op": "del", "id": "a"}] * 10_000
    async with joined(url) as ada:
        await ada.say(json.dumps({"type": "submit", "id": "many", "ops": ops}))

        reject = await ada.expect_reject("many")

    assert "1000" in reject.detail
    assert board.elements().seq == 0


async def test_a_frame_over_the_limit_costs_only_its_sender(
    url: str, board: RestBoard
) -> None:
    ops = [{"op": "del", "id": "a"}] * 100_000
    async with joined(url, name="Bob") as bob, joined(url, name="Ada") as ada:
        await ada.say(json.dumps({"type": "submit", "id": "huge", "ops": ops}))

        await ada.until(
            lambda: "huge" in ada.rejects or ada.close_code is not None, "a refusal"
        )

        assert (await bob.draw()).seq == 1
    assert board.elements().seq == 1


@pytest.mark.parametrize(
    "frame",
    [
        "{",
        b"\x00",
        '{"type":"live","cursor":[1e8,0]}',
        '{"type":"live","tool":"<b>"}',
        '{"type":"ping","seq":-1}',
        '{"type":"ping","seq":0,"evil":1}',
        '{"type":"welcome"}',
        hello(),
    ],
)
async def test_other_bad_frames_close_one_socket(url: str, frame: str | bytes) -> None:
    async with joined(url, name="Bob") as bob, joined(url, name="Ada") as ada:
        await ada.say(frame)

        await ada.expect_closed(4000)

        await bob.expect_gone("Ada")
        await bob.draw()


async def test_P4_words_of_markup_are_plain_text(url: str, board: RestBoard) -> None:
    name = "<img src=x onerror=alert(1)>'; DROP TABLE boards_board; --"
    async with joined(url, name=name) as ada, joined(url) as bob:
        await bob.expect_peer(name)

        entry = await ada.draw()

        assert entry.by.name == name
    assert board.elements().seq == 1


@pytest.mark.parametrize("board_id", ["nope", "..%2F..%2Fetc", "%00", "a" * 500, "é"])
async def test_a_board_that_does_not_exist_is_refused(
    site: Server, board_id: str
) -> None:
    try:
        code, _ = await closed_after(site.socket_url(board_id), hello())
    except InvalidStatus as refused:
        code = refused.response.status_code

    assert code in (4004, 403, 404)


async def test_A1_a_page_of_another_site_is_refused_at_the_door(url: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with connect(url, proxy=None, origin="https://evil.example"):  # type: ignore[arg-type]  # a new type of str
            pass

    assert refused.value.response.status_code == 403
