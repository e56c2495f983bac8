"""The socket addresses of the connection check."""

from django.urls import path

from boards.check.echo import EchoConsumer
from boards.check.stream import StreamConsumer

websocket_urlpatterns = [
    path("ws/check/echo/", EchoConsumer.as_asgi()),
    path("ws/check/stream/", StreamConsumer.as_asgi()),
]
