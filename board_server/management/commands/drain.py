"""`manage.py drain NAME…`: stop processes in order, one after the other.

Each finishes its commits, tells its people to come back (to another process) and ends,
as by SIGTERM. Whoever started it, such as `serve --workers` or a platform, may start a
successor: so this renews processes one by one. The names are those of `rooms`.
"""

import asyncio
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from board_server.operating.reports import (
    KEPT_S,
    Away,
    Drain,
    Report,
    give_order,
    read_reports,
)

LOOK_S = 0.5


class Command(BaseCommand):
    """See the module."""

    help = "Stop processes in order, without losing anything; see `rooms` for names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("names", nargs="+", help="as `manage.py rooms` shows them")

    def handle(self, *_args: Any, names: list[str], **_options: Any) -> None:
        """Drain each and wait until it is gone."""
        try:
            asyncio.run(self._drain_all(names))
        except Away as fault:
            raise CommandError(f"{fault} Send SIGTERM to the process.") from None

    async def _drain_all(self, names: list[str]) -> None:
        known = {report.name: report for report in await read_reports()}
        if unknown := sorted(set(names) - known.keys()):
            said = ", ".join(sorted(known)) or "none"
            raise CommandError(
                f"{', '.join(unknown)} does not report; these do: {said}"
            )
        for name in names:
            await self._drain(known[name])

    async def _drain(self, report: Report) -> None:
        began = time.monotonic()
        await give_order(report.id, Drain())
        most_s = settings.BOARD_REPORT_S + settings.BOARD_DRAIN_S + KEPT_S
        while any(other.id == report.id for other in await read_reports()):
            if time.monotonic() - began > most_s:
                raise CommandError(
                    f"{report.name} is still there after {most_s:.0f} s."
                )
            await asyncio.sleep(LOOK_S)
        took_s = time.monotonic() - began
        self.stdout.write(f"{report.name} is gone after {took_s:.1f} s")
