"""What commands about boards share: acting as the operator, which boards, times.

A verb tells the open rooms of all processes through the engine of its own loop, which
a command has to give the time for that.
"""

import argparse
import re
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from asgiref.sync import async_to_sync, sync_to_async
from django.core.management.base import CommandError

from boards import catalog, current
from boards.access import Credentials, Grant, Role
from boards.sync.refusals import Refused

OPERATOR = Credentials(is_operator=True)

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_Result = TypeVar("_Result")


def act(work: Callable[[], _Result]) -> _Result:
    """Do it, and wait until the other processes were told.

    Raises:
        CommandError: it was refused.
    """

    async def acting() -> _Result:
        try:
            return await sync_to_async(work)()
        finally:
            await current.drain()

    try:
        return async_to_sync(acting)()
    except Refused as refusal:
        raise CommandError(refusal.detail) from None


def owning(board_id: str) -> Grant:
    """What the operator may do on that board.

    Raises:
        Refused: `not_found`.
    """
    return Grant(catalog.find(board_id).pk, Role.OWN, OPERATOR)


def add_boards(parser: argparse.ArgumentParser) -> None:
    """Declare `--board`, which may be told several times."""
    parser.add_argument(
        "--board",
        action="append",
        default=[],
        metavar="ID",
        help="this one, and others told so; all boards without any",
    )


def duration(text: str) -> timedelta:
    """A duration on the command line: 30m, 2h, 7d; there is a date so long ago."""
    found = re.fullmatch(r"([1-9][0-9]{0,4})([mhd])", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text} is none of 30m, 2h, 7d")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})
