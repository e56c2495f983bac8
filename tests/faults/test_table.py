"""The table of faults: the cheapest in short with every `make test`, all at night."""

import asyncio

import pytest

from tests.faults.rows import FAULTS
from tests.faults.table import HELD, LONG, SHORT, Form, Places, run_fault

pytestmark = pytest.mark.faults

SEED = 20261128
# They share one deployment, and each is over in a few seconds.
CHEAP = [
    "redis-flushed",
    "redis-fail-over",
    "postgres-read-only",
    "web-frozen",
    "reconnect-storm",
]


def _all_hold(names: list[str], form: Form) -> None:
    places = Places()
    try:
        rows = [
            asyncio.run(run_fault(FAULTS[name], form, places, SEED)) for name in names
        ]
    finally:
        places.close()
    assert [row for row in rows if not row.is_well] == []
    if not_tried := [row.result for row in rows if row.result != HELD]:
        pytest.skip(not_tried[0])  # this machine lacks something


def test_J3_R1_the_cheapest_faults_lose_nothing() -> None:
    _all_hold(CHEAP, SHORT)


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_J3_R1_faults_that_last_lose_nothing(name: str) -> None:
    _all_hold([name], LONG)
