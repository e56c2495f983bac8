"""Grants looked up together: who comes while one read is under way shares the next.

A thousand people who open one board at once would be a thousand hops to a thread, with
a database connection and a query each, which is half of what admitting them costs. What
a right is worth is decided by `access` alone; here it is only asked. Nothing is kept:
each answer was read after it was asked for. Called by the consumer and `current`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async

from boards import access
from boards.access import Credentials, Grant
from boards.sync.refusals import Refused

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_Loop = asyncio.AbstractEventLoop


class Together(Generic[_Key, _Value]):
    """Questions of one kind; one read at a time, for all that wait."""

    def __init__(self, read: Callable[[set[_Key]], Awaitable[dict[_Key, _Value]]]):
        self._read = read
        self._waiting: list[tuple[set[_Key], asyncio.Future[dict[_Key, _Value]]]] = []
        self._reading: asyncio.Task[None] | None = None

    async def ask(self, keys: set[_Key]) -> dict[_Key, _Value]:
        """The values of these keys, and perhaps of others."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[dict[_Key, _Value]] = loop.create_future()
        self._waiting.append((keys, answer))
        if self._reading is None:
            self._reading = loop.create_task(self._read_all())
        return await answer

    async def _read_all(self) -> None:
        while self._waiting:
            asked, self._waiting = self._waiting, []
            try:
                values = await self._read(set().union(*(keys for keys, _ in asked)))
            except Exception as fault:  # noqa: BLE001 - whoever asked is told
                for _, answer in asked:
                    if not answer.done():
                        answer.set_exception(fault)
            else:
                for _, answer in asked:
                    if not answer.done():
                        answer.set_result(values)
        self._reading = None


_first: WeakKeyDictionary[_Loop, Together[tuple[str, Credentials], Grant | Refused]] = (
    WeakKeyDictionary()
)
_again: WeakKeyDictionary[_Loop, Together[Grant, Grant | Refused]] = WeakKeyDictionary()


async def grant_for(board_id: str, credentials: Credentials) -> Grant:
    """See `access.grant_for`; raises what that raises."""
    loop = asyncio.get_running_loop()
    together = _first.get(loop)
    if together is None:
        together = _first[loop] = Together(database_sync_to_async(access.grants_for))
    key = (board_id, credentials)
    grant = (await together.ask({key}))[key]
    if isinstance(grant, Refused):
        raise grant
    return grant


async def look_again(grants: Iterable[Grant]) -> dict[Grant, Grant | Refused]:
    """See `access.look_again`."""
    loop = asyncio.get_running_loop()
    together = _again.get(loop)
    if together is None:
        together = _again[loop] = Together(database_sync_to_async(access.look_again))
    return await together.ask(set(grants))
