"""Reports: every process says every few seconds how it stands, and reads its orders.

They lie in Redis for half a minute, so that any process can answer for all of them: a
router in front chooses which one is asked, and nobody outside can ask a certain one.
Without Redis there is one process, and nothing is sent anywhere. A Redis that is away
costs operators their sight, never a person on a board anything.

Started by `board_server.asgi`; read by `/metrics`, the live page and `manage.py`.
"""

import asyncio
import logging
import os
import signal
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeVar

import msgspec
from django.conf import settings
from redis import asyncio as aioredis
from redis.exceptions import RedisError

from board_server.operating.identity import this_process
from board_server.operating.metrics import Sample, samples
from board_server.operating.requests import request_counts
from boards import current
from boards.sync.figures import EngineFigures

logger = logging.getLogger(__name__)

KEPT_S = 30  # a process that says nothing for so long is gone
WITHIN_S = 2.0  # for Redis to answer
MAX_ORDERS = 1_000


class Report(msgspec.Struct, frozen=True):
    """How one process stands.

    Attributes:
        id: of the process, see `Identity`.
        began_at, at: when it began and when it said this, in seconds since the epoch.
        figures: of its engine, if it has had one.
    """

    id: str
    name: str
    pid: int
    began_at: float
    at: float
    samples: list[Sample]
    figures: EngineFigures | None


class Dismiss(msgspec.Struct, frozen=True, tag_field="order", tag="dismiss"):
    """Close a session; its client comes back."""

    session: str


class Drain(msgspec.Struct, frozen=True, tag_field="order", tag="drain"):
    """Stop in order, as by SIGTERM."""


Order = Dismiss | Drain
_Answer = TypeVar("_Answer")


class Away(Exception):
    """Redis cannot be asked, or there is none."""


def own_report() -> Report:
    """How this process stands now; call it on the engine's loop."""
    figures = current.figures()
    return Report(
        id=this_process.id,
        name=this_process.name,
        pid=os.getpid(),
        began_at=this_process.began_at,
        at=time.time(),
        samples=samples(current.counts, figures, request_counts),
        figures=figures,
    )


class ReportStore:
    """Where reports and orders lie: the first Redis server of the layer."""

    def __init__(self, host: dict[str, Any], prefix: str) -> None:
        options = {key: value for key, value in host.items() if key != "address"}
        self._redis = aioredis.Redis.from_url(
            host["address"], **{**options, "socket_timeout": WITHIN_S}
        )
        self._prefix = f"{prefix}:operating"

    async def put(self, report: Report) -> list[Order]:
        """Leave a report, and take the orders for its process."""
        key, orders = self._key(report.id), self._orders(report.id)
        async with self._redis.pipeline() as pipe:
            pipe.set(key, msgspec.json.encode(report), ex=KEPT_S)
            pipe.zadd(self._all, {report.id: report.at})
            pipe.lrange(orders, 0, MAX_ORDERS)
            pipe.delete(orders)
            raws = (await pipe.execute())[2]
        return list(_decoded(raws, Order))

    async def read(self) -> list[Report]:
        """The reports of all processes, by name; of two with one name the newer."""
        await self._redis.zremrangebyscore(self._all, 0, time.time() - 3_600)
        ids: Any = await self._redis.zrange(self._all, 0, -1)
        if not ids:
            return []
        raws: Any = await self._redis.mget([self._key(id_.decode()) for id_ in ids])
        reports = list(_decoded(filter(None, raws), Report))
        by_name = {r.name: r for r in sorted(reports, key=lambda r: r.began_at)}
        return sorted(by_name.values(), key=lambda report: report.name)

    async def give(self, process_id: str, order: Order) -> None:
        """Leave an order, which the process finds with its next report."""
        key = self._orders(process_id)
        async with self._redis.pipeline() as pipe:
            pipe.rpush(key, msgspec.json.encode(order))
            pipe.expire(key, KEPT_S)
            await pipe.execute()

    async def forget(self, process_id: str) -> None:
        """The process is gone."""
        await self._redis.delete(self._key(process_id))
        await self._redis.zrem(self._all, process_id)

    async def close(self) -> None:
        """Let the connection go."""
        await self._redis.aclose()

    @property
    def _all(self) -> str:
        return f"{self._prefix}:processes"

    def _key(self, process_id: str) -> str:
        return f"{self._prefix}:process:{process_id}"

    def _orders(self, process_id: str) -> str:
        return f"{self._prefix}:orders:{process_id}"


def _decoded(raws: Iterable[bytes], type_: Any) -> Iterable[Any]:
    """What is of another version, and cannot be read, is left out."""
    for raw in raws:
        try:
            yield msgspec.json.decode(raw, type=type_)
        except msgspec.MsgspecError:
            logger.warning("report unreadable")


def open_store() -> ReportStore | None:
    """The store of this site; None where there is one process and no Redis."""
    config = settings.CHANNEL_LAYERS["default"]["CONFIG"]
    hosts = config.get("hosts", [])
    return ReportStore(hosts[0], config["prefix"]) if hosts else None


async def read_reports() -> list[Report]:
    """All processes that report; for a command, which is none of them.

    Raises:
        Away: without Redis, or when it does not answer.
    """
    return await _at_store(ReportStore.read)


async def give_order(process_id: str, order: Order) -> None:
    """Leave an order for a process, which obeys with its next report.

    Raises:
        Away: without Redis, or when it does not answer.
    """
    await _at_store(lambda store: store.give(process_id, order))


async def _at_store(ask: Callable[[ReportStore], Awaitable[_Answer]]) -> _Answer:
    """Ask once, on a connection of its own."""
    if (store := open_store()) is None:
        raise Away("There is one process and no Redis: see /admin/live/ on the site.")
    try:
        async with asyncio.timeout(2 * WITHIN_S):
            return await ask(store)
    except (RedisError, OSError, TimeoutError) as fault:
        raise Away(f"Redis does not answer: {type(fault).__name__}.") from None
    finally:
        await store.close()


class Reporter:
    """Reports for this process as long as it runs."""

    def __init__(self) -> None:
        self._store = open_store()
        self._task: asyncio.Task[None] | None = None
        self._is_away = False

    def install(self) -> None:
        """Begin as soon as the reactor runs; in a server process only."""
        # Daphne has chosen it by now; importing it earlier would choose another.
        from twisted.internet import reactor

        loop: Any = reactor
        loop.callWhenRunning(self._start)

    async def reports(self) -> tuple[list[Report], bool]:
        """All processes, and whether that is all: without Redis it is this one alone.

        Its own is left there first, so that whoever is asked next knows no older one:
        what counts upwards never seems to go back.
        """
        own = own_report()
        if self._store is None:
            return [own], True
        try:
            async with asyncio.timeout(WITHIN_S):
                self._obey(await self._store.put(own))
                return await self._store.read(), True
        except (RedisError, OSError, TimeoutError):
            return [own], False

    async def give(self, process_id: str, order: Order) -> bool:
        """Obey an order that is for this process, or leave it for another one.

        Returns:
            Whether it is done; else the process obeys with its next report.

        Raises:
            Away: without Redis, or when it does not answer.
        """
        is_ours = process_id == this_process.id
        if is_ours:
            self._obey([order])
        else:
            await give_order(process_id, order)
        return is_ours

    async def stop(self) -> None:
        """End, and leave no report behind."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._store is None:
            return
        try:
            async with asyncio.timeout(WITHIN_S):
                await self._store.forget(this_process.id)
                await self._store.close()
        except (RedisError, OSError, TimeoutError):
            pass  # it is forgotten within half a minute

    def _start(self) -> None:
        if self._store is not None:
            self._task = asyncio.ensure_future(self._run(self._store))

    async def _run(self, store: ReportStore) -> None:
        while True:
            try:
                async with asyncio.timeout(WITHIN_S):
                    orders = await store.put(own_report())
                self._say(None)
                self._obey(orders)
            except (RedisError, OSError, TimeoutError) as fault:
                self._say(fault)
            except Exception:  # an outermost edge: the reports must go on
                logger.exception("report failed")
            await asyncio.sleep(settings.BOARD_REPORT_S)

    def _say(self, fault: Exception | None) -> None:
        """Log when Redis goes and when it is back, once each."""
        if fault is not None and not self._is_away:
            logger.warning("reports fail", extra={"fault": type(fault).__name__})
        elif fault is None and self._is_away:
            logger.info("reports go on")
        self._is_away = fault is not None

    def _obey(self, orders: Iterable[Order]) -> None:
        for order in orders:
            match order:
                case Dismiss(session=session):
                    found = current.dismiss(session)
                    extra = {"session": session, "found": found}
                    logger.info("session dismissed", extra=extra)
                case Drain():
                    logger.info("drain ordered")
                    os.kill(os.getpid(), signal.SIGTERM)


reporter = Reporter()
