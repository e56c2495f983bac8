"""Fixtures shared by all tests: real services, each started once a session.

Tests that stop or kill a service take one of their own from `tests.support.services`
instead, so that nobody else is disturbed.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

import pytest
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models.signals import post_migrate
from hypothesis import settings

from tests.support.server import Server, manage, running_server
from tests.support.services import Postgres, Redis, running_postgres, running_redis

TEMPLATE = "board_template"  # a migrated database that the others are copied from


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--quick`: what `make check` runs; `--load-s`: how long slow tests load."""
    parser.addoption(
        "--quick",
        action="store_true",
        help="skip what needs Redis, PostgreSQL or a browser, and the seeded world",
    )
    parser.addoption(
        "--load-s", type=float, default=60.0, help="seconds of load in slow tests"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Hypothesis without deadlines: a loaded machine is no fault of the code."""
    settings.register_profile("full", deadline=None)
    settings.register_profile("quick", deadline=None, max_examples=10)
    settings.load_profile("quick" if config.getoption("--quick") else "full")


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Files that take long first; with `--quick`, leave them out.

    Workers end at about the same time when only short files are left at the end.
    """
    long = [item for item in items if _takes_long(item)]
    short = [item for item in items if not _takes_long(item)]
    if config.getoption("--quick"):
        config.hook.pytest_deselected(items=long)
        long = []
    items[:] = long + short


def _takes_long(item: pytest.Item) -> bool:
    """Whether it needs a browser, a service to kill, or the seeded world."""
    if "world" in item.path.relative_to(item.config.rootpath).parts:
        return True
    return any(item.get_closest_marker(mark) for mark in ("slow", "browser", "faults"))


def skip_when_quick(request: pytest.FixtureRequest) -> None:
    """Skip the test that asks for a service, when only quick ones are wanted."""
    if request.config.getoption("--quick"):
        pytest.skip("needs a real service")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Migrated once; emptying the tables then stays just that.

    Django fills in permissions and content types after each, which takes most of the
    time of a small test, and which nothing here looks at.
    """
    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(
        dispatch_uid="django.contrib.auth.management.create_permissions"
    )


class StartServer(Protocol):
    """Starts one more server process with these variables."""

    def __call__(self, **env: str) -> Server: ...


@pytest.fixture(scope="session")
def redis_server(request: pytest.FixtureRequest) -> Iterator[Redis]:
    """The session's Redis."""
    skip_when_quick(request)
    with running_redis() as redis:
        yield redis


@pytest.fixture
def redis_url(redis_server: Redis) -> str:
    """The address of the session's Redis, emptied."""
    redis_server.flush()
    return redis_server.url


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> Iterator[Postgres]:
    """The session's PostgreSQL, with a migrated template."""
    skip_when_quick(request)
    with running_postgres() as postgres:
        postgres.execute(f'CREATE DATABASE "{TEMPLATE}"')
        manage("migrate", "-v", "0", env={"DATABASE_URL": postgres.url(TEMPLATE)})
        yield postgres


@pytest.fixture
def postgres_url(postgres_server: Postgres) -> str:
    """The address of a fresh, migrated PostgreSQL database."""
    return postgres_server.new_database(template=TEMPLATE)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that the others are copied from."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    manage("migrate", "-v", "0", env={"DATABASE_URL": f"sqlite:///{path}"})
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh, migrated SQLite database."""
    path = tmp_path / "board.sqlite3"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="module")
def sqlite_module_url(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The same for all tests of one file."""
    path = tmp_path_factory.mktemp("module") / "board.sqlite3"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def start_server() -> Iterator[StartServer]:
    """A function that starts ready server processes; all end with the test."""
    with ExitStack() as stack:

        def start(**env: str) -> Server:
            return stack.enter_context(running_server(env))

        yield start


@pytest.fixture
def new_staff() -> Iterator[Callable[..., Any]]:
    """Makes a member of the staff with permissions; see `tests.support.staff`."""
    # Late: models cannot be imported before Django is set up.
    from tests.support.staff import staff

    yield staff
    # The tables are emptied after the test, and what is kept of them names old rows.
    from django.contrib.contenttypes.models import ContentType

    ContentType.objects.clear_cache()
