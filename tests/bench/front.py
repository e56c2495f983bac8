"""The measurements of the board page in a real browser; each gives figures of one run.

What is drawn are strokes of the corpus, as in the server's measurements. Frames and
input are timed by the browser's own trace (`traces.py`), not by the page's clock.
"""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, Page
from websockets.sync.client import connect

from boards.sync import protocol
from boards.sync.elements import Pen
from boards.sync.live import Extend
from boards.sync.protocol import Hello, Live, Put
from tests.bench import tablet
from tests.bench.measures import Figures, Size, fill
from tests.bench.pages import (
    bundle,
    new_page,
    open_board,
    script,
    settle,
    traced,
)
from tests.bench.site import our_site
from tests.bench.traces import Event, frame_gaps_ms, input_ms, spread
from tests.support.convergence import RestBoard
from tests.support.waiting import free_port

MANY_FRAMES, FEW_FRAMES = 120, 40  # ours; the rival takes seconds for a few
MOTIONS = {  # pixels a frame, and whether Ctrl is held: that zooms
    "pan": (9.0, 5.0, False),
    "zoom": (0.0, -3.0, True),
}
N_MOVES = 250  # of the pen
PACE_S = 0.033  # how often a page tells its peers how a stroke grows
PACE_UNITS = 10  # a calm hand: 300 units a second
N_PACES = 90
BLANK = "<style>*{margin:0}</style><div><canvas></canvas></div>"


def page(size: Size) -> Figures:
    """What an empty board loads, and when the first stroke can begin."""
    del size  # a page is a page
    with board_of(0) as board, new_page(script("ready")) as (_, tab):
        open_board(tab, board)
        ready_ms: float = tab.evaluate("() => window.first_stroke")
        settle(tab)
        loaded: Figures = tab.evaluate(script("loaded"))
        with strokes_more(tab, 1):
            draw_across(tab)  # a stroke is possible indeed
    return {
        "first stroke possible ms": ready_ms,
        "first script and style, gzipped KB": loaded["code"] / 1024,
        "later, gzipped KB": loaded["code_later"] / 1024,
        "fonts KB": loaded["fonts"] / 1024,
    }


def moving(size: Size) -> Figures:
    """Frames while panning and zooming over all strokes, ours and repainted naively."""
    figures: Figures = {}
    with board_of(size.n_strokes) as board, new_page() as (browser, tab):
        open_board(tab, board, size.n_strokes)
        settle(tab)
        ours = motions(browser, tab, ".layer-scene", MANY_FRAMES)
        elements = tab.evaluate(
            "() => JSON.stringify(document.querySelector('#board').board"
            ".document().elements)"
        )
        figures |= frames("ours", ours)
        for name, is_culled in (("naive", False), ("naive, only in sight", True)):
            tab.goto("about:blank")
            tab.set_content(BLANK)
            tab.add_script_tag(content=bundle("naive"))
            tab.evaluate(
                "([json, is]) => window.mount(json, is)", [elements, is_culled]
            )
            theirs = motions(browser, tab, "canvas", FEW_FRAMES)
            figures |= frames(name, theirs)
            for motion in MOTIONS:
                key = f"{motion}: frames a second"
                ratio = figures[f"ours, {key}"] / figures[f"{name}, {key}"]
                figures[f"{motion}: times the frames of {name}"] = ratio
    return figures


def ink(size: Size) -> Figures:
    """From an event of the pen to the frame that shows it, on two boards.

    Twice: with moves that each come right after the frame that took the last, which is
    the longest wait for the next, and with those of a tablet at its own times. Beside
    them a bare canvas, which does no more than draw a line: the browser's share.
    """
    figures: Figures = {}
    for n_strokes in (0, size.n_strokes):
        with board_of(n_strokes) as board, page_with_pen() as pen:
            open_board(pen.tab, board, n_strokes)
            settle(pen.tab)
            figures |= _ink(f"{n_strokes} strokes", pen, strokes_more)
    with page_with_pen() as pen:
        pen.tab.set_content(BLANK)
        pen.tab.evaluate(script("bare"))
        return figures | _ink("bare canvas", pen, lambda *_: nullcontext())


@dataclass(frozen=True, slots=True)
class PenPage:
    """A page, its browser, and the port at which a tablet is plugged in."""

    browser: Browser
    tab: Page
    port: int


@contextmanager
def page_with_pen() -> Iterator[PenPage]:
    """A page that a tablet can write on."""
    port = free_port()
    with new_page(arguments=[f"--remote-debugging-port={port}"]) as (browser, tab):
        yield PenPage(browser, tab, port)


def _ink(
    name: str,
    pen: PenPage,
    awaited: Callable[[Page, int], AbstractContextManager[None]],
) -> Figures:
    with traced(pen.browser, pen.tab) as answered, awaited(pen.tab, 1):
        draw_across(pen.tab)
    with traced(pen.browser, pen.tab) as recorded, awaited(pen.tab, tablet.N_STROKES):
        tablet.write(pen.port)
    return ink_figures(name, answered) | ink_figures(f"{name}, a tablet", recorded)


def ink_figures(name: str, events: list[Event]) -> Figures:
    times = input_ms(events, ("MOUSE_DRAGGED",))
    return {
        f"{name}: events": float(len(times)),
        **spread(f"{name}: input to paint", times),
    }


def peer(size: Size) -> Figures:
    """How evenly a peer's growing stroke is painted, told at the usual pace."""
    del size  # one stroke
    with board_of(0) as board, new_page() as (_, tab):
        open_board(tab, board)
        settle(tab)
        url = f"ws{board.url.removeprefix('http')}/ws/boards/{board.id}/"
        is_seen = threading.Event()
        hand = threading.Thread(target=_draw_live, args=(url, is_seen))
        hand.start()
        last_px = 640 + PACE_UNITS * (N_PACES - 2) // 2
        try:
            seen: list[tuple[float, int]] = tab.evaluate(script("follow"), last_px)
        finally:
            is_seen.set()
            hand.join()
    moved = [seen[0]]
    for at_ms, x in seen:
        if x > moved[-1][1]:
            moved.append((at_ms, x))
    pairs = list(itertools.pairwise(moved))[5:]  # once the pace is known
    gaps_ms = [after[0] - before[0] for before, after in pairs]
    steps_px = sorted(after[1] - before[1] for before, after in pairs)
    return {
        **spread("between painted positions", gaps_ms),
        "pace ms": PACE_S * 1000,
        "paces for each painted position": 1000 * PACE_S * len(gaps_ms) / sum(gaps_ms),
        "step median px": float(steps_px[len(steps_px) // 2]),
        "step 95 % px": float(steps_px[int(len(steps_px) * 0.95)]),
        "pace px": float(PACE_UNITS),
    }


@contextmanager
def board_of(n_strokes: int) -> Iterator[RestBoard]:
    """A site with one board of so many strokes."""
    with our_site() as server:
        board = RestBoard.create(server.url)
        if n_strokes:
            fill(server, board, n_strokes)
        yield board


def motions(
    browser: Browser, tab: Page, selector: str, n_frames: int
) -> dict[str, list[float]]:
    gaps: dict[str, list[float]] = {}
    for motion, (dx, dy, is_zoom) in MOTIONS.items():
        with traced(browser, tab) as events:
            tab.evaluate(script("drive"), [selector, n_frames, dx, dy, is_zoom])
        gaps[motion] = frame_gaps_ms(events)
        settle(tab)
    return gaps


def frames(name: str, gaps: dict[str, list[float]]) -> Figures:
    figures: Figures = {}
    for motion, values in gaps.items():
        figures |= spread(f"{name}, {motion}", values)
        figures[f"{name}, {motion}: frames a second"] = 1000 * len(values) / sum(values)
    return figures


@contextmanager
def strokes_more(tab: Page, n_more: int) -> Iterator[None]:
    """Wait until the board has so many strokes more than before."""
    n_before = tab.evaluate(
        "() => document.querySelector('#board').board.document().elements.length"
    )
    yield
    tab.wait_for_function(
        "n => document.querySelector('#board').board.document().elements.length >= n",
        arg=n_before + n_more,
    )


def draw_across(tab: Page) -> None:
    """One stroke of a pen, as the device sends it, with many moves."""
    cdp = tab.context.new_cdp_session(tab)
    _pen(cdp, "mousePressed", 0)
    for move in range(1, N_MOVES + 1):
        _pen(cdp, "mouseMoved", move)
    _pen(cdp, "mouseReleased", N_MOVES)


def _pen(cdp: CDPSession, kind: str, move: int) -> None:
    event = {
        "type": kind,
        "x": 240 + move * 3,
        "y": 300 + move % 40,
        "button": "left",
        "buttons": 0 if kind == "mouseReleased" else 1,
        "pointerType": "pen",
        "force": 0.5,
        "clickCount": 0 if kind == "mouseMoved" else 1,
    }
    cdp.send("Input.dispatchMouseEvent", event)


def _draw_live(url: str, is_seen: threading.Event) -> None:
    """A peer's stroke from left to right, a piece of it a pace.

    The peer stays until it is seen whole: a draft is gone with who draws it.
    """
    pen = Pen(id="peer", x=-PACE_UNITS * N_PACES / 2, y=0, points=[0, 0])
    with connect(url, proxy=None) as socket:
        socket.send(protocol.encode(Hello(protocol=1, client="peer")))
        socket.recv()
        socket.send(protocol.encode(Live(draft=[Put(pen)])))
        began = time.perf_counter()
        for pace in range(1, N_PACES + 1):
            time.sleep(max(0.0, began + pace * PACE_S - time.perf_counter()))
            piece = Extend(id="peer", offset=pace, points=[pace * PACE_UNITS, 0])
            socket.send(protocol.encode(Live(extend=piece)))
        is_seen.wait()


FRONT_MEASURES: dict[str, Callable[[Size], Figures]] = {
    "page": page,
    "moving": moving,
    "ink": ink,
    "peer": peer,
}
