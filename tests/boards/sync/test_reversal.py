"""Undoing what one author did: all of it, and nothing of what others did."""

import json
from itertools import count
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.sync import protocol
from boards.sync.document import Document
from boards.sync.protocol import Author
from boards.sync.reversal import Reversal, Undoing, Whose
from tests.support.sync_values import PROPERTY, op_lists

Op = dict[str, Any]

VANDAL = Whose(but_for=frozenset(["undo-1"]), client="v")


def put(id_: str, **props: Any) -> Op:
    element = {"kind": "rect", "id": id_, "x": 0, "y": 0, "w": 1, "h": 1, **props}
    return {"op": "put", "element": element}


def set_(id_: str, **props: Any) -> Op:
    return {"op": "set", "id": id_, "props": props}


def delete(id_: str) -> Op:
    return {"op": "del", "id": id_}


def journal(*written: tuple[str, list[Op]], at: int = 1_000) -> list[str]:
    """Entries by these clients, a second after each other."""
    numbers = count(1)
    return [
        json.dumps(
            {
                "seq": (seq := next(numbers)),
                "id": f"c{seq}",
                "at": at + seq * 1_000,
                "by": {"session": f"s-{client}", "client": client},
                "ops": ops,
            }
        )
        for client, ops in written
    ]


def undoing(texts: list[str], whose: Whose = VANDAL) -> Undoing:
    made = Reversal(Document().text(), whose)
    for text in texts:
        made.take(text)
    return made.undoing()


def undone(texts: list[str], whose: Whose = VANDAL) -> dict[str, Op]:
    """The elements when what undoes them is done, by id."""
    document = Document()
    for text in texts:
        document.apply(text)
    for op in undoing(texts, whose).ops:
        document.apply_op(op)
    return {element["id"]: element for element in document.folded().elements}


def test_what_they_put_goes_and_what_they_removed_comes_back():
    texts = journal(
        ("ada", [put("a", fill="#fff")]),
        ("v", [put("v1"), delete("a")]),
        ("v", [set_("v1", x=5)]),
    )

    assert undone(texts) == {"a": put("a", fill="#fff")["element"]}
    assert undoing(texts).n_entries == 2


def test_what_others_changed_since_stays_property_by_property():
    texts = journal(
        ("ada", [put("a")]),
        ("v", [set_("a", x=900, y=900, fill="#f00")]),
        ("bob", [set_("a", y=7, stroke="#00f")]),
    )

    (element,) = undone(texts).values()

    assert (element["x"], element["y"]) == (0, 7)
    assert element["stroke"] == "#00f"
    assert "fill" not in element


def test_what_others_did_to_what_they_removed_comes_back_with_it():
    texts = journal(
        ("ada", [put("a")]), ("v", [delete("a")]), ("bob", [set_("a", x=3)])
    )

    assert undone(texts)["a"]["x"] == 3


def test_an_element_they_made_goes_though_others_coloured_it():
    texts = journal(("v", [put("v1")]), ("ada", [set_("v1", fill="#0f0")]))

    assert undone(texts) == {}


def test_an_element_that_others_put_anew_stays():
    texts = journal(("v", [put("e")]), ("ada", [put("e", x=4)]))

    assert undone(texts)["e"]["x"] == 4
    assert undoing(texts).ops == []


def test_pieces_of_their_stroke_go_whoever_parted_it():
    texts = journal(
        ("v", [put("v1")]),
        ("ada", [delete("v1"), put("p1", origin="v1"), put("p2", origin="v1")]),
        ("bob", [delete("p2"), put("p3", origin="v1")]),
        ("ada", [put("a1"), put("a2", origin="a1")]),
    )

    assert set(undone(texts)) == {"a1", "a2"}


def test_a_stroke_that_they_parted_is_whole_again():
    texts = journal(("ada", [put("a")]), ("v", [delete("a"), put("p1", origin="a")]))

    assert set(undone(texts)) == {"a"}


def test_D2_stored_rubbish_stops_no_undoing():
    # It could be folded, but not undone: the request failed.
    rubbish: list[Any] = [None, 7, {}, {"op": "put"}, [], put("r", origin=["v1"])]
    texts = journal(("v", [put("v1")]), ("ada", rubbish), ("v", rubbish))

    assert undoing(texts).n_entries == 2
    assert "v1" not in undone(texts)


@pytest.mark.parametrize(
    "foreign", [{"text": "x"}, {"points": [0, 0]}, {"asset": "0f" * 32}, {"w": 5}]
)
def test_properties_of_other_kinds_keep_nothing_from_being_undone(foreign: Op):
    """No `set` takes them away again: all of it was left out, and told as done."""
    pen = {"kind": "pen", "id": "a", "x": 0, "y": 0, "points": [0, 0, 1, 1]}
    texts = journal(
        ("ada", [{"op": "put", "element": pen} if "w" in foreign else put("a")]),
        ("v", [set_("a", x=9e6, label="RUDE", **foreign)]),
    )

    made = undoing(texts).ops

    assert [msgspec.convert(op, protocol.Op) for op in made]
    assert "RUDE" not in str(undone(texts))
    assert not foreign.keys() - {"w", "points"} & undone(texts)["a"].keys()


def test_what_they_did_before_stays():
    texts = journal(("v", [put("old")]), ("v", [put("new")]), ("v", [set_("old", x=9)]))
    since = Whose(since=3_000, client="v")

    assert undone(texts, since) == {"old": put("old")["element"]}
    assert undoing(texts, since).n_entries == 2


def test_all_that_is_said_of_the_author_must_match():
    def is_theirs(**said: str) -> bool:
        by = Author(session="s", client="c", user="u")
        return Whose(**said).wrote("c", 0, by)  # type: ignore[arg-type]

    assert is_theirs(client="c")
    assert is_theirs(client="c", session="s", user="u")
    assert not is_theirs(client="c", session="another")
    assert not is_theirs()


def test_its_own_entries_count_as_done_and_a_second_time_nothing_is_left():
    texts = journal(("ada", [put("a")]), ("v", [set_("a", x=5), put("v1")]))
    mine = json.loads(journal(("owner", undoing(texts).ops))[0])
    texts.append(json.dumps(mine | {"seq": 3, "id": "undo-1"}))

    assert undoing(texts) == Undoing(1, [])


def test_an_undoing_is_undone_by_the_ids_of_its_changes():
    texts = journal(("ada", [put("a")]), ("v", [set_("a", x=5), put("v1")]))
    mine = json.loads(journal(("owner", undoing(texts).ops))[0])
    texts.append(json.dumps(mine | {"seq": 3, "id": "undo-1"}))
    by_id = Whose(changes=frozenset(["undo-1"]), client="not asked")

    back = undone(texts, by_id)

    assert undoing(texts, by_id).n_entries == 1
    assert back == undone(texts[:2], Whose(client="nobody"))


def test_who_calls_a_change_as_if_it_undid_is_undone_all_the_same():
    texts = journal(("ada", [put("a")]), ("v", [put("v1")]))
    texts[1] = texts[1].replace('"c2"', '"undo-1-more"')

    assert set(undone(texts)) == {"a"}


@PROPERTY
@given(st.lists(st.tuples(st.sampled_from(["ada", "v"]), op_lists), max_size=12))
def test_afterwards_it_is_the_fold_of_what_the_others_did(
    written: list[tuple[str, list[Op]]],
):
    texts = journal(*written)
    without = Document()
    for text, (client, _) in zip(texts, written, strict=True):
        if client != "v":
            without.apply(text)

    expected = {e["id"]: e for e in without.folded().elements}
    assert undone(texts) == expected
