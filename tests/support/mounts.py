"""A small disk of a test's own: a tmpfs that can be filled and made read-only."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.services import Missing

CHUNK = bytes(64 * 1024)
BALLAST = "ballast"


@contextmanager
def mounted(size_mb: int) -> Iterator[Path]:
    """Mount a disk of that size; unmounted at the end.

    Raises:
        Missing: when this user may not mount.
    """
    with tempfile.TemporaryDirectory(prefix="board-disk-") as folder:
        options = ["-t", "tmpfs", "-o", f"size={size_mb}m,mode=777"]
        done = subprocess.run(
            ["mount", *options, "board-faults", folder],
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise Missing(f"a disk cannot be mounted here: {done.stderr.strip()}")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def fill(disk: Path) -> None:
    """Leave not a byte."""
    with (disk / BALLAST).open("ab", buffering=0) as ballast:
        for size in (len(CHUNK), 4096, 1):
            try:
                while ballast.write(CHUNK[:size]):
                    pass
            except OSError:
                continue


def drain(disk: Path) -> None:
    """Give the room back."""
    (disk / BALLAST).unlink()


def remount(disk: Path, how: str) -> None:
    """`ro`: nothing can be written any more; `rw`: it can again."""
    subprocess.run(
        ["mount", "-o", f"remount,{how}", str(disk)], check=True, capture_output=True
    )
