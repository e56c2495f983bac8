"""The shapes of boards in REST: what may be said about one, and what is answered.

Only boards as such; ops and entries are the protocol's structs and never come here.
`Wish` is the form of every body that is no such struct.
"""

from typing import Any

from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request

from api import body
from api.errors import Faults
from boards import catalog, views
from boards.access import Role
from boards.imports import Imported
from boards.models import Board
from boards.sync.properties import PLAIN_PATTERN


class Wish(serializers.Serializer[Any]):
    """A body whose unknown fields are refused by name."""

    @classmethod
    def read(cls, request: Request) -> dict[str, Any]:
        """The checked values of a request's body; raises as `wished` and `body`."""
        return cls(data=body.read_object(request)).wished()

    def wished(self) -> dict[str, Any]:
        """The checked values.

        Raises:
            Faults: with each field that is wrong or unknown.
        """
        unknown = set(self.initial_data) - set(self.fields)
        faults = {name[:64]: ["Unknown field."] for name in sorted(unknown)}
        if not self.is_valid():
            faults |= {
                name: [str(fault) for fault in found]
                for name, found in self.errors.items()
            }
        if faults:
            raise Faults(faults)
        return dict(self.validated_data)


class BoardWish(Wish):
    """What a caller may say about a board; all of it may be left out."""

    title = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=catalog.MAX_TITLE_CHARS,
        validators=[RegexValidator(PLAIN_PATTERN, "A title is one line of text.")],
    )
    link_role = serializers.ChoiceField(
        required=False,
        choices=Board.LinkRole.choices,
        help_text="What whoever has the link may do: `none`, `view` or `edit`.",
    )


class CopyWish(BoardWish):
    """What a caller may say about a copy: without a title it is "Copy of …"."""


class BoardCard(serializers.Serializer[Any]):
    """A board as REST shows it."""

    id = serializers.CharField(help_text="22 characters of URL-safe base 64.")
    title = serializers.CharField()
    url = serializers.URLField(help_text="The board's page.")
    socket_url = serializers.URLField(help_text="Where programs join it live.")
    link_role = serializers.ChoiceField(choices=Board.LinkRole.choices)
    role = serializers.ChoiceField(
        choices=[role.value for role in Role], help_text="What the caller may do."
    )
    head = serializers.IntegerField(help_text="The newest seq; 0 without entries.")
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    deleted_at = serializers.DateTimeField(
        allow_null=True, help_text="Since when it is in the trash; null when it is not."
    )
    frozen_at = serializers.DateTimeField(
        allow_null=True, help_text="Since when only owners change it; null: not frozen."
    )
    frozen_why = serializers.CharField(help_text="What its owner says about that.")


class NewBoard(BoardCard):
    """A board that was just made, with its owner key."""

    owner_key = serializers.CharField(
        help_text="Owns the board as `Authorization: Bearer …`. Shown this once."
    )


class NewKey(serializers.Serializer[Any]):
    """An owner key that was just made; the one before is worth nothing now."""

    owner_key = serializers.CharField(
        help_text="Owns the board as `Authorization: Bearer …`. Shown this once."
    )


class ImportedBoard(NewBoard):
    """A board that was just made of a file."""

    n_elements = serializers.IntegerField(help_text="How many are on the board.")
    skipped = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="How many elements of the file were left out, by their kind there.",
    )


class ReadDrawing(serializers.Serializer[Any]):
    """What a file holds, as a board would have it."""

    elements = serializers.ListField(
        child=serializers.DictField(),
        help_text="As a put takes them, in paint order.",
    )
    skipped = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="How many elements of the file were left out, by their kind there.",
    )


class AssetCard(serializers.Serializer[Any]):
    """A picture on a board's shelf."""

    hash = serializers.CharField(help_text="SHA-256 of the kept file, hexadecimal.")
    type = serializers.CharField(help_text="Its media type.")
    w = serializers.IntegerField(help_text="Its width in pixels.")
    h = serializers.IntegerField(help_text="Its height in pixels.")
    bytes = serializers.IntegerField(help_text="The size of the file.")
    url = serializers.URLField(help_text="Where it is; it never changes.")


class BoardList(serializers.Serializer[Any]):
    """A page of the caller's boards."""

    boards = BoardCard(many=True)
    n_boards = serializers.IntegerField(help_text="How many there are in all.")


def card(request: HttpRequest, board: Board, role: Role) -> dict[str, Any]:
    """What `BoardCard` shows of a board to a caller with that role."""
    shown = {
        "id": board.pk,
        "title": board.title,
        "url": request.build_absolute_uri(reverse("board", args=[board.pk])),
        "socket_url": views.socket_url(request, board.pk),
        "link_role": board.link_role,
        "role": role.value,
        "head": board.head,
        "created_at": board.created_at,
        "changed_at": board.changed_at,
        "deleted_at": board.deleted_at,
        "frozen_at": board.frozen_at,
        "frozen_why": board.frozen_why,
    }
    return BoardCard(shown).data


def new_card(request: HttpRequest, board: Board, owner_key: str) -> dict[str, Any]:
    """What `NewBoard` shows of a board to whoever made it."""
    return card(request, board, Role.OWN) | {"owner_key": owner_key}


def imported_card(request: HttpRequest, imported: Imported) -> dict[str, Any]:
    """What `ImportedBoard` shows of a board to whoever sent the file."""
    made = new_card(request, imported.board, imported.owner_key)
    return made | {
        "n_elements": imported.n_elements,
        "skipped": dict(imported.skipped),
    }
