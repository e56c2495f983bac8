"""The journal by REST: send a change, read entries.

The body of a change is decoded by the protocol, as a socket's frame is. Entries are
passed through as the stored text, byte for byte (J6); no renderer touches them.
"""

import re
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING

import msgspec
from asgiref.sync import async_to_sync
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import OpenApiParameter, extend_schema
from msgspec import UNSET, Raw, UnsetType
from rest_framework.request import Request

from api import body, queries, schema
from api.authentication import author_of
from api.boards import BoardView
from api.browsable import as_stored
from api.sending import counted
from boards.access import Grant, Role
from boards.current import current_engine
from boards.sync.protocol import (
    CHANGE_ID_PATTERN,
    Author,
    Change,
    decode_change,
)
from boards.sync.refusals import Code, Refused

if TYPE_CHECKING:
    from boards.sync.store import Committed

MAX_ENTRIES = 1_000  # in one reply; the caller asks again after the last one


class Sent(msgspec.Struct, forbid_unknown_fields=True):
    """A change as REST takes it: its id may be in the header instead, or nowhere."""

    ops: Raw
    id: str | UnsetType = UNSET


_sent_decoder = msgspec.json.Decoder(Sent)


@extend_schema(tags=["Journal"])
class Changes(BoardView):
    """Draw on the board.

    POST `{"id"?, "ops": […]}`; the reply is the entry that everybody on the board sees.
    Send the same id again (or the same `Idempotency-Key`) and get the same entry.
    """

    name = "Changes"

    @extend_schema(
        operation_id="send_change",
        summary="Send a change",
        parameters=[
            OpenApiParameter(
                "Idempotency-Key",
                {"type": "string", "pattern": CHANGE_ID_PATTERN},
                OpenApiParameter.HEADER,
                description="The change's id, when the body has none.",
            )
        ],
        request=schema.body("SentChange"),
        responses={
            201: schema.answer("Entry", "The entry that the change became."),
            200: schema.answer("Entry", "The id was there already: its entry."),
            **schema.refusals(400, 403, 404, 409, 413, 429, 503),
        },
    )
    def post(self, request: Request, board_id: str) -> HttpResponse:
        """Commit the change, all of it or nothing."""
        _board, grant = self.opened()
        grant.require(Role.EDIT)
        change = _change(body.read(request), request.headers.get("Idempotency-Key"))
        entry = async_to_sync(_submit)(grant, change, author_of(request))
        status = HTTPStatus.OK if entry.repeated else HTTPStatus.CREATED
        return as_stored(request, entry.text, status)


@extend_schema(tags=["Journal"])
@method_decorator(gzip_page, name="dispatch")
class Entries(BoardView):
    """Read the journal."""

    name = "Entries"

    @extend_schema(
        operation_id="list_entries",
        summary="Read entries",
        parameters=[
            schema.number_parameter("after", "The last seq you have; 0 for none."),
            schema.number_parameter("limit", f"At most {MAX_ENTRIES}, the default."),
        ],
        responses={
            200: schema.answer(
                "EntryPage",
                "Entries after that seq, without a hole. There may be fewer than "
                "asked for: go on after the last one until you are at `head`.",
            ),
            **schema.refusals(400, 403, 404, 429, 503),
        },
    )
    def get(self, request: Request, board_id: str) -> HttpResponse:
        """Entries in order, each as it was committed."""
        after = queries.number(request, "after") or 0
        limit = queries.number(request, "limit", least=1, most=MAX_ENTRIES)
        _board, grant = self.opened()
        texts, head = async_to_sync(_entries)(grant, after, limit or MAX_ENTRIES)
        page = f'{{"entries":[{",".join(texts)}],"head":{head}}}'
        return counted(request, len(page), lambda: as_stored(request, page))


def _change(text: bytes, key: str | None) -> Change:
    """The change in a body, with the id from the body, the header or from here.

    Raises:
        Refused: `invalid`, `too_large`; `conflict` when body and header differ.
    """
    try:
        sent = _sent_decoder.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return decode_change(text)  # says what is wrong with it
    if key is not None and not re.fullmatch(CHANGE_ID_PATTERN, key):
        raise Refused(Code.INVALID, f"Idempotency-Key must match {CHANGE_ID_PATTERN}")
    if sent.id is UNSET:
        id_ = key or secrets.token_urlsafe(16)
        return decode_change(b'{"id":"%b","ops":%b}' % (id_.encode(), bytes(sent.ops)))
    if key is not None and key != sent.id:
        raise Refused(Code.CONFLICT, "The body's id is not the Idempotency-Key.")
    return decode_change(text)


async def _submit(grant: Grant, change: Change, by: Author) -> "Committed":
    return await current_engine().submit(grant, change, by)


async def _entries(grant: Grant, after: int, limit: int) -> tuple[list[str], int]:
    return await current_engine().entries(grant, after, limit)
