"""The API's addresses, below `/api/`."""

from django.urls import URLPattern, path, re_path
from drf_spectacular.views import SpectacularSwaggerSplitView

from api.assets import Assets, OneAsset
from api.boards import Boards, Duplicate, OneBoard, OwnerKey, Restore
from api.document import Elements, OneElement, Snapshot
from api.imports import Import, ImportHere
from api.journal import Changes, Entries
from api.moderation import Audit, Bans, Freeze, Kick, OneBan, Report, Undo
from api.root import NOWHERE, Chalkline, Nowhere, Schema

BOARD = "boards/<str:board_id>/"

urlpatterns: list[URLPattern] = [
    path("", Chalkline.as_view(), name="api-root"),
    path("boards/", Boards.as_view(), name="board-list"),
    path("boards/import/", Import.as_view(), name="board-import"),
    path(BOARD, OneBoard.as_view(), name="board-detail"),
    path(f"{BOARD}restore/", Restore.as_view(), name="board-restore"),
    path(f"{BOARD}key/", OwnerKey.as_view(), name="board-key"),
    path(f"{BOARD}duplicate/", Duplicate.as_view(), name="board-duplicate"),
    path(f"{BOARD}import/", ImportHere.as_view(), name="board-import-here"),
    path(f"{BOARD}changes/", Changes.as_view(), name="board-changes"),
    path(f"{BOARD}entries/", Entries.as_view(), name="board-entries"),
    path(f"{BOARD}snapshot/", Snapshot.as_view(), name="board-snapshot"),
    path(f"{BOARD}elements/", Elements.as_view(), name="board-elements"),
    path(
        f"{BOARD}elements/<str:element_id>/",
        OneElement.as_view(),
        name="board-element",
    ),
    path(f"{BOARD}assets/", Assets.as_view(), name="board-assets"),
    path(f"{BOARD}assets/<str:hash>", OneAsset.as_view(), name="board-asset"),
    path(f"{BOARD}freeze/", Freeze.as_view(), name="board-freeze"),
    path(f"{BOARD}kick/", Kick.as_view(), name="board-kick"),
    path(f"{BOARD}bans/", Bans.as_view(), name="board-bans"),
    path(f"{BOARD}bans/<str:ban_id>/", OneBan.as_view(), name="board-ban"),
    path(f"{BOARD}undo/", Undo.as_view(), name="board-undo"),
    path(f"{BOARD}report/", Report.as_view(), name="board-report"),
    path(f"{BOARD}audit/", Audit.as_view(), name="board-audit"),
    path("schema/", Schema.as_view(), name="schema"),
    # The split view keeps its script out of the page, as our CSP wants it.
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(
            url_name="schema", http_method_names=["get", "head"]
        ),
        name="docs",
    ),
    re_path(r"", Nowhere.as_view(), name=NOWHERE),
]
