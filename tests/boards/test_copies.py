"""Copies: the ops that make an element as it is, whatever led to it."""

from typing import Any

import msgspec
import pytest

from boards.formats.ops import cut, ops_for, shortest_ops_for
from boards.sync.document import Document
from boards.sync.elements import Props
from boards.sync.protocol import Set, decode_change, encode
from boards.sync.refusals import Refused

BOX = {"kind": "rect", "id": "e", "x": 0, "y": 0, "w": 1, "h": 1, "z": "a0"}
PEN = {"kind": "pen", "id": "e", "x": 0, "y": 0, "points": [0, 0, 1, 1], "z": "a0"}


@pytest.mark.parametrize(
    "element",
    [
        BOX,
        BOX | {"fill": "#ff0000", "groups": ["g"], "opacity": 0.5},
        BOX | {"angle": 0, "dash": "solid"},
        PEN | {"pressure": [0.5, 1], "time": [0, 10]},
        PEN | {"pressure": [0.5]},
        PEN | {"kind": "rect"},
        PEN | {"kind": "text", "text": "hi", "w": 3, "h": 4},
        {"kind": "note", "id": "e", "x": 0, "y": 0, "text": "hi", "z": "a0"},
        BOX | {"points": [0, 0], "start": {"id": "x", "x": 0, "y": 1}},
        {name: value for name, value in BOX.items() if name != "z"},
    ],
)
def test_the_ops_of_a_copy_make_the_same_element(element: dict[str, Any]) -> None:
    ops = ops_for(element)

    copied = Document()
    change = decode_change(encode({"id": "c1", "ops": ops}))  # as anybody may send it
    for op in change.ops:
        copied.apply_op(_plain(op))
    assert copied.folded().elements == [element]


@pytest.mark.parametrize("element", [BOX, PEN | {"pressure": [0.5, 1]}])
def test_an_element_that_a_put_can_make_costs_one_op(element: dict[str, Any]) -> None:
    assert len(ops_for(element)) == 1


def test_what_has_not_what_its_kind_demands_is_left_out() -> None:
    assert ops_for(BOX | {"kind": "text"}) == []


def test_what_is_no_kind_is_refused_in_words() -> None:
    with pytest.raises(Refused):
        shortest_ops_for(BOX | {"kind": []})


def test_what_is_set_aside_leaves_no_empty_set() -> None:
    n, long = 10_000, 1.2345678901234567e-300
    props = msgspec.convert({"pressure": [long] * n, "time": [86_400_000] * n}, Props)

    ops = [op for chunk in cut([Set("e", props)]) for op in chunk]

    assert [list(_plain(op)["props"]) for op in ops] == [["pressure"], ["time"]]


def _plain(op: object) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(encode(op))
    return found
