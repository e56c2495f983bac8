"""Each HTTP request has an id and is counted by its route.

The id is the caller's `X-Request-ID`, where it is sane, or a new one. It is answered
back, stands in every log line of the request, and in errors of REST, which find it as
`request.request_id`. Routes are patterns of `urls.py`, never addresses: those hold ids
of boards.
"""

import re
import secrets
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from board_server.logs import current_request
from boards.sync.counts import Histogram

HEADER = "X-Request-ID"
STATIC, NOWHERE = "static", "nowhere"  # routes of what no view has answered
_SANE = re.compile(r"[A-Za-z0-9._~:/+=@-]{1,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class RequestCounts:
    """Answers of this process.

    Attributes:
        answers: how many, by route, method and status.
        seconds: how long they took, by route.
        n_faults: answers 500: bugs of ours.
    """

    def __init__(self) -> None:
        self.n_faults = 0
        self.answers: Counter[tuple[str, str, int]] = Counter()
        self.seconds: defaultdict[str, Histogram] = defaultdict(Histogram)


request_counts = RequestCounts()

_Answer = HttpResponseBase | Awaitable[HttpResponseBase]


def is_sane(id_: str) -> bool:
    """Whether a caller's id may stand in our logs."""
    return _SANE.fullmatch(id_) is not None


@sync_and_async_middleware
def request_ids(
    get_response: Callable[[HttpRequest], _Answer],
) -> Callable[..., _Answer]:
    """Django middleware; the outermost one, so that all others are inside."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            began = _begin(request)
            response: HttpResponseBase = await get_response(request)
            return _end(request, response, began)

        return answer_async

    def answer(request: HttpRequest) -> HttpResponseBase:
        began = _begin(request)
        response = get_response(request)
        return _end(request, response, began)  # type: ignore[arg-type] # it is sync

    return answer


def _begin(request: HttpRequest) -> float:
    given = request.headers.get(HEADER, "")
    id_ = given if is_sane(given) else secrets.token_urlsafe(12)
    request.request_id = id_  # type: ignore[attr-defined] # ours
    current_request.set(id_)
    return time.monotonic()


def _end(
    request: HttpRequest, response: HttpResponseBase, began: float
) -> HttpResponseBase:
    response.headers[HEADER] = request.request_id  # type: ignore[attr-defined] # ours
    route = _route(request)
    method = request.method if request.method in _METHODS else "other"
    request_counts.answers[route, str(method), response.status_code] += 1
    request_counts.n_faults += response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    request_counts.seconds[route].add(time.monotonic() - began)
    return response


def _route(request: HttpRequest) -> str:
    if request.resolver_match is not None:
        return f"/{request.resolver_match.route}"
    return STATIC if request.path.startswith("/static/") else NOWHERE
