"""What processes leave for each other in Redis, and what is read of it."""

from collections.abc import AsyncIterator

import pytest_asyncio
from redis import Redis as Client

from board_server.operating.metrics import Sample
from board_server.operating.reports import Dismiss, Drain, Report, ReportStore
from tests.support.services import Redis

HELD = "x:operating"


@pytest_asyncio.fixture
async def store(redis_server: Redis) -> AsyncIterator[ReportStore]:
    redis_server.flush()
    made = ReportStore({"address": redis_server.url}, "x")
    yield made
    await made.close()


def report(id_: str, name: str, *, began_at: float = 1.0, value: float = 0) -> Report:
    seen = [Sample("chalkline_rooms", "", {}, value)]
    return Report(id_, name, 7, began_at, 2_000_000_000.0, seen, None)


async def test_reports_of_all_processes_are_read_by_name(store: ReportStore) -> None:
    for one in (report("a", "web.2"), report("b", "web.1", value=3)):
        await store.put(one)

    assert await store.read() == [report("b", "web.1", value=3), report("a", "web.2")]


async def test_of_two_with_one_name_the_newer_process_counts(
    store: ReportStore,
) -> None:
    await store.put(report("new", "web.1", began_at=9.0))
    await store.put(report("old", "web.1", began_at=1.0))

    assert [one.id for one in await store.read()] == ["new"]


async def test_gone_process_is_not_read(store: ReportStore) -> None:
    await store.put(report("a", "web.1"))

    await store.forget("a")

    assert await store.read() == []


async def test_report_is_forgotten_by_itself(
    store: ReportStore, redis_server: Redis
) -> None:
    await store.put(report("a", "web.1"))

    with Client.from_url(redis_server.url) as client:
        assert 0 < client.ttl(f"{HELD}:process:a") <= 30


async def test_order_is_found_once_by_its_process(store: ReportStore) -> None:
    await store.give("a", Dismiss("s1"))
    await store.give("a", Drain())

    assert await store.put(report("b", "web.2")) == []
    assert await store.put(report("a", "web.1")) == [Dismiss("s1"), Drain()]
    assert await store.put(report("a", "web.1")) == []


async def test_what_another_version_left_is_left_out(
    store: ReportStore, redis_server: Redis
) -> None:
    await store.put(report("a", "web.1"))
    await store.put(report("b", "web.2"))
    with Client.from_url(redis_server.url) as client:
        client.set(f"{HELD}:process:b", b'{"no":"report"}')
        client.rpush(f"{HELD}:orders:a", b'{"order":"dance"}')

    assert [one.id for one in await store.read()] == ["a"]
    assert await store.put(report("a", "web.1")) == []
