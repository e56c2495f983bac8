"""The typed environment: defaults, forms, and all faults in one message."""

import re
from pathlib import Path

import msgspec
import pytest

from board_server.env import Env, EnvFault, Layer, read_env

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "s" * 40
NEEDED = {"DJANGO_SECRET_KEY": SECRET}


def faults_of(variables: dict[str, str]) -> list[str]:
    with pytest.raises(EnvFault) as caught:
        read_env(variables)
    return caught.value.faults


def test_defaults_are_safe() -> None:
    env = read_env(NEEDED)

    assert env.django_debug is False
    assert env.allowed_hosts == ["localhost", "127.0.0.1", "[::1]"]
    assert env.layer is Layer.MEMORY
    assert env.database_url == "sqlite:///var/board.sqlite3"


def test_missing_secret_stops_the_boot() -> None:
    assert faults_of({}) == ["DJANGO_SECRET_KEY (or SECRET_KEY) is missing."]


def test_short_secret_stops_the_boot() -> None:
    assert faults_of({"DJANGO_SECRET_KEY": "short"}) == [
        "DJANGO_SECRET_KEY needs at least 32 characters."
    ]


def test_platform_name_of_the_secret_is_read() -> None:
    assert read_env({"SECRET_KEY": SECRET}).django_secret_key == SECRET


def test_debug_mode_makes_a_passing_secret() -> None:
    env = read_env({"DJANGO_DEBUG": "true"})

    assert len(env.django_secret_key) >= 32


def test_all_faults_come_in_one_message() -> None:
    with pytest.raises(EnvFault) as caught:
        read_env(
            {
                "DJANGO_DEBUG": "perhaps",
                "DATABASE_URL": "mysql://host/name",
                "REDIS_URL": "http://host",
                "BOARD_LIVE_MS": "0",
                "BOARD_LAYER": "carrier-pigeon",
                "BOARD_HEADS_POL_MS": "100",
                "BOARD_ORIGINS": "example.org",
                "BOARD_THROTTLE_READ": "many",
            }
        )

    message = str(caught.value)
    names = re.findall(r"^  - (\w+)", message, re.MULTILINE)
    assert sorted(names) == [
        "BOARD_HEADS_POL_MS",
        "BOARD_LAYER",
        "BOARD_LIVE_MS",
        "BOARD_ORIGINS",
        "BOARD_THROTTLE_READ",
        "DATABASE_URL",
        "DJANGO_DEBUG",
        "DJANGO_SECRET_KEY",
        "REDIS_URL",
    ]


def test_fault_does_not_repeat_a_secret() -> None:
    variables = {**NEEDED, "DATABASE_URL": "mysql://board:geheim@host/name"}

    assert "geheim" not in str(faults_of(variables))


@pytest.mark.parametrize("word", ["true", "1", "True", "TRUE"])
def test_truth_has_several_spellings(word: str) -> None:
    assert read_env({**NEEDED, "DJANGO_DEBUG": word}).django_debug is True


def test_empty_counts_as_absent() -> None:
    assert read_env({**NEEDED, "BOARD_LIVE_MS": " "}).board_live_ms == 16


@pytest.mark.parametrize(
    "text",
    ["redis://a:1 redis://b:2", "redis://a:1,redis://b:2", "redis://a:1, redis://b:2"],
)
def test_several_redis_servers(text: str) -> None:
    assert read_env({**NEEDED, "REDIS_URL": text}).redis_urls == [
        "redis://a:1",
        "redis://b:2",
    ]


def test_redis_means_pubsub_unless_chosen_otherwise() -> None:
    given = {**NEEDED, "REDIS_URL": "redis://a:1"}

    assert read_env(given).layer is Layer.PUBSUB
    assert read_env({**given, "BOARD_LAYER": "redis"}).layer is Layer.REDIS
    assert read_env({**given, "BOARD_LAYER": "memory"}).layer is Layer.MEMORY


def test_redis_layer_without_an_address_stops_the_boot() -> None:
    assert faults_of({**NEEDED, "BOARD_LAYER": "pubsub"}) == [
        "BOARD_LAYER asks for Redis, but REDIS_URL is missing."
    ]


def test_peers_must_outlive_the_announcements() -> None:
    variables = {**NEEDED, "BOARD_ANNOUNCE_S": "30", "BOARD_PEER_EXPIRY_S": "30"}

    assert faults_of(variables) == [
        "BOARD_PEER_EXPIRY_S must be more than BOARD_ANNOUNCE_S."
    ]


@pytest.mark.parametrize(
    ("variables", "verifies"),
    [
        ({}, True),
        ({"DYNO": "web.1"}, False),
        ({"DYNO": "web.1", "BOARD_REDIS_VERIFY": "true"}, True),
        ({"BOARD_REDIS_VERIFY": "false"}, False),
    ],
)
def test_redis_certificate_is_verified_but_on_heroku(
    variables: dict[str, str], verifies: bool
) -> None:
    assert read_env({**NEEDED, **variables}).verifies_redis is verifies


def test_env_example_lists_every_name_with_its_default() -> None:
    text = (ROOT / ".env.example").read_text()
    listed = dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.MULTILINE))
    fields = {field.name.upper(): field for field in msgspec.structs.fields(Env)}

    assert list(listed) and listed.keys() == fields.keys()
    defaults = {name: value for name, value in listed.items() if value}
    bare = read_env(NEEDED)
    example = read_env({**NEEDED, **defaults})
    assert example == bare


def test_an_address_of_pictures_that_is_none_stops_the_boot() -> None:
    assert read_env({**NEEDED, "BOARD_ASSETS_URL": "s3://pictures/chalk"})

    (fault,) = faults_of({**NEEDED, "BOARD_ASSETS_URL": "s3://key:hush@Pictures"})

    assert "BOARD_ASSETS_URL" in fault
    assert "hush" not in fault
