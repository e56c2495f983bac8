"""Reads shared by who comes at once; what a right is worth is in test_access."""

import asyncio
import threading

import pytest

from boards.grants import Together
from tests.support.waiting import until_async


class Reader:
    """Counts its reads; each waits until it is let go."""

    def __init__(self) -> None:
        self.reads: list[set[int]] = []
        self.is_free = threading.Event()
        self.is_broken = False

    def read(self, keys: set[int]) -> dict[int, int]:
        """The keys, doubled."""
        self.reads.append(keys)
        self.is_free.wait(10)
        if self.is_broken:
            raise LookupError("away")
        return {key: 2 * key for key in keys}


async def test_who_comes_while_one_read_goes_on_shares_the_next():
    reader = Reader()
    together = Together(reader.read)
    first = asyncio.ensure_future(together.ask({1}))
    await until_async(lambda: bool(reader.reads), within_s=10, what="a read")

    others = [asyncio.ensure_future(together.ask({n})) for n in range(2, 50)]
    gone = asyncio.ensure_future(together.ask({99}))
    await asyncio.sleep(0)
    gone.cancel()
    reader.is_free.set()
    answers = await asyncio.gather(first, *others)

    assert [answer[n] for n, answer in enumerate(answers, 1)] == [
        2 * n for n in range(1, 50)
    ]
    assert [len(keys) for keys in reader.reads] == [1, 49]


async def test_a_read_that_fails_is_told_and_the_next_goes_on():
    reader = Reader()
    together = Together(reader.read)
    reader.is_free.set()
    reader.is_broken = True
    with pytest.raises(LookupError):
        await together.ask({1})
    reader.is_broken = False

    assert await together.ask({1}) == {1: 2}
