"""The measurements: each takes a size and gives figures by name, for one run."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from http import HTTPStatus

from tests.bench.door import Knock, knock
from tests.bench.fanout import fan_out
from tests.bench.generator import Load
from tests.bench.site import (
    inks,
    load_process,
    memory_bytes,
    new_boards,
    our_site,
    run_load,
    textbook_site,
)
from tests.support import plain_http
from tests.support.browser import chromium
from tests.support.convergence import RestBoard
from tests.support.server import Server
from tests.support.services import running_postgres, running_redis

Figures = dict[str, float]
StartSite = Callable[[], AbstractContextManager[Server]]

CROWDS = (10, 50, 200)  # sockets on one board: a team, a class, a lecture
N_WRITERS = 8
SLOWER = 10  # the baseline gets so much less to do, or it would take all night
PACED_PER_S = 20.0  # changes: a lively board, far from saturation
OPEN_STROKES = 10_000
WHEN_OPEN = """
n => new Promise(resolve => {
  const look = () => {
    const board = document.querySelector("#board")?.board;
    const n_shown = board ? board.document().elements.length : 0;
    if (n_shown < n) requestAnimationFrame(look);
    else requestAnimationFrame(() => resolve(performance.now()));
  };
  look();
})
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is done: enough for steady figures, or just enough to see them."""

    n_deliveries: int
    paced_s: float
    n_commits: int
    n_idle: int
    n_strokes: int


FULL = Size(300_000, 10.0, 10_000, 500, OPEN_STROKES)
QUICK = Size(60_000, 3.0, 2_000, 100, 2_000)


def deliver(size: Size) -> Figures:
    """Entries delivered for each second of processor time, at saturation.

    First without what makes an entry: how fast frames are written, beside the floor.
    """
    figures: Figures = fan_out(size.n_deliveries)
    for name, site in _rivals():
        n_deliveries = size.n_deliveries // (1 if site is our_site else SLOWER)
        with site() as server:
            for n_sockets in CROWDS:
                n_changes = n_deliveries // n_sockets
                load = _crowd(server, n_sockets, n_changes)
                measured = run_load(server, load)
                result = measured.result
                at = f"{name}, {n_sockets} sockets"
                figures[f"{at}: deliveries/s/core"] = measured.deliveries_per_core_s
                figures[f"{at}: deliveries/s"] = result.n_deliveries / result.seconds
    return figures


def latency(size: Size) -> Figures:
    """From submit to a peer's socket, on a lively board."""
    figures: Figures = {}
    for name, site in [*_rivals(), ("ours on PostgreSQL", _on_postgres)]:
        with site() as server:
            for n_sockets in CROWDS:
                n_changes = round(size.paced_s * PACED_PER_S)
                load = _crowd(server, n_sockets, n_changes, per_s=PACED_PER_S)
                result = run_load(server, load).result
                figures[f"{name}, {n_sockets} sockets: p50 ms"] = result.p50_ms
                figures[f"{name}, {n_sockets} sockets: p99 ms"] = result.p99_ms
    return figures


def across(size: Size) -> Figures:
    """From submit to sockets on two processes, behind Redis and PostgreSQL."""
    n_changes = round(size.paced_s * PACED_PER_S)
    figures: Figures = {}
    for layer in ("pubsub", "redis"):
        with ExitStack() as stack:
            postgres = stack.enter_context(running_postgres(syncs=True))
            redis = stack.enter_context(running_redis())
            env = {
                "DATABASE_URL": postgres.new_database(),
                "REDIS_URL": redis.url,
                "BOARD_LAYER": layer,
            }
            servers = [stack.enter_context(our_site(**env)) for _ in range(2)]
            board = RestBoard.create(servers[0].url)
            urls = [server.socket_url(board.id) for server in servers]
            load = Load(
                urls=urls,
                n_sockets=50,
                n_writers=N_WRITERS,
                n_changes=n_changes,
                ops=inks(),
                per_s=PACED_PER_S,
            )
            result = run_load(servers[0], load).result
        figures[f"{layer}, 2 processes, 50 sockets: p50 ms"] = result.p50_ms
        figures[f"{layer}, 2 processes, 50 sockets: p99 ms"] = result.p99_ms
    return figures


def commit(size: Size) -> Figures:
    """Changes committed a second: at the engine's door, then through sockets.

    Snapshots are folded on the way as on any site. A generator in Python has its limit
    near that of the server, so the processor time tells more than the rate.
    """
    figures: Figures = {}
    with our_site() as server:
        figures |= _commits("SQLite", server, size)
        figures |= _knocks("SQLite", server.env, size)
    with running_postgres(syncs=True) as postgres:
        with our_site(DATABASE_URL=postgres.new_database()) as server:
            figures |= _commits("PostgreSQL", server, size)
            figures |= _knocks("PostgreSQL", server.env, size)
    return figures


def memory(size: Size) -> Figures:
    """What an idle socket costs the server."""
    with our_site() as server:
        urls = new_boards(server, 20)
        idle = Load(urls, len(urls), 0, 1, ["[]"])
        with load_process(idle):  # rooms are open, code is loaded
            before = memory_bytes(server)
            with load_process(Load(urls, size.n_idle, 0, 1, ["[]"])):
                after = memory_bytes(server)
    return {
        "idle process MB": before / 1e6,
        "idle socket KB": (after - before) / size.n_idle / 1e3,
    }


def opening(size: Size) -> Figures:
    """How long a board of many corpus strokes takes to open."""
    with our_site() as server:
        board = RestBoard.create(server.url)
        fill(server, board, size.n_strokes)
        first_s = _timed(lambda: board.get("snapshot/"))
        again_s = min(_timed(lambda: board.get("snapshot/")) for _ in range(3))
        pages = _page(f"{server.url}/b/{board.id}/", size.n_strokes)
        server.stop()
        server.start()
        before = memory_bytes(server)
        restarted_s = _timed(lambda: board.get("snapshot/"))
        got = board.get("snapshot/")
        after = memory_bytes(server)
        return {
            "strokes": float(size.n_strokes),
            "snapshot KB": len(got.content) / 1e3,
            "snapshot on the wire KB": int(got.headers["Content-Length"]) / 1e3,
            "snapshot first ms": first_s * 1000,
            "snapshot again ms": again_s * 1000,
            "snapshot after a restart ms": restarted_s * 1000,
            "server memory for it MB": (after - before) / 1e6,
            **pages,
        }


@contextmanager
def _on_postgres() -> Iterator[Server]:
    """Our server, on a PostgreSQL that waits for the disk."""
    with running_postgres(syncs=True) as postgres:
        with our_site(DATABASE_URL=postgres.new_database()) as server:
            yield server


def _rivals() -> list[tuple[str, StartSite]]:
    return [("ours", our_site), ("textbook", textbook_site)]


def _crowd(server: Server, n_sockets: int, n_changes: int, *, per_s: float = 0) -> Load:
    """A load on a fresh board, for either rival."""
    is_ours = plain_http.get(f"{server.url}/healthz").status_code == HTTPStatus.OK
    urls = new_boards(server, 1) if is_ours else [server.socket_url(f"b{n_sockets}")]
    return Load(
        urls=urls,
        n_sockets=n_sockets,
        n_writers=N_WRITERS,
        n_changes=n_changes,
        ops=inks(),
        window=4,
        per_s=per_s,
    )


def _commits(database: str, server: Server, size: Size) -> Figures:
    figures: Figures = {}
    for window, n_changes in ((1, size.n_commits // 4), (32, size.n_commits)):
        load = Load(
            urls=new_boards(server, N_WRITERS),
            n_sockets=N_WRITERS,
            n_writers=N_WRITERS,
            n_changes=n_changes,
            ops=inks(),
            window=window,
            spreads=True,
        )
        measured = run_load(server, load)
        result = measured.result
        at = f"{database}, sockets, {window} in flight a writer"
        figures[f"{at}: changes/s"] = n_changes / result.seconds
        figures[f"{at}: µs of the server's core"] = 1e6 * measured.cpu_s / n_changes
        figures[f"{at}: p50 ms"] = result.p50_ms
    return figures


def _knocks(database: str, env: Mapping[str, str], size: Size) -> Figures:
    """Without sockets, from a process of its own on the same database."""
    figures: Figures = {}
    for n_boards, window in ((N_WRITERS, 32), (200, 4)):
        passed = knock(Knock(n_boards, window, 2 * size.n_commits, inks()), env)
        at = f"{database}, door, {n_boards} boards, {window} in flight each"
        figures[f"{at}: changes/s"] = 2 * size.n_commits / passed.seconds
        figures[f"{at}: µs of the core"] = 1e6 * passed.cpu_s / (2 * size.n_commits)
    return figures


def fill(server: Server, board: RestBoard, n_strokes: int) -> None:
    """Draw so many corpus strokes as people do, each as a change of its own."""
    load = Load(
        urls=[server.socket_url(board.id)],
        n_sockets=N_WRITERS,
        n_writers=N_WRITERS,
        n_changes=n_strokes,
        ops=inks(n_strokes),
        window=32,
    )
    run_load(server, load)


def _page(url: str, n_strokes: int) -> Figures:
    """From the address to a page that holds and has painted all of it.

    Right after so many strokes in some seconds, no snapshot has the last ones: the
    server makes one while the page waits. The figures after that are of a calm board.
    """
    burst_ms, _ = _opened_ms(url, n_strokes)
    opened_ms, again_ms = _opened_ms(url, n_strokes)
    return {
        "page after the burst ms": burst_ms,
        "page first ms": opened_ms,
        "page again ms": again_ms,
    }


def _opened_ms(url: str, n_strokes: int) -> tuple[float, float]:
    """In a browser that keeps nothing yet, then by a reload."""
    with chromium() as browser:
        page = browser.new_page()
        page.goto(url, wait_until="commit")
        opened_ms: float = page.evaluate(WHEN_OPEN, n_strokes)
        page.reload(wait_until="commit")
        again_ms: float = page.evaluate(WHEN_OPEN, n_strokes)
    return opened_ms, again_ms


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


MEASURES: dict[str, Callable[[Size], Figures]] = {
    "deliver": deliver,
    "latency": latency,
    "across": across,
    "commit": commit,
    "memory": memory,
    "opening": opening,
}
