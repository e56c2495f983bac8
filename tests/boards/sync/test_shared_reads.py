"""Reads that take long: equal ones are made once, and few may wait."""

import asyncio

import pytest

from boards.sync.refusals import Code, Refused
from boards.sync.shared_reads import MAX_OF_BOARD, MAX_READS, SharedReads


class Reading:
    """Reads that end when they are told to."""

    def __init__(self) -> None:
        self.n_begun = 0
        self.may_end = asyncio.Event()

    async def __call__(self) -> int:
        self.n_begun += 1
        await self.may_end.wait()
        return self.n_begun


def begin(
    reads: SharedReads, reading: Reading, board: str, seq: int | None
) -> "asyncio.Task[int]":
    key = None if seq is None else ("read", seq)
    return asyncio.create_task(reads.ask(board, reading, key))


async def refused(reads: SharedReads, board: str, seq: int | None = None) -> Code:
    with pytest.raises(Refused) as caught:
        await reads.ask(board, Reading(), None if seq is None else ("read", seq))
    assert caught.value.may_retry
    return caught.value.code


async def test_who_asks_for_the_same_state_shares_its_fold() -> None:
    reads, reading = SharedReads(), Reading()
    asked = [begin(reads, reading, "a", 7) for _ in range(100)]
    await asyncio.sleep(0)

    asked[0].cancel()  # it began the read, and the others still get it
    await asyncio.sleep(0)
    reading.may_end.set()

    assert await asyncio.gather(*asked[1:]) == [1] * 99
    assert await reads.ask("a", reading, ("read", 7)) == 2  # nothing is kept


async def test_what_may_differ_by_now_is_not_shared() -> None:
    reads, reading = SharedReads(), Reading()
    asked = [begin(reads, reading, "a", None) for _ in range(3)]
    await asyncio.sleep(0)
    reading.may_end.set()

    await asyncio.gather(*asked)

    assert reading.n_begun == 3


async def test_a_board_has_a_bounded_number_and_all_have() -> None:
    reads, reading = SharedReads(), Reading()
    asked = [begin(reads, reading, "a", seq) for seq in range(MAX_OF_BOARD)]
    await asyncio.sleep(0)
    assert await refused(reads, "a", MAX_OF_BOARD) is Code.BUSY
    asked.append(begin(reads, reading, "a", 0))  # it is under way: shared
    for number in range(MAX_OF_BOARD, MAX_READS):
        asked.append(begin(reads, reading, f"b{number}", None))
    await asyncio.sleep(0)
    assert await refused(reads, "c") is Code.BUSY

    reading.may_end.set()
    await asyncio.gather(*asked)

    await reads.ask("a", reading, ("read", 99))


async def test_a_fault_is_told_to_all_who_share_and_forgotten() -> None:
    async def fails() -> None:
        raise Refused(Code.UNAVAILABLE, "The database is away.")

    reads = SharedReads()
    both = [reads.ask("a", fails, ("read", 1)) for _ in range(2)]

    results = await asyncio.gather(*both, return_exceptions=True)

    assert [type(result) for result in results] == [Refused, Refused]
    reading = Reading()
    reading.may_end.set()
    assert await reads.ask("a", reading, ("read", 1)) == 1
