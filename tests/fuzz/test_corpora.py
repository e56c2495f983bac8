"""What fuzzing kept, and what it begins with, fed again: the short form of an hour."""

from collections.abc import Iterator

import pytest

from tests.fuzz.seeds import KEPT, seeds
from tests.fuzz.targets import TARGETS

MOST_BYTES = 4_096  # larger ones take their time and belong to the long form


def inputs(target: str) -> Iterator[bytes]:
    """The kept inputs of a target, then its small seeds."""
    for path in sorted((KEPT / target).glob("*")):
        yield path.read_bytes()
    for seed in seeds(target):
        if len(seed) <= MOST_BYTES:
            yield seed


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # of damaged metadata
def test_nothing_kept_breaks_its_target(name: str) -> None:
    n_inputs = 0
    for data in inputs(name):
        TARGETS[name](data)
        n_inputs += 1

    assert n_inputs > 0
