"""What `check_journal` says, and with which code it ends."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.support.damage import DAMAGE, filled_board, pictures_in
from tests.support.databases import default_database
from tests.support.journals import SqlitePlace


@pytest.fixture
def place(sqlite_url: str, tmp_path: Path, django_db_blocker: Any) -> Any:
    """A SQLite file of the test's own, and a storage for pictures."""
    with django_db_blocker.unblock(), default_database(sqlite_url):
        with pictures_in(tmp_path / "assets"):
            yield SqlitePlace(sqlite_url)


def test_says_what_is_wrong_and_mends_it(place: SqlitePlace) -> None:
    whole, damaged = filled_board(place), filled_board(place)
    DAMAGE["snapshot of nothing"][0](place, damaged)

    out = StringIO()
    with pytest.raises(CommandError, match="1 of 2 boards are not whole"):
        call_command("check_journal", stdout=out)
    assert f"{whole}: whole head=12 entries=12 snapshots=2 pictures=1" in out.getvalue()
    assert "snapshot_wrong at 4" in out.getvalue()
    assert "boards=2 faulty=1" in out.getvalue()

    out = StringIO()
    call_command("check_journal", damaged, "--repair", stdout=out)
    assert "(mended)" in out.getvalue()
    assert "now whole" in out.getvalue()


def test_json_is_one_line_a_board(place: SqlitePlace) -> None:
    damaged = filled_board(place)
    DAMAGE["entry deleted"][0](place, damaged)

    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_journal", "nowhere", damaged, "--json", stdout=out)

    nowhere, told = map(json.loads, out.getvalue().splitlines())
    assert nowhere["faults"] == [{"flaw": "not_found"}]
    assert told["whole"] is False
    assert told["faults"][0] == {
        "flaw": "hole",
        "detail": "no entry with seq 6",
        "seq": 6,
        "may_mend": False,
        "mended": False,
    }


def test_lowering_a_head_is_part_of_a_repair(place: SqlitePlace) -> None:
    with pytest.raises(CommandError, match="--repair"):
        call_command("check_journal", "--lower-head")

    damaged = filled_board(place)
    DAMAGE["last entry deleted"][0](place, damaged)
    with pytest.raises(CommandError):
        call_command("check_journal", damaged, "--repair", stdout=StringIO())
    call_command(
        "check_journal", damaged, "--repair", "--lower-head", stdout=StringIO()
    )
