"""`manage.py replay`: draw recorded drawings into a live board, as different people.

A thin shell around `boards.replay`: arguments in, progress bar and one summary line
out. Exits with 1 when a stroke was not acknowledged.
"""

import asyncio
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from boards.replay.address import BadAddress, socket_url
from boards.replay.clock import LoopClock
from boards.replay.corpus import CorpusFault, read_drawings
from boards.replay.run import PATIENCE_S, Order, Outcome, replay
from boards.replay.writer import Tally

MAX_WRITERS = 200  # one process drives no more sockets at their own pace
MAX_SPEED = 1000.0  # a minute's drawing in a few live frames


class Command(BaseCommand):
    """Replay drawings into a board over real sockets."""

    help = "Draw recorded drawings (JSON lines) into a live board, as several people."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, help="drawings, one JSON object a line")
        parser.add_argument(
            "--board",
            required=True,
            help="id of the board; an old one that begins with a dash as --board=ID",
        )
        parser.add_argument("--url", default="http://localhost:8000", help="the server")
        parser.add_argument("--token", help="owner key, where the link may not draw")
        parser.add_argument("--speed", type=_speed, default=4.0)
        parser.add_argument("--writers", type=_whole(MAX_WRITERS), default=8)
        parser.add_argument("--limit", type=_whole(10**6), help="drawings at most")
        parser.add_argument(
            "--patience",
            type=_speed,
            default=PATIENCE_S,
            help="seconds without an acknowledgement before giving up",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw, show the progress, say what came of it."""
        order = _order(options)
        with _progress(quiet=options["verbosity"] == 0) as progress:
            task = progress.add_task("drawing", total=len(order.drawings))

            def show(tally: Tally) -> None:
                progress.update(task, completed=tally.n_drawings)

            try:
                outcome = asyncio.run(replay(order, LoopClock(), show))
            except KeyboardInterrupt:
                raise CommandError("Stopped by hand.", returncode=130) from None
        self.stdout.write(_summary(outcome, min(order.n_writers, len(order.drawings))))
        if not outcome.is_complete:
            raise CommandError(outcome.tally.fault or "Not all was acknowledged.")


def _order(options: dict[str, Any]) -> Order:
    try:
        drawings = read_drawings(options["file"], options["limit"])
        url = socket_url(options["url"], options["board"])
    except (CorpusFault, BadAddress) as fault:
        raise CommandError(str(fault)) from None
    if not drawings:
        raise CommandError(f"{options['file']} holds no drawing.")
    return Order(
        drawings=drawings,
        url=url,
        token=options["token"],
        speed=options["speed"],
        n_writers=options["writers"],
        patience_s=options["patience"],
    )


def _progress(*, quiet: bool) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} drawings"),
        TimeElapsedColumn(),
        console=Console(stderr=True, quiet=quiet),
    )


def _summary(outcome: Outcome, n_writers: int) -> str:
    tally = outcome.tally
    return (
        f"drawings={tally.n_drawings} strokes={outcome.n_strokes} "
        f"acknowledged={tally.n_acknowledged} points={tally.n_points} "
        f"writers={n_writers} reconnects={outcome.n_reconnects} "
        f"seconds={outcome.duration_s:.1f}"
    )


def _speed(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a number") from None
    if not 0 < value <= MAX_SPEED:
        raise ArgumentTypeError(f"must be above 0 and at most {MAX_SPEED:g}")
    return value


def _whole(most: int) -> Any:
    def parse(text: str) -> int:
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most):
            raise ArgumentTypeError(f"must be a whole number from 1 to {most}")
        return int(text)

    return parse
