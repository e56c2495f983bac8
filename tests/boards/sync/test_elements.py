"""Elements: every kind and every bound, from the wire and back."""

import json
from typing import Any

import msgspec
import pytest

from boards.sync import protocol
from boards.sync.elements import KINDS, Props
from boards.sync.properties import (
    MAX_COORD_UNITS,
    MAX_GROUP_DEPTH,
    MAX_POINTS,
    MAX_STROKE_WIDTH_UNITS,
    MAX_TEXT_CHARS,
)
from boards.sync.protocol import Put, Set
from boards.sync.refusals import Code, Refused
from tests.support.sync_values import rect

BASE: dict[str, dict[str, Any]] = {
    "pen": {"points": [0, 0, 1, 2]},
    "highlight": {"points": [0, 0]},
    "line": {"points": [0, 0, 5, 5]},
    "arrow": {"points": [0, 0, 5, 5]},
    "rect": {"w": 1, "h": 1},
    "ellipse": {"w": 1, "h": 1},
    "diamond": {"w": 1, "h": 1},
    "triangle": {"w": 1, "h": 1},
    "hexagon": {"w": 1, "h": 1},
    "star": {"w": 1, "h": 1},
    "cloud": {"w": 1, "h": 1},
    "cylinder": {"w": 1, "h": 1},
    "callout": {"w": 1, "h": 1},
    "text": {"text": "hello"},
    "note": {"w": 10, "h": 10, "text": "hello"},
    "image": {"w": 10, "h": 10, "asset": "0f" * 32},
    "frame": {"w": 10, "h": 10},
}
HOLD = {"id": "e1", "x": 0, "y": 1}


def element(kind: str, **props: Any) -> dict[str, Any]:
    return {"kind": kind, "id": "e", "x": 0, "y": 0, **BASE[kind], **props}


def put(some: dict[str, Any]) -> Any:
    change = {"id": "c", "ops": [{"op": "put", "element": some}]}
    (op,) = protocol.decode_change(json.dumps(change)).ops
    assert isinstance(op, Put)
    return op


def set_props(props: dict[str, Any]) -> Any:
    change = {"id": "c", "ops": [{"op": "set", "id": "e", "props": props}]}
    (op,) = protocol.decode_change(json.dumps(change)).ops
    assert isinstance(op, Set)
    return op


def refusal_of(some: dict[str, Any]) -> str:
    with pytest.raises(Refused) as caught:
        put(some)
    assert caught.value.code is Code.INVALID
    return caught.value.detail


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("pen", "points"),
        ("highlight", "points"),
        ("line", "points"),
        ("arrow", "points"),
        ("text", "text"),
        ("note", "text"),
        ("image", "asset"),
    ],
)
def test_another_kind_comes_with_what_it_demands(kind: str, name: str) -> None:
    """Else an element that has no points, say, would be drawn along them."""
    assert set_props({"kind": kind, **BASE[kind]}).props.kind == kind

    less = {other: value for other, value in BASE[kind].items() if other != name}
    with pytest.raises(Refused, match=f"must come with `{name}`") as caught:
        set_props({"kind": kind, **less})
    assert caught.value.code is Code.INVALID


def test_every_kind_has_a_case_here() -> None:
    assert set(BASE) == {kind.__struct_config__.tag for kind in KINDS}


@pytest.mark.parametrize("kind", BASE)
def test_J6_an_element_is_stored_as_it_was_sent(kind: str) -> None:
    some = element(kind)

    assert json.loads(protocol.encode(put(some)))["element"] == some


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        ("rect", {"x": MAX_COORD_UNITS, "y": -MAX_COORD_UNITS}),
        ("rect", {"w": 0, "h": MAX_COORD_UNITS}),
        ("rect", {"x": 0.1, "angle": 3.14, "opacity": 0.5, "rough": 2, "seed": 7}),
        ("rect", {"stroke": "#abcdef", "fill": "#abcdef80", "width": 0}),
        ("rect", {"width": MAX_STROKE_WIDTH_UNITS, "dash": "dotted", "locked": True}),
        ("rect", {"groups": ["g"] * MAX_GROUP_DEPTH, "frame": "f", "alt": "A box"}),
        ("rect", {"link": "https://example.org/a?b#c", "z": "a0V"}),
        ("rect", {"link": "#b/e1"}),
        ("pen", {"points": [0, 0] * MAX_POINTS}),
        ("pen", {"pressure": [0.5, 1], "time": [0, 8]}),
        ("arrow", {"start": HOLD, "end": HOLD}),
        ("arrow", {"head": "none", "tail": "dot"}),
        ("star", {"label": "A\nB", "size": 12, "font": "hand", "align": "right"}),
        ("hexagon", {"corner": "round"}),
        ("text", {"text": "x" * MAX_TEXT_CHARS, "size": 2000, "font": "hand"}),
        ("text", {"text": "<script>alert(1)</script>\n'; DROP TABLE boards_board;--"}),
        ("note", {"align": "center", "fill": "#ffec99"}),
        ("image", {"crop": [0, 0.25, 0.5, 1], "corner": "round", "alt": "A cat"}),
        ("frame", {"title": "../../etc/passwd"}),
    ],
)
def test_what_is_within_bounds_is_taken(kind: str, props: dict[str, Any]) -> None:
    some = element(kind, **props)

    assert json.loads(protocol.encode(put(some)))["element"] == some


@pytest.mark.parametrize(
    ("some", "path"),
    [
        (element("rect", x=MAX_COORD_UNITS + 1), "$.ops[0].element.x"),
        (element("rect", x=-1e308), "element.x"),
        (element("rect", x="1"), "element.x"),
        (element("rect", x=True), "element.x"),
        (element("rect", w=-1), "element.w"),
        (element("rect", angle=8), "element.angle"),
        (element("rect", opacity=1.01), "element.opacity"),
        (element("rect", width=MAX_STROKE_WIDTH_UNITS + 1), "element.width"),
        (element("rect", rough=3), "element.rough"),
        (element("rect", seed=2**31), "element.seed"),
        (element("rect", seed=1.5), "element.seed"),
        (element("rect", stroke="red"), "element.stroke"),
        (element("rect", stroke="#12345"), "element.stroke"),
        (element("rect", fill="url(javascript:alert(1))"), "element.fill"),
        (element("rect", dash="wavy"), "element.dash"),
        (element("rect", corner="bevelled"), "element.corner"),
        (element("rect", label="x" * (MAX_TEXT_CHARS + 1)), "element.label"),
        (element("arrow", head="skull"), "element.head"),
        (element("rect", z=""), "element.z"),
        (element("rect", z="a0!"), "element.z"),
        (element("rect", z="a" * 129), "element.z"),
        (element("rect", z=None), "element.z"),
        (element("rect", groups=["g"] * (MAX_GROUP_DEPTH + 1)), "element.groups"),
        (element("rect", groups=["<g>"]), "element.groups[0]"),
        (element("rect", link="javascript:alert(1)"), "element.link"),
        (element("rect", link="https://a b"), "element.link"),
        (element("rect", alt="x" * 1_001), "element.alt"),
        (element("rect", id=""), "element.id"),
        (element("rect", id="a" * 65), "element.id"),
        (element("rect", id="a\n"), "element.id"),
        (element("rect", id="<script>"), "element.id"),
        (element("rect", id="\ud83d\ude00"), "element.id"),
        (element("rect", glow=1), "glow"),
        (element("rect", points=[0, 0]), "points"),
        (element("text", text="x" * (MAX_TEXT_CHARS + 1)), "element.text"),
        (element("text", size=0), "element.size"),
        (element("text", font="comic"), "element.font"),
        (element("text", align="justify"), "element.align"),
        (element("pen", points=[]), "element.points"),
        (element("pen", points=[0, 0, 1]), "must be even"),
        (element("line", points=[0, 0, 1]), "must be even"),
        (element("pen", points=[0, 0] * (MAX_POINTS + 1)), "element.points"),
        (element("pen", points=[0, None]), "element.points[1]"),
        (element("pen", pressure=[0.5]), "`pressure` must have one value"),
        (element("pen", time=[1, 2, 3]), "`time` must have one value"),
        (element("pen", pressure=[0.5, 1.5]), "element.pressure[1]"),
        (element("pen", time=[0, -1]), "element.time[1]"),
        (element("pen", time=[0, 0.5]), "element.time[1]"),
        (element("arrow", start={"id": "e", "x": 2, "y": 0}), "element.start.x"),
        (element("arrow", end={"id": "e", "x": 0}), "element.end"),
        (element("image", asset="0F" * 32), "element.asset"),
        (element("image", asset="../" * 21 + "a"), "element.asset"),
        (element("image", crop=[0, 0, 1]), "element.crop"),
        (element("image", crop=[0, 0, 1, 1.5]), "element.crop[3]"),
        (element("image", crop=[0.5, 0, 0.5, 1]), "must leave something"),
        ({"kind": "image", "id": "e", "x": 0, "y": 0, "w": 1, "h": 1}, "`asset`"),
        ({"kind": "rect", "id": "e", "x": 0, "y": 0, "w": 1}, "`h`"),
        ({"kind": "blob", "id": "e", "x": 0, "y": 0}, "element.kind"),
        ({"id": "e", "x": 0, "y": 0}, "kind"),
    ],
)
def test_what_is_out_of_bounds_is_refused_with_its_path(
    some: dict[str, Any], path: str
) -> None:
    assert path in refusal_of(some)


def test_a_default_that_is_said_is_the_default() -> None:
    some = element("rect", angle=0, fill="none", locked=False, width=2, groups=[])

    assert put(some) == put(rect("e"))


def test_D3_every_property_of_every_kind_can_be_set() -> None:
    settable = {field.name for field in msgspec.structs.fields(Props)}

    for kind in KINDS:
        own = {field.name for field in msgspec.structs.fields(kind)}
        assert own - {"id"} <= settable
    assert "kind" in settable
    assert "id" not in settable


@pytest.mark.parametrize(
    "props",
    [
        {"x": 1, "kind": "ellipse"},
        {"angle": None, "link": None, "groups": None, "z": None},
        {"points": [0, 0, 1, 1], "pressure": [0, 1], "time": None},
        {"points": [0, 0], "pressure": []},
        {"pressure": [0.5]},
        {"crop": [0, 0, 0.5, 1]},
        {"crop": None},
        {},
    ],
)
def test_D3_a_set_says_only_what_changes(props: dict[str, Any]) -> None:
    assert json.loads(protocol.encode(set_props(props)))["props"] == props


@pytest.mark.parametrize(
    "props",
    [
        {"x": None},
        {"points": None},
        {"text": None},
        {"kind": "blob"},
        {"kind": None},
        {"id": "b"},
        {"opacity": 2},
        {"glow": 1},
        {"points": [0, 0, 1]},
        {"points": [0, 0], "time": [1, 2]},
        {"asset": None},
        {"crop": [0, 1, 1, 0]},
    ],
)
def test_D3_a_set_keeps_the_bounds(props: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        set_props(props)
