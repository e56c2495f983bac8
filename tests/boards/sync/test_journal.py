"""The contract of journals: SQLite, PostgreSQL and the fake of the world test alike.

Two journals at one place are two processes on one database. What only a real database
can do (being cut, locked, restarted) is in `test_journal_faults`.
"""

import asyncio
import gzip
import random
from collections.abc import Callable

import msgspec
import pytest

from boards.sync import protocol
from boards.sync.document import Document
from boards.sync.journal import Batch
from boards.sync.protocol import Author
from boards.sync.refusals import Code, Refused
from boards.sync.store import Committed, Proposal
from tests.support.journals import ADA, Place, Process, set_op

StartProcess = Callable[..., Process]


async def append_many(
    process: Process, board_id: str, prefix: str, n: int
) -> list[Committed]:
    """Append n changes at once."""
    return await asyncio.gather(
        *[process.append(board_id, f"{prefix}-{number}") for number in range(n)]
    )


def seqs_given(*results: Committed | BaseException) -> list[int]:
    """The numbers that callers were given; who was refused has none."""
    return [result.seq for result in results if isinstance(result, Committed)]


def seqs_of(place: Place, board_id: str) -> list[int]:
    """The numbers of the stored entries."""
    return [protocol.decode_entry(text).seq for text in place.texts(board_id)]


# --- J1, J2, J3: numbers, and one entry a change --------------------------------------


async def test_J1_entries_are_numbered_from_1_without_a_hole(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()

    first = await journal.append(board, "a")
    second = await journal.append(board, "b")

    assert [first.seq, second.seq] == [1, 2]
    assert seqs_of(place, board) == [1, 2]


async def test_J1_two_processes_at_once_leave_no_hole(
    place: Place, start_process: StartProcess
):
    one, two = start_process(place), start_process(place)
    board = place.new_board()

    async def write(process: Process, prefix: str) -> None:
        for round_ in range(8):
            await append_many(process, board, f"{prefix}-{round_}", 12)

    await asyncio.gather(write(one, "one"), write(two, "two"))

    assert seqs_of(place, board) == list(range(1, 193))


async def test_J1_many_boards_in_one_batch_are_numbered_each_by_itself(
    place: Place, start_process: StartProcess
):
    one, two = start_process(place), start_process(place)
    boards = [place.new_board() for _ in range(12)]

    await asyncio.gather(
        *[
            process.append(board, f"{name}-{number}")
            for number in range(5)
            for board in boards
            for name, process in (("one", one), ("two", two))
        ]
    )

    assert [seqs_of(place, board) for board in boards] == [list(range(1, 11))] * 12


async def test_J1_the_order_of_appending_is_the_order_of_seqs(
    place: Place, start_process: StartProcess
):
    one, two = start_process(place), start_process(place)
    board = place.new_board()

    first, second = await asyncio.gather(
        append_many(one, board, "one", 100), append_many(two, board, "two", 100)
    )

    for results in (first, second):
        seqs = [committed.seq for committed in results]
        assert seqs == sorted(seqs)


async def test_J1_a_new_process_goes_on_where_the_others_stopped(
    place: Place, start_process: StartProcess
):
    board = place.new_board()
    before = start_process(place)
    await append_many(before, board, "before", 3)
    await before.journal.close()

    committed = await start_process(place).append(board, "after")

    assert committed.seq == 4


async def test_J2_an_entry_is_never_changed_by_what_comes_after(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    await journal.append(board, "a", set_op("e", x=1))
    stored = place.texts(board)

    await journal.append(board, "a", set_op("e", x=2))
    await journal.append(board, "b", set_op("e", x=3))

    assert place.texts(board)[:1] == stored


async def test_J3_the_same_id_in_one_batch_gives_one_entry(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()

    results = await asyncio.gather(*[journal.append(board, "same") for _ in range(5)])

    assert {(result.seq, result.text) for result in results} == {(1, results[0].text)}
    assert [result.repeated for result in results] == [False] + [True] * 4
    assert len(place.texts(board)) == 1


async def test_J3_the_same_id_later_gives_the_first_entry(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    first = await journal.append(board, "same")
    await append_many(journal, board, "other", 3)

    again = await journal.append(board, "same")

    assert (again.seq, again.text, again.repeated) == (1, first.text, True)


async def test_J3_different_content_under_the_same_id_gives_the_first(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    first = await journal.append(board, "same", set_op("e", x=1))

    again = await journal.append(
        board, "same", set_op("e", x=2), Author("s-eve", "c-eve", "Eve")
    )

    assert again.text == first.text
    assert len(place.texts(board)) == 1


async def test_J3_the_same_id_in_two_processes_at_once_gives_one_entry(
    place: Place, start_process: StartProcess
):
    one, two = start_process(place), start_process(place)
    board = place.new_board()

    for number in range(20):
        results = await asyncio.gather(
            one.append(board, f"same-{number}"), two.append(board, f"same-{number}")
        )
        assert results[0].text == results[1].text
        assert sorted(result.repeated for result in results) == [False, True]

    assert seqs_of(place, board) == list(range(1, 21))


async def test_J3_the_same_id_after_a_restart_gives_the_first_entry(
    place: Place, start_process: StartProcess
):
    board = place.new_board()
    before = start_process(place)
    first = await before.append(board, "same")
    await before.journal.close()

    again = await start_process(place).append(board, "same")

    assert (again.text, again.repeated) == (first.text, True)


async def test_J3_the_same_id_on_two_boards_is_two_changes(
    place: Place, start_process: StartProcess
):
    journal, boards = start_process(place), [place.new_board(), place.new_board()]

    results = await asyncio.gather(*[journal.append(b, "same") for b in boards])

    assert [(result.seq, result.repeated) for result in results] == [(1, False)] * 2


# --- J4, J5, J6: what is announced and stored -----------------------------------------


async def test_J4_what_is_announced_is_in_the_database(
    place: Place, start_process: StartProcess
):
    board = place.new_board()
    found: list[bool] = []

    def look(batches: list[Batch]) -> None:
        stored = place.texts(board)
        for batch in batches:
            found.extend(text.encode() in stored for text in batch.texts)

    journal = start_process(place, on_commit=look)
    for number in range(5):
        await append_many(journal, board, f"round-{number}", 4)

    assert found == [True] * 20


async def test_J4_the_announcement_comes_before_the_caller_learns_of_it(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()

    committed = await journal.append(board, "a")

    assert journal.announced_texts(board) == [committed.text]


async def test_J4_nothing_is_announced_of_a_change_that_was_not_committed(
    place: Place, start_process: StartProcess
):
    journal = start_process(place)

    with pytest.raises(Refused):
        await journal.append("no-such-board", "a")

    assert journal.announced_texts("no-such-board") == []


async def test_J4_a_repeated_change_is_announced_once(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()

    await asyncio.gather(journal.append(board, "a"), journal.append(board, "a"))
    await journal.append(board, "a")

    assert len(journal.announced_texts(board)) == 1


async def test_J4_announcements_are_contiguous_batches_in_order(
    place: Place, start_process: StartProcess
):
    one, two = start_process(place), start_process(place)
    board = place.new_board()

    await asyncio.gather(
        append_many(one, board, "one", 50), append_many(two, board, "two", 50)
    )

    for process in (one, two):
        batches = [batch for batches in process.announced for batch in batches]
        for batch in batches:
            seqs = [protocol.decode_entry(text).seq for text in batch.texts]
            assert seqs == list(range(batch.first, batch.first + len(batch.texts)))
        assert [batch.first for batch in batches] == sorted(b.first for b in batches)


async def test_J5_the_ops_of_a_change_are_one_entry(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    ops = '[{"op":"del","id":"a"},{"op":"del","id":"b"},{"op":"del","id":"c"}]'

    await journal.append(board, "three", ops)

    (stored,) = place.texts(board)
    assert bytes(protocol.decode_entry(stored).ops) == ops.encode()


NASTY_OPS = set_op(
    "e", text=r'"é 漢字 🖍 \u0000 \\ \" </script> %s %(x)s {} \n"', x=0.1, y="-0.0"
)


async def test_J6_stored_returned_announced_and_read_are_the_same_bytes(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    author = Author("s-é", "c-漢", name="Zoë 🖍 'quoted\" %s")

    committed = await journal.append(board, "nasty", NASTY_OPS, author)
    read, _ = await journal.journal.read(board, 0, 1, 1_000)

    assert NASTY_OPS in committed.text
    assert place.texts(board) == [committed.text.encode()]
    assert read == [committed.text]
    assert journal.announced_texts(board) == [committed.text]


async def test_J6_a_repeat_is_answered_with_the_stored_bytes(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    await journal.append(board, "nasty", NASTY_OPS)

    again = await start_process(place).append(board, "nasty", NASTY_OPS)

    assert [again.text.encode()] == place.texts(board)


async def test_J6_half_a_megabyte_is_kept_as_it_is(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    ops = set_op("e", text='"' + "漢é🖍x" * 90_000 + '"')

    committed = await journal.append(board, "huge", ops)

    assert ops in committed.text
    assert place.texts(board) == [committed.text.encode()]


async def test_an_entry_says_who_made_it_and_when(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()

    committed = await journal.append(board, "a")

    entry = protocol.decode_entry(committed.text)
    assert (entry.seq, entry.id, entry.by) == (1, "a", ADA)
    assert entry.at > 1_600_000_000_000  # milliseconds, this century


# --- refusals -------------------------------------------------------------------------


@pytest.fixture(params=["gone", "unknown"])
def lost_board(request: pytest.FixtureRequest, place: Place) -> str:
    """A board in the trash, and one that never was."""
    if request.param == "unknown":
        return "never-was"
    board_id = place.new_board()
    place.trash(board_id)
    return board_id


async def test_a_lost_board_is_refused_as_gone_and_takes_nothing_with_it(
    place: Place, start_process: StartProcess, lost_board: str
):
    journal, board = start_process(place), place.new_board()

    before, lost, after = await asyncio.gather(
        journal.append(board, "before"),
        journal.append(lost_board, "lost"),
        journal.append(board, "after"),
        return_exceptions=True,
    )

    assert isinstance(lost, Refused)
    assert (lost.code, lost.may_retry) == (Code.GONE, False)
    assert seqs_given(before, after) == [1, 2]


async def test_a_full_queue_refuses_as_busy_and_loses_nothing(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place, queue_size=5), place.new_board()

    results = await asyncio.gather(
        *[journal.append(board, f"change-{number}") for number in range(12)],
        return_exceptions=True,
    )

    refused = [result for result in results if isinstance(result, Refused)]
    assert {(refusal.code, refusal.may_retry) for refusal in refused} == {
        (Code.BUSY, True)
    }
    assert len(refused) == 7
    assert seqs_of(place, board) == [1, 2, 3, 4, 5]


async def test_a_queue_full_of_large_changes_refuses_as_busy_and_loses_nothing(
    place: Place, start_process: StartProcess
):
    """Ten thousand might wait, however large: gigabytes, while a database was slow."""
    large = set_op("e", text=f'"{"x" * 99_900}"')
    journal, board = start_process(place, queue_bytes=250_000), place.new_board()

    results = await asyncio.gather(
        *[journal.append(board, f"change-{number}", large) for number in range(5)],
        return_exceptions=True,
    )
    again = await journal.append(board, "change-4", large)

    refused = [result for result in results if isinstance(result, Refused)]
    assert [refusal.code for refusal in refused] == [Code.BUSY] * 3
    assert again.seq == 3
    assert seqs_of(place, board) == [1, 2, 3]


async def test_a_change_larger_than_the_queue_is_committed_alone(
    place: Place, start_process: StartProcess
):
    large = set_op("e", text=f'"{"x" * 99_900}"')
    journal, board = start_process(place, queue_bytes=65_536), place.new_board()

    committed = await journal.append(board, "large", large)

    assert committed.seq == 1


async def test_a_change_that_cannot_be_stored_is_refused_alone(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    unstorable = Author("s", "c", name="\ud800")

    before, poison, after = await asyncio.gather(
        journal.append(board, "before"),
        journal.append(board, "poison", by=unstorable),
        journal.append(board, "after"),
        return_exceptions=True,
    )

    assert isinstance(poison, Refused)
    assert (poison.code, poison.may_retry) == (Code.FAULT, False)
    assert seqs_given(before, after) == [1, 2]
    assert len(place.texts(board)) == 2


async def test_a_caller_that_goes_away_leaves_its_change_in_the_journal(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    calling = asyncio.create_task(journal.append(board, "left"))
    await asyncio.sleep(0)  # it has taken its place in the order

    calling.cancel()
    after = await journal.append(board, "after")

    assert after.seq == 2
    assert (await journal.append(board, "left")).repeated


# --- batches and the end --------------------------------------------------------------


async def test_changes_that_wait_are_committed_together(
    place: Place, start_process: StartProcess
):
    journal = start_process(place)
    boards = [place.new_board() for _ in range(4)]

    await asyncio.gather(
        *[journal.append(board, f"c-{n}") for n in range(50) for board in boards]
    )

    assert len(journal.announced) <= 2


async def test_close_finishes_what_was_accepted(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    calling = [
        asyncio.create_task(journal.append(board, f"change-{number}"))
        for number in range(20)
    ]
    await asyncio.sleep(0)  # all have taken their place in the order

    await journal.journal.close()

    assert [(await call).seq for call in calling] == list(range(1, 21))


async def test_a_closed_journal_takes_nothing_more(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    await journal.journal.close()

    with pytest.raises(Refused) as refused:
        await journal.append(board, "late")

    assert (refused.value.code, refused.value.may_retry) == (Code.GOING_AWAY, True)
    assert place.texts(board) == []


async def test_a_closed_journal_reads_nothing_more(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    await journal.journal.close()

    with pytest.raises(Refused) as refused:
        await journal.journal.read(board, 0, 1, 1_000)

    assert refused.value.code is Code.GOING_AWAY


# --- reading --------------------------------------------------------------------------


async def test_reading_gives_what_lies_between(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    written = [result.text for result in await append_many(journal, board, "c", 9)]

    texts, is_all = await journal.journal.read(board, 3, 7, 1_000_000)

    assert (texts, is_all) == (written[3:7], True)


async def test_reading_stops_at_the_limit_and_goes_on_from_there(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    written = [result.text for result in await append_many(journal, board, "c", 9)]
    limit = 4 * len(written[0])

    read: list[str] = []
    n_reads, is_all = 0, False
    while not is_all:
        texts, is_all = await journal.journal.read(board, len(read), 9, limit)
        read += texts
        n_reads += 1

    assert read == written
    assert n_reads == 3


async def test_reading_gives_at_least_one_entry_however_large(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    written = [result.text for result in await append_many(journal, board, "c", 2)]

    texts, is_all = await journal.journal.read(board, 0, 2, 1)

    assert (texts, is_all) == (written[:1], False)


async def test_there_is_nothing_to_read_beyond_the_head_or_on_no_board(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    await journal.append(board, "a")

    assert await journal.journal.read(board, 1, 99, 1_000) == ([], True)
    assert await journal.journal.read("never-was", 0, 9, 1_000) == ([], True)


async def test_heads_tells_the_newest_seq_of_each_board_there_is(
    place: Place, start_process: StartProcess
):
    journal, board, empty = start_process(place), place.new_board(), place.new_board()
    await append_many(journal, board, "c", 3)

    heads = await journal.journal.heads([board, empty, "never-was"])

    assert {board_id: head.seq for board_id, head in heads.items()} == {
        board: 3,
        empty: 0,
    }


async def test_heads_shows_that_rights_changed_but_not_when_they_did_not(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    before = (await journal.journal.heads([board]))[board]
    await journal.append(board, "a")
    after_append = (await journal.journal.heads([board]))[board]

    place.trash(board)
    after_trash = (await journal.journal.heads([board]))[board]

    assert before.rights == after_append.rights
    assert after_trash.rights != after_append.rights


# --- snapshots ------------------------------------------------------------------------


async def draw_at_random(journal: Process, board: str, n: int, seed: int) -> None:
    """Put, set and delete a few elements, n times."""
    dice = random.Random(seed)
    for number in range(n):
        id_ = f"e{dice.randrange(6)}"
        element = {"id": id_, "kind": "rect", "x": dice.randrange(99), "z": id_}
        ops: dict[str, object] = dice.choice(
            [
                {"op": "put", "element": element},
                {"op": "set", "id": id_, "props": {"x": number, "fill": "é"}},
                {"op": "set", "id": id_, "props": {"fill": None}},
                {"op": "del", "id": id_},
            ]
        )
        await journal.append(board, f"c{number}", protocol.encode([ops]))


def fold_of(texts: list[bytes], seq: int) -> Document:
    """The fold of the entries up to a seq, straight from their bytes."""
    document = Document()
    for text in texts[:seq]:
        document.apply(text)
    return document


async def test_D5_a_snapshot_and_its_tail_are_the_fold_of_all(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    await draw_at_random(journal, board, 40, seed=20261123)
    texts = place.texts(board)
    await journal.journal.save_snapshot(board, 17)

    for seq in (0, 1, 16, 17, 18, 39, 40):
        text = await journal.journal.fold(board, seq)
        assert text == fold_of(texts, seq).text()


async def test_D5_a_snapshot_is_the_gzipped_fold(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    await draw_at_random(journal, board, 30, seed=7)
    texts = place.texts(board)

    for seq in (30, 12, 30):
        snapshot = await journal.journal.save_snapshot(board, seq)
        unpacked = gzip.decompress(snapshot.body)
        assert unpacked == fold_of(texts, seq).text()
        assert msgspec.json.decode(unpacked)["seq"] == snapshot.seq == seq


async def test_the_newest_snapshot_at_most_at_a_seq_is_found(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    await append_many(journal, board, "c", 9)
    assert await journal.journal.newest_snapshot(board) is None
    for seq in (4, 8):
        await journal.journal.save_snapshot(board, seq)

    async def newest(upto: int | None) -> int | None:
        snapshot = await journal.journal.newest_snapshot(board, upto)
        return snapshot.seq if snapshot is not None else None

    found = [await newest(upto) for upto in (None, 9, 8, 7, 4, 3)]

    assert found == [8, 8, 8, 4, 4, None]


async def test_only_the_newest_three_snapshots_are_kept(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    await append_many(journal, board, "c", 6)

    for seq in (1, 2, 3, 4, 5, 6):
        await journal.journal.save_snapshot(board, seq)

    assert await journal.journal.newest_snapshot(board, 3) is None
    oldest = await journal.journal.newest_snapshot(board, 4)
    assert oldest is not None and oldest.seq == 4


async def test_two_processes_may_save_the_same_snapshot_at_once(
    place: Place, start_process: StartProcess
):
    one, two = start_process(place), start_process(place)
    board = place.new_board()
    await draw_at_random(one, board, 20, seed=3)

    saved = await asyncio.gather(
        *[process.journal.save_snapshot(board, 20) for process in (one, two, one, two)]
    )

    newest = await one.journal.newest_snapshot(board)
    assert {snapshot.body for snapshot in saved} == {newest and newest.body}


async def test_a_snapshot_that_was_not_saved_is_made_as_if_it_had_been(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    await draw_at_random(journal, board, 20, seed=5)

    made = await journal.journal.snapshot_at(board, 11)
    assert await journal.journal.newest_snapshot(board) is None
    saved = await journal.journal.save_snapshot(board, 11)

    assert (made.body, made.etag) == (saved.body, saved.etag)


async def test_snapshots_of_different_seqs_have_different_etags(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    await append_many(journal, board, "c", 3)

    etags = {(await journal.journal.snapshot_at(board, n)).etag for n in range(4)}

    assert len(etags) == 4
    assert all(etag.startswith('"') and etag.endswith('"') for etag in etags)


async def test_the_fold_beyond_the_head_is_refused(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    await journal.append(board, "a")

    for work in (journal.journal.fold, journal.journal.save_snapshot):
        with pytest.raises(Refused) as refused:
            await work(board, 2)
        assert refused.value.code is Code.NOT_FOUND
    assert await journal.journal.newest_snapshot(board) is None


async def test_the_fold_of_nothing_is_an_empty_document(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()

    snapshot = await journal.journal.snapshot_at(board, 0)

    assert gzip.decompress(snapshot.body) == b'{"seq":0,"elements":[]}'


async def test_the_first_and_the_newest_touch_of_an_element_are_found(
    place: Place, start_process: StartProcess
):
    journal, board = start_process(place), place.new_board()
    for n, ops in enumerate(
        [
            '[{"op":"put","element":{"kind":"arrow","id":"x","end":{"id":"ink"}}}]',
            '[{"op":"put","element":{"kind":"pen","id":"ink"}}]',
            '[{"op":"put","element":{"kind":"pen","id":"bit","origin":"ink"}}]',
            '[{"op":"del","id":"ink"}]',
            '[{"op":"set","id":"x","props":{"end":{"id":"ink"}}}]',
        ]
    ):
        await journal.journal.append(Proposal(board, f"c{n}", ADA, ops))

    ink = await journal.journal.touches(board, "ink")
    bit = await journal.journal.touches(board, "bit")

    assert ink is not None
    assert (ink.made.seq, ink.changed.seq, ink.origin) == (2, 4, None)
    assert bit is not None
    assert (bit.made.seq, bit.changed.seq, bit.origin) == (2, 3, "ink")
    assert bit.made.by == ADA
    assert await journal.journal.touches(board, "in_") is None
