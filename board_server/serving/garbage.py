"""When Python looks for garbage in cycles: once a minute, and not in between.

By itself it looks through everything whenever enough was made, which stops a process
with four hundred people for 150 ms every few seconds: a stroke that stutters for all of
them. What is there at the start is never looked through again.
"""

import gc
from typing import Any

EVERY_S = 60.0
YOUNG = 10_000  # objects; those are looked through in a millisecond or two
YOUNGER = 20  # rounds of the youngest before the next generation
NEVER = 1_000_000_000  # rounds before everything


def collect_by_the_clock(clock: Any) -> None:
    """Begin; `clock` is Twisted's reactor. Call it when everything is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, YOUNGER, NEVER)

    def collect() -> None:
        gc.collect()
        clock.callLater(EVERY_S, collect)

    clock.callLater(EVERY_S, collect)
