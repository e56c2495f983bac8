"""Imports by REST: a file becomes a new board.

The body is the file as it is, whatever its content type says; what the board shall be
called and who may open it stands in the query. Answers as making a board does.
"""

from http import HTTPStatus

from django.conf import settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import body, schema
from api.authentication import author_of, shown_by
from api.boards import MAKING
from api.serializers import BoardWish, ImportedBoard, imported_card
from boards import imports


@extend_schema(tags=["Boards"])
class Import(APIView):
    """Make a board of a file.

    POST the file itself: what Chalkline exports as JSON, or a scene of Excalidraw.
    """

    name = "Import"
    throttle_classes = MAKING

    @extend_schema(
        operation_id="import_board",
        summary="Make a board of a file",
        parameters=[
            OpenApiParameter("title", str, description="Instead of the file's own."),
            OpenApiParameter(
                "link_role",
                str,
                enum=["none", "view", "edit"],
                description="What whoever has the link may do.",
            ),
        ],
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={201: ImportedBoard, **schema.refusals(400, 403, 413, 429, 503)},
    )
    def post(self, request: Request) -> Response:
        """Make the board, or say why not; what has no place here is left out."""
        wish = BoardWish(data=request.query_params.dict()).wished()
        with body.spool(request, settings.BOARD_IMPORT_BYTES) as sent:
            imported = imports.take(
                sent, wish=wish, shown=shown_by(request), by=author_of(request)
            )
        made = imported_card(request._request, imported)
        return Response(
            made, status=HTTPStatus.CREATED, headers={"Location": made["url"]}
        )
