"""`manage.py drain NAME…`: stop processes in order, one after the other.

Each finishes its commits, tells its people to come back (to another process) and ends,
as by SIGTERM. Whoever started it, such as `serve --workers` or a platform, starts a
successor, and the next is drained when that reports: so processes are renewed one by
one, and the others hold their people meanwhile. The names are those of `rooms`.
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
# A platform takes some ten seconds to start a process. One that has not come by then
# does not come: a version that fails to start must not take the old ones with it.
SUCCESSOR_WITHIN_S = 60


class Command(BaseCommand):
    """See the module."""

    help = "Stop processes in order, without losing anything; see `rooms` for names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("names", nargs="+", help="as `manage.py rooms` shows them")
        parser.add_argument(
            "--within",
            type=float,
            default=SUCCESSOR_WITHIN_S,
            metavar="S",
            help="seconds that a successor may take, before the next is left alone",
        )

    def handle(
        self, *_args: Any, names: list[str], within: float, **_options: Any
    ) -> None:
        """Drain each, wait until it is gone and, before the next, replaced."""
        try:
            asyncio.run(self._drain_all(names, within_s=within))
        except Away as fault:
            raise CommandError(f"{fault} Send SIGTERM to the process.") from None

    async def _drain_all(self, names: list[str], *, within_s: float) -> None:
        known = {report.name: report for report in await read_reports()}
        if unknown := sorted(set(names) - known.keys()):
            said = ", ".join(sorted(known)) or "none"
            raise CommandError(
                f"{', '.join(unknown)} does not report; these do: {said}"
            )
        seen = {report.id for report in known.values()}
        for name in names[:-1]:
            await self._drain(known[name])
            seen |= await self._newcomers(seen, after=name, within_s=within_s)
        await self._drain(known[names[-1]])

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

    async def _newcomers(
        self, seen: set[str], *, after: str, within_s: float
    ) -> set[str]:
        """The ids of processes that are new, as soon as there is one.

        Raises:
            CommandError: none came.
        """
        began = time.monotonic()
        while not (new := {report.id for report in await read_reports()} - seen):
            if time.monotonic() - began > within_s:
                raise CommandError(
                    f"Nothing came in the place of {after} within {within_s:g} s;"
                    " the others were left alone."
                )
            await asyncio.sleep(LOOK_S)
        return new
