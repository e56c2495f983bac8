"""`python -m boards.assets.worker BOUNDS FD`: clean one picture, in a process alone.

Reads the file from its standard input, writes the clean one to the open file FD and its
verdict as one line of JSON to its standard output. It limits its own memory and time
before it looks at a byte: a decoder that is fooled takes this process down and nothing
else. Started by `workshop` with nothing of the server's in its environment.
"""

import errno
import os
import resource
import sys

import msgspec

from boards.assets.bounds import Bounds, Picture
from boards.sync.refusals import Code, Reason, Refused

NICE = 10  # drawing together goes first
TOO_LARGE_A_FILE = "This picture is too large as a file; make it smaller."
KEPT_FACTOR = 2  # a file may grow by being encoded anew, but not without end


class Done(msgspec.Struct, tag="done", frozen=True):
    """The picture is clean and written."""

    picture: Picture


class Failed(msgspec.Struct, tag="failed", frozen=True):
    """It is refused, and why."""

    code: Code
    detail: str
    reason: Reason | None = Reason.HEAVY
    most: int | None = None


Verdict = Done | Failed


def main(bounds_json: str, target_fd: str) -> None:
    """Clean standard input into the file; print the verdict."""
    bounds = msgspec.json.decode(bounds_json, type=Bounds)
    _limit(bounds)
    # Imported within the limits, like everything that may run wild.
    from boards.assets.cleaning import clean

    try:
        with open(int(target_fd), "wb") as target:
            verdict: Verdict = Done(clean(sys.stdin.buffer, target, bounds))
            # Some encoders write past the limit without a word: the rest is missing.
            if target.seek(0, os.SEEK_END) >= bounds.bytes * KEPT_FACTOR:
                verdict = Failed(Code.TOO_LARGE, TOO_LARGE_A_FILE)
    except Refused as refusal:
        verdict = Failed(refusal.code, refusal.detail, refusal.reason, refusal.most)
    except OSError as fault:  # also when the last bytes are written, at the end
        if fault.errno != errno.EFBIG:
            raise
        verdict = Failed(Code.TOO_LARGE, TOO_LARGE_A_FILE)
    sys.stdout.buffer.write(msgspec.json.encode(verdict))


def _limit(bounds: Bounds) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory_bytes,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds,) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bounds.bytes * KEPT_FACTOR,) * 2)
    os.nice(NICE)


if __name__ == "__main__":
    main(*sys.argv[1:])
