"""Reads that take long, on one thread: few may wait, and equal ones are made once.

Folding a large board for REST takes seconds, and whoever asks for it again and again
would have it done as often, others behind them. So who asks for the same state of a
board shares its fold, and beyond the bounds they are told to come again. Called by
`journal` alone.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any

from boards.sync.refusals import Code, Refused

MAX_READS = 64  # under way or waiting; each is done in turn
MAX_OF_BOARD = 8  # of one board, so that the others get a turn

Key = tuple[str, int]  # for what, and up to which seq: what never changes (J2, D1)


class SharedReads:
    """See the module."""

    def __init__(self) -> None:
        self._shared: dict[tuple[str, Key], asyncio.Task[Any]] = {}
        self._of_board: Counter[str] = Counter()

    async def ask(
        self,
        board_id: str,
        read: Callable[[], Coroutine[Any, Any, Any]],
        key: Key | None = None,
    ) -> Any:
        """Read, or wait for who reads the same; who goes away cancels neither.

        Raises:
            Refused: `busy`, and what the read raises.
        """
        if key is not None and (shared := self._shared.get((board_id, key))):
            return await asyncio.shield(shared)
        is_full = self._of_board.total() >= MAX_READS
        if is_full or self._of_board[board_id] >= MAX_OF_BOARD:
            raise Refused(Code.BUSY, "Too many reads wait.", wait_ms=1_000)
        task = asyncio.create_task(read())
        self._of_board[board_id] += 1
        if key is not None:
            self._shared[board_id, key] = task
        task.add_done_callback(lambda done: self._over(board_id, key, done))
        return await asyncio.shield(task)

    def _over(self, board_id: str, key: Key | None, done: "asyncio.Task[Any]") -> None:
        if not done.cancelled():
            done.exception()  # whoever asked may have gone away
        if key is not None:
            del self._shared[board_id, key]
        self._of_board[board_id] -= 1
        if not self._of_board[board_id]:
            del self._of_board[board_id]
