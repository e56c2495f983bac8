"""Boards by REST: make, list, show, rename, share, trash, restore, copy.

Thin views over the catalog; `boards.access` decides what a caller may do.
"""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import queries, schema
from api.authentication import author_of, shown_by
from api.serializers import (
    BoardCard,
    BoardList,
    BoardWish,
    CopyWish,
    NewBoard,
    NewKey,
    card,
    new_card,
)
from api.throttles import WriteByBoard
from boards import catalog, copies
from boards.access import Grant, Role
from boards.models import Board
from boards.throttle import CreateByAddress

MAX_LISTED = 100  # boards in one reply
MAKING = [*APIView.throttle_classes, CreateByAddress]  # making boards costs more


class BoardView(APIView):
    """What all addresses of one board share."""

    def opened(self, *, trashed: bool = False) -> tuple[Board, Grant]:
        """The board of this address and the caller's grant; see `catalog.open_for`.

        Raises:
            Throttled: others have written too much to this board.
        """
        board, grant = catalog.open_for(
            self.kwargs["board_id"], shown_by(self.request), trashed=trashed
        )
        throttle = WriteByBoard()
        if not grant.may_own and not throttle.allow_request(self.request, self):
            self.throttled(self.request, throttle.wait() or 1.0)
        return board, grant


@extend_schema(tags=["Boards"])
class Boards(APIView):
    """Make a board, or list your own.

    POST `{"title"?, "link_role"?}` needs no account. GET lists the boards that this
    browser created, or the one that the key in `Authorization: Bearer …` owns.
    """

    name = "Boards"
    throttle_classes = MAKING

    @extend_schema(
        operation_id="create_board",
        summary="Make a board",
        request=BoardWish,
        responses={201: NewBoard, **schema.refusals(400, 403, 409, 413, 429, 503)},
    )
    def post(self, request: Request) -> Response:
        """Make an empty board; the reply is the only one that shows its owner key."""
        wish = BoardWish.read(request)
        shown = shown_by(request)
        board, key = catalog.create(
            **wish, creator=shown.creator, user_id=shown.user_id
        )
        made = new_card(request._request, board, key)
        return Response(
            made, status=status.HTTP_201_CREATED, headers={"Location": made["url"]}
        )

    @extend_schema(
        operation_id="list_boards",
        summary="List my boards",
        parameters=[
            OpenApiParameter("trash", bool, description="1: what is in the trash."),
            schema.number_parameter("limit", f"At most {MAX_LISTED}, the default."),
            schema.number_parameter("offset", "How many to leave out at the start."),
        ],
        responses={200: BoardList, **schema.refusals(400, 403, 429, 503)},
    )
    def get(self, request: Request) -> Response:
        """List the boards of the caller's cookie or key, newest change first."""
        limit = queries.number(request, "limit", least=1, most=MAX_LISTED)
        offset = queries.number(request, "offset") or 0
        trashed = queries.switch(request, "trash")
        found = catalog.mine(shown_by(request), trashed=trashed)
        page = found[offset : offset + (limit or MAX_LISTED)]
        cards = [card(request._request, board, Role.OWN) for board in page]
        return Response({"boards": cards, "n_boards": found.count()})


@extend_schema(tags=["Boards"])
class OneBoard(BoardView):
    """Show, rename, share or trash a board."""

    name = "Board"

    @extend_schema(
        operation_id="get_board",
        summary="Show a board",
        responses={200: BoardCard, **schema.refusals(403, 404, 429, 503)},
    )
    def get(self, request: Request, board_id: str) -> Response:
        """Show the board; its owner sees it in the trash, too."""
        board, grant = self.opened(trashed=True)
        return Response(card(request._request, board, grant.role))

    @extend_schema(
        operation_id="change_board",
        summary="Rename or share a board",
        request=BoardWish,
        responses={200: BoardCard, **schema.refusals(400, 403, 404, 413, 429, 503)},
    )
    def patch(self, request: Request, board_id: str) -> Response:
        """Change the title or the link's role; open sessions follow at once."""
        board, grant = self.opened()
        grant.require(Role.OWN)
        wish = BoardWish.read(request)
        if "title" in wish:
            catalog.rename(grant, wish["title"])
        if "link_role" in wish:
            catalog.set_link_role(grant, wish["link_role"])
        board.refresh_from_db()
        return Response(card(request._request, board, grant.role))

    @extend_schema(
        operation_id="trash_board",
        summary="Put a board into the trash",
        parameters=[
            OpenApiParameter(
                "for_good", bool, description="1: delete what is in the trash for good."
            )
        ],
        responses={204: None, **schema.refusals(403, 404, 409, 429, 503)},
    )
    def delete(self, request: Request, board_id: str) -> Response:
        """Close the board for everybody; for 30 days it can be restored."""
        _board, grant = self.opened(trashed=True)
        if queries.switch(request, "for_good"):
            catalog.remove(grant)
        else:
            catalog.trash(grant)
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(tags=["Boards"])
class Restore(BoardView):
    """Take a board out of the trash."""

    name = "Restore"

    @extend_schema(
        operation_id="restore_board",
        summary="Restore a board from the trash",
        request=None,
        responses={200: BoardCard, **schema.refusals(403, 404, 429, 503)},
    )
    def post(self, request: Request, board_id: str) -> Response:
        """Restore the board; one that is not in the trash stays as it is."""
        board, grant = self.opened(trashed=True)
        catalog.restore(grant)
        board.refresh_from_db()
        return Response(card(request._request, board, grant.role))


@extend_schema(tags=["Boards"])
class Duplicate(BoardView):
    """Copy a board."""

    name = "Copy"
    throttle_classes = MAKING

    @extend_schema(
        operation_id="duplicate_board",
        summary="Copy a board",
        request=CopyWish,
        responses={
            201: NewBoard,
            **schema.refusals(400, 403, 404, 409, 413, 429, 503),
        },
    )
    def post(self, request: Request, board_id: str) -> Response:
        """Make a new board with what is on this one now; its history is not copied."""
        source, grant = self.opened()
        wish = CopyWish.read(request)
        board, key = copies.duplicate(grant, source, wish=wish, by=author_of(request))
        made = new_card(request._request, board, key)
        return Response(
            made, status=status.HTTP_201_CREATED, headers={"Location": made["url"]}
        )


@extend_schema(tags=["Boards"])
class OwnerKey(BoardView):
    """Have another owner key."""

    name = "Owner key"

    @extend_schema(
        operation_id="renew_owner_key",
        summary="Change the owner key",
        request=None,
        responses={201: NewKey, **schema.refusals(403, 404, 429, 503)},
    )
    def post(self, request: Request, board_id: str) -> Response:
        """Another key; the old one is worth nothing at once, also on open sockets."""
        _board, grant = self.opened(trashed=True)
        key = catalog.renew_key(grant)
        return Response({"owner_key": key}, status=status.HTTP_201_CREATED)
