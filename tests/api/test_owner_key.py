"""Another owner key: the old one is worth nothing at once."""

from io import StringIO

import pytest
from asgiref.sync import sync_to_async
from django.core.management import CommandError, call_command

from boards import catalog
from boards.access import Credentials, Grant, Role
from boards.models import Act
from boards.sync.refusals import Code, Refused
from tests.support.rest import JsonObject, Rest, read, refusal


async def renewed(rest: Rest, board: JsonObject) -> str:
    """A new key, had by the old one."""
    url, key = f"{board['id']}/key/", board["owner_key"]
    reply = await rest.call("POST", url, key=key)
    assert reply.status_code == 201
    new: str = read(reply)["owner_key"]
    return new


async def test_the_new_key_owns_and_the_old_one_does_not(rest: Rest) -> None:
    board = await rest.make_board(link_role="edit")
    old, new = board["owner_key"], await renewed(rest, board)

    by_old = await rest.call("GET", f"{board['id']}/", key=old)
    again = await rest.call("POST", f"{board['id']}/key/", key=old)
    by_new = await rest.call("GET", f"{board['id']}/", key=new)

    assert refusal(by_old) == refusal(again) == (403, "forbidden")
    assert read(by_new)["role"] == "own"
    assert new != old


async def test_it_is_audited_by_fingerprints(rest: Rest) -> None:
    board = await rest.make_board()
    old, new = board["owner_key"], await renewed(rest, board)

    reply = await rest.call("GET", f"{board['id']}/audit/", key=new)

    acts = {act["what"]: act for act in read(reply)["acts"]}
    assert acts["create"]["about"] == f"key={acts['new_key']['fingerprint']}"
    assert acts["new_key"]["about"].endswith(f"was={acts['new_key']['fingerprint']}")
    assert old not in reply.content.decode()
    assert new not in reply.content.decode()


async def test_the_second_of_two_with_the_same_key_has_none(rest: Rest) -> None:
    """Both were let in by the old key before either had changed it."""
    board = await rest.make_board()
    grant = Grant(board["id"], Role.OWN, Credentials(key=board["owner_key"]))
    key = await sync_to_async(catalog.renew_key)(grant)

    with pytest.raises(Refused) as refused:
        await sync_to_async(catalog.renew_key)(grant)

    assert refused.value.code is Code.FORBIDDEN
    reply = await rest.call("GET", f"{board['id']}/", key=key)
    assert read(reply)["role"] == "own"


async def test_a_key_that_leaked_is_changed_in_the_trash_as_well(rest: Rest) -> None:
    board = await rest.make_board()
    url, old = f"{board['id']}/", board["owner_key"]
    await rest.call("DELETE", url, key=old)

    new = await renewed(rest, board)

    gone = await rest.call("DELETE", f"{url}?for_good=1", key=old)
    assert refusal(gone) == (403, "forbidden")
    assert (await rest.call("POST", f"{url}restore/", key=new)).status_code == 200


async def test_the_operator_prints_a_new_one(rest: Rest) -> None:
    board, out = await rest.make_board(), StringIO()

    await sync_to_async(call_command)("new_key", board["id"], stdout=out)

    key = out.getvalue().rpartition("key=")[2].strip()
    assert read(await rest.call("GET", f"{board['id']}/", key=key))["role"] == "own"
    act = await Act.objects.filter(what="new_key").aget()
    assert act.by == "operator"
    with pytest.raises(CommandError, match="no such board"):
        await sync_to_async(call_command)("new_key", "none")
