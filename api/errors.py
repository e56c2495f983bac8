"""Refusals as HTTP: the one place that turns an exception into a reply.

Every reply has the shape `{"error": {"code", "detail", …}}`, the codes are those of the
wire. What is not an expected refusal is not answered here: it is a bug and stays loud.
"""

import math
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, UnreadablePostError
from rest_framework import exceptions
from rest_framework.response import Response

from boards.current import counts
from boards.sync.refusals import Code, Refused

STATUS: dict[Code, HTTPStatus] = {
    Code.INVALID: HTTPStatus.BAD_REQUEST,
    Code.UNSUPPORTED: HTTPStatus.METHOD_NOT_ALLOWED,
    Code.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Code.FROZEN: HTTPStatus.FORBIDDEN,
    Code.BANNED: HTTPStatus.FORBIDDEN,
    Code.KICKED: HTTPStatus.FORBIDDEN,
    Code.NOT_FOUND: HTTPStatus.NOT_FOUND,
    # Not 410: that one is for good, and a board in the trash can come back.
    Code.GONE: HTTPStatus.NOT_FOUND,
    Code.CONFLICT: HTTPStatus.CONFLICT,
    Code.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Code.TOO_FAST: HTTPStatus.TOO_MANY_REQUESTS,
    Code.TOO_SLOW: HTTPStatus.SERVICE_UNAVAILABLE,
    Code.LOST_PLACE: HTTPStatus.SERVICE_UNAVAILABLE,
    Code.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
    Code.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    Code.GOING_AWAY: HTTPStatus.SERVICE_UNAVAILABLE,
    Code.FAULT: HTTPStatus.SERVICE_UNAVAILABLE,
}
RETRY_AFTER_MS = 2_000  # a database restarts or a queue empties within seconds


class Faults(Refused):
    """Several fields of a body are wrong at once; `fields` says which and why."""

    def __init__(self, fields: dict[str, list[str]]) -> None:
        name, texts = next(iter(fields.items()))
        super().__init__(Code.INVALID, f"{texts[0]} - at `$.{name}`")
        self.fields = fields


def reply(fault: Exception, context: dict[str, Any]) -> Response | None:
    """Answer an exception of a view; None for a bug, which then is one of Django's."""
    refused = as_refused(fault)
    if refused is None:
        return None
    counts.refused("rest", refused.code)
    status = STATUS[refused.code]
    error: dict[str, Any] = {"code": refused.code.value, "detail": refused.detail}
    request_id = getattr(context.get("request"), "request_id", None)
    if request_id is not None:  # in the log lines of this request, too
        error["request_id"] = request_id
    if isinstance(refused, Faults):
        error["fields"] = refused.fields
    if refused.reason is not None:
        error["reason"] = refused.reason.value
    if refused.most is not None:
        error["most"] = refused.most
    wait_ms = refused.wait_ms
    if wait_ms is None and status is HTTPStatus.SERVICE_UNAVAILABLE:
        wait_ms = RETRY_AFTER_MS
    headers = {}
    if wait_ms is not None:
        error["wait_ms"] = wait_ms
        headers["Retry-After"] = str(max(1, math.ceil(wait_ms / 1000)))
    return Response({"error": error}, status=status, headers=headers)


def as_refused(fault: Exception) -> Refused | None:
    """The refusal that an exception of the framework or the database stands for."""
    match fault:
        case Refused():
            return fault
        case exceptions.Throttled():
            wait_ms = math.ceil((getattr(fault, "wait", None) or 1) * 1000)
            return Refused(Code.TOO_FAST, "Too many requests.", wait_ms=wait_ms)
        case exceptions.MethodNotAllowed():
            return Refused(Code.UNSUPPORTED, "This address has no such method.")
        case Http404() | exceptions.NotFound():
            return Refused(Code.NOT_FOUND, "There is nothing at this address.")
        case OperationalError() | InterfaceError():
            return Refused(Code.UNAVAILABLE, "The database is away; try again.")
        case SuspiciousOperation() | UnreadablePostError() | exceptions.APIException():
            return Refused(Code.INVALID, "This request cannot be understood.")
    return None
