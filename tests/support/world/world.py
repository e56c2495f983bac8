"""The world: runs a script step by step, heals, and checks that all copies are equal.

Only this module moves anything: it lets a database access happen, delivers a parcel,
lets a client read, moves the clock. Nothing random happens outside of a step's own
dice, so the same script is the same run.
"""

import asyncio
import hashlib
import logging
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from boards.sync import beginnings, frames, room, rooms
from boards.sync.document import Document
from boards.sync.presence import Delta, Presence
from boards.sync.refusals import Refused
from tests.support.world import checks, steps
from tests.support.world.bus import Exchange, Parcel
from tests.support.world.client import Client
from tests.support.world.clock import WorldClock
from tests.support.world.journal import OWNER_KEY, FakeDatabase, FakeJournal
from tests.support.world.loop import StillLoop, Stuck
from tests.support.world.process import Process, name_of
from tests.support.world.program import Call
from tests.support.world.script import Script, Step

MAX_HEAL_ROUNDS = 40

# Entries here have some 200 characters, not some 5,000: what is held and sent at once
# is as much smaller, so that tails end, frames split and snapshots are needed.
SMALL = (
    (room, "TAIL_CHARS", 1_500),
    (room, "MAX_AHEAD", 8),
    (frames, "FRAME_BYTES", 500),
    (rooms, "HEAL_CHARS", 700),
    (beginnings, "REPLAY_CHARS", 2_500),
    (beginnings, "TAIL_CHARS", 4_000),
)


class Broken(Exception):
    """The world saw a rule broken; the message begins with the rule."""


@dataclass(eq=False, slots=True)
class Wait:
    """Something of a process that happens when the world lets it."""

    process: Process
    what: str
    done: "asyncio.Future[None]"


class World:
    """See the module; `run` is all of it.

    Args:
        script: what happens.
        make_journal: another fake journal, for worlds that are broken on purpose.
    """

    def __init__(
        self, script: Script, make_journal: type[FakeJournal] = FakeJournal
    ) -> None:
        self.script = script
        self.make_journal = make_journal
        self.trace: list[str] = []
        self.faults: list[str] = []
        self.loop = StillLoop()
        self.loop.set_task_factory(self._make_task)
        self.loop.set_exception_handler(self._unhandled)
        self.owner: ContextVar[Process] = ContextVar("owner")
        self.clock = WorldClock()
        self.database = FakeDatabase()
        self.exchange = Exchange()
        self.waits: list[Wait] = []
        self.calls: list[Call] = []
        self.sent: dict[str, str] = {}
        self._soon: list[Callable[[], object]] = []
        self._n_ids = 0
        self.rights_version = 0
        self.board_ids = [f"b{n}" for n in range(script.n_boards)]
        for board_id in self.board_ids:
            self.database.create_board(board_id)
        self.processes = [self.start(n) for n in range(script.n_processes)]
        self.clients = [
            Client(
                self,
                f"k{n}",
                self.board_ids[n % len(self.board_ids)],
                OWNER_KEY if n % 3 == 0 else "",
            )
            for n in range(script.n_clients)
        ]

    # --- what the parts use -----------------------------------------------------

    def note(self, line: str) -> None:
        """Write into the trace."""
        self.trace.append(line)

    def fault(self, what: str) -> None:
        """A rule is broken; the run ends after this step."""
        self.note(f"BROKEN {what}")
        self.faults.append(what)

    def check(self, is_right: bool, rule: str) -> None:
        """Hold a rule."""
        if not is_right:
            self.fault(rule)

    def new_id(self, prefix: str) -> str:
        """An id that nothing else has."""
        self._n_ids += 1
        return f"{prefix}{self._n_ids}"

    def soon(self, act: Callable[[], object]) -> None:
        """Do something once the loop stands still."""
        self._soon.append(act)

    async def wait(self, process: Process, what: str) -> None:
        """Hold a process until the world lets it go on."""
        done = self.loop.create_future()
        self.waits.append(Wait(process, what, done))
        await done

    def hear(self, peers: Presence, process: str, delta: Delta) -> None:
        """A client hears of its peers."""
        peers.hear(process, delta, self.clock.now())

    def up(self) -> list[Process]:
        """The processes that can be reached."""
        return [process for process in self.processes if process.is_up]

    # --- running ----------------------------------------------------------------

    def run(self) -> None:
        """All steps, then heal and check.

        Raises:
            Broken: a rule is broken.
        """
        with small_sizes(), silence():
            try:
                for step in self.script.steps:
                    self._play(step)
                self._heal()
                checks.check_all(self)
                self._everybody_back()
                checks.check_all(self)
                checks.check_complete(self)
                checks.everybody_leaves(self)
            except Stuck as stuck:
                raise Broken(f"R5 {stuck}") from stuck
            finally:
                self._end()

    def digest(self) -> str:
        """A fingerprint of everything that happened."""
        return hashlib.sha256("\n".join(self.trace).encode()).hexdigest()

    def _play(self, step: Step) -> None:
        self.note(f"{step.verb} {step.who} {step.dice}")
        getattr(steps, f"do_{step.verb}")(self, step.who, random.Random(step.dice))
        self.settle()

    def settle(self) -> None:
        """Do what was put off, until nothing is; then see whether a rule broke."""
        self.loop.settle()
        while self._soon:
            acts, self._soon = self._soon, []
            for act in acts:
                act()
            self.loop.settle()
        if self.faults:
            raise Broken(self.faults[0])

    def _make_task(
        self, loop: asyncio.AbstractEventLoop, work: Any, **options: Any
    ) -> "asyncio.Task[Any]":
        task: asyncio.Task[Any] = asyncio.Task(work, loop=loop, **options)
        process = self.owner.get(None)
        if process is not None:
            process.tasks[task] = None
            task.add_done_callback(lambda done: self._ended(process, done))
        return task

    def _ended(self, process: Process, task: "asyncio.Task[Any]") -> None:
        del process.tasks[task]
        if not task.cancelled() and (fault := task.exception()) is not None:
            if not isinstance(fault, Refused) and not process.is_dead:
                self.fault(f"{name_of(task)} raised {fault!r}")

    def _unhandled(self, _: object, context: dict[str, Any]) -> None:
        fault = context.get("exception")
        if not isinstance(fault, Refused):
            self.fault(f"unhandled {context['message']} {fault!r}")

    def _end(self) -> None:
        for process in self.processes:
            process.crash()
        self._soon.clear()
        self.loop.close()

    def start(self, n: int) -> Process:
        return Process(self, self.new_id(f"p{n}."))

    # --- what the steps use --------------------------------------------------

    def client(self, who: int) -> Client:
        return self.clients[who % len(self.clients)]

    def process(self, who: int) -> Process | None:
        up = self.up()
        return up[who % len(up)] if up else None

    def pick(self, things: list[Any], dice: random.Random) -> Any:
        if not things:
            return None
        return things[0 if dice.random() < 0.7 else dice.randrange(len(things))]

    def finish(self, dice: random.Random) -> None:
        self.waits = [wait for wait in self.waits if not wait.done.done()]
        wait = self.pick(self.waits, dice)
        if wait is not None:
            self.let(wait)

    def let(self, wait: Wait) -> None:
        self.note(f"{wait.process.name}: {wait.what}")
        self.waits.remove(wait)
        if not wait.done.done():
            wait.done.set_result(None)

    def deliver(self, dice: random.Random) -> None:
        parcel = self.pick(self.exchange.parcels, dice)
        if parcel is not None:
            self.hand_over(parcel)

    def hand_over(self, parcel: Parcel) -> None:
        self.exchange.parcels.remove(parcel)
        for process in self.processes:
            if process.bus is parcel.receiver:
                self.note(f"{process.name} hears {parcel.body.decode()}")
                process.do(lambda: parcel.receiver.receive(parcel.body))

    def move(self, seconds: float, *, flow: bool = False) -> None:
        until = self.clock.now() + seconds
        while self.clock.step(until):
            self.settle()
            if flow:
                self.flow()

    def crash(self, process: Process) -> None:
        self.note(f"{process.name} crashes")
        process.crash()
        self.waits = [wait for wait in self.waits if wait.process is not process]
        for client in self.clients:
            if client.socket is not None and client.socket.process is process:
                client.socket = None
        for call in self.calls:
            call.is_flying = False

    def call_all(self, who: int) -> None:
        for call in self.calls:
            process = self.process(who)
            if call.is_open and process is not None:
                call.is_flying = True
                process.spawn(call.make(self, process))

    def flow(self) -> None:
        """Let everything that is under way happen, in order."""
        is_moving = True
        n_rounds = 0
        while is_moving:
            n_rounds += 1
            if n_rounds > MAX_FLOW_ROUNDS:
                raise Stuck("everything flows and nothing ends")
            is_moving = False
            for wait in list(self.waits):
                if wait in self.waits:
                    self.let(wait)
                    self.settle()
                    is_moving = True
            for parcel in list(self.exchange.parcels):
                if parcel in self.exchange.parcels:
                    self.hand_over(parcel)
                    self.settle()
                    is_moving = True
            for client in self.clients:
                is_moving |= client.read()
                self.settle()

    def _heal(self) -> None:
        """Mend everything; wait until nobody has anything left to do."""
        self.note("heal")
        self.database.is_away = False
        for process in self.processes:
            process.bus.is_cut = False
            process.journal.lose_answers = 0
        for client in self.clients:
            client.is_slow = False
        self.flow()
        for n in range(MAX_HEAL_ROUNDS):
            for m, process in enumerate(self.processes):
                if process.is_dead:
                    self.processes[m] = self.start(m)
            self._help(n)
            self.flow()
            self.move(3.0, flow=True)
            if n >= QUIET_ROUNDS and not self._is_busy():
                return
        self.fault(f"R5 {self._is_busy()} is not done after all healed")
        self.settle()

    def _help(self, n: int) -> None:
        for m, client in enumerate(self.clients):
            if client.socket is None and not client.stays_away:
                process = self.process(n + m)
                if process is not None:
                    client.connect(process)
            client.send_unsent()
        self.call_all(n)
        self.settle()

    def _is_busy(self) -> str:
        for process in self.processes:
            if not process.is_up and not process.is_dead:
                return f"draining {process.name}"
        for client in self.clients:
            if client.stays_away:
                continue
            if client.socket is None or not client.socket.is_welcome:
                return f"{client.name}'s join"
            if client.pending:
                return f"{client.name}'s pending {list(client.pending)}"
        for call in self.calls:
            if call.seq is None and not call.is_refused:
                return f"call {call.id}"
        return ""

    def fold(self, board_id: str, seq: int | None = None) -> Any:
        """What the document must be: the plain fold of the first entries."""
        document = Document()
        for text in self.database.texts(board_id)[:seq]:
            document.apply(text)
        return document.folded()

    def _everybody_back(self) -> None:
        """All boards are open again, and everybody who was sent away comes back."""
        for board_id, board in self.database.boards.items():
            board.link_role, board.is_deleted = "edit", False
            self.rights_version += 1
            process = self.up()[0]
            process.spawn(process.engine.rights_changed(board_id))
        for client in self.clients:
            client.stays_away = False
        self._heal()


MAX_FLOW_ROUNDS = 500
QUIET_ROUNDS = 22  # past poll, announcement, peers' expiry and the look at rights


@contextmanager
def small_sizes() -> Iterator[None]:
    """Make what is held and sent at once small, see `SMALL`."""
    patches = [patch.object(module, name, size) for module, name, size in SMALL]
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


@contextmanager
def silence() -> Iterator[None]:
    """Faults are the daily bread here: nothing of them goes to the log."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
