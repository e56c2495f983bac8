"""The baseline: a consumer as the Channels tutorial has it, one group a board.

An ASGI application of its own that speaks just enough of our frames for the same load
generator: no journal, no validation, no rights, no live frames. What it saves by that
is to its advantage. Started by `tests.bench` with Daphne.
"""

import asyncio
import os
from typing import Any

import django
from django.conf import settings

LAYERS: dict[str, dict[str, Any]] = {
    "memory": {
        "BACKEND": "channels.layers.InMemoryChannelLayer",
        # The stock capacity of 100 drops silently; then there is nothing to compare.
        "CONFIG": {"capacity": 100_000},
    },
    "redis": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": [os.environ.get("REDIS_URL", "")], "capacity": 100_000},
    },
    "pubsub": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [os.environ.get("REDIS_URL", "")]},
    },
}

settings.configure(
    SECRET_KEY="only-for-benchmarks",
    ALLOWED_HOSTS=["*"],
    INSTALLED_APPS=["channels"],
    ROOT_URLCONF=__name__,
    CHANNEL_LAYERS={"default": LAYERS[os.environ.get("BOARD_LAYER", "memory")]},
)
django.setup()

# Channels reads the settings when it is imported.
from channels.consumer import get_handler_name  # noqa: E402
from channels.generic.websocket import AsyncJsonWebsocketConsumer  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.core.asgi import get_asgi_application  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

IS_LEAN = os.environ.get("BOARD_LEAN") == "true"


class BoardConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # untyped
    """Everything to the group, as in the tutorial."""

    async def dispatch(self, message: dict[str, Any]) -> None:
        """As Channels does; a lean one without its thread hop for each message."""
        if IS_LEAN:
            await getattr(self, get_handler_name(message))(message)
        else:
            await super().dispatch(message)

    async def connect(self) -> None:
        """Join the board's group."""
        self.group = f"board_{self.scope['url_route']['kwargs']['board_id']}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        """Welcome whoever says hello; send what is submitted to the group."""
        if content["type"] == "hello":
            await self.send_json({"type": "welcome"})
        elif content["type"] == "submit":
            entry = {"id": content["id"], "ops": content["ops"]}
            await self.channel_layer.group_send(
                self.group, {"type": "board.entry", "entry": entry}
            )
        elif content["type"] == "flood":  # for `tests.bench.fanout`
            frame = len('{"type": "entries", "entries": [""]}')
            for _ in range(content["n"]):
                entry = "x" * (content["bytes"] - frame)
                await self.channel_layer.group_send(
                    self.group, {"type": "board.entry", "entry": entry}
                )
                await asyncio.sleep(0)

    async def board_entry(self, event: dict[str, Any]) -> None:
        """Send what came from the group."""
        await self.send_json({"type": "entries", "entries": [event["entry"]]})


def ready(request: HttpRequest) -> HttpResponse:
    """What `tests.support.server` waits for."""
    return HttpResponse("ready")


urlpatterns = [path("readyz", ready)]

application = ProtocolTypeRouter(
    {
        "http": get_asgi_application(),
        "websocket": URLRouter(
            [path("ws/boards/<str:board_id>/", BoardConsumer.as_asgi())]
        ),
    }
)
