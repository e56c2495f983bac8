"""The door of the admin site: who guesses passwords has to wait.

Counted by address and process, as all throttles, see `boards.throttle`. Takes the place
of the admin site's own page at the same address.
"""

import math
from http import HTTPStatus

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from boards.throttle import LoginByAddress, seconds_until


def login(request: HttpRequest) -> HttpResponse:
    """The page; each attempt counts, also one with the right password."""
    if request.method == "POST":
        wait_s = seconds_until(LoginByAddress(), request)
        if wait_s is not None:
            return HttpResponse(
                "Too many attempts from your address; try again later.\n",
                status=HTTPStatus.TOO_MANY_REQUESTS,
                content_type="text/plain; charset=utf-8",
                headers={"Retry-After": str(math.ceil(wait_s))},
            )
    return admin.site.login(request)
