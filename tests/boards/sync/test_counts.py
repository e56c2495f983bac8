"""What one process counts, as an operator reads it."""

from boards.sync.counts import Counts, Histogram
from boards.sync.refusals import CLOSE_TOO_SLOW, Code
from tests.boards.sync.conftest import StartProcess
from tests.support.engines import Engines
from tests.support.journals import SqlitePlace


def test_histogram_counts_a_value_in_the_range_that_it_ends() -> None:
    seen = Histogram([1.0, 2.0])

    for value in (0.5, 1.0, 1.5, 9.0):
        seen.add(value)

    assert (seen.counts, seen.total) == ([2, 1, 1], 12.0)


def test_what_can_happen_is_there_before_it_does() -> None:
    counts = Counts()

    assert counts.refusals["rest", Code.FAULT] == 0
    assert ("rest", Code.FAULT) in counts.refusals
    assert {0, CLOSE_TOO_SLOW} <= counts.closes.keys()


async def test_engine_counts_joins_and_shows_its_rooms(site: Engines) -> None:
    engine = site.start()
    await site.join(engine, "ada")
    await site.join(engine, "bob")
    await site.draw(engine, "c1")

    figures = engine.figures()

    assert engine._counts.n_joins == 2
    (room,) = figures.rooms
    assert (room.seq, room.n_sessions, room.n_peers) == (1, 2, 2)
    assert {session.name for session in room.sessions} == {"ada", "bob"}
    assert room.unread >= figures.most_unread > 0


async def test_dismissed_session_is_told_to_come_back(site: Engines) -> None:
    engine = site.start()
    ada = await site.join(engine, "ada")

    found = [engine.dismiss(id_) for id_ in ("nobody", ada.id)]

    assert found == [False, True]
    assert ada.outbox.closing is not None
    assert ada.outbox.closing.code == 4100


async def test_journal_counts_entries_repeats_and_their_waits(
    sqlite_place: SqlitePlace, start_process: StartProcess
) -> None:
    counts = Counts()
    board, process = (
        sqlite_place.new_board(),
        start_process(sqlite_place, counts=counts),
    )

    await process.append(board, "c1")
    await process.append(board, "c1")
    await process.append(board, "c2")

    assert (counts.n_entries, counts.n_repeats) == (2, 1)
    assert sum(counts.wait_s.counts) == 3
    assert 1 <= sum(counts.commit_s.counts) <= 3
    assert counts.gauges["journal_queue"]() == 0
    assert counts.gauges["journal_oldest_s"]() == 0
