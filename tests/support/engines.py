"""Engines on a fake database and a fake bus, moved by hand, on the test's own loop.

For tests of one rule at a time; `tests.support.world` does the same with everything at
once. Nothing happens between processes until `flow`, no time passes until `move`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Any

from boards.access import Credentials, Grant
from boards.sync import protocol
from boards.sync.engine import Engine
from boards.sync.engine_settings import EngineSettings
from boards.sync.journal import OnCommit
from boards.sync.protocol import Author, Limits
from boards.sync.refusals import Refused
from boards.sync.room import Room
from boards.sync.rooms import Intervals
from boards.sync.session import Outbox, Session
from tests.support.world.bus import Exchange, FakeBus
from tests.support.world.clock import WorldClock
from tests.support.world.journal import OWNER_KEY, FakeDatabase, FakeJournal, open_gate

BOARD = "b"
TURNS = 40  # what one act sets off settles in far fewer turns of the loop
SETTINGS = EngineSettings(
    intervals=Intervals(
        heads_poll_s=2.5, announce_s=10.0, peer_expiry_s=30.0, room_idle_s=30.0
    ),
    limits=Limits(unread_bytes=4 * 1024 * 1024),
    live_ms=33,
    live_frames_per_s=8_000,
    crowd=50,
    snapshot_every=500,
    snapshot_url="/{board_id}/{seq}",
)

LookAgain = Callable[[Iterable[Grant]], Awaitable[dict[Grant, Grant | Refused]]]


class Gates:
    """Holds what is named in `held` until it is let go.

    Attributes:
        seen: everything that passed or waits, in order.
    """

    def __init__(self) -> None:
        self.held: set[str] = set()
        self.seen: list[str] = []
        self._waiting: dict[str, list[asyncio.Future[None]]] = {}

    async def __call__(self, what: str) -> None:
        """See `Gate`."""
        self.seen.append(what)
        if what not in self.held:
            await open_gate(what)
            return
        done = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(what, []).append(done)
        await done

    async def let(self, what: str) -> None:
        """Let the oldest one go on, and settle."""
        self._waiting[what].pop(0).set_result(None)
        await settle()


class Engines:
    """Several engines as if they were processes around one database."""

    def __init__(self) -> None:
        self.database = FakeDatabase()
        self.database.create_board(BOARD)
        self.exchange = Exchange()
        self.clock = WorldClock()
        self.engines: list[Engine] = []
        self.buses: dict[Engine, FakeBus] = {}
        self.journals: dict[Engine, FakeJournal] = {}

    def start(
        self,
        *,
        gate: Gates | None = None,
        look_again: LookAgain | None = None,
        **settings: Any,
    ) -> Engine:
        """One more process."""
        bus = FakeBus(self.exchange, gate or open_gate)
        journals: list[FakeJournal] = []

        def make_journal(on_commit: OnCommit) -> FakeJournal:
            journals.append(
                FakeJournal(
                    self.database,
                    clock=self.clock,
                    on_commit=on_commit,
                    gate=gate or open_gate,
                )
            )
            return journals[0]

        engine = Engine(
            process=f"p{len(self.engines)}",
            make_journal=make_journal,
            bus=bus,
            clock=self.clock,
            look_again=look_again or self.look_again,
            settings=replace(SETTINGS, **settings),
        )
        self.engines.append(engine)
        self.buses[engine] = bus
        self.journals[engine] = journals[0]
        return engine

    async def look_again(self, grants: Iterable[Grant]) -> dict[Grant, Grant | Refused]:
        """The rights as they are now."""
        await asyncio.sleep(0)
        return self.database.look_again(grants)

    def grant(self, key: str | None = None) -> Grant:
        """What the link gives, or the owner's key."""
        return self.database.grant_for(BOARD, Credentials(key=key))

    def session(
        self, name: str, *, key: str | None = None, limit_chars: int = 1_000_000
    ) -> Session:
        """A session that did not join yet."""
        return Session(
            author=Author(name, f"tab-{name}", name),
            color="",
            grant=self.grant(key),
            outbox=Outbox(limit_chars, lambda: None),
        )

    async def join(
        self, engine: Engine, name: str, since: int | None = None, **options: Any
    ) -> Session:
        """A session that joined, with everything flowing."""
        session = self.session(name, **options)
        await engine.join(session, since)
        await self.flow()
        return session

    async def draw(self, engine: Engine, id_: str, n_ops: int = 1, x: int = 0) -> int:
        """Submit a change as the owner; returns its seq. Nothing flows."""
        committed = await engine.submit(
            self.grant(OWNER_KEY), change(id_, n_ops, x), Author("rest", "rest")
        )
        return committed.seq

    async def flow(self) -> None:
        """Deliver all publications and settle."""
        await settle()
        while self.exchange.parcels:
            parcel = self.exchange.parcels.pop(0)
            parcel.receiver.receive(parcel.body)
            await settle()

    async def move(self, seconds: float, *, is_flowing: bool = True) -> None:
        """Let time pass, each sleeper in turn."""
        until = self.clock.now() + seconds
        await settle()
        while self.clock.step(until):
            await (self.flow() if is_flowing else settle())

    def room(self, engine: Engine) -> Room:
        """The engine's open room of the board; tests look, they do not touch."""
        room = engine._rooms.get(BOARD)
        assert room is not None
        return room

    def peers(self, engine: Engine) -> set[str]:
        """Who is on the board, as the engine knows it."""
        return {peer.session for peer in self.room(engine).presence.everyone()}

    async def stop(self) -> None:
        """Drain all that still run."""
        self.database.is_away = False
        for engine in self.engines:
            task = asyncio.ensure_future(engine.drain())
            for _ in range(50):
                await self.move(1.0)
                if task.done():
                    break
            await task


class SlowLooks:
    """Answers looks at rights when told, in any order."""

    def __init__(self, site: Engines) -> None:
        self._site = site
        self.waiting: list[asyncio.Future[None]] = []
        self.is_slow = False

    async def __call__(self, grants: Iterable[Grant]) -> dict[Grant, Grant | Refused]:
        seen = self._site.database.look_again(grants)
        if self.is_slow:
            done = asyncio.get_running_loop().create_future()
            self.waiting.append(done)
            await done
        return seen


def change(id_: str, n_ops: int = 1, x: int = 0) -> protocol.Change:
    """A change that puts some rectangles."""
    ops = ",".join(
        f'{{"op":"put","element":{{"kind":"rect","id":"{id_}-{n}","x":{x},"y":0,'
        f'"w":1,"h":1}}}}'
        for n in range(n_ops)
    )
    return protocol.decode_change(f'{{"id":"{id_}","ops":[{ops}]}}')


async def settle() -> None:
    """Let everything that is ready happen."""
    for _ in range(TURNS):
        await asyncio.sleep(0)
