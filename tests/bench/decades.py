"""What a change costs the server as its boards and their journals grow.

At the engine's door, with a session on each board that is sent what is committed; a
figure for each decade of boards, and of entries that a board has already.
"""

from tests.bench.door import Knock, knock
from tests.bench.measures import Figures, Size
from tests.bench.site import inks, our_site

BOARDS = (10, 100, 1_000, 10_000)
ENTRIES = (1_000, 10_000, 100_000, 1_000_000)
IN_FLIGHT = 200  # changes altogether, however many boards
ENV = {
    "BOARD_SNAPSHOT_EVERY": "10000000",  # a child folds, which is not measured here
    "BOARD_COMMIT_QUEUE": "100000",
}


def decades(size: Size) -> Figures:
    """Processor time for each entry that was committed and delivered, on SQLite."""
    figures: Figures = {}
    for n_boards in BOARDS:
        at = f"{n_boards} boards"
        figures[f"{at}: µs of the core"] = _cost_us(size, n_boards, 0)
    for n_before in ENTRIES:
        at = f"one board of {n_before} entries"
        figures[f"{at}: µs of the core"] = _cost_us(size, 1, n_before)
    return figures


def _cost_us(size: Size, n_boards: int, n_before: int) -> float:
    window = max(1, IN_FLIGHT // n_boards)
    n_changes = 2 * size.n_commits
    work = Knock(n_boards, window, n_changes, inks(), n_before, has_reader=True)
    with our_site(**ENV) as server:
        passed = knock(work, server.env)
    if passed.n_delivered != n_changes:
        raise RuntimeError(f"{passed.n_delivered} of {n_changes} were delivered.")
    return 1e6 * passed.cpu_s / passed.n_delivered


DECADE_MEASURES = {"decades": decades}
