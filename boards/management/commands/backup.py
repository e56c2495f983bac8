"""`manage.py backup FILE [--board=ID…]`: boards into one verified file.

A thin shell around `boards.backups`; people go on drawing. Exits with 1 when a board
was not whole, which is saved all the same, or when `--verify` finds that a
file is no whole backup.
"""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from board_server.databases import database_fault
from boards import integrity
from boards.backups.archive import Archive, BadArchive, Manifest
from boards.backups.saving import save
from boards.management.acting import add_boards
from boards.models import Board
from boards.sync.refusals import Refused


class Command(BaseCommand):
    """Save boards, or verify what was saved."""

    help = "Save boards with entries, snapshots, pictures and rights into one file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", help="a new file; - writes to standard output")
        add_boards(parser)
        parser.add_argument(
            "--verify", action="store_true", help="only read FILE, and prove it"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Save and verify, or verify alone; say what is in the file."""
        file = Path(options["file"])
        try:
            if options["verify"]:
                manifest = _verified(file)
            elif options["file"] == "-":
                manifest = save(_chosen(options["board"]), sys.stdout.buffer)
                sys.stdout.buffer.flush()
            else:
                manifest = _written(file, _chosen(options["board"]))
        except BadArchive as fault:
            raise CommandError(str(fault)) from None
        except Refused as refusal:
            raise CommandError(refusal.detail) from None
        except Error as fault:
            raise CommandError(f"Nothing was saved. {database_fault(fault)}") from None
        except OSError as fault:
            raise CommandError(f"Nothing was saved: {fault}") from None
        self._tell(manifest)

    def _tell(self, manifest: Manifest) -> None:
        """On standard error: standard output may be the backup itself."""
        boards = manifest.boards
        faulty = [board for board in boards if board.faults]
        for board in faulty:
            for fault in board.faults:
                self.stderr.write(f"{board.id}: {fault}")
        self.stderr.write(
            f"boards={len(boards)} entries={sum(b.entries for b in boards)}"
            f" snapshots={sum(b.snapshots for b in boards)}"
            f" pictures={len(manifest.assets)} faulty={len(faulty)}"
        )
        if faulty:
            raise CommandError(f"{len(faulty)} boards were not whole when saved.")


def _chosen(board_ids: list[str]) -> Iterable[str]:
    for board_id in board_ids:
        if not Board.objects.filter(pk=board_id).exists():
            raise CommandError(f"There is no board {board_id}.")
    return dict.fromkeys(board_ids) or integrity.board_ids()


def _written(file: Path, board_ids: Iterable[str]) -> Manifest:
    """Write beside, verify, then give it its name: no file is ever half a backup."""
    if file.exists():
        raise CommandError(f"{file} is there already.")
    part = file.with_name(f"{file.name}.part")
    # It holds all that is drawn and the hashes of keys: for the owner's eyes only.
    opened = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(opened, "wb") as target:
            save(board_ids, target)
            target.flush()
            os.fsync(target.fileno())
        manifest = _verified(part)
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _verified(file: Path) -> Manifest:
    with file.open("rb") as source:
        archive = Archive(source)
        archive.verify()
    return archive.manifest
