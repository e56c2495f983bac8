"""What a server keeps of what was drawn: nothing, however long it runs."""

import psutil
import pytest

from boards.sync.elements import Note
from boards.sync.protocol import Change, Op, Put
from tests.support.convergence import RestBoard
from tests.support.server import running_server

N_CHANGES = 150
WORDS = "word " * 1_900
MIB = 1024 * 1024

pytestmark = pytest.mark.faults


def test_a_laptop_keeps_no_statements_in_memory(sqlite_url: str) -> None:
    """Django's log of queries holds the last 9,000 of each connection in DEBUG."""
    env = {"DATABASE_URL": sqlite_url, "DJANGO_DEBUG": "true"}
    with running_server(env | {"BOARD_SNAPSHOT_EVERY": "1000000"}) as server:
        board = RestBoard.create(server.url)
        process = psutil.Process(server.pid)

        def draw(first: int) -> int:
            for n in range(first, first + N_CHANGES):
                notes: list[Op] = [
                    Put(Note(id=f"{n}-{i}", x=0, y=0, w=9, h=9, text=WORDS))
                    for i in range(10)
                ]
                board.post_change(Change(f"c{n}", notes)).raise_for_status()
            return process.memory_info().rss

        before = draw(0)
        assert draw(N_CHANGES) - before < N_CHANGES * 10 * len(WORDS) / 2
