"""The admin site: boards, bans, reports and the audit log; journals stay closed.

Entries and snapshots are not registered: nothing but the journal writes them.
"""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from boards import catalog, moderation
from boards.access import Credentials, Grant, Role
from boards.models import Act, Ban, Board, Report

if TYPE_CHECKING:
    _BoardAdmin = admin.ModelAdmin[Board]
    _ActAdmin = admin.ModelAdmin[Act]
    _BanAdmin = admin.ModelAdmin[Ban]
    _ReportAdmin = admin.ModelAdmin[Report]
else:  # cannot be subscripted when it runs
    _BoardAdmin = _ActAdmin = _BanAdmin = _ReportAdmin = admin.ModelAdmin


@admin.register(Board)
class BoardAdmin(_BoardAdmin):
    """Find boards, rename them, put them into the trash and take them out."""

    list_display = ("title", "id", "link_role", "head", "changed_at", "deleted_at")
    list_display_links = ("title", "id")
    list_filter = ("link_role", ("deleted_at", admin.EmptyFieldListFilter))
    search_fields = ("id", "title", "owner__username")
    ordering = ("-changed_at",)
    fields = ("id", "title", "link_role", "owner", "head", "created_at", "changed_at")
    readonly_fields = ("id", "owner", "head", "created_at", "changed_at")
    actions = ("trash", "restore", "freeze", "thaw")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Boards are made on the home page or by REST, where the key is shown."""
        return False

    def has_delete_permission(
        self, _request: HttpRequest, _board: Board | None = None
    ) -> bool:
        """Deleted is only what was 30 days in the trash; see `purge_trash`."""
        return False

    def save_model(
        self, request: HttpRequest, board: Board, form: object, _change: bool
    ) -> None:
        """Save by the catalog's verbs, so that open rooms hear of it."""
        grant = _owning(board, request)
        changed = getattr(form, "changed_data", [])
        if "title" in changed:
            catalog.rename(grant, board.title)
        if "link_role" in changed:
            catalog.set_link_role(grant, board.link_role)

    @admin.action(description="Put into the trash", permissions=["change"])
    def trash(self, request: HttpRequest, boards: QuerySet[Board]) -> None:
        """Close these boards; for 30 days they can be restored."""
        for board in boards:
            catalog.trash(_owning(board, request))

    @admin.action(description="Restore from the trash", permissions=["change"])
    def restore(self, request: HttpRequest, boards: QuerySet[Board]) -> None:
        """Take these boards out of the trash."""
        for board in boards:
            catalog.restore(_owning(board, request))

    @admin.action(description="Freeze: only owners change them", permissions=["change"])
    def freeze(self, request: HttpRequest, boards: QuerySet[Board]) -> None:
        """Freeze these boards; people read that the operator did."""
        for board in boards:
            moderation.freeze(_owning(board, request), "By the operator of this site.")

    @admin.action(description="Thaw", permissions=["change"])
    def thaw(self, request: HttpRequest, boards: QuerySet[Board]) -> None:
        """Let people change these boards again."""
        for board in boards:
            moderation.thaw(_owning(board, request))


class _ReadOnly:
    """What nobody makes or changes by hand."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """It is written by the server."""
        return False

    def has_change_permission(
        self, _request: HttpRequest, _row: object | None = None
    ) -> bool:
        """It stays as it was written."""
        return False

    def has_delete_permission(
        self, _request: HttpRequest, _row: object | None = None
    ) -> bool:
        """It goes when its time is over."""
        return False


@admin.register(Act)
class ActAdmin(_ReadOnly, _ActAdmin):
    """The audit log: who did what with which key."""

    list_display = ("at", "what", "board_id", "by", "fingerprint", "account", "about")
    list_filter = ("what", "by", "at")
    search_fields = ("board_id", "fingerprint", "account", "session")
    ordering = ("-pk",)


@admin.register(Ban)
class BanAdmin(_ReadOnly, _BanAdmin):
    """Bans and kicks until they are purged; whom they are on is a hash."""

    list_display = ("created_at", "board", "kind", "name", "until")
    list_filter = ("kind", ("board", admin.EmptyFieldListFilter))
    search_fields = ("board__id", "name")
    ordering = ("-pk",)
    actions = ("lift",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ban]:
        """As they were asked for, without what they have spread to."""
        return super().get_queryset(request).filter(source__isnull=True)

    def has_lift_permission(self, request: HttpRequest) -> bool:
        """Whoever may delete bans; by hand nobody does."""
        return request.user.has_perm("boards.delete_ban")

    @admin.action(description="End these bans", permissions=["lift"])
    def lift(self, request: HttpRequest, found: QuerySet[Ban]) -> None:
        """Let these people in again."""
        for ban in found:
            moderation.end_ban(ban, _operator(request))


@admin.register(Report)
class ReportAdmin(_ReadOnly, _ReportAdmin):
    """What visitors tell the operator; the newest that are not handled first."""

    list_display = ("at", "board_id", "name", "words", "handled_at")
    list_filter = (("handled_at", admin.EmptyFieldListFilter),)
    search_fields = ("board_id", "name", "client")
    ordering = (F("handled_at").desc(nulls_first=True), "-pk")
    actions = ("handle",)

    def has_handle_permission(self, request: HttpRequest) -> bool:
        """Whoever may change reports; by hand nobody does."""
        return request.user.has_perm("boards.change_report")

    @admin.action(description="Mark as handled", permissions=["handle"])
    def handle(self, _request: HttpRequest, reports: QuerySet[Report]) -> None:
        """Take these off the list of what is to be done."""
        reports.filter(handled_at__isnull=True).update(handled_at=timezone.now())


def _owning(board: Board, request: HttpRequest) -> Grant:
    """What the admin site may do; Django has checked that the person may use it."""
    return Grant(board.pk, Role.OWN, _operator(request))


def _operator(request: HttpRequest) -> Credentials:
    return Credentials(user_id=request.user.pk, is_operator=True)
