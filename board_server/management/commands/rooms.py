"""`manage.py rooms`: every process of the site, its open rooms and who is in them.

As of the last reports, some seconds old. Needs Redis, as several processes do.
"""

import asyncio
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from board_server.operating.reports import Away, Report, read_reports
from boards.sync.figures import RoomFigures


class Command(BaseCommand):
    """See the module."""

    help = "Show the processes of the site, their open rooms and who is in them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--people", action="store_true", help="name each session")

    def handle(self, *_args: Any, people: bool, **_options: Any) -> None:
        """Print a line for each process and room."""
        try:
            reports = asyncio.run(read_reports())
        except Away as fault:
            raise CommandError(str(fault)) from None
        for report in reports:
            self.stdout.write(_process_line(report))
            for room in report.figures.rooms if report.figures else []:
                for line in _room_lines(room, people=people):
                    self.stdout.write(f"  {line}")
        if not reports:
            self.stdout.write("No process reports.")


def _process_line(report: Report) -> str:
    rooms = report.figures.rooms if report.figures else []
    n_people = sum(room.n_sessions for room in rooms)
    return (
        f"{report.name}  pid {report.pid}  up {report.at - report.began_at:.0f} s"
        f"  seen {max(0.0, time.time() - report.at):.0f} s ago"
        f"  {len(rooms)} rooms  {n_people} people"
    )


def _room_lines(room: RoomFigures, *, people: bool) -> Iterator[str]:
    yield (
        f"{room.board}  seq {room.seq}  {room.n_peers} people"
        f"  {room.n_sessions} here  {room.unread} unread"
    )
    for session in room.sessions if people else []:
        # A name is whatever somebody typed: nothing of it may move the cursor.
        said = f"{session.role}  {session.unread} unread  {session.name!r}"
        yield f"  {session.id}  {said}"
