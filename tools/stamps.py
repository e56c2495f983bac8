"""Stamps: what a step was last done for, so that it is not done again for nothing.

A stamp is the hash of everything that the step depends on, by content: a fresh clone,
another branch or a touched file decide rightly. Kept under `var/stamps`.
"""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from tools.places import ROOT, VAR

STAMPS = VAR / "stamps"


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """The hash of these files' names and contents, and of some words."""
    digest = hashlib.sha256()
    for word in words:
        digest.update(word.encode() + b"\0")
    for path in sorted(_files(paths)):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def unless_done(
    name: str, mark: str, step: Callable[[], None], *, result: Path | None = None
) -> bool:
    """Do the step unless it was done for the same mark and its result is there.

    Returns:
        Whether it was done now.
    """
    stamp = STAMPS / name
    is_there = result is None or result.exists()
    if is_there and stamp.exists() and stamp.read_text() == mark:
        return False
    stamp.unlink(missing_ok=True)
    step()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)
    return True


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from (inner for inner in path.rglob("*") if inner.is_file())
        elif path.exists():
            yield path
