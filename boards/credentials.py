"""What a browser's request shows besides a key: its creator cookie and its session.

Shared by the pages and REST; reads only, decides nothing.
"""

from django.conf import settings
from django.http import HttpRequest

from boards import addresses, creator
from boards.access import Credentials


def of_browser(request: HttpRequest) -> Credentials:
    """The credentials in the request's cookies; empty ones for a stranger."""
    return Credentials(
        creator=creator.read(request.COOKIES),
        user_id=_user_id(request),
        address=addresses.of_request(request),
    )


def _user_id(request: HttpRequest) -> int | None:
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if not session or "\0" in session:  # PostgreSQL chokes on NUL instead of refusing
        return None
    return request.user.pk if request.user.is_authenticated else None
