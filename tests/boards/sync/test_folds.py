"""When boards are folded: small ones at once, large ones by their tail or when calm."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from boards.sync import folds as module
from boards.sync.counts import Counts
from boards.sync.folds import CALM_S, PATIENCE_S, Folds
from boards.sync.journal import Batch
from boards.sync.store import StoredSnapshot
from tests.support.engines import settle
from tests.support.world.clock import WorldClock

EVERY, SMALL, LARGE = 10, 100, 1_000  # entries; bytes of a packed snapshot
pytestmark = pytest.mark.usefixtures("small_numbers")


class SavingJournal:
    """Saves snapshots of a size that is told."""

    def __init__(self) -> None:
        self.saved: list[int] = []
        self.n_bytes = SMALL
        self.is_away = False
        self.has_time = asyncio.Event()  # for what nobody waits for
        self.has_time.set()

    async def save_snapshot(
        self, board_id: str, seq: int, *, is_awaited: bool = False
    ) -> StoredSnapshot:
        """See `Journal`."""
        await asyncio.sleep(0)
        if not is_awaited:
            await self.has_time.wait()
        if self.is_away:
            raise ChildProcessError("The fold failed.")
        self.saved.append(seq)
        return StoredSnapshot(seq, bytes(self.n_bytes))


@pytest.fixture
def small_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small and large in the numbers of these tests."""
    monkeypatch.setattr(module, "SMALL_BYTES", SMALL)
    monkeypatch.setattr(module, "TAIL_CHARS", 10 * LARGE)


class Site:
    """Folds on a journal and a clock, and a board that grows."""

    def __init__(self) -> None:
        self.journal, self.clock, self.seq = SavingJournal(), WorldClock(), 0
        journal: Any = self.journal  # it needs no more
        self.folds = Folds(
            journal=journal, clock=self.clock, every=EVERY, counts=Counts()
        )

    async def grow(self, n: int, chars: int = 1) -> None:
        """So many entries of so many characters."""
        self.folds.grown(Batch("b", self.seq + 1, ["x" * chars] * n))
        self.seq += n
        await settle()

    async def calm(self) -> None:
        """A calm moment."""
        await self.clock.move(CALM_S)
        await settle()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A site whose folds are finished at the end."""
    site = Site()
    yield site
    site.journal.has_time.set()
    await site.folds.finish()


async def test_a_small_board_is_folded_every_so_many_entries(site: Site):
    for _ in range(25):
        await site.grow(1)

    assert site.journal.saved == [10, 20]


async def test_a_large_board_is_folded_when_a_good_part_is_new(site: Site):
    site.journal.n_bytes = LARGE
    await site.grow(10)
    for _ in range(4):
        await site.grow(10, chars=50)

    assert site.journal.saved == [10, 40]


async def test_a_large_board_is_folded_once_it_is_calm(site: Site):
    site.journal.n_bytes = LARGE
    await site.grow(10)
    await site.grow(15)
    await site.calm()
    await site.grow(1)
    await site.calm()
    assert site.journal.saved == [10]

    await site.calm()
    await site.calm()

    assert site.journal.saved == [10, 26]


async def test_a_short_tail_is_left(site: Site):
    site.journal.n_bytes = LARGE
    await site.grow(19)
    await site.grow(9)
    for _ in range(3):
        await site.calm()

    assert site.journal.saved == [19]


async def test_a_fold_that_failed_is_made_with_the_next_entries(site: Site):
    site.journal.is_away = True
    await site.grow(10)
    site.journal.is_away = False

    await site.grow(1)

    assert site.journal.saved == [11]


async def test_who_joins_does_not_wait_for_a_fold_that_starves(site: Site):
    # On a machine whose cores are busy a polite fold waited for half a minute.
    site.journal.has_time.clear()
    await site.grow(EVERY)
    joining = [asyncio.create_task(site.folds.needed("b", EVERY)) for _ in range(2)]
    await settle()
    assert site.journal.saved == []

    await site.clock.move(PATIENCE_S)
    await settle()

    assert [(await one).seq for one in joining] == [EVERY, EVERY]
    assert site.journal.saved == [EVERY]


async def test_who_joins_takes_the_fold_that_is_being_made(site: Site):
    site.journal.has_time.clear()
    await site.grow(EVERY)
    joining = asyncio.create_task(site.folds.needed("b", EVERY))
    await settle()

    site.journal.has_time.set()

    assert (await joining).seq == EVERY
    assert site.journal.saved == [EVERY]
