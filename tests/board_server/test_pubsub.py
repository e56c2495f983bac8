"""The pub/sub layer that publishes all that waits in one round trip."""

from collections.abc import Sequence
from typing import Any

import pytest
from channels_redis.pubsub import RedisPubSubChannelLayer

from board_server.pubsub import PubSubLayer
from boards.sync.bus import AT_ONCE, LayerBus, Moves, Rights
from boards.sync.clock import SystemClock
from boards.sync.presence import Delta
from tests.support.buses import Listener
from tests.support.services import Redis, running_redis
from tests.support.waiting import until_async

BOARD = "board-a"


class Counting(PubSubLayer):
    """Notes how much each round trip has carried."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.n_together: list[int] = []

    async def group_send_all(self, messages: Sequence[tuple[str, Any]]) -> None:
        self.n_together.append(len(messages))
        await super().group_send_all(messages)


async def test_what_waits_goes_out_together_and_in_order(redis_server: Redis) -> None:
    """One after the other, a busy process told forty publications a second."""
    layer = Counting(hosts=[redis_server.url])
    sender, receiver = LayerBus(layer, SystemClock()), layer
    heard = Listener(RedisPubSubChannelLayer(hosts=[redis_server.url]))
    assert await heard.bus.open(BOARD)

    boards = [BOARD, "board-b"] * AT_ONCE
    for number, board in enumerate(boards):
        sender.publish(Moves(board, "p", Delta(), number))
    await heard.until_heard(AT_ONCE)
    await sender.stop()
    await heard.bus.stop()

    assert receiver.n_together == [AT_ONCE, AT_ONCE]
    numbers = [told.number for told in heard.heard if isinstance(told, Moves)]
    assert numbers == list(range(0, len(boards), 2))


async def test_it_hears_what_the_stock_layer_says(redis_server: Redis) -> None:
    """Processes of both kinds run side by side while a new version starts."""
    heard = Listener(PubSubLayer(hosts=[redis_server.url]))
    stock = LayerBus(RedisPubSubChannelLayer(hosts=[redis_server.url]), SystemClock())
    assert await heard.bus.open(BOARD)

    stock.publish(Rights(BOARD, "p"))
    await heard.until_heard(1)
    await stock.stop()
    await heard.bus.stop()

    assert heard.heard == [Rights(BOARD, "p")]


async def test_a_shard_that_is_away_does_not_hold_the_others_up(
    redis_server: Redis,
) -> None:
    with running_redis() as two:
        layer = PubSubLayer(hosts=[redis_server.url, two.url])
        heard = Listener(PubSubLayer(hosts=[redis_server.url, two.url]))
        boards = ["board-7", "board-100"]  # one on each
        for board in boards:
            assert await heard.bus.open(board)
        two.stop()
        messages = [
            (
                f"board.{board}",
                {
                    "type": "bus",
                    "body": f'{{"of":"rights","board":"{board}","process":"p"}}',
                },
            )
            for board in boards
        ]

        with pytest.raises(Exception, match=r"onnect"):
            await layer.group_send_all(messages)
        await until_async(lambda: bool(heard.heard), what="what the other shard said")
        await heard.bus.stop()

    assert len(heard.heard) == 1


async def test_a_process_is_spared_its_own_moves(redis_server: Redis) -> None:
    process = Listener(PubSubLayer(hosts=[redis_server.url]))
    await process.bus.open(BOARD)

    process.bus.publish(Moves(BOARD, "p", Delta(leave=["x"])))
    process.bus.publish(Rights(BOARD, "p"))
    await process.until_heard(1)
    await process.bus.stop()

    assert process.heard == [Rights(BOARD, "p")]
