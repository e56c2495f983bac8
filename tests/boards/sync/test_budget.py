"""Budgets: a burst, then a pace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.sync.budget import Budget
from tests.support.sync_values import PROPERTY


def test_a_burst_may_be_used_at_once() -> None:
    budget = Budget(per_s=10, burst=3, now=0.0)

    assert [budget.take(0.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert budget.take(0.0) == pytest.approx(0.1)


def test_what_is_refused_costs_nothing() -> None:
    budget = Budget(per_s=10, burst=1, now=0.0)
    budget.take(0.0)

    for _ in range(5):
        budget.take(0.05)

    assert budget.take(0.1) == 0.0


def test_waiting_as_long_as_told_is_enough() -> None:
    budget = Budget(per_s=7, burst=2, now=5.0)
    budget.take(5.0, 2)

    wait_s = budget.take(5.0, 2)

    assert budget.take(5.0 + wait_s + 1e-9, 2) == 0.0


def test_tokens_do_not_grow_past_the_burst() -> None:
    budget = Budget(per_s=10, burst=3, now=0.0)

    assert budget.take(1_000.0, 3) == 0.0
    assert budget.take(1_000.0) > 0.0


def test_what_is_larger_than_the_burst_takes_all_of_it() -> None:
    budget = Budget(per_s=10, burst=3, now=0.0)

    assert budget.take(0.0, 50) == 0.0
    assert budget.take(0.0) > 0.0
    assert budget.take(0.3, 50) == 0.0


@PROPERTY
@given(st.lists(st.floats(0, 5), max_size=60))
def test_no_pace_of_asking_gets_more_than_burst_and_rate(pauses: list[float]) -> None:
    budget = Budget(per_s=2, burst=4, now=0.0)
    now, n_taken = 0.0, 0

    for pause in pauses:
        now += pause
        n_taken += budget.take(now) == 0.0

    assert n_taken <= 4 + 2 * now + 1e-6
