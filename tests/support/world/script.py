"""The script of a world: made from a seed, readable, and every part of it runs alone.

A step names what happens and carries its own numbers; indexes wrap around what exists,
so that any selection of steps is a script again. That is what makes shrinking work.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# How often each kind of step comes, before the seed stresses some and drops others.
WEIGHTS = {
    "run": 45.0,
    "draw": 14.0,
    "live": 7.0,
    "clock": 7.0,
    "connect": 6.0,
    "drop": 3.0,
    "lose": 3.0,
    "double": 3.0,
    "repeat": 3.0,
    "ping": 2.0,
    "rest": 2.0,
    "look": 1.5,
    "mend": 2.0,
    "start": 2.0,
    "back": 2.0,
    "cut": 1.0,
    "slow": 1.0,
    "crash": 1.0,
    "lose_answer": 1.0,
    "rights": 1.5,
    "reload": 1.0,
    "away": 0.7,
    "drain": 0.6,
    "forget": 0.5,
    "trash": 0.2,
    "untrash": 0.4,
}
ALWAYS = ("run", "draw", "clock", "connect")  # without these nothing happens at all
STRESS = (0.0, 0.3, 1.0, 1.0, 1.0, 3.0)
MAX_SHRINK_RUNS = 400


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens: a verb, whom it concerns, and its own randomness."""

    verb: str
    who: int
    dice: int


@dataclass(frozen=True, slots=True)
class Script:
    """How big a world is and what happens in it."""

    n_processes: int
    n_boards: int
    n_clients: int
    queue_size: int
    unread_chars: int
    steps: tuple[Step, ...]

    def with_steps(self, steps: Sequence[Step]) -> "Script":
        """The same world with other things happening."""
        return Script(
            self.n_processes,
            self.n_boards,
            self.n_clients,
            self.queue_size,
            self.unread_chars,
            tuple(steps),
        )


def write(seed: int) -> Script:
    """The script of a seed."""
    dice = random.Random(seed)
    weights = {
        verb: weight * (1.0 if verb in ALWAYS else dice.choice(STRESS))
        for verb, weight in WEIGHTS.items()
    }
    n_clients = dice.randint(2, 7)
    opening = [Step("connect", who, dice.getrandbits(20)) for who in range(n_clients)]
    verbs = dice.choices(list(weights), list(weights.values()), k=dice.randint(40, 300))
    steps = [Step(verb, dice.getrandbits(8), dice.getrandbits(20)) for verb in verbs]
    return Script(
        n_processes=dice.choice((1, 2, 2, 3, 3, 4)),
        n_boards=dice.choice((1, 1, 1, 2)),
        n_clients=n_clients,
        queue_size=dice.choice((3, 50, 50)),
        unread_chars=dice.choice((4_000, 20_000, 1_000_000)),
        steps=(*opening, *steps),
    )


def shrink(script: Script, fails: Callable[[Script], bool]) -> Script:
    """A script as short as can be found that still fails (delta debugging)."""
    steps = list(script.steps)
    n_runs, n_parts = 0, 2
    while len(steps) > 1 and n_runs < MAX_SHRINK_RUNS:
        size = max(1, len(steps) // n_parts)
        for start in range(0, len(steps), size):
            rest = steps[:start] + steps[start + size :]
            n_runs += 1
            if fails(script.with_steps(rest)):
                steps, n_parts = rest, max(n_parts - 1, 2)
                break
            if n_runs >= MAX_SHRINK_RUNS:
                break
        else:
            if size == 1:
                break
            n_parts = min(len(steps), 2 * n_parts)
    return script.with_steps(steps)


def as_text(script: Script) -> str:
    """A script as Python that can be pasted into a test."""
    lines = [f"        Step({s.verb!r}, {s.who}, {s.dice})," for s in script.steps]
    return "\n".join(
        [
            "Script(",
            f"    n_processes={script.n_processes},",
            f"    n_boards={script.n_boards},",
            f"    n_clients={script.n_clients},",
            f"    queue_size={script.queue_size},",
            f"    unread_chars={script.unread_chars},",
            "    steps=(",
            *lines,
            "    ),",
            ")",
        ]
    )
