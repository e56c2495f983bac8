"""Fixtures of the tests of `boards`: databases that are cheap to have many of."""

import shutil
from pathlib import Path

import pytest

from tests.support.server import manage


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that tests copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    manage("migrate", "-v", "0", env={"DATABASE_URL": f"sqlite:///{path}"})
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh, migrated SQLite database."""
    path = tmp_path / "board.sqlite3"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"
