"""Order, repetition, limits and slowness, over real sockets."""

import asyncio
import contextlib

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from boards.sync import protocol
from boards.sync.elements import Pen
from boards.sync.protocol import Change, Hello, Live, Put
from tests.support.convergence import RestBoard, assert_equal, canonical
from tests.support.corpus import strokes
from tests.support.server import Server, running_server
from tests.support.sockets import joined, new_id

pytestmark = pytest.mark.faults

FAT_POINTS = [0, 0, 123456.5, 123456.5] * 2_000  # 40 kB on the wire


def put() -> Put:
    return Put(Pen(id=new_id(), x=0, y=0, points=[0, 0, 5, 5]))


async def test_J3_the_same_change_id_gives_the_same_entry_on_socket_and_rest(
    board: RestBoard, url: str
) -> None:
    op = put()
    async with joined(url) as ada, joined(url) as bob:
        first = await ada.expect_entry(await ada.submit(op, change_id="once"))
        answer = await asyncio.to_thread(board.post_change, Change("once", [op]))
        bob.seen.sent_again.add("once")
        await bob.submit(op, change_id="once")
        await bob.until(lambda: not bob.pending, "the answer")

        assert answer.status_code == 200
        assert answer.json()["seq"] == first.seq == 1
        assert not bob.rejects
        assert (await ada.draw()).seq == 2


async def test_J6_the_stored_text_is_the_sent_text(board: RestBoard, url: str) -> None:
    async with joined(url) as ada, joined(url) as bob:
        for stroke in strokes(10):
            await ada.submit(Put(stroke.pen))
        await bob.expect_seq(10)

        assert list(bob.seen.texts.values()) == board.journal()
        await ada.expect_seq(10)
        assert ada.seen.texts == bob.seen.texts


async def test_R3_who_joins_while_others_write_misses_nothing(
    board: RestBoard, url: str
) -> None:
    async with joined(url, stays=True) as ada:

        async def write() -> None:
            for stroke in strokes(60):
                await ada.expect_entry(await ada.submit(Put(stroke.pen)))

        writing = asyncio.create_task(write())
        async with asyncio.TaskGroup() as group:
            for number in range(20):
                group.create_task(_visit(url, 3 * number))
        await writing
        await ada.expect_seq(60)

        assert_equal({"Ada": canonical(ada.folded()), **board.documents()})


async def _visit(url: str, seq: int) -> None:
    async with joined(url) as visitor:
        await visitor.expect_seq(seq)


async def test_C2_pending_changes_go_out_again_after_a_cut(url: str) -> None:
    async with joined(url) as ada, joined(url) as bob:
        ids = [await ada.submit(put()) for _ in range(5)]
        await ada.cut()
        ids += [await ada.submit(put()) for _ in range(5)]
        await ada.join()

        for change_id in ids:
            await ada.expect_entry(change_id)
        await bob.expect_seq(10)

        assert len(bob.seen.seqs) == 10


async def test_R3_who_comes_back_gets_what_was_missed(url: str) -> None:
    async with joined(url) as ada, joined(url) as bob:
        await ada.draw()
        await bob.expect_seq(1)
        await bob.cut()
        for _ in range(5):
            await ada.draw()

        await bob.join()

        await bob.expect_seq(6)
        assert bob.folded() == ada.folded()


async def test_too_fast_is_to_wait_and_nothing_is_lost(url: str) -> None:
    async with joined(url, stays=True) as ada:
        ids = [await ada.submit(put()) for _ in range(100)]

        await ada.until(lambda: not ada.pending, "all of them", within_s=30)

        assert "reject" in ada.frames
        assert set(ids) <= set(ada.seen.seqs)


async def test_a_flood_is_closed_and_others_do_not_notice(url: str) -> None:
    async with joined(url) as ada, joined(url) as bob:
        for step in range(5_000):
            await ada.show(Live(cursor=[step, 0]))

        await ada.expect_closed(4103)

        assert (await bob.draw()).seq == 1


async def test_R4_a_slow_reader_is_cut_alone(url: str) -> None:
    async with joined(url, stays=True) as ada, joined(url) as bob:
        async with connect(url, proxy=None, max_queue=1, max_size=None) as slow:
            await slow.send(protocol.encode(Hello(1, "slow", name="Slow")))
            await bob.expect_peer("Slow")
            for _ in range(30):
                fat = Pen(id=new_id(), x=0, y=0, points=list(FAT_POINTS))
                await ada.expect_entry(await ada.submit(Put(fat)))

            await bob.expect_gone("Slow")
            with contextlib.suppress(ConnectionClosed):
                async for _ in slow:
                    pass

            # The close frame may lie behind all that was not read.
            assert slow.close_code in (4101, 1006)
        await bob.expect_seq(30)
        assert bob.is_connected
        assert bob.n_visits == 1


async def test_sigterm_tells_everybody_to_come_back(sqlite_url: str) -> None:
    with running_server({"DATABASE_URL": sqlite_url}) as server:
        board = RestBoard.create(server.url)
        async with joined(server.socket_url(board.id)) as ada:
            entry = await ada.draw()
            server.terminate()

            await ada.expect_closed(4100)

            assert await asyncio.to_thread(server.wait_ended) == 0
            await asyncio.to_thread(server.start)
            await ada.join()
            assert (await ada.draw()).seq == entry.seq + 1


async def test_a_long_journal_is_opened_by_its_snapshot(
    site: Server, board: RestBoard, url: str
) -> None:
    async with joined(url, stays=True) as ada:
        for _ in range(40):
            fat = Pen(id=new_id(), x=0, y=0, points=list(FAT_POINTS))
            await ada.expect_entry(await ada.submit(Put(fat)))

        async with joined(url) as late:
            await late.expect_seq(40)

            assert late.n_snapshots == 1
            assert late.folded() == ada.folded()
            assert (await late.draw()).seq == 41
