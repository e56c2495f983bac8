"""Large answers are counted while they are in memory; see `boards.outgoing`."""

from collections.abc import Callable
from typing import Any
from weakref import finalize

from django.http import HttpResponse
from rest_framework.request import Request

from boards import addresses
from boards.outgoing import LARGE_BYTES, outgoing


def counted(
    request: Request, n_bytes: int, make: Callable[[], HttpResponse]
) -> HttpResponse:
    """Make an answer of so many bytes; it counts until Django has handed it over.

    Raises:
        Refused: `busy`, too much waits to be read.
    """
    if n_bytes < LARGE_BYTES:
        return make()
    held = object()
    outgoing.hold(held, addresses.of_request(request._request) or "", n_bytes)
    try:
        response = make()
    except BaseException:
        outgoing.let_go(held)
        raise
    # Django closes an answer that it sent; one whose caller left meanwhile is dropped.
    closers: list[Any] = response._resource_closers  # type: ignore[attr-defined] # Django's
    closers.append(finalize(response, outgoing.let_go, held))
    return response
