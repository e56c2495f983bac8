"""What a browser's request shows besides a key: its creator cookie and its session.

Shared by the pages and REST; reads only, decides nothing.
"""

from django.http import HttpRequest

from boards import creator
from boards.access import Credentials


def of_browser(request: HttpRequest) -> Credentials:
    """The credentials in the request's cookies; empty ones for a stranger."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return Credentials(
        creator=creator.read(request.COOKIES),
        user_id=user.pk if user is not None and signed_in else None,
    )
