"""The environment, typed: every variable the server reads, with bounds and defaults.

`read_env` turns the process's environment into one frozen `Env` and reports all faults
in one message, so that a broken deployment says everything it lacks at its first boot.
Called once, by `board_server.settings`; nothing else reads `os.environ`. Knows no
Django, so that the message appears before anything half-configured can run.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from board_server.buckets import bucket_of

MIN_SECRET_CHARS = 32  # Django's own check warns below 50; 32 random ones are enough
OWN_PREFIX = "BOARD_"  # names with it that nobody reads are typing mistakes

# One word after another, separated by spaces, commas or both.
_SEPARATOR = re.compile(r"[\s,]+")
_DATABASE_URL = re.compile(r"^(sqlite|postgres|postgresql|pgsql)://", re.IGNORECASE)
_REDIS_URL = re.compile(r"^(rediss?://[^\s/]+|unix://\S+)", re.IGNORECASE)
_ORIGIN = re.compile(r"^https?://[^/\s?#]+$", re.IGNORECASE)

Count = Annotated[int, Meta(ge=1, le=10_000_000)]
Seconds = Annotated[int, Meta(ge=1, le=31_536_000)]
Millis = Annotated[int, Meta(ge=1, le=3_600_000)]
Bytes = Annotated[int, Meta(ge=65_536, le=1_073_741_824)]
ManyBytes = Annotated[int, Meta(ge=65_536, le=1_099_511_627_776)]
Rate = Annotated[str, Meta(pattern=r"^[1-9][0-9]*/(second|minute|hour|day)$")]
Token = Annotated[str, Meta(pattern=r"^([A-Za-z0-9._~+/=-]{16,200})?$")]
Prefix = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]{1,40}$")]


class Layer(StrEnum):
    """Which channel layer carries what one process tells the others."""

    MEMORY = "memory"
    REDIS = "redis"
    PUBSUB = "pubsub"


class LogFormat(StrEnum):
    """How a log line looks: for collectors or for people."""

    JSON = "json"
    TEXT = "text"


class LogLevel(StrEnum):
    """The least important level that is still written."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class EnvFault(Exception):
    """The environment is not usable; the text names every fault."""

    def __init__(self, faults: list[str]) -> None:
        lines = "\n".join(f"  - {fault}" for fault in faults)
        super().__init__(f"The environment cannot be used:\n{lines}")
        self.faults = faults


class Env(msgspec.Struct, frozen=True, kw_only=True):
    """Every variable; the field's name in capitals is the variable's name."""

    django_debug: bool = False
    django_secret_key: str = ""
    django_allowed_hosts: str = "localhost 127.0.0.1 [::1]"
    database_url: str = "sqlite:///var/board.sqlite3"
    redis_url: str = ""
    dyno: str = ""  # set by Heroku: the process's name there
    port: Annotated[int, Meta(ge=1, le=65_535)] = 8_000

    board_https: bool = False
    board_proxies: Annotated[int, Meta(ge=0, le=10)] = 0
    board_origins: str = ""
    board_log: LogFormat = LogFormat.JSON
    board_log_level: LogLevel = LogLevel.INFO
    board_metrics_token: Token = ""
    board_report_s: Annotated[int, Meta(ge=1, le=20)] = 5
    board_database_pool: Annotated[int, Meta(ge=1, le=200)] = 8
    board_redis_verify: bool | None = None

    board_layer: Layer | None = None
    board_layer_capacity: Count = 1_000
    board_layer_expiry_s: Seconds = 60
    board_layer_group_expiry_s: Seconds = 86_400
    board_layer_prefix: Prefix = "chalkline"

    board_heads_poll_ms: Millis = 2_500
    board_announce_s: Seconds = 10
    board_peer_expiry_s: Seconds = 30
    board_room_idle_s: Seconds = 30
    board_snapshot_every: Count = 500
    board_submits_per_s: Count = 50
    board_person_submits_per_s: Count = 200
    board_address_submits_per_s: Count = 2_000
    board_board_submits_per_s: Count = 2_000
    board_address_sockets: Count = 2_000
    board_board_sockets: Count = 5_000
    board_live_per_s: Count = 120
    board_live_ms: Millis = 16
    board_live_frames_per_s: Count = 14_000
    board_ping_s: Seconds = 10
    board_unread_bytes: Bytes = 4_194_304
    board_commit_queue: Count = 10_000
    board_commit_queue_bytes: Bytes = 67_108_864
    board_commit_wait_s: Seconds = 10
    board_drain_s: Annotated[int, Meta(ge=1, le=25)] = 8

    board_assets_dir: str = "var/assets"
    board_assets_url: str = ""
    board_asset_bytes: Bytes = 20_971_520
    board_asset_pixels: Annotated[int, Meta(ge=10_000, le=400_000_000)] = 50_000_000
    board_asset_frames: Annotated[int, Meta(ge=1, le=10_000)] = 500
    board_asset_edge_px: Annotated[int, Meta(ge=256, le=16_383)] = 4_096
    board_asset_workers: Annotated[int, Meta(ge=1, le=32)] = 2
    board_asset_memory_bytes: Annotated[
        int, Meta(ge=268_435_456, le=68_719_476_736)
    ] = 1_073_741_824
    board_asset_s: Annotated[int, Meta(ge=1, le=300)] = 20
    board_assets: Count = 1_000
    board_assets_bytes: ManyBytes = 524_288_000
    board_import_bytes: Bytes = 67_108_864

    # A classroom sits behind one address.
    board_throttle_read: Rate = "3000/minute"
    board_throttle_write: Rate = "3000/minute"
    board_throttle_create: Rate = "300/hour"
    board_throttle_upload: Rate = "600/minute"
    board_throttle_report: Rate = "30/hour"
    board_audit_days: Annotated[int, Meta(ge=1, le=3_650)] = 90
    board_throttle_login: Rate = "30/hour"
    board_owned_boards: Count = 2_000

    @property
    def allowed_hosts(self) -> list[str]:
        """The host names this server answers to, in Django's form."""
        return words(self.django_allowed_hosts)

    @property
    def origins(self) -> list[str]:
        """Further origins whose pages may open sockets, `https://host[:port]`."""
        return [origin.lower() for origin in words(self.board_origins)]

    @property
    def redis_urls(self) -> list[str]:
        """The Redis servers; several are shards of one channel layer."""
        return words(self.redis_url)

    @property
    def layer(self) -> Layer:
        """The chosen layer; without a choice, what the Redis address allows."""
        if self.board_layer is not None:
            return self.board_layer
        return Layer.PUBSUB if self.redis_urls else Layer.MEMORY

    @property
    def verifies_redis(self) -> bool:
        """Whether a `rediss://` server must show a certificate somebody vouches for.

        Heroku's Redis shows a self-signed one, so there (and only there, unless
        `BOARD_REDIS_VERIFY` says otherwise) the connection is encrypted but unverified.
        """
        if self.board_redis_verify is not None:
            return self.board_redis_verify
        return not self.dyno


def words(text: str) -> list[str]:
    """The parts of a list written with spaces, commas or both."""
    return [word for word in _SEPARATOR.split(text) if word]


def read_env(variables: Mapping[str, str]) -> Env:
    """The typed environment; an empty variable counts as absent.

    Raises:
        EnvFault: with every variable that is missing, malformed or unknown.
    """
    given = {name: value for name, value in variables.items() if value.strip()}
    if "DJANGO_SECRET_KEY" not in given and "SECRET_KEY" in given:
        given["DJANGO_SECRET_KEY"] = given["SECRET_KEY"]
    faults: list[str] = []
    values: dict[str, Any] = {}
    known = msgspec.structs.fields(Env)
    for field in known:
        name = field.name.upper()
        if name in given:
            _convert(field, name, given[name], values=values, faults=faults)
    names = {field.name.upper() for field in known}
    for name in sorted(set(given) - names):
        if name.startswith(OWN_PREFIX):
            faults.append(f"{name} is not a variable of this server.")
    env = Env(**values)
    faults.extend(_faults_across(env))
    if faults:
        raise EnvFault(faults)
    return env if env.django_secret_key else _with_passing_secret(env)


def _convert(
    field: msgspec.structs.FieldInfo,
    name: str,
    text: str,
    *,
    values: dict[str, Any],
    faults: list[str],
) -> None:
    try:
        values[field.name] = msgspec.convert(text.strip(), field.type, strict=False)
    except msgspec.ValidationError as fault:
        faults.append(f"{name} is malformed: {fault}.")


def _faults_across(env: Env) -> list[str]:
    """What only shows when the values are seen as URLs, lists or together."""
    checks: list[tuple[Callable[[], bool], str]] = [
        (
            lambda: bool(env.django_secret_key) or env.django_debug,
            "DJANGO_SECRET_KEY (or SECRET_KEY) is missing.",
        ),
        (
            lambda: (
                not env.django_secret_key
                or env.django_debug
                or len(env.django_secret_key) >= MIN_SECRET_CHARS
            ),
            f"DJANGO_SECRET_KEY needs at least {MIN_SECRET_CHARS} characters.",
        ),
        (
            lambda: bool(_DATABASE_URL.match(env.database_url)),
            "DATABASE_URL is malformed: sqlite:///path or postgres://… is wanted.",
        ),
        (
            lambda: all(_REDIS_URL.match(url) for url in env.redis_urls),
            "REDIS_URL is malformed: redis://, rediss:// or unix:// is wanted, "
            "several separated by spaces or commas.",
        ),
        (
            lambda: env.layer is Layer.MEMORY or bool(env.redis_urls),
            "BOARD_LAYER asks for Redis, but REDIS_URL is missing.",
        ),
        (
            lambda: all(_ORIGIN.match(origin) for origin in env.origins),
            "BOARD_ORIGINS is malformed: https://host or https://host:port is wanted.",
        ),
        (
            lambda: not env.board_assets_url or bool(bucket_of(env.board_assets_url)),
            "BOARD_ASSETS_URL is malformed: s3://[key:secret@]bucket[/prefix]"
            "[?endpoint=https://…&region=…] is wanted.",
        ),
        (
            lambda: env.board_peer_expiry_s > env.board_announce_s,
            "BOARD_PEER_EXPIRY_S must be more than BOARD_ANNOUNCE_S.",
        ),
    ]
    return [fault for holds, fault in checks if not holds()]


def _with_passing_secret(env: Env) -> Env:
    """In debug mode a secret may be absent: one is made that ends with the process."""
    return msgspec.structs.replace(env, django_secret_key=secrets.token_urlsafe(48))
