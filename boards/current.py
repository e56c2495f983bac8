"""The engine of the running event loop, made from the settings on first use.

The only place where the engine meets Django's settings and the channel layer. A process
under Daphne has one loop and so one engine; commands and tests get one a loop.
"""

import asyncio
import secrets
from collections.abc import Iterable
from weakref import WeakKeyDictionary

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import Error

from boards.access import Grant
from boards.grants import look_again
from boards.sync.bus import LayerBus
from boards.sync.clock import SystemClock
from boards.sync.counts import Counts
from boards.sync.engine import Engine
from boards.sync.engine_settings import EngineSettings
from boards.sync.figures import EngineFigures
from boards.sync.journal import OnCommit, SqlJournal
from boards.sync.protocol import Limits
from boards.sync.refusals import Code, Refused
from boards.sync.rooms import Intervals

CROWD = 50  # sessions of one board whose entries go out together

counts = Counts()  # of this process, whatever loops it has had

_engines: WeakKeyDictionary[asyncio.AbstractEventLoop, Engine] = WeakKeyDictionary()


def current_engine() -> Engine:
    """The engine of the running loop; call it inside a coroutine."""
    loop = asyncio.get_running_loop()
    engine = _engines.get(loop)
    if engine is None:
        engine = _engines[loop] = _make_engine()
    return engine


def figures() -> EngineFigures | None:
    """How the running loop's engine stands, if it has one."""
    engine = _engines.get(asyncio.get_running_loop())
    return engine.figures() if engine else None


def dismiss(session_id: str) -> bool:
    """Close a session of the running loop's engine; whether it was there."""
    engine = _engines.get(asyncio.get_running_loop())
    return engine is not None and engine.dismiss(session_id)


async def drain() -> None:
    """Drain the running loop's engine, if it has one."""
    engine = _engines.pop(asyncio.get_running_loop(), None)
    if engine is not None:
        await engine.drain()


def engine_settings() -> EngineSettings:
    """What the operator set about the engine."""
    return EngineSettings(
        intervals=Intervals(
            heads_poll_s=settings.BOARD_HEADS_POLL_MS / 1_000,
            announce_s=settings.BOARD_ANNOUNCE_S,
            peer_expiry_s=settings.BOARD_PEER_EXPIRY_S,
            room_idle_s=settings.BOARD_ROOM_IDLE_S,
        ),
        limits=Limits(
            submits_per_s=settings.BOARD_SUBMITS_PER_S,
            live_per_s=settings.BOARD_LIVE_PER_S,
            ping_s=settings.BOARD_PING_S,
            unread_bytes=settings.BOARD_UNREAD_BYTES,
        ),
        live_ms=settings.BOARD_LIVE_MS,
        live_frames_per_s=settings.BOARD_LIVE_FRAMES_PER_S,
        crowd=CROWD,
        snapshot_every=settings.BOARD_SNAPSHOT_EVERY,
        snapshot_url="/api/boards/{board_id}/snapshot/?seq={seq}",
    )


def _make_engine() -> Engine:
    clock = SystemClock()

    def make_journal(on_commit: OnCommit) -> SqlJournal:
        return SqlJournal(
            clock=clock,
            on_commit=on_commit,
            queue_size=settings.BOARD_COMMIT_QUEUE,
            queue_bytes=settings.BOARD_COMMIT_QUEUE_BYTES,
            wait_s=settings.BOARD_COMMIT_WAIT_S,
            counts=counts,
        )

    return Engine(
        process=secrets.token_urlsafe(9),
        make_journal=make_journal,
        bus=LayerBus(get_channel_layer(), clock, counts),
        clock=clock,
        look_again=_look_again,
        settings=engine_settings(),
        counts=counts,
    )


async def _look_again(grants: Iterable[Grant]) -> dict[Grant, Grant | Refused]:
    try:
        return await look_again(grants)
    except Error:
        raise Refused(Code.UNAVAILABLE, "The database is away.") from None
