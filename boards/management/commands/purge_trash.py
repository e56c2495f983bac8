"""`manage.py purge_trash`: remove boards that have been in the trash for 30 days.

With them go bans that are over and what is older than `BOARD_AUDIT_DAYS` in the audit
log. For a daily scheduled job. What it removes cannot be had back.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from boards import audit, bans, catalog


class Command(BaseCommand):
    """Remove expired boards with their journals and snapshots."""

    help = f"Remove boards trashed more than {catalog.TRASH_DAYS} days ago, for good."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Purge and say how many boards went."""
        now = timezone.now()
        n_boards = catalog.purge_trash(now)
        n_bans, n_acts = bans.purge(now), audit.purge(now)
        self.stdout.write(f"purged boards={n_boards} bans={n_bans} acts={n_acts}")
