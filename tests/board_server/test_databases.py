"""The database's configuration for SQLite and PostgreSQL."""

from pathlib import Path
from typing import Any

import pytest

from board_server.databases import database_fault, databases
from board_server.env import read_env
from tests.support.server import manage

NEEDED = {"DJANGO_SECRET_KEY": "s" * 40}


def database_of(url: str, base: Path, **variables: str) -> dict[str, Any]:
    env = read_env({**NEEDED, "DATABASE_URL": url, **variables})
    return databases(env, base=base)["default"]


def test_sqlite_path_is_relative_to_the_project(tmp_path: Path) -> None:
    config = database_of("sqlite:///deep/down/board.sqlite3", tmp_path)

    assert config["NAME"] == str(tmp_path / "deep" / "down" / "board.sqlite3")
    assert (tmp_path / "deep" / "down").is_dir()


def test_sqlite_absolute_path_stays(tmp_path: Path) -> None:
    config = database_of(f"sqlite:///{tmp_path}/board.sqlite3", Path("/nowhere"))

    assert config["NAME"] == str(tmp_path / "board.sqlite3")


def test_sqlite_commits_survive_the_loss_of_power(tmp_path: Path) -> None:
    options = database_of("sqlite:///board.sqlite3", tmp_path)["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_postgres_has_a_checked_pool(tmp_path: Path) -> None:
    config = database_of("postgres://u:w@h:1/n", tmp_path, BOARD_DATABASE_POOL="3")

    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert config["CONN_HEALTH_CHECKS"] is True
    assert config["OPTIONS"]["pool"]["max_size"] == 3


def test_postgres_url_options_win(tmp_path: Path) -> None:
    url = "postgres://u:w@h/n?sslmode=require&connect_timeout=2"
    options = database_of(url, tmp_path)["OPTIONS"]

    assert options["sslmode"] == "require"
    assert str(options["connect_timeout"]) == "2"


def test_requests_never_wrap_the_engine_in_a_transaction(tmp_path: Path) -> None:
    for url in ("sqlite:///board.sqlite3", "postgres://h/n"):
        assert database_of(url, tmp_path)["ATOMIC_REQUESTS"] is False


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("no such table: boards_board", "The database lacks tables; run `manage.py mi"),
        (
            'relation "boards_board" does not exist\nLINE 1: S',
            "The database lacks tabl",
        ),
        ("connection failed:\n\tIs it running?", "The database fails: connection fai"),
        ('FATAL:  database "x" does not exist', "The database fails: FATAL: database "),
    ],
)
def test_a_fault_is_told_in_one_line_with_the_way_out(text: str, begins: str) -> None:
    said = database_fault(Exception(text))

    assert said.startswith(begins)
    assert "\n" not in said


@pytest.mark.parametrize("words", [("check_journal",), ("backup", "-")])
def test_commands_say_what_an_empty_database_lacks(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    """They ended in a hundred lines of traceback that never named the way out."""
    env = {"DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"}

    with pytest.raises(RuntimeError) as caught:
        manage(*words, env=env)

    assert "run `manage.py migrate` first" in str(caught.value)
    assert "Traceback" not in str(caught.value)
