"""Values that the tests of the pure sync parts build on, and how properties run."""

import itertools
import json
import os
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from boards.access import Credentials, Grant, Role
from boards.sync import protocol
from boards.sync.protocol import Author, Live, Peer
from boards.sync.session import Outbox, Session

# The same examples in every run, and a machine's pace decides nothing; with
# TEST_EXAMPLES so many others, which the long search of `docs/security.md` takes.
_EXAMPLES = int(os.environ.get("TEST_EXAMPLES", "0"))
PROPERTY = settings(
    derandomize=_EXAMPLES == 0,
    deadline=None,
    database=None,
    max_examples=_EXAMPLES or 150,
    print_blob=True,
)

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_numbers = st.integers(-(2**53), 2**53) | st.floats(
    allow_nan=False, allow_infinity=False
)
_scalars = st.none() | st.booleans() | _numbers | _text
json_values = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(_text, inner, max_size=3)
    ),
    max_leaves=8,
)

ids = st.sampled_from(["a", "b", "c", "d"])
_orders = st.sampled_from(["a0", "a1", "Zz", "b00"])
_put = st.builds(
    lambda id_, x, z: {
        "op": "put",
        "element": {"kind": "rect", "id": id_, "x": x, "y": 0, "w": 1, "h": 1, **z},
    },
    ids,
    st.integers(-99, 99),
    st.just({}) | _orders.map(lambda z: {"z": z}),
)
_set = st.builds(
    lambda id_, props: {"op": "set", "id": id_, "props": props},
    ids,
    st.dictionaries(
        st.sampled_from(["x", "angle", "alt", "z"]), st.none() | st.integers(0, 7)
    ),
)
_del = ids.map(lambda id_: {"op": "del", "id": id_})
ops = _put | _set | _del  # fighting over four elements
op_lists = st.lists(ops, min_size=1, max_size=4)


def entry_text(seq: int, some_ops: Any = (), *, id_: str | None = None) -> str:
    """A stored entry, as the journal writes it."""
    by = {"session": "s", "client": "c"}
    entry = {"seq": seq, "id": id_ or f"c{seq}", "at": seq, "by": by}
    return json.dumps({**entry, "ops": list(some_ops)}, separators=(",", ":"))


def texts_of(op_lists_: list[list[Any]]) -> list[str]:
    """A journal: one entry for each list of ops."""
    return [entry_text(seq, some) for seq, some in enumerate(op_lists_, 1)]


def rect(id_: str, **props: Any) -> dict[str, Any]:
    """A rectangle on the wire."""
    return {"kind": "rect", "id": id_, "x": 0, "y": 0, "w": 1, "h": 1, **props}


def put(id_: str, **props: Any) -> dict[str, Any]:
    """The op that puts a rectangle."""
    return {"op": "put", "element": rect(id_, **props)}


def peer(session: str, **fields: Any) -> Peer:
    """Somebody on the board."""
    return Peer(session, "c", fields.pop("name", ""), "#000000", "edit", **fields)


def live(**fields: Any) -> Live:
    """A live frame, decoded as from a client."""
    frame = protocol.decode_frame(json.dumps({"type": "live", **fields}))
    assert isinstance(frame, Live)
    return frame


_numbered = itertools.count(1)


def session(limit_chars: int = 1_000_000, *, role: Role = Role.EDIT) -> Session:
    """A session that nobody reads but the test."""
    name = f"s{next(_numbered)}"
    return Session(
        author=Author(name, "c"),
        color="",
        grant=Grant("b", role, Credentials()),
        outbox=Outbox(limit_chars, lambda: None),
    )


def frames(of: Session) -> list[dict[str, Any]]:
    """What was sent to a session since the last call, decoded."""
    return [json.loads(frame) for frame in of.outbox.take()]


def seqs(of: Session) -> list[int]:
    """The seqs of the entries that were sent to a session since the last call."""
    return [
        entry["seq"]
        for frame in frames(of)
        if frame["type"] == "entries"
        for entry in frame["entries"]
    ]


def welcome(of: Session) -> dict[str, Any]:
    """The welcome that a session got; the frames after it stay."""
    texts = of.outbox.take()
    for text in texts[1:]:
        of.outbox.push(text)
    said: dict[str, Any] = json.loads(texts[0])
    assert said["type"] == "welcome"
    return said
