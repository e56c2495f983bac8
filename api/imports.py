"""Imports by REST: a file becomes a new board, or is read for one that is there.

The body is the file as it is, whatever its content type says; what a new board shall be
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
from api.boards import MAKING, BoardView
from api.serializers import BoardWish, ImportedBoard, ReadDrawing, imported_card
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
        responses={
            201: ImportedBoard,
            **schema.refusals(400, 403, 409, 413, 429, 503),
        },
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


@extend_schema(tags=["Boards"])
class ImportHere(BoardView):
    """Read a file for this board.

    POST the file itself, as for a new board. Its pictures are put on the board's shelf;
    the elements come back, to be submitted by whoever knows where they belong.
    """

    name = "Import here"
    throttle_classes = MAKING

    @extend_schema(
        operation_id="read_drawing",
        summary="Read a file for this board",
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={200: ReadDrawing, **schema.refusals(400, 403, 404, 413, 429, 503)},
    )
    def post(self, request: Request, board_id: str) -> Response:
        """The elements, or why not; what has no place here is left out."""
        _board, grant = self.opened()
        with body.spool(request, settings.BOARD_IMPORT_BYTES) as sent:
            elements, skipped = imports.read_for(
                sent, target=grant, shown=shown_by(request)
            )
        return Response({"elements": elements, "skipped": dict(skipped)})
