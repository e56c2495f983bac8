"""`manage.py ban BOARD …`: keep somebody away from a board, or with `--everywhere` all.

By address, account or tab. An address is stored as a keyed hash, so the list cannot
show it again. On a board, sessions end within seconds; everywhere, within a minute.
"""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from boards import moderation
from boards.management.acting import OPERATOR, act, duration, owning
from boards.models import Ban
from boards.moderation import Person


class Command(BaseCommand):
    """Ban, list and lift."""

    help = "Keep somebody away from a board; --list and --lift look after that."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where, whom, how long."""
        parser.add_argument("board", nargs="?", help="its id")
        parser.add_argument("--everywhere", action="store_true", help="on all boards")
        whom = parser.add_mutually_exclusive_group()
        whom.add_argument("--address", help="IPv4, or any IPv6 of the /64 network")
        whom.add_argument("--user", help="the name of an account")
        whom.add_argument("--client", help="the tab, as entries name it; one board")
        parser.add_argument("--for", dest="lasting", type=duration, help="30m, 2h, 7d")
        parser.add_argument("--list", action="store_true", help="the bans that hold")
        parser.add_argument("--lift", type=int, metavar="BAN", help="end that ban")

    def handle(self, *, board: str | None, **options: Any) -> None:
        """Do it and say so."""
        if (board is None) is not options["everywhere"]:
            raise CommandError("Say a board, or --everywhere.")
        if options["list"]:
            for ban in moderation.listed(board):
                self._say("ban", ban)
        elif options["lift"] is not None:
            found = moderation.listed(board).filter(pk=options["lift"]).first()
            act(lambda: moderation.end_ban(found, OPERATOR))
            self.stdout.write(f"lifted ban={options['lift']}")
        else:
            self._say("banned", act(lambda: _ban(board, options)))

    def _say(self, what: str, ban: Ban) -> None:
        until = ban.until.isoformat(timespec="seconds") if ban.until else "ever"
        self.stdout.write(
            f"{what} ban={ban.pk} kind={ban.kind} until={until} name={ban.name!r}"
        )


def _ban(board: str | None, options: dict[str, Any]) -> Ban:
    lasting: timedelta | None = options["lasting"]
    until = None if lasting is None else timezone.now() + lasting
    if board is not None:
        owning(board)  # or there is no such board
    if options["address"]:
        return moderation.ban_address(
            options["address"], board_id=board, until=until, shown=OPERATOR
        )
    if options["user"]:
        return moderation.ban_account(
            options["user"], board_id=board, until=until, shown=OPERATOR
        )
    if not options["client"] or board is None:
        raise CommandError("Say whom: --address, --user, or --client on a board.")
    return moderation.ban(
        owning(board),
        Person(client=options["client"]),
        seconds=None if lasting is None else int(lasting.total_seconds()),
        with_address=False,
    )
