"""Pictures of a board by REST: put one on its shelf, get it back.

The body is the file as it is, whatever its content type says; it goes to disk as it
comes and from there to a worker process. What is served is always a clean picture that
was encoded here (`boards.assets`), under its hash, so it never changes.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import body, schema
from api.authentication import shown_by
from api.boards import BoardView
from api.document import FOR_EVER
from api.sending import counted
from api.serializers import AssetCard
from api.throttles import UploadByAddress
from boards import catalog
from boards.access import Role
from boards.assets import shelf
from boards.models import Asset
from boards.sync.refusals import Code, Refused

# A picture opened by itself is a page: nothing on it may run or load.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@extend_schema(tags=["Assets"])
class Assets(BoardView):
    """Put a picture on the board's shelf.

    POST the file itself: PNG, JPEG, GIF, WebP, AVIF or SVG. It is checked, turned
    upright, freed of all metadata, scaled down where it is huge and kept under the hash
    of what comes out.
    """

    name = "Assets"
    throttle_classes = [*APIView.throttle_classes, UploadByAddress]  # noqa: RUF012 - the framework's form

    @extend_schema(
        operation_id="upload_asset",
        summary="Upload a picture",
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={
            201: OpenApiResponse(AssetCard, description="The picture is on the shelf."),
            200: OpenApiResponse(AssetCard, description="It was there already."),
            **schema.refusals(400, 403, 404, 413, 429, 503),
        },
    )
    def post(self, request: Request, board_id: str) -> Response:
        """Take the picture in, or say why not; the same one twice is the same asset."""
        _board, grant = self.opened()
        shelf.check_room(grant)
        with body.spool(request, shelf.bounds().bytes) as sent:
            asset, is_new = shelf.take(grant, sent)
        made = _card(request, asset)
        return Response(
            made,
            status=HTTPStatus.CREATED if is_new else HTTPStatus.OK,
            headers={"Location": made["url"]},
        )


@extend_schema(tags=["Assets"])
class OneAsset(BoardView):
    """One picture of a board."""

    name = "Asset"

    @extend_schema(
        operation_id="share_asset",
        summary="Take a picture over from another board",
        parameters=[
            OpenApiParameter(
                "from", str, required=True, description="The id of that board."
            )
        ],
        request=None,
        responses={
            201: OpenApiResponse(AssetCard, description="The picture is on the shelf."),
            200: OpenApiResponse(AssetCard, description="It was there already."),
            **schema.refusals(400, 403, 404, 413, 429, 503),
        },
    )
    def put(self, request: Request, board_id: str, hash: str) -> Response:
        """The same file, not encoded again; the caller may view the other board."""
        _board, grant = self.opened()
        grant.require(Role.EDIT)
        other = request.query_params.get("from")
        if not other:
            raise Refused(Code.INVALID, "`from` is the id of a board.")
        source, _grant = catalog.open_for(other, shown_by(request))
        asset, is_new = shelf.share(grant, shelf.find(source.pk, hash))
        return Response(
            _card(request, asset),
            status=HTTPStatus.CREATED if is_new else HTTPStatus.OK,
        )

    @extend_schema(
        operation_id="get_asset",
        summary="Get a picture",
        responses={
            (200, "image/*"): OpenApiTypes.BINARY,
            304: None,
            **schema.refusals(403, 404, 429, 503),
        },
    )
    def get(self, request: Request, board_id: str, hash: str) -> HttpResponseBase:
        """The file, for whoever may view the board; browsers may keep it for ever."""
        board, _grant = self.opened()
        asset = shelf.find(board.pk, hash)
        etag = f'"{asset.hash}"'
        response = get_conditional_response(request._request, etag=etag)
        if response is None:
            response = counted(
                request,
                asset.bytes,
                lambda: HttpResponse(shelf.read(asset), content_type=asset.type),
            )
        response["ETag"] = etag
        response["Cache-Control"] = FOR_EVER
        response["Content-Disposition"] = "inline"
        response["Content-Security-Policy"] = SANDBOX
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["X-Content-Type-Options"] = "nosniff"
        patch_vary_headers(response, ["Authorization", "Cookie"])
        return response


def _card(request: Request, asset: Asset) -> dict[str, Any]:
    """What `AssetCard` shows."""
    address = reverse("board-asset", args=[asset.board_id, asset.hash])
    shown = {
        "hash": asset.hash,
        "type": asset.type,
        "w": asset.w,
        "h": asset.h,
        "bytes": asset.bytes,
        "url": request.build_absolute_uri(address),
    }
    return AssetCard(shown).data
