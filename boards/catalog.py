"""The catalog: making, finding, naming, sharing, trashing and copying boards.

Everything that is about a board but not on it. REST, the pages, the admin site and
commands call these verbs; each one that changes a board asks the caller's grant first
and tells the open rooms after the commit when a right changed. What is on a board goes
through the engine, also for `duplicate`. All functions block.
"""

import re
from datetime import datetime, timedelta

from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from boards import audit
from boards.access import (
    BOARD_ID_PATTERN,
    Credentials,
    Grant,
    Role,
    decide,
    hash_key,
    new_key,
)
from boards.assets import shelf
from boards.current import current_engine
from boards.models import Board
from boards.sync.refusals import Code, Refused

TRASH_DAYS = 30  # as long as the rivals keep deleted things
MAX_TITLE_CHARS = 200  # the column's width


def create(
    *,
    title: str = "",
    link_role: str = Board.LinkRole.EDIT,
    creator: str | None = None,
    user_id: int | None = None,
    what: str = "create",
) -> tuple[Board, str]:
    """Make an empty board.

    Args:
        what: as which act the audit log has it.

    Returns:
        The board and its owner key, which is not stored and cannot be had again.

    Raises:
        Refused: `conflict`, where the creator owns as many as there may be.
    """
    _check_quota(Credentials(creator=creator, user_id=user_id))
    key = new_key()
    with transaction.atomic():
        board = Board.objects.create(
            title=title,
            link_role=link_role,
            owner_key_hash=hash_key(key),
            creator=creator or "",
            owner_id=user_id,
        )
        shown = Credentials(creator=creator, user_id=user_id)
        audit.note(board.pk, what, shown, f"key={audit.fingerprint(key)}")
    return board, key


def _check_quota(owner: Credentials) -> None:
    """Who shows neither a cookie nor an account is held by the rate alone."""
    most = settings.BOARD_OWNED_BOARDS
    if (
        owner != Credentials()
        and Board.objects.filter(_owned_by(owner)).count() >= most
    ):
        raise Refused(
            Code.CONFLICT,
            f"You own {most} boards, the trash among them; delete some for good.",
        )


def find(board_id: str) -> Board:
    """The board with this id, trashed or not.

    Raises:
        Refused: `not_found`, also for what cannot be an id: it never gets as far as
            the database, which would choke on some of it.
    """
    board = None
    if re.fullmatch(BOARD_ID_PATTERN, board_id):
        board = Board.objects.filter(pk=board_id).first()
    if board is None:
        raise Refused(Code.NOT_FOUND, "There is no such board.")
    return board


def open_for(
    board_id: str, credentials: Credentials, *, trashed: bool = False
) -> tuple[Board, Grant]:
    """The board and what the caller may do on it; at least to view it.

    Args:
        board_id: as it came from outside.
        credentials: what the caller showed.
        trashed: whether its owner may get at the board in the trash.

    Raises:
        Refused: `not_found`, `forbidden`, `gone`.
    """
    board = find(board_id)
    grant = decide(board, credentials)
    grant.require(Role.VIEW)
    if board.deleted_at is not None and not trashed:
        raise Refused(Code.GONE, "This board is in the trash; restore it first.")
    audit.note_use(grant)
    return board, grant


def mine(credentials: Credentials, *, trashed: bool = False) -> QuerySet[Board]:
    """The boards that these credentials own, newest change first."""
    owned = Board.objects.filter(_owned_by(credentials))
    return owned.filter(deleted_at__isnull=not trashed).order_by("-changed_at", "pk")


def _owned_by(credentials: Credentials) -> Q:
    if credentials.key is not None:
        return Q(owner_key_hash=hash_key(credentials.key))
    owned = Q(pk__in=[])
    if credentials.creator:
        owned |= Q(creator=credentials.creator)
    if credentials.user_id is not None:
        owned |= Q(owner_id=credentials.user_id)
    return owned


def rename(grant: Grant, title: str) -> None:
    """Give the board another title; owners only."""
    grant.require(Role.OWN)
    with transaction.atomic():
        Board.objects.filter(pk=grant.board_id).update(title=title)
        audit.note(grant.board_id, "rename", grant.credentials)


def set_link_role(grant: Grant, link_role: str) -> None:
    """Change what whoever has the link may do; owners only. Open sessions follow."""
    grant.require(Role.OWN)
    with transaction.atomic():
        change_rights(grant.board_id, link_role=link_role)
        about = f"link_role={link_role}"
        audit.note(grant.board_id, "share", grant.credentials, about)


def renew_key(grant: Grant) -> str:
    """Give the board another owner key; the old one is worth nothing from now on.

    Also in the trash: whoever has a key that leaked could delete it for good. Open
    sessions that came by the old key are closed; who owns the board by another way, or
    has the link, stays.

    Returns:
        The key, which is not stored and cannot be had again.

    Raises:
        Refused: `forbidden`, also for the second of two that come with the same key.
    """
    grant.require(Role.OWN)
    key = new_key()
    with transaction.atomic():
        board = Board.objects.select_for_update().filter(pk=grant.board_id).first()
        if board is None:
            raise Refused(Code.NOT_FOUND, "There is no such board.")
        if not grant.credentials.is_operator:  # it was decided before the lock
            decide(board, grant.credentials).require(Role.OWN)
        was = board.owner_key_hash[: audit.FINGERPRINT_CHARS]
        change_rights(board.pk, owner_key_hash=hash_key(key))
        about = f"key={audit.fingerprint(key)} was={was}"
        audit.note(board.pk, "new_key", grant.credentials, about)
    return key


def trash(grant: Grant) -> None:
    """Put the board into the trash, from where `TRASH_DAYS` lead back; owners only."""
    grant.require(Role.OWN)
    if find(grant.board_id).deleted_at:  # the days count from the first time
        return
    with transaction.atomic():
        change_rights(grant.board_id, deleted_at=timezone.now())
        audit.note(grant.board_id, "trash", grant.credentials)


def restore(grant: Grant) -> None:
    """Take the board out of the trash; owners only."""
    grant.require(Role.OWN)
    with transaction.atomic():
        change_rights(grant.board_id, deleted_at=None)
        audit.note(grant.board_id, "restore", grant.credentials)


def remove(grant: Grant) -> None:
    """Delete a board of the trash for good; owners only.

    Raises:
        Refused: `conflict`, when it is not in the trash: no slip loses a board.
    """
    grant.require(Role.OWN)
    if not find(grant.board_id).deleted_at:
        raise Refused(Code.CONFLICT, "Only what is in the trash is deleted for good.")
    pictures = shelf.names_on([grant.board_id])
    with transaction.atomic():
        trashed = Board.objects.filter(pk=grant.board_id, deleted_at__isnull=False)
        if trashed.delete()[0]:  # one that was restored since stays
            audit.note(grant.board_id, "remove", grant.credentials)
    shelf.let_go(pictures)


def change_rights(board_id: str, **columns: str | datetime | None) -> None:
    """Set these columns, and let all open sessions look at their rights again.

    For the verbs of this module and of `moderation`, which have asked the grant.
    """
    counted = F("rights_no") + 1  # what is not in a column of the board counts as well
    Board.objects.filter(pk=board_id).update(rights_no=counted, **columns)
    # The admin site wraps its actions in a transaction: tell nobody too early.
    transaction.on_commit(lambda: async_to_sync(_tell_rooms)(board_id))


async def _tell_rooms(board_id: str) -> None:
    await current_engine().rights_changed(board_id)


def purge_trash(now: datetime) -> int:
    """Remove for good what has been in the trash for `TRASH_DAYS`; how many boards."""
    expired = Board.objects.filter(deleted_at__lt=now - timedelta(days=TRASH_DAYS))
    board_ids = list(expired.values_list("pk", flat=True))
    pictures = shelf.names_on(board_ids)
    with transaction.atomic():
        # Those that were restored since stay.
        expired.filter(pk__in=board_ids).delete()
        left = Board.objects.filter(pk__in=board_ids).values_list("pk", flat=True)
        gone = set(board_ids) - set(left)
        for board_id in gone:
            audit.note(board_id, "purge", Credentials(is_operator=True))
    shelf.let_go(pictures)
    return len(gone)
