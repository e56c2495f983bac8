"""The contract of the bus over every kind of layer: calm, sharded, away."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextvars import ContextVar
from functools import partial
from typing import Any

import pytest
import pytest_asyncio
from msgspec import Raw

from board_server.env import Layer
from boards.sync import bus as bus_module
from boards.sync.bus import Announcement, Lines, Moves, Publication, Rights
from boards.sync.presence import Delta
from boards.sync.protocol import Doing, Peer, encode
from tests.support.buses import Listener, MakeLayer, layer_maker
from tests.support.services import Redis, running_redis
from tests.support.waiting import until_async

Listen = Callable[[], Listener]

BOARD, OTHER = "board-a", "board-b"


def lines(*texts: str, board: str = BOARD, first: int = 1) -> Lines:
    """A publication of entries; each text is JSON."""
    return Lines(board, "process", first, [Raw(text.encode()) for text in texts])


@pytest_asyncio.fixture
async def listen(make_layer: MakeLayer) -> AsyncIterator[Listen]:
    """A function that makes one more process; all are stopped at the end."""
    listeners: list[Listener] = []

    def make() -> Listener:
        listeners.append(Listener(make_layer()))
        return listeners[-1]

    yield make
    for listener in listeners:
        await listener.bus.stop()


async def test_a_publication_reaches_every_process_that_has_the_board_open(
    listen: Listen,
):
    processes = [listen(), listen(), listen()]
    for process in processes:
        assert await process.bus.open(BOARD)

    processes[0].bus.publish(lines('{"seq":1}'))

    for process in processes:  # the publisher too
        await process.until_heard(1)
        assert process.entries(BOARD) == ['{"seq":1}']


async def test_a_publication_reaches_nobody_else(listen: Listen):
    opener, other, silent = listen(), listen(), listen()
    await opener.bus.open(BOARD)
    await other.bus.open(OTHER)

    silent.bus.publish(lines("1", board=BOARD))
    silent.bus.publish(lines("2", board=OTHER))
    await opener.until_heard(1)
    await other.until_heard(1)

    assert opener.all_entries() == ["1"]
    assert other.all_entries() == ["2"]
    assert silent.heard == []


async def test_close_stops_one_board_and_no_other(listen: Listen):
    leaver, stayer = listen(), listen()
    for process in (leaver, stayer):
        await process.bus.open(BOARD)
        await process.bus.open(OTHER)

    await leaver.bus.close(BOARD)
    stayer.bus.publish(lines('"closed"', board=BOARD))
    stayer.bus.publish(lines('"open"', board=OTHER))
    await stayer.until_heard(2)
    await leaver.until_heard(1)

    assert leaver.all_entries() == ['"open"']
    assert stayer.entries(BOARD) == ['"closed"']


async def test_a_closed_board_can_be_opened_again(listen: Listen):
    process = listen()
    await process.bus.open(BOARD)
    await process.bus.close(BOARD)

    await process.bus.open(BOARD)
    process.bus.publish(lines("1"))
    await process.until_heard(1)

    assert process.all_entries() == ["1"]


async def test_opening_twice_does_not_double(listen: Listen):
    process = listen()
    await process.bus.open(BOARD)
    await process.bus.open(BOARD)

    process.bus.publish(lines('"once"'))
    process.bus.publish(lines('"last"'))
    await until_async(lambda: '"last"' in process.all_entries(), what="the last")

    assert sorted(process.all_entries()) == ['"last"', '"once"']


async def test_two_boards_opened_at_once_share_one_channel(listen: Listen):
    process = listen()

    opened = await asyncio.gather(*[process.bus.open(f"board-{n}") for n in range(8)])
    for number in range(8):
        process.bus.publish(lines(f"{number}", board=f"board-{number}"))
    await process.until_heard(8)

    assert opened == [True] * 8
    assert sorted(process.all_entries()) == [str(number) for number in range(8)]


@pytest.mark.parametrize(
    "text",
    [
        '{"seq":1,"ops":[{"a":0.1,"b":1e2,"c":-0.0}]}',
        r'{"text":"é 漢字 🖍 \u0000 \\ \" </script>"}',
        '{"spaced" : [ 1 ,2 ]}',
        '"' + "漢é🖍x" * 100_000 + '"',
        '"' + "x" * 500_000 + '"',
    ],
    ids=["numbers", "signs", "spaces", "wide-huge", "huge"],
)
async def test_J6_entries_arrive_byte_for_byte(listen: Listen, text: str):
    sender, receiver = listen(), listen()
    await receiver.bus.open(BOARD)

    sender.bus.publish(lines(text, text))
    await receiver.until_heard(1)

    assert receiver.entries(BOARD) == [text, text]


async def test_every_kind_of_publication_arrives_as_it_was(listen: Listen):
    sender, receiver = listen(), listen()
    await receiver.bus.open(BOARD)
    peer = Peer("s", "c", "Zoë 🖍", "#aabbcc", "edit", cursor=[1, 2.5])
    sent: list[Publication] = [
        lines("1", first=7),
        Moves(BOARD, "p", Delta(join=[peer], leave=["x"], doing={"s": Doing()})),
        Announcement(BOARD, "p", [peer], ask=True),
        Rights(BOARD, "p"),
    ]

    for publication in sent:
        sender.bus.publish(publication)
    await receiver.until_heard(4)

    assert sorted(map(encode, receiver.heard)) == sorted(map(encode, sent))


async def test_all_of_a_calm_stream_arrives(listen: Listen):
    processes = [listen(), listen()]
    for process in processes:
        await process.bus.open(BOARD)

    for number in range(100):
        processes[number % 2].bus.publish(lines(f"{number}"))

    for process in processes:
        await process.until_heard(100)
        assert sorted(map(int, process.all_entries())) == list(range(100))


@pytest.mark.parametrize("layer_env", [{"board_layer_capacity": 3}])
async def test_over_capacity_drops_are_tolerated_and_nothing_blocks(listen: Listen):
    sender, receiver = listen(), listen()
    await receiver.bus.open(BOARD)

    began = time.monotonic()
    for number in range(300):
        sender.bus.publish(lines(f"{number}"))
    took_s = time.monotonic() - began
    await receiver.until_hears(lambda mark: sender.bus.publish(lines(mark)))

    assert took_s < 1.0
    numbers = [int(text) for text in receiver.all_entries() if text.isdigit()]
    assert set(numbers) <= set(range(300))


async def test_more_than_the_queue_holds_loses_the_oldest(listen: Listen):
    process = listen()
    await process.bus.open(BOARD)
    n = bus_module.QUEUE_SIZE + 100

    for number in range(n):
        process.bus.publish(lines(str(number), board=OTHER))
    process.bus.publish(lines('"newest"'))
    await process.until_heard(1, within_s=30)

    assert process.all_entries() == ['"newest"']


async def test_large_publications_that_wait_are_bounded_too():
    """Five thousand of half a megabyte could wait for a layer that is away."""
    make_layer = layer_maker(Layer.MEMORY)
    process, other = Listener(make_layer()), Listener(make_layer())
    await process.bus.open(BOARD)
    await other.bus.open(BOARD)
    large = '"' + "x" * 500_000 + '"'
    n_fit = bus_module.QUEUE_CHARS // len(large)

    for _ in range(n_fit + 40):
        process.bus.publish(lines(large))
    process.bus.publish(lines('"newest"'))
    await until_async(lambda: '"newest"' in process.all_entries(), what="the newest")
    await process.bus.stop()
    await other.bus.stop()

    assert n_fit - 5 <= len(process.heard) <= n_fit + 1


async def test_who_is_alone_in_memory_hears_without_the_layer():
    """The layer looks through the groups of all boards at each message."""
    layer = layer_maker(Layer.MEMORY)()
    process = Listener(layer)
    await process.bus.open(BOARD)
    sent: list[str] = []
    send = layer.group_send

    def noted(group: str, message: dict[str, Any]) -> Any:
        sent.append(group)
        return send(group, message)

    layer.group_send = noted

    process.bus.publish(lines('"alone"'))
    await process.until_heard(1)
    assert process.all_entries() == ['"alone"']
    assert sent == []

    other = Listener(layer)
    await other.bus.open(BOARD)
    process.bus.publish(lines('"two"'))
    await other.until_heard(1)
    assert len(sent) == 1
    await process.bus.stop()
    await other.bus.stop()


@pytest.mark.parametrize(
    "message",
    [
        {"type": "bus", "body": "not JSON"},
        {"type": "bus", "body": '{"of":"entries"}'},
        {"type": "bus", "body": '{"of":"from a newer version","board":"board-a"}'},
        {"type": "bus"},
        {"type": "bus", "body": 7},
    ],
    ids=["no-json", "fields", "newer", "no-body", "number"],
)
async def test_something_else_on_the_layer_is_left_out(
    make_layer: MakeLayer, listen: Listen, message: dict[str, Any]
):
    receiver, layer = listen(), make_layer()
    await receiver.bus.open(BOARD)

    await layer.group_send(f"board.{BOARD}", message)
    receiver.bus.publish(lines('"good"'))
    await receiver.until_heard(1)

    assert receiver.all_entries() == ['"good"']


async def test_a_calm_layer_shows_no_loss(listen: Listen):
    process = listen()
    await process.bus.open(BOARD)
    process.bus.publish(lines("1"))
    await process.until_heard(1)

    assert process.bus.take_loss() is False


async def test_stop_lets_out_what_is_queued(listen: Listen):
    sender, receiver = listen(), listen()
    await receiver.bus.open(BOARD)

    sender.bus.publish(lines('"last words"'))
    await sender.bus.stop()
    await receiver.until_heard(1)

    assert receiver.all_entries() == ['"last words"']


async def test_a_bus_that_never_did_anything_stops(listen: Listen):
    await listen().bus.close(BOARD)
    await listen().bus.stop()


async def test_a_listener_that_fails_once_hears_the_next(listen: Listen):
    """A fault while hearing ended the bus of the process for good."""
    process = listen()
    heard: list[Publication] = []

    def hear(publication: Publication) -> None:
        heard.append(publication)
        if len(heard) == 1:
            raise ZeroDivisionError

    process.bus.listen(hear)
    await process.bus.open(BOARD)
    process.bus.publish(lines("1"))
    process.bus.publish(lines("2"))

    await until_async(lambda: len(heard) == 2, what="the second publication")


# --- away -----------------------------------------------------------------------------


@pytest.fixture
def own_redis() -> Iterator[Redis]:
    """A Redis that the test may take away."""
    with running_redis() as redis:
        yield redis


@pytest.fixture(params=[Layer.REDIS, Layer.PUBSUB])
def own_layer(request: pytest.FixtureRequest, own_redis: Redis) -> MakeLayer:
    """Layers on a Redis that the test may take away."""
    return layer_maker(request.param, [own_redis.url])


@pytest_asyncio.fixture
async def pair(own_layer: MakeLayer) -> AsyncIterator[tuple[Listener, Listener]]:
    """Two processes with a board open that hear each other."""
    one, two = Listener(own_layer()), Listener(own_layer())
    for process in (one, two):
        assert await process.bus.open(BOARD)
    one.bus.publish(lines('"before"'))
    await two.until_heard(1)
    yield one, two
    for process in (one, two):
        async with asyncio.timeout(5):
            await process.bus.stop()


async def expect_loss(process: Listener) -> None:
    """Publishing goes on without a wait, and the loss shows."""
    began = time.monotonic()
    process.bus.publish(lines('"away"'))
    assert time.monotonic() - began < 0.1
    await until_async(process.bus.take_loss, within_s=10, what="a loss")


async def open_again(processes: tuple[Listener, Listener]) -> None:
    """What the rooms do after a loss, until it works."""
    for process in processes:
        await until_async(partial(process.bus.open, BOARD), within_s=15)
    one, two = processes
    two.heard.clear()
    await two.until_hears(lambda mark: one.bus.publish(lines(mark)))


@pytest.mark.faults
async def test_a_redis_that_went_empty_is_opened_again(
    pair: tuple[Listener, Listener], own_redis: Redis
):
    own_redis.shutdown_nosave()
    await expect_loss(pair[0])
    assert await pair[0].bus.open(OTHER) in (True, False)  # never raises

    own_redis.start()

    await open_again(pair)


@pytest.mark.faults
async def test_a_redis_that_hangs_blocks_nobody(
    pair: tuple[Listener, Listener], own_redis: Redis
):
    own_redis.freeze()
    try:
        began = time.monotonic()
        await pair[0].bus.open(OTHER)
        assert time.monotonic() - began < bus_module.OPEN_WITHIN_S + 1
        await expect_loss(pair[0])
    finally:
        own_redis.thaw()

    await open_again(pair)


@pytest.mark.faults
async def test_cut_connections_are_made_again(
    pair: tuple[Listener, Listener], own_redis: Redis
):
    own_redis.drop_clients()

    await open_again(pair)


@pytest.mark.faults
@pytest.mark.parametrize("how", ["hangs", "gone", "never-there"])
async def test_stop_returns_soon_with_the_layer_away(
    own_layer: MakeLayer, own_redis: Redis, how: str
):
    process = Listener(own_layer())
    if how != "never-there":
        await process.bus.open(BOARD)
    if how == "hangs":
        own_redis.freeze()
    else:
        own_redis.kill()
    for number in range(20):
        process.bus.publish(lines(str(number)))
    if how == "never-there":
        assert await process.bus.open(BOARD) is False

    began = time.monotonic()
    await process.bus.stop()
    took_s = time.monotonic() - began
    if how == "hangs":
        own_redis.thaw()

    assert took_s < bus_module.STOP_WITHIN_S + 1.5


@pytest.mark.faults
async def test_one_shard_away_does_not_stop_the_other(own_redis: Redis, redis_url: str):
    make = layer_maker(Layer.PUBSUB, [redis_url, own_redis.url])
    one, two = Listener(make()), Listener(make())
    boards = [f"board-{number}" for number in range(4, 12)]  # on both shards
    for process in (one, two):
        for board in boards:
            assert await process.bus.open(board)

    own_redis.kill()
    for board in boards:
        one.bus.publish(lines(f'"{board}"', board=board))
    await two.until_heard(1, within_s=15)
    await until_async(one.bus.take_loss, what="a loss")
    for process in (one, two):
        await process.bus.stop()

    assert 0 < len(two.heard) < len(boards)


class Broken:
    """A layer in memory that cannot leave a group."""

    def __init__(self) -> None:
        self._layer = layer_maker(Layer.MEMORY)()

    def __getattr__(self, name: str) -> Any:
        """Everything else works."""
        return getattr(self._layer, name)

    async def group_discard(self, group: str, channel: str) -> None:
        """Fail."""
        raise ConnectionResetError


async def test_a_board_that_cannot_be_closed_shows_as_a_loss():
    process = Listener(Broken())
    await process.bus.open(BOARD)

    await process.bus.close(BOARD)

    assert process.bus.take_loss()
    await process.bus.stop()


class Blocking:
    """A layer whose every call hangs for ever."""

    def __getattr__(self, name: str) -> Callable[..., Awaitable[None]]:
        """Any call."""
        return self._hang

    async def _hang(self, *values: object) -> None:
        await asyncio.get_running_loop().create_future()


async def test_a_layer_that_hangs_from_the_start_lets_the_bus_stop():
    process = Listener(Blocking())
    process.bus.publish(lines("1"))

    began = time.monotonic()
    await process.bus.stop()

    assert time.monotonic() - began < bus_module.STOP_WITHIN_S + 0.5


async def test_what_it_does_for_all_is_not_done_in_the_name_of_one():
    # What it logged named the request that had come first, as long as the process ran.
    asker = ContextVar("asker", default="nobody")
    seen: list[str] = []

    class Noting:
        async def group_send(self, _group: str, _message: object) -> None:
            seen.append(asker.get())

    process = Listener(Noting())
    asker.set("somebody")

    process.bus.publish(lines("1"))
    await until_async(lambda: seen, what="it is sent")
    await process.bus.stop()

    assert seen == ["nobody"]
