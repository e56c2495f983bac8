"""A program of the world: it draws by REST and asks again until it is answered."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boards.access import Credentials
from boards.sync import protocol
from boards.sync.protocol import Author
from boards.sync.refusals import Refused
from tests.support.world.process import Process

if TYPE_CHECKING:
    from tests.support.world.world import World

REST = Author(session="rest", client="rest")


@dataclass(eq=False, slots=True)
class Call:
    """A program's change, sent again with its id until it is answered."""

    board_id: str
    id: str
    body: str
    key: str
    is_flying: bool = False
    seq: int | None = None
    is_refused: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is to be sent (again)."""
        return self.seq is None and not self.is_refused and not self.is_flying

    async def make(self, world: "World", process: Process) -> None:
        """One attempt, as a REST view makes it."""
        change = protocol.decode_change(self.body)
        try:
            grant = await process.grant_for(self.board_id, Credentials(key=self.key))
            committed = await process.engine.submit(grant, change, REST)
        except Refused as refusal:
            self.is_refused = not refusal.may_retry
        else:
            self.seq = committed.seq
            stored = world.database.texts(self.board_id)[committed.seq - 1 :]
            world.check(stored[:1] == [committed.text], "J6 answered is not stored")
            world.check(grant.may_edit, "A2 a viewer's change was taken")
        finally:
            self.is_flying = False
