"""Snapshots and elements by REST."""

import gzip
import json

import pytest

from api import sending
from api.document import accepts_gzip
from boards.outgoing import Burden
from tests.support.rest import Rest, delete, put, read, refusal, set_


async def test_a_snapshot_is_sent_packed_with_an_etag_for_ever(rest: Rest) -> None:
    board = await rest.make_board()
    await rest.draw(board, [put("a", z="a1")])

    reply = await rest.call(
        "GET", f"{board['id']}/snapshot/?seq=1", Accept_Encoding="gzip, br"
    )

    document = json.loads(gzip.decompress(reply.content))
    assert document == {"seq": 1, "elements": [put("a", z="a1")["element"]]}
    assert reply["Content-Encoding"] == "gzip"
    assert reply["Cache-Control"] == "private, max-age=31536000, immutable"
    assert reply["ETag"].startswith('"1-')
    assert {"Accept-Encoding", "Authorization", "Cookie"} <= set(
        reply["Vary"].split(", ")
    )


async def test_a_caller_without_gzip_gets_it_plain(rest: Rest) -> None:
    board = await rest.make_board()
    await rest.draw(board, [put()])
    path = f"{board['id']}/snapshot/?seq=1"

    plain = await rest.call("GET", path, Accept_Encoding="identity")
    packed = await rest.call("GET", path, Accept_Encoding="gzip")

    assert "Content-Encoding" not in plain
    assert plain.content == gzip.decompress(packed.content)
    assert plain["ETag"] != packed["ETag"]


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
async def test_a_known_etag_costs_no_body(rest: Rest, encoding: str) -> None:
    board = await rest.make_board()
    await rest.draw(board, [put()])
    path = f"{board['id']}/snapshot/?seq=1"
    first = await rest.call("GET", path, Accept_Encoding=encoding)

    again = await rest.call(
        "GET", path, Accept_Encoding=encoding, If_None_Match=first["ETag"]
    )

    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"]


async def test_a_snapshot_is_unpacked_once_there_is_room(
    rest: Rest, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, unpacked = Burden(most=200), list[int]()
    monkeypatch.setattr(sending, "outgoing", held)
    monkeypatch.setattr(sending, "LARGE_BYTES", 1)
    unpack = gzip.decompress

    def decompress(body: bytes) -> bytes:
        plain = unpack(body)
        unpacked.append(len(plain))
        return plain

    board = await rest.make_board()
    await rest.draw(board, [put("a")])
    path = f"{board['id']}/snapshot/?seq=1"
    held.hold("another", "elsewhere", 190)  # room for it packed
    monkeypatch.setattr("api.document.gzip.decompress", decompress)

    refused = await rest.call("GET", path)

    assert refusal(refused) == (503, "busy")
    assert unpacked == []

    held.let_go("another")
    served = await rest.call("GET", path)

    assert unpacked == [len(served.content)]


async def test_the_newest_snapshot_is_asked_for_again(rest: Rest) -> None:
    board = await rest.make_board()

    reply = await rest.call("GET", f"{board['id']}/snapshot/")

    assert read(reply) == {"seq": 0, "elements": []}
    assert reply["Cache-Control"] == "private, no-cache"


async def test_a_known_etag_opens_no_private_board(rest: Rest) -> None:
    board = await rest.make_board(link_role="none")
    path = f"{board['id']}/snapshot/?seq=0"
    owner = await rest.call("GET", path, key=board["owner_key"])

    stranger = await rest.call("GET", path, If_None_Match=owner["ETag"])

    assert refusal(stranger) == (403, "forbidden")


async def test_what_is_beyond_the_head_is_not_found(rest: Rest) -> None:
    board = await rest.make_board()

    for name in ("snapshot", "elements"):
        reply = await rest.call("GET", f"{board['id']}/{name}/?seq=1")
        assert refusal(reply) == (404, "not_found")


async def test_elements_come_in_paint_order_now_and_then(rest: Rest) -> None:
    board = await rest.make_board()
    await rest.draw(board, [put("b", z="a1"), put("a", z="a1"), put("c", z="a0")])
    await rest.draw(board, [set_("c", z="a2"), delete("a")])

    now = read(await rest.call("GET", f"{board['id']}/elements/"))
    then = read(await rest.call("GET", f"{board['id']}/elements/?seq=1"))

    assert (now["seq"], then["seq"]) == (2, 1)
    assert [each["id"] for each in now["elements"]] == ["b", "c"]
    assert [each["id"] for each in then["elements"]] == ["c", "a", "b"]


async def test_D5_snapshot_and_elements_tell_the_same(rest: Rest) -> None:
    board = await rest.make_board()
    for n in range(4):
        await rest.draw(board, [put(f"e{n}"), set_("e0", x=n)])

    snapshot = read(await rest.call("GET", f"{board['id']}/snapshot/?seq=4"))
    elements = read(await rest.call("GET", f"{board['id']}/elements/"))

    assert snapshot == elements


async def test_an_element_tells_who_made_it_and_who_changed_it_last(rest: Rest) -> None:
    board = await rest.make_board()
    ink = {"kind": "pen", "id": "ink", "x": 0, "y": 0, "points": [0, 0]}
    arrow = {**ink, "kind": "arrow", "id": "a", "end": {"id": "ink", "x": 0, "y": 0}}
    piece = {**ink, "id": "piece", "origin": "ink"}
    await rest.draw(board, [{"op": "put", "element": arrow}])
    await rest.draw(board, [{"op": "put", "element": ink}])
    await rest.draw(board, [set_("ink", x=5)])
    await rest.draw(board, [{"op": "put", "element": piece}, delete("ink")])

    seqs = {}
    for name in ("ink", "piece", "a"):
        reply = await rest.call("GET", f"{board['id']}/elements/{name}/")
        told = read(reply)
        assert told["made"]["by"]["session"]
        seqs[name] = told["made"]["seq"], told["changed"]["seq"], told.get("origin")

    assert seqs == {"ink": (2, 4, None), "piece": (2, 4, "ink"), "a": (1, 1, None)}


async def test_an_origin_that_never_was_is_not_believed(rest: Rest) -> None:
    board = await rest.make_board()
    ink = {"kind": "pen", "id": "ink", "x": 0, "y": 0, "points": [0, 0]}
    await rest.draw(board, [{"op": "put", "element": {**ink, "origin": "later"}}])
    await rest.draw(board, [{"op": "put", "element": {**ink, "id": "later"}}])

    told = read(await rest.call("GET", f"{board['id']}/elements/ink/"))

    assert told["made"]["seq"] == 1
    assert "origin" not in told


@pytest.mark.parametrize("name", ["never", "%25", '"', "a" * 500])
async def test_an_element_that_never_was_is_not_found(rest: Rest, name: str) -> None:
    board = await rest.make_board()
    await rest.draw(board, [put()])

    reply = await rest.call("GET", f"{board['id']}/elements/{name}/")

    assert refusal(reply) == (404, "not_found")


@pytest.mark.parametrize(
    ("header", "accepts"),
    [
        ("", False),
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("deflate, gzip;q=1.0, *;q=0", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("*", True),
        ("x-gzip-like", False),
        ("," * 100_000, False),
    ],
)
def test_accept_encoding_is_read(header: str, accepts: bool) -> None:
    assert accepts_gzip(header) is accepts
