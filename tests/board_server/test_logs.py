"""Log lines: one a record, in both forms, with fields and nothing too long."""

import json
import logging
from typing import Any

import pytest

from board_server.env import LogFormat, LogLevel
from board_server.logs import (
    MAX_VALUE_CHARS,
    JsonLines,
    TextLines,
    WithoutTraceback,
    logging_config,
)


def record(message: str = "joined", **fields: Any) -> logging.LogRecord:
    made = logging.LogRecord("boards", logging.INFO, __file__, 1, message, (), None)
    made.__dict__.update(fields)
    return made


def json_formatter() -> JsonLines:
    options = logging_config(LogFormat.JSON, LogLevel.INFO)["formatters"]["line"]
    return JsonLines(
        options["fmt"],
        **{k: v for k, v in options.items() if k not in ("()", "fmt")},
    )


def test_json_line_has_the_key_fields() -> None:
    line = json.loads(json_formatter().format(record(board="b1", n_peers=3)))

    assert line.keys() == {
        "timestamp",
        "level",
        "logger",
        "message",
        "board",
        "n_peers",
    }
    assert (line["level"], line["logger"], line["message"]) == (
        "INFO",
        "boards",
        "joined",
    )
    assert (line["board"], line["n_peers"]) == ("b1", 3)


@pytest.mark.parametrize("formatter", [json_formatter(), TextLines()])
def test_hostile_value_stays_one_short_line(formatter: logging.Formatter) -> None:
    line = formatter.format(record(name="boards", origin="x\r\nINFO forged\n" * 500))

    assert "\n" not in line and "\r" not in line
    assert len(line) < 3 * MAX_VALUE_CHARS


def test_a_text_line_tells_a_terminal_nothing() -> None:
    hostile = "/\x1b[2J\x9b31m\u202e\x0b"
    line = TextLines().format(record(f"Not Found: {hostile}", board=hostile))

    assert line.isprintable()
    assert line.count(r"/\x1b[2J\x9b31m\u202e\x0b") == 2


def test_long_message_is_cut() -> None:
    for formatter in (json_formatter(), TextLines()):
        assert len(formatter.format(record("/x" * 50_000))) < 3 * MAX_VALUE_CHARS


def test_traceback_of_a_hostile_request_is_left_out() -> None:
    hostile = record("Invalid HTTP_HOST header")
    hostile.exc_info = (ValueError, ValueError("x"), None)

    assert WithoutTraceback().filter(hostile)

    assert "ValueError" not in json_formatter().format(hostile)


def test_request_objects_are_left_out() -> None:
    line = json.loads(json_formatter().format(record(request=object())))

    assert "request" not in line
    assert "request" not in TextLines().format(record(request=object()))


def test_text_line_reads_as_key_value() -> None:
    line = TextLines().format(record(board="b1", detail="two words"))

    assert line.endswith("INFO boards joined board=b1 detail='two words'")
