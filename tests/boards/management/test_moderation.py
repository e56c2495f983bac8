"""What an operator does about vandals on the command line."""

from io import StringIO

import pytest
from asgiref.sync import async_to_sync
from django.core.management import CommandError, call_command

from boards import access, addresses, catalog, current
from boards.access import Credentials
from boards.models import Board
from boards.sync.protocol import Author
from boards.sync.refusals import Refused
from tests.support.engines import change

pytestmark = pytest.mark.django_db(transaction=True)

HERE = Credentials(client="m", address=addresses.mark("203.0.113.7"))


@pytest.fixture
def board() -> Board:
    """A board that whoever has the link draws on."""
    return catalog.create()[0]


def run(*words: str) -> str:
    """What a command printed."""
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def role(board: Board, shown: Credentials = HERE) -> str:
    """What somebody may do there, or why not."""
    try:
        return access.grant_for(board.pk, shown).role
    except Refused as refusal:
        return refusal.code


def test_a_board_is_frozen_and_thawed(board: Board) -> None:
    assert run("freeze", board.pk, "--why", "Vandals.") == f"frozen board={board.pk}\n"
    assert role(board) == "view"
    board.refresh_from_db()
    assert board.frozen_why == "Vandals."

    run("freeze", board.pk, "--thaw")

    assert role(board) == "edit"


@pytest.mark.parametrize("where", ["board", "everywhere"])
def test_an_address_is_banned_listed_and_let_in_again(board: Board, where: str) -> None:
    place = board.pk if where == "board" else "--everywhere"

    run("ban", place, "--address", "203.0.113.7", "--for", "2h")

    assert role(board) == "banned"
    assert role(board, Credentials()) == "edit"
    listed = run("ban", place, "--list")
    assert "kind=address" in listed
    assert "203.0.113" not in listed

    run("ban", place, "--lift", listed.split("ban=")[1].split()[0])

    assert role(board) == "edit"
    log = run("audit", board.pk if where == "board" else "*").splitlines()
    assert [line.split()[1] for line in log[:2]] == ["unban", "ban"]
    assert "by=operator" in log[0]


def test_a_tab_is_banned_and_what_it_did_undone(board: Board) -> None:
    async def draw() -> None:
        grant = access.Grant(board.pk, access.Role.EDIT, HERE)
        engine = current.current_engine()
        await engine.submit(grant, change("a"), Author("s", "ada"))
        await engine.submit(grant, change("m"), Author("s", "m"))
        await current.drain()

    async_to_sync(draw)()

    assert run("ban", board.pk, "--client", "m").startswith("banned ban=")
    assert role(board, Credentials(client="m")) == "banned"
    undone = run("undo_by", board.pk, "--client", "m", "--since", "1h")
    assert undone == "undone entries=1 ops=1 skipped=0\n"
    board.refresh_from_db()
    assert board.head == 3


@pytest.mark.parametrize(
    "words",
    [
        ("freeze", "never-was"),
        ("ban",),
        ("ban", "never-was", "--address", "203.0.113.7"),
        ("ban", "--everywhere", "--address", "no address"),
        ("ban", "--everywhere", "--client", "m"),
        ("ban", "--everywhere", "--lift", "7"),
        ("ban", "--everywhere", "--address", "203.0.113.7", "--for", "soon"),
        ("undo_by", "never-was"),
        ("undo_by", "never-was", "--client", "m"),
        ("undo_by", "never-was", "--client", "m", "--since", "999999d"),
    ],
)
def test_what_makes_no_sense_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run(*words)
