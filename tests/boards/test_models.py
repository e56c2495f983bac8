"""The tables: the constraints that keep J1 and J3 whatever the code does."""

import re

import pytest
from django.db import IntegrityError, transaction

from boards.access import BOARD_ID_PATTERN
from boards.models import Board, Entry, Snapshot, new_board_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> Board:
    """A board with one entry."""
    board = Board.objects.create(owner_key_hash="h", title="Plans")
    add_entry(board, seq=1, change_id="first")
    return board


def add_entry(board: Board, *, seq: int, change_id: str) -> Entry:
    """One more row of the journal."""
    return Entry.objects.create(
        board=board, seq=seq, change_id=change_id, at=0, text="{}"
    )


@pytest.mark.parametrize(
    ("seq", "change_id"), [(1, "other"), (2, "first"), (0, "zero"), (-1, "minus")]
)
def test_J1_J3_a_seq_and_a_change_exist_once(board: Board, seq: int, change_id: str):
    with pytest.raises(IntegrityError), transaction.atomic():
        add_entry(board, seq=seq, change_id=change_id)

    assert Entry.objects.filter(board=board).count() == 1


def test_another_board_counts_for_itself(board: Board):
    other = Board.objects.create(owner_key_hash="h2")

    add_entry(other, seq=1, change_id="first")

    assert Entry.objects.count() == 2


def test_two_boards_never_share_an_owner_key(board: Board):
    with pytest.raises(IntegrityError), transaction.atomic():
        Board.objects.create(owner_key_hash="h")


def test_a_snapshot_of_a_seq_exists_once(board: Board):
    Snapshot.objects.create(board=board, seq=1, body=b"", n_elements=0)

    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.create(board=board, seq=1, body=b"x", n_elements=0)


def test_a_board_that_is_deleted_for_good_takes_everything_with_it(board: Board):
    Snapshot.objects.create(board=board, seq=1, body=b"", n_elements=0)

    board.delete()

    assert not Entry.objects.exists()
    assert not Snapshot.objects.exists()


def test_board_ids_are_random_and_fit_every_pattern():
    ids = {new_board_id() for _ in range(200)}

    assert len(ids) == 200
    assert all(re.fullmatch(BOARD_ID_PATTERN, id_) for id_ in ids)


def test_rows_are_named_for_people(board: Board):
    entry = Entry.objects.get()
    snapshot = Snapshot(board=board, seq=7)
    nameless = Board(title="")

    assert str(board) == "Plans"
    assert str(nameless) == nameless.pk
    assert str(entry) == f"{board.pk}/1"
    assert str(snapshot) == f"{board.pk}@7"


def test_a_board_id_is_never_taken_for_an_option() -> None:
    # One in 64 began with a dash, and `replay --board -…` was refused.
    assert not [id_ for _ in range(2_000) if (id_ := new_board_id())[0] == "-"]
