"""The files of clean pictures, in Django's storage `assets`: a folder, or S3.

A file's name is the hash of what is in it, so the boards that show the same picture
share one file, and writing it twice changes nothing. Blocking.
"""

import hashlib
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from boards.assets.bounds import ENDINGS
from boards.sync.refusals import Code, Refused

PARTS = "parts"  # the folder of files that are still being written


class AssetFiles(FileSystemStorage):
    """Files that appear whole, whatever happens while they are written."""

    def _save(self, name: str, content: "File[bytes]") -> str:
        save_part = super()._save  # type: ignore[misc] # its stubs leave it out
        part = Path(self.path(save_part(_part_name(), content)))
        whole = Path(self.path(name))
        try:
            with part.open("rb") as written:
                os.fsync(written.fileno())
            whole.parent.mkdir(parents=True, exist_ok=True)
            part.replace(whole)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        return name


def _part_name() -> str:
    return f"{PARTS}/{secrets.token_hex(16)}"


def name_of(hash_: str, type_: str) -> str:
    """The name of a picture's file; folders keep listings short."""
    return f"{hash_[:2]}/{hash_}.{ENDINGS[type_]}"


def keep(name: str, content: IO[bytes]) -> None:
    """Store the file unless it is there.

    Raises:
        Refused: `unavailable`, when the storage fails.
    """
    with _reachable() as files:
        if not files.exists(name):
            content.seek(0)
            files.save(name, File(content))


def read(name: str) -> bytes | None:
    """The whole file; None when it is not there.

    Raises:
        Refused: `unavailable`, when the storage fails.
    """
    with _reachable() as files:
        try:
            with files.open(name) as file:
                content: bytes = file.read()
                return content
        except FileNotFoundError:
            return None


def pour(name: str, take: Callable[[bytes], object]) -> str | None:
    """Hand the file over, a piece at a time; its SHA-256, None when it is missing.

    Raises:
        Refused: `unavailable`, when the storage fails.
    """
    digest = hashlib.sha256()
    with _reachable() as files:
        try:
            with files.open(name) as file:
                for piece in file.chunks():
                    digest.update(piece)
                    take(piece)
        except FileNotFoundError:
            return None
    return digest.hexdigest()


def remove(name: str) -> None:
    """Remove the file; one that is gone stays gone.

    Raises:
        Refused: `unavailable`, when the storage fails.
    """
    with _reachable() as files:
        files.delete(name)


@contextmanager
def _reachable() -> Iterator[Storage]:
    """The storage, its faults as refusals."""
    try:
        yield storages["assets"]
    except _faults() as fault:
        raise Refused(
            Code.UNAVAILABLE, "The storage of pictures is away; try again."
        ) from fault


def _faults() -> tuple[type[Exception], ...]:
    """What a storage raises when it fails; S3's words only once S3 is in use."""
    botocore = sys.modules.get("botocore.exceptions")
    if botocore is None:
        return (OSError,)
    return (OSError, botocore.BotoCoreError, botocore.ClientError)
