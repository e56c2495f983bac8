"""The pages: home, a board, and what a person reads when a board is not there.

Thin: they look things up in the catalog and hand the templates what they need, data
for scripts by `json_script` only. They never touch what is on a board.
"""

import math
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from boards import catalog, creator, credentials, words
from boards.access import Credentials, Grant
from boards.assets import shelf
from boards.built import built
from boards.models import Board, Snapshot
from boards.sync.protocol import PROTOCOL
from boards.sync.refusals import Code, Refused
from boards.throttle import seconds_until_board

MAX_LISTED = 200  # what a person can look through; REST pages through all of them

RETRY_AFTER_MS = 2_000  # a database restarts within seconds

_P = ParamSpec("_P")
_Page = Callable[Concatenate[HttpRequest, _P], HttpResponse]

_STATUS: dict[Code, HTTPStatus] = {
    Code.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Code.GONE: HTTPStatus.GONE,
    Code.CONFLICT: HTTPStatus.CONFLICT,
    Code.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Code.BANNED: HTTPStatus.FORBIDDEN,
    Code.TOO_FAST: HTTPStatus.TOO_MANY_REQUESTS,
    Code.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}


def explained(page: _Page[_P]) -> _Page[_P]:
    """Turn what a page's view refuses into a page that says so."""

    @wraps(page)
    def explaining(
        request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs
    ) -> HttpResponse:
        try:
            return page(request, *args, **kwargs)
        except Refused as refused:
            return refusal_page(request, refused)
        except (OperationalError, InterfaceError):
            away = Refused(Code.UNAVAILABLE, "Away.", wait_ms=RETRY_AFTER_MS)
            return refusal_page(request, away)

    return explaining


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
@explained
def home(request: HttpRequest) -> HttpResponse:
    """The first page: makes a board (POST) and lists the caller's own."""
    shown = credentials.of_browser(request)
    if request.method == "POST":
        return _create(request, shown)
    listed = [summary(board) for board in catalog.mine(shown)[:MAX_LISTED]]
    trash = catalog.mine(shown, trashed=True)[:MAX_LISTED]
    data = {
        "boards": listed,
        "trash": [summary(board) for board in trash],
        "boards_url": reverse("board-list"),
        "import_url": reverse("board-import"),
        "import_bytes": settings.BOARD_IMPORT_BYTES,
    }
    response = render(request, "home.html", {"data": data, "boards": listed})
    if shown.creator is None:
        creator.issue(response, request)
    else:
        creator.keep(response, request, shown.creator)
    return response


def _create(request: HttpRequest, shown: Credentials) -> HttpResponse:
    """Make a board from the home page's form and go there; needs no script."""
    wait_s = seconds_until_board(request)
    if wait_s is not None:
        raise Refused(Code.TOO_FAST, "Boards.", wait_ms=math.ceil(wait_s * 1000))
    typed = request.POST.get("title", "")
    shown_only = "".join(c if c.isprintable() else " " for c in typed)
    title = " ".join(shown_only.split())
    response = HttpResponse(status=HTTPStatus.SEE_OTHER)
    token = shown.creator or creator.issue(response, request)
    board, _key = catalog.create(
        title=title[: catalog.MAX_TITLE_CHARS], creator=token, user_id=shown.user_id
    )
    response["Location"] = reverse("board", args=[board.pk])
    return response


@never_cache
@ensure_csrf_cookie
@require_safe
@explained
def board_page(request: HttpRequest, board_id: str) -> HttpResponse:
    """The page of one board, for whoever may view it."""
    shown = credentials.of_browser(request)
    board, grant = catalog.open_for(board_id, shown, trashed=True)
    if board.deleted_at is not None:
        return refusal_page(
            request, Refused(Code.GONE, "In the trash."), restorable=board
        )
    context = words.spoken(request) | {
        "data": board_data(request, board, grant),
        "board": board,
    }
    return render(request, "board.html", context)


@require_safe
def worker_script(request: HttpRequest) -> HttpResponse:
    """The service worker: at the root, where it may answer for every page."""
    script = built("worker.js")
    if script is None:
        raise Http404
    headers = {"Cache-Control": "no-cache"}  # a new one is looked for with every visit
    return HttpResponse(script, content_type="text/javascript", headers=headers)


def refusal_page(
    request: HttpRequest, refused: Refused, *, restorable: Board | None = None
) -> HttpResponse:
    """What a person reads instead of the board, with a way on."""
    status = _STATUS[refused.code]
    said = words.spoken(request)
    found = words.texts(words.language_of(request))
    context = said | {
        "title": found[refused.code.value],
        "text": found[f"{refused.code.value}_more"],
        "restorable": restorable,
    }
    response = render(request, "boards/refused.html", context, status=status)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    if refused.wait_ms is not None:
        response["Retry-After"] = str(math.ceil(refused.wait_ms / 1000))
    return response


@require_http_methods(["POST"])
@explained
def restore_page(request: HttpRequest, board_id: str) -> HttpResponse:
    """The button on the page of a trashed board: restore it and go there."""
    shown = credentials.of_browser(request)
    _board, grant = catalog.open_for(board_id, shown, trashed=True)
    catalog.restore(grant)
    return redirect("board", board_id)


def summary(board: Board) -> dict[str, str | int | None]:
    """What a list of boards shows of one."""
    return {
        "id": board.pk,
        "title": board.title,
        "url": reverse("board", args=[board.pk]),
        "link_role": board.link_role,
        "head": board.head,
        "created_at": board.created_at.isoformat(),
        "changed_at": board.changed_at.isoformat(),
        "deleted_at": board.deleted_at.isoformat() if board.deleted_at else None,
    }


def board_data(
    request: HttpRequest, board: Board, grant: Grant
) -> dict[str, str | int | None]:
    """What the board page's script starts from (`#board-data`)."""
    is_signed_in = grant.credentials.user_id is not None
    return {
        "id": board.pk,
        "title": board.title,
        "url": request.build_absolute_uri(reverse("board", args=[board.pk])),
        "socket_url": socket_url(request, board.pk),
        "snapshot_url": snapshot_url(board.pk),
        "api_url": reverse("board-detail", args=[board.pk]),
        "role": grant.role.value,
        "link_role": board.link_role,
        "head": board.head,
        "protocol": PROTOCOL,
        "asset_bytes": shelf.bounds().bytes,
        "user": request.user.get_username() if is_signed_in else None,
    }


def socket_url(request: HttpRequest, board_id: str) -> str:
    """Where the board's socket is, with TLS when the request came with TLS."""
    scheme = "wss" if request.is_secure() else "ws"
    return f"{scheme}://{request.get_host()}/ws/boards/{board_id}/"


def snapshot_url(board_id: str) -> str:
    """Where the page gets the document from; with a seq it is cached for ever."""
    url = reverse("board-snapshot", args=[board_id])
    newest = Snapshot.objects.filter(board_id=board_id).order_by("-seq")
    seq = newest.values_list("seq", flat=True).first()
    return url if seq is None else f"{url}?seq={seq}"
