"""Submitting for a session, to be awaited; the engine itself calls back."""

import asyncio

from boards.sync.engine import Engine
from boards.sync.protocol import Change
from boards.sync.session import Session


async def submit_from(engine: Engine, session: Session, change: Change) -> None:
    """Return when the change was answered.

    Raises:
        Refused: it was not taken.
    """
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def answered(fault: BaseException | None) -> None:
        if done.done():
            return  # whoever asked is gone
        if fault is None:
            done.set_result(None)
        else:
            done.set_exception(fault)

    engine.submit_from(session, change, answered)
    await done
