"""What others know a tab by: nobody can show the id of another's tab as their own."""

import re

from boards.client_ids import shown
from boards.sync.protocol import CHANGE_ID_PATTERN

KEY = "tab:Zk3vQ0u9JwYt2mNcR8sLxEaHbPdG"


def test_a_key_is_shown_as_its_hash_and_always_as_the_same() -> None:
    others_see = shown(KEY)
    assert others_see == shown(KEY) != KEY
    assert re.match(CHANGE_ID_PATTERN, others_see)
    assert KEY.removeprefix("tab:") not in others_see
    assert shown(KEY + "x") != others_see


def test_what_is_seen_of_another_gives_another_id() -> None:
    seen = shown(KEY)
    assert shown(seen) not in (seen, KEY)


def test_a_plain_name_is_shown_as_it_is() -> None:
    assert shown("build-bot") == "build-bot"
