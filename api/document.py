"""What is on a board, by REST: the snapshot as it is stored, and the elements.

A snapshot of a named seq never changes, so browsers and caches may keep it for ever.
"""

import gzip
import re
from typing import TYPE_CHECKING

from asgiref.sync import async_to_sync
from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api import queries, schema
from api.boards import BoardView
from api.browsable import JSON, as_stored
from api.sending import counted
from boards.access import Grant
from boards.current import current_engine
from boards.sync.protocol import encode
from boards.sync.touches import Touches

if TYPE_CHECKING:
    from boards.sync.store import StoredSnapshot

# Private: what one caller may see, a shared cache must not show to the next.
FOR_EVER = "private, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"

_GZIP_RE = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=([0-9.]*))?\s*(?=,|$)", re.I)


@extend_schema(tags=["Document"])
class Snapshot(BoardView):
    """The saved document."""

    name = "Snapshot"

    @extend_schema(
        operation_id="get_snapshot",
        summary="Read a snapshot",
        parameters=[
            schema.number_parameter("seq", "The document up to here; else the newest."),
        ],
        responses={
            200: schema.answer("Document", "gzip, for callers that accept it."),
            304: None,
            **schema.refusals(400, 403, 404, 429, 503),
        },
    )
    def get(self, request: Request, board_id: str) -> HttpResponseBase:
        """The stored bytes, with an ETag; entries after its seq bring it up to date."""
        seq = queries.number(request, "seq")
        _board, grant = self.opened()
        stored = async_to_sync(_snapshot)(grant, seq)
        is_packed = accepts_gzip(request.headers.get("Accept-Encoding", ""))
        etag = stored.etag if is_packed else f'{stored.etag[:-1]}-plain"'
        response = _as_it_is(request, stored) if is_packed else _plain(request, stored)
        if is_packed:
            response["Content-Encoding"] = "gzip"
        response["ETag"] = etag
        response["Cache-Control"] = ASK_AGAIN if seq is None else FOR_EVER
        patch_vary_headers(response, ["Accept-Encoding", "Authorization", "Cookie"])
        answer = get_conditional_response(
            request._request, etag=etag, response=response
        )
        return answer if answer is not None else response


@extend_schema(tags=["Document"])
@method_decorator(gzip_page, name="dispatch")
class Elements(BoardView):
    """What is on the board now."""

    name = "Elements"

    @extend_schema(
        operation_id="list_elements",
        summary="Read the elements",
        parameters=[
            schema.number_parameter("seq", "The document up to here; else all of it."),
        ],
        responses={
            200: schema.answer("Document", "In paint order: by `z`, ties by id."),
            **schema.refusals(400, 403, 404, 429, 503),
        },
    )
    def get(self, request: Request, board_id: str) -> HttpResponse:
        """Every element with its properties; one that is left out has its default."""
        seq = queries.number(request, "seq")
        _board, grant = self.opened()
        text = async_to_sync(_document)(grant, seq)
        response = counted(request, len(text), lambda: as_stored(request, text))
        response["Cache-Control"] = ASK_AGAIN
        return response


@extend_schema(tags=["Document"])
class OneElement(BoardView):
    """Who made an element, and who changed it last."""

    name = "Element"

    @extend_schema(
        operation_id="trace_element",
        summary="Read who made an element",
        responses={
            200: schema.answer(
                "Touches",
                "The first and the newest entry that touched it. A piece of a stroke "
                "that an eraser parted was made by who drew the stroke, its `origin`.",
            ),
            **schema.refusals(403, 404, 429, 503),
        },
    )
    def get(self, request: Request, board_id: str, element_id: str) -> HttpResponse:
        """Also of an element that is gone: then its newest entry removed it."""
        _board, grant = self.opened()
        response = as_stored(
            request, encode(async_to_sync(_touches)(grant, element_id))
        )
        response["Cache-Control"] = ASK_AGAIN
        return response


def _as_it_is(request: Request, stored: "StoredSnapshot") -> HttpResponse:
    body = stored.body
    return counted(request, len(body), lambda: HttpResponse(body, content_type=JSON))


def _plain(request: Request, stored: "StoredSnapshot") -> HttpResponse:
    """Unpacked once there is room for it: gzip tells its size at its end (RFC 1952)."""
    n_bytes = int.from_bytes(stored.body[-4:], "little")
    return counted(
        request,
        n_bytes,
        lambda: HttpResponse(gzip.decompress(stored.body), content_type=JSON),
    )


def accepts_gzip(header: str) -> bool:
    """Whether an `Accept-Encoding` takes gzip; absent means it does not."""
    for match in _GZIP_RE.finditer(header[:1_000]):
        weight = match[1]
        return weight is None or weight.strip("0.") != ""
    return False


async def _snapshot(grant: Grant, seq: int | None) -> "StoredSnapshot":
    return await current_engine().snapshot(grant, seq)


async def _touches(grant: Grant, element_id: str) -> Touches:
    return await current_engine().touches(grant, element_id)


async def _document(grant: Grant, seq: int | None) -> bytes:
    return await current_engine().document(grant, seq)
