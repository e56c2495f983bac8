"""Bad input by REST: always a refusal with the one shape, never a 500."""

import json
import string
from contextlib import suppress
from urllib.parse import quote, urlencode

import pytest
from django.core.exceptions import SuspiciousOperation as BadRequest
from django.db import OperationalError
from django.http import UnreadablePostError
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rest_framework.exceptions import ParseError

from api import errors
from api.body import MAX_BODY_BYTES
from boards.sync.refusals import Code, Refused
from tests.support.rest import Rest, put, read, refusal

# What the API may answer to a caller's mistakes; 405 is the word for a wrong method.
REFUSALS = {400, 403, 404, 405, 409, 413, 429}

NASTY_BODIES = [
    b"",
    b" ",
    b"null",
    b"[]",
    b"0",
    b'"text"',
    b"{",
    b"{}",
    b"\xff\xfe\x00",
    b'\xef\xbb\xbf{"ops":[]}',
    b'{"ops":[{"op":"del","id":"\xc3\x28"}]}',
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"ops":' + b"[" * 100_000,
    b'{"ops":[' + b'{"op":"put","element":' * 20_000,
    b'{"ops":[]}',
    b'{"ops":null,"id":null}',
    b'{"ops":{"op":"put"}}',
    b'{"ops":[{"op":"launch"}]}',
    b'{"ops":[{"op":"del","id":"' + b"x" * 65 + b'"}]}',
    b'{"ops":[{"op":"del","id":"<script>alert(1)</script>"}]}',
    b'{"ops":[{"op":"del","id":"a\\n"}]}',
    b'{"ops":[{"op":"del","id":"\\u0000"}]}',
    b'{"ops":[{"op":"del","id":"\\ud800"}]}',
    b'{"ops":[{"op":"del","id":"a","more":1}]}',
    b'{"ops":[{"op":"set","id":"a","props":{"x":NaN}}]}',
    b'{"ops":[{"op":"set","id":"a","props":{"x":1e999}}]}',
    b'{"ops":[{"op":"set","id":"a","props":{"x":' + b"9" * 5000 + b"}}]}",
    b'{"ops":[{"op":"set","id":"a","props":{"id":"b"}}]}',
    b'{"ops":[{"op":"set","id":"a","props":{"link":"javascript:alert(1)"}}]}',
    b'{"ops":[{"op":"del","id":"a"}],"id":"; DROP TABLE boards_entry"}',
    b'{"ops":[{"op":"del","id":"a"}],"id":"c\\n"}',
    b'{"ops":[{"op":"del","id":"a"}],"id":"' + b"c" * 65 + b'"}',
    b'{"ops":[' + b",".join([b'{"op":"del","id":"a"}'] * 1001) + b"]}",
    b"[" + b"1," * 200_000 + b"1]",
    b"a=b&c=d",
    b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--x--",
]


@pytest.mark.parametrize("body", NASTY_BODIES, ids=range(len(NASTY_BODIES)))
async def test_a_nasty_change_is_invalid_and_changes_nothing(
    rest: Rest, body: bytes
) -> None:
    board = await rest.make_board()

    reply = await rest.call("POST", f"{board['id']}/changes/", body)

    assert refusal(reply) == (400, "invalid")
    assert len(read(reply)["error"]["detail"]) <= 300
    assert read(await rest.call("GET", f"{board['id']}/"))["head"] == 0


@pytest.mark.parametrize("body", NASTY_BODIES, ids=range(len(NASTY_BODIES)))
async def test_a_nasty_wish_is_never_a_fault(rest: Rest, body: bytes) -> None:
    board = await rest.make_board()
    key = board["owner_key"]

    replies = [
        await rest.call("POST", "", body),
        await rest.call("PATCH", f"{board['id']}/", body, key=key),
        await rest.call("POST", f"{board['id']}/duplicate/", body, key=key),
    ]

    is_empty = not body.strip() or body == b"{}"
    for reply in replies:
        if is_empty:
            assert reply.status_code in (200, 201)
        else:
            assert refusal(reply) == (400, "invalid")


NASTY_IDS = [
    "nope",
    "x" * 33,
    "x" * 5000,
    "%00",
    "a%00b",
    "%ff%fe",
    "%ed%a0%80",
    "..",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e",
    "'%20OR%201=1%20--",
    "%22;DROP%20TABLE%20boards_board",
    "<script>",
    "%0d%0aSet-Cookie:%20a=b",
    "日本",
    "null",
    "-1",
]


@pytest.mark.parametrize("board_id", NASTY_IDS)
@pytest.mark.parametrize("below", ["", "entries/", "snapshot/", "elements/"])
async def test_what_is_no_board_id_is_not_found(
    rest: Rest, board_id: str, below: str
) -> None:
    reply = await rest.call("GET", f"{board_id}/{below}")

    assert refusal(reply) == (404, "not_found")


NASTY_NUMBERS = [
    "",
    "-1",
    "text",
    "1.5",
    "1e3",
    "0x10",
    "+1",
    " 1",
    "99999999999999999999",
    "9007199254740992",
    "9" * 5000,
    "٣",
    "%00",
    "%ff",
    "null",
    "1;DROP TABLE",
]


@pytest.mark.parametrize("number", NASTY_NUMBERS)
@pytest.mark.parametrize(
    "query",
    ["entries/?after", "entries/?limit", "snapshot/?seq", "elements/?seq"],
)
async def test_what_is_no_number_is_invalid(
    rest: Rest, query: str, number: str
) -> None:
    board = await rest.make_board()

    reply = await rest.call("GET", f"{board['id']}/{query}={number}")

    assert refusal(reply) == (400, "invalid")


@pytest.mark.parametrize("number", NASTY_NUMBERS)
async def test_a_list_s_bounds_are_numbers(rest: Rest, number: str) -> None:
    for name in ("limit", "offset"):
        reply = await rest.call("GET", f"?{name}={number}")
        assert refusal(reply) == (400, "invalid")


@pytest.mark.parametrize(
    "path",
    ["", "{id}/", "{id}/changes/", "{id}/entries/", "{id}/snapshot/", "{id}/restore/"],
)
async def test_a_wrong_method_is_refused_in_the_same_shape(
    rest: Rest, path: str
) -> None:
    board = await rest.make_board()

    for method in ("PUT", "TRACE", "FETCH", "X" * 200):
        reply = await rest.call(method, path.format(**board), {})
        assert refusal(reply) == (405, "unsupported")
        assert reply["Allow"]


async def test_a_body_over_the_limit_is_not_read(rest: Rest) -> None:
    board = await rest.make_board()
    body = b" " * (MAX_BODY_BYTES + 1)

    for path in ("", f"{board['id']}/changes/", f"{board['id']}/duplicate/"):
        reply = await rest.call("POST", path, body)
        assert refusal(reply) == (413, "too_large")


async def test_a_body_at_the_limit_is_read(rest: Rest) -> None:
    board = await rest.make_board()
    change = json.dumps({"ops": [put()]}).encode()

    reply = await rest.call(
        "POST", f"{board['id']}/changes/", change.ljust(MAX_BODY_BYTES)
    )

    assert reply.status_code == 201


@pytest.mark.parametrize("length", ["x", "-1", "9" * 5000, "1e3", "²"])
async def test_a_length_that_is_none_is_refused(rest: Rest, length: str) -> None:
    reply = await rest.call("POST", "", {}, Content_Length=length)

    assert reply.status_code in (400, 413)
    refusal(reply)


@pytest.mark.parametrize(
    "path",
    [
        "/api/nope/",
        "/api/boards",
        "/api/boards/a/b/c/d/",
        "/api//",
        "/api/boards/a/%00",
    ],
)
async def test_an_address_that_leads_nowhere_says_so(rest: Rest, path: str) -> None:
    for method in ("GET", "POST", "DELETE"):
        assert refusal(await rest.call(method, path)) == (404, "not_found")


async def test_a_missing_slash_is_pointed_out(rest: Rest) -> None:
    slashless = await rest.call("POST", "/api/boards", {})
    hopeless = await rest.call("GET", "/api/nope")

    assert "/api/boards/ ends in a slash" in read(slashless)["error"]["detail"]
    assert "slash" not in read(hopeless)["error"]["detail"]


@pytest.mark.parametrize(
    "accept", ["image/png", "nonsense", "", "*", "a/b;q=x", "text/html," * 100]
)
async def test_no_accept_header_is_wrong(rest: Rest, accept: str) -> None:
    reply = await rest.call("GET", "nope/", Accept=accept)

    assert reply.status_code == 404
    assert b"There is no such board." in reply.content


@pytest.mark.parametrize("code", Code)
def test_every_code_has_a_status(code: Code) -> None:
    reply = errors.reply(Refused(code, "Why."), {})

    assert reply is not None
    assert reply.status_code in REFUSALS | {503}
    assert ("Retry-After" in reply) == (reply.status_code == 503)


def test_a_database_that_is_away_is_503_with_a_time_to_come_back() -> None:
    reply = errors.reply(OperationalError("server closed the connection: pass=x"), {})

    assert reply is not None
    assert (reply.status_code, reply["Retry-After"]) == (503, "2")
    assert reply.data["error"]["code"] == "unavailable"
    assert "pass" not in reply.data["error"]["detail"]


@pytest.mark.parametrize("fault", [UnreadablePostError(), ParseError(), BadRequest()])
def test_what_cannot_be_read_is_invalid(fault: Exception) -> None:
    reply = errors.reply(fault, {})

    assert reply is not None
    assert (reply.status_code, reply.data["error"]["code"]) == (400, "invalid")


def test_a_bug_is_not_dressed_up_as_a_refusal() -> None:
    assert errors.reply(ZeroDivisionError(), {}) is None


Call = tuple[str, str, bytes, dict[str, str], dict[str, str]]

# --- fuzz ---------------------------------------------------------------------------

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(["put", "set", "del", "rect", "pen", "view", "none"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                "op ops id element props kind x y w h points title link_role".split()
            )
            | st.text(max_size=8),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)
bodies = st.binary(max_size=200) | json_values.map(
    lambda value: json.dumps(value).encode("utf-8", "surrogatepass")
)
paths = st.text(string.printable.replace("/", ""), max_size=30)
queries = st.dictionaries(
    st.sampled_from(["after", "limit", "seq", "format", "trash", "offset", "x"]),
    st.text(string.printable, max_size=24),
    max_size=3,
)
headers = st.dictionaries(
    st.sampled_from(["Accept", "Authorization", "Idempotency_Key", "If_None_Match"]),
    st.text(string.ascii_letters + string.digits + ' ,;="/*-', max_size=30),
    max_size=2,
)
calls = st.tuples(
    st.sampled_from(["GET", "POST", "PATCH", "DELETE", "PUT", "HEAD", "OPTIONS"]),
    st.sampled_from(
        ["", "restore/", "duplicate/", "changes/", "entries/", "snapshot/", "elements/"]
    ),
    bodies,
    queries,
    headers,
)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # shrinking takes minutes here
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(some=st.lists(calls, min_size=5, max_size=5), odd=paths)
async def test_fuzz_never_a_500(rest: Rest, some: list[Call], odd: str) -> None:
    board = await rest.make_board()

    for method, below, body, query, named in some:
        for board_id in (board["id"], quote(odd, safe="")):
            address = f"/api/boards/{board_id}/{below}?{urlencode(query)}"
            reply = await rest.call(method, address, body, **named)
            assert reply.status_code in {200, 201, 204, 304} | REFUSALS
            if reply.status_code >= 400 and method != "HEAD":
                with suppress(json.JSONDecodeError):  # a page, when one was asked for
                    refusal(reply)
