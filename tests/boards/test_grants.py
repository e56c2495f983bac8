"""Reads shared by who comes at once; what a right is worth is in test_access."""

import asyncio

import pytest

from boards.grants import Together


class Reader:
    """Keeps what was read; each read waits until it is let go."""

    def __init__(self) -> None:
        self.reads: list[set[int]] = []
        self.is_free = asyncio.Event()
        self.is_broken = False

    async def read(self, keys: set[int]) -> dict[int, int]:
        """The keys, doubled."""
        self.reads.append(keys)
        await self.is_free.wait()
        if self.is_broken:
            raise LookupError("away")
        return {key: 2 * key for key in keys}


async def test_who_comes_while_one_read_goes_on_shares_the_next():
    reader = Reader()
    together = Together(reader.read)
    asking = [asyncio.ensure_future(together.ask({1}))]
    for _ in range(3):
        await asyncio.sleep(0)  # it reads

    asking += [asyncio.ensure_future(together.ask({n})) for n in range(2, 50)]
    gone = asyncio.ensure_future(together.ask({99}))
    await asyncio.sleep(0)
    gone.cancel()
    reader.is_free.set()
    answers = await asyncio.gather(*asking)

    assert all(answer[n] == 2 * n for n, answer in enumerate(answers, 1))
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
