"""Request bodies: read within the limit, decoded as JSON whatever they say they are.

`curl -d` says `application/x-www-form-urlencoded` and means JSON, so the content type
is not asked. Bodies never reach Django's form parsing.
"""

from typing import Any

import msgspec
from rest_framework.request import Request

from boards.sync.protocol import MAX_FRAME_BYTES
from boards.sync.refusals import Code, Refused

MAX_BODY_BYTES = MAX_FRAME_BYTES  # what a socket takes, REST takes
_MAX_LENGTH_DIGITS = 12  # longer lengths are beyond any limit; not worth an int()

_object_decoder = msgspec.json.Decoder(dict[str, Any])


def read(request: Request) -> bytes:
    """The whole body.

    Raises:
        Refused: `too_large`, before anything is read when the length was announced.
    """
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if not (announced.isascii() and announced.isdigit()):
        raise Refused(Code.INVALID, "Content-Length is not a number.")
    if len(announced) > _MAX_LENGTH_DIGITS or int(announced) > MAX_BODY_BYTES:
        raise _too_large()
    body: bytes = request._request.read(MAX_BODY_BYTES + 1)
    if len(body) > MAX_BODY_BYTES:
        raise _too_large()
    return body


def read_object(request: Request) -> dict[str, Any]:
    """The body as one JSON object; an empty body is an empty object.

    Raises:
        Refused: `too_large`, `invalid`.
    """
    body = read(request)
    if not body.strip():
        return {}
    try:
        return _object_decoder.decode(body)
    except msgspec.ValidationError as fault:
        raise Refused(Code.INVALID, str(fault)) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError) as fault:
        raise Refused(Code.INVALID, f"This is not JSON: {fault}") from None


def _too_large() -> Refused:
    return Refused(Code.TOO_LARGE, f"A body may have {MAX_BODY_BYTES} bytes.")
