"""Saved folds of much and of rubbish; the contract is in test_journal."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from boards.sync import commits, folding, snapshots
from boards.sync.refusals import Code, Refused
from boards.sync.reversal import Whose
from boards.sync.store import Proposal
from tests.support.databases import default_database
from tests.support.journals import ADA, SqlitePlace, set_op


@pytest.fixture
def place(sqlite_url: str, django_db_blocker: Any) -> Iterator[SqlitePlace]:
    """A database."""
    with django_db_blocker.unblock(), default_database(sqlite_url):
        yield SqlitePlace(sqlite_url)


def write(board: str, n: int, ops: str) -> None:
    """Commit n changes with the same ops."""
    commits.commit([Proposal(board, f"c{k}-{id(ops)}", ADA, ops) for k in range(n)])


PUT = '[{"op":"put","element":{"kind":"rect","id":"e","x":0,"y":0}}]'


def test_D5_a_fold_of_more_than_is_read_at_once(place: SqlitePlace):
    board = place.new_board()
    large = '[{"op":"set","id":"e","props":{"alt":"' + "x" * 500_000 + '"}}]'
    write(board, 1, PUT)
    write(board, 12, large)  # six megabytes, four are read at once

    document = snapshots.fold(board, 13)

    (element,) = document.folded().elements
    assert len(element["alt"]) == 500_000


def test_D5_each_snapshot_starts_from_the_one_before(place: SqlitePlace):
    board = place.new_board()
    write(board, 1, PUT)
    snapshots.save(board, 1)
    write(board, 5, set_op("e", x=7))
    place.run("DELETE FROM boards_entry WHERE seq = 1")  # no longer needed for it

    saved = snapshots.save(board, 6)

    (element,) = msgspec.json.decode(folding.unpack(saved.body))["elements"]
    assert element["x"] == 7


def test_nothing_is_undone_on_a_board_that_is_gone(place: SqlitePlace):
    with pytest.raises(Refused) as refused:
        snapshots.reversal("gone", Whose(client="v"))

    assert refused.value.code is Code.NOT_FOUND


def test_D2_stored_rubbish_does_not_stop_a_fold(place: SqlitePlace):
    board = place.new_board()
    write(board, 1, PUT)
    write(board, 1, '[null,7,{},{"op":"from a newer version"},{"op":"put"},[]]')
    write(board, 1, set_op("e", x=1))

    assert snapshots.fold(board, 3).folded().elements[0]["x"] == 1


def test_a_saved_snapshot_is_taken_as_it_is(place: SqlitePlace):
    board = place.new_board()
    write(board, 2, PUT)
    saved = snapshots.save(board, 1)
    place.run("DELETE FROM boards_entry")  # it is not folded again

    assert snapshots.at(board, 1) == saved


def test_a_seq_that_is_not_there_is_refused(place: SqlitePlace):
    board = place.new_board()

    for work in (snapshots.fold, snapshots.at, snapshots.save):
        with pytest.raises(Refused) as refused:
            work(board, 1)
        assert refused.value.code is Code.NOT_FOUND


def test_the_number_of_elements_is_kept_beside(place: SqlitePlace):
    board = place.new_board()
    write(board, 1, PUT)

    snapshots.save(board, 1)

    assert place.run("SELECT seq, n_elements FROM boards_snapshot") == [(1, 1)]
