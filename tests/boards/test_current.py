"""The engine of the running loop, made from the settings on first use."""

import asyncio

from pytest_django import Settings

from boards import current


async def test_a_loop_has_one_engine():
    engine = current.current_engine()

    assert current.current_engine() is engine
    await current.drain()


async def test_a_drained_loop_gets_a_fresh_engine():
    engine = current.current_engine()
    await current.drain()

    assert current.current_engine() is not engine
    await current.drain()


async def test_draining_a_loop_without_an_engine_has_no_effect():
    await current.drain()
    await current.drain()


def test_two_loops_have_an_engine_each():
    async def make() -> int:
        engine = current.current_engine()
        await current.drain()
        return id(engine)

    async def keep() -> object:
        return current.current_engine()

    engines = [asyncio.run(keep()), asyncio.run(keep())]

    assert engines[0] is not engines[1]
    assert asyncio.run(make())


def test_the_settings_say_how_the_engine_works(settings: Settings):
    settings.BOARD_HEADS_POLL_MS = 1_500
    settings.BOARD_ANNOUNCE_S = 4
    settings.BOARD_PEER_EXPIRY_S = 9
    settings.BOARD_ROOM_IDLE_S = 5
    settings.BOARD_SUBMITS_PER_S = 6
    settings.BOARD_LIVE_MS = 40
    settings.BOARD_SNAPSHOT_EVERY = 70

    made = current.engine_settings()

    assert made.intervals.heads_poll_s == 1.5
    assert made.intervals.announce_s == 4
    assert made.intervals.peer_expiry_s == 9
    assert made.intervals.room_idle_s == 5
    assert (made.limits.submits_per_s, made.live_ms) == (6, 40)
    assert made.snapshot_every == 70
    assert made.snapshot_url.format(board_id="b", seq=7).endswith("/b/snapshot/?seq=7")
