"""Our server with per-message compression, which Daphne never agrees to by itself.

`python -m tests.support.compressing PORT`: to see what the frame writer does then.
"""

import os
import sys
from typing import Any

from autobahn.websocket import compress

from board_server.serving.server import BoardServer


class CompressingServer(BoardServer):
    """Accepts deflate from whoever offers it."""

    def run(self) -> None:
        """Serve until SIGTERM."""
        self.ready_callable = self._agree
        super().run()

    def _agree(self) -> None:
        def accept(offers: list[Any]) -> Any:
            accepted: Any = compress.PerMessageDeflateOfferAccept
            return accepted(offers[0]) if offers else None

        self.ws_factory.setProtocolOptions(perMessageCompressionAccept=accept)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "board_server.settings")
    from board_server.asgi import application

    endpoint = f"tcp:port={sys.argv[1]}:interface=127.0.0.1"
    CompressingServer(application, endpoints=[endpoint], verbosity=0).run()
