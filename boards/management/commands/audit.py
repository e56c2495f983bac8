"""`manage.py audit BOARD`: who did what with which key, newest first.

`*` is the board of what an operator did everywhere.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from boards import audit


class Command(BaseCommand):
    """Print a board's audit log; the board may be gone."""

    help = "Print the audit log of a board, newest first."

    def add_arguments(self, parser: CommandParser) -> None:
        """The board, and how many lines."""
        parser.add_argument("board", help="its id, or * for what was done everywhere")
        parser.add_argument("--limit", type=int, default=100, help="lines; 100")

    def handle(self, *, board: str, limit: int, **_options: Any) -> None:
        """One line an act."""
        for act in audit.of_board(board)[: max(1, limit)]:
            known = [
                f"{name}={value}"
                for name in ("fingerprint", "account", "session")
                if (value := getattr(act, name))
            ]
            at = act.at.isoformat(timespec="seconds")
            line = " ".join([at, act.what, f"by={act.by}", *known, act.about])
            self.stdout.write(line.rstrip())
