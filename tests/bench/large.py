"""A board of 100,000 strokes in a real browser: opened, moved, drawn on, exported.

The strokes are those of the corpus over and over, at the places where people drew them,
so they lie on each other in heaps, which is the hard case.
"""

import time
from pathlib import Path

from playwright.sync_api import Page

from tests.bench.front import (
    board_of,
    draw_across,
    frames,
    ink_figures,
    motions,
    strokes_more,
)
from tests.bench.measures import Figures, Size
from tests.bench.pages import new_page, open_board, settle, traced

TIMES_AS_LARGE = 10  # as the usual board of the benchmark
N_FRAMES = 60
EXPORT_MS = 240_000.0


def large(size: Size) -> Figures:
    """What a person does on such a board, one after the other."""
    n_strokes = TIMES_AS_LARGE * size.n_strokes
    figures: Figures = {"strokes": float(n_strokes)}
    with board_of(n_strokes) as board:
        with new_page() as (_, tab):
            open_board(tab, board, n_strokes)  # once, so that a snapshot is there
        with new_page() as (browser, tab):
            began = time.perf_counter()
            open_board(tab, board, n_strokes)
            figures["open s"] = time.perf_counter() - began
            settle(tab)
            figures |= frames("moved", motions(browser, tab, ".layer-scene", N_FRAMES))
            with traced(browser, tab) as events, strokes_more(tab, 1):
                draw_across(tab)
            figures |= ink_figures("drawn on", events)
            figures["heap MB"] = _heap_bytes(tab) / 1e6
            for kind in ("PNG", "SVG"):
                figures |= _exported(tab, kind)
    return figures


def _exported(tab: Page, kind: str) -> Figures:
    """From pressing Download to the file."""
    tab.keyboard.press("Control+Shift+E")
    tab.get_by_label(kind).check()
    began = time.perf_counter()
    with tab.expect_download(timeout=EXPORT_MS) as download:
        tab.get_by_role("button", name="Download").click()
    took_s = time.perf_counter() - began
    n_bytes = Path(download.value.path()).stat().st_size
    return {f"exported as {kind} s": took_s, f"{kind} MB": n_bytes / 1e6}


def _heap_bytes(tab: Page) -> float:
    cdp = tab.context.new_cdp_session(tab)
    cdp.send("HeapProfiler.collectGarbage")
    return float(cdp.send("Runtime.getHeapUsage")["usedSize"])


LARGE_MEASURES = {"large": large}
