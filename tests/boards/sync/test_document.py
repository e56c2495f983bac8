"""The fold: deterministic, total, and the same in both languages."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.sync.document import Document, Folded
from tests.support.sync_values import (
    PROPERTY,
    entry_text,
    json_values,
    op_lists,
    put,
    rect,
    texts_of,
)

VECTORS = Path(__file__).resolve().parents[2] / "vectors"
FOLD_VECTORS = [
    case
    for path in sorted((VECTORS / "fold").glob("*.json"))
    for case in json.loads(path.read_text())
]


def document_of(texts: list[str], start: Document | None = None) -> Document:
    document = Document() if start is None else start
    for text in texts:
        document.apply(text)
    return document


def fold(texts: list[str], start: Document | None = None) -> Folded:
    return document_of(texts, start).folded()


def folded_ops(*ops: Any) -> list[dict[str, Any]]:
    return fold([entry_text(1, ops)]).elements


@pytest.mark.parametrize("case", FOLD_VECTORS, ids=lambda case: case["name"])
def test_D4_python_folds_the_vectors(case: dict[str, Any]) -> None:
    snapshot = case.get("snapshot")
    start = Document.from_snapshot(json.dumps(snapshot).encode()) if snapshot else None

    folded = fold([json.dumps(entry) for entry in case["entries"]], start)

    assert {"seq": folded.seq, "elements": folded.elements} == case["expect"]


@PROPERTY
@given(st.lists(op_lists, max_size=8))
def test_D1_the_same_entries_fold_to_the_same_document(lists: list[list[Any]]) -> None:
    texts = texts_of(lists)

    assert document_of(texts).text() == document_of(texts).text()
    assert json.loads(document_of(texts).text()) == fold(texts)._asdict()


@PROPERTY
@given(st.lists(op_lists, max_size=8), st.integers(0, 8))
def test_D1_an_entry_applied_again_has_no_effect(
    lists: list[list[Any]], again: int
) -> None:
    texts = texts_of(lists)
    repeated = [*texts, *texts[:again]]

    assert fold(repeated) == fold(texts)


@PROPERTY
@given(json_values)
def test_D2_the_fold_takes_any_json_as_an_op(op: Any) -> None:
    document = Document()
    document.apply(entry_text(1, [put("a"), op, put("b")]))

    assert {element["id"] for element in document.folded().elements} >= {"a", "b"}


@PROPERTY
@given(st.sampled_from(["put", "set", "del"]), json_values, json_values, json_values)
def test_D2_the_fold_takes_known_ops_with_anything_in_them(
    op: str, id_: Any, props: Any, element: Any
) -> None:
    wild = {"op": op, "id": id_, "props": props, "element": element}
    close = {"op": op, "id": "a", "props": {"z": props}, "element": rect("a", z=id_)}

    folded = fold([entry_text(1, [put("a"), put("b", z="a0"), wild, close])])

    assert folded.seq == 1


@pytest.mark.parametrize(
    "op",
    [
        {"op": "set", "id": "nobody", "props": {"x": 1}},
        {"op": "del", "id": "nobody"},
        {"op": "turn", "id": "a"},
    ],
)
def test_D2_an_op_on_something_absent_has_no_effect(op: dict[str, Any]) -> None:
    assert folded_ops(put("a"), op) == [rect("a")]


def test_D2_a_set_can_not_change_the_id() -> None:
    op = {"op": "set", "id": "a", "props": {"id": "b", "x": 3}}

    assert folded_ops(put("a"), op) == [rect("a", x=3)]


def test_D3_the_last_seq_wins_for_each_property() -> None:
    first = {"op": "set", "id": "a", "props": {"x": 1, "alt": "one"}}
    second = {"op": "set", "id": "a", "props": {"x": 2}}

    folded = fold(texts_of([[put("a")], [first], [second]]))

    assert folded.elements == [rect("a", x=2, alt="one")]


def test_D3_null_gives_the_default_back() -> None:
    op = {"op": "set", "id": "a", "props": {"angle": None, "opacity": None}}

    assert folded_ops(put("a", angle=1), op) == [rect("a")]


@PROPERTY
@given(st.lists(op_lists, max_size=8), st.integers(0, 8))
def test_D5_snapshot_and_tail_fold_to_the_whole(
    lists: list[list[Any]], at: int
) -> None:
    texts = texts_of(lists)
    snapshot = document_of(texts[:at]).text()

    assert fold(texts[at:], Document.from_snapshot(snapshot)) == fold(texts)


def test_D5_a_snapshot_knows_its_seq() -> None:
    document = Document.from_snapshot(b'{"seq":7,"elements":[]}')

    document.apply(entry_text(7, [put("a")]))

    assert document.folded() == Folded(7, [])


def test_elements_are_in_paint_order() -> None:
    elements = folded_ops(
        put("b", z="a1"), put("c", z="a0"), put("a", z="a1"), put("d")
    )

    assert [element["id"] for element in elements] == ["d", "c", "a", "b"]


def test_what_no_wire_takes_is_in_the_order_of_browsers() -> None:
    """They compare units of UTF-16: a pair of surrogates comes before U+E000."""
    elements = folded_ops(put("\ue000"), put("\U0001f58d"), put("é"), put("z"))

    assert [element["id"] for element in elements] == [
        "z",
        "é",
        "\U0001f58d",
        "\ue000",
    ]


def test_a_document_has_as_many_elements_as_it_holds() -> None:
    document = Document()
    document.apply(entry_text(1, [put("a"), put("b"), put("a")]))

    assert len(document) == 2
