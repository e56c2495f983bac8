"""Where uploads are cleaned: a process for each, a few at once, each within limits.

Decoders are large C libraries that read what strangers wrote. In a process of its own a
crash, a loop or a gigabyte costs one upload and not everybody on every board. Blocking;
`shelf` calls it in a request's thread, never on the event loop.
"""

import logging
import os
import subprocess
import sys
import threading
from functools import lru_cache
from pathlib import Path
from typing import IO, assert_never

import msgspec

from boards.assets.bounds import Bounds, Picture
from boards.assets.worker import Done, Failed, Verdict
from boards.sync.refusals import Code, Reason, Refused

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
RETRY_MS = 3_000  # about as long as a large photograph takes
MAX_NOTE_CHARS = 200  # of what a failed worker said, in the log

_decode_verdict = msgspec.json.Decoder(Verdict).decode


class Workshop:
    """Runs at most `n_workers` workers at once."""

    def __init__(self, bounds: Bounds, n_workers: int) -> None:
        """Prepare; nothing is started yet."""
        self._bounds = bounds
        self._free = threading.BoundedSemaphore(n_workers)

    def clean(self, source: IO[bytes], target: IO[bytes]) -> Picture:
        """Clean the file `source` into the file `target`; both are real, open files.

        Raises:
            Refused: what `cleaning.clean` refuses; `too_large` also for what needs
                more time or memory than it may have; `invalid` for what makes the
                decoder fail; `busy` when no worker becomes free.
        """
        if not self._free.acquire(timeout=self._bounds.seconds):
            raise Refused(
                Code.BUSY, "Many pictures are coming in; try again.", wait_ms=RETRY_MS
            )
        try:
            return self._run(source, target)
        finally:
            self._free.release()

    def _run(self, source: IO[bytes], target: IO[bytes]) -> Picture:
        bounds = msgspec.json.encode(self._bounds).decode()
        fd = target.fileno()
        source.flush()
        os.lseek(source.fileno(), 0, os.SEEK_SET)  # the child shares the place
        try:
            ended = subprocess.run(  # noqa: S603 - our own module, no shell
                [sys.executable, "-m", "boards.assets.worker", bounds, str(fd)],
                stdin=source,
                capture_output=True,
                pass_fds=[fd],
                cwd=ROOT,
                env=_environment(),
                timeout=self._bounds.seconds * 2,  # it yields to others
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _too_much_work("time") from None
        return _picture(ended)


@lru_cache(maxsize=4)
def workshop(bounds: Bounds, n_workers: int) -> Workshop:
    """The workshop of this process with these limits."""
    return Workshop(bounds, n_workers)


def _environment() -> dict[str, str]:
    """What a worker may know: where its packages are, and no secret."""
    names = ("PATH", "PYTHONPATH", "LANG", "LD_LIBRARY_PATH", "TMPDIR")
    return {name: os.environ[name] for name in names if name in os.environ}


def _picture(ended: "subprocess.CompletedProcess[bytes]") -> Picture:
    try:
        verdict = _decode_verdict(ended.stdout)
    except msgspec.MsgspecError:
        return _picture_of_failed(ended)
    match verdict:
        case Done(picture):
            return picture
        case Failed(code, detail, reason, most):
            raise Refused(code, detail, reason=reason, most=most)
        case _:
            assert_never(verdict)


def _picture_of_failed(ended: "subprocess.CompletedProcess[bytes]") -> Picture:
    """No verdict: the worker ran into a limit or crashed."""
    note = ended.stderr.decode(errors="replace").strip()[-MAX_NOTE_CHARS:]
    how = f"exit={ended.returncode} {note.splitlines()[-1] if note else ''}".strip()
    if ended.returncode < 0:  # a signal: its own limits, or the system's
        raise _too_much_work(how)
    logger.warning("picture unreadable", extra={"fault": how})
    raise Refused(
        Code.INVALID,
        "This picture is damaged and cannot be opened.",
        reason=Reason.DAMAGED,
    )


def _too_much_work(how: str) -> Refused:
    logger.warning("picture given up", extra={"fault": how})
    return Refused(
        Code.TOO_LARGE,
        "This picture takes too much time or memory to be opened.",
        reason=Reason.HEAVY,
    )
