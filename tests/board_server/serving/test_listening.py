"""How many may come at once: after a restart, everybody does."""

import asyncio
import os
import signal

from tests.support.server import running_server

N_AT_ONCE = 500


async def test_hundreds_who_come_back_at_once_are_not_turned_away(
    sqlite_url: str,
) -> None:
    with running_server({"DATABASE_URL": sqlite_url}) as server:
        os.kill(server.pid, signal.SIGSTOP)  # it accepts nobody; all wait in the queue
        try:
            async with asyncio.timeout(0.9):  # who finds it full tries after a second
                connected = await asyncio.gather(
                    *(
                        asyncio.open_connection(server.host, server.port)
                        for _ in range(N_AT_ONCE)
                    )
                )
        finally:
            os.kill(server.pid, signal.SIGCONT)
        for _, writer in connected:
            writer.close()
