"""Fixtures of the tests of `boards`: cheap databases, and a server."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.raw import Site
from tests.support.server import manage, running_server


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


@pytest.fixture(scope="module")
def site(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A server for a whole module, on a database of its own."""
    path = tmp_path_factory.mktemp("site") / "board.sqlite3"
    shutil.copy(sqlite_template, path)
    with running_server({"DATABASE_URL": f"sqlite:///{path}"}) as server:
        yield Site(server)
