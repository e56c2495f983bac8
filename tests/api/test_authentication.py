"""What gives a right by REST: key, creator cookie, session user, link; and CSRF."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from django.middleware.csrf import get_token
from django.test import RequestFactory

from boards import creator, current
from tests.support.rest import JsonObject, Rest, put, read, refusal


@pytest_asyncio.fixture
async def browser(transactional_db: None) -> AsyncIterator[Rest]:
    """A browser that created boards, its unsafe calls checked as in production."""
    browser = Rest(checks_csrf=True)
    browser.remember()
    yield browser
    await current.drain()


def give_csrf_token(browser: Rest) -> str:
    """The token that the home page leaves in the browser's cookies."""
    request = RequestFactory().get("/")
    get_token(request)
    token: str = request.META["CSRF_COOKIE"]
    browser.client.cookies["csrftoken"] = token
    return token


async def make(browser: Rest, **wish: str) -> JsonObject:
    """A board made by that browser."""
    token = give_csrf_token(browser)
    reply = await browser.call("POST", "", wish, X_CSRFToken=token)
    assert reply.status_code == 201, reply.content
    return read(reply)


async def test_the_creator_s_browser_owns_the_board(browser: Rest) -> None:
    board = await make(browser, link_role="none")

    shown = await browser.call("GET", f"{board['id']}/")
    mine = await browser.call("GET", "")

    assert read(shown)["role"] == "own"
    assert [each["id"] for each in read(mine)["boards"]] == [board["id"]]


async def test_another_browser_owns_nothing_of_it(browser: Rest) -> None:
    board = await make(browser, link_role="none")
    browser.remember("two")

    assert refusal(await browser.call("GET", f"{board['id']}/")) == (403, "forbidden")
    assert read(await browser.call("GET", ""))["n_boards"] == 0


@pytest.mark.parametrize("cookie", ["one", "one:forged", "", ":", "é", "x" * 5000])
async def test_a_forged_cookie_is_no_cookie(browser: Rest, cookie: str) -> None:
    board = await make(browser, link_role="none")
    browser.client.cookies[creator.COOKIE] = cookie

    assert refusal(await browser.call("GET", f"{board['id']}/")) == (403, "forbidden")


async def test_a_key_goes_before_the_cookie(browser: Rest) -> None:
    board = await make(browser)

    wrong = await browser.call("GET", f"{board['id']}/", key="ck_other")

    assert refusal(wrong) == (403, "forbidden")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", ""),
        ("PATCH", "{id}/"),
        ("DELETE", "{id}/"),
        ("POST", "{id}/restore/"),
        ("POST", "{id}/duplicate/"),
        ("POST", "{id}/changes/"),
    ],
)
async def test_a_cookie_writes_only_with_the_csrf_token(
    browser: Rest, method: str, path: str
) -> None:
    board = await make(browser)
    body = {"ops": [put()]} if "changes" in path else {}
    address = path.format(**board)

    bare = await browser.call(method, address, body)
    wrong = await browser.call(method, address, body, X_CSRFToken="x" * 32)
    token = browser.client.cookies["csrftoken"].value
    right = await browser.call(method, address, body, X_CSRFToken=token)

    assert refusal(bare) == refusal(wrong) == (403, "forbidden")
    assert "csrftoken" in read(bare)["error"]["detail"]
    assert right.status_code < 300


async def test_a_foreign_page_cannot_write_with_the_cookie(browser: Rest) -> None:
    board = await make(browser)
    token = browser.client.cookies["csrftoken"].value

    reply = await browser.draw(
        board, [put()], X_CSRFToken=token, Origin="https://evil.example"
    )

    assert refusal(reply) == (403, "forbidden")


async def test_a_csrf_form_field_does_not_replace_the_header(browser: Rest) -> None:
    board = await make(browser)
    token = browser.client.cookies["csrftoken"].value

    reply = await browser.call(
        "POST",
        f"{board['id']}/changes/",
        f"csrfmiddlewaretoken={token}".encode(),
        Content_Type="application/x-www-form-urlencoded",
    )

    assert refusal(reply) == (403, "forbidden")


async def test_a_key_needs_no_csrf_token(browser: Rest) -> None:
    board = await make(browser)
    browser.client.cookies.pop("csrftoken")

    reply = await browser.draw(board, [put()], key=board["owner_key"])

    assert reply.status_code == 201


async def test_programs_without_cookies_need_no_csrf_token(browser: Rest) -> None:
    board = await make(browser)
    browser.client.cookies.clear()

    reply = await browser.draw(board, [put()])

    assert reply.status_code == 201


async def test_a_signed_in_user_owns_from_every_browser(
    browser: Rest, django_user_model
) -> None:
    user = await sync_to_async(django_user_model.objects.create_user)("ada")
    await browser.client.aforce_login(user)
    board = await make(browser, link_role="none")
    browser.remember("two")

    shown = await browser.call("GET", f"{board['id']}/")

    assert read(shown)["role"] == "own"
