"""The channel layer's configuration, made from the typed environment.

A pure function from `Env` to Django's `CHANNEL_LAYERS`; opens no connection. Called by
`board_server.settings`. What is sent over the layer is the business of `boards` alone.
"""

from typing import Any

from board_server.env import Env, Layer

CONNECT_WITHIN_S = (
    5  # a Redis that does not answer is away; the next publish tries again
)
CHECK_IDLE_EVERY_S = 30  # finds connections that a firewall has silently dropped

_BACKENDS = {
    Layer.MEMORY: "channels.layers.InMemoryChannelLayer",
    Layer.REDIS: "channels_redis.core.RedisChannelLayer",
    Layer.PUBSUB: "board_server.pubsub.PubSubLayer",
}


def channel_layers(env: Env) -> dict[str, dict[str, Any]]:
    """Django's `CHANNEL_LAYERS` for this environment."""
    config: dict[str, Any] = {}
    if env.layer is not Layer.PUBSUB:
        config["capacity"] = env.board_layer_capacity
        config["expiry"] = env.board_layer_expiry_s
        config["group_expiry"] = env.board_layer_group_expiry_s
    if env.layer is not Layer.MEMORY:
        config["prefix"] = env.board_layer_prefix
        config["hosts"] = [_host(url, env=env) for url in env.redis_urls]
    return {"default": {"BACKEND": _BACKENDS[env.layer], "CONFIG": config}}


def _host(url: str, *, env: Env) -> dict[str, Any]:
    host: dict[str, Any] = {"address": url}
    if not url.lower().startswith("unix:"):
        host["socket_connect_timeout"] = CONNECT_WITHIN_S
        host["socket_keepalive"] = True
    host["health_check_interval"] = CHECK_IDLE_EVERY_S
    if url.lower().startswith("rediss:") and not env.verifies_redis:
        host["ssl_cert_reqs"] = None
        host["ssl_check_hostname"] = False
    return host
