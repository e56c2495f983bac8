"""`/admin/live/`: the site's processes, their rooms and who is in them.

For staff who may view boards; closing a session and draining a process, which ends it
and can take the site away, need a permission of their own.

Whichever process answers says so, and shows all of them by their reports. A session can
be closed (its client comes back) and a process drained; what concerns another process
waits for that one's next report.
"""

import time
from typing import Any

from asgiref.sync import async_to_sync
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from board_server.operating.identity import this_process
from board_server.operating.reports import Away, Dismiss, Drain, Report, reporter
from boards.sync.figures import EngineFigures

_NOTHING = EngineFigures(0, 0.0, 0, [])


@require_http_methods(["GET", "POST"])
def live(request: HttpRequest) -> HttpResponse:
    """Show, or do what was asked for and show again."""
    require(request, "boards.view_board")
    if request.method == "POST":
        _obey(request)
        return redirect("live")
    reports, is_all = async_to_sync(reporter.reports)()
    context = {
        **admin.site.each_context(request),
        "title": "Live rooms",
        "answers": this_process.name,
        "is_all": is_all,
        "every_s": request.GET.get("every") == "10" and 10,
        "processes": [_process(report) for report in reports],
        "rooms": [room for report in reports for room in _rooms(report)],
    }
    return TemplateResponse(request, "admin/live.html", context)


def require(request: HttpRequest, permission: str) -> None:
    """Raise what is answered with 403 when the person has not that permission."""
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _obey(request: HttpRequest) -> None:
    process = request.POST.get("process", "")
    session = request.POST.get("session", "")
    require(request, "boards.close_session" if session else "boards.drain_process")
    order = Dismiss(session) if session else Drain()
    try:
        at_once = async_to_sync(reporter.give)(process, order)
    except Away as fault:
        messages.error(request, str(fault))
        return
    said = "Done." if at_once else "It will be done within seconds."
    messages.success(request, said)


def _process(report: Report) -> dict[str, Any]:
    values = {sample.metric: sample.value for sample in report.samples}
    figures = report.figures or _NOTHING
    return {
        "id": report.id,
        "name": report.name,
        "pid": report.pid,
        "answers": report.id == this_process.id,
        "up_s": report.at - report.began_at,
        "seen_s": max(0.0, time.time() - report.at),
        "n_rooms": len(figures.rooms),
        "n_sessions": sum(room.n_sessions for room in figures.rooms),
        "unread": sum(room.unread for room in figures.rooms),
        "pace_ms": figures.pace_ms,
        "queue": values.get("chalkline_journal_queue", 0),
        "oldest_s": values.get("chalkline_journal_oldest_seconds", 0.0),
        "bus_queue": values.get("chalkline_bus_queue", 0),
        "memory_mb": values.get("process_resident_memory_bytes", 0) / 1e6,
    }


def _rooms(report: Report) -> list[dict[str, Any]]:
    figures = report.figures or _NOTHING
    return [
        {
            "process_id": report.id,
            "process": report.name,
            "room": room,
            "n_more": room.n_sessions - len(room.sessions),
        }
        for room in figures.rooms
    ]
