"""The command's arguments: what is wrong is explained before anything is drawn."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.support.corpus import EXCERPT


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["absent.jsonl", "--board", "x"], "No such file"),
        ([EXCERPT, "--board", "x", "--url", "localhost:8000"], "http://"),
        ([EXCERPT, "--board", "x", "--speed", "0"], "above 0"),
        ([EXCERPT, "--board", "x", "--speed", "nan"], "above 0"),
        ([EXCERPT, "--board", "x", "--speed", "fast"], "not a number"),
        ([EXCERPT, "--board", "x", "--writers", "1000"], "from 1 to 200"),
        ([EXCERPT, "--board", "x", "--limit", "-3"], "expected one argument|whole"),
        ([EXCERPT], "--board"),
    ],
)
def test_wrong_arguments_are_explained(words: list[str | Path], fault: str) -> None:
    with pytest.raises(CommandError, match=fault):
        call_command("replay", *map(str, words))


def test_a_file_without_a_drawing_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text("\n")

    with pytest.raises(CommandError, match="holds no drawing"):
        call_command("replay", str(path), "--board", "x")


def test_nobody_there_fails_after_the_patience() -> None:
    with pytest.raises(CommandError, match="nobody answers"):
        call_command(
            "replay",
            str(EXCERPT),
            *["--board", "x", "--url", "http://127.0.0.1:9", "--limit", "1"],
            *["--patience", "0.05", "--verbosity", "0"],
        )
