"""How many people fit on one board: all of them draw, or one draws and the rest watch.

Steps are climbed until the 99 % of the time from a pen's point to a peer's socket is
over a tenth of a second, or something is lost.
"""

from collections.abc import Callable, Sequence

from tests.bench.crowd_generator import SETTLE_S, Crowd, Seen
from tests.bench.measures import Figures, Size
from tests.bench.site import new_boards, our_site, run_crowd

EVERYBODY = (10, 25, 50, 75, 100, 150, 200, 300, 400, 600)
VIEWERS = (200, 500, 1_000, 2_000, 3_000, 5_000)
LIMIT_MS = 100.0  # later than this a hand and its ink no longer seem one


def crowd(size: Size) -> Figures:
    """Everybody draws, sixty points a second each."""
    return _climb(EVERYBODY, lambda n: n, size)


def lecture(size: Size) -> Figures:
    """One draws, the others watch."""
    return _climb(VIEWERS, lambda _: 1, size)


def _climb(
    steps: Sequence[int], n_drawing: Callable[[int], int], size: Size
) -> Figures:
    figures: Figures = {"most people": 0.0}
    for n_people in steps:
        with our_site() as server:
            urls = new_boards(server, 1)
            seconds = SETTLE_S + size.paced_s
            seen = run_crowd(Crowd(urls, n_people, n_drawing(n_people), seconds))
        figures |= _told(n_people, seen)
        if seen.p99_ms > LIMIT_MS or seen.n_lost or seen.n_closed:
            break
        figures["most people"] = float(n_people)
    return figures


def _told(n_people: int, seen: Seen) -> Figures:
    return {
        f"{n_people}: p50 ms": seen.p50_ms,
        f"{n_people}: p99 ms": seen.p99_ms,
        f"{n_people}: KB/s to each": seen.down_bytes_s / 1e3,
        f"{n_people}: frames/s to each": seen.frames_s,
        f"{n_people}: points that came": seen.share,
        f"{n_people}: strokes lost": float(seen.n_lost + seen.n_unanswered),
        f"{n_people}: sockets cut": float(seen.n_closed),
        f"{n_people}: admitted in s": seen.admitted_s,
    }


CROWD_MEASURES: dict[str, Callable[[Size], Figures]] = {
    "crowd": crowd,
    "lecture": lecture,
}
