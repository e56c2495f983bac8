"""`manage.py serve`: the site on a port, as it runs in production.

Daphne with a frame writer (`board_server.serving`); a plain `daphne` serves the same
site, with fewer frames a second. SIGTERM stops in order (`board_server.shutdown`).
"""

import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from daphne.endpoints import build_endpoint_description_strings
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.backends.base.base import BaseDatabaseWrapper

from board_server.env import Layer
from board_server.operating.identity import this_process
from board_server.serving.workers import QUEUE, Adopted, Workers, listening_sockets

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
        parser.add_argument(
            "--workers", type=int, default=1, help="processes that share the port"
        )
        parser.add_argument(
            "--fd", type=int, help="listen on this open socket: what a worker is given"
        )
        parser.add_argument(
            "--number", type=int, help="which of the workers it is, from 1 on"
        )
        parser.add_argument(
            "--parent", type=int, help="whose worker it is, and ends with: a process id"
        )

    def handle(
        self,
        *_args: Any,
        host: str,
        port: int,
        endpoint: list[str],
        proxy_headers: bool,
        workers: int,
        fd: int | None,
        parent: int | None,
        number: int | None,
        **_options: Any,
    ) -> None:
        """Serve until SIGTERM or SIGINT."""
        # With DJANGO_DEBUG it would keep thousands of statements of each connection,
        # and with them what was drawn; nobody looks at them here.
        BaseDatabaseWrapper.queries_limit = 0
        if workers == 1:
            is_named = settings.BOARD_HOST_IS_OURS
            this_process.listens(port, number, is_named=is_named)
            adopts = _adopted(fd, parent)
            endpoints = endpoint or _endpoints(host, port)
            _serve([] if adopts else endpoints, adopts, proxy_headers=proxy_headers)
        else:
            _require_workers(workers, endpoint)
            command = [sys.executable, sys.argv[0], "serve"]
            command += ["--parent", str(os.getpid()), "--port", str(port)]
            command += ["--proxy-headers"] if proxy_headers else []
            sockets = _listening(host, port, workers)
            raise SystemExit(Workers(command, sockets).run())


def _endpoints(host: str, port: int) -> list[str]:
    """Where to listen, with room for all who come back at once after a restart.

    Twisted's own queue of 50 makes the others try again after one, three, seven s.
    """
    plain = build_endpoint_description_strings(host, port)
    return [f"{endpoint}:backlog={QUEUE}" for endpoint in plain]


def _adopted(fd: int | None, parent: int | None) -> Adopted | None:
    """What a worker is given, if it is one."""
    if fd is None and parent is None:
        return None
    if fd is None or parent is None:
        raise CommandError("--fd and --parent go together: they make a worker.")
    return Adopted(socket.socket(fileno=fd), parent)


def _require_workers(workers: int, endpoint: list[str]) -> None:
    """Say what is missing for several processes.

    Raises:
        CommandError: with what the operator has to change.
    """
    if workers < 1:
        raise CommandError("--workers must be 1 or more.")
    if settings.BOARD_LAYER == Layer.MEMORY.value:
        raise CommandError(
            "Several workers need REDIS_URL: without it one does not learn what "
            "happens on another, and people on one board would draw past each other."
        )
    if endpoint:
        raise CommandError("Several workers share --host and --port, no --endpoint.")


def _listening(host: str, port: int, workers: int) -> list[socket.socket]:
    try:
        return listening_sockets(host, port, workers)
    except OSError as fault:
        raise CommandError(f"{host}:{port} cannot be used: {fault.strerror}.") from None


def _serve(
    endpoints: list[str], adopts: Adopted | None, *, proxy_headers: bool
) -> None:
    """Serve with this process."""
    # Daphne chooses Twisted's reactor; the application looks whether it is there.
    from board_server.serving.server import BoardServer  # isort: skip
    from board_server.asgi import application  # isort: skip

    forwarded = ["X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto"]
    address, its_port, scheme = forwarded if proxy_headers else [None] * 3
    server = BoardServer(
        application,
        endpoints=endpoints,
        adopts=adopts,
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
