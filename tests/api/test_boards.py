"""Boards by REST: make, list, show, rename, share, trash, restore, copy."""

import json

import pytest
from asgiref.sync import sync_to_async

from boards.models import Board, Entry
from tests.support.rest import Rest, delete, fat, put, read, refusal, set_


async def test_a_board_is_made_without_an_account(rest: Rest) -> None:
    reply = await rest.call("POST", "", {"title": "Plan", "link_role": "view"})

    board = read(reply)
    assert reply.status_code == 201
    assert reply["Location"] == board["url"]
    assert board["url"] == f"http://testserver/b/{board['id']}/"
    assert board["socket_url"] == f"ws://testserver/ws/boards/{board['id']}/"
    assert board["owner_key"].startswith("ck_")
    assert (board["title"], board["link_role"], board["head"]) == ("Plan", "view", 0)
    assert board["created_at"].endswith("Z")


async def test_a_board_needs_no_body_and_lets_the_link_draw(rest: Rest) -> None:
    board = await rest.make_board()

    assert (board["title"], board["link_role"]) == ("", "edit")


async def test_the_owner_key_is_shown_once_only(rest: Rest) -> None:
    board = await rest.make_board()

    shown = await rest.call("GET", f"{board['id']}/", key=board["owner_key"])

    assert "owner_key" not in read(shown)
    assert board["owner_key"] not in shown.content.decode()


async def test_the_socket_has_tls_when_the_request_had(rest: Rest) -> None:
    reply = await rest.client.generic("POST", "/api/boards/", b"", secure=True)

    board = json.loads(reply.content)
    assert board["socket_url"].startswith("wss://testserver/ws/boards/")


@pytest.mark.parametrize(
    "title",
    [
        "'; DROP TABLE boards_board; --",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "%00 \\0 ${x} {{ y }}",
        "日本語 🎨 עברית",
    ],
)
async def test_tricks_in_a_title_are_plain_text(rest: Rest, title: str) -> None:
    board = await rest.make_board(title=title)

    shown = await rest.call("GET", f"{board['id']}/")

    assert read(shown)["title"] == title


@pytest.mark.parametrize(
    "wish",
    [
        {"title": "x" * 201},
        {"title": "a\0b"},
        {"title": "two\nlines"},
        {"title": ["x"]},
        {"title": None},
        {"link_role": "own"},
        {"link_role": 1},
        {"owner_key": "ck_mine"},
        {"id": "mine"},
    ],
)
async def test_a_wrong_wish_is_invalid_by_field(
    rest: Rest, wish: dict[str, object]
) -> None:
    reply = await rest.call("POST", "", wish)

    assert refusal(reply) == (400, "invalid")
    assert read(reply)["error"]["fields"].keys() == wish.keys()


async def test_a_key_lists_its_board_and_nobody_lists_others(rest: Rest) -> None:
    board = await rest.make_board()
    await rest.make_board()

    mine = read(await rest.call("GET", "", key=board["owner_key"]))
    strangers = read(await rest.call("GET", ""))
    guessed = read(await rest.call("GET", "", key="ck_guess"))

    assert [each["id"] for each in mine["boards"]] == [board["id"]]
    assert strangers == guessed == {"boards": [], "n_boards": 0}


async def test_the_list_pages_and_bounds_what_it_is_asked(rest: Rest) -> None:
    rest.remember()
    made = [(await rest.make_board(title=str(n)))["id"] for n in range(3)]

    page = read(await rest.call("GET", "?limit=2&offset=1"))
    beyond = read(await rest.call("GET", "?offset=9007199254740991"))

    assert page["n_boards"] == 3
    assert [each["id"] for each in page["boards"]] == [made[1], made[0]]
    assert beyond["boards"] == []


async def test_A1_a_private_board_shows_nothing_to_strangers(rest: Rest) -> None:
    board = await rest.make_board(link_role="none")
    key = board["owner_key"]
    below = ["", "entries/", "snapshot/", "elements/"]

    for path in below:
        stranger = await rest.call("GET", f"{board['id']}/{path}")
        assert refusal(stranger) == (403, "forbidden")
        owner = await rest.call("GET", f"{board['id']}/{path}", key=key)
        assert owner.status_code == 200
    assert refusal(await rest.draw(board, [put()])) == (403, "forbidden")
    copied = await rest.call("POST", f"{board['id']}/duplicate/")
    assert refusal(copied) == (403, "forbidden")


async def test_A1_a_wrong_key_is_noticed_on_an_open_board(rest: Rest) -> None:
    board = await rest.make_board(link_role="edit")

    reply = await rest.call("GET", f"{board['id']}/", key="ck_mistyped")

    assert refusal(reply) == (403, "forbidden")


@pytest.mark.parametrize("key", ["", "   ", "x" * 201])
async def test_A1_what_cannot_be_a_key_is_refused(rest: Rest, key: str) -> None:
    board = await rest.make_board()

    reply = await rest.call("GET", f"{board['id']}/", key=key)

    assert refusal(reply) == (403, "forbidden")


async def test_another_scheme_belongs_to_a_proxy(rest: Rest) -> None:
    board = await rest.make_board()

    reply = await rest.call("GET", f"{board['id']}/", Authorization="Basic eDp5")

    assert reply.status_code == 200


async def test_an_owner_renames_and_shares(rest: Rest) -> None:
    board = await rest.make_board()

    reply = await rest.call(
        "PATCH",
        f"{board['id']}/",
        {"title": "New", "link_role": "none"},
        key=board["owner_key"],
    )

    changed = read(reply)
    assert (changed["title"], changed["link_role"]) == ("New", "none")
    assert changed["role"] == "own"


async def test_only_owners_rename_share_trash_and_restore(rest: Rest) -> None:
    board = await rest.make_board(link_role="edit")
    path = f"{board['id']}/"

    replies = [
        await rest.call("PATCH", path, {"title": "x"}),
        await rest.call("PATCH", path, {"link_role": "none"}),
        await rest.call("DELETE", path),
        await rest.call("POST", f"{path}restore/"),
    ]

    assert {refusal(reply) for reply in replies} == {(403, "forbidden")}
    assert read(await rest.call("GET", path))["title"] == ""


async def test_a_trashed_board_is_gone_until_it_is_restored(rest: Rest) -> None:
    board = await rest.make_board()
    key, path = board["owner_key"], f"{board['id']}/"
    await rest.draw(board, [put()])

    trashed = await rest.call("DELETE", path, key=key)
    stranger = await rest.call("GET", path)
    drawn = await rest.draw(board, [put()], key=key)
    listed = read(await rest.call("GET", "", key=key))
    trash = read(await rest.call("GET", "?trash=1", key=key))
    restored = await rest.call("POST", f"{path}restore/", key=key)

    assert trashed.status_code == 204
    assert refusal(stranger) == (404, "gone")
    assert refusal(drawn) == (404, "gone")
    assert (listed["n_boards"], trash["n_boards"]) == (0, 1)
    assert trash["boards"][0]["deleted_at"] is not None
    assert read(restored)["deleted_at"] is None
    assert len(await rest.elements(board)) == 1


async def test_only_what_is_in_the_trash_is_deleted_for_good(rest: Rest) -> None:
    board = await rest.make_board(link_role="edit")
    key, path = board["owner_key"], f"{board['id']}/"
    await rest.draw(board, [put()])

    too_early = await rest.call("DELETE", f"{path}?for_good=1", key=key)
    await rest.call("DELETE", path, key=key)
    stranger = await rest.call("DELETE", f"{path}?for_good=1")
    removed = await rest.call("DELETE", f"{path}?for_good=1", key=key)

    assert refusal(too_early) == (409, "conflict")
    assert refusal(stranger) == (404, "gone")
    assert removed.status_code == 204
    assert refusal(await rest.call("GET", path, key=key)) == (404, "not_found")
    assert refusal(await rest.call("POST", f"{path}restore/", key=key))[0] == 404


async def test_trashing_and_restoring_twice_is_the_same_as_once(rest: Rest) -> None:
    board = await rest.make_board()
    key, path = board["owner_key"], f"{board['id']}/"
    await rest.call("DELETE", path, key=key)
    since = read(await rest.call("GET", path, key=key))["deleted_at"]

    again = await rest.call("DELETE", path, key=key)

    assert again.status_code == 204
    assert read(await rest.call("GET", path, key=key))["deleted_at"] == since
    for _ in range(2):
        restored = await rest.call("POST", f"{path}restore/", key=key)
        assert restored.status_code == 200


async def test_a_copy_has_the_same_elements_and_its_own_key(rest: Rest) -> None:
    board = await rest.make_board(title="Plan", link_role="view")
    key = board["owner_key"]
    pen = {
        "op": "put",
        "element": {
            "kind": "pen",
            "id": "p",
            "x": 0,
            "y": 0,
            "points": [0, 0, 1.5, 2],
            "pressure": [0.5, 1],
        },
    }
    await rest.draw(board, [put("a"), put("b", fill="#ff0000"), pen], key=key)
    await rest.draw(board, [set_("a", x=5, angle=0), delete("b")], key=key)
    # What no put can say: another kind's properties, pressures without their points.
    await rest.draw(
        board, [set_("p", kind="rect", points=[1, 1]), set_("a", z=None)], key=key
    )

    reply = await rest.call("POST", f"{board['id']}/duplicate/")

    copy = read(reply)
    assert reply.status_code == 201
    assert (copy["title"], copy["link_role"]) == ("Copy of Plan", "view")
    assert copy["id"] != board["id"]
    assert copy["owner_key"] != key
    assert await rest.elements(copy) == await rest.elements(board)


async def test_a_large_board_is_copied_in_several_changes(rest: Rest) -> None:
    board = await rest.make_board()
    for page in range(3):
        ops = [put(f"e{page}-{n}", z=f"a{n % 10}") for n in range(500)]
        assert (await rest.draw(board, ops)).status_code == 201

    reply = await rest.call("POST", f"{board['id']}/duplicate/", {"title": "Mine"})

    copy = read(reply)
    entries = read(await rest.call("GET", f"{copy['id']}/entries/"))["entries"]
    assert copy["title"] == "Mine"
    assert [entry["id"] for entry in entries] == ["copy-1", "copy-2"]
    assert copy["head"] == 2
    assert await rest.elements(copy) == await rest.elements(board)


async def test_an_element_that_no_change_could_make_at_once_is_copied(
    rest: Rest,
) -> None:
    board = await rest.make_board()
    for op in fat("e"):
        assert (await rest.draw(board, [op])).status_code == 201

    reply = await rest.call("POST", f"{board['id']}/duplicate/")

    assert reply.status_code == 201
    assert await rest.elements(read(reply)) == await rest.elements(board)


async def test_a_board_that_cannot_be_copied_leaves_no_half_copy(rest: Rest) -> None:
    board = await rest.make_board()
    await rest.draw(board, [put()])
    stored = await sync_to_async(Entry.objects.get)(board_id=board["id"])
    stored.text = stored.text.replace('"rect"', '"hologram"')  # of a newer version
    await sync_to_async(stored.save)()

    reply = await rest.call("POST", f"{board['id']}/duplicate/")

    assert refusal(reply) == (503, "unavailable")
    assert await sync_to_async(Board.objects.count)() == 1


async def test_a_copy_of_an_empty_board_is_empty(rest: Rest) -> None:
    board = await rest.make_board()

    copy = read(await rest.call("POST", f"{board['id']}/duplicate/"))

    assert copy["title"] == "Copy of a board"
    assert copy["head"] == 0
