"""How many people fit on one board: all of them draw, or one draws and the rest watch.

Steps are climbed until the 99 % of the time from a pen's point to a peer's socket is
over a tenth of a second, or something is lost.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager

from tests.bench.crowd_generator import (
    POINTS_PER_S,
    SETTLE_S,
    STROKE_POINTS,
    Crowd,
    Seen,
)
from tests.bench.measures import Figures, Size
from tests.bench.site import new_boards, our_site, run_crowd
from tests.support import plain_http
from tests.support.server import Server
from tests.support.services import running_postgres, running_redis

Sites = Callable[[], AbstractContextManager[list[Server]]]

GROUP = 5  # people on each of many boards
GROUPS = (25, 50, 100, 200, 400)
EVERYBODY = (10, 25, 50, 75, 100, 150, 200, 300, 400, 500, 700)
VIEWERS = (200, 500, 1_000, 2_000, 3_000, 5_000)
KILLED = ((100, 1), (400, 1), (250, 50), (500, 100))  # people, boards
STROKES = 5  # of one hand, one after the other
LIMIT_MS = 100.0  # later than this a hand and its ink no longer seem one


def crowd(size: Size) -> Figures:
    """Everybody draws, sixty points a second each."""
    return _climb(EVERYBODY, lambda n: n, size)


def lecture(size: Size) -> Figures:
    """One draws, the others watch."""
    return _climb(VIEWERS, lambda _: 1, size)


def groups(size: Size) -> Figures:
    """Many boards of five people who all draw; figures by the number of boards."""
    return _climb(GROUPS, lambda n: n, size, per_board=GROUP)


def crowd_across(size: Size) -> Figures:
    """Everybody draws, on two processes behind Redis and PostgreSQL."""
    return _climb(EVERYBODY[3:], lambda n: n, size, sites=_two_sites)


def groups_across(size: Size) -> Figures:
    """Many boards of five, each with people on both processes."""
    return _climb(GROUPS, lambda n: n, size, per_board=GROUP, sites=_two_sites)


def killed(size: Size) -> Figures:
    """Strokes that are gone after `kill -9`, right after the last acknowledgement."""
    figures: Figures = {}
    for n_people, n_boards in KILLED:
        with our_site() as server:
            urls = new_boards(server, n_boards)
            seconds = SETTLE_S + size.paced_s
            seen = run_crowd(Crowd(urls, n_people, n_people, seconds, n_boards))
            server.kill()
            server.start()
            n_kept = sum(_head(server, url) for url in urls)
        at = f"{n_people} people on {n_boards} boards"
        figures[f"{at}: strokes acknowledged"] = seen.n_strokes - seen.n_unanswered
        figures[f"{at}: strokes kept"] = n_kept
    return figures


def _head(server: Server, url: str) -> int:
    """How many changes a board has, by the address of its socket."""
    board_id = url.rstrip("/").rpartition("/")[2]
    board = plain_http.get(f"{server.url}/api/boards/{board_id}/").raise_for_status()
    return int(board.json()["head"])


def stroke(size: Size) -> Figures:
    """Bytes of a stroke of 200 points drawn in 3.3 s, for who draws and for a peer."""
    figures: Figures = {}
    stroke_s = STROKE_POINTS / POINTS_PER_S
    for name, deflates in (("plain", False), ("compressed", True)):
        with our_site() as server:
            seconds = SETTLE_S + STROKES * stroke_s
            load = Crowd(new_boards(server, 1), 2, 1, seconds, deflates=deflates)
            seen = run_crowd(load)
        figures[f"{name}: up KB"] = seen.up_bytes_s * stroke_s / 1e3
        figures[f"{name}: down KB, each peer"] = seen.down_bytes_s * stroke_s / 1e3
    return figures


@contextmanager
def _one_site() -> Iterator[list[Server]]:
    with our_site() as server:
        yield [server]


@contextmanager
def _two_sites() -> Iterator[list[Server]]:
    with ExitStack() as stack:
        postgres = stack.enter_context(running_postgres(syncs=True))
        redis = stack.enter_context(running_redis())
        env = {
            "DATABASE_URL": postgres.new_database(),
            "REDIS_URL": redis.url,
            "BOARD_LAYER": "pubsub",
        }
        yield [stack.enter_context(our_site(**env)) for _ in range(2)]


def _climb(
    steps: Sequence[int],
    n_drawing: Callable[[int], int],
    size: Size,
    *,
    per_board: int = 0,
    sites: Sites = _one_site,
) -> Figures:
    """Climb while the 99 % is good and nothing is lost.

    Args:
        steps: how many people, or boards where each has `per_board` people.
        n_drawing: of so many people.
        size: how long each step lasts.
        per_board: people on each of the boards; 0 for one board with all of them.
        sites: starts the servers that people join in turn.
    """
    figures: Figures = {"most": 0.0}
    for step in steps:
        n_boards, n_people = (step, step * per_board) if per_board else (1, step)
        with sites() as servers:
            boards = new_boards(servers[0], n_boards)
            urls = [
                url.replace(f":{servers[0].port}/", f":{server.port}/")
                for server in servers
                for url in boards
            ]
            load = Crowd(
                urls=urls,
                n_people=n_people,
                n_drawing=n_drawing(n_people),
                seconds=SETTLE_S + size.paced_s,
                n_boards=n_boards,
            )
            seen = run_crowd(load)
        figures |= _told(step, seen)
        if seen.p99_ms > LIMIT_MS or seen.n_lost or seen.n_closed:
            break
        figures["most"] = float(step)
    return figures


def _told(step: int, seen: Seen) -> Figures:
    return {
        f"{step}: p50 ms": seen.p50_ms,
        f"{step}: p99 ms": seen.p99_ms,
        f"{step}: KB/s to each": seen.down_bytes_s / 1e3,
        f"{step}: frames/s to each": seen.frames_s,
        f"{step}: points that came": seen.share,
        f"{step}: strokes lost": float(seen.n_lost + seen.n_unanswered),
        f"{step}: sockets cut": float(seen.n_closed),
        f"{step}: admitted in s": seen.admitted_s,
    }


CROWD_MEASURES: dict[str, Callable[[Size], Figures]] = {
    "crowd": crowd,
    "crowd_across": crowd_across,
    "groups": groups,
    "groups_across": groups_across,
    "killed": killed,
    "lecture": lecture,
    "stroke": stroke,
}
