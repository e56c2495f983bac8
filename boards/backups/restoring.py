"""Putting boards of an archive into the database: each whole, or not at all.

The archive is verified before anything else. A board is one transaction, at the end of
which it is checked as `check_journal` does; only then is it committed. Blocking.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from tempfile import TemporaryFile

from django.db import Error, transaction

from boards import integrity
from boards.assets import shelf, storage
from boards.assets.bounds import ENDINGS
from boards.backups.archive import (
    Archive,
    AssetLine,
    BadArchive,
    BoardLine,
    BoardSummary,
    EntryLine,
    Line,
    SnapshotLine,
)
from boards.backups.columns import board_from
from boards.models import Asset, Board
from boards.sync import rows
from boards.sync.rows import EntryRow, SnapshotRow

AT_ONCE = 200  # entries an insert
AT_ONCE_BYTES = 4 * 1024 * 1024


class Existing(StrEnum):
    """What is done about a board that is there already."""

    REFUSE = "refuse"
    SKIP = "skip"
    OVERWRITE = "overwrite"


@dataclass(frozen=True, slots=True)
class Order:
    """How to restore.

    Args:
        existing: see `Existing`.
        allows_faults: whether boards are restored that were not whole when saved.
        now: for how long a board has been in the trash.
        settle: how long it must have been there before it is overwritten, so that no
            process has it open; None where no process runs.
    """

    existing: Existing
    allows_faults: bool
    now: datetime
    settle: timedelta | None


def restore(
    archive: Archive,
    board_ids: Collection[str],
    order: Order,
    tell: Callable[[BoardSummary, str], None],
) -> None:
    """Verify the archive, then restore these boards, or all without any.

    Raises:
        BadArchive: nothing was changed, or the boards told so far are restored and this
            one is as it was.
        Refused: `unavailable`, when the storage of pictures fails.
    """
    archive.verify()
    chosen = _chosen(archive, board_ids)
    there = set[str]()
    for start in range(0, len(chosen), AT_ONCE):
        ids = [board.id for board in chosen[start : start + AT_ONCE]]
        there |= set(Board.objects.filter(pk__in=ids).values_list("pk", flat=True))
    _check_chosen(chosen, there, order)
    for board in chosen:
        if board.id in there and order.existing is Existing.SKIP:
            tell(board, "skipped")
        else:
            _restore_board(archive, board, order)
            tell(board, "restored")


def _chosen(archive: Archive, board_ids: Collection[str]) -> list[BoardSummary]:
    held = {board.id: board for board in archive.manifest.boards}
    if not board_ids:
        return list(held.values())
    lost = [board_id for board_id in board_ids if board_id not in held]
    if lost:
        raise BadArchive(f"The backup has no board {lost[0]}.")
    return [held[board_id] for board_id in dict.fromkeys(board_ids)]


def _check_chosen(chosen: list[BoardSummary], there: set[str], order: Order) -> None:
    """Refuse what will be refused before the first board is restored."""
    if there and order.existing is Existing.REFUSE:
        first, n_more = min(there), len(there) - 1
        which = (
            f"Boards {first} and {n_more} more are" if n_more else f"Board {first} is"
        )
        raise BadArchive(f"{which} there already.")
    for board in chosen:
        is_skipped = board.id in there and order.existing is Existing.SKIP
        if board.faults and not order.allows_faults and not is_skipped:
            raise BadArchive(
                f"Board {board.id} was not whole when it was saved: {board.faults[0]}"
            )


def _restore_board(archive: Archive, board: BoardSummary, order: Order) -> None:
    before = shelf.names_on([board.id])
    pictures: list[AssetLine] = []
    try:
        with transaction.atomic(durable=True):
            _make_way(board.id, order)
            pictures = _fill(archive, board)
            _check(board, order)
            _put_files(archive, pictures)
        _put_files(archive, pictures)  # one that was let go just before the commit
    except (Error, ValueError, OverflowError) as fault:  # no value of a column
        said = next(iter(str(fault).splitlines()), "")[:200]
        raise BadArchive(f"Board {board.id} cannot be restored: {said}") from None
    finally:
        shelf.let_go(before | {(asset.hash, asset.type) for asset in pictures})


def _make_way(board_id: str, order: Order) -> None:
    """Take away what the board has, if that is wished; its row stays for now."""
    if rows.lock(board_id) is None:
        return
    if order.existing is not Existing.OVERWRITE:
        raise BadArchive(f"Board {board_id} is there already.")
    deleted_at = Board.objects.values_list("deleted_at", flat=True).get(pk=board_id)
    if order.settle is not None:
        if deleted_at is None or deleted_at > order.now - order.settle:
            raise BadArchive(
                f"Board {board_id} is open to people. Put it into the trash, wait"
                f" {order.settle.total_seconds():g} s, then overwrite it."
            )
    rows.drop_all(board_id)
    Asset.objects.filter(board_id=board_id).delete()


def _fill(archive: Archive, board: BoardSummary) -> list[AssetLine]:
    """Put all lines of a board into the tables; its pictures."""
    pictures: list[AssetLine] = []
    waiting: list[EntryRow] = []
    n_bytes = 0
    for line in archive.lines(board):
        match line:
            case EntryLine():
                row = EntryRow(line.seq, line.change_id, line.at, line.content())
                waiting.append(row)
                n_bytes += len(row.text)
                if len(waiting) >= AT_ONCE or n_bytes >= AT_ONCE_BYTES:
                    rows.add_entries(board.id, waiting)
                    waiting, n_bytes = [], 0
            case _:
                _put(board, line, pictures)
    rows.add_entries(board.id, waiting)
    if sorted(asset.hash for asset in pictures) != sorted(board.assets):
        raise BadArchive(f"Board {board.id} has other pictures than told.")
    return pictures


def _put(board: BoardSummary, line: Line, pictures: list[AssetLine]) -> None:
    match line:
        case BoardLine():
            _put_board(board, line)
        case SnapshotLine():
            row = SnapshotRow(line.seq, line.n_elements)
            rows.add_snapshot(board.id, row, line.body)
        case AssetLine():
            if line.type not in ENDINGS:
                raise BadArchive(f"Board {board.id} has a picture of no known type.")
            pictures.append(line)
            Asset.objects.create(
                board_id=board.id,
                hash=line.hash,
                type=line.type,
                w=line.w,
                h=line.h,
                bytes=line.bytes,
            )


def _put_board(board: BoardSummary, line: BoardLine) -> None:
    made = board_from(line.columns)
    if (made.pk, made.head) != (board.id, board.head):
        raise BadArchive(f"The row of board {board.id} is another board's.")
    columns = {
        field.attname: getattr(made, field.attname)
        for field in Board._meta.concrete_fields
        if not field.primary_key
    }
    if not Board.objects.filter(pk=board.id).exists():
        made.save(force_insert=True)
    # Also after an insert, which sets dates of its own.
    Board.objects.filter(pk=board.id).update(**columns)


def _check(board: BoardSummary, order: Order) -> None:
    report = integrity.check_inside(board.id)
    if report is None:
        raise BadArchive(f"Board {board.id} has no row.")
    if report.faults and not order.allows_faults:
        fault = report.faults[0]
        raise BadArchive(
            f"Board {board.id} would not be whole: {fault.flaw} {fault.detail}"
        )


def _put_files(archive: Archive, pictures: list[AssetLine]) -> None:
    """Store what the storage does not hold, or holds damaged."""
    for picture in pictures:
        found = archive.pictures.get(picture.hash)
        if found is None:
            continue  # it was lost already when the board was saved
        name = storage.name_of(picture.hash, picture.type)
        held = storage.pour(name, len)
        if held == picture.hash:
            continue
        if held is not None:
            storage.remove(name)
        with TemporaryFile() as copy:
            for piece in archive.asset(found):
                copy.write(piece)
            storage.keep(name, copy)
