"""Drawings in SVG become pixels: nothing in them can run, load or be looked up later.

The text is parsed without entities, everything that points outside is taken away (the
renderer would open local files), then it is drawn. Pure, as `cleaning`, which calls it.
"""

import re
from io import BytesIO
from typing import IO
from xml.etree.ElementTree import Element, ParseError, tostring

import resvg_py
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from PIL import Image

from boards.assets.bounds import PNG, Bounds, Picture
from boards.sync.refusals import Code, Reason, Refused

EDGE_PX = 2_048  # sharp when zoomed into, and a quick download
MAX_BYTES = 8 * 1024 * 1024  # as text; drawings with photographs in them get there
_HEAD_BYTES = 4_096

SVG = "{http://www.w3.org/2000/svg}svg"
_INSIDE = re.compile(r"\s*(#|data:image/(png|jpe?g|gif|webp)\s*[;,])", re.IGNORECASE)
_START = re.compile(rb"^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*\x00?<")
_DROPPED = {"script", "foreignObject", "iframe", "audio", "video"}


def is_likely(source: IO[bytes]) -> bool:
    """Whether the file begins like XML; leaves it at its start."""
    head = source.read(_HEAD_BYTES)
    source.seek(0)
    return _START.match(head) is not None


def draw(source: IO[bytes], target: IO[bytes], bounds: Bounds) -> Picture:
    """Write the drawing as PNG.

    Raises:
        Refused: `invalid` for what is no SVG or shows nothing, `too_large`.
    """
    text = source.read(MAX_BYTES + 1)
    if len(text) > MAX_BYTES:
        raise Refused(
            Code.TOO_LARGE,
            f"An SVG may have {MAX_BYTES // 1024 // 1024} MiB.",
            reason=Reason.HEAVY,
        )
    edge = min(EDGE_PX, bounds.edge_px)
    try:
        harmless = tostring(_without_outside(_parse(text)), encoding="unicode")
        pixels = resvg_py.svg_to_bytes(svg_string=harmless, width=edge, height=edge)
    except (ValueError, RecursionError):
        raise Refused(
            Code.INVALID, "This SVG cannot be drawn.", reason=Reason.DAMAGED
        ) from None
    with Image.open(BytesIO(pixels), formats=["PNG"]) as image:
        if image.getbbox() is None:
            raise Refused(Code.INVALID, "This SVG shows nothing.", reason=Reason.BLANK)
        size = image.size
    target.write(pixels)
    return Picture(PNG, *size)


def _parse(text: bytes) -> Element:
    try:
        root: Element = fromstring(text)
    except DefusedXmlException:
        raise Refused(
            Code.INVALID,
            "This SVG defines entities; save it without them.",
            reason=Reason.ENTITIES,
        ) from None
    except (ParseError, ValueError, LookupError):
        raise Refused(
            Code.INVALID, "This is no well-formed SVG.", reason=Reason.DAMAGED
        ) from None
    if root.tag != SVG:
        raise Refused(
            Code.INVALID, "This is XML, but no SVG.", reason=Reason.NO_PICTURE
        )
    return root


def _without_outside(root: Element) -> Element:
    """The tree without what would run or point outside of the file."""
    for element in root.iter():
        for child in list(element):
            if _local(child.tag) in _DROPPED:
                element.remove(child)
        for name, value in list(element.attrib.items()):
            is_link = _local(name) in ("href", "src", "base")
            if (is_link and not _INSIDE.match(value)) or name.startswith("on"):
                del element.attrib[name]
    return root


def _local(tag: object) -> str:
    """The name without its namespace; comments have none."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
