"""What must be true once everything healed: all copies are equal, nothing is left."""

from typing import TYPE_CHECKING, Any

import msgspec

from boards.access import Credentials, Role
from boards.sync import protocol
from boards.sync.document import Document
from boards.sync.folding import unpack
from boards.sync.presence import Presence
from boards.sync.refusals import Refused
from tests.support.world.client import Client
from tests.support.world.journal import OWNER_KEY
from tests.support.world.process import Process, name_of

if TYPE_CHECKING:
    from tests.support.world.world import World


def check_all(world: "World") -> None:
    for board_id in world.board_ids:
        check_journal(world, board_id)
        check_presence(world, board_id)
        for process in world.up():
            check_rights(world, process, board_id)
    for client in world.clients:
        check_client(world, client)
    check_acks(world)
    world.settle()


def check_journal(world: "World", board_id: str) -> None:
    entries = [protocol.decode_entry(text) for text in world.database.texts(board_id)]
    seqs = [entry.seq for entry in entries]
    world.check(seqs == list(range(1, len(seqs) + 1)), "J1 seqs have a hole")
    ids = [entry.id for entry in entries]
    world.check(len(set(ids)) == len(ids), "J3 a change is in the journal twice")


def check_client(world: "World", client: Client) -> None:
    stored = world.database.texts(client.board_id)
    seq = client.document.seq
    world.check(seq <= len(stored), "J4 a client is ahead of the journal")
    if client.socket is not None:
        world.check(seq == len(stored), f"R5 {client.name} is at {seq}")
    world.check(
        client.document.folded() == world.fold(client.board_id, seq),
        f"D1 {client.name}'s document differs",
    )


def check_acks(world: "World") -> None:
    for client in world.clients:
        seqs = world.database.boards[client.board_id].seqs
        for id_, seq in client.acked.items():
            world.check(seqs.get(id_) == seq, f"J3 {id_} was acknowledged, is lost")
    for call in world.calls:
        if call.seq is not None:
            seqs = world.database.boards[call.board_id].seqs
            world.check(seqs.get(call.id) == call.seq, f"J3 {call.id} is lost")


def check_presence(world: "World", board_id: str) -> None:
    there = sorted(
        client.socket.session.id
        for client in world.clients
        if client.board_id == board_id
        and client.socket is not None
        and client.socket.session is not None
    )
    for process in world.up():
        open_room = process.rooms.get(board_id)
        if open_room is None:
            continue
        world.check(
            sorted(by_session(open_room.presence)) == there,
            f"P3 {process.name} knows {sorted(by_session(open_room.presence))},"
            f" there are {there}",
        )
    check_equal_presence(world, board_id)


def check_equal_presence(world: "World", board_id: str) -> None:
    """All processes and all clients see the same peers doing the same."""
    truth: dict[str, bytes] = {}
    for process in world.up():
        open_room = process.rooms.get(board_id)
        for peer in open_room.presence.here() if open_room else ():
            truth[peer.session] = msgspec.json.encode(peer)
    for process in world.up():
        open_room = process.rooms.get(board_id)
        if open_room is not None:
            seen = by_session(open_room.presence)
            world.check(seen == truth, f"P2 {process.name} sees {seen} not {truth}")
    for client in world.clients:
        if client.socket is not None and client.board_id == board_id:
            seen = by_session(client.peers)
            world.check(seen == truth, f"P2 {client.name} sees {seen} not {truth}")


def check_rights(world: "World", process: Process, board_id: str) -> None:
    """Every session may what the board's row says, none is left without (A3)."""
    open_room = process.rooms.get(board_id)
    for session in open_room.sessions.values() if open_room else ():
        try:
            role = world.database.grant_for(board_id, session.grant.credentials).role
        except Refused:
            role = Role.NONE
        world.check(
            role is not Role.NONE and session.grant.role is role,
            f"A3 {session.id} on {process.name} may {session.grant.role},"
            f" should {role}",
        )


def check_complete(world: "World") -> None:
    """Everything through every door is the same document."""
    for board_id in world.board_ids:
        expected = world.fold(board_id)
        for process in world.up():
            process.spawn(check_doors(world, process, board_id, expected))
    world.flow()
    for client in world.clients:
        world.check(client.socket is not None, f"R3 {client.name} is not connected")
        world.check(not client.pending, f"C2 {client.name} has changes left")


async def check_doors(
    world: "World", process: Process, board_id: str, expected: Any
) -> None:
    grant = world.database.grant_for(board_id, Credentials(key=OWNER_KEY))
    now = Document.from_snapshot(await process.engine.document(grant))
    world.check(now.folded() == tuple(expected), "D1 engine.document differs")
    seq = now.seq
    snapshot = await process.engine.snapshot(grant, None)
    document = Document.from_snapshot(unpack(snapshot.body))
    while document.seq < seq:
        texts, _ = await process.engine.entries(grant, document.seq, 10)
        for text in texts:
            document.apply(text)
    world.check(document.folded() == expected, "D5 snapshot and tail differ")


def everybody_leaves(world: "World") -> None:
    """A room without sessions closes, and the loops end with the last room."""
    for client in world.clients:
        client.drop(at_once=True)
    world.flow()
    for _ in range(5):
        world.move(11.0, flow=True)
    for process in world.up():
        world.check(not process.rooms.all(), "R4 a room stays open")
        left = [name_of(task) for task in process.alive()]
        world.check(not left, f"R4 nobody is there, but {left} run")
    world.check(not world.exchange.subscribers, "R4 a subscription stays")
    world.settle()


def by_session(presence: Presence) -> dict[str, bytes]:
    """The full list, to be compared."""
    peers = presence.everyone()
    return dict(sorted((peer.session, msgspec.json.encode(peer)) for peer in peers))
