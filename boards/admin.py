"""The admin site: boards with their rights and dates; their journals stay closed.

Entries and snapshots are not registered: nothing but the journal writes them.
"""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from boards import catalog
from boards.access import Credentials, Grant, Role
from boards.models import Board

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Board]
else:
    _Admin = admin.ModelAdmin  # cannot be subscripted when it runs


@admin.register(Board)
class BoardAdmin(_Admin):
    """Find boards, rename them, put them into the trash and take them out."""

    list_display = ("title", "id", "link_role", "head", "changed_at", "deleted_at")
    list_display_links = ("title", "id")
    list_filter = ("link_role", ("deleted_at", admin.EmptyFieldListFilter))
    search_fields = ("id", "title", "owner__username")
    ordering = ("-changed_at",)
    fields = ("id", "title", "link_role", "owner", "head", "created_at", "changed_at")
    readonly_fields = ("id", "owner", "head", "created_at", "changed_at")
    actions = ("trash", "restore")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Boards are made on the home page or by REST, where the key is shown."""
        return False

    def has_delete_permission(
        self, _request: HttpRequest, _board: Board | None = None
    ) -> bool:
        """Deleted is only what was 30 days in the trash; see `purge_trash`."""
        return False

    def save_model(
        self, _request: HttpRequest, board: Board, form: object, _change: bool
    ) -> None:
        """Save by the catalog's verbs, so that open rooms hear of it."""
        grant = _owning(board)
        changed = getattr(form, "changed_data", [])
        if "title" in changed:
            catalog.rename(grant, board.title)
        if "link_role" in changed:
            catalog.set_link_role(grant, board.link_role)

    @admin.action(description="Put into the trash")
    def trash(self, _request: HttpRequest, boards: QuerySet[Board]) -> None:
        """Close these boards; for 30 days they can be restored."""
        for board in boards:
            catalog.trash(_owning(board))

    @admin.action(description="Restore from the trash")
    def restore(self, _request: HttpRequest, boards: QuerySet[Board]) -> None:
        """Take these boards out of the trash."""
        for board in boards:
            catalog.restore(_owning(board))


def _owning(board: Board) -> Grant:
    """What the admin site may do; Django has checked that the person may use it."""
    return Grant(board.pk, Role.OWN, Credentials())
