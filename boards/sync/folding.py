"""Folding a large board in a process of its own, so that nobody else feels it.

A fold of a hundred thousand elements is a second of processor time, much of it in calls
that hold Python's lock: on a thread it would stop the loop, and what it needs would
stay with the server. The child's memory ends with it; it is polite to the processor
unless somebody waits for it, for on a busy machine who is polite gets next to nothing.

It reads a packed snapshot and entries, and writes a packed snapshot; it knows no
database. `snapshots` starts it; `python -m boards.sync.folding` is the child.
"""

import gzip
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import msgspec

from boards.sync.document import Document

LEVEL = 4  # a tenth smaller than 1, 4 % larger than 6, which takes four times as long
NICE = 10  # behind everything that somebody waits for
_END = b"\0"  # of an entry; JSON has none
_ENVIRONMENT = ("PATH", "PYTHONPATH", "LANG", "LD_LIBRARY_PATH")  # and no secret
_BROKEN = (OSError, EOFError, msgspec.DecodeError)  # what a child's end looks like
_CHUNK_BYTES = 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]


class Head(msgspec.Struct):
    """What goes before a packed snapshot of `n_bytes` on a pipe, on a line."""

    seq: int
    n_elements: int
    n_bytes: int


class Packed(msgspec.Struct):
    """A folded document as it is stored and served: gzip of its JSON text."""

    seq: int
    n_elements: int
    body: bytes


def pack(text: bytes) -> bytes:
    """Compress a snapshot's text as it is served; the same text, the same bytes."""
    return gzip.compress(text, compresslevel=LEVEL, mtime=0)


def unpack(body: bytes) -> bytes:
    """The JSON text of a packed snapshot."""
    return gzip.decompress(body)


def packed(document: Document) -> Packed:
    """The document, packed."""
    return Packed(document.seq, len(document), pack(document.text()))


def fold_apart(
    body: bytes, texts: Iterable[list[str]], *, is_awaited: bool = False
) -> Packed:
    """Fold entries onto a packed snapshot, or onto nothing; blocks until it is done.

    `is_awaited`: somebody waits for it.

    Raises:
        ChildProcessError: the child failed; what it said is in the log.
    """
    with subprocess.Popen(  # noqa: S603 - our own module, no shell
        [sys.executable, "-m", __name__, str(0 if is_awaited else NICE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_ROOT,
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
    ) as child:
        assert child.stdin is not None and child.stdout is not None  # noqa: S101
        try:
            _write(child.stdin, Head(0, 0, len(body)), body)
            for some in texts:
                child.stdin.write("\0".join([*some, ""]).encode())
            child.stdin.close()
            head, packed_body = _read(child.stdout)
        except BaseException as fault:
            child.kill()
            if isinstance(fault, _BROKEN):
                raise ChildProcessError("The fold failed.") from fault
            raise
    return Packed(head.seq, head.n_elements, packed_body)


def _fold_all(source: IO[bytes], target: IO[bytes]) -> None:
    """What the child does."""
    _, body = _read(source)
    document = Document.from_snapshot(unpack(body)) if body else Document()
    rest = b""
    while chunk := source.read(_CHUNK_BYTES):
        *texts, rest = (rest + chunk).split(_END)
        for text in texts:
            document.apply(text)
    done = packed(document)
    _write(target, Head(done.seq, done.n_elements, len(done.body)), done.body)


def _write(target: IO[bytes], head: Head, body: bytes) -> None:
    target.write(msgspec.json.encode(head) + b"\n" + body)
    target.flush()


def _read(source: IO[bytes]) -> tuple[Head, bytes]:
    head = msgspec.json.decode(source.readline(), type=Head)
    body = source.read(head.n_bytes)
    if len(body) < head.n_bytes:
        raise EOFError("The snapshot is cut short.")
    return head, body


if __name__ == "__main__":
    os.nice(int(sys.argv[1]))
    _fold_all(sys.stdin.buffer, sys.stdout.buffer)
