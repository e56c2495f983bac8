"""The audit log: who did what with which key, for owners and the operator.

Each verb about a board notes itself here: owner actions, moderation, rights, imports,
the trash, and once an hour that a key or a browser was used to own the board. Noted are
the board, the verb, a fingerprint of the key, the account, the session and a few words
of ours about the act (`link_role=view`); never a title, what is drawn, or the key. Kept
for `BOARD_AUDIT_DAYS`. Blocking; decides nothing.
"""

import logging
import time
from collections import OrderedDict
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import Error
from django.db.models import QuerySet

from boards import access, bans
from boards.access import Credentials, Grant
from boards.models import Act, Ban, Report

log = logging.getLogger(__name__)

FINGERPRINT_CHARS = 12  # tells keys apart and gives nothing away of them
USE_EVERY_S = 3_600.0  # a program that draws all day is one line an hour
MAX_USES = 10_000  # remembered at once, in each process
MAX_ABOUT_CHARS = 200  # the column's width

_used: OrderedDict[tuple[str, str, str], float] = OrderedDict()


def fingerprint(key: str) -> str:
    """What tells an owner key from others: the beginning of its hash."""
    return access.hash_key(key)[:FINGERPRINT_CHARS]


def note(board_id: str, what: str, shown: Credentials, about: str = "") -> None:
    """Write a line; inside the caller's transaction, so both are there or neither."""
    by, print_, account = _known_by(shown)
    Act.objects.create(
        board_id=board_id,
        what=what,
        by=by,
        fingerprint=print_,
        account=account,
        session=shown.session or "",
        about=about[:MAX_ABOUT_CHARS],
    )


def note_use(grant: Grant) -> None:
    """Note that somebody is there as the owner, unless that was noted lately.

    It keeps nobody out: without a database there is a line in the log instead.
    """
    if not grant.may_own or grant.credentials.is_operator:
        return
    if not _is_due(grant):
        return
    try:
        note(grant.board_id, "use", grant.credentials)
    except Error as fault:
        extra = {"board": grant.board_id, "fault": type(fault).__name__}
        log.warning("audit failed", extra=extra)


def of_board(board_id: str, *, before: int | None = None) -> QuerySet[Act]:
    """The lines about a board, newest first, older than that one."""
    acts = Act.objects.filter(board_id=board_id).order_by("-pk")
    return acts if before is None else acts.filter(pk__lt=before)


def purge(now: datetime) -> int:
    """Forget what is older than `BOARD_AUDIT_DAYS`, reports too; how many rows."""
    until = now - timedelta(days=settings.BOARD_AUDIT_DAYS)
    n_acts, _ = Act.objects.filter(at__lt=until).delete()
    n_reports, _ = Report.objects.filter(at__lt=until).delete()
    return n_acts + n_reports


def _known_by(shown: Credentials) -> tuple[str, str, str]:
    """How the caller is told: by what, its fingerprint, and the account's name."""
    account = ""
    if shown.user_id is not None:
        found = User.objects.filter(pk=shown.user_id).values_list("username", flat=True)
        account = found.first() or ""
    browser = shown.creator and bans.mark(Ban.Kind.BROWSER, shown.creator)
    short = browser[:FINGERPRINT_CHARS] if browser else ""
    if shown.is_operator:
        return "operator", "", account
    if shown.key is not None:
        return "key", fingerprint(shown.key), account
    if account:
        return "account", short, account
    return ("browser", short, "") if short else ("link", "", "")


def _is_due(grant: Grant) -> bool:
    shown = grant.credentials
    by = shown.key or shown.creator or ""
    who = (grant.board_id, access.hash_key(by), str(shown.user_id))
    now = time.monotonic()
    last = _used.get(who)
    if last is not None and now - last < USE_EVERY_S:
        return False
    _used[who] = now
    _used.move_to_end(who)
    while len(_used) > MAX_USES:
        _used.popitem(last=False)
    return True
