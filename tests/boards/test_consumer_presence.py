"""Presence over real sockets: P1 to P4, in one process and across two."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from boards.sync.elements import Pen
from boards.sync.live import View
from boards.sync.protocol import Live, Put
from tests.support.raw import HELLO, JsonObject, Site, entered
from tests.support.server import Server, running_server
from tests.support.services import Redis
from tests.support.sockets import joined

MARK = "never-store-this-ink"

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def database(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that both processes share."""
    path = tmp_path_factory.mktemp("presence") / "board.sqlite3"
    shutil.copy(sqlite_template, path)
    return path


@pytest.fixture(scope="module")
def servers(database: Path, redis_server: Redis) -> Iterator[tuple[Server, Server]]:
    """Two processes that forget a silent one soon."""
    env = {
        "DATABASE_URL": f"sqlite:///{database}",
        "REDIS_URL": redis_server.url,
        "BOARD_LAYER_PREFIX": "presence",
        "BOARD_ANNOUNCE_S": "1",
        "BOARD_PEER_EXPIRY_S": "3",
    }
    with running_server(env) as one, running_server(env) as two:
        yield one, two


@pytest.fixture
def sites(servers: tuple[Server, Server]) -> tuple[Site, Site]:
    """The processes, both running."""
    for server in servers:
        if not server.is_running:
            server.start()
    return Site(servers[0]), Site(servers[1])


@pytest.fixture
def board(sites: tuple[Site, Site]) -> JsonObject:
    """A fresh board."""
    return sites[0].make_board()


@pytest.fixture(params=[0, 1], ids=["here", "elsewhere"])
def other_site(request: pytest.FixtureRequest, sites: tuple[Site, Site]) -> Site:
    """Where the others are."""
    return sites[request.param]


def ink(id_: str) -> Put:
    """An op that draws something."""
    return Put(Pen(id=id_, x=0, y=0, points=[0, 0, 5, 5]))


async def test_P1_live_things_are_seen_and_never_stored(
    sites: tuple[Site, Site], other_site: Site, board: JsonObject, database: Path
):
    async with (
        joined(sites[0].url(board), name="Ada") as ada,
        joined(other_site.url(board), name="Bob") as bob,
    ):
        await ada.expect_peer("Bob")
        live = Live(cursor=[1, 2], selection=[MARK], draft=[ink(MARK)], tool="pen")
        await bob.expect_peer("Ada")
        await ada.show(live)
        await bob.expect_peer("Ada", lambda peer: peer.draft and peer.selection)
        await ada.draw()

    assert len(sites[0].entries(board)) == 1
    for path in database.parent.iterdir():
        assert MARK.encode() not in path.read_bytes()


async def test_P2_a_newcomer_gets_the_full_list_then_changes(
    sites: tuple[Site, Site], other_site: Site, board: JsonObject
):
    view = View(0, 0, 10, 10)
    async with (
        joined(sites[0].url(board), name="Ada", color="#112233") as ada,
        joined(other_site.url(board), name="Bob") as bob,
    ):
        await ada.show(Live(cursor=[1, 2], view=view, draft=[ink("d")], tool="pen"))
        await bob.expect_peer("Ada", lambda peer: peer.draft)

        async with joined(other_site.url(board), name="Eve") as eve:
            assert eve.welcome is not None
            (seen,) = [peer for peer in eve.welcome.peers if peer.name == "Ada"]
            assert {peer.name for peer in eve.welcome.peers} == {"Ada", "Bob"}
            assert (seen.color, seen.role) == ("#112233", "edit")
            assert (seen.cursor, seen.view, seen.tool) == ([1, 2], view, "pen")
            assert seen.draft == [ink("d")]

            await ada.show(Live(draft=None, cursor=[3, 4]))
            await eve.expect_peer("Ada", lambda p: p.cursor == [3, 4] and not p.draft)
            await ada.expect_peer("Eve")
        await ada.expect_gone("Eve")
        await bob.expect_gone("Eve")


async def test_P4_nobody_passes_for_anothers_tab(
    sites: tuple[Site, Site], other_site: Site, board: JsonObject
):
    key = "tab:" + "Zk3vQ0u9JwYt2mNcR8sLxEaHbPdG"
    async with joined(sites[0].url(board), name="Ada", client=key) as ada:
        assert ada.welcome is not None
        shown = ada.welcome.client
        async with joined(other_site.url(board), name="Eve", client=shown) as eve:
            assert eve.welcome is not None
            await eve.expect_peer("Ada", lambda peer: peer.client == shown != key)
            assert eve.welcome.client not in (shown, key)
            await ada.draw()
            await eve.draw()
            await eve.expect_seq(2)

    owner = board["owner_key"]
    undone = sites[0].call(
        "POST", f"/api/boards/{board['id']}/undo/", {"client": shown}, owner
    )
    assert undone.status_code == 200, undone.text
    by = [entry["by"] for entry in sites[0].entries(board)]
    assert [one.get("name") for one in by[:2]] == ["Ada", "Eve"]
    left = sites[0].call("GET", f"/api/boards/{board['id']}/elements/", key=owner)
    assert len(left.json()["elements"]) == 1
    assert key not in str(by)


async def test_P2_a_crowd_that_comes_at_once_is_complete(
    sites: tuple[Site, Site], board: JsonObject
):
    names = {f"Guest {number}" for number in range(8)}
    async with joined(sites[0].url(board), name="Ada") as ada:
        async with (
            joined(sites[0].url(board), name="Guest 0"),
            joined(sites[1].url(board), name="Guest 1"),
            joined(sites[0].url(board), name="Guest 2"),
            joined(sites[1].url(board), name="Guest 3"),
            joined(sites[0].url(board), name="Guest 4"),
            joined(sites[1].url(board), name="Guest 5"),
            joined(sites[0].url(board), name="Guest 6"),
            joined(sites[1].url(board), name="Guest 7"),
        ):
            await ada.until(
                lambda: {peer.name for peer in ada.peers.values()} == names, "a crowd"
            )
        await ada.until(lambda: not ada.peers, "nobody")


@pytest.mark.parametrize("how", ["leaves", "is cut"])
async def test_P3_a_peer_is_gone_with_its_session(
    sites: tuple[Site, Site], other_site: Site, board: JsonObject, how: str
):
    async with joined(sites[0].url(board), name="Ada") as ada:
        async with joined(other_site.url(board), name="Bob") as bob:
            await ada.expect_peer("Bob")
            if how == "is cut":
                await bob.cut()
            else:
                await bob.leave()
            await ada.expect_gone("Bob")


async def test_P3_the_peers_of_a_killed_process_expire(
    sites: tuple[Site, Site], board: JsonObject
):
    async with joined(sites[0].url(board), name="Ada") as ada:
        async with joined(sites[1].url(board), name="Bob"):
            await ada.expect_peer("Bob")

            sites[1].server.kill()

            await ada.expect_gone("Bob")
        await ada.draw()


async def test_P4_the_server_sets_session_and_author(
    sites: tuple[Site, Site], other_site: Site, board: JsonObject
):
    async with (
        joined(sites[0].url(board), name="Ada") as ada,
        joined(other_site.url(board), name="Ada") as impostor,
    ):
        assert ada.welcome is not None
        assert impostor.welcome is not None
        mine, theirs = await ada.draw(), await impostor.draw()

    assert mine.by.session == ada.welcome.session != impostor.welcome.session
    assert theirs.by.session == impostor.welcome.session
    assert (mine.by.client, mine.by.name) == (ada.who.client, "Ada")
    assert mine.by.user is None
    assert mine.at > 1_600_000_000_000


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "live", "session": "SESSION", "cursor": [9, 9]},
        {"type": "live", "peers": {"SESSION": {"cursor": [9, 9]}}},
        {"type": "peers", "leave": ["SESSION"]},
    ],
)
async def test_P4_nobody_can_speak_as_another(
    sites: tuple[Site, Site], board: JsonObject, frame: JsonObject
):
    async with joined(sites[0].url(board), name="Ada") as ada:
        assert ada.welcome is not None
        session = ada.welcome.session
        async with joined(sites[0].url(board), name="Bob") as bob:
            await bob.expect_peer("Ada")
            async with entered(sites[0].url(board), client=ada.who.client) as impostor:
                text = str(frame).replace("SESSION", session).replace("'", '"')
                await impostor.say(text)
                assert await impostor.closed() == 4000
            await bob.ping()
            assert bob.peers[session].cursor is None


async def test_P4_a_change_with_an_author_of_its_own_is_refused(
    sites: tuple[Site, Site], board: JsonObject
):
    async with entered(sites[0].url(board)) as impostor:
        change = {"type": "submit", "id": "c", "ops": [{"op": "del", "id": "a"}]}
        await impostor.say(change | {"by": HELLO})

        assert (await impostor.next("reject"))["code"] == "invalid"
    assert sites[0].entries(board) == []
