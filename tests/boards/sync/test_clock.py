"""The machine's clock."""

import time

from boards.sync.clock import SystemClock


async def test_time_goes_on_while_somebody_sleeps():
    clock = SystemClock()
    began = clock.now()

    await clock.sleep(0.001)

    assert clock.now() > began


def test_the_wall_clock_counts_microseconds():
    before, told, after = time.time(), SystemClock().wall_us(), time.time()

    assert before - 1 <= told / 1_000_000 <= after + 1
