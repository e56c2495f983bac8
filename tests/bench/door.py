"""The engine's door: how many changes a process commits, without sockets around it.

`python -m tests.bench.door` reads a `Knock` as one JSON line from stdin, works, and
prints a `Passed` as JSON. Its database is that of `DATABASE_URL`, migrated. A change
begins as the text of a frame and ends when its caller knows that it is committed.
"""

import asyncio
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping

import django
import msgspec
from asgiref.sync import sync_to_async

from boards.sync.framing import Parcel
from tests.support.server import ROOT, process_env

CALLER = "door"


class Knock(msgspec.Struct):
    """What to do.

    Attributes:
        n_boards: how many boards, each with a caller of its own.
        window: changes in flight for each board.
        n_changes: how many altogether.
        ops: the ops of each change, as JSON texts, in turn; `@` becomes its number.
        n_before: small entries that each board has already.
        has_reader: whether a session on each board is sent what is committed.
    """

    n_boards: int
    window: int
    n_changes: int
    ops: list[str]
    n_before: int = 0
    has_reader: bool = False


class Passed(msgspec.Struct):
    """What came of it; processor time is that of this process alone."""

    seconds: float
    cpu_s: float
    loop_cpu_s: float
    n_delivered: int


def knock(work: Knock, env: Mapping[str, str]) -> Passed:
    """Work in a process of its own, with this environment."""
    done = subprocess.run(
        [sys.executable, "-m", __name__],
        input=msgspec.json.encode(work) + b"\n",
        stdout=subprocess.PIPE,
        env=process_env(env),
        cwd=ROOT,
        check=True,
    )
    return msgspec.json.decode(done.stdout, type=Passed)


async def submit_all(work: Knock) -> Passed:
    """Submit everything; done when all of it is acknowledged."""
    from boards.access import Credentials, Grant, Role  # Django is set up by now
    from boards.current import current_engine, drain
    from boards.models import Board
    from boards.sync import protocol
    from boards.sync.protocol import Author, Change, Submit
    from boards.sync.session import Outbox, Session

    boards = [Board(owner_key_hash=secrets.token_hex(8)) for _ in range(work.n_boards)]
    await Board.objects.abulk_create(boards)
    await sync_to_async(_fill)([board.id for board in boards], work.n_before)
    engine = current_engine()
    numbers = iter(range(work.n_changes))
    by = Author(session=CALLER, client=CALLER, name="Ada")

    async def submit_in_turn(grant: Grant) -> None:
        for number in numbers:
            ops = work.ops[number % len(work.ops)].replace("@", str(number))
            text = f'{{"type":"submit","id":"c{number}","ops":{ops}}}'
            frame = protocol.decode_frame(text)
            if isinstance(frame, Submit):
                await engine.submit(grant, Change(frame.id, frame.ops), by)

    delivered: list[str] = []

    def read(parcel: Parcel) -> int:
        delivered.extend(parcel.texts)
        return 0

    def reader(board: Board) -> Session:
        grant = Grant(board.id, Role.EDIT, Credentials())
        outbox = Outbox(2**40, lambda: None, read)
        return Session(author=by, color="", grant=grant, outbox=outbox)

    readers = [reader(board) for board in boards if work.has_reader]
    await asyncio.gather(*(engine.join(one, work.n_before) for one in readers))
    delivered.clear()
    callers = [
        submit_in_turn(Grant(board.id, Role.EDIT, Credentials()))
        for board in boards
        for _ in range(work.window)
    ]
    began = time.perf_counter(), time.process_time(), time.thread_time()
    await asyncio.gather(*callers)
    ended = time.perf_counter(), time.process_time(), time.thread_time()
    n_delivered = sum(text.count('"ops":') for text in delivered)
    await drain()
    seconds, cpu_s, loop_cpu_s = (
        now - then for now, then in zip(ended, began, strict=True)
    )
    return Passed(seconds, cpu_s, loop_cpu_s, n_delivered)


def _fill(ids: list[str], n_before: int) -> None:
    """Entries that nobody drew, each of which does nothing."""
    from django.db import connection

    with connection.cursor() as cursor:
        for id_ in ids if n_before else ():
            cursor.execute(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                " WHERE i < %s) INSERT INTO boards_entry"
                " (board_id, seq, change_id, at, text) SELECT %s, i, 'before-' || i, 0,"
                ' \'{"seq":\' || i || \',"id":"before-\' || i || \'","at":0,"by":\''
                ' || \'{"session":"","client":""},"ops":[]}\' FROM n',
                [n_before, id_],
            )
            cursor.execute(
                "UPDATE boards_board SET head = %s WHERE id = %s", [n_before, id_]
            )


def main() -> None:
    """Do what stdin says."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "board_server.settings"
    django.setup()
    work = msgspec.json.decode(sys.stdin.readline(), type=Knock)
    print(msgspec.json.encode(asyncio.run(submit_all(work))).decode())


if __name__ == "__main__":
    main()
