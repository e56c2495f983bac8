"""Many who ask at once whether a process is ready cost one look."""

import asyncio

import pytest
from django.test import RequestFactory

from board_server import health


async def test_who_asks_meanwhile_shares_the_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    n_looks = 0
    goes_on = asyncio.Event()

    async def look() -> dict[str, str]:
        nonlocal n_looks
        n_looks += 1
        await goes_on.wait()
        return {"database": "ok"}

    monkeypatch.setattr(health, "_states", look)
    request = RequestFactory().get("/readyz")
    asking = [asyncio.create_task(health.readyz(request)) for _ in range(9)]
    await asyncio.wait(asking, timeout=0)  # all of them have asked
    await asyncio.sleep(0)
    goes_on.set()
    replies = await asyncio.gather(*asking)

    assert [reply.status_code for reply in replies] == [200] * 9
    assert n_looks == 1
    assert (await health.readyz(request)).status_code == 200
    assert n_looks == 2
