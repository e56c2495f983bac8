"""The place of the fake journal, so that it passes the suite of the real one."""

from collections.abc import Callable

from boards.sync.clock import Clock, SystemClock
from boards.sync.journal import Batch
from tests.support.journals import Process, both, new_board_id
from tests.support.world.journal import FakeDatabase, FakeJournal


class FakePlace:
    """The fake that the world test uses; it keeps the same contract."""

    def __init__(self) -> None:
        self.database = FakeDatabase()

    def new_board(self) -> str:
        """See `Place`."""
        board_id = new_board_id()
        self.database.create_board(board_id)
        return board_id

    def trash(self, board_id: str) -> None:
        """See `Place`."""
        self.database.trash(board_id)

    def texts(self, board_id: str) -> list[bytes]:
        """See `Place`."""
        return [text.encode() for text in self.database.texts(board_id)]

    def journal(
        self,
        *,
        on_commit: Callable[[list[Batch]], None] | None = None,
        queue_size: int = 10_000,
        queue_bytes: int = 1 << 26,
        wait_s: float = 10.0,
        clock: Clock | None = None,
    ) -> Process:
        """See `Place`."""
        announced: list[list[Batch]] = []
        journal = FakeJournal(
            self.database,
            clock=clock or SystemClock(),
            on_commit=both(announced.append, on_commit),
            queue_size=queue_size,
            queue_bytes=queue_bytes,
            wait_s=wait_s,
        )
        return Process(journal, announced)
