"""The SQL of the journal by its transactions; the contract is in test_journal."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections

from boards.sync import commits, store
from boards.sync.refusals import Code, Refused
from boards.sync.store import Committed, Proposal
from tests.support.databases import default_database
from tests.support.journals import ADA, PostgresPlace, SqlitePlace

AnyPlace = SqlitePlace | PostgresPlace


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[AnyPlace]:
    """Both databases; a lock is waited for as long as on a real site."""
    url = request.getfixturevalue(f"{request.param}_url")
    kind = SqlitePlace if request.param == "sqlite" else PostgresPlace
    with django_db_blocker.unblock(), default_database(url):
        yield kind(url)


def proposal(board_id: str, change_id: str, ops: str = "[]") -> Proposal:
    """A change that waits to be committed."""
    return Proposal(board_id, change_id, ADA, ops)


def test_a_commit_of_many_boards_answers_each_in_order(place: AnyPlace):
    boards = [place.new_board() for _ in range(3)]
    wanted = [proposal(boards[n % 3], f"c{n}") for n in range(9)]
    wanted.insert(4, proposal("never-was", "lost"))

    results = commits.commit(wanted)

    (lost,) = [result for result in results if isinstance(result, Refused)]
    assert lost.code is Code.GONE
    assert results.index(lost) == 4
    taken = [result.seq for result in results if isinstance(result, Committed)]
    assert taken == [1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_J3_a_commit_takes_new_and_repeated_changes_together(place: AnyPlace):
    boards = [place.new_board() for _ in range(2)]
    first = commits.commit([proposal(board, "old") for board in boards])
    names = ("new-1", "old", "new-2", "new-1")

    again = commits.commit([proposal(b, name) for name in names for b in boards])

    taken = [one for one in again if isinstance(one, Committed)]
    assert [one.seq for one in taken] == [2, 2, 1, 1, 3, 3, 2, 2]
    assert [one.repeated for one in taken[::2]] == [False, True, False, True]
    assert [one.text for one in taken[2:4]] == [
        one.text for one in first if isinstance(one, Committed)
    ]
    for board in boards:
        assert store.heads([board])[board].seq == len(place.texts(board)) == 3


def test_more_boards_and_changes_than_fit_one_query(place: AnyPlace):
    boards = [place.new_board() for _ in range(3)]
    wanted = [proposal(boards[n % 3], f"c{n}") for n in range(1_500)]
    first = commits.commit(wanted)

    again = commits.commit(wanted)
    heads = store.heads([*boards, *(f"never-{n}" for n in range(1_200))])

    assert all(isinstance(one, Committed) and one.repeated for one in again)
    assert [one.text for one in again if isinstance(one, Committed)] == [
        one.text for one in first if isinstance(one, Committed)
    ]
    assert {board: head.seq for board, head in heads.items()} == dict.fromkeys(
        boards, 500
    )


def test_nothing_to_commit_is_nothing(place: AnyPlace):
    assert commits.commit([]) == []
    assert store.heads([]) == {}


def test_J5_a_commit_that_fails_leaves_nothing(place: AnyPlace):
    board = place.new_board()
    bad = Proposal(board, "bad", type(ADA)("s", "c", name="\ud800"), "[]")

    with pytest.raises(UnicodeEncodeError):
        commits.commit([proposal(board, "good"), bad])

    assert place.texts(board) == []
    assert store.heads([board])[board].seq == 0


def test_boards_are_locked_in_one_order_so_nobody_waits_for_each_other(
    place: AnyPlace,
):
    """Two processes that take the same boards in opposite order would deadlock."""
    boards = [place.new_board() for _ in range(6)]
    faults: list[Exception] = []

    def commit_often(name: str, order: list[str]) -> None:
        try:
            for n in range(15):
                commits.commit([proposal(board, f"{name}-{n}") for board in order])
        except Exception as fault:  # noqa: BLE001 - shown by the assertion
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=commit_often, args=("one", boards)),
        threading.Thread(target=commit_often, args=("two", boards[::-1])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert {head.seq for head in store.heads(boards).values()} == {30}


def test_a_commit_is_never_part_of_a_larger_transaction(place: AnyPlace):
    from django.db import transaction

    board = place.new_board()

    with pytest.raises(RuntimeError), transaction.atomic():
        commits.commit([proposal(board, "c")])


def test_rights_are_seen_however_they_change(place: AnyPlace):
    board = place.new_board()
    marks = [store.heads([board])[board].rights]

    for column, value in (
        ("link_role", "view"),
        ("owner_key_hash", "another"),
        ("creator", "browser-9"),
    ):
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE boards_board SET {column} = %s WHERE id = %s",  # noqa: S608
                [value, board],
            )
        marks.append(store.heads([board])[board].rights)
    place.trash(board)
    marks.append(store.heads([board])[board].rights)

    assert len(set(marks)) == 5
