"""What a page's memory does while somebody draws: two thousand strokes, or an hour.

The heap has the page's own objects, the code that the browser compiles of them, and its
own notes (of input, of the pace); the figures keep these apart, by a heap snapshot.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import linear_regression
from typing import Any

from playwright.sync_api import Page

from tests.bench.front import board_of
from tests.bench.measures import Figures, Size
from tests.bench.pages import new_page, open_board, script, settle

N_STROKES, N_MOVES, N_LOOPS, N_WARM = 100, 12, 20, 5
AT_ONCE, CALMLY = 0, 1_400  # ms of pause after a stroke
HOUR_S = 3_600
CALM_STROKES, CALM_MOVES = 30, 24  # a stroke takes 0.4 s: 54 s in all
NOT_OURS = ("code", "native", "hidden", "object shape", "synthetic")
IS_EMPTY = (
    "() => document.querySelector('#board').board.document().elements.length === 0"
)


@dataclass(frozen=True, slots=True)
class Memory:
    """What a page holds after a forced collection: bytes, and nodes of its document."""

    heap: float
    objects: float  # of the heap, what the page's own code made
    nodes: float


def heap(size: Size) -> Figures:
    """The heap along 2,000 strokes drawn and deleted in loops of a hundred."""
    del size
    samples: list[Memory] = []
    with board_of(0) as board, new_page() as (_, tab):
        open_board(tab, board)
        settle(tab)
        first = memory_of(tab)
        for _ in range(N_LOOPS):
            _draw(tab, N_STROKES, N_MOVES, AT_ONCE)
            _wipe(tab)
            samples.append(memory_of(tab))
    drawn = [N_STROKES * (loop + 1) / 1000 for loop in range(N_LOOPS)]
    return {
        "strokes": float(N_STROKES * N_LOOPS),
        **_told(first, samples[N_WARM:]),
        **_growth("a 1,000 strokes", drawn[N_WARM:], samples[N_WARM:]),
    }


def hour(size: Size) -> Figures:
    """The heap along an hour by the clock of somebody who draws calmly.

    A stroke each 1.8 s with a pointer's usual sixty moves a second, three steps undone
    and done again and the board wiped each minute.
    """
    del size
    samples: list[Memory] = []
    hours: list[float] = []
    with board_of(0) as board, new_page() as (_, tab):
        open_board(tab, board)
        settle(tab)
        first, began = memory_of(tab), time.monotonic()
        while time.monotonic() - began < HOUR_S:
            _draw(tab, CALM_STROKES, CALM_MOVES, CALMLY)
            for keys in ("Control+z", "Control+Shift+z"):
                for _ in range(3):
                    tab.keyboard.press(keys)
            _wipe(tab)
            hours.append((time.monotonic() - began) / 3_600)
            samples.append(memory_of(tab))
    return {
        "strokes": float(CALM_STROKES * len(samples)),
        **_told(first, samples[N_WARM:]),
        **_growth("an hour", hours[N_WARM:], samples[N_WARM:]),
    }


def memory_of(page: Page) -> Memory:
    """Collect what nobody holds, then count the rest."""
    cdp = page.context.new_cdp_session(page)
    chunks: list[str] = []
    cdp.on(
        "HeapProfiler.addHeapSnapshotChunk", lambda part: chunks.append(part["chunk"])
    )
    cdp.send("HeapProfiler.collectGarbage")
    used: Mapping[str, Any] = cdp.send("Runtime.getHeapUsage")
    counted: Mapping[str, Any] = cdp.send("Memory.getDOMCounters")
    cdp.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    cdp.detach()
    return Memory(
        float(used["usedSize"]),
        own_bytes(json.loads("".join(chunks))),
        float(counted["nodes"]),
    )


def own_bytes(snapshot: Mapping[str, Any]) -> float:
    """How much of a heap snapshot is objects, texts and closures of the page's own.

    Args:
        snapshot: as Chromium writes it: `nodes` is one flat list of numbers, as many
            for each node as `meta.node_fields` has names.
    """
    meta = snapshot["snapshot"]["meta"]
    fields, kinds = meta["node_fields"], meta["node_types"][0]
    nodes, width = snapshot["nodes"], len(fields)
    sizes = nodes[fields.index("self_size") :: width]
    of_kinds = nodes[fields.index("type") :: width]
    pairs = zip(of_kinds, sizes, strict=True)
    return float(sum(size for kind, size in pairs if kinds[kind] not in NOT_OURS))


def _draw(tab: Page, n_strokes: int, n_moves: int, pause_ms: int) -> None:
    tab.keyboard.press("p")  # the pen; "select all" took the arrow
    tab.evaluate(script("draw"), [n_strokes, n_moves, pause_ms])


def _wipe(tab: Page) -> None:
    tab.keyboard.press("Control+a")
    tab.keyboard.press("Delete")
    tab.wait_for_function(IS_EMPTY)


def _told(first: Memory, warm: list[Memory]) -> Figures:
    return {
        "heap at first MB": first.heap / 1e6,
        "heap when warm MB": warm[0].heap / 1e6,
        "heap at the end MB": warm[-1].heap / 1e6,
        "the page's own objects when warm MB": warm[0].objects / 1e6,
        "the page's own objects at the end MB": warm[-1].objects / 1e6,
        "nodes when warm": warm[0].nodes,
        "nodes at the end": warm[-1].nodes,
    }


def _growth(unit: str, along: list[float], warm: list[Memory]) -> Figures:
    """Slopes of the fitted lines, for each unit of `along`."""
    heaps, _ = linear_regression(along, [memory.heap for memory in warm])
    objects, _ = linear_regression(along, [memory.objects for memory in warm])
    return {
        f"heap grows {unit}, KB": heaps / 1e3,
        f"the page's own objects grow {unit}, KB": objects / 1e3,
    }


GROWTH_MEASURES = {"heap": heap}
BY_THE_CLOCK = {"hour": hour}  # only when it is asked for by name
