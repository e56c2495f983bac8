"""The socket adapter: frames in, engine calls out; frames out of the session's outbox.

Where the server has a frame writer and reader, frames go past its ASGI queues; opening
and closing are always its own.
It checks size, budget and form, finds the grant, and turns every refusal into a frame
or a close, in one place. It never touches journal, rooms, bus or document. It is a
plain ASGI application: Channels' own dispatch makes a thread hop for each frame, which
costs most of the throughput and holds broadcasts up behind database work.
"""

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import Coroutine
from functools import partial
from typing import Any, assert_never

from autobahn.exception import Disconnected
from channels.consumer import AsyncConsumer
from channels.db import database_sync_to_async
from django.conf import settings
from msgspec import UNSET

from boards import client_ids
from boards.access import Credentials
from boards.audit import note_use
from boards.current import counts, current_engine
from boards.grants import grant_for
from boards.quotas import Membership
from boards.sync import protocol
from boards.sync.budget import Budget
from boards.sync.framing import FRAME_READER, FRAME_WRITER
from boards.sync.protocol import (
    MAX_FRAME_BYTES,
    PROTOCOL,
    Author,
    Change,
    Hello,
    Live,
    Notice,
    Ping,
    Pong,
    Reject,
    Submit,
)
from boards.sync.refusals import (
    CLOSE_BAD_FRAME,
    CLOSE_FORBIDDEN,
    CLOSE_GOING_AWAY,
    CLOSE_GONE,
    CLOSE_OLD_PROTOCOL,
    CLOSE_TOO_FAST,
    Code,
    Refused,
)
from boards.sync.session import Closing, Outbox, Session

log = logging.getLogger(__name__)

HELLO_WITHIN_S = 5.0  # a socket that says nothing costs a slot
REASON_BYTES = 123  # what a close frame has room for
BURST_S = 4.0  # a budget may be used up this far ahead
FLOOD_FACTOR = 4.0  # frames of any kind beyond this many budgets are a flood
REACTS_PER_S = 4.0  # a palette that is pressed as fast as a finger can
CALLS_PER_S = 0.1  # who calls everyone every few seconds is a nuisance
MAX_CALLS = 2.0  # at once: the second because some missed the first
UNIT_CHARS = 16 * 1024  # a frame counts once for each that it has begun
MAX_EARLY = 100  # frames that may follow hello before its welcome
MAX_EARLY_CHARS = 2 * MAX_FRAME_BYTES  # of all of them: a slow database holds them
MAX_UNANSWERED = 1_000  # submits of one socket that wait for the journal

CLOSE_CODES = {
    Code.INVALID: CLOSE_BAD_FRAME,
    Code.TOO_LARGE: CLOSE_BAD_FRAME,
    Code.UNSUPPORTED: CLOSE_OLD_PROTOCOL,
    Code.FORBIDDEN: CLOSE_FORBIDDEN,
    Code.BANNED: CLOSE_FORBIDDEN,
    Code.KICKED: CLOSE_FORBIDDEN,
    Code.NOT_FOUND: CLOSE_GONE,
    Code.GONE: CLOSE_GONE,
    Code.TOO_FAST: CLOSE_TOO_FAST,
}


class BoardConsumer(AsyncConsumer):
    """One socket on one board, from accept to close."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve the socket; ASGI."""
        self._scope = scope
        self._receive = receive
        self._send = send
        self._board_id: str = scope["url_route"]["kwargs"]["board_id"]
        self._engine = current_engine()
        self._session: Session | None = None
        self._n_unanswered = 0
        self._early: list[str] = []  # what is heard before the board is entered
        self._first: asyncio.Future[None] | None = None  # while hello is waited for
        self._serving = asyncio.current_task()
        self._tasks: set[asyncio.Task[None]] = set()  # beside that one
        self._is_writing = False
        self._is_over = False
        self._fault: BaseException | None = None
        extensions = scope.get("extensions", {})
        self._outbox = Outbox(
            settings.BOARD_UNREAD_BYTES,
            self._wake,
            extensions.get(FRAME_WRITER, {}).get("write"),
        )
        self._make_budgets()
        self._membership = Membership(scope.get("address") or "", self._board_id)
        if (reader := extensions.get(FRAME_READER)) is not None:
            reader["start"](self._hear)
        if (await receive())["type"] == "websocket.connect":
            await send({"type": "websocket.accept"})
            try:
                await self._serve()
            finally:
                self._membership.end()

    def _make_budgets(self) -> None:
        now = time.monotonic()
        submits, live = settings.BOARD_SUBMITS_PER_S, settings.BOARD_LIVE_PER_S
        frames = FLOOD_FACTOR * (submits + live)
        self._submit_budget = Budget(submits, BURST_S * submits, now)
        self._live_budget = Budget(live, BURST_S * live, now)
        self._frame_budget = Budget(frames, BURST_S * frames, now)
        self._react_budget = Budget(REACTS_PER_S, BURST_S * REACTS_PER_S, now)
        self._call_budget = Budget(CALLS_PER_S, MAX_CALLS, now)

    async def _serve(self) -> None:
        """Read until the socket is closed by either side, or something failed.

        Tasks beside this one are there while they have something to do: most sockets
        are idle, and two tasks cost as much as a session.
        """
        self._start(self._enter())
        try:
            await self._listen()
        except asyncio.CancelledError:
            if not self._is_over:  # it was the server's
                raise
        finally:
            self._is_over = True
            closing = self._outbox.closing
            counts.closes[closing.code if closing else 0] += 1
            self._part()
            for task in self._tasks:
                task.cancel()
            if self._tasks:
                await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._fault is not None:  # a bug: the server logs it and closes with 1011
            counts.refused("socket", Code.FAULT)
            raise self._fault

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()) is not None:
            self._fault = fault
            self._end()

    def _end(self) -> None:
        """Stop reading, and so serving."""
        if not self._is_over and self._serving is not None:
            self._is_over = True
            self._serving.cancel()

    def _part(self) -> None:
        if self._session is not None:
            self._engine.leave(self._session)
            closing = self._outbox.closing
            log.info("leave", extra=self._facts(close=closing.code if closing else 0))

    def _facts(self, **facts: object) -> dict[str, object]:
        """What a log line says of this socket."""
        session = self._session.id if self._session else ""
        return {"board": self._board_id, "session": session, **facts}

    # --- reading ----------------------------------------------------------------

    async def _listen(self) -> None:
        """Until the client closes; texts come this way where there is no reader."""
        while (received := await self._receive())["type"] != "websocket.disconnect":
            self._hear(received.get("text"))

    def _hear(self, text: str | None) -> None:
        """Take the next message; None is a binary one. Never raises, nor awaits."""
        if self._outbox.closing is not None:
            return
        try:
            if text is None:
                raise Refused(Code.INVALID, "Frames are JSON text, not binary.")
            if self._session is not None:
                self._take(self._session, text)
            elif self._is_too_early(text):
                raise Refused(Code.TOO_FAST, "Too many frames before the welcome.")
            else:
                self._early.append(text)
                if self._first is not None and not self._first.done():
                    self._first.set_result(None)
        except Refused as refusal:
            self._refuse(refusal)

    def _is_too_early(self, text: str) -> bool:
        """Whether more is said before the welcome than can be kept until then."""
        n_chars = len(text) + sum(map(len, self._early))
        return len(self._early) >= MAX_EARLY or n_chars > MAX_EARLY_CHARS

    async def _enter(self) -> None:
        """Join by the first frame; then take those that came meanwhile."""
        try:
            self._membership.begin()
            if not self._early:
                self._first = asyncio.get_running_loop().create_future()
                async with asyncio.timeout(HELLO_WITHIN_S):
                    await self._first
            await self._join(self._early.pop(0))
        except TimeoutError:
            detail = f"The first frame must be hello, within {HELLO_WITHIN_S:.0f} s."
            self._refuse(Refused(Code.INVALID, detail))
        except Refused as refusal:
            self._refuse(refusal)
        while self._session is not None and self._early:
            self._hear(self._early.pop(0))

    async def _join(self, text: str) -> None:
        """The first frame: find the grant, then join."""
        hello = protocol.decode_frame(text)
        if not isinstance(hello, Hello):
            raise Refused(Code.INVALID, "The first frame must be hello.")
        if hello.protocol != PROTOCOL:
            raise Refused(
                Code.UNSUPPORTED, f"This server speaks protocol {PROTOCOL}: reload."
            )
        user = self._scope.get("user")
        user_id = getattr(user, "pk", None)
        session_id = secrets.token_urlsafe(9)
        client = client_ids.shown(hello.client)
        credentials = Credentials(
            hello.token,
            self._scope.get("creator"),
            user_id,
            client=client,
            session=session_id,
            address=self._scope.get("address"),
        )
        grant = await grant_for(self._board_id, credentials)
        if not grant.may_view:
            raise Refused(Code.FORBIDDEN, "This board is not shared by its link.")
        author = Author(
            session=session_id,
            client=client,
            name=hello.name,
            user=user.get_username() if user is not None and user_id else None,
        )
        self._membership.join(credentials)
        session = Session(
            author=author, color=hello.color or "", grant=grant, outbox=self._outbox
        )
        await self._engine.join(session, hello.since)
        self._session = session
        if grant.may_own:
            self._start(database_sync_to_async(note_use)(grant))
        log.info("join", extra=self._facts(role=grant.role.value, since=hello.since))

    def _take(self, session: Session, text: str) -> None:
        """One frame after hello. Nothing is awaited, so frames keep their order."""
        now = time.monotonic()
        if self._frame_budget.take(now):
            raise Refused(Code.TOO_FAST, "Too many frames.")
        try:
            frame = protocol.decode_frame(text)
        except Refused as refusal:
            change_id = protocol.submit_id(text)
            if change_id is None:
                raise
            self._reject(change_id, refusal)
            return
        n = 1 + len(text) // UNIT_CHARS
        match frame:
            case Submit():
                self._submit(session, frame, n)
            case Live():
                if not self._live_budget.take(now, n):
                    self._thin(frame, now)
                    self._engine.show(session, frame)
            case Ping():
                self._outbox.confirm(frame.received)
                head = self._engine.head(session)
                self._outbox.push(protocol.encode(Pong(head)))
            case Hello():
                raise Refused(Code.INVALID, "There is one hello a socket.")
            case _:
                assert_never(frame)

    def _thin(self, frame: Live, now: float) -> None:
        """Leave out the moments that are over their rate; nobody misses them."""
        if frame.react is not UNSET and self._react_budget.take(now):
            frame.react = UNSET
        if frame.call is not UNSET and self._call_budget.take(now):
            frame.call = UNSET

    def _submit(self, session: Session, frame: Submit, n: int) -> None:
        now = time.monotonic()
        wait_s = self._submit_budget.take(now, n) or self._membership.wait_s(now, n)
        if wait_s:
            wait_ms = int(wait_s * 1_000) + 1
            self._reject(
                frame.id, Refused(Code.TOO_FAST, "Too many changes.", wait_ms=wait_ms)
            )
        elif self._n_unanswered >= MAX_UNANSWERED:
            self._reject(
                frame.id, Refused(Code.BUSY, "Too many changes wait.", wait_ms=500)
            )
        else:
            self._n_unanswered += 1
            answered = partial(self._answered, frame.id)
            self._engine.submit_from(session, Change(frame.id, frame.ops), answered)

    def _answered(self, change_id: str, fault: BaseException | None) -> None:
        """Committed: the entry came through the room. Only a refusal is sent here."""
        self._n_unanswered -= 1
        if isinstance(fault, Refused):
            self._reject(change_id, fault)
        elif fault is not None:
            facts = self._facts(change=change_id)
            log.error("submit failed", exc_info=fault, extra=facts)
            self._reject(change_id, Refused(Code.FAULT, "This change failed."))

    # --- refusing ---------------------------------------------------------------

    def _reject(self, change_id: str, refusal: Refused) -> None:
        counts.refused("socket", refusal.code)
        log.info("reject", extra=self._facts(code=refusal.code.value, change=change_id))
        self._outbox.push(
            protocol.encode(
                Reject(
                    change_id,
                    refusal.code.value,
                    refusal.detail,
                    refusal.may_retry,
                    refusal.wait_ms,
                )
            )
        )

    def _refuse(self, refusal: Refused) -> None:
        """Say why in a notice, which has room for it, then close."""
        counts.refused("socket", refusal.code)
        code = CLOSE_CODES.get(refusal.code, CLOSE_GOING_AWAY)
        notice = Notice(refusal.code.value, refusal.detail, wait_ms=refusal.wait_ms)
        self._outbox.push(protocol.encode(notice))
        self._close(code, refusal.detail)

    def _close(self, code: int, reason: str) -> None:
        log.info("refuse", extra=self._facts(close=code))
        self._outbox.close(code, reason)

    # --- writing ----------------------------------------------------------------

    def _wake(self) -> None:
        """There is something to write, or the session is to be closed."""
        if not self._is_writing:
            self._is_writing = True
            self._start(self._write_all())

    async def _write_all(self) -> None:
        """Write all there is; end if the session is closed or the other side gone."""
        with contextlib.suppress(OSError, Disconnected):
            while frames := self._outbox.take():
                for frame in frames:
                    await self._send({"type": "websocket.send", "text": frame})
            if (closing := self._outbox.closing) is None:
                self._is_writing = False
                return
            await self._write_close(closing)
        self._end()

    async def _write_close(self, closing: Closing) -> None:
        reason = closing.reason.encode()[:REASON_BYTES].decode(errors="ignore")
        await self._send(
            {"type": "websocket.close", "code": closing.code, "reason": reason}
        )
