"""The channel layer's configuration for each kind of Redis."""

from board_server.env import read_env
from board_server.layers import channel_layers

NEEDED = {"DJANGO_SECRET_KEY": "s" * 40}


def layer_of(**variables: str) -> dict[str, object]:
    return channel_layers(read_env({**NEEDED, **variables}))["default"]


def hosts_of(**variables: str) -> list[dict[str, object]]:
    config = layer_of(**variables)["CONFIG"]
    assert isinstance(config, dict)
    hosts = config["hosts"]
    assert isinstance(hosts, list)
    return hosts


def test_memory_layer_has_capacity_and_expiries() -> None:
    layer = layer_of(
        BOARD_LAYER_CAPACITY="7",
        BOARD_LAYER_EXPIRY_S="8",
        BOARD_LAYER_GROUP_EXPIRY_S="9",
    )

    assert layer == {
        "BACKEND": "channels.layers.InMemoryChannelLayer",
        "CONFIG": {"capacity": 7, "expiry": 8, "group_expiry": 9},
    }


def test_core_redis_layer_has_capacity_expiries_and_prefix() -> None:
    layer = layer_of(REDIS_URL="redis://a:1", BOARD_LAYER="redis")

    assert layer["BACKEND"] == "channels_redis.core.RedisChannelLayer"
    assert isinstance(layer["CONFIG"], dict)
    assert layer["CONFIG"].keys() == {
        "capacity",
        "expiry",
        "group_expiry",
        "prefix",
        "hosts",
    }


def test_pubsub_layer_takes_no_capacity() -> None:
    layer = layer_of(REDIS_URL="redis://a:1")

    assert layer["BACKEND"] == "board_server.pubsub.PubSubLayer"
    assert isinstance(layer["CONFIG"], dict)
    assert layer["CONFIG"].keys() == {"prefix", "hosts"}


def test_several_addresses_are_several_hosts() -> None:
    hosts = hosts_of(REDIS_URL="redis://a:1 redis://b:2")

    assert [host["address"] for host in hosts] == ["redis://a:1", "redis://b:2"]


def test_certificates_are_verified_unless_told_otherwise() -> None:
    (verified,) = hosts_of(REDIS_URL="rediss://a:1")
    (unverified,) = hosts_of(REDIS_URL="rediss://a:1", BOARD_REDIS_VERIFY="false")

    assert "ssl_cert_reqs" not in verified
    assert unverified["ssl_cert_reqs"] is None


def test_plain_redis_gets_no_tls_options() -> None:
    (host,) = hosts_of(REDIS_URL="redis://a:1", BOARD_REDIS_VERIFY="false")

    assert "ssl_cert_reqs" not in host
