"""The seeded world: 200 seeds, what was found before, and whether it bites at all."""

import pytest

from tests.support.world import script as scripts
from tests.support.world.runner import run_script, run_seed
from tests.support.world.script import Script, Step
from tests.world.broken import MUTANTS, Mutant
from tests.world.found import FOUND, Found

N_SEEDS = 200
SEEDS_A_TEST = 20  # one line of the report for each twenty


@pytest.mark.parametrize("first", range(0, N_SEEDS, SEEDS_A_TEST))
def test_R5_all_copies_are_equal_after_any_faults(first: int) -> None:
    for seed in range(first, first + SEEDS_A_TEST):
        failure = run_seed(seed)

        assert failure is None, str(failure)


@pytest.mark.parametrize("found", FOUND, ids=lambda found: found.name)
def test_what_was_found_before_stays_fixed(found: Found) -> None:
    why, _ = run_script(found.script)

    assert why is None, f"{found.what}: {why}"


def test_the_same_seed_is_the_same_run() -> None:
    for seed in (3, 14):
        _, first = run_script(scripts.write(seed))
        _, second = run_script(scripts.write(seed))

        assert first.trace == second.trace, f"seed {seed}"
        assert first.digest() == second.digest()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_world_notices_a_broken_engine(mutant: Mutant) -> None:
    rules: set[str] = set()
    with mutant.build():
        for seed in range(mutant.first, mutant.first + N_SEEDS):
            failure = run_seed(seed, mutant.journal, shrink=False)
            if failure is not None:
                rules.add(failure.why.split()[0])
            if rules & set(mutant.rules.split()):
                return

    pytest.fail(f"{mutant.why}: nobody noticed, only {rules}")


def test_a_failing_script_is_shrunk_to_what_matters() -> None:
    script = scripts.write(7)
    culprits = {script.steps[5], script.steps[-3]}

    shrunk = scripts.shrink(script, lambda shorter: culprits <= set(shorter.steps))

    assert set(shrunk.steps) == culprits


def test_a_script_reads_back_as_the_same_script() -> None:
    script = scripts.write(11)

    again = eval(  # noqa: S307 - our own text: it is meant to be pasted into `found`
        scripts.as_text(script), {"Script": Script, "Step": Step}
    )

    assert again == script
