"""The JavaScript twin of the wire."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from boards.management.commands import protocol_types


def test_the_committed_file_is_what_the_structs_say() -> None:
    call_command("protocol_types", "--check")


def test_a_stale_file_is_reported_and_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = tmp_path / "protocol.js"
    stale.write_text("// old")
    monkeypatch.setattr(protocol_types, "TARGET", stale)

    with pytest.raises(CommandError, match="stale"):
        call_command("protocol_types", "--check")

    assert stale.read_text() == "// old"


def test_every_run_writes_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "protocol.js"
    monkeypatch.setattr(protocol_types, "TARGET", target)

    call_command("protocol_types")
    first = target.read_text()
    call_command("protocol_types")

    assert target.read_text() == first


def test_ops_and_frames_are_unions_by_their_tag() -> None:
    text = protocol_types.generate()

    assert "@typedef {PutOp | SetOp | DelOp} Op" in text
    assert '@property {"welcome"} type' in text
    assert "@property {Op[]} ops" in text


def test_what_the_server_always_says_is_not_optional() -> None:
    text = protocol_types.generate()

    assert "@property {number} ping_s" in text
    assert "@property {number} [wait_ms]" not in text
    assert "@property {number | null} [wait_ms]" in text
