"""The live page: for staff alone, with what each process says."""

import re
from collections.abc import Callable

import httpx
import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.conftest import StartServer
from tests.support import plain_http
from tests.support.server import Server, manage
from tests.support.sockets import joined

LIVE = "/admin/live/"

NewStaff = Callable[..., User]


@pytest.mark.django_db(transaction=True)
def test_strangers_and_people_without_rights_are_sent_to_the_login(
    client: Client,
) -> None:
    assert client.get(LIVE).status_code == 302
    client.force_login(User.objects.create_user("ada"))
    for reply in (client.get(LIVE), client.post(LIVE, {"process": "x"})):
        assert (reply.status_code, reply["Location"]) == (
            302,
            f"/admin/login/?next={LIVE}",
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("has", "may_see", "may_close", "may_drain"),
    [
        ([], False, False, False),
        (["close_session", "drain_process"], False, False, False),
        (["view_board"], True, False, False),
        (["view_board", "close_session"], True, True, False),
        (["view_board", "drain_process"], True, False, True),
    ],
)
def test_staff_does_what_it_has_the_permission_for(
    client: Client,
    new_staff: NewStaff,
    has: list[str],
    may_see: bool,
    may_close: bool,
    may_drain: bool,
) -> None:
    """Any member of the staff could end all processes, one after the other."""
    client.force_login(new_staff(*has))

    seen = client.get(LIVE)
    closed = client.post(LIVE, {"process": "x", "session": "y"})
    drained = client.post(LIVE, {"process": "x"})

    assert seen.status_code == (200 if may_see else 403)
    assert closed.status_code == (302 if may_close else 403)
    assert drained.status_code == (302 if may_drain else 403)
    assert (">Drain<" in seen.content.decode()) is may_drain
    assert (LIVE in client.get("/admin/").content.decode()) is may_see


@pytest.mark.django_db(transaction=True)
def test_it_says_which_process_answers(admin_client: Client) -> None:
    page = admin_client.get(LIVE).content.decode()

    assert "Answered by" in page and "No board is open." in page
    assert f'href="{LIVE}"' in admin_client.get("/admin/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_unknown_process_is_no_fault(admin_client: Client) -> None:
    page = admin_client.post(LIVE, {"process": "x", "session": "y"}, follow=True)

    assert "There is one process" in page.content.decode()


@pytest.mark.faults
async def test_staff_sees_people_and_closes_a_session(
    sqlite_url: str, start_server: StartServer
) -> None:
    server = start_server(DATABASE_URL=sqlite_url)
    board = server.new_board()["id"]
    make_staff(sqlite_url)

    async with plain_http.AsyncClient(follow_redirects=True, timeout=30) as staff:
        await sign_in(staff, server)
        await look_and_close(staff, server, board)


async def look_and_close(staff: httpx.AsyncClient, server: Server, board: str) -> None:
    """Find the session on the page and press its button."""
    async with joined(server.socket_url(board), name="<b>Ada</b>") as ada:
        page = (await staff.get(server.url + LIVE)).text
        assert board in page and "&lt;b&gt;Ada&lt;/b&gt;" in page
        (session,) = re.findall(r'name="session" value="([^"]+)"', page)
        process = re.findall(r'name="process" value="([^"]+)"', page)[0]

        done = await post(staff, server, process=process, session=session)

        assert "Done." in done
        await ada.expect_closed(4100)


def make_staff(database_url: str) -> None:
    """Add a member of the staff."""
    env = {"DATABASE_URL": database_url, "DJANGO_SUPERUSER_PASSWORD": "x"}
    words = ("--noinput", "--username", "root", "--email", "root@example.org")
    manage("createsuperuser", *words, env=env)


async def sign_in(staff: httpx.AsyncClient, server: Server) -> None:
    """Fill in the form of the login."""
    login = f"{server.url}/admin/login/?next={LIVE}"
    form = {"username": "root", "password": "x", "next": LIVE}
    page = (await staff.get(login)).text
    token = page.split('name="csrfmiddlewaretoken" value="')[1]
    form["csrfmiddlewaretoken"] = token.split('"')[0]
    assert "Answered by" in (await staff.post(login, data=form)).text


async def post(staff: httpx.AsyncClient, server: Server, **form: str) -> str:
    """Press a button; the page that follows."""
    token = staff.cookies["csrftoken"]
    form["csrfmiddlewaretoken"] = token
    return (await staff.post(server.url + LIVE, data=form)).text
