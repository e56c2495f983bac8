"""`manage.py undo_by BOARD --client … --since 2h`: undo all that somebody did.

By new entries, which leave what others did; see `boards.sync.reversal`.
"""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from boards import moderation
from boards.management.acting import act, duration, owning
from boards.moderation import Person
from boards.sync.protocol import Author

OPERATOR = Author(session="operator", client="operator")


class Command(BaseCommand):
    """Undo what one author did on a board."""

    help = "Undo all that somebody did on a board since then, by new entries."

    def add_arguments(self, parser: CommandParser) -> None:
        """The board, whose entries, since when."""
        parser.add_argument("board", help="its id")
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("--client", help="the tab, as entries name it")
        whom.add_argument("--user", help="the name of an account")
        whom.add_argument("--session", help="one visit, as entries name it")
        parser.add_argument("--since", type=duration, help="30m, 2h, 7d ago; else all")

    def handle(self, *, board: str, **options: Any) -> None:
        """Do it and say what it came to."""
        person = Person(
            session=options["session"], client=options["client"], user=options["user"]
        )
        ago: timedelta | None = options["since"]
        since = timezone.now() - (ago or timedelta(days=36_500))
        undone = act(
            lambda: moderation.undo(owning(board), person, since=since, by=OPERATOR)
        )
        self.stdout.write(
            f"undone entries={undone.n_entries} ops={undone.n_ops}"
            f" skipped={undone.n_skipped}"
        )
