"""Boards that Chalkline exported as JSON. Pure; `files` calls it."""

import msgspec

from boards.formats.excalidraw import from_data_url
from boards.formats.scene import JsonObject, Scene

_decode = msgspec.json.Decoder(JsonObject).decode


def scene_of(elements: list[msgspec.Raw], pictures: dict[str, msgspec.Raw]) -> Scene:
    """The elements as they stand there; they are checked when they are put.

    Args:
        elements: in paint order.
        pictures: `data:` addresses by the hash that images name. A picture that is not
            among them may still be known to the server.
    """
    scene = Scene()
    seen: set[str] = set()
    for raw in elements:
        element = _element(raw)
        element_id = element.get("id")
        if not isinstance(element_id, str) or element_id in seen:
            scene.skipped["unreadable"] += 1
            continue
        seen.add(element_id)
        scene.elements.append(element)
    named = {e["asset"] for e in scene.elements if isinstance(e.get("asset"), str)}
    for name in named & pictures.keys():
        content = _picture(pictures[name])
        if content is not None:
            scene.pictures[name] = content
    return scene


def _element(raw: msgspec.Raw) -> JsonObject:
    try:
        return _decode(raw)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return {}


def _picture(raw: msgspec.Raw) -> bytes | None:
    try:
        return from_data_url(msgspec.json.decode(raw, type=str))
    except (msgspec.MsgspecError, UnicodeError):
        return None
