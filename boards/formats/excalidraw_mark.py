"""One element of an Excalidraw scene as it stands in the file, hardly checked. Pure."""

from typing import Any

import msgspec


class Mark(msgspec.Struct, kw_only=True, gc=False):
    """What is read of an element; the names are the file's.

    Only the id must be one: everything else may be missing or of any kind.
    """

    id: str
    type: str | None = None
    isDeleted: Any = False
    x: Any = None
    y: Any = None
    width: Any = 0
    height: Any = 0
    angle: Any = 0
    strokeColor: Any = None
    backgroundColor: Any = None
    fillStyle: Any = None
    strokeWidth: Any = None
    strokeStyle: Any = None
    strokeSharpness: Any = None
    roundness: Any = None
    roughness: Any = None
    opacity: Any = None
    seed: Any = None
    groupIds: Any = None
    frameId: Any = None
    boundElements: Any = None
    link: Any = None
    locked: Any = None
    name: Any = None
    # Texts.
    text: Any = None
    originalText: Any = None
    fontSize: Any = None
    fontFamily: Any = None
    textAlign: Any = None
    verticalAlign: Any = None
    containerId: Any = None
    autoResize: Any = None
    # Lines and ink.
    points: Any = None
    pressures: Any = None
    simulatePressure: Any = None
    startBinding: Any = None
    endBinding: Any = None
    startArrowhead: Any = None
    endArrowhead: Any = None
    elbowed: Any = None
    # Pictures.
    fileId: Any = None
    crop: Any = None

    def is_round(self) -> bool:
        """Whether its corners are round: said in two ways over the years."""
        return isinstance(self.roundness, dict) or self.strokeSharpness == "round"

    def kind(self) -> str:
        """A short word for what it is, for people to read."""
        known = (self.type or "").isascii() and (self.type or "").isalnum()
        return self.type[:32] if self.type and known else "unknown"


_decode = msgspec.json.Decoder(Mark).decode


def mark_of(raw: msgspec.Raw) -> Mark | None:
    """The element; None for what is no element at all."""
    try:
        return _decode(raw)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
