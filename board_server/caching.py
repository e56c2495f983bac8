"""What REST answers is for who asked: no cache between may show it to others.

Views that know better (a picture, a snapshot of a named seq) say so themselves. Used by
the settings.
"""

from collections.abc import Callable
from inspect import iscoroutinefunction

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware

HEADER = "Cache-Control"
OWN = "private, no-cache"
BELOW = "/api/"


@sync_and_async_middleware
def private_answers(get_response: Callable[[HttpRequest], HttpResponse]) -> object:
    """Django middleware that sets the header where a view has not."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponse:
            response: HttpResponse = await get_response(request)
            return _marked(request, response)

        return answer_async

    def answer(request: HttpRequest) -> HttpResponse:
        return _marked(request, get_response(request))

    return answer


def _marked(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if request.path_info.startswith(BELOW):
        response.headers.setdefault(HEADER, OWN)
    return response
