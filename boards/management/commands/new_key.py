"""`manage.py new_key BOARD`: another owner key, where one leaked or was lost.

The old one is worth nothing at once, also on open sockets. The new one is printed here
and nowhere else.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from boards import catalog
from boards.management.acting import act, owning


class Command(BaseCommand):
    """Renew a board's owner key."""

    help = "Give a board another owner key; the old one is worth nothing from now on."

    def add_arguments(self, parser: CommandParser) -> None:
        """The board."""
        parser.add_argument("board", help="its id")

    def handle(self, *, board: str, **_options: Any) -> None:
        """Do it and print the key."""
        key = act(lambda: catalog.renew_key(owning(board)))
        self.stdout.write(f"new key board={board} key={key}")
