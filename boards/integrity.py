"""Whether boards are whole: journal, head, snapshots and pictures; and mending them.

Called by `manage.py check_journal` and by restoring. A check reads one state of the
database, board by board, while servers write; it changes nothing. Blocking.
"""

from collections.abc import Iterator

from django.db import Error

from boards.assets import storage
from boards.models import Asset, Board
from boards.sync import integrity, rows
from boards.sync.integrity import Fault, Flaw, Report

__all__ = ["Fault", "Flaw", "Report", "board_ids", "check", "check_inside", "repair"]


def board_ids() -> Iterator[str]:
    """The ids of all boards, trashed ones too, in order, one at a time in memory."""
    last = ""
    while True:
        found = Board.objects.filter(pk__gt=last).order_by("pk")
        some = list(found.values_list("pk", flat=True)[:500])
        yield from some
        if not some:
            return
        last = some[-1]


def check(board_id: str) -> Report | None:
    """Prove one board; None when there is no such board (any more)."""
    try:
        with rows.one_state():
            report = check_inside(board_id)
            pictures = list(Asset.objects.filter(board_id=board_id))
    except Error as fault:
        report = Report(board_id)
        said = next(iter(str(fault).splitlines()), "")[:200]
        report.add(Fault(Flaw.UNREADABLE, f"the database says: {said}"))
        return report
    if report is not None:
        report.n_assets = len(pictures)
        for asset in pictures:
            _prove_asset(report, asset)
    return report


def check_inside(board_id: str) -> Report | None:
    """Prove one board without its pictures, inside a transaction of the caller."""
    head = Board.objects.filter(pk=board_id).values_list("head", flat=True).first()
    return integrity.check(board_id, head) if head is not None else None


def repair(report: Report, *, lowers_head: bool) -> Report | None:
    """Mend what can be mended from the journal, and check again."""
    if any(fault.may_mend for fault in report.faults):
        integrity.mend(report, lowers_head=lowers_head)
    return check(report.board_id)


def _prove_asset(report: Report, asset: Asset) -> None:
    digest = storage.pour(storage.name_of(asset.hash, asset.type), len)
    if digest == asset.hash:
        return
    if not Asset.objects.filter(pk=asset.pk).exists():
        return  # its board was deleted meanwhile, and the file with it
    if digest is None:
        detail = f"the file of picture {asset.hash} is not in the storage"
        report.add(Fault(Flaw.ASSET_MISSING, detail))
    else:
        detail = f"the file of picture {asset.hash} holds something else"
        report.add(Fault(Flaw.ASSET_WRONG, detail))
