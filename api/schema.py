"""The OpenAPI description of what the protocol's structs define.

Ops, changes and entries are described by msgspec from the structs that validate them,
so the description cannot drift from what the server takes.
"""

import copy
from typing import Any

import msgspec
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from boards import creator
from boards.sync.protocol import Author, Change, Entry
from boards.sync.refusals import Code, Reason
from boards.sync.touches import Touches

Schema = dict[str, Any]

_REF = "#/components/schemas/"

_REFUSAL_TEXTS = {
    400: "What was sent is not well-formed; `detail` says where.",
    403: "The caller may not do this.",
    404: "There is no such board, or it was deleted (`gone`).",
    409: "It contradicts what is there, or there are as many as there may be.",
    413: "The body is over the limit.",
    429: "Too many requests; `Retry-After` says when to come back.",
    503: "The database is away or the server is busy; try again.",
}


class ShownScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How `api.authentication.Shown` is described; found by drf-spectacular."""

    target_class = "api.authentication.Shown"
    name = ["ownerKey", "creatorCookie"]  # noqa: RUF012 - as the base class has it

    def get_security_definition(self, _auto_schema: object) -> list[Schema]:
        """A key in the header, or the cookie of the browser that made the board."""
        return [
            {"type": "http", "scheme": "bearer", "description": "The owner key."},
            {
                "type": "apiKey",
                "in": "cookie",
                "name": creator.COOKIE,
                "description": "Set by the home page; unsafe calls send X-CSRFToken.",
            },
        ]


def ref(name: str) -> Schema:
    """A reference to a component."""
    return {"$ref": _REF + name}


def body(name: str) -> Schema:
    """A request body that is that component."""
    return {"application/json": ref(name)}


def answer(name: str, description: str) -> OpenApiResponse:
    """A reply that is that component."""
    return OpenApiResponse(ref(name), description=description)


def refusals(*statuses: int) -> dict[int, OpenApiResponse]:
    """The refusals that a call may answer with."""
    return {status: answer("Refusal", _REFUSAL_TEXTS[status]) for status in statuses}


def number_parameter(name: str, description: str) -> OpenApiParameter:
    """A whole number in the query string."""
    kind = {"type": "integer", "minimum": 0}
    return OpenApiParameter(name, kind, description=description)


def only_calls(endpoints: list[tuple[str, str, str, Any]]) -> list[Any]:
    """Leave out the addresses that are no calls, such as the root."""
    return [each for each in endpoints if each[0].startswith("/api/boards/")]


def add_components(result: Schema, **_context: object) -> Schema:
    """Add the protocol's structs to the components; a drf-spectacular hook."""
    result["components"].setdefault("schemas", {}).update(components())
    return result


def components() -> dict[str, Schema]:
    """The protocol's structs and what is made of them, as JSON Schema."""
    _, made = msgspec.json.schema_components(
        [Change, Entry, Author, Touches], ref_template=_REF + "{name}"
    )
    found: dict[str, Schema] = copy.deepcopy(made)
    ops = found["Change"]["properties"]["ops"]
    sent = found["SentChange"] = found.pop("Change")
    sent["title"] = "SentChange"
    sent["description"] = "An atomic list of ops; without an id it gets one."
    sent["required"] = ["ops"]
    found["Entry"]["properties"]["ops"] = {"type": "array", "items": ops["items"]}
    found["Element"] = found["Put"]["properties"]["element"]
    found["Put"]["properties"]["element"] = ref("Element")
    found["EntryPage"] = _object(
        entries={"type": "array", "items": ref("Entry")}, head={"type": "integer"}
    )
    found["Document"] = _object(
        seq={"type": "integer"}, elements={"type": "array", "items": ref("Element")}
    )
    found["Refusal"] = _object(error=_error())
    return found


def _error() -> Schema:
    error = _object(
        code={"enum": [code.value for code in Code]}, detail={"type": "string"}
    )
    error["properties"]["wait_ms"] = {
        "type": "integer",
        "description": "When it makes sense to try again.",
    }
    error["properties"]["request_id"] = {
        "type": "string",
        "description": "As in `X-Request-ID`, and in the server's log.",
    }
    error["properties"]["reason"] = {
        "type": "string",
        "enum": [reason.value for reason in Reason],
        "description": "Why a picture was refused.",
    }
    error["properties"]["most"] = {
        "type": "integer",
        "description": "The bound that a picture is beyond.",
    }
    error["properties"]["fields"] = {
        "type": "object",
        "additionalProperties": {"type": "array", "items": {"type": "string"}},
        "description": "What is wrong with each of a board's own fields.",
    }
    return error


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
    }
