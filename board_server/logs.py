"""Logs: one line an occurrence to stdout, as JSON or as `key=value` text.

Fields come from `extra={…}` of the logging call; what people draw, keys and cookies
never do. Values are cut, so that hostile input cannot fill a log. Used by
`board_server.settings` alone; everybody else calls the standard `logging`.
"""

import logging
from contextvars import ContextVar
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from board_server.env import LogFormat, LogLevel

MAX_VALUE_CHARS = 500  # enough for any id, path or reason; short for what is hostile
_FIELDS = ["timestamp", "levelname", "name", "message"]
# Set by `operating.requests` for each request, by `operating.identity` once.
current_request: ContextVar[str | None] = ContextVar("current_request", default=None)
of_this_process: dict[str, str] = {}
_RESERVED = frozenset([*RESERVED_ATTRS, "message", "asctime"])


# What these write may be about work that many share, in a task that goes on in the
# context of whoever woke it: the request would be a stranger's.
_SHARED = ("boards.sync", "boards.bans", "board_server.operating.reports")


class Context(logging.Filter):
    """Says in each line which process wrote it, and for which request, if that is sure.

    Lines about work that many share name the board, the changes or the bus instead.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the fields; the line stays."""
        record.__dict__.update(of_this_process)
        id_ = current_request.get()
        if id_ is not None and not _is_below(record.name, _SHARED):
            record.request_id = id_
        return True


def _is_below(name: str, loggers: tuple[str, ...]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in loggers)


class WithoutTraceback(logging.Filter):
    """Keeps what a hostile request causes to one line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the traceback away; the line stays."""
        record.exc_info = None
        record.exc_text = None
        return True


def shortened(value: Any) -> Any:
    """The value, its text cut to a length that a log can bear."""
    if isinstance(value, int | float | bool | type(None)):
        return value
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= MAX_VALUE_CHARS else f"{text[:MAX_VALUE_CHARS]}…"


def _fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """What the call gave as `extra`, without objects such as Django's request."""
    given = {
        key: value
        for key, value in record.__dict__.items()
        if key not in _RESERVED and not key.startswith("_")
    }
    given.pop("request", None)
    return {key: shortened(value) for key, value in given.items()}


class JsonLines(JsonFormatter):
    """One JSON object a line: timestamp, level, logger, message and the fields."""

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Cut every value but a traceback, which is ours and needed whole."""
        log_data.pop("request", None)
        return {
            key: value if key == "exc_info" else shortened(value)
            for key, value in log_data.items()
        }


class TextLines(logging.Formatter):
    """`12:00:00 INFO boards message key=value …`, for people at a terminal."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%H:%M:%S")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line, with the fields after the message."""
        fields = "".join(
            f" {key}={_quoted(value)}" for key, value in _fields_of(record).items()
        )
        record.message = shortened(record.message)
        line = super().formatMessage(record) + fields
        return line if line.isprintable() else "".join(map(_written, line))


def _written(character: str) -> str:
    """What a terminal shows and does not obey."""
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode()


def _quoted(value: Any) -> str:
    text = str(value)
    return repr(text) if any(character in text for character in ' "=\t\r\n') else text


def logging_config(form: LogFormat, level: LogLevel) -> dict[str, Any]:
    """Django's `LOGGING`: everything to stdout in one form."""
    json_lines = {
        "()": "board_server.logs.JsonLines",
        "fmt": _FIELDS,
        "rename_fields": {"levelname": "level", "name": "logger"},
        "timestamp": True,
        "json_ensure_ascii": False,
    }
    formatters = {
        LogFormat.JSON: json_lines,
        LogFormat.TEXT: {"()": "board_server.logs.TextLines"},
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatters[form]},
        "filters": {
            "context": {"()": "board_server.logs.Context"},
            "without_traceback": {"()": "board_server.logs.WithoutTraceback"},
        },
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "line",
                "filters": ["context"],
            }
        },
        "root": {"handlers": ["stdout"], "level": level.value},
        "loggers": {
            # Django writes its own 4xx lines; with ours they would be said twice.
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            # A request for another host's name is no fault of ours.
            "django.security.DisallowedHost": {"filters": ["without_traceback"]},
            # A traceback a second while Redis is away; the bus says it in a line.
            "channels_redis": {"level": "CRITICAL"},
            # Which addresses a server listens on is said by us, once.
            "daphne": {"level": "WARNING"},
        },
    }
