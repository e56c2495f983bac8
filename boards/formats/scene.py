"""What a file holds, in our words; every reader gives this. Pure."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

JsonObject = dict[str, Any]

MAX_ELEMENTS = 50_000  # more than a browser draws without a pause


@dataclass(slots=True, kw_only=True)
class Scene:
    """A drawing from a file.

    Attributes:
        title: what the file calls itself, or "".
        elements: in paint order, with the properties that a put takes; not yet
            validated. The `asset` of an image is a name in `pictures`.
        pictures: the files of pictures by that name, as they came.
        skipped: how many of the file's elements are left out, by their kind there.
    """

    title: str = ""
    elements: list[JsonObject] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
