"""Bans that spread to what else somebody is known by."""

import pytest

from boards import bans, catalog
from boards.access import Credentials, grants_for
from boards.bans import Marks
from boards.models import Ban
from boards.sync.refusals import Code, Refused

MALLORY = Credentials(client="m", session="s", creator="mallory's browser")
ADA = Credentials(client="ada")


@pytest.mark.django_db
def test_a_ban_that_finds_somebody_spreads_to_their_browser() -> None:
    board, _key = catalog.create()
    ban = Ban.objects.create(
        board=board, kind="session", mark=bans.mark("session", "s"), spreads=True
    )

    found = grants_for([(board.pk, MALLORY), (board.pk, ADA)])

    refused = found[board.pk, MALLORY]
    assert isinstance(refused, Refused) and refused.code is Code.BANNED
    assert not isinstance(found[board.pk, ADA], Refused)
    spread = Ban.objects.filter(source=ban).values_list("kind", flat=True)
    assert sorted(spread) == ["browser", "client"]


@pytest.mark.django_db(transaction=True)
def test_a_ban_that_cannot_spread_any_more_fails_nobody() -> None:
    # It was lifted just now. Who came at the same moment failed with them.
    board, _key = catalog.create()
    ban = Ban.objects.create(board=board, kind="session", mark="x", spreads=True)
    lifted = Ban.objects.get(pk=ban.pk)
    ban.delete()

    bans.spread(lifted, Marks(client="m"))

    assert not Ban.objects.exists()
