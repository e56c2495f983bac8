"""Running other programs, and saying what went wrong in one sentence."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from tools.places import BIN, ROOT


class Stop(Exception):
    """The work cannot go on; the text tells a person what to do."""


_held: ContextVar[list[str] | None] = ContextVar("held", default=None)


@contextmanager
def held_back() -> Iterator[list[str]]:
    """Keep what this thread would show meanwhile, for work that goes on beside other.

    What `say` and the programs that `succeeds` runs print is gathered in the list.
    """
    texts: list[str] = []
    token = _held.set(texts)
    try:
        yield texts
    finally:
        _held.reset(token)


def say(text: str) -> None:
    """Tell the person at the terminal, at once even when stdout is a file."""
    held = _held.get()
    if held is None:
        print(text, flush=True)
    else:
        held.append(f"{text}\n")


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment with the virtual environment first in PATH."""
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path, **(extra or {})}


def succeeds(
    command: Sequence[str | Path], *, env: Mapping[str, str] | None = None
) -> bool:
    """Run with its output shown; whether it ended well."""
    sys.stdout.flush()
    words = [str(word) for word in command]
    held = _held.get()
    try:
        done = subprocess.run(
            words,
            cwd=ROOT,
            env=env or environment(),
            check=False,
            stdout=None if held is None else subprocess.PIPE,
            stderr=None if held is None else subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as fault:
        say(f"{words[0]}: {fault.strerror}")
        return False
    if held is not None:
        held.append(done.stdout)
    return done.returncode == 0


def run(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None) -> None:
    """Run with its output shown.

    Raises:
        Stop: when it fails.
    """
    if not succeeds(command, env=env):
        raise Stop(f"This failed: {' '.join(str(word) for word in command)}")


def answer(command: Sequence[str | Path]) -> str | None:
    """What a command prints, or None when it is not there or fails."""
    try:
        done = subprocess.run(
            [str(word) for word in command],
            env=environment(),
            check=True,
            capture_output=True,
            text=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()
