"""Bans: who may not be on a board, found by keyed hashes of what they are known by.

A ban holds for one mark: a socket's session, a tab's client id, a browser's creator
cookie, an account or an address. One on a session that spreads gets the person's other
marks too, from the process that holds the socket, before that is closed: so coming back
with another name, tab or cookie does not help. Whether a ban ends a right is decided by
`access` alone, which asks here. Blocking.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from boards.models import Ban

log = logging.getLogger(__name__)

Kind = Ban.Kind

ADDRESS_DAYS = 30  # by then somebody else may have the address
MAX_SPREAD = 50  # marks of one person; who has more of them is not held this way


@dataclass(frozen=True, slots=True)
class Marks:
    """What somebody is known by, as stored; None where there is nothing of the kind."""

    session: str | None = None
    client: str | None = None
    browser: str | None = None
    account: str | None = None
    address: str | None = None  # a keyed hash as it comes, see `addresses`

    def of(self, kind: str) -> str | None:
        """The mark of a kind, as `Ban.mark` has it."""
        value: str | None = getattr(self, kind)
        if value is None or kind == Kind.ADDRESS:
            return value
        return mark(kind, value)


def mark(kind: str, value: str) -> str:
    """The keyed hash of what somebody is known by."""
    return salted_hmac(f"chalkline.ban.{kind}", value, algorithm="sha256").hexdigest()


def on_boards(board_ids: Iterable[str]) -> dict[str, list[Ban]]:
    """The bans that hold now on each of these boards; one read."""
    wanted = list(board_ids)
    found: dict[str, list[Ban]] = {board_id: [] for board_id in wanted}
    if not wanted:
        return found
    holding = Q(until__isnull=True) | Q(until__gt=timezone.now())
    where = Q(board__in=wanted) | Q(board__isnull=True)
    for ban in Ban.objects.filter(holding & where):
        for board_id in wanted if ban.board_id is None else [ban.board_id]:
            found[board_id].append(ban)
    return found


def hit(bans: Iterable[Ban], marks: Marks) -> Ban | None:
    """The ban that holds for these marks: of several the one that lasts longest.

    An address is not held against somebody with an account: a school sits behind one,
    and the account can be banned itself.
    """
    bans = list(bans)
    known = {kind: marks.of(kind) for kind in {ban.kind for ban in bans}}
    if marks.account is not None:
        known[Kind.ADDRESS] = None
    held = [ban for ban in bans if ban.mark == known[ban.kind]]
    return max(held, key=_lasting, default=None)


def spread(ban: Ban, marks: Marks) -> None:
    """Ban the other marks of somebody whom a ban found; again has no effect.

    What is found by a signed cookie or an account spreads on; a client id, which a
    program may choose, and an address, which others have, too, do not.

    Where it cannot be written down now the ban still holds, and spreads when it finds
    them the next time: others, whose rights are decided with theirs, must not fail.
    """
    if not ban.spreads:
        return
    try:
        _write_down(ban, marks)
    except Error as fault:
        extra = {"ban": ban.pk, "fault": type(fault).__name__}
        log.warning("ban not spread", extra=extra)


def _write_down(ban: Ban, marks: Marks) -> None:
    wanted = [Kind.CLIENT, Kind.BROWSER, Kind.ACCOUNT]
    if ban.spreads_to_address:
        wanted.append(Kind.ADDRESS)
    source_id = ban.source_id or ban.pk
    if Ban.objects.filter(source=source_id).count() >= MAX_SPREAD:
        return
    found = {kind: marks.of(kind) for kind in wanted}
    soon = timezone.now() + timedelta(days=ADDRESS_DAYS)
    Ban.objects.bulk_create(
        [
            Ban(
                board_id=ban.board_id,
                kind=kind,
                mark=of_kind,
                until=min(ban.until or soon, soon)
                if kind == Kind.ADDRESS
                else ban.until,
                source_id=source_id,
                spreads=kind in (Kind.BROWSER, Kind.ACCOUNT),
                spreads_to_address=ban.spreads_to_address,
            )
            for kind, of_kind in found.items()
            if of_kind is not None
        ],
        ignore_conflicts=True,
    )


def purge(now: datetime) -> int:
    """Forget the bans that are over, and with them the hashes; how many."""
    n_bans, _ = Ban.objects.filter(until__lte=now).delete()
    return n_bans


def _lasting(ban: Ban) -> tuple[bool, float, bool]:
    until = ban.until
    return until is None, until.timestamp() if until else 0.0, ban.spreads
