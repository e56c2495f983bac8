"""Answers on their way are counted: together, and those of one address."""

from weakref import finalize

import pytest

from boards.outgoing import Burden
from boards.sync.refusals import Code, Refused


def test_who_does_not_read_is_refused_and_others_are_not() -> None:
    outgoing = Burden(most=100, most_of_address=40)
    outgoing.hold("a1", "a", 20)
    outgoing.hold("a2", "a", 20)

    with pytest.raises(Refused) as refused:
        outgoing.hold("a3", "a", 1)
    outgoing.hold("b", "b", 40)

    assert refused.value.code is Code.BUSY
    assert refused.value.wait_ms
    outgoing.let_go("a1")
    outgoing.let_go("a1")  # once is enough
    outgoing.hold("a3", "a", 1)
    assert outgoing.n_bytes == 61


def test_all_together_have_a_bound_too() -> None:
    outgoing = Burden(most=100, most_of_address=40)
    for address in "abc":
        outgoing.hold(address, address, 30)

    with pytest.raises(Refused):
        outgoing.hold("d", "d", 30)


def test_what_is_larger_than_the_bound_goes_out_alone() -> None:
    outgoing = Burden(most=100, most_of_address=40)
    outgoing.hold("a", "a", 500)

    with pytest.raises(Refused):
        outgoing.hold("b", "b", 1)


def test_what_lies_unread_is_told_anew() -> None:
    outgoing = Burden(most=100, most_of_address=40)
    outgoing.tell("line", "a", 50)
    outgoing.tell("line", "a", 30)

    assert outgoing.n_bytes == 30
    outgoing.let_go("line")
    assert (outgoing.n_bytes, outgoing._of_address) == (0, {})


def test_what_grows_is_counted_once() -> None:
    burden = Burden(most=100, most_of_address=40)
    burden.hold("body", "a", 20)
    burden.hold("body", "a", 40)
    burden.hold("other", "b", 10)

    with pytest.raises(Refused):
        burden.hold("other", "a", 10)
    assert burden.n_bytes == 40


def test_what_was_dropped_in_a_cycle_makes_room() -> None:
    class Answer:
        itself: "Answer"

    burden = Burden(most=100, most_of_address=40)
    answer = Answer()
    answer.itself = answer
    burden.hold("dropped", "a", 40)
    finalize(answer, burden.let_go, "dropped")
    del answer

    burden.hold("next", "a", 40)

    assert burden.n_bytes == 40
