"""The application that Daphne serves: `daphne board_server.asgi:application`.

HTTP goes to Django. A socket passes the origin check, then gets its user and creator,
then meets its consumer; an unknown path is refused. Wiring only.
"""

import logging
import os
import sys

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

from board_server.env import EnvFault

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "board_server.settings")
try:
    django_application = get_asgi_application()
except EnvFault as fault:
    sys.exit(str(fault))

# Django is set up from here on; what follows needs its models and settings.
from django.conf import settings
from django.urls import re_path

from board_server import body_limit
from board_server.cookies import CookieGuard
from board_server.operating.reports import reporter
from board_server.origin import OriginCheck
from board_server.refusal import refuse_socket
from board_server.shutdown import Shutdown
from board_server.traffic import Traffic
from board_server.visitor import Visitor
from boards import current, routing
from boards.check import routing as check_routing

sockets = OriginCheck(
    Visitor(
        URLRouter(
            [
                *routing.websocket_urlpatterns,
                *check_routing.websocket_urlpatterns,
                re_path(r"", refuse_socket),  # type: ignore[arg-type] # ASGI
            ]
        )
    ),
    hosts=settings.ALLOWED_HOSTS,
    origins=settings.BOARD_ORIGINS,
)

application = Traffic(
    CookieGuard(ProtocolTypeRouter({"http": django_application, "websocket": sockets}))
)


async def drain() -> None:
    """Empty the engine; then there is nothing more to report."""
    await current.drain()
    await reporter.stop()


logging.getLogger(__name__).info(
    "starting",
    extra={
        "layer": settings.BOARD_LAYER,
        "database": settings.DATABASES["default"]["ENGINE"].rpartition(".")[2],
    },
)
if "daphne.server" in sys.modules:
    body_limit.install(max(settings.BOARD_ASSET_BYTES, settings.BOARD_IMPORT_BYTES))
    reporter.install()
    Shutdown(application, drain=drain, within_s=settings.BOARD_DRAIN_S).install()
