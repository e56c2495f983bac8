"""`manage.py restore FILE [--board=ID…]`: boards out of a backup, whole.

Each board whole or not at all; a thin shell around `boards.backups`. Exits with 1 when
something was refused; what was restored until then is told, and nothing else was
changed.
"""

import shutil
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone

from board_server.databases import database_fault
from boards.backups.archive import Archive, BadArchive, BoardSummary
from boards.backups.restoring import Existing, Order, restore
from boards.management.acting import add_boards
from boards.sync.refusals import Refused

SETTLE_S = 10  # beyond the idle time of rooms: for the poll, and for clocks


class Command(BaseCommand):
    """Restore boards from a backup."""

    help = "Restore boards from a backup into this database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", help="a backup; - reads standard input")
        add_boards(parser)
        parser.add_argument(
            "--existing",
            choices=[choice.value for choice in Existing],
            default=Existing.REFUSE.value,
            help="what is done about boards that are there; refuse is the default",
        )
        parser.add_argument(
            "--stopped",
            action="store_true",
            help="no server runs: overwrite boards that are not in the trash, too",
        )
        parser.add_argument(
            "--damaged",
            action="store_true",
            help="also restore boards that were not whole when they were saved",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Verify, restore and say what came of it."""
        self._counts = {"restored": 0, "skipped": 0}
        try:
            with _opened(options["file"]) as source:
                restore(Archive(source), options["board"], _order(options), self._tell)
        except BadArchive as fault:
            raise CommandError(f"{fault} {self._so_far()}") from None
        except Refused as refusal:
            raise CommandError(f"{refusal.detail} {self._so_far()}") from None
        except Error as fault:
            raise CommandError(f"{self._so_far()} {database_fault(fault)}") from None
        except OSError as fault:
            raise CommandError(f"{fault} {self._so_far()}") from None
        counts = " ".join(f"{name}={n}" for name, n in self._counts.items())
        self.stdout.write(f"boards {counts}")

    def _tell(self, board: BoardSummary, what: str) -> None:
        self._counts[what] += 1
        self.stdout.write(f"{board.id}: {what} head={board.head}")

    def _so_far(self) -> str:
        n_restored = self._counts["restored"]
        if not n_restored:
            return "Nothing was changed."
        return f"{n_restored} boards were restored before that."


def _order(options: dict[str, Any]) -> Order:
    settle = timedelta(seconds=settings.BOARD_ROOM_IDLE_S + SETTLE_S)
    return Order(
        existing=Existing(options["existing"]),
        allows_faults=options["damaged"],
        now=timezone.now(),
        settle=None if options["stopped"] else settle,
    )


@contextmanager
def _opened(file: str) -> Iterator[IO[bytes]]:
    """The file; what comes through a pipe is kept on disk first, to be read twice."""
    if file != "-":
        with Path(file).open("rb") as source:
            yield source
        return
    with TemporaryFile() as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        yield copy
