"""`manage.py purge_trash`: remove boards that have been in the trash for 30 days.

For a daily scheduled job. What it removes cannot be had back.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from boards import catalog


class Command(BaseCommand):
    """Remove expired boards with their journals and snapshots."""

    help = f"Remove boards trashed more than {catalog.TRASH_DAYS} days ago, for good."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Purge and say how many boards went."""
        n_boards = catalog.purge_trash(timezone.now())
        self.stdout.write(f"purged boards={n_boards}")
