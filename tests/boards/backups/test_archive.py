"""What an archive lets through: what was saved, and nothing that was not."""

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable

import pytest

from boards.backups import archive as archive_module
from boards.backups.archive import (
    Archive,
    ArchiveWriter,
    AssetLine,
    BadArchive,
    BoardLine,
    BoardSummary,
    Line,
    SnapshotLine,
    entry_line,
)

PICTURE = b"a picture" * 100
Members = dict[str, bytes]


def lines() -> list[Line]:
    return [
        BoardLine({"id": "one", "title": "Eins", "head": 2}),
        entry_line(1, "a", 5, '{"text":"Grüße\u2028\\n"}'.encode()),
        entry_line(2, "b", 6, b"\xff no text"),
        SnapshotLine(1, 3, bytes(range(256))),
        AssetLine(picture_hash(), "image/png", 1, 2, len(PICTURE)),
    ]


def picture_hash() -> str:

    return hashlib.sha256(PICTURE).hexdigest()


def saved() -> bytes:
    file = io.BytesIO()
    writer = ArchiveWriter(file, "2030-01-01T00:00:00+00:00")
    summary = BoardSummary("one", 2, 2, 1, [picture_hash()], 0, "")
    writer.add_board(iter(lines()), summary)
    writer.add_asset(picture_hash(), io.BytesIO(PICTURE))
    writer.close()
    return file.getvalue()


def read(content: bytes) -> tuple[list[Line], bytes]:
    """Everything that an archive gives once it is verified."""
    archive = Archive(io.BytesIO(content))
    archive.verify()
    (board,) = archive.manifest.boards
    (asset,) = archive.manifest.assets
    return list(archive.lines(board)), b"".join(archive.asset(asset))


def rezipped(change: Callable[[Members], object]) -> bytes:
    """The archive with other members, as somebody might make it by hand."""
    with zipfile.ZipFile(io.BytesIO(saved())) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            new.writestr(name, content)
    return file.getvalue()


def manifest_with(**fields: object) -> Callable[[Members], object]:
    def change(members: Members) -> None:
        manifest = json.loads(members["manifest.json"])
        members["manifest.json"] = json.dumps(manifest | fields).encode()

    return change


def test_gives_back_what_was_saved() -> None:
    assert read(saved()) == (lines(), PICTURE)
    texts = [line.content() for line in lines()[1:3]]  # type: ignore[union-attr]
    assert texts == ['{"text":"Grüße\u2028\\n"}'.encode(), b"\xff no text"]


def test_is_written_into_a_pipe_too() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    file = Pipe()
    writer = ArchiveWriter(file, "")
    writer.add_board(iter(lines()[:1]), BoardSummary("one", 0, 0, 0, [], 0, ""))
    writer.close()

    Archive(io.BytesIO(file.getvalue())).verify()


def test_cut_short_anywhere_is_refused() -> None:
    whole = saved()

    for n_bytes in [0, 1, *range(7, len(whole), 41), len(whole) - 1]:
        with pytest.raises(BadArchive):
            read(whole[:n_bytes])


def test_a_flipped_bit_is_refused_or_matters_to_nobody() -> None:
    whole = saved()
    seeded = random.Random(170)
    n_refused = 0

    for place in seeded.sample(range(len(whole)), 400):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << seeded.randrange(8)
        try:
            assert read(bytes(damaged)) == (lines(), PICTURE), f"at {place}"
        except BadArchive:
            n_refused += 1

    assert n_refused > 300  # the others are dates and flags of the container


HOSTILE: dict[str, Callable[[Members], object]] = {
    "path traversal": lambda m: m.update({"../../etc/passwd": b"x"}),
    "absolute path": lambda m: m.update({"/etc/cron.d/x": b"x"}),
    "unknown member": lambda m: m.update({"boards/two.jsonl": b"{}"}),
    "member missing": lambda m: m.pop("boards/one.jsonl"),
    "picture missing": lambda m: m.pop(f"assets/{picture_hash()}"),
    "no manifest": lambda m: m.pop("manifest.json"),
    "manifest is none": lambda m: m.update({"manifest.json": b"[]"}),
    "manifest nests": lambda m: m.update({"manifest.json": b"[" * 100_000}),
    "another format": manifest_with(format=2),
    "a field of tomorrow": manifest_with(more=1),
    "no boards": manifest_with(boards=[]),
    "another picture": lambda m: m.update({f"assets/{picture_hash()}": PICTURE[::-1]}),
    "bomb": lambda m: m.update({"boards/one.jsonl": b" " * 50_000_000}),
    "board by another path": manifest_with(
        boards=[
            {
                "id": "../one",
                "head": 0,
                "entries": 0,
                "snapshots": 0,
                "assets": [],
                "bytes": 0,
                "sha256": "",
            }
        ]
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_archive_is_refused(kind: str) -> None:
    with pytest.raises(BadArchive):
        read(rezipped(HOSTILE[kind]))


@pytest.mark.parametrize("kind", ["boards", "assets"])
def test_a_size_below_nothing_is_refused_before_a_member_is_read(kind: str) -> None:
    # A read of less than nothing is one of everything, however large it unpacks.
    def change(members: Members) -> None:
        manifest = json.loads(members["manifest.json"])
        manifest[kind][0]["bytes"] = -5
        members["manifest.json"] = json.dumps(manifest).encode()

    with pytest.raises(BadArchive, match="manifest"):
        Archive(io.BytesIO(rezipped(change)))


def test_no_zip_at_all_is_refused() -> None:
    for content in (b"", b"PK", b"\0" * 1000, b'{"boards": []}'):
        with pytest.raises(BadArchive, match="no whole backup"):
            Archive(io.BytesIO(content))


def test_endless_line_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "MAX_LINE_BYTES", 1_000)
    monkeypatch.setattr(archive_module, "PIECE_BYTES", 500)
    file = io.BytesIO()
    writer = ArchiveWriter(file, "")
    long: list[Line] = [BoardLine({"title": "x" * 5_000})]
    writer.add_board(iter(long), BoardSummary("one", 0, 0, 0, [], 0, ""))
    writer.close()

    with pytest.raises(BadArchive, match="too long"):
        Archive(io.BytesIO(file.getvalue())).verify()


@pytest.mark.parametrize("text", ["7", '{"row":"entry"}', '{"row":"more"}', "[" * 9999])
def test_line_that_is_none_is_refused(text: str) -> None:

    content = text.encode() + b"\n"
    board = BoardSummary(
        "one", 0, 0, 0, [], len(content), hashlib.sha256(content).hexdigest()
    )

    def change(members: Members) -> None:
        members["boards/one.jsonl"] = content
        manifest = json.loads(members["manifest.json"])
        told = {name: getattr(board, name) for name in board.__struct_fields__}
        members["manifest.json"] = json.dumps(manifest | {"boards": [told]}).encode()

    with pytest.raises(BadArchive):
        read(rezipped(change))
