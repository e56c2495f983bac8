"""Every address of the site; the sockets' are in `boards.routing`."""

from django.contrib import admin
from django.urls import include, path
from django.views.decorators.http import require_safe

from board_server.health import healthz, readyz
from board_server.login import login
from board_server.operating.live import live
from board_server.operating.views import metrics
from boards import views
from boards.check.views import check_page

urlpatterns = [
    path("", views.home, name="home"),
    path("b/<str:board_id>/", views.board_page, name="board"),
    path("b/<str:board_id>/restore/", views.restore_page, name="board-restore-page"),
    path("worker.js", views.worker_script, name="worker"),
    path("check/", require_safe(check_page), name="check"),
    path("api/", include("api.urls")),
    path("healthz", require_safe(healthz), name="healthz"),
    path("readyz", require_safe(readyz), name="readyz"),
    path("metrics", require_safe(metrics), name="metrics"),
    path("admin/live/", admin.site.admin_view(live), name="live"),
    path("admin/login/", login),  # before the site's own, at the same address
    path("admin/", admin.site.urls),
]
