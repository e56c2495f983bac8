"""The file of a backup: a zip with a member a board, one a picture, and a manifest.

    boards/<id>.jsonl   lines of JSON: the board, its entries, snapshots and pictures
    assets/<sha256>     a picture's file
    manifest.json       what the others are: sizes, counts and SHA-256; written last

What is read may be anything: nothing is unpacked to a path, nothing is read that the
manifest does not tell, and never more of it than that; a line, a manifest and so what
is in memory are bounded. `Archive.verify` reads all of it before anything is believed.
Pure: no database. See docs/adr/0170.
"""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Annotated

import msgspec
from msgspec import Meta

from boards.access import BOARD_ID_PATTERN

FORMAT = 1
MANIFEST = "manifest.json"
MAX_MANIFEST_BYTES = 128 * 1024 * 1024  # a few hundred thousand boards
MAX_LINE_BYTES = 64 * 1024 * 1024  # the largest snapshot that is taken along
MAX_ASSET_BYTES = 4 * 1024 * 1024 * 1024
PIECE_BYTES = 1024 * 1024
_HASH = re.compile(r"[0-9a-f]{64}")
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    NotImplementedError,  # an unknown compression, or a password
    RuntimeError,
    ValueError,
    OverflowError,
)


Count = Annotated[int, Meta(ge=0)]  # to read less than nothing is to read everything


class BadArchive(Exception):
    """The file is no backup that can be trusted; the text says why."""


class BoardSummary(msgspec.Struct, forbid_unknown_fields=True):
    """What the manifest says of a board and its member."""

    id: str
    head: int
    entries: Count
    snapshots: Count
    assets: list[str]
    bytes: Count
    sha256: str
    faults: list[str] = []  # what was wrong with it when it was saved


class AssetSummary(msgspec.Struct, forbid_unknown_fields=True):
    """What the manifest says of a picture; the hash is its name."""

    sha256: str
    bytes: Count


class Manifest(msgspec.Struct, forbid_unknown_fields=True):
    """What is in an archive."""

    format: int
    made_at: str
    boards: list[BoardSummary]
    assets: list[AssetSummary]


class BoardLine(msgspec.Struct, tag_field="row", tag="board"):
    """The first line: the columns of the board's row, by name."""

    columns: dict[str, str | int | bool | None]


class EntryLine(msgspec.Struct, tag_field="row", tag="entry"):
    """An entry; `text` as it was, `text64` where it was no UTF-8."""

    seq: int
    change_id: str
    at: int
    text: str | None = None
    text64: bytes | None = None

    def content(self) -> bytes:
        """The stored bytes."""
        return self.text.encode() if self.text is not None else self.text64 or b""


class SnapshotLine(msgspec.Struct, tag_field="row", tag="snapshot"):
    """A saved fold, packed."""

    seq: int
    n_elements: int
    body: bytes


class AssetLine(msgspec.Struct, tag_field="row", tag="asset"):
    """A picture that the board has; its file is a member of its own."""

    hash: str
    type: str
    w: int
    h: int
    bytes: int


Line = BoardLine | EntryLine | SnapshotLine | AssetLine
_lines: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)


def entry_line(seq: int, change_id: str, at: int, text: bytes) -> EntryLine:
    """The line of an entry."""
    try:
        return EntryLine(seq, change_id, at, text=text.decode())
    except UnicodeDecodeError:
        return EntryLine(seq, change_id, at, text64=text)


def board_member(board_id: str) -> str:
    """The name of a board's member."""
    return f"boards/{board_id}.jsonl"


def asset_member(hash_: str) -> str:
    """The name of a picture's member."""
    return f"assets/{hash_}"


class ArchiveWriter:
    """Writes an archive from front to back, also into a pipe."""

    def __init__(self, target: IO[bytes], made_at: str) -> None:
        self._zip = zipfile.ZipFile(
            target, "w", zipfile.ZIP_DEFLATED, compresslevel=4, allowZip64=True
        )
        self._manifest = Manifest(FORMAT, made_at, [], [])
        self._assets: set[str] = set()

    def add_board(self, lines: Iterator[Line], summary: BoardSummary) -> None:
        """Write a board's lines; `summary` is complete when they have ended."""
        digest = hashlib.sha256()
        with self._open(board_member(summary.id)) as member:
            for line in lines:
                text = msgspec.json.encode(line) + b"\n"
                digest.update(text)
                member.write(text)
                summary.bytes += len(text)
        summary.sha256 = digest.hexdigest()
        self._manifest.boards.append(summary)

    def has_asset(self, hash_: str) -> bool:
        """Whether the picture was written for an earlier board."""
        return hash_ in self._assets

    def add_asset(self, hash_: str, source: IO[bytes]) -> None:
        """Write a picture's file; the caller has proved its hash."""
        n_bytes = 0
        with self._open(asset_member(hash_), zipfile.ZIP_STORED) as member:
            while piece := source.read(PIECE_BYTES):
                member.write(piece)
                n_bytes += len(piece)
        self._assets.add(hash_)
        self._manifest.assets.append(AssetSummary(hash_, n_bytes))

    def abandon(self) -> None:
        """Write no more: what is there stays without an end, and is no archive."""
        self._zip.fp = None  # else it would end itself, into a file that may be closed

    def close(self) -> Manifest:
        """Write the manifest and the end of the file."""
        with self._open(MANIFEST) as member:
            member.write(msgspec.json.encode(self._manifest))
        self._zip.close()
        return self._manifest

    def _open(self, name: str, method: int = zipfile.ZIP_DEFLATED) -> IO[bytes]:
        info = zipfile.ZipInfo(name)  # of 1980: the time is in the manifest
        info.compress_type = method
        info.external_attr = 0o600 << 16
        return self._zip.open(info, "w", force_zip64=True)


class Archive:
    """Reads an archive that may be anything.

    Attributes:
        manifest: what is in it.
        pictures: the manifest's, by their SHA-256.

    Raises:
        BadArchive: also from every method.
    """

    def __init__(self, source: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(source)
        except _UNREADABLE as fault:
            raise BadArchive(f"This is no whole backup: {fault}") from None
        self.manifest = self._read_manifest()
        self.pictures = {asset.sha256: asset for asset in self.manifest.assets}
        self._check_members()

    def verify(self) -> None:
        """Read everything, and compare it with the manifest."""
        for board in self.manifest.boards:
            counts = {EntryLine: 0, SnapshotLine: 0, AssetLine: 0}
            for n, line in enumerate(self.lines(board)):
                if isinstance(line, BoardLine) != (n == 0):
                    raise BadArchive(f"Board {board.id} does not begin as one.")
                if not isinstance(line, BoardLine):
                    counts[type(line)] += 1
            told = [board.entries, board.snapshots, len(board.assets)]
            if list(counts.values()) != told:
                raise BadArchive(f"Board {board.id} has other counts than told.")
        for asset in self.manifest.assets:
            for _ in self.asset(asset):
                pass

    def lines(self, board: BoardSummary) -> Iterator[Line]:
        """A board's lines; raises at the end when they are not what was saved."""
        name = board_member(board.id)
        rest = b""
        for piece in self._pieces(name, board.bytes, board.sha256):
            *texts, rest = (rest + piece).split(b"\n")
            if len(rest) > MAX_LINE_BYTES:
                raise BadArchive(f"{name} has a line that is too long.")
            for text in texts:
                yield _decoded(name, text)
        if rest:
            raise BadArchive(f"{name} is cut short.")

    def asset(self, asset: AssetSummary) -> Iterator[bytes]:
        """The pieces of a picture; raises at the end when it is another."""
        return self._pieces(asset_member(asset.sha256), asset.bytes, asset.sha256)

    def _pieces(self, name: str, n_bytes: int, sha256: str) -> Iterator[bytes]:
        digest = hashlib.sha256()
        left = n_bytes
        try:
            with self._zip.open(name) as member:
                # One byte more than told shows that there is more.
                while piece := member.read(min(PIECE_BYTES, left + 1)):
                    left -= len(piece)
                    if left < 0:
                        raise BadArchive(f"{name} is longer than told.")
                    digest.update(piece)
                    yield piece
        except _UNREADABLE as fault:
            raise BadArchive(f"{name} cannot be read: {fault}") from None
        if left or digest.hexdigest() != sha256:
            raise BadArchive(f"{name} is not what was saved.")

    def _read_manifest(self) -> Manifest:
        try:
            with self._zip.open(MANIFEST) as member:
                text = member.read(MAX_MANIFEST_BYTES + 1)
        except (KeyError, *_UNREADABLE):
            raise BadArchive("This is no backup: it has no manifest.") from None
        if len(text) > MAX_MANIFEST_BYTES:
            raise BadArchive("The manifest is too large.")
        try:
            manifest = msgspec.json.decode(text, type=Manifest)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as fault:
            raise BadArchive(f"The manifest cannot be read: {fault}") from None
        if manifest.format != FORMAT:
            raise BadArchive(f"This backup has format {manifest.format}, not {FORMAT}.")
        return manifest

    def _check_members(self) -> None:
        """The members are those that the manifest tells, each once, with fit names."""
        boards, assets = self.manifest.boards, self.manifest.assets
        for board in boards:
            if not re.fullmatch(BOARD_ID_PATTERN, board.id):
                raise BadArchive("The manifest names what can be no board.")
        for asset in assets:
            if not _HASH.fullmatch(asset.sha256) or asset.bytes > MAX_ASSET_BYTES:
                raise BadArchive("The manifest names what can be no picture.")
        told = [MANIFEST, *(board_member(board.id) for board in boards)]
        told += [asset_member(asset.sha256) for asset in assets]
        if sorted(self._zip.namelist()) != sorted(set(told)) or len(set(told)) != len(
            told
        ):
            raise BadArchive("The members are not those that the manifest tells.")
        for board in boards:
            lost = set(board.assets) - self.pictures.keys()
            if lost and not board.faults:
                raise BadArchive(f"Pictures of board {board.id} are not in the file.")


def _decoded(name: str, text: bytes) -> Line:
    try:
        return _lines.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as fault:
        raise BadArchive(f"{name} has a line that is none: {fault}") from None
