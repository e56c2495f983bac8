"""Everybody at once: two pages, a REST writer, `replay`; one document at the end.

The document of each page, the REST elements, the fold of the journal and a snapshot
with its tail are compared as canonical JSON.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import httpx
import pytest

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support import plain_http
from tests.support.convergence import RestBoard, assert_equal
from tests.support.corpus import write_drawings
from tests.support.replays import replaying

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("n_drawings", "speed"),
    [
        pytest.param(30, 20, id="30 drawings"),
        pytest.param(300, 8, id="300 drawings", marks=pytest.mark.slow),
    ],
)
def test_D4_D5_everybody_ends_with_the_same_document(
    new_person: NewPerson,
    board: RestBoard,
    tmp_path: Path,
    n_drawings: int,
    speed: float,
) -> None:
    drawings = write_drawings(tmp_path / "drawings.jsonl", n_drawings)
    ada = new_person("Ada").open(board_url(board))
    bob = new_person("Bob").open(board_url(board))

    with rest_writer(board), replaying(board, drawings, speed) as replay:
        for number in count():
            if replay.poll() is not None:
                break
            scribble(ada, number, top=120.0)
            scribble(bob, number, top=420.0)

    head = board.elements().seq
    for page in (ada, bob):
        page.expect_saved().expect_seq(head)
    assert_equal({"Ada": ada.canonical(), "Bob": bob.canonical(), **board.documents()})
    fresh = new_person("Carmen").open(board_url(board))
    assert_equal({"Ada": ada.canonical(), "a fresh page": fresh.canonical()})


def scribble(page: BoardPage, number: int, *, top: float) -> None:
    """A short stroke somewhere in this person's part of the screen."""
    x, y = 150.0 + number * 37 % 700, top + number * 23 % 150
    page.pick("p")
    page.drag((x, y), (x + 40, y + 30), (x + 80, y), steps=3)


@contextmanager
def rest_writer(board: RestBoard) -> Iterator[None]:
    """A program that puts, sets and deletes by REST as long as the block lasts."""
    is_over = threading.Event()
    faults: list[BaseException] = []

    def write() -> None:
        try:
            with plain_http.Client(headers=board.headers, timeout=30) as http:
                for number in count():
                    if is_over.is_set():
                        return
                    http.post(
                        f"{board.address}/changes/", json=change(number)
                    ).raise_for_status()
        except httpx.HTTPError as fault:
            faults.append(fault)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        is_over.set()
        writer.join()
    assert not faults, faults


def change(number: int) -> dict[str, object]:
    """Every third change deletes what was made, so that the board keeps its look."""
    made = f"rest-{number // 3}"
    place = {"x": 20 * (number % 50), "y": -900}
    ops: list[dict[str, object]] = [
        {
            "op": "put",
            "element": {"id": made, "kind": "rect", **place, "w": 15, "h": 9},
        },
        {"op": "set", "id": made, "props": {"fill": "#ffc9c9", "w": 18.5}},
        {"op": "del", "id": made},
    ]
    return {"id": f"rest-change-{number}", "ops": [ops[number % 3]]}
