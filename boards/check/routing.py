"""The socket addresses of the connection check."""

from django.urls import path

from boards.check.counted import Counted
from boards.check.echo import EchoConsumer
from boards.check.stream import StreamConsumer

websocket_urlpatterns = [
    path("ws/check/echo/", Counted(EchoConsumer.as_asgi())),  # type: ignore[arg-type]
    path("ws/check/stream/", Counted(StreamConsumer.as_asgi())),  # type: ignore[arg-type]
]
