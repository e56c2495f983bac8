"""`manage.py replay` in a process of its own, as a person types it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.convergence import RestBoard
from tests.support.server import ROOT, process_env

REPLAY_WITHIN_S = 900.0


@contextmanager
def replaying(
    board: RestBoard, drawings: Path, speed: float, *more: str
) -> Iterator["subprocess.Popen[str]"]:
    """A replay with eight writers; it has ended, well, when the block has."""
    command = [sys.executable, "manage.py", "replay", str(drawings)]
    command += ["--board", board.id, "--url", board.url]
    command += ["--speed", str(speed), "--writers", "8", *more]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=process_env({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
            _, complaint = process.communicate(timeout=REPLAY_WITHIN_S)
        finally:
            process.kill()
    assert process.returncode == 0, complaint
