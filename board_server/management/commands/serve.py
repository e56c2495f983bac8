"""`manage.py serve`: the site on a port, as it runs in production.

Daphne with a frame writer (`board_server.serving`); a plain `daphne` serves the same
site, with fewer frames a second. SIGTERM stops in order (`board_server.shutdown`).
"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

HANDSHAKE_S = 5  # from connecting until the application has accepted


class Command(BaseCommand):
    """See the module."""

    help = "Serve the site by HTTP and WebSocket."
    requires_system_checks: list[str] = []  # noqa: RUF012 - the base class has it so

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--host", default="127.0.0.1", help="the address to bind")
        parser.add_argument(
            "--port", type=int, default=settings.PORT, help="default: $PORT, or 8000"
        )
        parser.add_argument(
            "--endpoint",
            action="append",
            default=[],
            help="a Twisted endpoint instead of host and port; ssl:… serves TLS",
        )
        parser.add_argument(
            "--proxy-headers",
            action="store_true",
            help="believe X-Forwarded-For, -Port and -Proto",
        )

    def handle(
        self,
        *_args: Any,
        host: str,
        port: int,
        endpoint: list[str],
        proxy_headers: bool,
        **_options: Any,
    ) -> None:
        """Serve until SIGTERM or SIGINT."""
        # Daphne chooses Twisted's reactor; the application looks whether it is there.
        from daphne.endpoints import build_endpoint_description_strings

        from board_server.serving.server import BoardServer  # isort: skip
        from board_server.asgi import application  # isort: skip

        forwarded = ["X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto"]
        address, its_port, scheme = forwarded if proxy_headers else [None] * 3
        server = BoardServer(
            application,
            endpoints=endpoint or build_endpoint_description_strings(host, port),
            websocket_timeout=-1,  # a quiet socket stays; Daphne pings it
            websocket_connect_timeout=HANDSHAKE_S,
            websocket_handshake_timeout=HANDSHAKE_S,
            proxy_forwarded_address_header=address,
            proxy_forwarded_port_header=its_port,
            proxy_forwarded_proto_header=scheme,
            verbosity=0,  # no access log: routers have one
        )
        server.run()
        if server.abort_start:
            raise SystemExit(1)
