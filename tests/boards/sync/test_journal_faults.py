"""The journal on real databases that are cut, locked, restarted or read-only.

Whatever happens: what was acknowledged is there once (J3), without a hole (J1).
"""

import asyncio
import sqlite3
from asyncio import Event
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connections

from boards.sync import protocol
from boards.sync.clock import SystemClock
from boards.sync.counts import Counts
from boards.sync.document import Document
from boards.sync.protocol import Author
from boards.sync.refusals import Code, Refused
from boards.sync.store import Committed
from tests.support.databases import default_database
from tests.support.journals import (
    Place,
    PostgresPlace,
    Process,
    SqlitePlace,
    set_op,
)
from tests.support.server import manage
from tests.support.services import Postgres, running_postgres
from tests.support.waiting import until_async

StartProcess = Callable[..., Process]

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[Postgres]:
    """A PostgreSQL that the tests here may restart, with a migrated template."""
    with running_postgres() as postgres:
        postgres.execute('CREATE DATABASE "template"')
        manage("migrate", "-v", "0", env={"DATABASE_URL": postgres.url("template")})
        yield postgres


@pytest.fixture
def own_place(
    own_postgres: Postgres, django_db_blocker: Any
) -> Iterator[PostgresPlace]:
    """A database that may go away; who waits for a connection gives up soon."""
    pool = {"min_size": 1, "max_size": 8, "timeout": 1}
    with _place_on(own_postgres, django_db_blocker, pool=pool) as place:
        yield place


@pytest.fixture
def patient_place(
    own_postgres: Postgres, django_db_blocker: Any
) -> Iterator[PostgresPlace]:
    """The same, with the pool that the site has."""
    with _place_on(own_postgres, django_db_blocker) as place:
        yield place


@contextmanager
def _place_on(
    postgres: Postgres, blocker: Any, **options: Any
) -> Iterator[PostgresPlace]:
    if not postgres.answers():
        postgres.start()
    url = postgres.new_database(template="template")
    with blocker.unblock(), default_database(url, **options):
        yield PostgresPlace(url)


async def append_surely(process: Process, board: str, change_id: str) -> Committed:
    """Append as a client does: again with the same id while it is told to."""
    while True:
        try:
            return await process.append(board, change_id)
        except Refused as refusal:
            assert refusal.may_retry, refusal


class Writers:
    """Processes that go on writing to a board until they are told to stop."""

    def __init__(self, processes: list[Process], board: str) -> None:
        self.acknowledged: dict[str, Committed] = {}
        self._board = board
        self._is_stopping = False
        self._tasks = [
            asyncio.create_task(self._write(process, f"w{number}"))
            for number, process in enumerate(processes * 4)
        ]

    async def _write(self, process: Process, prefix: str) -> None:
        number = 0
        while not self._is_stopping:
            change_id = f"{prefix}-{number}"
            committed = await append_surely(process, self._board, change_id)
            self.acknowledged[change_id] = committed
            number += 1

    async def more(self, n: int) -> None:
        """Wait until that many further changes are acknowledged."""
        wanted = len(self.acknowledged) + n
        await until_async(
            lambda: len(self.acknowledged) >= wanted, within_s=30, what=f"{n} more"
        )

    async def stop(self) -> None:
        """Finish what is on the way."""
        self._is_stopping = True
        await asyncio.gather(*self._tasks)


def expect_all_there_once(place: Place, board: str, writers: Writers) -> None:
    """The journal holds what was acknowledged, each once, without a hole."""
    texts = place.texts(board)
    entries = [protocol.decode_entry(text) for text in texts]
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert {entry.id for entry in entries} == writers.acknowledged.keys()
    assert len(entries) == len(writers.acknowledged)
    for committed in writers.acknowledged.values():
        assert texts[committed.seq - 1] == committed.text.encode()


async def test_J3_cut_connections_lose_and_double_nothing(
    own_place: PostgresPlace, start_process: StartProcess
):
    board = own_place.new_board()
    processes = [start_process(own_place), start_process(own_place)]
    writers = Writers(processes, board)

    for _ in range(3):
        await writers.more(20)
        await asyncio.to_thread(own_place.cut_connections)
    await writers.more(30)
    await writers.stop()

    expect_all_there_once(own_place, board, writers)


async def test_J4_what_cut_connections_leave_in_doubt_is_announced_at_most_once(
    own_place: PostgresPlace, start_process: StartProcess
):
    board = own_place.new_board()
    process = start_process(own_place)
    writers = Writers([process], board)

    for _ in range(2):
        await writers.more(20)
        await asyncio.to_thread(own_place.cut_connections)
    await writers.stop()

    announced = [text.encode() for text in process.announced_texts(board)]
    assert len(announced) == len(set(announced))
    assert set(announced) <= set(own_place.texts(board))


async def test_J3_a_restarted_database_loses_and_doubles_nothing(
    own_place: PostgresPlace, own_postgres: Postgres, start_process: StartProcess
):
    board = own_place.new_board()
    writers = Writers([start_process(own_place), start_process(own_place)], board)

    await writers.more(30)
    await asyncio.to_thread(own_postgres.restart)
    await writers.more(30)
    await asyncio.to_thread(own_postgres.kill)
    await asyncio.to_thread(own_postgres.start)
    await writers.more(30)
    await writers.stop()

    expect_all_there_once(own_place, board, writers)


async def test_the_first_read_after_a_cut_or_a_restart_is_answered(
    patient_place: PostgresPlace, own_postgres: Postgres, start_process: StartProcess
):
    """Reads on a connection that died while idle answered `unavailable` once."""
    process, board = start_process(patient_place), patient_place.new_board()
    text = (await process.append(board, "before")).text

    for harm in (own_postgres.restart, patient_place.cut_connections):
        assert Document.from_snapshot(await process.journal.fold(board, 1)).seq == 1
        assert (await process.journal.heads([board]))[board].seq == 1
        await asyncio.to_thread(harm)
        assert await process.journal.read(board, 0, 1, 1_000) == ([text], True)
        assert Document.from_snapshot(await process.journal.fold(board, 1)).seq == 1


async def test_who_asks_for_the_same_document_shares_its_text(
    patient_place: PostgresPlace, start_process: StartProcess
):
    """Made once, on a thread: nothing is left to be done on the loop for each."""
    process, board = start_process(patient_place), patient_place.new_board()
    await process.append(board, "once")

    one, two = await asyncio.gather(
        process.journal.fold(board, 1), process.journal.fold(board, 1)
    )

    assert one is two


async def test_requests_that_hold_the_whole_pool_hold_nothing_up(
    patient_place: PostgresPlace, start_process: StartProcess
):
    # They waited for a commit, and it for one of their connections: for ten seconds.
    process, board = start_process(patient_place), patient_place.new_board()
    pool: Any = connections["default"].pool  # type: ignore[attr-defined] # PostgreSQL's
    pool.open()

    with ExitStack() as held:
        for _ in range(pool.max_size):
            held.enter_context(pool.connection())
        async with asyncio.timeout(5):
            committed = await process.append(board, "meanwhile")
            text = await process.journal.fold(board, 1)

    assert committed.seq == Document.from_snapshot(text).seq == 1


async def test_a_database_that_stays_away_refuses_after_a_while(
    own_place: PostgresPlace, own_postgres: Postgres, start_process: StartProcess
):
    process, board = start_process(own_place, wait_s=0.5), own_place.new_board()
    await process.append(board, "before")

    await asyncio.to_thread(own_postgres.stop)
    with pytest.raises(Refused) as refused:
        await process.append(board, "away")
    with pytest.raises(Refused) as unread:
        await process.journal.read(board, 0, 1, 1_000)
    await asyncio.to_thread(own_postgres.start)
    again = await append_surely(process, board, "away")

    assert (refused.value.code, refused.value.may_retry) == (Code.UNAVAILABLE, True)
    assert unread.value.code is Code.UNAVAILABLE
    assert again.seq == 2


async def test_a_database_that_hangs_refuses_after_a_while(
    own_place: PostgresPlace, start_process: StartProcess
):
    """A commit that hung kept its caller, and every reader, for as long as it hung."""
    process, board = start_process(own_place, wait_s=0.2), own_place.new_board()
    await process.append(board, "before")

    with psycopg.connect(own_place.url) as other:
        other.execute("LOCK TABLE boards_entry")
        with pytest.raises(Refused) as refused:
            await process.append(board, "hangs")
        with pytest.raises(Refused) as unread:
            await process.journal.read(board, 0, 1, 1_000)
    again = await append_surely(process, board, "hangs")

    for refusal in (refused.value, unread.value):
        assert (refusal.code, refusal.may_retry) == (Code.UNAVAILABLE, True)
    assert again.seq == 2
    assert len(own_place.texts(board)) == 2


async def test_group_commit_makes_one_transaction_of_what_waits(
    own_place: PostgresPlace, start_process: StartProcess
):
    process, board = start_process(own_place), own_place.new_board()

    await asyncio.gather(*[process.append(board, f"c{n}") for n in range(200)])

    assert own_place.n_transactions(board) <= 2


# --- SQLite ---------------------------------------------------------------------------


class TellingClock(SystemClock):
    """Tells when somebody waits for the next attempt."""

    def __init__(self) -> None:
        self.paused = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """See `Clock`."""
        self.paused.set()
        await super().sleep(seconds)


async def test_a_lock_by_another_process_is_waited_for(
    sqlite_place: SqlitePlace, start_process: StartProcess
):
    clock, board = TellingClock(), sqlite_place.new_board()
    process = start_process(sqlite_place, clock=clock)

    with closing(sqlite_place.connect()) as other:
        other.execute("BEGIN IMMEDIATE")
        first = asyncio.create_task(process.append(board, "first"))
        second = asyncio.create_task(process.append(board, "second"))
        await clock.paused.wait()
        other.execute("ROLLBACK")

    assert [(await first).seq, (await second).seq] == [1, 2]


async def test_large_changes_wait_for_a_lock_within_their_bytes_and_none_is_lost(
    sqlite_place: SqlitePlace, start_process: StartProcess
):
    counts, board, most = Counts(), sqlite_place.new_board(), 350_000
    process = start_process(sqlite_place, counts=counts, queue_bytes=most)
    large, refused, held = set_op("e", text=f'"{"x" * 99_900}"'), Event(), [0.0]

    async def draw(change_id: str) -> Committed:
        while True:
            try:
                return await process.append(board, change_id, large)
            except Refused as refusal:
                assert refusal.code is Code.BUSY
                held.append(counts.gauges["journal_queue_bytes"]())
                refused.set()
                await asyncio.sleep(0.01)

    with closing(sqlite_place.connect()) as other:
        other.execute("BEGIN IMMEDIATE")
        drawing = [asyncio.create_task(draw(f"c{number}")) for number in range(9)]
        await refused.wait()
        other.execute("ROLLBACK")
    entries = await asyncio.gather(*drawing)

    assert sorted(entry.seq for entry in entries) == list(range(1, 10))
    assert 290_000 < max(held) <= most
    assert counts.gauges["journal_queue_bytes"]() == 0


async def test_a_lock_that_stays_refuses_after_a_while(
    sqlite_place: SqlitePlace, start_process: StartProcess
):
    process, board = start_process(sqlite_place, wait_s=0.3), sqlite_place.new_board()

    with closing(sqlite_place.connect()) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refused) as refused:
            await process.append(board, "locked")
    again = await process.append(board, "locked")

    assert (refused.value.code, refused.value.may_retry) == (Code.UNAVAILABLE, True)
    assert (again.seq, again.repeated) == (1, False)


async def test_who_waits_behind_a_lock_is_refused_as_well(
    sqlite_place: SqlitePlace, start_process: StartProcess
):
    process, board = start_process(sqlite_place, wait_s=0.05), sqlite_place.new_board()

    with closing(sqlite_place.connect()) as other:
        other.execute("BEGIN IMMEDIATE")
        first = asyncio.create_task(process.append(board, "tried"))
        await asyncio.sleep(0)  # it has taken its place in the order
        await asyncio.sleep(0)  # and is being committed
        second = asyncio.create_task(process.append(board, "queued"))
        results = await asyncio.gather(first, second, return_exceptions=True)
        other.execute("ROLLBACK")

    codes = [result.code for result in results if isinstance(result, Refused)]
    assert codes == [Code.UNAVAILABLE] * 2


async def test_what_the_database_itself_refuses_is_refused_alone(
    own_place: PostgresPlace, start_process: StartProcess
):
    process, board = start_process(own_place), own_place.new_board()

    before, refused, after = await asyncio.gather(
        process.append(board, "before"),
        process.append(board, "x" * 65),  # the column holds 64
        process.append(board, "after"),
        return_exceptions=True,
    )

    assert isinstance(refused, Refused)
    assert refused.code is Code.FAULT
    assert isinstance(before, Committed)
    assert isinstance(after, Committed)
    assert [before.seq, after.seq] == [1, 2]


async def test_J3_a_standby_that_refuses_to_write_is_waited_for(
    own_postgres: Postgres, patient_place: PostgresPlace, start_process: StartProcess
):
    # A fail-over may lead to it too early; the change was refused for good.
    process, board = start_process(patient_place), patient_place.new_board()
    name = patient_place.url.rpartition("/")[2]
    read_only = f'ALTER DATABASE "{name}" SET default_transaction_read_only'
    own_postgres.execute(f"{read_only} = on")

    waiting = asyncio.create_task(append_surely(process, board, "meanwhile"))
    journal: Any = process.journal
    await until_async(lambda: journal._queue, what="it is put back")
    own_postgres.execute(f"{read_only} = off")  # what is connected stays read-only

    assert (await waiting).seq == 1


async def test_a_reader_does_not_wait_for_a_writer(
    sqlite_place: SqlitePlace, start_process: StartProcess
):
    process, board = start_process(sqlite_place), sqlite_place.new_board()
    written = await process.append(board, "first")

    with closing(sqlite_place.connect()) as other:
        other.execute("BEGIN IMMEDIATE")
        read, _ = await process.journal.read(board, 0, 1, 1_000)
        other.execute("ROLLBACK")

    assert read == [written.text]


async def test_a_read_only_file_refuses_changes_and_is_read(
    sqlite_place: SqlitePlace, sqlite_url: str, start_process: StartProcess
):
    board = sqlite_place.new_board()
    before = await start_process(sqlite_place).append(board, "before")

    with default_database(sqlite_url, init_command="PRAGMA query_only=ON"):
        process = start_process(sqlite_place, wait_s=0.3)
        with pytest.raises(Refused) as refused:
            await process.append(board, "late")
        read, _ = await process.journal.read(board, 0, 9, 1_000)

    assert refused.value.code is Code.UNAVAILABLE
    assert "readonly" not in refused.value.detail
    assert read == [before.text]


class LockingClock(SystemClock):
    """Locks a SQLite file at the nth look at the clock, lets go at the next pause."""

    def __init__(self, place: SqlitePlace, *, at_look: int) -> None:
        self.other: sqlite3.Connection = place.connect()
        self._looks_left = at_look

    def now(self) -> float:
        """See `Clock`."""
        self._looks_left -= 1
        if self._looks_left == 0:
            self.other.execute("BEGIN IMMEDIATE")
        return super().now()

    async def sleep(self, seconds: float) -> None:
        """See `Clock`."""
        if self.other.in_transaction:
            self.other.execute("ROLLBACK")
        await super().sleep(seconds)


async def test_J1_the_order_stays_when_the_database_goes_while_one_is_isolated(
    sqlite_place: SqlitePlace, start_process: StartProcess
):
    """The first was put back behind the last when both met at the wrong moment."""
    board = sqlite_place.new_board()
    # Three looks for three changes, one for their batch; the fifth is for the first.
    clock = LockingClock(sqlite_place, at_look=5)
    process = start_process(sqlite_place, clock=clock)

    with closing(clock.other):
        first, poison, last = await asyncio.gather(
            process.append(board, "first"),
            process.append(board, "poison", by=Author("s", "c", name="\ud800")),
            process.append(board, "last"),
            return_exceptions=True,
        )

    assert isinstance(poison, Refused)
    assert isinstance(first, Committed)
    assert isinstance(last, Committed)
    assert [first.seq, last.seq] == [1, 2]
