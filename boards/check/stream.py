"""The stream half of the connection check: a counted stream at a steady pace.

Shows whether a proxy passes frames on at once, or holds them back, or cuts a quiet
socket. `?count=` (1…1000, 50 when absent) and `?interval=` (seconds, 0.01…10, 1 when
absent) say how many and how often. Stops at once when the person leaves.
"""

import asyncio
import json
import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import parse_qs

from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer

DEFAULT_COUNT = 50
MAX_COUNT = 1_000
DEFAULT_INTERVAL_S = 1.0
MIN_INTERVAL_S = 0.01  # faster would measure the server, not the way to it
MAX_INTERVAL_S = 10.0
MAX_QUERY_BYTES = 200  # two short numbers; more is not a question
MAX_FIELDS = 8
BAD_QUERY = 4000

logger = logging.getLogger(__name__)


class BadPlan(ValueError):
    """The query asks for a stream that is not on offer; the text says why."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many frames, and how long between two of them."""

    count: int = DEFAULT_COUNT
    interval_s: float = DEFAULT_INTERVAL_S


def read_plan(query: bytes) -> Plan:
    """The plan of a query string.

    Raises:
        BadPlan: for a value that is no number or out of bounds.
    """
    if len(query) > MAX_QUERY_BYTES:
        raise BadPlan("The query is too long.")
    try:
        fields = parse_qs(query.decode("latin1"), max_num_fields=MAX_FIELDS)
    except ValueError:
        raise BadPlan("The query has too many fields.") from None
    count = _number(fields, "count", default=DEFAULT_COUNT)
    interval_s = _number(fields, "interval", default=DEFAULT_INTERVAL_S)
    if not 1 <= count <= MAX_COUNT or count != int(count):
        raise BadPlan(f"count must be a whole number from 1 to {MAX_COUNT}.")
    if not MIN_INTERVAL_S <= interval_s <= MAX_INTERVAL_S:
        raise BadPlan(
            f"interval must be from {MIN_INTERVAL_S} to {MAX_INTERVAL_S} seconds."
        )
    return Plan(int(count), interval_s)


def _number(fields: Mapping[str, list[str]], name: str, *, default: float) -> float:
    if name not in fields:
        return default
    try:
        number = float(fields[name][-1])
    except ValueError:
        raise BadPlan(f"{name} must be a number.") from None
    if not math.isfinite(number):
        raise BadPlan(f"{name} must be a number.")
    return number


class StreamConsumer(AsyncConsumer):
    """Sends `{"type": "tick", "n": …, "count": …}` until the count is reached."""

    ticking: asyncio.Task[None] | None = None
    n_sent: int = 0
    scope: ClassVar[dict[str, Any]]

    async def websocket_connect(self, _message: dict[str, Any]) -> None:
        """Accept, and start the stream; a bad query is told and closed."""
        await self.send({"type": "websocket.accept"})
        try:
            plan = read_plan(self.scope["query_string"])
        except BadPlan as fault:
            await self._say({"type": "refused", "detail": str(fault)})
            await self.send({"type": "websocket.close", "code": BAD_QUERY})
            return
        self.ticking = asyncio.create_task(self._tick(plan))

    async def websocket_receive(self, _message: dict[str, Any]) -> None:
        """Ignore what is said: this way is one-way."""

    async def websocket_disconnect(self, _message: dict[str, Any]) -> None:
        """Stop the stream at once."""
        if self.ticking is not None:
            self.ticking.cancel()
            await asyncio.gather(self.ticking, return_exceptions=True)
        logger.info("check stream ended", extra={"n_sent": self.n_sent})
        raise StopConsumer

    async def _tick(self, plan: Plan) -> None:
        for n in range(1, plan.count + 1):
            await self._say({"type": "tick", "n": n, "count": plan.count})
            self.n_sent = n
            if n < plan.count:
                await asyncio.sleep(plan.interval_s)
        await self.send({"type": "websocket.close", "code": 1000})

    async def _say(self, frame: dict[str, Any]) -> None:
        await self.send({"type": "websocket.send", "text": json.dumps(frame)})
