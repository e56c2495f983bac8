"""The types of the elements' properties: numbers, texts and lists with their bounds.

Every value that a program may put on a board is one of these; `elements` makes the
kinds from them. Nothing here draws, stores or sends, and nothing is unbounded.

Units: 1 board unit is 1 CSS pixel at zoom 1, y grows downwards, angles are radians.
"""

from typing import Annotated, Literal

from msgspec import Meta

MAX_COORD_UNITS = 10_000_000  # doubles keep 1e-9 units exact out here
MAX_POINTS = 10_000  # two minutes of a 83 Hz pen in one stroke
MAX_TEXT_CHARS = 10_000  # about four printed pages in one text
MAX_GROUP_DEPTH = 16  # nobody nests deeper by hand
MAX_STROKE_WIDTH_UNITS = 1_000  # the broadest brush any rival offers is half of this

# In Python `$` also matches before a last newline; this ends in JavaScript as well.
END = r"(?![\s\S])"
ID_PATTERN = r"^[A-Za-z0-9_-]{1,64}" + END
COLOR_PATTERN = r"^(none|#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?)" + END
ORDER_PATTERN = r"^[0-9A-Za-z]{1,128}" + END
HASH_PATTERN = r"^[0-9a-f]{64}" + END  # sha-256 of a clean picture
PLAIN_PATTERN = r"^[^\x00-\x1f\x7f]*" + END  # one line, no control characters
LINK_PATTERN = r"^(https?://|#)[^\s\x00-\x1f]{0,2000}" + END

# JSON integers stay integers, so that the stored text is as short as the sent one.
Coord = (
    Annotated[int, Meta(ge=-MAX_COORD_UNITS, le=MAX_COORD_UNITS)]
    | Annotated[float, Meta(ge=-MAX_COORD_UNITS, le=MAX_COORD_UNITS)]
)
Size = (
    Annotated[int, Meta(ge=0, le=MAX_COORD_UNITS)]
    | Annotated[float, Meta(ge=0, le=MAX_COORD_UNITS)]
)
StrokeWidth = (
    Annotated[int, Meta(ge=0, le=MAX_STROKE_WIDTH_UNITS)]
    | Annotated[float, Meta(ge=0, le=MAX_STROKE_WIDTH_UNITS)]
)
Unit = Annotated[int, Meta(ge=0, le=1)] | Annotated[float, Meta(ge=0, le=1)]
Angle = Annotated[int, Meta(ge=-7, le=7)] | Annotated[float, Meta(ge=-7, le=7)]
FontSize = Annotated[int, Meta(ge=1, le=2000)] | Annotated[float, Meta(ge=1, le=2000)]
Seed = Annotated[int, Meta(ge=0, le=2**31 - 1)]
ElementId = Annotated[str, Meta(pattern=ID_PATTERN)]
Color = Annotated[str, Meta(pattern=COLOR_PATTERN)]
Order = Annotated[str, Meta(pattern=ORDER_PATTERN)]
Link = Annotated[str, Meta(pattern=LINK_PATTERN)]
PersonName = Annotated[str, Meta(max_length=64, pattern=PLAIN_PATTERN)]
Label = Annotated[str, Meta(max_length=1_000)]
BodyText = Annotated[str, Meta(max_length=MAX_TEXT_CHARS)]
Font = Literal["hand", "sans", "mono", "serif"]
# auto: centred in a shape, else where the text's own script begins.
Align = Literal["auto", "left", "center", "right"]
# How a shape is filled: all over, by parallel lines, or by lines that cross.
Pattern = Literal["solid", "hatch", "cross"]
# How a line gets from point to point: as it is, smoothly, or by right angles.
Route = Literal["straight", "curve", "elbow"]
ArrowHead = Literal["none", "arrow", "triangle", "dot", "diamond", "bar"]
Points = Annotated[list[Coord], Meta(min_length=2, max_length=2 * MAX_POINTS)]
Pressures = Annotated[list[Unit], Meta(max_length=MAX_POINTS)]
AssetHash = Annotated[str, Meta(pattern=HASH_PATTERN)]
# The part of a picture that is shown: left, top, right, bottom, as shares of it.
Crop = Annotated[list[Unit], Meta(min_length=4, max_length=4)]
# Milliseconds since the first point; a day bounds a pen that was left lying down.
Times = Annotated[
    list[Annotated[int, Meta(ge=0, le=86_400_000)]], Meta(max_length=MAX_POINTS)
]
