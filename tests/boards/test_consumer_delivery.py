"""What a session is sent over a real socket: joins, repeats, large boards, R1 to R4."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from boards.consumers import UNIT_CHARS
from boards.sync.elements import Pen, Text
from boards.sync.protocol import MAX_FRAME_BYTES, Live, Op, Put
from tests.support.raw import HELLO, JsonObject, RawSocket, Site, dot, entered, raw
from tests.support.server import running_server
from tests.support.sockets import BoardClient, joined

FRAME_LIMIT_BYTES = 1024 * 1024  # what Daphne sends, and what clients take, at most

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def narrow_site(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A server with small budgets: what takes long elsewhere is soon there."""
    path = tmp_path_factory.mktemp("narrow") / "board.sqlite3"
    shutil.copy(sqlite_template, path)
    env = {
        "DATABASE_URL": f"sqlite:///{path}",
        "BOARD_UNREAD_BYTES": "65536",
        "BOARD_SUBMITS_PER_S": "2",
        "BOARD_LIVE_PER_S": "2",
    }
    with running_server(env) as server:
        yield Site(server)


@pytest.fixture
def board(site: Site) -> JsonObject:
    """A fresh board."""
    return site.make_board()


@pytest_asyncio.fixture
async def writer(site: Site, board: JsonObject) -> AsyncIterator[BoardClient]:
    """Somebody who draws on it."""
    async with joined(site.url(board), name="Writer") as client:
        yield client


def wide_text(n_chars: int, sign: str = "x") -> list[Op]:
    """Texts with that many characters in all."""
    n_texts = -(-n_chars // 10_000)
    text = sign * (n_chars // n_texts)
    return [Put(Text(id=f"t{n}", x=n, y=0, text=text)) for n in range(n_texts)]


# --- R1 to R3: joining ----------------------------------------------------------------


async def test_R1_everybody_sees_every_entry_once_and_in_order(
    site: Site, board: JsonObject
):
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(joined(site.url(board))) for _ in range(4)
        ]
        await asyncio.gather(*[c.draw() for c in clients for _ in range(10)])
        for client in clients:
            await client.expect_seq(40)

    texts = [client.seen.texts for client in clients]
    assert texts == [texts[0]] * 4
    assert sorted(texts[0]) == list(range(1, 41))


async def test_R3_who_joins_while_others_draw_misses_nothing(
    site: Site, board: JsonObject, writer: BoardClient
):
    async def draw() -> None:
        for _ in range(40):
            await writer.draw()

    drawing = asyncio.create_task(draw())
    async with AsyncExitStack() as stack:
        joiners = [
            await stack.enter_async_context(joined(site.url(board))) for _ in range(8)
        ]
        await drawing
        for joiner in joiners:
            await joiner.expect_seq(40)
            assert joiner.folded() == writer.folded()


async def test_J6_the_entry_on_the_socket_is_the_stored_one(
    site: Site, board: JsonObject, writer: BoardClient
):
    await writer.expect_entry(await writer.submit(*wide_text(5, 'é漢🖍\\"')))

    path = f"/api/boards/{board['id']}/entries/?after=0"
    answer = await asyncio.to_thread(site.call, "GET", path)

    assert writer.seen.texts[1] in answer.text


async def test_J3_a_repeated_submit_is_answered_with_its_entry(
    site: Site, board: JsonObject
):
    async with entered(site.url(board)) as socket:
        await socket.submit("same")
        first = (await socket.next("entries"))["entries"]

        await socket.submit("same", dot("other"))
        again = (await socket.next("entries"))["entries"]

    assert again == first
    assert len(site.entries(board)) == 1


async def test_J3_a_submit_repeated_after_a_reconnect_is_answered(
    site: Site, board: JsonObject
):
    async with entered(site.url(board)) as socket:
        await socket.submit("same")
        await socket.next("entries")

    async with entered(site.url(board), since=1) as socket:
        await socket.submit("same")
        again = (await socket.next("entries"))["entries"]

    assert [entry["id"] for entry in again] == ["same"]
    assert len(site.entries(board)) == 1


async def test_J3_the_same_submit_many_times_at_once_is_one_entry(
    site: Site, board: JsonObject
):
    async with entered(site.url(board)) as socket:
        for _ in range(20):
            await socket.submit("same")
        await socket.submit("last")
        async with asyncio.timeout(15):
            while not _has(socket, "last"):
                await socket.next("entries")

    assert [entry["id"] for entry in site.entries(board)] == ["same", "last"]


def _has(socket: RawSocket, change_id: str) -> bool:
    frames = socket.seen("entries")
    return any(entry["id"] == change_id for f in frames for entry in f["entries"])


@pytest.mark.parametrize("since", [0, 1, 2, 3])
async def test_R3_who_comes_back_gets_what_came_after(
    site: Site, board: JsonObject, writer: BoardClient, since: int
):
    for _ in range(3):
        await writer.draw()

    async with entered(site.url(board), since=since) as socket:
        await socket.barrier()

    (welcome,) = socket.seen("welcome")
    seqs = [e["seq"] for frame in socket.seen("entries") for e in frame["entries"]]
    assert (welcome["mode"], welcome["head"]) == ("replay", 3)
    assert seqs == list(range(since + 1, 4))


async def test_who_says_more_than_there_is_starts_over_from_a_snapshot(
    site: Site, board: JsonObject, writer: BoardClient
):
    await writer.draw()

    async with entered(site.url(board), since=999_999) as socket:
        (welcome,) = socket.seen("welcome")
        await socket.barrier()

    assert welcome["mode"] == "snapshot"
    assert welcome["snapshot"]["seq"] == 1
    answer = await asyncio.to_thread(site.call, "GET", welcome["snapshot"]["url"])
    assert (answer.status_code, answer.json()["seq"]) == (200, 1)


@pytest.fixture
def huge_board(site: Site, board: JsonObject) -> JsonObject:
    """A board with more than is sent as entries: four of 400 KB."""
    path = f"/api/boards/{board['id']}/changes/"
    for number in range(4):
        element = {"kind": "text", "x": 0, "y": 0, "text": "x" * 10_000}
        ops = [
            {"op": "put", "element": element | {"id": f"e{number}-{n}"}}
            for n in range(40)
        ]
        answer = site.call("POST", path, {"id": f"huge-{number}", "ops": ops})
        assert answer.status_code == 201, answer.text
    return board


@pytest.mark.parametrize("since", [None, 0])
async def test_R3_who_is_far_behind_starts_from_a_snapshot(
    site: Site, huge_board: JsonObject, since: int | None
):
    async with (
        joined(site.url(huge_board), since=since) as client,
        joined(site.url(huge_board), since=4) as near,
    ):
        assert client.n_snapshots == 1
        assert near.n_snapshots == 0
        await near.draw()
        await client.expect_seq(5)
        folded = client.folded()

    path = f"/api/boards/{huge_board['id']}/elements/"
    answer = await asyncio.to_thread(site.call, "GET", path)
    assert len(folded.elements) == 161
    assert answer.json()["elements"] == folded.elements


async def test_R3_many_who_are_far_behind_at_once_are_all_served(
    site: Site, huge_board: JsonObject
):
    async with AsyncExitStack() as stack:
        clients = await asyncio.gather(
            *[stack.enter_async_context(joined(site.url(huge_board))) for _ in range(6)]
        )
        for client in clients:
            assert len(client.folded().elements) == 160


# --- large frames ---------------------------------------------------------------------


async def no_frame_is_too_large(site: Site, board: JsonObject, n_entries: int) -> None:
    """Everybody who joins gets everything, no frame over what clients take."""
    async with raw(site.url(board), max_size=FRAME_LIMIT_BYTES) as late:
        await late.say(HELLO | {"since": 0})
        welcome = await late.next("welcome")
        seen = welcome["snapshot"]["seq"] if welcome["mode"] == "snapshot" else 0
        while seen < n_entries:
            seen += len((await late.next("entries"))["entries"])
        await late.barrier()
    assert "Traceback" not in site.server.log


async def test_J6_the_largest_frame_of_wide_characters_reaches_everybody(
    site: Site, board: JsonObject, writer: BoardClient
):
    """Frames were counted in characters; over a megabyte Daphne sends none."""
    n_signs = (MAX_FRAME_BYTES - 10_000) // 4
    for _ in range(3):
        await writer.expect_entry(await writer.submit(*wide_text(n_signs, "🖍")))

    await no_frame_is_too_large(site, board, 3)


async def test_a_change_that_grows_over_the_limit_is_refused(
    site: Site, board: JsonObject, writer: BoardClient
):
    """`1e6` is stored as 1000000.0: a frame within the limit was stored beyond it."""
    points = ",".join(["1e6"] * 20_000)
    pen = '{"kind":"pen","id":"pID","x":0,"y":0,"points":[POINTS]}'
    ops = [
        f'{{"op":"put","element":{pen}}}'.replace("ID", str(n)).replace(
            "POINTS", points
        )
        for n in range(6)
    ]
    frame = f'{{"type":"submit","id":"grows","ops":[{",".join(ops)}]}}'
    assert len(frame) < MAX_FRAME_BYTES

    writer.pending["grows"] = frame
    await writer.say(frame)
    reject = await writer.expect_reject("grows")

    assert (reject.code, reject.retry) == ("too_large", False)
    await writer.draw()
    await no_frame_is_too_large(site, board, 1)


async def test_large_drafts_of_many_do_not_make_a_frame_too_large(
    site: Site, board: JsonObject
):
    """Three drafts of 400 KB made a welcome that could not be sent: nobody got in."""
    async with AsyncExitStack() as stack:
        drawers = [
            await stack.enter_async_context(joined(site.url(board), name=f"Drawer {n}"))
            for n in range(4)
        ]
        for drawer in drawers:
            await drawer.show(Live(draft=wide_text(400_000), cursor=[1, 1]))
            await drawer.ping()
        async with raw(site.url(board), max_size=FRAME_LIMIT_BYTES) as late:
            await late.say(HELLO)
            welcome = await late.next("welcome")
            await late.barrier()
            for drawer in drawers:
                await drawer.show(Live(draft=wide_text(400_000), cursor=[2, 2]))
            await late.barrier()
        await drawers[0].draw()

    assert len(welcome["peers"]) == 4
    assert "Traceback" not in site.server.log


# --- R4 and too fast ------------------------------------------------------------------


async def test_R4_a_slow_reader_is_cut_alone(narrow_site: Site):
    board = narrow_site.make_board()
    points = [*range(2_000)]
    async with (
        joined(narrow_site.url(board), name="Writer", stays=True) as writer,
        joined(narrow_site.url(board), name="Reader") as reader,
        entered(narrow_site.url(board)) as slow,
    ):
        for number in range(1, 15):
            pen = Pen(id=f"e{number}", x=0, y=0, points=points)
            await writer.expect_entry(await writer.submit(Put(pen)))
            await reader.expect_seq(number)
            await asyncio.gather(writer.ping(), reader.ping())

        assert await slow.closed() == 4101
        assert writer.n_visits == reader.n_visits == 1
        await reader.expect_seq(14)


async def test_too_fast_is_told_to_wait_and_loses_nothing(narrow_site: Site):
    board = narrow_site.make_board()
    async with entered(narrow_site.url(board)) as socket:
        for number in range(12):
            await socket.submit(f"c{number}")
        await socket.barrier()

    rejects = socket.seen("reject")
    assert 1 <= len(rejects) <= 12
    for reject in rejects:
        assert (reject["code"], reject["retry"]) == ("too_fast", True)
        assert 0 < reject["wait_ms"] < 10_000


async def test_too_fast_and_patient_gets_everything_in(narrow_site: Site):
    board = narrow_site.make_board()
    async with joined(narrow_site.url(board), stays=True) as client:
        changes = [await client.submit(*wide_text(10)) for _ in range(12)]
        for change in changes:
            await client.expect_entry(change)

    assert len(narrow_site.entries(board)) == 12


async def test_a_large_change_counts_as_many(narrow_site: Site):
    board = narrow_site.make_board()
    async with entered(narrow_site.url(board)) as socket:
        for number in range(5):
            change = {"type": "submit", "id": f"c{number}", "ops": [dot()]}
            await socket.say(json.dumps(change) + " " * 3 * UNIT_CHARS)
        await socket.barrier()

    assert len(socket.seen("reject")) >= 2


async def test_live_frames_over_the_budget_are_dropped(narrow_site: Site):
    board = narrow_site.make_board()
    async with joined(narrow_site.url(board), name="Fast") as fast:
        for number in range(40):
            await fast.show(Live(cursor=[number, 0]))
        await fast.ping()
        await fast.draw()  # the socket goes on


async def test_a_flood_is_closed(narrow_site: Site):
    board = narrow_site.make_board()
    async with entered(narrow_site.url(board)) as socket:
        frame = json.dumps({"type": "live", "cursor": [0, 0]})
        for _ in range(400):
            await socket.say(frame)

        assert await socket.closed() == 4103
        assert socket.seen("notice")[-1]["code"] == "too_fast"
