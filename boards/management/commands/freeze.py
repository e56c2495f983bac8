"""`manage.py freeze BOARD`: let nobody but its owners change a board, or thaw it.

Whoever is on it reads why, at once.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from boards import moderation
from boards.management.acting import act, owning

WHY = "By the operator of this site."


class Command(BaseCommand):
    """Freeze or thaw a board."""

    help = "Let nobody but its owners change a board; --thaw ends that."

    def add_arguments(self, parser: CommandParser) -> None:
        """The board, and what people read."""
        parser.add_argument("board", help="its id")
        parser.add_argument("--why", default=WHY, help="what people on it read")
        parser.add_argument("--thaw", action="store_true", help="let them change it")

    def handle(self, *, board: str, why: str, thaw: bool, **_options: Any) -> None:
        """Do it and say so."""
        if thaw:
            act(lambda: moderation.thaw(owning(board)))
        else:
            act(lambda: moderation.freeze(owning(board), why))
        self.stdout.write(f"{'thawed' if thaw else 'frozen'} board={board}")
