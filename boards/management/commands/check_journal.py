"""`manage.py check_journal [BOARD…]`: prove that boards are whole, and mend them.

A thin shell around `boards.integrity`. Exits with 0 when everything is whole at the
end, else with 1. Safe while servers write.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from boards import integrity
from boards.integrity import Fault, Report
from boards.sync.refusals import Refused


class Command(BaseCommand):
    """Check boards against their journals."""

    help = "Prove that boards are whole: journal, head, snapshots and pictures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "boards",
            nargs="*",
            metavar="BOARD",
            help="ids; all boards without any. Before one that begins with a dash: --",
        )
        parser.add_argument("--json", action="store_true", help="one line a board")
        parser.add_argument(
            "--repair",
            action="store_true",
            help="make wrong snapshots and a low head anew; entries are never touched",
        )
        parser.add_argument(
            "--lower-head",
            action="store_true",
            help="with --repair: also give up what came after the newest entry",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check, mend if told, and say what was found."""
        if options["lower_head"] and not options["repair"]:
            raise CommandError("--lower-head is for --repair.")
        self._is_json = options["json"]
        n_boards = n_faulty = 0
        chosen: Iterable[str] = options["boards"] or integrity.board_ids()
        for board_id in chosen:
            before, after = _checked(board_id, options)
            if before is None and not options["boards"]:
                continue  # deleted since the ids were read
            n_boards += 1
            at_end = after or before
            n_faulty += at_end is None or not at_end.is_whole
            self._tell(board_id, before, after)
        if not self._is_json:
            self.stdout.write(f"boards={n_boards} faulty={n_faulty}")
        if n_faulty:
            raise CommandError(f"{n_faulty} of {n_boards} boards are not whole.")

    def _tell(self, board_id: str, before: Report | None, after: Report | None) -> None:
        if self._is_json:
            self.stdout.write(json.dumps(_as_json(board_id, before, after)))
        elif before is None:
            self.stdout.write(f"{board_id}: there is no such board")
        else:
            self.stdout.write("\n".join(_lines(before, after)))


def _checked(
    board_id: str, options: dict[str, Any]
) -> tuple[Report | None, Report | None]:
    """The report, and the one after mending where that was wished and needed."""
    try:
        before = integrity.check(board_id)
        if before is None or before.is_whole or not options["repair"]:
            return before, None
        lowers_head = options["lower_head"]
        return before, integrity.repair(before, lowers_head=lowers_head)
    except Refused as refusal:  # the storage of pictures is away
        raise CommandError(f"{board_id}: {refusal.detail}") from None


def _lines(before: Report, after: Report | None) -> Iterable[str]:
    state = "whole" if before.is_whole else f"{before.n_faults} faults"
    yield (
        f"{before.board_id}: {state} head={before.head} entries={before.n_entries}"
        f" snapshots={before.n_snapshots} pictures={before.n_assets}"
    )
    for fault in before.faults:
        where = "" if fault.seq is None else f" at {fault.seq}"
        yield f"  {fault.flaw}{where}: {fault.detail}{_fate(fault, after)}"
    if before.n_faults > len(before.faults):
        yield f"  and {before.n_faults - len(before.faults)} more"
    if after is not None and after.is_whole:
        yield "  now whole"
    elif after is not None:
        yield f"  still {after.n_faults} faults: restore a backup of this board"


def _fate(fault: Fault, after: Report | None) -> str:
    if after is None:
        return " (can be mended)" if fault.may_mend else ""
    return " (mended)" if _is_gone(fault, after) else " (cannot be mended from here)"


def _is_gone(fault: Fault, after: Report) -> bool:
    left = {(left.flaw, left.seq, left.detail) for left in after.faults}
    return (fault.flaw, fault.seq, fault.detail) not in left


def _as_json(
    board_id: str, before: Report | None, after: Report | None
) -> dict[str, Any]:
    if before is None:
        return {"board": board_id, "whole": False, "faults": [{"flaw": "not_found"}]}
    faults = [asdict(fault) for fault in before.faults]
    for told, fault in zip(faults, before.faults, strict=True):
        told["mended"] = after is not None and _is_gone(fault, after)
    return {
        "board": board_id,
        "whole": before.is_whole,
        "head": before.head,
        "entries": before.n_entries,
        "snapshots": before.n_snapshots,
        "pictures": before.n_assets,
        "n_faults": before.n_faults,
        "faults": faults,
        "whole_now": (after or before).is_whole,
    }
