"""What this process is called: the same after a restart, unlike any other's.

On Heroku the dyno's name; elsewhere host and port, with the number of the worker where
several share the port. Log lines, metrics and reports carry it.
"""

import os
import secrets
import time

from django.conf import settings

from board_server.logs import of_this_process


class Identity:
    """One process.

    Attributes:
        id: unlike any other's, also of a process of that name before or after.
        name: see the module.
        began_at: when, in seconds since the epoch.
    """

    def __init__(self, host: str) -> None:
        self._host = host
        self.id = secrets.token_urlsafe(9)
        self.name = f"{host}:{os.getpid()}"
        self.began_at = time.time()

    def listens(self, port: int, worker: int | None, *, is_named: bool) -> None:
        """The process serves a port; `is_named` says that no other has the host."""
        self.name = self._host if is_named else f"{self._host}:{port}"
        if worker is not None:
            self.name += f"/{worker}"
        of_this_process["process_name"] = self.name


this_process = Identity(settings.BOARD_HOST)
