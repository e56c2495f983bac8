"""Changes and entries by REST."""

import json

import pytest
from asgiref.sync import sync_to_async

from boards.models import Board, Entry
from tests.support.rest import Rest, put, read, refusal, set_


async def test_a_change_becomes_an_entry(rest: Rest) -> None:
    board = await rest.make_board()

    reply = await rest.draw(board, [put("a", z="a0")], id="c1")

    entry = read(reply)
    assert reply.status_code == 201
    assert (entry["seq"], entry["id"]) == (1, "c1")
    assert entry["by"] == {"session": "rest", "client": "rest"}
    assert entry["ops"] == [put("a", z="a0")]


async def test_J3_the_same_change_id_gives_the_same_entry(rest: Rest) -> None:
    board = await rest.make_board()
    first = await rest.draw(board, [put("a")], id="c1")

    again = await rest.draw(board, [put("a")], id="c1")
    by_header = await rest.draw(board, [put("b")], Idempotency_Key="c1")

    assert (first.status_code, again.status_code) == (201, 200)
    assert by_header.status_code == 200
    assert first.content == again.content == by_header.content
    assert [each["id"] for each in await rest.elements(board)] == ["a"]


async def test_J3_a_change_id_is_one_board_s_own(rest: Rest) -> None:
    one, other = await rest.make_board(), await rest.make_board()

    replies = [await rest.draw(board, [put()], id="c1") for board in (one, other)]

    assert [reply.status_code for reply in replies] == [201, 201]


async def test_J6_the_stored_text_is_the_sent_text(rest: Rest) -> None:
    board = await rest.make_board()
    text = {"kind": "text", "w": 0, "h": 0, "text": "naïve 🎨 \u2028 </script> \\u0000"}
    del_ = {"op": "del", "id": "gone"}
    sent = await rest.draw(board, [put("a", x=0.1, y=-0.0), put("t", **text), del_])

    page = await rest.call("GET", f"{board['id']}/entries/")

    stored = await sync_to_async(Entry.objects.get)(board_id=board["id"], seq=1)
    assert sent.content.decode() == stored.text
    assert page.content.decode() == f'{{"entries":[{stored.text}],"head":1}}'


async def test_A2_a_viewer_s_submit_is_rejected(rest: Rest) -> None:
    board = await rest.make_board(link_role="view")

    viewer = await rest.draw(board, [put()])
    owner = await rest.draw(board, [put()], key=board["owner_key"])

    assert refusal(viewer) == (403, "forbidden")
    assert read(owner)["seq"] == 1


async def test_a_change_without_an_id_gets_a_fresh_one(rest: Rest) -> None:
    board = await rest.make_board()

    ids = {read(await rest.draw(board, [put()]))["id"] for _ in range(2)}

    assert len(ids) == 2


async def test_two_different_ids_are_a_conflict(rest: Rest) -> None:
    board = await rest.make_board()

    differ = await rest.draw(board, [put()], id="c1", Idempotency_Key="c2")
    agree = await rest.draw(board, [put()], id="c1", Idempotency_Key="c1")

    assert refusal(differ) == (409, "conflict")
    assert agree.status_code == 201


@pytest.mark.parametrize("key", ["", "a b", 'a"b', "x" * 65, "é"])
async def test_an_idempotency_key_is_a_change_id(rest: Rest, key: str) -> None:
    board = await rest.make_board()

    reply = await rest.draw(board, [put()], Idempotency_Key=key)

    assert refusal(reply) == (400, "invalid")


async def test_a_fault_is_named_by_its_path(rest: Rest) -> None:
    board = await rest.make_board()

    reply = await rest.draw(board, [put("a"), set_("a", x="left")])

    assert refusal(reply) == (400, "invalid")
    assert "$.ops[1].props.x" in read(reply)["error"]["detail"]
    assert await rest.elements(board) == []


async def test_the_content_type_does_not_matter(rest: Rest) -> None:
    board = await rest.make_board()
    types = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]

    for content_type in [*types, "nonsense", "a/" + "b" * 1000, ""]:
        reply = await rest.draw(board, [put()], Content_Type=content_type)
        assert reply.status_code == 201


async def test_entries_are_read_in_pages_up_to_the_head(rest: Rest) -> None:
    board = await rest.make_board()
    for n in range(5):
        await rest.draw(board, [put(f"e{n}")])

    seen, after, head = [], 0, 1
    while after < head:
        reply = await rest.call("GET", f"{board['id']}/entries/?after={after}&limit=2")
        page = read(reply)
        seen += [entry["seq"] for entry in page["entries"]]
        after, head = seen[-1], page["head"]

    assert seen == [1, 2, 3, 4, 5]


async def test_nothing_comes_after_the_head(rest: Rest) -> None:
    board = await rest.make_board()
    await rest.draw(board, [put()])

    for after in (1, 2, 2**53 - 1):
        reply = await rest.call("GET", f"{board['id']}/entries/?after={after}")
        assert read(reply) == {"entries": [], "head": 1}


async def test_entries_travel_packed_when_that_is_accepted(rest: Rest) -> None:
    board = await rest.make_board()
    await rest.draw(board, [put(f"e{n}") for n in range(50)])

    reply = await rest.call("GET", f"{board['id']}/entries/", Accept_Encoding="gzip")

    assert reply["Content-Encoding"] == "gzip"
    assert reply.content[:2] == b"\x1f\x8b"


async def test_a_signed_in_author_is_named(rest: Rest, django_user_model) -> None:
    user = await sync_to_async(django_user_model.objects.create_user)("ada")
    await rest.client.aforce_login(user)
    board = await rest.make_board()

    entry = read(await rest.draw(board, [put()]))

    assert entry["by"]["name"] == entry["by"]["user"] == "ada"
    row = await sync_to_async(Board.objects.get)(pk=board["id"])
    assert row.owner_id == user.pk


async def test_P4_a_body_cannot_name_an_author(rest: Rest) -> None:
    board = await rest.make_board()
    change = {"ops": [put()], "by": {"session": "x", "client": "y", "name": "Eve"}}

    reply = await rest.call("POST", f"{board['id']}/changes/", change)

    assert refusal(reply) == (400, "invalid")
    assert "by" in json.loads(reply.content)["error"]["detail"]
