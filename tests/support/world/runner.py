"""Runs seeds: says which one failed, why, and the shortest script that still fails."""

from dataclasses import dataclass

from tests.support.world import script as scripts
from tests.support.world.journal import FakeJournal
from tests.support.world.script import Script
from tests.support.world.world import Broken, World

TRACE_LINES = 60  # of the shrunk run; the rest is found by running it


@dataclass(frozen=True, slots=True)
class Failure:
    """A world that broke."""

    seed: int | None
    why: str
    script: Script
    trace: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(
            [
                f"seed {self.seed}: {self.why}",
                f"the shortest script that fails ({len(self.script.steps)} steps):",
                scripts.as_text(self.script),
                "the end of its trace:",
                *self.trace[-TRACE_LINES:],
            ]
        )


def run_script(
    script: Script, journal: type[FakeJournal] = FakeJournal
) -> tuple[str | None, World]:
    """Run a script; returns what broke, if anything, and the world."""
    world = World(script, journal)
    try:
        world.run()
    except Broken as broken:
        return str(broken), world
    return None, world


def run_seed(
    seed: int,
    journal: type[FakeJournal] = FakeJournal,
    *,
    shrink: bool = True,
) -> Failure | None:
    """Run one seed; a failing one is shrunk before it is reported."""
    script = scripts.write(seed)
    why, world = run_script(script, journal)
    if why is None:
        return None
    if shrink:
        rule = why.split()[0]

        def fails(shorter: Script) -> bool:
            broken, _ = run_script(shorter, journal)
            return broken is not None and broken.split()[0] == rule

        script = scripts.shrink(script, fails)
        shrunk_why, world = run_script(script, journal)
        why = shrunk_why or why
    return Failure(seed, why, script, tuple(world.trace))
