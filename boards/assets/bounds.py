"""How much a picture may be and may cost, and what is said of one that is clean.

Plain values that also cross to the worker process as JSON. Read from the settings by
`shelf`, nowhere else.
"""

import msgspec


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """The limits for one upload.

    Attributes:
        bytes: of the file as it is sent.
        pixels: width times height of a still, or of the frames of an animation
            together times a fixed factor, see `animation`.
        frames: of an animation.
        edge_px: what is longer is scaled down to it.
        memory_bytes: the address space of the worker.
        seconds: of work, and of waiting for it.
    """

    bytes: int
    pixels: int
    frames: int
    edge_px: int
    memory_bytes: int
    seconds: int


class Picture(msgspec.Struct, frozen=True):
    """A clean picture: its media type and its size in pixels."""

    type: str
    w: int
    h: int


PNG = "image/png"
JPEG = "image/jpeg"
WEBP = "image/webp"
# The media types of clean pictures, with the ending of their files.
ENDINGS = {PNG: "png", JPEG: "jpg", WEBP: "webp"}
