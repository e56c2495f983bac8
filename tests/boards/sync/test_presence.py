"""Presence: full list, then deltas; gone with the session or with the process."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.sync.live import MAX_LASER_POINTS, Laser
from boards.sync.presence import Delta, Presence
from boards.sync.properties import MAX_POINTS
from boards.sync.protocol import Doing, Peer
from tests.support.sync_values import PROPERTY, live, peer

VECTORS = Path(__file__).resolve().parents[2] / "vectors"
DRAFT_VECTORS = json.loads((VECTORS / "draft" / "extend.json").read_text())
HERE, THERE = "here", "there"


def pen(*points: float, **props: Any) -> dict[str, Any]:
    element = {"kind": "pen", "id": "p", "x": 0, "y": 0, "points": list(points)}
    return {"op": "put", "element": {**element, **props}}


def extend(offset: int, *points: float, **beside: Any) -> dict[str, Any]:
    return {"id": "p", "offset": offset, "points": list(points), **beside}


def as_json(value: Any) -> Any:
    return json.loads(msgspec.json.encode(value))


def everyone(presence: Presence) -> dict[str, Any]:
    return {peer.session: as_json(peer) for peer in presence.everyone()}


def copy_of(delta: Delta) -> Delta:
    """A delta as it comes out of a wire: nothing is shared."""
    return msgspec.json.decode(msgspec.json.encode(delta), type=Delta)


def with_peer(*ops: dict[str, Any]) -> Presence:
    """Somebody who has a draft, and of whom everybody was told."""
    presence = Presence()
    presence.join(peer("s"))
    presence.show("s", live(draft=list(ops)))
    presence.take()
    return presence


def draft_of(presence: Presence) -> Any:
    return everyone(presence)["s"].get("draft")


# --- lasers -------------------------------------------------------------------------


def test_P1_a_laser_is_told_once_and_kept_nowhere() -> None:
    presence = with_peer()

    presence.show("s", live(laser={"trail": 1, "points": [0, 0]}))
    presence.show("s", live(laser={"trail": 1, "points": [1, 1, 2, 2]}))
    everything, ours = presence.take()

    expected = {"trail": 1, "points": [0, 0, 1, 1, 2, 2]}
    assert as_json(everything.doing["s"]) == {"laser": expected}
    assert as_json(ours.doing["s"]) == {"laser": expected}
    assert "laser" not in everyone(presence)["s"]
    assert not presence.take()[0]


def test_P1_of_two_trails_in_a_pace_the_newer_is_told() -> None:
    presence = with_peer()

    presence.show("s", live(laser={"trail": 1, "points": [0, 0]}))
    presence.show("s", live(laser={"trail": 2, "points": [5, 5]}))

    doing = as_json(presence.take()[0].doing["s"])
    assert doing == {"laser": {"trail": 2, "points": [5, 5]}}


def test_P1_a_laser_within_a_pace_is_bounded() -> None:
    presence = with_peer()

    for n in range(MAX_LASER_POINTS + 10):
        presence.show("s", live(laser={"trail": 1, "points": [n, n]}))

    laser = presence.take()[0].doing["s"].laser
    assert isinstance(laser, Laser)
    assert len(laser.points) == 2 * MAX_LASER_POINTS
    assert laser.points[-1] == MAX_LASER_POINTS + 9


def test_P2_a_laser_elsewhere_is_told() -> None:
    here, there = Presence(), with_peer()
    here.hear_all(THERE, there.here(), 0)
    here.take()
    there.show("s", live(laser={"trail": 1, "points": [3, 4]}))

    here.hear(THERE, copy_of(there.take()[1]), 1)

    doing = as_json(here.take()[0].doing["s"])
    assert doing == {"laser": {"trail": 1, "points": [3, 4]}}


def test_P2_the_cursor_is_where_a_growing_stroke_ends() -> None:
    presence = with_peer()
    pen = {"kind": "pen", "id": "e", "x": 100, "y": 200, "points": [0, 0]}
    presence.show("s", live(cursor=[100, 200], draft=[{"op": "put", "element": pen}]))
    presence.take()

    presence.show("s", live(extend={"id": "e", "offset": 1, "points": [1, 2, 3, 4]}))

    assert "cursor" not in as_json(
        presence.take()[0].doing["s"]
    )  # as everybody can see
    assert everyone(presence)["s"]["cursor"] == [103, 204]


# --- states and moments -------------------------------------------------------------

STATES = {"follow": "x", "editing": "e", "chat": "Hi", "idle": "away"}
MOMENTS = {"react": {"emoji": "👍", "x": 1, "y": 2}, "call": [0, 0, 10, 10]}


def test_P2_a_newcomer_is_told_states_and_no_moments() -> None:
    presence = with_peer()

    presence.show("s", live(**STATES, **MOMENTS))
    everything, ours = presence.take()

    assert as_json(everything.doing["s"]) == {**STATES, **MOMENTS}
    assert as_json(ours.doing["s"]) == {**STATES, **MOMENTS}
    known = everyone(presence)["s"]
    assert {name: known[name] for name in STATES} == STATES
    assert not MOMENTS.keys() & known.keys()
    assert not presence.take()[0]


def test_P2_states_end_and_moments_are_told_elsewhere_once() -> None:
    here, there = Presence(), with_peer()
    here.hear_all(THERE, there.here(), 0)
    there.show("s", live(**STATES))
    here.hear(THERE, copy_of(there.take()[1]), 1)
    here.take()

    ended = {"follow": None, "editing": None, "chat": "", "idle": ""}
    there.show("s", live(**ended, **MOMENTS))
    here.hear(THERE, copy_of(there.take()[1]), 2)

    assert as_json(here.take()[0].doing["s"]) == {**ended, **MOMENTS}
    assert not STATES.keys() & everyone(here)["s"].keys()


def test_P2_a_lost_state_comes_with_the_next_announcement() -> None:
    here, there = Presence(), with_peer()
    here.hear_all(THERE, copy_of(Delta(join=there.here())).join, 0)
    here.take()

    there.show("s", live(chat="Hi", react=MOMENTS["react"]))
    here.hear_all(THERE, copy_of(Delta(join=there.here())).join, 1)

    assert as_json(here.take()[0].doing["s"]) == {"chat": "Hi"}


# --- what others do -----------------------------------------------------------------


@pytest.mark.parametrize("case", DRAFT_VECTORS, ids=lambda case: case["name"])
def test_P2_a_draft_grows_as_in_the_vectors(case: dict[str, Any]) -> None:
    presence = Presence()
    presence.join(peer("s"))
    if case["draft"] is not None:
        presence.show("s", live(draft=case["draft"]))

    for frame in case["frames"]:
        presence.show("s", live(**frame))

    assert draft_of(presence) == case["expect"]["draft"]


@pytest.mark.parametrize("case", DRAFT_VECTORS, ids=lambda case: case["name"])
def test_P2_others_see_the_draft_of_the_vectors(case: dict[str, Any]) -> None:
    near, far = Presence(), Presence()
    near.join(peer("s"))
    for frame in [{"draft": case["draft"]}, *case["frames"]]:
        near.show("s", live(**frame))
        far.hear(THERE, copy_of(near.take()[1]), 0.0)

    assert draft_of(far) == case["expect"]["draft"]


def test_P2_a_newcomer_gets_the_full_list() -> None:
    presence = Presence()
    presence.join(peer("s", name="Ann"))
    presence.show("s", live(cursor=[1, 2], selection=["e"], tool="pen"))

    (ann,) = everyone(presence).values()

    assert (ann["cursor"], ann["selection"], ann["tool"]) == ([1, 2], ["e"], "pen")


def test_P2_what_happens_in_a_pace_is_one_delta() -> None:
    presence = Presence()
    presence.join(peer("s"))
    presence.show("s", live(cursor=[1, 1]))
    presence.show("s", live(cursor=[2, 2]))

    everything, ours = presence.take()

    assert [peer.session for peer in everything.join] == ["s"]
    assert everything.doing["s"].cursor == [2, 2]
    assert as_json(ours) == as_json(everything)


def test_P2_after_a_take_nothing_is_told_again() -> None:
    presence = with_peer()

    assert presence.is_quiet
    assert not any(presence.take())


def test_P2_who_comes_and_goes_within_a_pace_is_gone() -> None:
    presence = Presence()
    presence.join(peer("s"))
    presence.show("s", live(cursor=[1, 1]))
    presence.leave("s")

    everything, ours = presence.take()

    assert (everything.join, everything.leave, everything.doing) == ([], ["s"], {})
    assert ours.leave == ["s"]


def test_P2_who_goes_and_comes_within_a_pace_is_there() -> None:
    presence = with_peer()
    presence.leave("s")
    presence.join(peer("s"))

    everything, _ = presence.take()

    assert everything.leave == []
    assert [peer.session for peer in everything.join] == ["s"]


def test_P2_what_others_do_is_not_told_on() -> None:
    presence = Presence()
    presence.hear(THERE, Delta([peer("far")]), 0.0)
    presence.join(peer("near"))

    everything, ours = presence.take()

    assert {peer.session for peer in everything.join} == {"far", "near"}
    assert [peer.session for peer in ours.join] == ["near"]


def test_P2_a_changed_role_is_told() -> None:
    presence = with_peer()
    presence.set_role("s", "view")
    presence.set_role("nobody", "view")

    everything, _ = presence.take()

    assert [(peer.session, peer.role) for peer in everything.change] == [("s", "view")]


def test_P2_who_may_no_longer_draw_leaves_no_draft() -> None:
    """A frozen board went on showing what somebody was writing when it was frozen."""
    presence = with_peer()
    presence.show("s", live(draft=[pen(0, 0)], editing="a"))
    presence.take()

    presence.set_role("s", "view")

    doing = presence.take()[0].doing["s"]
    assert (doing.draft, doing.editing) == (None, None)
    assert "draft" not in everyone(presence)["s"]


def test_P2_who_may_still_draw_keeps_the_draft() -> None:
    presence = with_peer()
    presence.show("s", live(draft=[pen(0, 0)]))

    presence.set_role("s", "own")

    assert "draft" in everyone(presence)["s"]


def test_P2_a_changed_peer_elsewhere_is_told() -> None:
    presence = Presence()
    presence.hear(THERE, Delta([peer("s")]), 0.0)
    presence.take()

    presence.hear(THERE, Delta(change=[peer("s", name="Ann"), peer("ghost")]), 1.0)

    assert [p.name for p in presence.take()[0].change] == ["Ann"]
    assert set(everyone(presence)) == {"s"}


def test_P2_who_is_not_known_does_nothing() -> None:
    presence = Presence()
    presence.show("ghost", live(cursor=[1, 1]))
    presence.hear(THERE, Delta(leave=["x"], doing={"y": Doing(cursor=[1, 1])}), 0.0)
    presence.leave("ghost")

    assert presence.is_quiet
    assert presence.everyone() == []


def test_P2_two_extends_in_a_pace_are_told_as_one() -> None:
    presence = with_peer(pen(0, 0))
    presence.show("s", live(extend=extend(1, 1, 1)))
    presence.show("s", live(extend=extend(2, 2, 2)))

    told = presence.take()[0].doing["s"]

    assert as_json(told) == {"extend": extend(1, 1, 1, 2, 2)}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"pressure": [0.5]}, {}),
        ({"time": [8]}, {}),
        ({"pressure": [0.5], "time": [8]}, {"pressure": [0.5]}),
    ],
)
def test_P2_extends_that_do_not_match_are_told_as_the_whole_draft(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    presence = with_peer(pen(0, 0, pressure=[0.1], time=[0]))
    presence.show("s", live(extend=extend(1, 1, 1, **first)))
    presence.show("s", live(extend=extend(2, 2, 2, **second)))

    told = as_json(presence.take()[0].doing["s"])

    assert "extend" not in told
    assert told["draft"] == draft_of(presence)


def test_P2_extends_of_two_strokes_are_told_as_the_whole_draft() -> None:
    other = pen(0, 0, id="q")
    presence = with_peer(pen(0, 0), other)
    presence.show("s", live(extend=extend(1, 1, 1)))
    presence.show("s", live(extend={**extend(1, 1, 1), "id": "q"}))

    told = as_json(presence.take()[0].doing["s"])

    assert told == {"draft": draft_of(presence), "cursor": [1, 1]}


def test_P2_a_new_draft_tells_its_extends_within_it() -> None:
    presence = with_peer()
    presence.show("s", live(draft=[pen(0, 0)]))
    presence.show("s", live(extend=extend(1, 1, 1)))

    told = as_json(presence.take()[0].doing["s"])

    assert told == {"draft": [pen(0, 0, 1, 1)], "cursor": [1, 1]}


def test_P2_a_draft_has_no_more_points_than_a_stroke() -> None:
    presence = with_peer(pen(*[0] * (2 * MAX_POINTS)))

    presence.show("s", live(extend=extend(MAX_POINTS, 1, 1)))

    assert len(draft_of(presence)[0]["element"]["points"]) == 2 * MAX_POINTS
    assert presence.take()[0].doing.get("s") in (None, Doing())


def test_P2_only_freehand_strokes_grow() -> None:
    line = {"kind": "line", "id": "p", "x": 0, "y": 0, "points": [0, 0]}
    presence = with_peer({"op": "del", "id": "q"}, {"op": "put", "element": line})

    presence.show("s", live(extend=extend(1, 1, 1)))

    assert draft_of(presence)[1]["element"]["points"] == [0, 0]


# --- what processes tell each other -------------------------------------------------


def test_P2_an_announcement_mends_what_was_lost() -> None:
    presence = Presence()
    told = [peer("stays", cursor=[1, 1]), peer("goes"), peer("renamed", name="A")]
    presence.hear(THERE, Delta(told), 0.0)
    presence.take()

    now = [
        peer("stays", cursor=[2, 2]),
        peer("comes"),
        peer("renamed", name="B", draft=[]),
    ]
    presence.hear_all(THERE, now, 1.0)
    everything, ours = presence.take()

    assert everyone(presence) == {p.session: as_json(p) for p in now}
    assert [p.session for p in everything.join] == ["comes"]
    assert everything.leave == ["goes"]
    assert [p.session for p in everything.change] == ["renamed"]
    assert everything.doing["stays"].cursor == [2, 2]
    assert not ours


def test_P2_an_announcement_that_tells_nothing_new_is_quiet() -> None:
    presence = Presence()
    presence.hear_all(THERE, [peer("s", cursor=[1, 1])], 0.0)
    presence.take()

    presence.hear_all(THERE, [peer("s", cursor=[1, 1])], 1.0)

    assert presence.is_quiet


def test_P3_gone_with_its_session() -> None:
    presence = with_peer()
    presence.hear(THERE, Delta([peer("far")]), 0.0)

    presence.leave("s")
    presence.hear(THERE, Delta(leave=["far"]), 0.0)

    assert presence.everyone() == []
    assert presence.take()[0].leave == ["far", "s"]


def test_P3_peers_of_a_silent_process_expire() -> None:
    presence = Presence()
    presence.hear(THERE, Delta([peer("far")]), 0.0)
    presence.hear(HERE, Delta([peer("near")]), 20.0)

    presence.expire(31.0, 30.0)

    assert set(everyone(presence)) == {"near"}
    assert presence.take()[0].leave == ["far"]


def test_P3_who_is_heard_of_does_not_expire() -> None:
    presence = Presence()
    presence.hear(THERE, Delta([peer("far")]), 0.0)
    presence.hear_all(THERE, [peer("far")], 20.0)

    presence.expire(50.0, 30.0)

    assert set(everyone(presence)) == {"far"}


def test_P3_own_peers_never_expire() -> None:
    presence = with_peer()

    presence.expire(1_000.0, 30.0)

    assert [peer.session for peer in presence.here()] == ["s"]


SESSIONS = ["a", "b", "c"]
_acts = st.lists(
    st.tuples(
        st.sampled_from(
            ["join", "leave", "cursor", "draft", "clear", "extend", "role"]
        ),
        st.sampled_from(SESSIONS),
        st.integers(0, 6),
    )
    | st.just(("flush", "", 0)),
    max_size=40,
)


def act(presence: Presence, verb: str, who: str, n: int) -> None:
    match verb:
        case "join":
            presence.join(peer(who))
        case "leave":
            presence.leave(who)
        case "cursor":
            presence.show(who, live(cursor=[n, n]))
        case "draft":
            presence.show(who, live(draft=[pen(0, 0)]))
        case "clear":
            presence.show(who, live(draft=None))
        case "extend":
            presence.show(who, live(extend=extend(n, n, n, n + 1, n + 1)))
        case "role":
            presence.set_role(who, "view" if n % 2 else "edit")


@PROPERTY
@given(_acts)
def test_P2_full_list_then_changes_is_the_full_list(acts: list[Any]) -> None:
    near, far, late = Presence(), Presence(), Presence()

    for n, (verb, who, number) in enumerate(acts):
        if verb == "flush":
            delta = near.take()[1]
            far.hear(THERE, copy_of(delta), 0.0)
            late.hear(THERE, copy_of(delta), 0.0)
        else:
            act(near, verb, who, number)
        if n == len(acts) // 2:
            full = [Peer(**as_struct(p)) for p in near.everyone()]
            late.hear_all(THERE, full, 0.0)
    delta = near.take()[1]
    far.hear(THERE, copy_of(delta), 0.0)
    late.hear(THERE, copy_of(delta), 0.0)

    assert everyone(far) == everyone(near)
    assert everyone(late) == everyone(near)


def as_struct(one: Peer) -> dict[str, Any]:
    """The fields of a peer that came over a wire."""
    return msgspec.structs.asdict(
        msgspec.json.decode(msgspec.json.encode(one), type=Peer)
    )


@PROPERTY
@given(_acts, st.randoms(use_true_random=False))
def test_P2_an_announcement_mends_any_loss(acts: list[Any], dice: Any) -> None:
    near, far = Presence(), Presence()
    under_way: list[Delta] = []

    for verb, who, number in acts:
        if verb == "flush":
            under_way.append(copy_of(near.take()[1]))
            dice.shuffle(under_way)
            if dice.random() < 0.5:
                far.hear(THERE, under_way.pop(), 0.0)
        else:
            act(near, verb, who, number)
    near.take()
    far.hear_all(THERE, [Peer(**as_struct(p)) for p in near.here()], 1.0)

    assert everyone(far) == everyone(near)
