"""The wire: what decodes is within bounds, and nothing but `Refused` comes out."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.sync import protocol
from boards.sync.protocol import (
    MAX_DRAFT_OPS,
    MAX_FRAME_BYTES,
    MAX_OPS,
    MAX_SELECTION,
    Change,
    Hello,
    Live,
    Ping,
    Submit,
)
from boards.sync.refusals import MAX_DETAIL_CHARS, Code, Refused
from tests.support.sync_values import PROPERTY, json_values, op_lists, put

HELLO = {"type": "hello", "protocol": 1, "client": "tab-1"}
SUBMIT = {"type": "submit", "id": "c1", "ops": [put("a")]}
EXTEND = {"id": "d", "offset": 0, "points": [0, 0]}
DEL = {"op": "del", "id": "a"}


def decode(frame: Any) -> Any:
    return protocol.decode_frame(json.dumps(frame))


def refusal_of(text: str) -> Refused:
    with pytest.raises(Refused) as caught:
        protocol.decode_frame(text)
    return caught.value


@pytest.mark.parametrize(
    ("frame", "kind"),
    [
        (HELLO, Hello),
        ({**HELLO, "since": 0, "name": "Ann 🎨", "color": "#12abEF"}, Hello),
        ({**HELLO, "token": "ck_" + "x" * 190}, Hello),
        (SUBMIT, Submit),
        ({**SUBMIT, "id": "A.b_c:d-" + "e" * 56}, Submit),
        ({**SUBMIT, "ops": [DEL] * MAX_OPS}, Submit),
        ({"type": "live"}, Live),
        ({"type": "live", "cursor": [1, 2.5], "view": [0, 0, 10, 10]}, Live),
        ({"type": "live", "cursor": None, "draft": None, "tool": "pen"}, Live),
        ({"type": "live", "draft": [DEL] * MAX_DRAFT_OPS, "extend": EXTEND}, Live),
        ({"type": "live", "selection": ["a"] * MAX_SELECTION}, Live),
        ({"type": "live", "chat": "👩‍👩‍👧" * 20, "idle": "away", "follow": None}, Live),
        ({"type": "live", "react": {"emoji": "❤️", "x": -1e7, "y": 1e7}}, Live),
        ({"type": "ping", "seq": 2**53 - 1}, Ping),
        ({"type": "ping", "seq": 0, "received": 7}, Ping),
    ],
)
def test_frames_within_bounds_decode(frame: dict[str, Any], kind: type) -> None:
    assert isinstance(decode(frame), kind)


@pytest.mark.parametrize(
    ("frame", "path"),
    [
        ({}, "type"),
        ([], "object"),
        ("hello", "object"),
        (None, "object"),
        ({"type": "shout"}, "$.type"),
        ({**HELLO, "more": 1}, "more"),
        ({"type": "hello", "protocol": 1}, "client"),
        ({**HELLO, "client": "<script>"}, "$.client"),
        ({**HELLO, "client": "a\n"}, "$.client"),
        ({**HELLO, "client": ""}, "$.client"),
        ({**HELLO, "since": -1}, "$.since"),
        ({**HELLO, "since": 2**53}, "$.since"),
        ({**HELLO, "since": 1.5}, "$.since"),
        ({**HELLO, "since": True}, "$.since"),
        ({**HELLO, "name": "x" * 65}, "$.name"),
        ({**HELLO, "name": "a\nb"}, "$.name"),
        ({**HELLO, "name": "a\x7f"}, "$.name"),
        ({**HELLO, "color": "red"}, "$.color"),
        ({**HELLO, "color": "#12345678"}, "$.color"),
        ({**HELLO, "token": "x" * 201}, "$.token"),
        ({**HELLO, "protocol": "1"}, "$.protocol"),
        ({**SUBMIT, "ops": []}, "$.ops"),
        ({**SUBMIT, "ops": [DEL] * (MAX_OPS + 1)}, "$.ops"),
        ({**SUBMIT, "id": "x" * 65}, "$.id"),
        ({**SUBMIT, "id": "a b"}, "$.id"),
        ({**SUBMIT, "ops": [{"op": "spin", "id": "a"}]}, "$.ops[0].op"),
        ({**SUBMIT, "ops": [DEL, {"op": "del", "id": "'; --"}]}, "$.ops[1].id"),
        ({**SUBMIT, "ops": [{"op": "set", "id": "a", "props": 7}]}, "$.ops[0].props"),
        ({"type": "live", "cursor": [1]}, "$.cursor"),
        ({"type": "live", "cursor": [1, 2, 3]}, "$.cursor"),
        ({"type": "live", "view": [0, 0, -1, 1]}, "$.view[2]"),
        ({"type": "live", "view": [0, 0, 1, 1, 1]}, "at most length 4"),
        ({"type": "live", "tool": "Pen!"}, "$.tool"),
        ({"type": "live", "selection": ["a"] * (MAX_SELECTION + 1)}, "$.selection"),
        ({"type": "live", "draft": [DEL] * (MAX_DRAFT_OPS + 1)}, "$.draft"),
        ({"type": "live", "extend": {**EXTEND, "points": [0]}}, "$.extend.points"),
        ({"type": "live", "extend": {**EXTEND, "points": [0, 0, 1]}}, "must be even"),
        ({"type": "live", "extend": {**EXTEND, "time": [1, 2]}}, "`time` must have"),
        ({"type": "live", "extend": {**EXTEND, "offset": -1}}, "$.extend.offset"),
        ({"type": "live", "chat": "x" * 101}, "$.chat"),
        ({"type": "live", "chat": "two\nlines"}, "$.chat"),
        ({"type": "live", "chat": "turned \u202e round"}, "$.chat"),
        ({"type": "live", "idle": "dead"}, "$.idle"),
        ({"type": "live", "editing": "'; --"}, "$.editing"),
        ({"type": "live", "follow": "x" * 65}, "$.follow"),
        ({"type": "live", "call": [0, 0, -1, 1]}, "$.call[2]"),
        ({"type": "live", "react": {"emoji": "💩", "x": 0, "y": 0}}, "$.react.emoji"),
        ({"type": "live", "react": {"emoji": "👍", "x": 2e7, "y": 0}}, "$.react.x"),
        ({"type": "live", "session": "somebody"}, "session"),
        ({**SUBMIT, "by": {"session": "somebody"}}, "by"),
    ],
)
def test_frames_out_of_bounds_are_refused_with_the_path(frame: Any, path: str) -> None:
    refusal = refusal_of(json.dumps(frame))

    assert refusal.code is Code.INVALID
    assert path in refusal.detail


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "hello",
        "\x00",
        '{"type":"ping","seq":NaN}',
        '{"type":"ping","seq":Infinity}',
        '{"type":"ping","seq":1e400}',
        '{"type":"ping","seq":' + "9" * 400 + "}",
        '{"type":"live","cursor":[1e400,0]}',
        '{"type":"live","cursor":[-1e400,0]}',
        '{"type":"live","cursor":[NaN,0]}',
        '{"type":"hello","protocol":1,"client":"a","name":"\\ud800"}',
        '{"type":"hello","protocol":1,"client":"a","name":"\ud800"}',
        '{"type":"submit","id":"a","ops":' + "[" * 100_000,
        '{"a":' * 50_000 + "1" + "}" * 50_000,
        json.dumps({**SUBMIT, "ops": [DEL] * 15_000}),
        '{"type":"ping","seq":1}{"type":"ping","seq":1}',
    ],
    ids=lambda text: text[:32] or "nothing",
)
def test_what_is_no_json_or_no_number_is_refused(text: str) -> None:
    refusal = refusal_of(text)

    assert refusal.code is Code.INVALID
    assert len(refusal.detail) <= MAX_DETAIL_CHARS
    assert refusal.detail.encode()  # can be sent: no lone surrogates


def test_J3_the_last_of_two_equal_fields_counts() -> None:
    frame = protocol.decode_frame('{"type":"ping","seq":1,"seq":2}')

    assert frame == Ping(2)


def test_a_frame_over_the_limit_is_refused_unread() -> None:
    assert refusal_of(" " * (MAX_FRAME_BYTES + 1)).code is Code.TOO_LARGE
    with pytest.raises(Refused) as caught:
        protocol.decode_change(b" " * (MAX_FRAME_BYTES + 1))
    assert caught.value.code is Code.TOO_LARGE


@pytest.mark.parametrize("prefix", ["undo-", "back-"])
def test_nobody_names_a_change_as_the_owners_undoing_is(prefix: str) -> None:
    """Pages say by it that the owner undid somebody's work."""
    ops = [{"op": "del", "id": "e"}]
    change = {"id": f"{prefix}1", "ops": ops}

    for decode, body in (
        (protocol.decode_change, json.dumps(change)),
        (protocol.decode_frame, json.dumps({"type": "submit", **change})),
    ):
        with pytest.raises(Refused, match=prefix) as caught:
            decode(body)
        assert caught.value.code is Code.INVALID


def test_a_hundred_thousand_ops_are_refused() -> None:
    text = json.dumps({**SUBMIT, "ops": [DEL] * 100_000})

    assert refusal_of(text).code is Code.TOO_LARGE


@PROPERTY
@given(st.binary(max_size=60) | st.text(max_size=60).map(str))
def test_any_bytes_are_decoded_or_refused(body: bytes | str) -> None:
    try:
        protocol.decode_change(body)
    except Refused as refusal:
        assert refusal.code is Code.INVALID


@PROPERTY
@given(st.text(max_size=80))
def test_any_text_is_decoded_or_refused(text: str) -> None:
    protocol.submit_id(text)
    try:
        protocol.decode_frame(text)
    except Refused as refusal:
        assert refusal.code is Code.INVALID


@PROPERTY
@given(
    st.sampled_from(["hello", "submit", "live", "ping", "welcome"]),
    st.dictionaries(
        st.sampled_from(
            "protocol client since name color token id ops cursor view selection tool"
            " draft extend seq received".split()
        ),
        json_values,
        max_size=6,
    ),
)
def test_any_json_in_known_fields_is_decoded_or_refused(
    type_: str, fields: dict[str, Any]
) -> None:
    text = json.dumps({"type": type_, **fields})

    protocol.submit_id(text)
    try:
        frame = protocol.decode_frame(text)
    except Refused as refusal:
        assert refusal.code is Code.INVALID
    else:
        assert protocol.encode(frame)


@PROPERTY
@given(op_lists)
def test_J6_what_was_encoded_decodes_to_the_same_text(ops: list[Any]) -> None:
    try:
        change = protocol.decode_change(json.dumps({"id": "c", "ops": ops}))
    except Refused:
        return  # the fold takes more than the wire does: a null or a number as `z`
    text = protocol.encode(change)

    assert protocol.encode(protocol.decode_change(text)) == text


def test_J6_numbers_stay_as_short_as_they_were_sent() -> None:
    text = '{"id":"c","ops":[{"op":"set","id":"a","props":{"x":1,"y":1.5}}]}'

    assert protocol.encode(protocol.decode_change(text)) == text


def test_J6_the_frame_around_entries_does_not_touch_them() -> None:
    odd = ['{"seq":1, "ops":[ ]}', '{"seq":2}']

    frame = protocol.entries_frame(odd)

    assert frame == '{"type":"entries","entries":[' + ",".join(odd) + "]}"


def test_J2_a_stored_entry_keeps_its_ops_as_text() -> None:
    text = (
        '{"seq":3,"id":"c","at":5,"by":{"session":"s","client":"k","name":"Ann"},'
        '"ops":[{"op":"spin","by":1e2}]}'
    )

    entry = protocol.decode_entry(text)

    assert (entry.seq, entry.by.name) == (3, "Ann")
    assert bytes(entry.ops) == b'[{"op":"spin","by":1e2}]'
    assert protocol.encode(entry) == text


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ('{"type":"submit","id":"c1","ops":7}', "c1"),
        ('{"type":"submit","id":"c1"}', "c1"),
        ('{"type":"live","id":"c1"}', None),
        ('{"type":"submit","id":"<b>"}', None),
        ('{"type":"submit","id":"a\\n"}', None),
        ('{"type":"submit","id":7}', None),
        ('{"type":"submit"', None),
        ("[" * 100_000, None),
        ('{"type":"submit","id":"c1","more":' + "[" * 100_000, None),
        ('{"type":"submit","id":"\ud800"}', None),
    ],
    ids=lambda value: str(value)[:30].encode("ascii", "replace").decode(),
)
def test_a_bad_submit_is_known_by_its_id(text: str, id_: str | None) -> None:
    assert protocol.submit_id(text) == id_


def test_refusals_quote_little_and_say_what_may_be_tried_again() -> None:
    refusal = Refused(Code.BUSY, "x" * 5_000, wait_ms=5)

    assert len(refusal.detail) == MAX_DETAIL_CHARS
    assert refusal.may_retry
    assert not Refused(Code.INVALID, "no").may_retry


def test_P4_no_frame_of_a_client_says_who_it_is() -> None:
    for kind in (Submit, Live, Ping, Change):
        names = {field.name for field in msgspec.structs.fields(kind)}
        assert not names & {"by", "session", "author", "user", "name"}
