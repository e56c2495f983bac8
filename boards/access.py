"""Who may do what: the one place that decides a right, for sockets and REST alike.

A caller shows `Credentials` (an owner key, the signed cookie of the browser that
created the board, a signed-in user); `decide` compares them with the board's row and
gives a `Grant`, which the engine asks for. Keys are stored as hashes only.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import User
from django.utils import timezone

from boards import bans
from boards.bans import Marks
from boards.models import Ban, Board
from boards.sync.refusals import Code, Refused

BOARD_ID_PATTERN = r"[A-Za-z0-9_-]{1,32}"  # anything else is not even looked up
KEY_PREFIX = "ck_"  # lets people and secret scanners see what a leaked string is
KEY_BYTES = 32  # random enough that a plain hash of it cannot be searched


class Role(StrEnum):
    """What somebody may do on a board, each including the ones before."""

    NONE = "none"
    VIEW = "view"
    EDIT = "edit"
    OWN = "own"

    def __init__(self, _value: str) -> None:
        """See the class; `rank` is the place in its order, none is 0."""
        self.rank = len(type(self).__members__)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a caller showed; all empty for whoever just has the link.

    `client`, `session` (of a socket) and `address` (a keyed hash, see `addresses`)
    give nobody a right, but a ban may be on them. `is_operator` says that the admin
    site or a command acts, which has decided that itself.
    """

    key: str | None = None
    creator: str | None = None
    user_id: int | None = None
    client: str | None = None
    session: str | None = None
    address: str | None = None
    is_operator: bool = False

    @property
    def marks(self) -> Marks:
        """What the caller is known by, for bans."""
        account = None if self.user_id is None else str(self.user_id)
        return Marks(self.session, self.client, self.creator, account, self.address)


@dataclass(frozen=True, slots=True)
class Grant:
    """A decided right on one board, with what it was decided from.

    `frozen` is None, or why nobody but owners changes the board now; it may be empty.
    """

    board_id: str
    role: Role
    credentials: Credentials
    frozen: str | None = None

    @property
    def may_view(self) -> bool:
        """Whether the holder may read the board and be present on it."""
        return self.role.rank >= Role.VIEW.rank

    @property
    def may_edit(self) -> bool:
        """Whether the holder may submit changes and show drafts."""
        return self.role.rank >= Role.EDIT.rank

    @property
    def may_own(self) -> bool:
        """Whether the holder may rename, share, trash and restore the board."""
        return self.role.rank >= Role.OWN.rank

    def require(self, role: Role) -> None:
        """Raise `forbidden`, or `frozen`, when the grant is less than `role`."""
        if self.role.rank < role.rank:
            if role is Role.EDIT and self.may_view and self.frozen is not None:
                raise Refused(Code.FROZEN, frozen_words(self.frozen))
            raise Refused(
                Code.FORBIDDEN,
                f"This needs the right to {role.value}; you may {self.role.value}.",
            )


def new_key() -> str:
    """A fresh owner key, shown once to whoever creates the board."""
    return KEY_PREFIX + secrets.token_urlsafe(KEY_BYTES)


def hash_key(key: str) -> str:
    """What is stored of a key: the SHA-256 of its text, in hexadecimal."""
    return hashlib.sha256(key.encode()).hexdigest()


def frozen_words(why: str) -> str:
    """What people read while a board is frozen."""
    return f"The owner has frozen this board. {why}".strip()


def decide(board: Board, credentials: Credentials) -> Grant:
    """The right that these credentials give on this board; one read, but for owners.

    Raises:
        Refused: `forbidden` for a key that is not the board's, so that a mistyped key
            is noticed instead of silently falling back to the link's role; `gone`
            for a board in the trash, unless the caller owns it; `banned`, `kicked`.
    """
    return _Held([board.pk]).decide(board, credentials)


def _owns(board: Board, credentials: Credentials) -> bool:
    if credentials.key is None:
        return _created(board, credentials)
    if not hmac.compare_digest(hash_key(credentials.key), board.owner_key_hash):
        raise Refused(Code.FORBIDDEN, "This key does not open this board.")
    return True


def _decided(
    board: Board, credentials: Credentials, *, owns: bool, held: Iterable[Ban]
) -> Grant:
    is_frozen = board.frozen_at is not None
    frozen = board.frozen_why if is_frozen else None
    if owns:
        return Grant(board.pk, Role.OWN, credentials, frozen)
    if board.deleted_at is not None:
        raise Refused(Code.GONE, "This board was deleted.")
    _let_in(board, credentials, held)
    role = Role(board.link_role)
    if is_frozen and role is Role.EDIT:
        role = Role.VIEW
    return Grant(board.pk, role, credentials, frozen)


def _let_in(board: Board, credentials: Credentials, held: Iterable[Ban]) -> None:
    """Raise `banned` or `kicked` where a ban holds; its other marks are banned, too."""
    marks = credentials.marks
    ban = bans.hit(held, marks)
    if ban is None:
        return
    bans.spread(ban, marks)
    if ban.kind == Ban.Kind.SESSION and not ban.spreads:
        raise Refused(Code.KICKED, "The owner has sent you away from this board.")
    where = "this board" if ban.board_id else "this site"
    if ban.until is None:
        raise Refused(Code.BANNED, f"You are banned from {where}.")
    left_s = max(1, int((ban.until - timezone.now()).total_seconds()))
    raise Refused(
        Code.BANNED,
        f"You are banned from {where} until {ban.until:%Y-%m-%d %H:%M} UTC.",
        wait_ms=left_s * 1_000,
    )


def _created(board: Board, credentials: Credentials) -> bool:
    is_owner = credentials.user_id is not None and credentials.user_id == board.owner_id
    if is_owner and not _is_owner_shut(board):
        return True
    if not credentials.creator or not board.creator:
        return False
    return hmac.compare_digest(credentials.creator, board.creator)


def _is_owner_shut(board: Board) -> bool:
    """Whether the owner's account was shut; a socket lives longer than a sign-in."""
    if Board.owner.is_cached(board):
        return board.owner is not None and not board.owner.is_active
    return User.objects.filter(pk__in=[board.owner_id], is_active=False).exists()


def grant_for(board_id: str, credentials: Credentials) -> Grant:
    """Look the board up and decide; blocking, two indexed reads.

    Raises:
        Refused: `not_found`, and what `decide` raises.
    """
    asked = (board_id, credentials)
    grant = grants_for([asked])[asked]
    if isinstance(grant, Refused):
        raise grant
    return grant


def grants_for(
    asked: Iterable[tuple[str, Credentials]],
) -> dict[tuple[str, Credentials], Grant | Refused]:
    """`grant_for` of many at once, or why not; blocking, two indexed reads for all."""
    wanted = set(asked)
    ids = {id_ for id_, _ in wanted if re.fullmatch(BOARD_ID_PATTERN, id_)}
    boards = Board.objects.select_related("owner").in_bulk(ids)
    held = _Held(boards)
    grants: dict[tuple[str, Credentials], Grant | Refused] = {}
    for board_id, credentials in wanted:
        board = boards.get(board_id)
        try:
            if board is None:
                raise Refused(Code.NOT_FOUND, "There is no such board.")
            grants[board_id, credentials] = held.decide(board, credentials)
        except Refused as refusal:
            grants[board_id, credentials] = refusal
    return grants


def look_again(grants: Iterable[Grant]) -> dict[Grant, Grant | Refused]:
    """What these grants are worth now, or why they ended.

    Blocking; two reads for all of them. Used when rights change and once a minute.
    """
    wanted = set(grants)
    ids = {grant.board_id for grant in wanted}
    boards = Board.objects.select_related("owner").in_bulk(ids)
    held = _Held(boards)
    now: dict[Grant, Grant | Refused] = {}
    for grant in wanted:
        board = boards.get(grant.board_id)
        try:
            if board is None or board.deleted_at is not None:
                raise Refused(Code.GONE, "This board was deleted.")
            fresh = held.decide(board, grant.credentials)
            fresh.require(Role.VIEW)
            now[grant] = fresh
        except Refused as refusal:
            now[grant] = refusal
    return now


class _Held:
    """The bans on several boards, read together when the first stranger comes."""

    def __init__(self, boards: Iterable[str]) -> None:
        self._boards = list(boards)
        self._found: dict[str, list[Ban]] | None = None

    def decide(self, board: Board, credentials: Credentials) -> Grant:
        """See `decide`."""
        owns = _owns(board, credentials)
        if not owns and self._found is None:
            self._found = bans.on_boards(self._boards)
        held = self._found[board.pk] if self._found and not owns else ()
        return _decided(board, credentials, owns=owns, held=held)
