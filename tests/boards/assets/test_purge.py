"""Uploads and purges of a picture, each interrupted at every step by the other.

Whatever their order, a board that has the picture's row has its file, and a file that
no board has any more is gone.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import ClassVar

import pytest
from django.core.files.base import File
from django.utils import timezone
from pytest_django import Settings

from boards import catalog
from boards.access import Credentials, Grant, Role
from boards.assets import shelf, storage
from boards.assets.bounds import PNG
from boards.assets.storage import AssetFiles
from boards.models import Asset, Board
from boards.sync.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)

CONTENT = b"a picture"
HASH = hashlib.sha256(CONTENT).hexdigest()
MOST_STEPS = 13  # no verb has more of them


class Interrupted(AssetFiles):
    """A folder; before or after one of its steps, something else is done."""

    at: ClassVar[int] = -1
    what: ClassVar[Callable[[], object]] = staticmethod(lambda: None)

    def _step(self) -> None:
        cls = type(self)
        cls.at -= 1
        if cls.at == -1:
            cls.what()

    def exists(self, name: str) -> bool:
        self._step()
        is_there = super().exists(name)
        self._step()
        return is_there

    def open(self, name: str, mode: str = "rb") -> "File[bytes]":
        self._step()
        file = super().open(name, mode)
        self._step()
        return file

    def _save(self, name: str, content: "File[bytes]") -> str:
        self._step()
        kept = super()._save(name, content)
        self._step()
        return kept

    def delete(self, name: str) -> None:
        self._step()
        super().delete(name)
        self._step()


@dataclass
class Boards:
    """One board with the picture, in the trash for long; one that wants it."""

    old: Board
    new: Board

    def share(self) -> None:
        """Put the picture of the old board on the new one's shelf too."""
        source = Asset(
            board_id=self.old.pk, hash=HASH, type=PNG, w=1, h=1, bytes=len(CONTENT)
        )
        try:
            shelf.share(Grant(self.new.pk, Role.EDIT, Credentials()), source)
        except Refused:
            pass  # the picture was gone before it was read

    def expect_whole(self) -> None:
        """The row of the new board and the file are both there, or both gone."""
        name = storage.name_of(HASH, PNG)
        is_there = Asset.objects.filter(board=self.new).exists()
        assert storage.read(name) == (CONTENT if is_there else None)
        assert not Board.objects.filter(pk=self.old.pk).exists()


@pytest.fixture
def boards(settings: Settings, tmp_path: Path) -> Iterator[Boards]:
    """Both boards, the picture in a folder of their own."""
    storages = json.loads(json.dumps(settings.STORAGES))
    storages["assets"] = {
        "BACKEND": f"{__name__}.Interrupted",
        "OPTIONS": {"location": str(tmp_path / "assets")},
    }
    settings.STORAGES = storages
    old, _key = catalog.create()
    new, _key = catalog.create()
    storage.keep(storage.name_of(HASH, PNG), BytesIO(CONTENT))
    Asset.objects.create(board=old, hash=HASH, type=PNG, w=1, h=1, bytes=len(CONTENT))
    Board.objects.filter(pk=old.pk).update(
        deleted_at=timezone.now() - timedelta(days=60)
    )
    yield Boards(old, new)
    Interrupted.at = -1


def purge() -> None:
    catalog.purge_trash(timezone.now())


@pytest.mark.parametrize("step", range(MOST_STEPS))
def test_a_purge_in_the_middle_of_an_upload(boards: Boards, step: int) -> None:
    Interrupted.at, Interrupted.what = step, staticmethod(purge)

    boards.share()

    if Interrupted.at >= 0:  # it had fewer steps
        Interrupted.at = -1
        purge()
    boards.expect_whole()


@pytest.mark.parametrize("step", range(MOST_STEPS))
def test_an_upload_in_the_middle_of_a_purge(boards: Boards, step: int) -> None:
    Interrupted.at, Interrupted.what = step, staticmethod(boards.share)

    purge()

    boards.expect_whole()
