"""Moderation and the audit log by REST."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import AsyncClient
from pytest_django import Settings

from boards import addresses, current, moderation
from boards.models import Act, Ban, Report
from tests.support.rest import JsonObject, Rest, delete, fat, put, read, refusal

CALLS: list[tuple[str, str, JsonObject | None]] = [
    ("POST", "freeze/", {}),
    ("DELETE", "freeze/", None),
    ("POST", "kick/", {"session": "s"}),
    ("GET", "bans/", None),
    ("POST", "bans/", {"client": "c"}),
    ("DELETE", "bans/1/", None),
    ("POST", "undo/", {"client": "c"}),
    ("GET", "audit/", None),
]


async def acts(rest: Rest, board: JsonObject) -> list[JsonObject]:
    """The board's audit log, oldest first."""
    reply = await rest.call("GET", f"{board['id']}/audit/", key=board["owner_key"])
    found: list[JsonObject] = read(reply)["acts"]
    return found[::-1]


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
async def test_A2_only_owners_moderate(
    rest: Rest, method: str, path: str, body: JsonObject | None
) -> None:
    board = await rest.make_board()

    reply = await rest.call(method, f"{board['id']}/{path}", body)

    assert refusal(reply) == (403, "forbidden")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("bans/", {}),
        ("bans/", {"client": "c", "seconds": 0}),
        ("bans/", {"client": "c d"}),
        ("bans/", {"user": "nobody"}),
        ("bans/", {"client": "c", "hours": 1}),
        ("undo/", {}),
        ("undo/", {"client": "c", "since": "yesterday"}),
        ("kick/", {}),
        ("freeze/", {"why": "x" * 201}),
        ("freeze/", {"why": "a\nb"}),
        ("report/", {}),
    ],
)
async def test_what_makes_no_sense_is_refused(
    rest: Rest, path: str, body: JsonObject
) -> None:
    board = await rest.make_board()

    reply = await rest.call(
        "POST", f"{board['id']}/{path}", body, key=board["owner_key"]
    )

    assert refusal(reply) == (400, "invalid")


async def test_a_frozen_board_takes_changes_from_its_owner_alone(rest: Rest) -> None:
    board = await rest.make_board()
    key = board["owner_key"]
    why = {"why": "Exam at nine."}

    frozen = read(await rest.call("POST", f"{board['id']}/freeze/", why, key=key))
    by_ada = await rest.draw(board, [put("a")])
    by_owner = await rest.draw(board, [put("b")], key=key)
    thawed = read(await rest.call("DELETE", f"{board['id']}/freeze/", key=key))

    assert frozen["frozen_why"] == "Exam at nine."
    assert frozen["frozen_at"] is not None
    assert refusal(by_ada) == (403, "frozen")
    assert "Exam at nine." in by_ada.content.decode()
    assert by_owner.status_code == 201
    assert thawed["frozen_at"] is None
    assert (await rest.draw(board, [put("a")])).status_code == 201


async def test_a_ban_by_address_keeps_no_address(
    rest: Rest, settings: Settings
) -> None:
    settings.BOARD_PROXIES = 1
    board = await rest.make_board()
    key, url = board["owner_key"], f"{board['id']}/bans/"
    mark = addresses.mark("203.0.113.7") or ""
    until = datetime.now(UTC) + timedelta(hours=1)
    await Ban.objects.acreate(
        board_id=board["id"], kind="address", mark=mark, until=until
    )

    here = await rest.call("GET", board["id"] + "/", X_Forwarded_For="203.0.113.7")
    page = await AsyncClient().get(
        f"/b/{board['id']}/", headers={"X-Forwarded-For": "203.0.113.7"}
    )
    lied = await rest.call(
        "GET", board["id"] + "/", X_Forwarded_For="9.9.9.9, 203.0.113.7"
    )
    there = await rest.call("GET", board["id"] + "/", X_Forwarded_For="203.0.113.8")
    owner = await rest.call(
        "GET", board["id"] + "/", key=key, X_Forwarded_For="203.0.113.7"
    )
    (listed,) = read(await rest.call("GET", url, key=key))["bans"]

    assert refusal(here) == refusal(lied) == (403, "banned")
    assert int(here["Retry-After"]) in range(3_000, 3_601)
    assert page.status_code == 403
    assert "You are banned from this board" in page.content.decode()
    assert there.status_code == owner.status_code == 200
    assert set(listed) == {"id", "kind", "name", "until", "created_at"}
    assert "203.0.113" not in json.dumps(
        [ban async for ban in Ban.objects.values()], default=str
    )

    lift = await rest.call("DELETE", f"{url}{listed['id']}/", key=key)

    assert lift.status_code == 204
    assert (await rest.call("GET", board["id"] + "/")).status_code == 200


async def test_a_board_has_so_many_bans_and_no_more(rest: Rest) -> None:
    board = await rest.make_board()
    key, url = board["owner_key"], f"{board['id']}/bans/"
    held = [Ban(board_id=board["id"], kind="client", mark=f"{n}") for n in range(1_000)]
    await Ban.objects.abulk_create(held[1:])

    last = await rest.call("POST", url, {"client": "c"}, key=key)
    refused = await rest.call("POST", url, {"client": "d"}, key=key)

    assert last.status_code == 201
    assert refusal(refused) == (409, "conflict")


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_an_address_is_known_by_its_household(
    one: str, other: str, are_same: bool
) -> None:
    assert (addresses.mark(one) == addresses.mark(other)) is are_same
    assert addresses.mark("no address") is None


async def test_kicks_are_bounded_as_bans_are(
    rest: Rest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever joins is compared with each of them."""
    monkeypatch.setattr(moderation, "MAX_BANS", 1)
    monkeypatch.setattr(moderation, "MAX_KICKS", 1)
    board = await rest.make_board()
    replies = [
        await rest.call(
            "POST",
            f"{board['id']}/kick/",
            {"session": f"s{n}"},
            key=board["owner_key"],
        )
        for n in range(4)
    ]

    assert [reply.status_code for reply in replies] == [204, 204, 409, 409]


async def test_undoing_by_tab_and_time(rest: Rest) -> None:
    board = await rest.make_board()
    key = board["owner_key"]
    await rest.draw(board, [put("before")])
    entry = read(await rest.draw(board, [put("a")]))
    since = datetime.fromtimestamp(entry["at"] / 1_000, UTC).isoformat()
    url = f"{board['id']}/undo/"

    other = await rest.call("POST", url, {"client": "another"}, key=key)
    reply = await rest.call("POST", url, {"client": "rest", "since": since}, key=key)

    assert read(other) == {"n_entries": 0, "n_ops": 0, "n_skipped": 0, "changes": []}
    assert read(reply)["n_entries"] >= 1
    assert "a" not in [e["id"] for e in await rest.elements(board)]


async def test_what_no_change_could_make_at_once_comes_back(rest: Rest) -> None:
    board = await rest.make_board()
    for op in [put("a"), *fat("b")]:
        assert (await rest.draw(board, [op])).status_code == 201
    before = await rest.elements(board)
    gone = read(await rest.draw(board, [delete("a"), delete("b")]))
    since = datetime.fromtimestamp(gone["at"] / 1_000, UTC).isoformat()

    reply = await rest.call(
        "POST",
        f"{board['id']}/undo/",
        {"client": "rest", "since": since},
        key=board["owner_key"],
    )

    assert reply.status_code == 200
    assert read(reply)["n_skipped"] == 0
    assert await rest.elements(board) == before


async def test_nobody_takes_the_next_change_of_an_undoing_before_it_is_made(
    rest: Rest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moderation, "cut", lambda ops: ([op] for op in ops))
    board = await rest.make_board()
    await rest.draw(board, [put(f"e{n}") for n in range(4)])

    await rest.call(
        "POST", f"{board['id']}/undo/", {"client": "rest"}, key=board["owner_key"]
    )
    entries = read(await rest.call("GET", f"{board['id']}/entries/"))["entries"]

    ids = [entry["id"].removeprefix("undo-") for entry in entries[1:]]
    assert len({id_[:8] for id_ in ids}) == 4
    assert len({id_[-8:] for id_ in ids}) == 4


async def test_an_undoing_is_audited_before_its_entries(
    rest: Rest, settings: Settings
) -> None:
    """The line was written after them: a crash between left an act without a line."""
    board = await rest.make_board()
    await rest.draw(board, [put("a")])
    await current.drain()
    settings.BOARD_COMMIT_QUEUE = 0  # of the engine that is made next: it takes none

    reply = await rest.call(
        "POST", f"{board['id']}/undo/", {"client": "rest"}, key=board["owner_key"]
    )

    assert refusal(reply) == (503, "busy")
    (line,) = [act for act in await acts(rest, board) if act["what"] == "undo"]
    assert "entries=1 ops=1 client=rest" in line["about"]


async def test_the_audit_log_says_who_did_what_and_never_what_it_was(
    rest: Rest,
) -> None:
    board = await rest.make_board(title="Secret plans")
    key, url = board["owner_key"], f"{board['id']}/"
    await rest.call("PATCH", url, {"title": "Hidden", "link_role": "view"}, key=key)
    await rest.call("POST", f"{url}freeze/", {"why": "Hush"}, key=key)
    await rest.call("POST", f"{url}kick/", {"session": "s1"}, key=key)
    await rest.call("POST", f"{url}undo/", {"client": "m"}, key=key)
    await rest.call("DELETE", url, key=key)
    await rest.call("POST", f"{url}restore/", key=key)

    found = await acts(rest, board)

    whats = [act["what"] for act in found]
    assert whats == [
        *("create", "use", "rename", "share", "freeze"),
        *("kick", "undo", "trash", "restore"),
    ]
    print_ = found[2]["fingerprint"]
    assert len(print_) == 12
    assert {(a["by"], a["fingerprint"]) for a in found[1:]} == {("key", print_)}
    assert found[0]["about"] == f"key={print_}"
    assert found[3]["about"] == "link_role=view"
    text = json.dumps(found)
    for secret in (key, key[3:15], "Secret", "Hidden", "Hush"):
        assert secret not in text


async def test_the_audit_log_is_read_in_pages_and_kept_for_a_time(
    rest: Rest, settings: Settings
) -> None:
    board = await rest.make_board()
    key, url = board["owner_key"], f"{board['id']}/audit/"
    for role in ("view", "edit", "none"):
        await rest.call("PATCH", f"{board['id']}/", {"link_role": role}, key=key)

    newest = read(await rest.call("GET", f"{url}?limit=2", key=key))["acts"]
    older = f"{url}?limit=2&before={newest[-1]['id']}"
    page: list[JsonObject] = read(await rest.call("GET", older, key=key))["acts"]

    assert [a["about"] for a in newest] == ["link_role=none", "link_role=edit"]
    assert page[0]["about"] == "link_role=view"

    settings.BOARD_AUDIT_DAYS = 30
    old = datetime.now(UTC) - timedelta(days=31)
    await Act.objects.filter(pk=newest[0]["id"]).aupdate(at=old)
    await sync_to_async(call_command)("purge_trash")

    assert not await Act.objects.filter(pk=newest[0]["id"]).aexists()
    assert await Act.objects.filter(pk=newest[1]["id"]).aexists()


async def test_who_is_told_by_account_alone_is_called_by_it(rest: Rest) -> None:
    # Whom a report was about was lost, and the list of bans had nobody's name.
    await User.objects.acreate(username="mallory")
    board = await rest.make_board()
    key, whom = board["owner_key"], {"user": "mallory"}

    ban = read(await rest.call("POST", f"{board['id']}/bans/", whom, key=key))
    await rest.call("POST", f"{board['id']}/report/", {"words": "Rude."} | whom)

    assert (ban["kind"], ban["name"]) == ("account", "mallory")
    assert (await Report.objects.aget()).name == "mallory"


async def test_a_report_reaches_the_operator(
    rest: Rest, settings: Settings, admin_client: Any
) -> None:
    settings.BOARD_THROTTLE_REPORT = "2/hour"
    board = await rest.make_board()
    about = {"words": "They draw <b>rude</b> things.", "client": "m", "name": "Mallory"}
    url = f"{board['id']}/report/"

    sent = await rest.call("POST", url, about)
    await rest.call("POST", url, about)
    flooded = await rest.call("POST", url, about)
    page = await sync_to_async(admin_client.get)("/admin/boards/report/")
    log = await sync_to_async(admin_client.get)("/admin/boards/act/")
    bans = await sync_to_async(admin_client.get)("/admin/boards/ban/")

    assert sent.status_code == 204
    assert refusal(flooded) == (429, "too_fast")
    assert await Report.objects.acount() == 2
    assert "They draw &lt;b&gt;rude&lt;/b&gt; things." in page.content.decode()
    assert log.status_code == bans.status_code == 200
    assert "report" in log.content.decode()
