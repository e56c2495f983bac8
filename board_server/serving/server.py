"""Daphne with a frame writer in each socket's scope.

The application finds it as `scope["extensions"][FRAME_WRITER]["write"]`; under a plain
`daphne` it is not there, and the application sends by ASGI as ever. Started by
`manage.py serve`.
"""

from typing import Any

from daphne.server import Server

from board_server.serving.writer import FrameWriter
from boards.sync.framing import FRAME_WRITER


class BoardServer(Server):  # type: ignore[misc] # has no types
    """See the module."""

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Begin to serve a request or a socket; Daphne calls it."""
        if scope["type"] == "websocket":
            writer = {"write": FrameWriter(protocol).write}
            scope["extensions"] = {FRAME_WRITER: writer}
        return super().create_application(protocol, scope)
