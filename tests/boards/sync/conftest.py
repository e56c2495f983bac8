"""Where things are tested: places for the journal's contract, engines on fakes."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
import pytest_asyncio

from boards.sync import beginnings as beginnings_module
from boards.sync import room as room_module
from tests.support.databases import default_database
from tests.support.engines import Engines
from tests.support.fake_place import FakePlace
from tests.support.journals import Place, PostgresPlace, Process, SqlitePlace

StartProcess = Callable[..., Process]


@pytest.fixture
def sqlite_place(sqlite_url: str, django_db_blocker: Any) -> Iterator[SqlitePlace]:
    """A SQLite file; a lock by somebody else is waited for a short while only."""
    with django_db_blocker.unblock(), default_database(sqlite_url, timeout=0.2):
        yield SqlitePlace(sqlite_url)


@pytest.fixture
def postgres_place(
    postgres_url: str, django_db_blocker: Any
) -> Iterator[PostgresPlace]:
    """A database of the session's PostgreSQL."""
    with django_db_blocker.unblock(), default_database(postgres_url):
        yield PostgresPlace(postgres_url)


@pytest.fixture(params=["sqlite", "postgres", "fake"])
def place(request: pytest.FixtureRequest) -> Place:
    """Every kind of place in turn: the suite is the contract of them all."""
    if request.param == "fake":
        return FakePlace()
    made: Place = request.getfixturevalue(f"{request.param}_place")
    return made


@pytest_asyncio.fixture
async def start_process() -> AsyncIterator[StartProcess]:
    """A function that makes one more process at a place; all are closed at the end."""
    processes: list[Process] = []

    def start(place: Place, **options: Any) -> Process:
        processes.append(place.journal(**options))
        return processes[-1]

    yield start
    for process in processes:
        await process.journal.close()


@pytest_asyncio.fixture
async def site() -> AsyncIterator[Engines]:
    """Engines around a fake database and a fake bus; all end with the test."""
    engines = Engines()
    yield engines
    await engines.stop()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes that need a snapshot after a few entries instead of some thousand."""
    monkeypatch.setattr(beginnings_module, "REPLAY_CHARS", 600)
    monkeypatch.setattr(beginnings_module, "TAIL_CHARS", 600)
    monkeypatch.setattr(room_module, "TAIL_CHARS", 400)
