"""`manage.py drain` and the processes that it waits for, played by the test."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from django.core.management import CommandError, call_command
from pytest_django import Settings

from board_server.operating.metrics import Sample
from board_server.operating.reports import Drain, Report, ReportStore
from tests.support.services import Redis
from tests.support.waiting import until_async


@pytest_asyncio.fixture
async def store(redis_server: Redis, settings: Settings) -> AsyncIterator[ReportStore]:
    """The store of a site with two processes, web.1 and web.2."""
    redis_server.flush()
    host = {"address": redis_server.url}
    config = {"hosts": [host], "prefix": "x"}
    settings.CHANNEL_LAYERS = {"default": {"CONFIG": config}}
    made = ReportStore(host, "x")
    for name in ("web.1", "web.2"):
        await made.put(report(name))
    yield made
    await made.close()


def report(name: str, *, id_: str | None = None) -> Report:
    seen = [Sample("chalkline_rooms", "", {}, 0)]
    return Report(id_ or f"old {name}", name, 7, 1.0, 2_000_000_000.0, seen, None)


async def drain(*words: str) -> None:
    """The command, in a thread of its own as it has a loop of its own."""
    await asyncio.to_thread(call_command, "drain", *words, verbosity=0)


async def obey(store: ReportStore, name: str) -> None:
    """Be the process: report until the order is there, then go."""

    async def is_ordered() -> bool:
        return Drain() in await store.put(report(name))

    await until_async(is_ordered, what=f"{name} is told to drain")
    await store.forget(f"old {name}")


async def test_without_a_successor_the_next_is_left_alone(store: ReportStore) -> None:
    """A version that failed to start took the last old process with it."""
    draining = asyncio.create_task(drain("web.1", "web.2", "--within", "0.2"))
    await obey(store, "web.1")

    with pytest.raises(CommandError, match=r"in the place of web\.1"):
        await draining

    assert await store.put(report("web.2")) == []


async def test_the_next_is_drained_when_a_successor_reports(store: ReportStore) -> None:
    draining = asyncio.create_task(drain("web.1", "web.2"))
    await obey(store, "web.1")

    await store.put(report("web.1", id_="new web.1"))
    await obey(store, "web.2")
    await draining  # and waits for no successor of the last one

    assert [one.id for one in await store.read()] == ["new web.1"]
