"""One process of the world: a real engine on fakes, and what is needed to crash it."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from contextvars import Context, copy_context
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from boards.access import Credentials, Grant
from boards.sync.engine import Engine
from boards.sync.engine_settings import EngineSettings
from boards.sync.journal import OnCommit
from boards.sync.protocol import Limits
from boards.sync.refusals import Code, Refused
from boards.sync.rooms import Intervals, Rooms
from tests.support.world.bus import FakeBus
from tests.support.world.journal import FakeJournal
from tests.support.world.loop import StillLoop

if TYPE_CHECKING:
    from tests.support.world.world import World

SETTINGS = EngineSettings(
    intervals=Intervals(
        heads_poll_s=2.5, announce_s=10.0, peer_expiry_s=30.0, room_idle_s=30.0
    ),
    limits=Limits(),  # with what the script lets a client leave unread
    live_ms=33,
    live_frames_per_s=8_000,
    crowd=2,
    snapshot_every=7,
    snapshot_url="/{board_id}/{seq}",
)
COMMIT_WAIT_S = 4.0


class Process:
    """An engine with its journal and bus; a crash loses all but the database.

    Attributes:
        is_up: sockets and requests can reach it.
        context: everything of this process runs in it; its tasks are known by it.
    """

    def __init__(self, world: "World", name: str) -> None:
        self.world = world
        self.name = name
        self.is_up = True
        self.is_dead = False
        self.tasks: dict[asyncio.Task[Any], None] = {}
        self.context: Context = copy_context()
        self.context.run(world.owner.set, self)
        self.bus = FakeBus(world.exchange, self.gate)
        unread_bytes = world.script.unread_chars
        self.engine = Engine(
            process=name,
            make_journal=self._make_journal,
            bus=self.bus,
            clock=world.clock,
            look_again=self._look_again,
            settings=replace(SETTINGS, limits=Limits(unread_bytes=unread_bytes)),
        )

    def _make_journal(self, on_commit: OnCommit) -> FakeJournal:
        self.journal = self.world.make_journal(
            self.world.database,
            clock=self.world.clock,
            on_commit=on_commit,
            queue_size=self.world.script.queue_size,
            wait_s=COMMIT_WAIT_S,
            gate=self.gate,
        )
        return self.journal

    @property
    def rooms(self) -> Rooms:
        """The engine's rooms: the world looks in, it never touches."""
        return self.engine._rooms

    async def gate(self, what: str) -> None:
        """Wait until the world lets it happen."""
        if self.is_dead:
            raise asyncio.CancelledError
        await self.world.wait(self, what)

    async def grant_for(self, board_id: str, credentials: Credentials) -> Grant:
        """What the adapters do first: look the right up."""
        await self._reach("grant")
        try:
            return self.world.database.grant_for(board_id, credentials)
        finally:
            await self.gate("grant answer")

    async def _look_again(
        self, grants: Iterable[Grant]
    ) -> dict[Grant, Grant | Refused]:
        wanted = list(grants)
        await self._reach("look again")
        found = self.world.database.look_again(wanted)
        await self.gate("look again answer")
        return found

    async def _reach(self, what: str) -> None:
        await self.gate(what)
        if self.world.database.is_away:
            raise Refused(Code.UNAVAILABLE, "The database is away.")

    def do(self, act: Callable[[], object]) -> None:
        """Call something inside this process, then let it settle."""
        self.loop.do(act, self.context)

    def spawn(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Start something inside this process, then let it settle."""
        tasks: list[asyncio.Task[None]] = []
        self.do(lambda: tasks.append(self.loop.create_task(work)))
        return tasks[0]

    @property
    def loop(self) -> StillLoop:
        """The world's loop."""
        return self.world.loop

    def crash(self) -> None:
        """Lose everything at once, as `kill -9` does."""
        self.is_up = False
        self.is_dead = True
        self.bus.die()
        while alive := self.alive():
            for task in alive:
                task.cancel()
            self.loop.settle()

    def alive(self) -> "list[asyncio.Task[Any]]":
        """The tasks of this process that did not end."""
        return [task for task in self.tasks if not task.done()]

    async def drain(self) -> None:
        """SIGTERM: no new visitors, then the engine's own end."""
        self.is_up = False
        await self.engine.drain()
        self.is_dead = True


def name_of(task: "asyncio.Task[Any]") -> str:
    """What a task runs, for people."""
    return str(getattr(task.get_coro(), "__qualname__", task))
