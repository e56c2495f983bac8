"""Boards whose journals hold what today's server would refuse."""

from typing import Any

import msgspec
import pytest

from boards.sync.protocol import Change
from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard
from tests.support.journals import SqlitePlace

pytestmark = pytest.mark.browser

GREEN = "#2f9e44"
KINDS = ("pen", "highlight", "line", "arrow", "text", "note", "image", "frame")
_ENTRY = (
    "INSERT INTO boards_entry (board_id, seq, change_id, at, text)"
    " VALUES (?, 1, 'old', 0, ?)"
)
_HEAD = "UPDATE boards_board SET head = 1 WHERE id = ?"


def write_first_entry(database: SqlitePlace, board: RestBoard, ops: list[Any]) -> None:
    """Give an empty board its first entry, past all that looks at changes."""
    by = {"session": "s-old", "client": "c-old", "name": "Old"}
    entry = {"seq": 1, "id": "old", "at": 0, "by": by, "ops": ops}
    database.run(_ENTRY, [board.id, msgspec.json.encode(entry).decode()])
    database.run(_HEAD, [board.id])


def turned_into(kind: str) -> list[Any]:
    """A rectangle is made something else, which lacks what that kind demands."""
    box = {"x": 400, "y": 300, "w": 9, "h": 9}
    return [
        {"op": "put", "element": {"kind": "rect", "id": f"to-{kind}", **box}},
        {"op": "set", "id": f"to-{kind}", "props": {"kind": kind}},
    ]


@pytest.fixture
def visitor(
    new_person: NewPerson, board: RestBoard, sqlite_module_url: str
) -> BoardPage:
    """Somebody who opens a board where something whole came after what is not."""
    ops = [op for kind in KINDS for op in turned_into(kind)]
    write_first_entry(SqlitePlace(sqlite_module_url), board, ops)
    box = {"x": 300, "y": 200, "w": 420, "h": 300, "z": "a5", "fill": GREEN}
    put = {"op": "put", "element": {"kind": "rect", "id": "later", **box}}
    change = msgspec.convert({"id": "later", "ops": [put]}, Change)
    assert board.post_change(change).status_code == 201
    return new_person("Ada").open(board_url(board))


def test_elements_that_lack_something_hide_nothing_that_came_after_them(
    visitor: BoardPage,
) -> None:
    visitor.expect_elements(len(KINDS) + 1)

    visitor.expect_color(512, 360, GREEN)


def test_a_board_with_elements_that_lack_something_takes_strokes(
    visitor: BoardPage,
) -> None:
    visitor.expect_color(512, 360, GREEN)
    visitor.pick("p")

    visitor.drag((300, 600), (700, 640))

    visitor.expect_ink(480, 600, 40, 40, is_inked=True)
    visitor.expect_saved()


def test_elements_that_lack_something_can_be_deleted(visitor: BoardPage) -> None:
    visitor.expect_elements(len(KINDS) + 1)

    visitor.page.keyboard.press("Control+a")
    visitor.page.keyboard.press("Delete")

    visitor.expect_elements(0)
    visitor.expect_saved()
