"""Rooms of two processes over every kind of real layer, on a real database."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from channels.layers import InMemoryChannelLayer

from board_server.env import Layer
from boards.access import Credentials, Grant, Role
from boards.sync.bus import LayerBus
from boards.sync.clock import SystemClock
from boards.sync.elements import Pen
from boards.sync.engine import Engine
from boards.sync.engine_settings import EngineSettings
from boards.sync.protocol import Author, Change, Limits, Put
from boards.sync.refusals import Refused
from boards.sync.rooms import Intervals
from boards.sync.session import Outbox, Session
from tests.support.buses import MakeLayer, layer_maker
from tests.support.journals import SqlitePlace
from tests.support.services import Redis, running_redis
from tests.support.waiting import until_async

NEVER_S = 1_000.0  # what works within a test's time did not come from this loop


class Person:
    """A session in one process, and the entries that it was sent."""

    def __init__(self, engine: Engine, board: str, name: str) -> None:
        self.engine = engine
        self.grant = Grant(board, Role.EDIT, Credentials())
        self.author = Author(f"s-{name}", f"c-{name}", name)
        self.outbox = Outbox(10**9, lambda: None)
        self.entries: list[dict[str, Any]] = []

    async def join(self) -> None:
        """Join the board."""
        session = Session(
            author=self.author, color="", grant=self.grant, outbox=self.outbox
        )
        await self.engine.join(session, None)

    async def draw(self, change_id: str) -> None:
        """Commit a dot."""
        pen = Pen(id=change_id, x=0, y=0, points=[0, 0])
        change = Change(change_id, [Put(pen)])
        await self.engine.submit(self.grant, change, self.author)

    def seqs(self) -> list[int]:
        """The numbers of all entries so far, in the order they came."""
        for text in self.outbox.take():
            self.entries += msgspec.json.decode(text).get("entries", [])
        return [entry["seq"] for entry in self.entries]

    async def until_at(self, seq: int, within_s: float = 15.0) -> None:
        """Wait for an entry; every one before it came once and in order."""
        await until_async(
            lambda: seq in self.seqs(), within_s=within_s, what=f"seq {seq}"
        )
        assert self.seqs() == list(range(1, seq + 1))


async def look_again(grants: Iterable[Grant]) -> dict[Grant, Grant | Refused]:
    """Nobody's rights change here."""
    return {grant: grant for grant in grants}


StartEngine = Callable[..., Engine]


@pytest_asyncio.fixture
async def start_engine(sqlite_place: SqlitePlace) -> AsyncIterator[StartEngine]:
    """A function that starts one more process; all are drained at the end."""
    engines: list[Engine] = []

    def start(layer: Any, **intervals: float) -> Engine:
        clock = SystemClock()
        every = {
            "heads_poll_s": NEVER_S,
            "announce_s": NEVER_S,
            "peer_expiry_s": 2 * NEVER_S,
            "room_idle_s": NEVER_S,
        }
        engine = Engine(
            process=f"p{len(engines)}",
            make_journal=lambda told: sqlite_place.journal(on_commit=told).journal,
            bus=LayerBus(layer, clock),
            clock=clock,
            look_again=look_again,
            settings=EngineSettings(
                intervals=Intervals(**(every | intervals)),
                limits=Limits(unread_bytes=4 * 1024 * 1024),
                live_ms=33,
                live_frames_per_s=8_000,
                crowd=50,
                snapshot_every=500,
                snapshot_url="/{board_id}/{seq}",
            ),
        )
        engines.append(engine)
        return engine

    yield start
    for engine in engines:
        await engine.drain()


async def pair(place: SqlitePlace, engines: list[Engine]) -> tuple[Person, Person]:
    """Two people on one board, each in a process of its own."""
    board = place.new_board()
    people = Person(engines[0], board, "ada"), Person(engines[1], board, "bob")
    for person in people:
        await person.join()
    return people


async def test_R1_what_is_committed_in_one_process_shows_in_the_other(
    sqlite_place: SqlitePlace, start_engine: StartEngine, make_layer: MakeLayer
):
    engines = [start_engine(make_layer()), start_engine(make_layer())]
    ada, bob = await pair(sqlite_place, engines)

    await asyncio.gather(
        *[p.draw(f"{p.author.name}-{n}") for n in range(20) for p in (ada, bob)]
    )
    await ada.draw("last")

    for person in (ada, bob):
        await person.until_at(41)


class Deaf:
    """A layer that loses everything that is sent."""

    def __init__(self, layer: Any) -> None:
        self._layer = layer

    def __getattr__(self, name: str) -> Any:
        """Everything else works."""
        return getattr(self._layer, name)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        """Lose it."""


async def test_R5_with_everything_lost_the_heads_poll_heals(
    sqlite_place: SqlitePlace, start_engine: StartEngine, make_layer: MakeLayer
):
    engines = [start_engine(Deaf(make_layer()), heads_poll_s=0.2) for _ in range(2)]
    ada, bob = await pair(sqlite_place, engines)

    for number in range(1, 4):
        await ada.draw(f"lost-{number}")
        await bob.until_at(number, within_s=5)


async def test_R5_a_layer_that_forgot_its_groups_is_opened_again(
    sqlite_place: SqlitePlace,
    start_engine: StartEngine,
    make_layer: MakeLayer,
    redis_server: Redis,
    second_redis: Redis,
):
    layers = [make_layer(), make_layer()]
    engines = [start_engine(layer, announce_s=0.1) for layer in layers]
    ada, bob = await pair(sqlite_place, engines)
    await ada.draw("before")
    await bob.until_at(1)

    for redis in (redis_server, second_redis):
        redis.flush()
    if isinstance(layers[0], InMemoryChannelLayer):
        layers[0].groups.clear()
    n_drawn = 1

    async def came_by_the_layer() -> bool:
        nonlocal n_drawn
        n_drawn += 1
        await ada.draw(f"after-{n_drawn}")
        return 2 in bob.seqs()

    await until_async(came_by_the_layer, within_s=15, what="an entry by the layer")
    await bob.until_at(n_drawn)


@pytest.mark.faults
async def test_R5_with_redis_gone_commits_go_on_and_the_poll_heals(
    sqlite_place: SqlitePlace, start_engine: StartEngine
):
    with running_redis() as redis:
        make = layer_maker(Layer.PUBSUB, [redis.url])
        engines = [start_engine(make(), heads_poll_s=0.2) for _ in range(2)]
        ada, bob = await pair(sqlite_place, engines)
        await ada.draw("before")
        await bob.until_at(1)

        redis.shutdown_nosave()
        for number in range(2, 5):
            await ada.draw(f"away-{number}")
            await bob.until_at(number)
        redis.start()
        await ada.draw("back")

        await bob.until_at(5)
