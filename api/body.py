"""Request bodies: read within the limit, decoded as JSON whatever they say they are.

`curl -d` says `application/x-www-form-urlencoded` and means JSON, so the content type
is not asked. Bodies never reach Django's form parsing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, Any

import msgspec
from rest_framework.request import Request

from boards.sync.protocol import MAX_FRAME_BYTES
from boards.sync.refusals import Code, Refused

MAX_BODY_BYTES = MAX_FRAME_BYTES  # what a socket takes, REST takes
_CHUNK_BYTES = 64 * 1024
_MAX_LENGTH_DIGITS = 12  # longer lengths are beyond any limit; not worth an int()

_object_decoder = msgspec.json.Decoder(dict[str, Any])


def read(request: Request) -> bytes:
    """The whole body.

    Raises:
        Refused: `too_large`, before anything is read when the length was announced.
    """
    return b"".join(_chunks(request, MAX_BODY_BYTES))


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


@contextmanager
def spool(request: Request, most_bytes: int) -> Iterator[IO[bytes]]:
    """The whole body in a file that goes when the block ends, never in memory.

    Raises:
        Refused: `too_large`, as `read`.
    """
    with TemporaryFile() as file:
        for chunk in _chunks(request, most_bytes):
            file.write(chunk)
        file.seek(0)
        yield file


def _chunks(request: Request, most_bytes: int) -> Iterator[bytes]:
    """The body in parts, refused as soon as it is too long."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if not (announced.isascii() and announced.isdigit()):
        raise Refused(Code.INVALID, "Content-Length is not a number.")
    if len(announced) > _MAX_LENGTH_DIGITS or int(announced) > most_bytes:
        raise _too_large(most_bytes)
    n_bytes = 0
    while chunk := request._request.read(_CHUNK_BYTES):
        n_bytes += len(chunk)
        if n_bytes > most_bytes:
            raise _too_large(most_bytes)
        yield chunk


def _too_large(most_bytes: int) -> Refused:
    return Refused(Code.TOO_LARGE, f"A body may have {most_bytes} bytes.")
