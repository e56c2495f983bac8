"""The pub/sub layer, with all that waits published in one round trip.

The stock layer waits for Redis after each message. A process that is busy comes back to
its answer late, so it tells forty things a second where two hundred boards have more to
tell, and what people draw arrives seconds later. On the wire nothing is different.

It leans on what is private in `channels_redis` (a shard's lock and connection), which
is pinned; the contract tests of the bus run on it.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from channels_redis.pubsub import RedisPubSubChannelLayer


class PubSubLayer(RedisPubSubChannelLayer):  # type: ignore[misc] # has no types
    """See the module."""

    async def group_send_all(self, messages: Sequence[tuple[str, Any]]) -> None:
        """Send each message to its group, in order.

        Raises:
            Exception: what Redis raised first; of what went to that shard some or all
                may be lost.
        """
        layer = self._get_layer()
        by_shard: dict[Any, list[tuple[str, bytes]]] = {}
        for group, message in messages:
            name = layer._get_group_channel_name(group)
            told = by_shard.setdefault(layer._get_shard(name), [])
            told.append((name, self.serialize(message)))
        published = [_publish(shard, told) for shard, told in by_shard.items()]
        for result in await asyncio.gather(*published, return_exceptions=True):
            if isinstance(result, BaseException):
                raise result


async def _publish(shard: Any, messages: Sequence[tuple[str, bytes]]) -> None:
    async with shard._lock:
        shard._ensure_redis()
        async with shard._redis.pipeline(transaction=False) as waiting:
            for name, message in messages:
                waiting.publish(name, message)
            await waiting.execute()
