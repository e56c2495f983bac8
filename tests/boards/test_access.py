"""Who may do what: every pair of what a board says and what a caller shows."""

from datetime import UTC, datetime
from itertools import product

import pytest
from django.contrib.auth.models import User

from boards import access, bans
from boards.access import Credentials, Grant, Role, decide
from boards.models import Ban, Board
from boards.sync.refusals import Code, Refused

pytestmark = pytest.mark.django_db

KEY = "ck_the-right-one"
LINK_ROLES = ["none", "view", "edit"]


def make_board(**fields: object) -> Board:
    """A board that is not saved."""
    known = {"owner_key_hash": access.hash_key(KEY), "creator": "browser-1"}
    return Board(**(known | fields))


@pytest.mark.parametrize("link_role", LINK_ROLES)
@pytest.mark.parametrize(
    "credentials",
    [Credentials(), Credentials(creator="browser-2"), Credentials(user_id=7)],
)
def test_A1_a_stranger_may_what_the_link_allows(
    link_role: str, credentials: Credentials
):
    grant = decide(make_board(link_role=link_role, owner_id=8), credentials)

    assert grant.role == link_role
    assert grant.may_view is (link_role != "none")
    assert grant.may_edit is (link_role == "edit")
    assert grant.may_own is False


@pytest.mark.parametrize(
    ("link_role", "credentials"),
    list(
        product(
            LINK_ROLES,
            [
                Credentials(key=KEY),
                Credentials(creator="browser-1"),
                Credentials(user_id=8),
                Credentials(creator="browser-2", user_id=8),
                Credentials(creator="browser-1", user_id=7),
            ],
        )
    ),
)
def test_A1_the_owner_may_everything_whatever_the_link_allows(
    link_role: str, credentials: Credentials
):
    grant = decide(make_board(link_role=link_role, owner_id=8), credentials)

    assert grant.role is Role.OWN
    assert grant.may_view
    assert grant.may_edit
    assert grant.may_own


def test_A3_an_account_that_was_shut_owns_no_more():
    ann = User.objects.create(username="ann")
    board = Board.objects.create(
        owner_key_hash=access.hash_key(KEY), owner=ann, link_role="view"
    )
    grant = decide(board, Credentials(user_id=ann.pk))
    User.objects.update(is_active=False)

    assert grant.role is Role.OWN
    (now,) = access.look_again([grant]).values()
    assert isinstance(now, Grant)
    assert now.role is Role.VIEW


def test_A3_who_is_banned_with_an_account_does_not_come_back_without_it():
    board = Board.objects.create(owner_key_hash=access.hash_key(KEY))
    mark = bans.mark(Ban.Kind.SESSION, "s")
    Ban.objects.create(
        board=board,
        kind=Ban.Kind.SESSION,
        mark=mark,
        spreads=True,
        spreads_to_address=True,
    )
    shown = [
        Credentials(user_id=7, client="tab", session="s", address="home"),
        Credentials(user_id=7, client="other", session="t", address="elsewhere"),
        Credentials(client="private", session="u", address="home"),
    ]

    for credentials in shown:
        with pytest.raises(Refused) as refused:
            decide(board, credentials)
        assert refused.value.code is Code.BANNED
    assert decide(board, Credentials(user_id=8, address="home")).may_edit


@pytest.mark.parametrize(
    "key", ["", "ck_wrong", KEY + " ", KEY.upper(), "é", "x" * 999]
)
def test_A1_a_wrong_key_is_refused_even_where_the_link_would_do(key: str):
    credentials = Credentials(key=key, creator="browser-1")

    with pytest.raises(Refused) as refused:
        decide(make_board(), credentials)

    assert refused.value.code is Code.FORBIDDEN
    assert key == "" or key not in refused.value.detail


def test_A1_a_board_of_nobody_is_not_owned_by_nobody():
    board = make_board(creator="", owner_id=None)

    grant = decide(board, Credentials(creator="", user_id=None))

    assert grant.role is Role.EDIT


def test_A1_a_board_in_the_trash_is_its_owners_alone():
    board = make_board(deleted_at=datetime.now(UTC))

    assert decide(board, Credentials(key=KEY)).may_own
    with pytest.raises(Refused) as refused:
        decide(board, Credentials())
    assert refused.value.code is Code.GONE


@pytest.mark.parametrize(("have", "need"), list(product(Role, Role)))
def test_A2_less_than_is_needed_is_refused(have: Role, need: Role):
    grant = Grant("board", have, Credentials())

    if have.rank >= need.rank:
        grant.require(need)
    else:
        with pytest.raises(Refused) as refused:
            grant.require(need)
        assert refused.value.code is Code.FORBIDDEN


def test_a_key_is_random_and_known_by_its_beginning():
    keys = {access.new_key() for _ in range(100)}

    assert len(keys) == 100
    assert all(key.startswith(access.KEY_PREFIX) for key in keys)
    assert all(access.hash_key(key) != key for key in keys)


@pytest.mark.parametrize(
    "board_id", ["", "a" * 33, "a\0", "a\n", "../a", "' OR 1=1", "<b>", "never-was"]
)
def test_A1_what_is_no_board_is_not_found(board_id: str):
    with pytest.raises(Refused) as refused:
        access.grant_for(board_id, Credentials(key=KEY))

    assert refused.value.code is Code.NOT_FOUND


def test_A1_a_grant_remembers_what_it_was_decided_from():
    board = Board.objects.create(owner_key_hash=access.hash_key(KEY))

    grant = access.grant_for(board.pk, Credentials(key=KEY))

    assert grant == Grant(board.pk, Role.OWN, Credentials(key=KEY))


def test_A3_grants_are_looked_at_again_all_in_two_reads(django_assert_num_queries):
    user = User.objects.create_user("ada")
    open_, closed, viewed, trashed, gone = (
        Board.objects.create(owner_key_hash=access.hash_key(f"{n}"), owner=user)
        for n in range(5)
    )
    guests = [
        access.grant_for(board.pk, Credentials())
        for board in (open_, closed, viewed, trashed, gone)
    ]
    owner = access.grant_for(closed.pk, Credentials(user_id=user.pk))
    trasher = access.grant_for(trashed.pk, Credentials(key="3"))
    Board.objects.filter(pk=closed.pk).update(link_role="none")
    Board.objects.filter(pk=viewed.pk).update(link_role="view")
    Board.objects.filter(pk=trashed.pk).update(deleted_at=datetime.now(UTC))
    gone.delete()

    with django_assert_num_queries(2):
        now = access.look_again([*guests, owner, trasher])

    assert now[guests[0]] == guests[0]
    assert now[owner] == owner
    assert now[guests[2]] == Grant(viewed.pk, Role.VIEW, Credentials())
    assert code_of(now[guests[1]]) is Code.FORBIDDEN
    for grant in (guests[3], guests[4], trasher):
        assert code_of(now[grant]) is Code.GONE


def code_of(found: Grant | Refused) -> Code | None:
    """Why a grant ended."""
    return found.code if isinstance(found, Refused) else None
