"""The OpenAPI description: valid, complete, and true to the protocol's structs."""

import io
import json
import re
from typing import Any

import jsonschema
import pytest
import yaml
from django.core.management import call_command
from django.urls import get_resolver
from referencing import Registry, Resource

from api import urls
from tests.support.rest import JsonObject, Rest, delete, put, read, set_


@pytest.fixture(scope="module")
def described() -> JsonObject:
    """The whole description, made without a warning and checked against OpenAPI 3.1."""
    out = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    found: JsonObject = yaml.safe_load(out.getvalue())
    return found


def valid(described: JsonObject, name: str, value: object) -> bool:
    """Whether a value is what the description says of that component."""
    registry: Registry[Any] = Registry().with_resource(
        "urn:api", Resource.from_contents(described, default_specification=DRAFT)
    )
    schema = {"$ref": f"urn:api#/components/schemas/{name}"}
    return jsonschema.Draft202012Validator(schema, registry=registry).is_valid(value)


DRAFT: Any = __import__("referencing.jsonschema", fromlist=["x"]).DRAFT202012


def test_every_call_is_described(described: JsonObject) -> None:
    addresses = {
        "/api/" + re.sub(r"<str:(\w+)>", r"{\1}", str(pattern.pattern))
        for pattern in urls.urlpatterns
        if str(pattern.pattern).startswith("boards/")
    }

    assert set(described["paths"]) == addresses
    assert get_resolver().resolve("/api/docs/").url_name == "docs"


def test_every_call_names_its_refusals(described: JsonObject) -> None:
    for path in described["paths"].values():
        for call in (each for key, each in path.items() if key != "parameters"):
            assert {"429", "503"} <= call["responses"].keys()
            assert call["operationId"]
            assert call["summary"]


@pytest.mark.parametrize(
    ("change", "is_valid"),
    [
        ({"ops": [put()]}, True),
        ({"id": "c1", "ops": [set_(x=1), delete()]}, True),
        ({"ops": []}, False),
        ({"ops": [{"op": "launch"}]}, False),
        ({"ops": [put(x="left")]}, False),
        ({"ops": [put(nonsense=1)]}, False),
        ({"ops": [put()], "by": "me"}, False),
        ({"id": "c1"}, False),
    ],
)
async def test_the_description_and_the_server_agree_on_changes(
    rest: Rest, described: JsonObject, change: JsonObject, is_valid: bool
) -> None:
    board = await rest.make_board()

    reply = await rest.call("POST", f"{board['id']}/changes/", change)

    assert valid(described, "SentChange", change) is is_valid
    assert reply.status_code == (201 if is_valid else 400)


async def test_replies_are_as_described(rest: Rest, described: JsonObject) -> None:
    board = await rest.make_board()
    entry = read(await rest.draw(board, [put(), set_(x=1)]))
    path = board["id"]

    assert valid(described, "NewBoard", board)
    assert valid(described, "Entry", entry)
    for name, below in [
        ("BoardCard", ""),
        ("EntryPage", "entries/"),
        ("Document", "snapshot/"),
        ("Document", "elements/"),
        ("Refusal", "entries/?after=x"),
    ]:
        assert valid(described, name, read(await rest.call("GET", f"{path}/{below}")))
    assert valid(described, "BoardList", read(await rest.call("GET", "")))


async def test_the_description_is_served(rest: Rest) -> None:
    reply = await rest.call("GET", "/api/schema/?format=json")

    assert json.loads(reply.content)["info"]["title"] == "Chalkline"


async def test_the_documentation_loads_nothing_from_elsewhere(rest: Rest) -> None:
    page = (await rest.call("GET", "/api/docs/")).content.decode()
    script = (await rest.call("GET", "/api/docs/?script=")).content.decode()

    assert "/static/drf_spectacular_sidecar/" in page
    assert "<script>" not in page
    assert "cdn" not in (page + script).lower()
    assert "/api/schema/" in script


@pytest.mark.parametrize("asked", ["version=%0d%0aX-Evil:1", "version=2", "lang=xx"])
async def test_nobody_asks_for_another_description(rest: Rest, asked: str) -> None:
    plain = await rest.call("GET", "/api/schema/?format=json")
    reply = await rest.call("GET", f"/api/schema/?format=json&{asked}")

    assert reply.status_code == 200
    assert reply.content == plain.content
    assert reply["Content-Disposition"] == 'inline; filename="chalkline.json"'
