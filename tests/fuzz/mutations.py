"""How inputs are changed: as trees where they are JSON, else byte by byte.

A byte changed at random mostly ends the JSON, and nothing behind the decoder is
reached. Here one value becomes another, an odd one, or one from elsewhere in the tree.
"""

import copy
import json
import random
from collections.abc import Callable
from typing import Any

Bytewise = Callable[[bytes, int], bytes]

ODD: tuple[Any, ...] = (
    *(None, True, False, "", [], {}, 0, -1, 0.5, -0.0, 1e7, 1e7 + 1, 1e308, 5e-324),
    *(2**31, 2**53, 2**53 + 1, 2**63, 2**64, 10**30, "\ud800", "\x00", "\U0001f58d"),
    *("__proto__", "constructor", "javascript:alert(1)", "x" * 65, "a" * 5000),
    *("data:image/png;base64,iVBORw0KGgo=", "a0", "Zz", "zzzzzzzzzzzzzzzzzzzzzzzzzz"),
    *("\ue000", "\u2028", "https://example.org/", "#ff0000", "none", [0, 0, 1, 1]),
)
WORDS = (
    "type id ops op element props kind x y w h points pressure time text z fill stroke"
    " client protocol since name color token cursor view selection tool draft extend"
    " offset seq received start end groups frame link alt locked asset crop label size"
    " font align head tail route corner angle seed rough opacity dash width follow"
    " editing chat idle react call emoji trail laser elements files title pictures"
    " containerId boundElements fileId isDeleted autoResize dataURL crop put set del"
    " submit live ping hello pen highlight line arrow rect ellipse diamond triangle"
    " hexagon star cloud cylinder callout text note image freedraw elbowed roundness"
).split()


def changed(data: bytes, most: int, chance: random.Random, bytewise: Bytewise) -> bytes:
    """The input with some changes, at most `most` bytes of it."""
    if chance.random() < 0.15:
        return bytewise(data, most)
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return bytewise(data, most)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        tree = _change(tree, chance)
    try:
        text = json.dumps(
            tree, separators=(",", ":"), ensure_ascii=chance.random() < 0.5
        )
        made = text.encode()
    except (ValueError, RecursionError):  # also surrogates alone
        return bytewise(data, most)
    return made if len(made) <= most else bytewise(data, most)


def _change(tree: Any, chance: random.Random) -> Any:
    places = _places(tree)
    if not places:
        return _odd(chance)
    inside, key = chance.choice(places)
    match chance.randrange(7):
        case 0:
            del inside[key]
        case 1:
            inside[key] = _another(inside[key], chance)
        case 2:
            other, there = chance.choice(places)
            inside[key] = copy.deepcopy(other[there])
        case 3 if isinstance(inside, dict):
            inside[chance.choice(WORDS)] = inside[key]
        case 3:
            inside.insert(key, copy.deepcopy(inside[key]))
        case 4 if isinstance(inside, dict):
            inside[chance.choice(WORDS)] = _odd(chance)
        case 5:
            inside[key] = chance.choice(WORDS)
        case _:
            inside[key] = _odd(chance)
    return tree


def _odd(chance: random.Random) -> Any:
    return copy.deepcopy(chance.choice(ODD))


def _another(value: Any, chance: random.Random) -> Any:
    """Something of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + chance.choice((-1, 1, chance.randint(-1000, 1000)))
        case float():
            return value * chance.choice((-1, 0.5, 2, 1e6, 1e-6))
        case str():
            at = chance.randint(0, len(value))
            return (
                value[:at] + chance.choice(("", "a", "/", "\u00e9")) + value[at + 1 :]
            )
        case list():
            return value * 2 if chance.random() < 0.5 else value[::-1]
        case dict():
            return dict(reversed(value.items()))
    return _odd(chance)


def _places(tree: Any) -> list[tuple[Any, Any]]:
    """Every value in the tree, as what it is in and where there."""
    places: list[tuple[Any, Any]] = []
    waiting = [tree]
    while waiting and len(places) < 2000:
        inside = waiting.pop()
        if isinstance(inside, dict | list):
            keys = inside if isinstance(inside, dict) else range(len(inside))
            places += [(inside, key) for key in keys]
            waiting += [inside[key] for key in keys]
    return places
