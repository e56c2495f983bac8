"""Moderation: what an owner does about somebody who spoils a board.

Kick, ban, freeze and undo, for owners; report, for everybody who may view. Each verb
asks the caller's grant first, writes its line into the audit log in the same
transaction (undoing: before its entries, which are the engine's), and tells the open
rooms after the commit, as `catalog` does. REST, the admin site and commands call these.
All functions block.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from asgiref.sync import async_to_sync, sync_to_async
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from msgspec.structs import replace

from boards import addresses, audit, bans, catalog
from boards.access import Credentials, Grant, Role
from boards.current import current_engine
from boards.formats.ops import cut, ops_for
from boards.models import Ban, Report
from boards.sync.protocol import Author, Change, Op
from boards.sync.refusals import Code, Refused
from boards.sync.reversal import Whose

log = logging.getLogger(__name__)

MAX_WHY_CHARS = 200  # the column's width
MAX_WORDS_CHARS = 1_000  # of a report
MAX_NAME_CHARS = 64  # the columns' width
MAX_BANS = 1_000  # on one board: who joins is compared with each of them
MAX_KICKS = 1_000  # within `KICK_S`, for the same reason
KICK_S = 300  # a session id is never used again; this long a lost kick is made up for
MAX_CHANGES = 1_000  # undone by their ids; a million ops
MAX_ROUNDS = 5  # of undoing while others draw on what is undone

Kind = Ban.Kind
_Note = Callable[[int, int], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on a board, as the others see them: by session, tab and account."""

    session: str | None = None
    client: str | None = None
    user: str | None = None
    name: str = ""

    @property
    def called(self) -> str:
        """What lists call them: their name, else their account's."""
        return (self.name or self.user or "")[:MAX_NAME_CHARS]


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undoing came to.

    Attributes:
        n_entries: how many entries of theirs there were.
        n_ops: how many ops it took to undo them.
        n_skipped: what an older version put that cannot be put any more, and what is
            too large for an entry.
        changes: the ids of those that undid it; `undo_changes` takes them back.
    """

    n_entries: int
    n_ops: int
    n_skipped: int
    changes: tuple[str, ...] = ()


# --- freezing -------------------------------------------------------------------------


def freeze(grant: Grant, why: str = "") -> None:
    """Let nobody but owners change the board; open sessions follow and read why."""
    grant.require(Role.OWN)
    with transaction.atomic():
        catalog.change_rights(
            grant.board_id, frozen_at=timezone.now(), frozen_why=why[:MAX_WHY_CHARS]
        )
        audit.note(grant.board_id, "freeze", grant.credentials)


def thaw(grant: Grant) -> None:
    """Let people change the board again, as the link says; owners only."""
    grant.require(Role.OWN)
    with transaction.atomic():
        catalog.change_rights(grant.board_id, frozen_at=None, frozen_why="")
        audit.note(grant.board_id, "thaw", grant.credentials)


# --- kicking and banning --------------------------------------------------------------


def kick(grant: Grant, session: str) -> None:
    """End one session, on whatever process it is; the person may come back.

    Raises:
        Refused: `conflict` when there are `MAX_KICKS` within `KICK_S` already.
    """
    grant.require(Role.OWN)
    _check_room(grant.board_id, MAX_KICKS + MAX_BANS)
    until = timezone.now() + timedelta(seconds=KICK_S)
    with transaction.atomic():
        Ban.objects.create(
            board_id=grant.board_id,
            kind=Kind.SESSION,
            mark=bans.mark(Kind.SESSION, session),
            until=until,
        )
        catalog.change_rights(grant.board_id)
        audit.note(grant.board_id, "kick", grant.credentials, f"session={session}")


def ban(
    grant: Grant, person: Person, *, seconds: int | None, with_address: bool
) -> Ban:
    """Ban somebody from the board; owners only, who cannot be banned themselves.

    Args:
        grant: the owner's.
        person: at least a session, a client or an account.
        seconds: for how long; None for good.
        with_address: whether whoever else is at their address is kept out, too, unless
            they have an account.

    Raises:
        Refused: `invalid`; `conflict` when there are `MAX_BANS` already.
    """
    grant.require(Role.OWN)
    first, *more = _marks(person)
    _check_room(grant.board_id, MAX_BANS)
    until = None if seconds is None else timezone.now() + timedelta(seconds=seconds)
    with transaction.atomic():
        made = Ban.objects.create(
            board_id=grant.board_id,
            kind=first[0],
            mark=first[1],
            name=person.called,
            until=until,
            spreads=True,
            # Whoever knows a tab's id could keep out a whole school with it.
            spreads_to_address=with_address and first[0] != Kind.CLIENT,
        )
        _ban_more(made, more, with_address=with_address)
        catalog.change_rights(grant.board_id)
        about = f"ban={made.pk} until={_when(until)} session={person.session or ''}"
        audit.note(grant.board_id, "ban", grant.credentials, about)
    return made


def _ban_more(
    source: Ban, marks: Iterable[tuple[str, str]], *, with_address: bool
) -> None:
    """Ban what else is known of the same person; it goes with the first."""
    for kind, mark in marks:
        Ban.objects.create(
            board_id=source.board_id,
            kind=kind,
            mark=mark,
            until=source.until,
            source=source,
            spreads=kind == Kind.ACCOUNT,
            spreads_to_address=with_address,
        )


def _check_room(board_id: str, most: int) -> None:
    """Raise `conflict` when a board has so many bans and kicks already."""
    if len(bans.on_boards([board_id])[board_id]) >= most:
        raise Refused(Code.CONFLICT, f"A board has at most {most} bans.")


def _marks(person: Person) -> list[tuple[str, str]]:
    """What is known of somebody, the surest to be found first."""
    found: list[tuple[str, str]] = []
    if person.session is not None:
        found.append((Kind.SESSION, bans.mark(Kind.SESSION, person.session)))
    if person.user is not None:
        user_id = User.objects.filter(username=person.user).values_list("pk").first()
        if user_id is None:
            raise Refused(Code.INVALID, "There is no such account - at `$.user`")
        found.append((Kind.ACCOUNT, bans.mark(Kind.ACCOUNT, str(user_id[0]))))
    if person.client is not None:
        found.append((Kind.CLIENT, bans.mark(Kind.CLIENT, person.client)))
    if not found:
        raise Refused(Code.INVALID, "Say whom: `session`, `client` or `user`.")
    return found


def ban_address(
    address: str, *, board_id: str | None, until: datetime | None, shown: Credentials
) -> Ban:
    """Ban an address from a board or, for the operator, from all of them."""
    mark = addresses.mark(address)
    if mark is None:
        raise Refused(Code.INVALID, "This is no address.")
    return _ban_mark(Kind.ADDRESS, mark, board_id=board_id, until=until, shown=shown)


def ban_account(
    user: str, *, board_id: str | None, until: datetime | None, shown: Credentials
) -> Ban:
    """Ban an account from a board or, for the operator, from all of them."""
    (_, mark), *_ = _marks(Person(user=user))
    return _ban_mark(Kind.ACCOUNT, mark, board_id=board_id, until=until, shown=shown)


def _ban_mark(
    kind: str,
    mark: str,
    *,
    board_id: str | None,
    until: datetime | None,
    shown: Credentials,
) -> Ban:
    """A ban by an operator; sessions on all boards follow within a minute."""
    with transaction.atomic():
        made = Ban.objects.create(board_id=board_id, kind=kind, mark=mark, until=until)
        if board_id is not None:
            catalog.change_rights(board_id)
        about = f"ban={made.pk} kind={kind} until={_when(until)}"
        audit.note(board_id or "*", "ban", shown, about)
    return made


def listed(board_id: str | None) -> QuerySet[Ban]:
    """The bans that hold on a board, as they were asked for; kicks are none."""
    all_ = Ban.objects.filter(board_id=board_id, source__isnull=True)
    kicks = all_.filter(kind=Kind.SESSION, spreads=False)
    over = all_.filter(until__lte=timezone.now())
    return all_.exclude(pk__in=kicks).exclude(pk__in=over).order_by("-pk")


def lift(grant: Grant, ban_id: int) -> None:
    """End a ban of this board, with what it has spread to; owners only.

    Raises:
        Refused: `not_found`.
    """
    grant.require(Role.OWN)
    end_ban(listed(grant.board_id).filter(pk=ban_id).first(), grant.credentials)


def end_ban(found: Ban | None, shown: Credentials) -> None:
    """End that ban; for `lift`, and for the operator."""
    if found is None:
        raise Refused(Code.NOT_FOUND, "There is no such ban.")
    ban_id, board_id = found.pk, found.board_id
    with transaction.atomic():
        found.delete()
        audit.note(board_id or "*", "unban", shown, f"ban={ban_id}")


# --- undoing --------------------------------------------------------------------------


def undo(grant: Grant, person: Person, *, since: datetime, by: Author) -> Undone:
    """Undo all that somebody did on the board since then, by new entries; owners only.

    What others have changed since stays; see `boards.sync.reversal`. What is about to
    be written is in the audit log first: a fault midway leaves a line without all of
    its entries, and never entries without a line.

    Args:
        grant: the owner's.
        person: whose entries: those that match all that is said of them.
        since: from when on, by the server's clock.
        by: whom the new entries name as author.
    """
    grant.require(Role.OWN)
    if (person.session, person.client, person.user) == (None, None, None):
        raise Refused(Code.INVALID, "Say whom: `session`, `client` or `user`.")
    whose = Whose(
        since=max(0, int(since.timestamp() * 1_000)),
        session=person.session,
        client=person.client,
        user=person.user,
    )
    return _undo_all(grant, whose, by, "undo", _who(person))


def undo_changes(
    grant: Grant, changes: Iterable[str], *, since: datetime, by: Author
) -> Undone:
    """Undo these changes by their ids, as those of an undoing; as `undo` otherwise."""
    grant.require(Role.OWN)
    since_ms = max(0, int(since.timestamp() * 1_000))
    whose = Whose(since=since_ms, changes=frozenset(changes))
    return _undo_all(grant, whose, by, "back", "changes")


def _undo_all(grant: Grant, whose: Whose, by: Author, what: str, whom: str) -> Undone:
    """Undo, and audit it.

    Pages know by `what`, with which the ids begin, that somebody's work was undone.
    """
    since = _when(datetime.fromtimestamp(whose.since / 1_000, UTC))

    def note(n_entries: int, n_ops: int) -> None:
        about = f"since={since} entries={n_entries} ops={n_ops} {whom}"
        audit.note(grant.board_id, "undo", grant.credentials, about)

    undone: Undone = async_to_sync(_undo)(grant, whose, by, what, sync_to_async(note))
    return undone


async def _undo(
    grant: Grant, whose: Whose, by: Author, what: str, note: _Note
) -> Undone:
    """Again and again, until nothing is left: others may have drawn in between."""
    engine = current_engine()
    n_entries = n_ops = n_skipped = 0
    made: list[str] = []
    for round_ in range(MAX_ROUNDS):
        found = await engine.reversal(grant, replace(whose, but_for=frozenset(made)))
        n_entries = found.n_entries
        ops, n_skipped = await asyncio.to_thread(_ops, found.ops)
        if ops or not round_:
            await note(n_entries, len(ops))
        n_done = 0
        for chunk in cut(ops):
            # Nobody can guess it: who took it first would take the change's place (J3).
            change = Change(f"{what}-{secrets.token_urlsafe(12)}", chunk)
            if await _submitted(grant, change, by):
                made.append(change.id)
                n_done += len(chunk)
            else:
                n_skipped += len(chunk)
        n_ops += n_done
        if not n_done:
            break
    return Undone(n_entries, n_ops, n_skipped, tuple(made))


async def _submitted(grant: Grant, change: Change, by: Author) -> bool:
    """Whether it is in the journal; what is too large for it must not keep the rest."""
    try:
        await current_engine().submit(grant, change, by)
    except Refused as refusal:
        if refusal.code != Code.TOO_LARGE:
            raise
        return False
    return True


def _ops(wanted: list[dict[str, Any]]) -> tuple[list[Op], int]:
    """Checked ops, and how many elements cannot be had back."""
    ops: list[Op] = []
    n_skipped = 0
    for op in wanted:
        try:
            if op["op"] == "put":
                made = ops_for(op["element"])
                ops += made
                n_skipped += not made
            else:
                ops.append(msgspec.convert(op, Op))
        except (msgspec.ValidationError, Refused):
            n_skipped += 1
    return ops, n_skipped


# --- reporting ------------------------------------------------------------------------


def report(grant: Grant, person: Person, words: str) -> None:
    """Tell the operator about a board, or about somebody on it; for who may view."""
    grant.require(Role.VIEW)
    with transaction.atomic():
        made = Report.objects.create(
            board_id=grant.board_id,
            session=person.session or "",
            client=person.client or "",
            name=person.called,
            words=words[:MAX_WORDS_CHARS],
        )
        audit.note(grant.board_id, "report", grant.credentials, f"report={made.pk}")
    log.warning("report", extra={"board": grant.board_id, "report": made.pk})


def _who(person: Person) -> str:
    said = {"session": person.session, "client": person.client, "user": person.user}
    return " ".join(f"{name}={value}" for name, value in said.items() if value)


def _when(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else "ever"
