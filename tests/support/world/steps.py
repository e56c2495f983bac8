"""The steps of a script: `do_<verb>(world, who, dice)` is what the verb does.

A step concerns whoever `who` wraps around to, and takes all that it leaves to chance
from its own dice.
"""

import random
from typing import TYPE_CHECKING

import msgspec

from boards.access import Credentials
from boards.sync.folding import unpack
from boards.sync.refusals import Refused
from tests.support.world import checks
from tests.support.world.bus import Parcel
from tests.support.world.client import some_live, some_ops
from tests.support.world.journal import OWNER_KEY
from tests.support.world.process import Process, name_of
from tests.support.world.program import Call

if TYPE_CHECKING:
    from tests.support.world.world import World

ENGINE_CLASSES = frozenset({"Engine", "Rooms", "Pacer", "FakeJournal"})
PAUSES_S = (0.001, 0.01, 0.1, 0.6, 3.0, 11.0)


def do_run(world: "World", who: int, dice: random.Random) -> None:
    """Some of what is under way happens, mostly in order."""
    for _ in range(1 + who % 12):
        kind = dice.choice("wwwppprr")
        if kind == "w":
            world.finish(dice)
        elif kind == "p":
            world.deliver(dice)
        else:
            client = dice.choice(world.clients)
            if not client.is_slow:
                client.read(dice.choice((1, 3, 100)))
                client.send_unsent()
        world.settle()


def do_lose(world: "World", who: int, dice: random.Random) -> None:
    for _ in range(1 + who % 4):
        parcel = world.pick(world.exchange.parcels, dice)
        if parcel is not None:
            world.note("lost")
            world.exchange.parcels.remove(parcel)


def do_double(world: "World", who: int, dice: random.Random) -> None:
    parcel = world.pick(world.exchange.parcels, dice)
    if parcel is not None:
        twin = Parcel(parcel.receiver, parcel.body)
        world.exchange.parcels.insert(who % (len(world.exchange.parcels) + 1), twin)


def do_draw(world: "World", who: int, dice: random.Random) -> None:
    client = world.client(who)
    for _ in range(dice.choice((1, 1, 1, 4))):
        client.draw(some_ops(dice))


def do_repeat(world: "World", who: int, dice: random.Random) -> None:
    client = world.client(who)
    if client.made:
        client.send(dice.choice(client.made))


def do_live(world: "World", who: int, dice: random.Random) -> None:
    world.client(who).show(some_live(dice))


def do_ping(world: "World", who: int, dice: random.Random) -> None:
    world.client(who).ping()


def do_slow(world: "World", who: int, dice: random.Random) -> None:
    client = world.client(who)
    client.is_slow = not client.is_slow


def do_clock(world: "World", who: int, dice: random.Random) -> None:
    world.move(dice.choice(PAUSES_S))


def do_connect(world: "World", who: int, dice: random.Random) -> None:
    client, process = world.client(who), world.process(dice.getrandbits(8))
    if client.socket is None and not client.stays_away and process is not None:
        client.connect(process)


def do_drop(world: "World", who: int, dice: random.Random) -> None:
    world.client(who).drop(at_once=dice.random() < 0.5)


def do_reload(world: "World", who: int, dice: random.Random) -> None:
    world.client(who).reload()


def do_crash(world: "World", who: int, dice: random.Random) -> None:
    process = world.process(who)
    if process is not None:
        world.crash(process)


def do_start(world: "World", who: int, dice: random.Random) -> None:
    n = who % len(world.processes)
    if world.processes[n].is_dead:
        world.processes[n] = world.start(n)


def do_drain(world: "World", who: int, dice: random.Random) -> None:
    process = world.process(who)
    if process is not None:
        process.spawn(drain(world, process))


async def drain(world: "World", process: Process) -> None:
    await process.drain()
    world.soon(lambda: drained(world, process))


def drained(world: "World", process: Process) -> None:
    world.note(f"{process.name} drained")
    left = [name_of(task) for task in process.alive()]
    ours = [name for name in left if name.split(".")[0] in ENGINE_CLASSES]
    world.check(not ours, f"drained, but still running: {ours}")
    world.crash(process)


def do_cut(world: "World", who: int, dice: random.Random) -> None:
    process = world.process(who)
    if process is not None:
        process.bus.is_cut = True
        process.bus.is_loud = dice.random() < 0.5
        if dice.random() < 0.5:
            world.exchange.forget(process.bus)


def do_mend(world: "World", who: int, dice: random.Random) -> None:
    process = world.process(who)
    if process is not None:
        process.bus.is_cut = False


def do_forget(world: "World", who: int, dice: random.Random) -> None:
    """The layer forgets a subscription, as an expired group does."""
    process = world.process(who)
    if process is not None:
        world.exchange.forget(process.bus, dice.choice(world.board_ids))


def do_away(world: "World", who: int, dice: random.Random) -> None:
    world.database.is_away = True


def do_back(world: "World", who: int, dice: random.Random) -> None:
    world.database.is_away = False


def do_lose_answer(world: "World", who: int, dice: random.Random) -> None:
    process = world.process(who)
    if process is not None:
        process.journal.lose_answers += 1


def do_rights(world: "World", who: int, dice: random.Random) -> None:
    board_id = world.board_ids[who % len(world.board_ids)]
    role = dice.choice(("none", "view", "view", "edit", "edit"))
    world.database.boards[board_id].link_role = role
    world.note(f"{board_id} is now {role}")
    tell_rights(world, board_id, dice)


def do_trash(world: "World", who: int, dice: random.Random) -> None:
    board_id = world.board_ids[who % len(world.board_ids)]
    world.database.trash(board_id)
    tell_rights(world, board_id, dice)


def do_untrash(world: "World", who: int, dice: random.Random) -> None:
    board_id = world.board_ids[who % len(world.board_ids)]
    world.database.boards[board_id].is_deleted = False
    tell_rights(world, board_id, dice)


def tell_rights(world: "World", board_id: str, dice: random.Random) -> None:
    """Mostly by the engine; sometimes somebody just wrote SQL."""
    world.rights_version += 1
    process = world.process(dice.getrandbits(8))
    if process is not None and dice.random() < 0.7:
        process.spawn(change_rights(world, process, board_id))


async def change_rights(world: "World", process: Process, board_id: str) -> None:
    version = world.rights_version
    await process.engine.rights_changed(board_id)
    if version == world.rights_version and not world.database.is_away:
        checks.check_rights(world, process, board_id)


def do_rest(world: "World", who: int, dice: random.Random) -> None:
    """A program's change: a new one, or one whose answer was lost."""
    id_ = world.new_id("r")
    body = f'{{"id":"{id_}","ops":{some_ops(dice)}}}'
    key = OWNER_KEY if dice.random() < 0.7 else ""
    board_id = world.board_ids[who % len(world.board_ids)]
    world.calls.append(Call(board_id, id_, body, key))
    world.call_all(who)


def do_look(world: "World", who: int, dice: random.Random) -> None:
    """A program reads the board."""
    process = world.process(who)
    if process is not None:
        board_id = dice.choice(world.board_ids)
        process.spawn(look(world, process, board_id, dice))


async def look(
    world: "World", process: Process, board_id: str, dice: random.Random
) -> None:
    try:
        grant = await process.grant_for(board_id, Credentials(key=OWNER_KEY))
        seq = dice.randint(0, len(world.database.texts(board_id)))
        texts, _ = await process.engine.entries(grant, seq, 5)
        stored = world.database.texts(board_id)
        world.check(texts == stored[seq : seq + len(texts)], "J2 entries differ")
        expected = world.fold(board_id, seq)._asdict()
        document = msgspec.json.decode(await process.engine.document(grant, seq))
        world.check(document == expected, "D1 document")
        snapshot = await process.engine.snapshot(grant, seq)
        said = msgspec.json.decode(unpack(snapshot.body))
        world.check(said == expected, "D5 snapshot")
    except Refused:
        return
