"""Moderation by REST: freeze, kick, ban, undo, report, and the audit log.

Thin views over `boards.moderation` and `boards.audit`; for owners, but for reports.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import queries, schema
from api.authentication import author_of
from api.boards import BoardView
from api.serializers import BoardCard, Wish, card
from api.throttles import ReportByAddress
from boards import audit, moderation
from boards.access import Grant, Role
from boards.models import Act, Ban
from boards.moderation import Person
from boards.sync.properties import PLAIN_PATTERN
from boards.sync.protocol import CHANGE_ID_PATTERN
from boards.sync.refusals import Code, Refused

MAX_LISTED = 200  # lines of the audit log in one reply
MAX_BAN_S = 10 * 365 * 24 * 3_600  # whoever means longer says nothing: for good
REPORTING = [*APIView.throttle_classes, ReportByAddress]
_ID_PATTERN = CHANGE_ID_PATTERN  # sessions and clients are called as changes are
_PERSON = ("session", "client", "user", "name")


class FreezeWish(Wish):
    """Why a board is frozen."""

    why = serializers.RegexField(
        PLAIN_PATTERN,
        required=False,
        default="",
        allow_blank=True,
        max_length=moderation.MAX_WHY_CHARS,
        help_text="Everybody on the board reads it; one line.",
    )


class SessionWish(Wish):
    """Which session."""

    session = serializers.RegexField(_ID_PATTERN, help_text="As `peers` names it.")


class PersonWish(Wish):
    """Somebody on the board, as its entries and its `peers` name them."""

    session = serializers.RegexField(_ID_PATTERN, required=False)
    client = serializers.RegexField(_ID_PATTERN, required=False)
    user = serializers.CharField(
        required=False, max_length=150, help_text="The name of an account."
    )
    name = serializers.RegexField(
        PLAIN_PATTERN, required=False, allow_blank=True, max_length=64
    )

    @classmethod
    def person(cls, request: Request) -> tuple[Person, dict[str, Any]]:
        """Whom a request's body says, and what else it says; raises as `read`."""
        wished = cls.read(request)
        said = {name: wished.pop(name) for name in _PERSON if name in wished}
        return Person(**said), wished


class BanWish(PersonWish):
    """Whom to ban, and for how long."""

    seconds = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=MAX_BAN_S,
        help_text="For how long; null: for good.",
    )
    address = serializers.BooleanField(
        required=False,
        default=True,
        help_text="Whether whoever else is at their address is kept out, too.",
    )


class UndoWish(PersonWish):
    """Whose changes to undo, since when."""

    since = serializers.DateTimeField(
        required=False, default=None, help_text="Without it, all of them."
    )
    seconds = serializers.IntegerField(
        required=False,
        default=None,
        min_value=1,
        max_value=MAX_BAN_S,
        help_text="Instead of `since`: the last so many, by the server's clock.",
    )
    changes = serializers.ListField(
        child=serializers.RegexField(_ID_PATTERN),
        required=False,
        default=list,
        max_length=moderation.MAX_CHANGES,
        help_text="Instead of a person: these, as an undoing answers its own.",
    )


class ReportWish(PersonWish):
    """What the operator should know, and whom it is about, if anybody."""

    words = serializers.CharField(max_length=moderation.MAX_WORDS_CHARS)


class BanCard(serializers.ModelSerializer[Ban]):
    """A ban as its board's owner sees it."""

    class Meta:
        """Never the mark."""

        model = Ban
        fields = ("id", "kind", "name", "until", "created_at")


class BanList(serializers.Serializer[Any]):
    """The bans that hold on a board."""

    bans = BanCard(many=True)


class ActCard(serializers.ModelSerializer[Act]):
    """A line of the audit log."""

    class Meta:
        """All of it."""

        model = Act
        fields = (
            *("id", "at", "what", "by"),
            *("fingerprint", "account", "session", "about"),
        )


class ActList(serializers.Serializer[Any]):
    """Lines of the audit log, newest first."""

    acts = ActCard(many=True)


class UndoneCard(serializers.Serializer[Any]):
    """What an undoing came to."""

    n_entries = serializers.IntegerField(help_text="How many entries of theirs.")
    n_ops = serializers.IntegerField(help_text="How many ops undo them.")
    n_skipped = serializers.IntegerField(help_text="What could not be had back.")
    changes = serializers.ListField(
        child=serializers.CharField(), help_text="Those that undid it, to take it back."
    )


_TAGS = ["Moderation"]


class OwnedView(BoardView):
    """What only owners may."""

    def grant(self) -> Grant:
        """The caller's grant, which owns the board."""
        _board, grant = self.opened()
        grant.require(Role.OWN)
        return grant


@extend_schema(tags=_TAGS)
class Freeze(OwnedView):
    """Let nobody but owners change the board, and let them again."""

    name = "Freeze"

    @extend_schema(
        operation_id="freeze_board",
        summary="Freeze a board",
        request=FreezeWish,
        responses={200: BoardCard, **schema.refusals(400, 403, 404, 413, 429, 503)},
    )
    def post(self, request: Request, board_id: str) -> Response:
        """Freeze it; whoever is on it reads why. Again, the words are replaced."""
        moderation.freeze(self.grant(), FreezeWish.read(request)["why"])
        return self._card(request)

    @extend_schema(
        operation_id="thaw_board",
        summary="Thaw a board",
        request=None,
        responses={200: BoardCard, **schema.refusals(403, 404, 429, 503)},
    )
    def delete(self, request: Request, board_id: str) -> Response:
        """Let people change it again, as its link says."""
        moderation.thaw(self.grant())
        return self._card(request)

    def _card(self, request: Request) -> Response:
        board, grant = self.opened()
        return Response(card(request._request, board, grant.role))


@extend_schema(tags=_TAGS)
class Kick(OwnedView):
    """Send somebody away."""

    name = "Kick"

    @extend_schema(
        operation_id="kick",
        summary="End a session",
        request=SessionWish,
        responses={204: None, **schema.refusals(400, 403, 404, 413, 429, 503)},
    )
    def post(self, request: Request, board_id: str) -> Response:
        """End the session, wherever it is; the person may come back."""
        wished = SessionWish.read(request)
        moderation.kick(self.grant(), wished["session"])
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(tags=_TAGS)
class Bans(OwnedView):
    """Keep somebody away."""

    name = "Bans"

    @extend_schema(
        operation_id="list_bans",
        summary="List the bans",
        responses={200: BanList, **schema.refusals(403, 404, 429, 503)},
    )
    def get(self, request: Request, board_id: str) -> Response:
        """The bans that hold, newest first."""
        found = moderation.listed(self.grant().board_id)
        return Response(BanList({"bans": found}).data)

    @extend_schema(
        operation_id="ban",
        summary="Ban somebody",
        request=BanWish,
        responses={201: BanCard, **schema.refusals(400, 403, 404, 409, 413, 429, 503)},
    )
    def post(self, request: Request, board_id: str) -> Response:
        """Ban a person by session, tab or account; their sessions end at once."""
        person, wished = BanWish.person(request)
        made = moderation.ban(
            self.grant(),
            person,
            seconds=wished["seconds"],
            with_address=wished["address"],
        )
        return Response(BanCard(made).data, status=status.HTTP_201_CREATED)


@extend_schema(tags=_TAGS)
class OneBan(OwnedView):
    """A ban."""

    name = "Ban"

    @extend_schema(
        operation_id="lift_ban",
        summary="End a ban",
        responses={204: None, **schema.refusals(403, 404, 429, 503)},
    )
    def delete(self, request: Request, board_id: str, ban_id: str) -> Response:
        """Let the person in again, as the link says."""
        grant = self.grant()
        if not re.fullmatch(r"[0-9]{1,18}", ban_id):
            raise Refused(Code.NOT_FOUND, "There is no such ban.")
        moderation.lift(grant, int(ban_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(tags=_TAGS)
class Undo(OwnedView):
    """Undo what somebody did."""

    name = "Undo"

    @extend_schema(
        operation_id="undo_by",
        summary="Undo all that somebody did",
        request=UndoWish,
        responses={200: UndoneCard, **schema.refusals(400, 403, 404, 413, 429, 503)},
    )
    def post(self, request: Request, board_id: str) -> Response:
        """New entries that reverse theirs; what others changed since stays."""
        person, wished = UndoWish.person(request)
        since = wished["since"] or datetime.fromtimestamp(0, UTC)
        if wished["seconds"] is not None:
            since = datetime.now(UTC) - timedelta(seconds=wished["seconds"])
        grant, by = self.grant(), author_of(request)
        if wished["changes"]:
            undone = moderation.undo_changes(
                grant, wished["changes"], since=since, by=by
            )
        else:
            undone = moderation.undo(grant, person, since=since, by=by)
        return Response(UndoneCard(undone).data)


@extend_schema(tags=_TAGS)
class Report(BoardView):
    """Tell the operator."""

    name = "Report"
    throttle_classes = REPORTING

    @extend_schema(
        operation_id="report",
        summary="Report a board or a person",
        request=ReportWish,
        responses={204: None, **schema.refusals(400, 403, 404, 413, 429, 503)},
    )
    def post(self, request: Request, board_id: str) -> Response:
        """The operator sees it in the admin site; nobody else does."""
        person, wished = ReportWish.person(request)
        _board, grant = self.opened()
        moderation.report(grant, person, wished["words"])
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(tags=_TAGS)
class Audit(OwnedView):
    """Who did what with which key."""

    name = "Audit log"

    @extend_schema(
        operation_id="read_audit",
        summary="Read the audit log",
        parameters=[
            OpenApiParameter("before", int, description="Lines older than this id."),
            schema.number_parameter("limit", f"At most {MAX_LISTED}, the default."),
        ],
        responses={200: ActList, **schema.refusals(400, 403, 404, 429, 503)},
    )
    def get(self, request: Request, board_id: str) -> Response:
        """Newest first; also of a board in the trash."""
        board, grant = self.opened(trashed=True)
        grant.require(Role.OWN)
        limit = queries.number(request, "limit", least=1, most=MAX_LISTED)
        before = queries.number(request, "before", least=1)
        acts = audit.of_board(board.pk, before=before)[: limit or MAX_LISTED]
        return Response(ActList({"acts": acts}).data)
