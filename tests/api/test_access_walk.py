"""The access walk: every URL, by every method and every caller, beside one table.

The URLs are those that the router knows, so none can be added without a row in
`access_table`. Frames are walked in `test_access_walk_frames`.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from tests.api.access_table import BODIES, CALLERS, QUERIES, URLS
from tests.api.callers import Scene
from tests.support.rest import Rest

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
READS = ("GET", "HEAD", "OPTIONS")
ADMIN = "admin/"
REFUSALS = (302, 403, 405)
ANYTHING = "1"  # where a URL wants something that does not matter


class Url(NamedTuple):
    """A URL that the router knows."""

    name: str
    route: str


def urls() -> list[Url]:
    """All but those of the admin site."""
    found = [url for url in routes() if not url.route.startswith(ADMIN)]
    # Takes whatever is left.
    nowhere = Url("api-nowhere", "api/nowhere/")
    return [nowhere if url.name == nowhere.name else url for url in found]


async def test_A1_the_admin_site_is_for_staff(rest: Rest, scene: Scene) -> None:
    for url in routes():
        if not url.route.startswith(ADMIN):
            continue
        board = await scene.board("user")
        path = path_of(url.route, object_id=board.pk, app_label="boards")
        for who in ("stranger", "user"):
            for method in ("GET", "POST"):
                scene.dress(rest, who)
                reply = await rest.call(method, path)

                is_door = path in ("/admin/login/", "/admin/logout/")
                assert is_door or reply.status_code in REFUSALS, (path, who)
                assert b"Secret plans" not in reply.content
                if reply.status_code == 302 and not is_door:
                    assert reply["Location"].startswith("/admin/login/")


def routes(found: Any = None, before: str = "", space: str = "") -> Iterator[Url]:
    """Every URL that the router knows."""
    for one in get_resolver().url_patterns if found is None else found:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{one.namespace}:" if one.namespace else ""
            yield from routes(one.url_patterns, route, space + inner)
        elif isinstance(one, URLPattern):
            yield Url(space + (one.name or ""), route)


def path_of(route: str, **known: str) -> str:
    """An address that takes this route."""
    named = re.sub(r"\^?\(\?P<(\w+)>[^)]*\)/?\$?", r"<\1>", route)
    return "/" + re.sub(
        r"<(?:\w+:)?(\w+)>", lambda found: known.get(found[1], ANYTHING), named
    )


def table() -> dict[tuple[str, str], dict[str, str]]:
    """What is expected: by URL and method, for each caller."""
    rows = {}
    for line in URLS.strip().splitlines():
        name, method, *cells = line.split()
        callers = CALLERS if len(cells) > 1 else ["stranger"]
        rows[name, method] = dict(zip(callers, cells, strict=True))
    return rows


@pytest.fixture
def scene(settings: Settings, tmp_path: Path, transactional_db: None) -> Scene:
    """Boards and callers; pictures and built files lie in folders of the test's own."""
    settings.STATIC_ROOT = str(tmp_path)
    (tmp_path / "worker.js").touch()
    storages_ = json.loads(json.dumps(settings.STORAGES))
    storages_["assets"]["OPTIONS"]["location"] = str(tmp_path / "assets")
    settings.STORAGES = storages_
    settings.BOARD_THROTTLE_UPLOAD = "1000000/day"
    return Scene()


async def answer(rest: Rest, scene: Scene, who: str, url: Url, method: str) -> str:
    """The status that a caller gets; who changes a board gets another one."""
    board = await scene.board(who)
    shown = scene.dress(rest, who)
    row = f"{url.name} {method}"
    path = path_of(url.route, board_id=board.pk, element_id="e1", hash=scene.hash)
    query = QUERIES.get(row, "").format(board=board.pk)
    reply = await rest.call(method, path + query, BODIES.get(row), key=shown.key)
    if method not in READS and reply.status_code < 400:
        scene.spoil(who)
    return str(reply.status_code)


async def test_A1_every_url_gives_every_caller_what_the_table_says(
    rest: Rest, scene: Scene
) -> None:
    expected, found = table(), {}
    for url in urls():
        for method in METHODS:
            first = await answer(rest, scene, "stranger", url, method)
            if (url.name, method) not in expected and first == "405":
                continue  # there is no such method, whoever asks
            whom = expected.get((url.name, method), CALLERS)
            found[url.name, method] = {
                who: await answer(rest, scene, who, url, method) for who in whom
            }

    assert lines(found) == lines(expected)


async def test_A1_head_and_options_tell_no_more_than_get(
    rest: Rest, scene: Scene
) -> None:
    board = (await scene.board("stranger")).pk
    for url in urls():
        path = path_of(url.route, board_id=board, element_id="e1", hash=scene.hash)
        got = await rest.call("GET", path)
        head = await rest.call("HEAD", path)
        options = await rest.call("OPTIONS", path)

        assert head.status_code == got.status_code, path
        assert not head.content
        assert options.status_code in (200, 404, 405), path
        for reply in (got, options):
            assert b"Secret plans" not in reply.content


def lines(rows: dict[tuple[str, str], dict[str, str]]) -> list[str]:
    """The rows as they stand in the table."""
    return [
        f"{name:<19}{method:<8}" + " ".join(f"{cell:>3}" for cell in cells.values())
        for (name, method), cells in rows.items()
    ]
