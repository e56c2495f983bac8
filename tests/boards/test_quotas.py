"""What many sockets may do together: how many may be open, and how fast they draw."""

import pytest
from pytest_django import Settings

from boards import quotas
from boards.access import Credentials
from boards.quotas import Membership, Paces, Places, Shared
from boards.sync.refusals import Code, Refused

BOARD = Shared("board", "b")


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Nobody is there yet; small numbers."""
    monkeypatch.setattr(quotas, "places", Places())
    monkeypatch.setattr(quotas, "paces", Paces())
    settings.BOARD_ADDRESS_SOCKETS = 2
    settings.BOARD_BOARD_SOCKETS = 3
    settings.BOARD_BOARD_SUBMITS_PER_S = 10
    settings.BOARD_ADDRESS_SUBMITS_PER_S = 10
    settings.BOARD_PERSON_SUBMITS_PER_S = 1


def opened(address: str, board: str = "b", **shown: str) -> Membership:
    """A socket that entered a board."""
    membership = Membership(address, board)
    membership.begin()
    membership.join(Credentials(**shown))  # type: ignore[arg-type] # only texts here
    return membership


def test_an_address_has_so_many_sockets_and_one_more_when_one_ends() -> None:
    first, _second = opened("a", "b1"), opened("a", "b2")

    with pytest.raises(Refused) as refused:
        opened("a", "b3")
    first.end()
    first.end()  # twice counts once

    assert refused.value.code is Code.BUSY
    assert refused.value.wait_ms
    opened("a", "b3")
    with pytest.raises(Refused):
        opened("a", "b4")


def test_a_board_has_so_many_sockets_from_wherever() -> None:
    for address in "pqr":
        opened(address)

    with pytest.raises(Refused) as refused:
        opened("s")

    assert refused.value.code is Code.BUSY
    opened("s", "another")


def test_a_person_is_held_back_on_all_sockets_together_and_told_how_long() -> None:
    one, two = opened("a", creator="ann"), opened("a", "b2", creator="ann")
    other = opened("o", creator="bob")
    taken = [one.wait_s(0.0) for _ in range(4)]

    assert taken == [0.0] * 4
    assert 0 < two.wait_s(0.0) <= 1
    assert other.wait_s(0.0) == 0
    assert two.wait_s(2.0) == 0


def test_a_large_change_counts_as_many() -> None:
    one = opened("a", creator="ann")

    assert one.wait_s(0.0, 4) == 0
    assert one.wait_s(0.0) > 0


def test_a_key_counts_for_itself_and_is_not_kept() -> None:
    one = opened("a", key="ck_secret")
    for _ in range(4):
        one.wait_s(0.0)

    assert opened("o", key="ck_secret").wait_s(0.0) > 0
    assert "ck_secret" not in repr(quotas.paces._budgets)


def test_a_board_is_held_back_whoever_draws() -> None:
    people = [opened(address) for address in "pqr"]
    waits = [people[n % 3].wait_s(0.0) for n in range(41)]

    assert waits[:40] == [0.0] * 40
    assert waits[40] > 0


def test_who_is_held_back_alone_takes_nothing_from_the_board() -> None:
    # A few sockets of one person used up what the board has for everybody.
    flooding, other = opened("a", creator="ann"), opened("o", creator="bob")
    waits = [flooding.wait_s(0.0) for _ in range(100)]

    assert waits[4:] == [1.0] * 96
    assert other.wait_s(0.0) == 0


def test_budgets_that_nobody_uses_are_forgotten() -> None:
    paces = Paces()
    for n in range(quotas.MAX_BUDGETS):
        paces.take([(Shared("address", str(n)), 1)], 0.0, 1)
    paces.take([(BOARD, 1)], 1_000.0, 1)

    assert len(paces._budgets) == 1
