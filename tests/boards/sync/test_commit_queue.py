"""What waits for a commit is bounded, also in bytes, until the commit is over."""

from sys import getsizeof

import pytest

from boards.sync.commit_queue import MAX_BATCH, MAX_BATCH_BYTES, CommitQueue
from boards.sync.refusals import Code, Refused
from boards.sync.store import Proposal
from tests.support.journals import ADA

LARGE = "x" * 100_000
ROOM_FOR_TWO = 2 * getsizeof(LARGE)


def proposal(ops: str = "[]") -> Proposal:
    return Proposal("board", "change", ADA, ops)


def refusal_of(queue: CommitQueue, ops: str = LARGE) -> Code:
    with pytest.raises(Refused) as caught:
        queue.put(proposal(ops), 0.0)
    assert caught.value.may_retry
    return caught.value.code


async def test_what_is_being_committed_holds_its_place_until_that_is_over() -> None:
    queue = CommitQueue(10_000, ROOM_FOR_TWO)
    queue.put(proposal(LARGE), 0.0)
    queue.take()
    queue.put(proposal(LARGE), 0.0)

    assert refusal_of(queue) is Code.BUSY
    queue.put_back(())  # that commit is over
    assert queue.n_bytes == getsizeof(LARGE)
    queue.put(proposal(LARGE), 0.0)


async def test_what_was_tried_in_vain_is_first_again_and_counts_once() -> None:
    queue = CommitQueue(10_000, ROOM_FOR_TWO)
    first = queue.put(proposal(LARGE), 1.0)
    queue.put(proposal(LARGE), 2.0)

    queue.put_back(queue.take())

    assert queue.n_bytes == ROOM_FOR_TWO
    assert queue.n_unanswered == 2
    assert [waiting.done is first for waiting in queue.take()] == [True, False]


async def test_what_is_given_up_makes_room() -> None:
    queue = CommitQueue(10_000, ROOM_FOR_TWO)
    queue.put(proposal(LARGE), 1.0)
    queue.put(proposal(LARGE), 2.0)

    assert [waiting.since for waiting in queue.overdue(1.5)] == [1.0]

    queue.put(proposal(LARGE), 3.0)
    assert queue.n_bytes == ROOM_FOR_TWO


async def test_wide_letters_count_as_the_memory_that_they_take() -> None:
    queue = CommitQueue(10_000, ROOM_FOR_TWO)
    queue.put(proposal(), 0.0)

    assert refusal_of(queue, f"{LARGE}\N{PARTY POPPER}") is Code.BUSY


async def test_a_commit_takes_a_bounded_number_and_bounded_bytes() -> None:
    queue = CommitQueue(10_000, 1 << 30)
    huge = "x" * (MAX_BATCH_BYTES // 2)
    for ops in ("[]", huge, huge, f"{huge}{huge}", *["[]"] * MAX_BATCH):
        queue.put(proposal(ops), 0.0)

    sizes = [len(queue.take()) for _ in range(5)]

    assert sizes == [2, 1, 1, MAX_BATCH, 0]
    queue.put_back(())
    assert queue.n_bytes == 0


async def test_the_oldest_is_the_first_without_an_answer() -> None:
    queue = CommitQueue(10, 1 << 20)
    for since in (1.0, 2.0):
        queue.put(proposal(), since)
    (batch := queue.take())[0].done.cancel()
    queue.put(proposal(), 3.0)

    assert queue.oldest is batch[1]
    assert queue.n_unanswered == 2
    batch[1].done.cancel()
    assert queue.n_unanswered == 1
    (later,) = queue.overdue(3.0)
    assert later.since == 3.0
