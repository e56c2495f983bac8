"""Writing boards into an archive while servers write to them.

Each board is read in one state of the database. What is wrong with it is told, in the
manifest and to the caller, and saved all the same: it may be the last that is left.
Blocking; memory is bounded but for the names of boards and pictures.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from tempfile import TemporaryFile
from typing import IO

from boards.assets import storage
from boards.backups.archive import (
    MAX_LINE_BYTES,
    ArchiveWriter,
    AssetLine,
    BoardLine,
    BoardSummary,
    Line,
    Manifest,
    SnapshotLine,
    entry_line,
)
from boards.backups.columns import columns_of
from boards.models import Asset, Board
from boards.sync import rows

MAX_FAULTS = 20  # told of one board; `check_journal` tells more


def save(board_ids: Iterable[str], target: IO[bytes]) -> Manifest:
    """Write these boards; one that is deleted meanwhile is left out.

    Args:
        board_ids: of boards that are there.
        target: a file or a pipe, open to write.

    Raises:
        Refused: `unavailable`, when the storage of pictures fails.
    """
    writer = ArchiveWriter(target, datetime.now(UTC).isoformat(timespec="seconds"))
    try:
        for board_id in board_ids:
            _save_board(board_id, writer)
        return writer.close()
    except BaseException:
        writer.abandon()
        raise


def _save_board(board_id: str, writer: ArchiveWriter) -> None:
    with rows.one_state():
        board = Board.objects.select_related("owner").filter(pk=board_id).first()
        if board is None:
            return
        summary = BoardSummary(board_id, board.head, 0, 0, [], 0, "")
        pictures = list(Asset.objects.filter(board_id=board_id).order_by("hash"))
        summary.assets = [asset.hash for asset in pictures]
        writer.add_board(_lines(board, pictures, summary), summary)
    for asset in pictures:
        if not writer.has_asset(asset.hash):
            _save_asset(asset, writer, summary)


def _lines(
    board: Board, pictures: list[Asset], summary: BoardSummary
) -> Iterator[Line]:
    """All of a board, told in the summary on the way."""
    yield BoardLine(columns_of(board))
    last = 0
    for row in rows.entries(board.pk):
        summary.entries += 1
        if row.seq != last + 1:
            _tell(summary, f"the journal has no {last + 1} before {row.seq}")
        last = row.seq
        yield entry_line(row.seq, row.change_id, row.at, row.text)
    if last != board.head:
        _tell(summary, f"the head is {board.head}, the newest entry {last}")
    for saved in rows.snapshots(board.pk):
        body = rows.snapshot_body(board.pk, saved.seq)
        if len(body) < MAX_LINE_BYTES * 2 // 3:  # else it is folded again when needed
            summary.snapshots += 1
            yield SnapshotLine(saved.seq, saved.n_elements, body)
    for asset in pictures:
        yield AssetLine(asset.hash, asset.type, asset.w, asset.h, asset.bytes)


def _save_asset(asset: Asset, writer: ArchiveWriter, summary: BoardSummary) -> None:
    with TemporaryFile() as copy:
        digest = storage.pour(storage.name_of(asset.hash, asset.type), copy.write)
        if digest == asset.hash:
            copy.seek(0)
            writer.add_asset(asset.hash, copy)
        elif Asset.objects.filter(pk=asset.pk).exists():
            _tell(summary, f"the file of picture {asset.hash} is lost")
        else:
            _tell(summary, "it was deleted for good while it was saved")


def _tell(summary: BoardSummary, fault: str) -> None:
    if len(summary.faults) < MAX_FAULTS:
        summary.faults.append(fault)
