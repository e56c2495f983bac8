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

import msgspec

from boards.access import Credentials, Role
from boards.sync import engine, protocol, room, rooms
from boards.sync.document import Document, snapshot_text
from boards.sync.presence import Delta, Presence
from boards.sync.protocol import Author, Peer
from boards.sync.refusals import Refused
from boards.sync.store import unpack
from tests.support.world.bus import Exchange, Parcel
from tests.support.world.client import Client, some_live, some_ops
from tests.support.world.clock import WorldClock
from tests.support.world.journal import OWNER_KEY, FakeDatabase, FakeJournal
from tests.support.world.loop import StillLoop, Stuck
from tests.support.world.process import Process
from tests.support.world.script import Script, Step

REST = Author(session="rest", client="rest")
MAX_HEAL_ROUNDS = 40
LIVE_PAUSES_S = (0.001, 0.01, 0.1, 0.6, 3.0, 11.0)

# Entries here have some 200 characters, not some 5,000: what is held and sent at once
# is as much smaller, so that tails end, frames split and snapshots are needed.
SMALL = (
    (room, "TAIL_CHARS", 1_500),
    (room, "MAX_AHEAD", 8),
    (rooms, "HEAL_CHARS", 700),
    (engine, "REPLAY_CHARS", 2_500),
)


class Broken(Exception):
    """The world saw a rule broken; the message begins with the rule."""


@dataclass(eq=False, slots=True)
class Wait:
    """Something of a process that happens when the world lets it."""

    process: Process
    what: str
    done: "asyncio.Future[None]"


@dataclass(eq=False, slots=True)
class Call:
    """A program's change by REST, sent again with its id until it is answered."""

    board_id: str
    id: str
    body: str
    key: str
    is_flying: bool = False
    seq: int | None = None
    is_refused: bool = False


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
        self._stamp = 0
        self._rights_version = 0
        self.board_ids = [f"b{n}" for n in range(script.n_boards)]
        for board_id in self.board_ids:
            self.database.create_board(board_id)
        self.processes = [self._start(n) for n in range(script.n_processes)]
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
        self._stamp += 1
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
                self._check_all()
                self._everybody_back()
                self._check_all()
                self._check_complete()
                self._everybody_leaves()
            except Stuck as stuck:
                raise Broken(f"R5 {stuck}") from stuck
            finally:
                self._end()

    def digest(self) -> str:
        """A fingerprint of everything that happened."""
        return hashlib.sha256("\n".join(self.trace).encode()).hexdigest()

    def _play(self, step: Step) -> None:
        self.note(f"{step.verb} {step.who} {step.dice}")
        getattr(self, f"_do_{step.verb}")(step.who, random.Random(step.dice))
        self._settle()

    def _settle(self) -> None:
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
                self.fault(f"{task.get_coro().__qualname__} raised {fault!r}")

    def _unhandled(self, _: object, context: dict[str, Any]) -> None:
        fault = context.get("exception")
        if not isinstance(fault, Refused):
            self.fault(f"unhandled {context['message']} {fault!r}")

    def _end(self) -> None:
        for process in self.processes:
            process.crash()
        self._soon.clear()
        self.loop.close()

    def _start(self, n: int) -> Process:
        return Process(self, self.new_id(f"p{n}."))

    # --- steps ------------------------------------------------------------------

    def _client(self, who: int) -> Client:
        return self.clients[who % len(self.clients)]

    def _process(self, who: int) -> Process | None:
        up = self.up()
        return up[who % len(up)] if up else None

    def _do_run(self, who: int, dice: random.Random) -> None:
        """Some of what is under way happens, mostly in order."""
        for _ in range(1 + who % 12):
            kind = dice.choice("wwwppprr")
            if kind == "w":
                self._finish(dice)
            elif kind == "p":
                self._deliver(dice)
            else:
                client = dice.choice(self.clients)
                if not client.is_slow:
                    client.read(dice.choice((1, 3, 100)))
                    client.send_unsent()
            self._settle()

    def _pick(self, things: list[Any], dice: random.Random) -> Any:
        if not things:
            return None
        return things[0 if dice.random() < 0.7 else dice.randrange(len(things))]

    def _finish(self, dice: random.Random) -> None:
        self.waits = [wait for wait in self.waits if not wait.done.done()]
        wait = self._pick(self.waits, dice)
        if wait is not None:
            self._let(wait)

    def _let(self, wait: Wait) -> None:
        self.note(f"{wait.process.name}: {wait.what}")
        self.waits.remove(wait)
        if not wait.done.done():
            wait.done.set_result(None)

    def _deliver(self, dice: random.Random) -> None:
        parcel = self._pick(self.exchange.parcels, dice)
        if parcel is not None:
            self._hand_over(parcel)

    def _hand_over(self, parcel: Parcel) -> None:
        self.exchange.parcels.remove(parcel)
        for process in self.processes:
            if process.bus is parcel.receiver:
                self.note(f"{process.name} hears {parcel.body.decode()}")
                process.do(lambda: parcel.receiver.receive(parcel.body))

    def _do_lose(self, who: int, dice: random.Random) -> None:
        for _ in range(1 + who % 4):
            parcel = self._pick(self.exchange.parcels, dice)
            if parcel is not None:
                self.note("lost")
                self.exchange.parcels.remove(parcel)

    def _do_double(self, who: int, dice: random.Random) -> None:
        parcel = self._pick(self.exchange.parcels, dice)
        if parcel is not None:
            twin = Parcel(parcel.receiver, parcel.body)
            self.exchange.parcels.insert(who % (len(self.exchange.parcels) + 1), twin)

    def _do_draw(self, who: int, dice: random.Random) -> None:
        client = self._client(who)
        for _ in range(dice.choice((1, 1, 1, 4))):
            client.draw(some_ops(dice))

    def _do_repeat(self, who: int, dice: random.Random) -> None:
        client = self._client(who)
        if client.made:
            client.send(dice.choice(client.made))

    def _do_live(self, who: int, dice: random.Random) -> None:
        self._client(who).show(some_live(dice))

    def _do_ping(self, who: int, dice: random.Random) -> None:
        self._client(who).ping()

    def _do_slow(self, who: int, dice: random.Random) -> None:
        client = self._client(who)
        client.is_slow = not client.is_slow

    def _do_clock(self, who: int, dice: random.Random) -> None:
        self._move(dice.choice(LIVE_PAUSES_S))

    def _move(self, seconds: float, *, flow: bool = False) -> None:
        until = self.clock.now() + seconds
        while self.clock.step(until):
            self._settle()
            if flow:
                self._flow()

    def _do_connect(self, who: int, dice: random.Random) -> None:
        client, process = self._client(who), self._process(dice.getrandbits(8))
        if client.socket is None and not client.stays_away and process is not None:
            client.connect(process)

    def _do_drop(self, who: int, dice: random.Random) -> None:
        self._client(who).drop(at_once=dice.random() < 0.5)

    def _do_reload(self, who: int, dice: random.Random) -> None:
        self._client(who).reload()

    def _do_crash(self, who: int, dice: random.Random) -> None:
        process = self._process(who)
        if process is not None:
            self._crash(process)

    def _crash(self, process: Process) -> None:
        self.note(f"{process.name} crashes")
        process.crash()
        self.waits = [wait for wait in self.waits if wait.process is not process]
        for client in self.clients:
            if client.socket is not None and client.socket.process is process:
                client.socket = None
        for call in self.calls:
            call.is_flying = False

    def _do_start(self, who: int, dice: random.Random) -> None:
        n = who % len(self.processes)
        if self.processes[n].is_dead:
            self.processes[n] = self._start(n)

    def _do_drain(self, who: int, dice: random.Random) -> None:
        process = self._process(who)
        if process is not None:
            process.spawn(self._drain(process))

    async def _drain(self, process: Process) -> None:
        await process.drain()
        self.soon(lambda: self._drained(process))

    def _drained(self, process: Process) -> None:
        self.note(f"{process.name} drained")
        left = [task.get_coro().__qualname__ for task in process.alive()]
        ours = [name for name in left if name.split(".")[0] in ENGINE_CLASSES]
        self.check(not ours, f"drained, but still running: {ours}")
        self._crash(process)

    def _do_cut(self, who: int, dice: random.Random) -> None:
        process = self._process(who)
        if process is not None:
            process.bus.is_cut = True
            process.bus.is_loud = dice.random() < 0.5
            if dice.random() < 0.5:
                self.exchange.forget(process.bus)

    def _do_mend(self, who: int, dice: random.Random) -> None:
        process = self._process(who)
        if process is not None:
            process.bus.is_cut = False

    def _do_forget(self, who: int, dice: random.Random) -> None:
        """The layer forgets a subscription, as an expired group does."""
        process = self._process(who)
        if process is not None:
            self.exchange.forget(process.bus, dice.choice(self.board_ids))

    def _do_away(self, who: int, dice: random.Random) -> None:
        self.database.is_away = True

    def _do_back(self, who: int, dice: random.Random) -> None:
        self.database.is_away = False

    def _do_lose_answer(self, who: int, dice: random.Random) -> None:
        process = self._process(who)
        if process is not None:
            process.journal.lose_answers += 1

    def _do_rights(self, who: int, dice: random.Random) -> None:
        board_id = self.board_ids[who % len(self.board_ids)]
        role = dice.choice(("none", "view", "view", "edit", "edit"))
        self.database.boards[board_id].link_role = role
        self.note(f"{board_id} is now {role}")
        self._tell_rights(board_id, dice)

    def _do_trash(self, who: int, dice: random.Random) -> None:
        board_id = self.board_ids[who % len(self.board_ids)]
        self.database.trash(board_id)
        self._tell_rights(board_id, dice)

    def _do_untrash(self, who: int, dice: random.Random) -> None:
        board_id = self.board_ids[who % len(self.board_ids)]
        self.database.boards[board_id].is_deleted = False
        self._tell_rights(board_id, dice)

    def _tell_rights(self, board_id: str, dice: random.Random) -> None:
        """Mostly by the engine; sometimes somebody just wrote SQL."""
        self._rights_version += 1
        process = self._process(dice.getrandbits(8))
        if process is not None and dice.random() < 0.7:
            process.spawn(self._change_rights(process, board_id))

    async def _change_rights(self, process: Process, board_id: str) -> None:
        version = self._rights_version
        await process.engine.rights_changed(board_id)
        if version == self._rights_version and not self.database.is_away:
            self._check_rights(process, board_id)

    def _do_rest(self, who: int, dice: random.Random) -> None:
        """A program's change: a new one, or one whose answer was lost."""
        id_ = self.new_id("r")
        body = f'{{"id":"{id_}","ops":{some_ops(dice)}}}'
        key = OWNER_KEY if dice.random() < 0.7 else ""
        board_id = self.board_ids[who % len(self.board_ids)]
        self.calls.append(Call(board_id, id_, body, key))
        self._call_all(who)

    def _call_all(self, who: int) -> None:
        for call in self.calls:
            process = self._process(who)
            is_open = call.seq is None and not call.is_refused
            if is_open and not call.is_flying and process is not None:
                call.is_flying = True
                process.spawn(self._call(call, process))

    async def _call(self, call: Call, process: Process) -> None:
        change = protocol.decode_change(call.body)
        try:
            grant = await process.grant_for(call.board_id, Credentials(key=call.key))
            committed = await process.engine.submit(grant, change, REST)
        except Refused as refusal:
            call.is_refused = not refusal.may_retry
        else:
            call.seq = committed.seq
            stored = self.database.texts(call.board_id)[committed.seq - 1]
            self.check(committed.text == stored, "J6 answered is not stored")
            self.check(grant.may_edit, "A2 a viewer's change was taken")
        finally:
            call.is_flying = False

    def _do_look(self, who: int, dice: random.Random) -> None:
        """A program reads the board."""
        process = self._process(who)
        if process is not None:
            board_id = dice.choice(self.board_ids)
            process.spawn(self._look(process, board_id, dice))

    async def _look(self, process: Process, board_id: str, dice: random.Random) -> None:
        try:
            grant = await process.grant_for(board_id, Credentials(key=OWNER_KEY))
            seq = dice.randint(0, len(self.database.texts(board_id)))
            texts, _ = await process.engine.entries(grant, seq, 5)
            stored = self.database.texts(board_id)
            self.check(texts == stored[seq : seq + len(texts)], "J2 entries differ")
            elements, _ = await process.engine.elements(grant, seq)
            self.check(elements == self.fold(board_id, seq).elements, "D1 elements")
            snapshot = await process.engine.snapshot(grant, seq)
            expected = snapshot_text(self.fold(board_id, seq))
            self.check(unpack(snapshot.body) == expected, "D5 snapshot")
        except Refused:
            return

    # --- healing and checking ---------------------------------------------------

    def _flow(self) -> None:
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
                    self._let(wait)
                    self._settle()
                    is_moving = True
            for parcel in list(self.exchange.parcels):
                if parcel in self.exchange.parcels:
                    self._hand_over(parcel)
                    self._settle()
                    is_moving = True
            for client in self.clients:
                is_moving |= client.read()
                self._settle()

    def _heal(self) -> None:
        """Mend everything; wait until nobody has anything left to do."""
        self.note("heal")
        self.database.is_away = False
        for process in self.processes:
            process.bus.is_cut = False
            process.journal.lose_answers = 0
        for client in self.clients:
            client.is_slow = False
        self._flow()
        for n, process in enumerate(self.processes):
            if process.is_dead:
                self.processes[n] = self._start(n)
        for n in range(MAX_HEAL_ROUNDS):
            self._help(n)
            self._flow()
            self._move(3.0, flow=True)
            if n >= QUIET_ROUNDS and not self._is_busy():
                return
        self.fault(f"R5 {self._is_busy()} is not done after all healed")
        self._settle()

    def _help(self, n: int) -> None:
        for m, client in enumerate(self.clients):
            if client.socket is None and not client.stays_away:
                process = self._process(n + m)
                if process is not None:
                    client.connect(process)
            client.send_unsent()
        self._call_all(n)
        self._settle()

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

    def _check_all(self) -> None:
        for board_id in self.board_ids:
            self._check_journal(board_id)
            self._check_presence(board_id)
            for process in self.up():
                self._check_rights(process, board_id)
        for client in self.clients:
            self._check_client(client)
        self._check_acks()
        self._settle()

    def _check_journal(self, board_id: str) -> None:
        entries = [
            protocol.decode_entry(text) for text in self.database.texts(board_id)
        ]
        seqs = [entry.seq for entry in entries]
        self.check(seqs == list(range(1, len(seqs) + 1)), "J1 seqs have a hole")
        ids = [entry.id for entry in entries]
        self.check(len(set(ids)) == len(ids), "J3 a change is in the journal twice")

    def _check_client(self, client: Client) -> None:
        stored = self.database.texts(client.board_id)
        seq = client.document.seq
        self.check(seq <= len(stored), "J4 a client is ahead of the journal")
        if client.socket is not None:
            self.check(seq == len(stored), f"R5 {client.name} is at {seq}")
        self.check(
            client.document.folded() == self.fold(client.board_id, seq),
            f"D1 {client.name}'s document differs",
        )

    def _check_acks(self) -> None:
        for client in self.clients:
            seqs = self.database.boards[client.board_id].seqs
            for id_, seq in client.acked.items():
                self.check(seqs.get(id_) == seq, f"J3 {id_} was acknowledged, is lost")
        for call in self.calls:
            if call.seq is not None:
                seqs = self.database.boards[call.board_id].seqs
                self.check(seqs.get(call.id) == call.seq, f"J3 {call.id} is lost")

    def _check_presence(self, board_id: str) -> None:
        there = sorted(
            client.socket.session.id
            for client in self.clients
            if client.board_id == board_id
            and client.socket is not None
            and client.socket.session is not None
        )
        for process in self.up():
            open_room = process.engine._rooms.get(board_id)
            if open_room is None:
                continue
            self.check(
                sorted(by_session(open_room.presence)) == there,
                f"P3 {process.name} knows {sorted(by_session(open_room.presence))},"
                f" there are {there}",
            )
        self._check_equal_presence(board_id)

    def _check_equal_presence(self, board_id: str) -> None:
        """All processes and all clients see the same peers doing the same."""
        truth: dict[str, bytes] = {}
        for process in self.up():
            open_room = process.engine._rooms.get(board_id)
            for peer in open_room.presence.here() if open_room else ():
                truth[peer.session] = msgspec.json.encode(peer)
        for process in self.up():
            open_room = process.engine._rooms.get(board_id)
            if open_room is not None:
                seen = by_session(open_room.presence)
                self.check(seen == truth, f"P2 {process.name} sees {seen} not {truth}")
        for client in self.clients:
            if client.socket is not None and client.board_id == board_id:
                seen = by_session(client.peers)
                self.check(seen == truth, f"P2 {client.name} sees {seen} not {truth}")

    def _check_rights(self, process: Process, board_id: str) -> None:
        """Every session may what the board's row says, none is left without (A3)."""
        open_room = process.engine._rooms.get(board_id)
        for session in open_room.sessions.values() if open_room else ():
            try:
                role = self.database.grant_for(board_id, session.grant.credentials).role
            except Refused:
                role = Role.NONE
            self.check(
                role is not Role.NONE and session.grant.role is role,
                f"A3 {session.id} on {process.name} may {session.grant.role},"
                f" should {role}",
            )

    def _everybody_back(self) -> None:
        """All boards are open again, and everybody who was sent away comes back."""
        for board_id, board in self.database.boards.items():
            board.link_role, board.is_deleted = "edit", False
            self._rights_version += 1
            process = self.up()[0]
            process.spawn(process.engine.rights_changed(board_id))
        for client in self.clients:
            client.stays_away = False
        self._heal()

    def _check_complete(self) -> None:
        """Everything through every door is the same document."""
        for board_id in self.board_ids:
            expected = self.fold(board_id)
            for process in self.up():
                process.spawn(self._check_doors(process, board_id, expected))
        self._flow()
        for client in self.clients:
            self.check(client.socket is not None, f"R3 {client.name} is not connected")
            self.check(not client.pending, f"C2 {client.name} has changes left")

    async def _check_doors(
        self, process: Process, board_id: str, expected: Any
    ) -> None:
        grant = self.database.grant_for(board_id, Credentials(key=OWNER_KEY))
        elements, seq = await process.engine.elements(grant)
        self.check((seq, elements) == tuple(expected), "D1 engine.elements differs")
        snapshot = await process.engine.snapshot(grant, None)
        document = Document.from_snapshot(unpack(snapshot.body))
        while document.seq < seq:
            texts, _ = await process.engine.entries(grant, document.seq, 10)
            for text in texts:
                document.apply(text)
        self.check(document.folded() == expected, "D5 snapshot and tail differ")

    def _everybody_leaves(self) -> None:
        """A room without sessions closes, and the loops end with the last room."""
        for client in self.clients:
            client.drop(at_once=True)
        self._flow()
        for _ in range(5):
            self._move(11.0, flow=True)
        for process in self.up():
            self.check(not process.engine._rooms.all(), "R4 a room stays open")
            left = [task.get_coro().__qualname__ for task in process.alive()]
            self.check(not left, f"R4 nobody is there, but {left} run")
        self.check(not self.exchange.subscribers, "R4 a subscription stays")
        self._settle()


ENGINE_CLASSES = frozenset({"Engine", "Rooms", "Pacer", "FakeJournal"})
MAX_FLOW_ROUNDS = 500
QUIET_ROUNDS = 15  # past the poll, the announcement and the peers' expiry


def by_session(presence: Presence) -> dict[str, bytes]:
    """The full list, to be compared."""
    peers: list[Peer] = presence.everyone()
    return dict(
        sorted((peer.session, msgspec.json.encode(peer)) for peer in peers)
    )


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

