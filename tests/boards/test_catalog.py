"""The catalog: what REST and the pages do to boards, and the purge of the trash."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from boards import catalog
from boards.access import Credentials, Grant, Role, decide
from boards.models import Board, Entry, Snapshot
from boards.sync.refusals import Code, Refused

pytestmark = pytest.mark.django_db(transaction=True)


def trashed(days: float) -> Board:
    """A board that was put into the trash that long ago, with something on it."""
    board, _key = catalog.create(title=f"{days} days")
    Board.objects.filter(pk=board.pk).update(
        deleted_at=timezone.now() - timedelta(days=days)
    )
    Entry.objects.create(board=board, seq=1, change_id="c1", at=0, text="{}")
    Snapshot.objects.create(board=board, seq=1, body=b"", n_elements=0)
    return board


def test_the_key_is_not_stored() -> None:
    board, key = catalog.create()

    row = Board.objects.filter(pk=board.pk).values().get()

    assert key not in map(str, row.values())
    assert decide(board, Credentials(key=key)).role is Role.OWN


@pytest.mark.parametrize("board_id", ["", "nope", "a\0b", "x" * 33, "../x", "a\n"])
def test_what_is_no_board_is_not_found(board_id: str) -> None:
    with pytest.raises(Refused) as refused:
        catalog.find(board_id)

    assert refused.value.code is Code.NOT_FOUND


def test_a_cookie_and_a_user_list_what_each_made(django_user_model) -> None:
    user = django_user_model.objects.create_user("ada")
    by_cookie, _ = catalog.create(creator="browser-1")
    by_user, _ = catalog.create(user_id=user.pk)
    catalog.create(creator="browser-2")
    catalog.create()

    both = catalog.mine(Credentials(creator="browser-1", user_id=user.pk))

    assert {board.pk for board in both} == {by_cookie.pk, by_user.pk}
    assert not catalog.mine(Credentials())


def test_only_owners_change_a_board() -> None:
    board, _key = catalog.create(link_role="edit")
    grant = decide(board, Credentials())

    changes: list[Callable[[], None]] = [
        lambda: catalog.rename(grant, "x"),
        lambda: catalog.set_link_role(grant, "none"),
        lambda: catalog.trash(grant),
        lambda: catalog.restore(grant),
    ]
    for change in changes:
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.code is Code.FORBIDDEN


def test_the_purge_takes_what_was_trashed_30_days_ago() -> None:
    kept, _key = catalog.create()
    young, old = trashed(29.9), trashed(30.1)
    out = io.StringIO()

    call_command("purge_trash", stdout=out)

    left = set(Board.objects.values_list("pk", flat=True))
    assert left == {kept.pk, young.pk}
    assert out.getvalue() == "purged boards=1 bans=0 acts=0\n"
    assert not Entry.objects.filter(board_id=old.pk).exists()
    assert not Snapshot.objects.filter(board_id=old.pk).exists()
    assert Entry.objects.filter(board_id=young.pk).exists()


def test_the_trash_counts_from_the_first_time() -> None:
    board = trashed(20)
    since = Board.objects.get(pk=board.pk).deleted_at

    catalog.trash(Grant(board.pk, Role.OWN, Credentials()))

    assert Board.objects.get(pk=board.pk).deleted_at == since
