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

from boards.models import Board
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
    """What a caller showed; all empty for whoever just has the link."""

    key: str | None = None
    creator: str | None = None
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """A decided right on one board, with what it was decided from."""

    board_id: str
    role: Role
    credentials: Credentials

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
        """Raise `forbidden` when the grant is less than `role`."""
        if self.role.rank < role.rank:
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


def decide(board: Board, credentials: Credentials) -> Grant:
    """The right that these credentials give on this board.

    Raises:
        Refused: `forbidden` for a key that is not the board's, so that a mistyped key
            is noticed instead of silently falling back to the link's role; `gone`
            for a board in the trash, unless the caller owns it.
    """
    role = Role(board.link_role)
    if credentials.key is not None:
        if not hmac.compare_digest(hash_key(credentials.key), board.owner_key_hash):
            raise Refused(Code.FORBIDDEN, "This key does not open this board.")
        role = Role.OWN
    elif _created(board, credentials):
        role = Role.OWN
    if board.deleted_at is not None and role is not Role.OWN:
        raise Refused(Code.GONE, "This board was deleted.")
    return Grant(board.pk, role, credentials)


def _created(board: Board, credentials: Credentials) -> bool:
    if credentials.user_id is not None and credentials.user_id == board.owner_id:
        return True
    if not credentials.creator or not board.creator:
        return False
    return hmac.compare_digest(credentials.creator, board.creator)


def grant_for(board_id: str, credentials: Credentials) -> Grant:
    """Look the board up and decide; blocking, one indexed read.

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
    """`grant_for` of many at once, or why not; blocking, one indexed read for all."""
    wanted = set(asked)
    ids = {id_ for id_, _ in wanted if re.fullmatch(BOARD_ID_PATTERN, id_)}
    boards = Board.objects.in_bulk(ids)
    grants: dict[tuple[str, Credentials], Grant | Refused] = {}
    for board_id, credentials in wanted:
        board = boards.get(board_id)
        try:
            if board is None:
                raise Refused(Code.NOT_FOUND, "There is no such board.")
            grants[board_id, credentials] = decide(board, credentials)
        except Refused as refusal:
            grants[board_id, credentials] = refusal
    return grants


def look_again(grants: Iterable[Grant]) -> dict[Grant, Grant | Refused]:
    """What these grants are worth now, or why they ended.

    Blocking; one read for all of them. Used when rights change and once a minute.
    """
    wanted = set(grants)
    boards = Board.objects.in_bulk({grant.board_id for grant in wanted})
    now: dict[Grant, Grant | Refused] = {}
    for grant in wanted:
        try:
            now[grant] = _still(boards.get(grant.board_id), grant.credentials)
        except Refused as refusal:
            now[grant] = refusal
    return now


def _still(board: Board | None, credentials: Credentials) -> Grant:
    if board is None or board.deleted_at is not None:
        raise Refused(Code.GONE, "This board was deleted.")
    grant = decide(board, credentials)
    grant.require(Role.VIEW)
    return grant
