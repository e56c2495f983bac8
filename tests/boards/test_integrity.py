"""Damage of each kind is found, nothing else is, and what follows from it is mended."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from boards import integrity
from boards.integrity import Report
from boards.models import Board
from boards.sync import rows
from tests.support.damage import (
    DAMAGE,
    N_ENTRIES,
    Place,
    filled_board,
    pictures_in,
    put_op,
)
from tests.support.databases import default_database
from tests.support.journals import PostgresPlace, SqlitePlace


@pytest.fixture(params=["sqlite", "postgres"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: Any
) -> Iterator[Place]:
    """A database of the test's own, and a storage for pictures."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    made: Place = SqlitePlace(url) if request.param == "sqlite" else PostgresPlace(url)
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(default_database(url))
        stack.enter_context(pictures_in(tmp_path / "assets"))
        yield made


def found(report: Report | None) -> list[str]:
    """The flaws of a report, each with its seq."""
    assert report is not None
    return [
        f.flaw.value if f.seq is None else f"{f.flaw} {f.seq}" for f in report.faults
    ]


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_found_and_mended_from_the_journal(place: Place, kind: str) -> None:
    damage, faults, left = DAMAGE[kind]
    board_id, other_id = filled_board(place), filled_board(place, 2)
    before = place.texts(board_id)
    assert found(integrity.check(board_id)) == []

    damage(place, board_id)
    damaged = place.texts(board_id)
    report = integrity.check(board_id)

    assert report is not None and found(report) == faults
    assert kind != "entry repeated" or len(damaged) == len(before) + 1
    assert found(integrity.repair(report, lowers_head=False)) == left
    assert place.texts(board_id) == damaged, "entries are never touched"
    if kind != "entry repeated":  # there the tables themselves are another
        assert found(integrity.check(other_id)) == []


def test_wrong_snapshot_is_folded_anew(place: Place) -> None:
    board_id = filled_board(place)
    DAMAGE["snapshot of nothing"][0](place, board_id)
    report = integrity.check(board_id)
    assert report is not None

    integrity.repair(report, lowers_head=False)

    assert [row.seq for row in rows.snapshots(board_id)] == [8, N_ENTRIES]


def test_low_head_takes_changes_again_once_it_is_mended(place: Place) -> None:
    board_id = filled_board(place)
    DAMAGE["head low"][0](place, board_id)
    report = integrity.check(board_id)
    assert report is not None

    integrity.repair(report, lowers_head=False)

    async def draw() -> int:
        process = place.journal()
        committed = await process.append(board_id, "next", put_op(99))
        await process.journal.close()
        return committed.seq

    assert asyncio.run(draw()) == N_ENTRIES + 1
    assert found(integrity.check(board_id)) == []


def test_high_head_is_given_up_only_when_told(place: Place) -> None:
    board_id = filled_board(place)
    DAMAGE["last entry deleted"][0](place, board_id)
    report = integrity.check(board_id)
    assert report is not None

    after = integrity.repair(report, lowers_head=True)

    assert found(after) == []
    assert Board.objects.get(pk=board_id).head == N_ENTRIES - 1


def test_board_that_is_not_there_has_no_report(place: Place) -> None:
    assert integrity.check("nowhere") is None
    assert list(integrity.board_ids()) == []


def test_writers_go_on_while_a_board_is_checked(place: Place) -> None:
    board_id = filled_board(place)

    async def draw() -> None:
        process = place.journal()
        await process.append(board_id, "meanwhile", put_op(50))
        await process.journal.close()

    with rows.one_state():
        head = Board.objects.get(pk=board_id).head
        asyncio.run(asyncio.wait_for(asyncio.to_thread(asyncio.run, draw()), 60))
        report = integrity.check_inside(board_id)

    assert report is not None and found(report) == []
    assert (report.head, report.n_entries) == (head, N_ENTRIES)
    assert found(integrity.check(board_id)) == []
