"""The elements of a board: one struct a kind, and the properties that `set` may change.

This is the vocabulary of DESIGN's wire format: what a program may put on a board, with
every bound. It validates and encodes; it never draws, stores or sends. `protocol`
builds ops and frames from it, and the JavaScript types are generated from it.

Units: 1 board unit is 1 CSS pixel at zoom 1, y grows downwards, angles are radians.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

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
Label = Annotated[str, Meta(max_length=1_000)]
BodyText = Annotated[str, Meta(max_length=MAX_TEXT_CHARS)]
Points = Annotated[list[Coord], Meta(min_length=2, max_length=2 * MAX_POINTS)]
Pressures = Annotated[list[Unit], Meta(max_length=MAX_POINTS)]
# Milliseconds since the first point; a day bounds a pen that was left lying down.
Times = Annotated[
    list[Annotated[int, Meta(ge=0, le=86_400_000)]], Meta(max_length=MAX_POINTS)
]


class Binding(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Where an arrow's end holds on: an element and a place in its box, both 0…1."""

    id: ElementId
    x: Unit
    y: Unit


class Common(
    msgspec.Struct,
    forbid_unknown_fields=True,
    omit_defaults=True,
    kw_only=True,
    tag_field="kind",
):
    """What every element has. A property that is left out has its default."""

    id: ElementId
    x: Coord
    y: Coord
    w: Size = 0
    h: Size = 0
    angle: Angle = 0
    z: Order | UnsetType = UNSET
    stroke: Color = "#1e1e1e"
    fill: Color = "none"
    width: StrokeWidth = 2
    dash: Literal["solid", "dashed", "dotted"] = "solid"
    opacity: Unit = 1
    rough: Literal[0, 1, 2] = 0
    seed: Seed = 0
    locked: bool = False
    groups: Annotated[list[ElementId], Meta(max_length=MAX_GROUP_DEPTH)] = []
    frame: ElementId | None = None
    link: Link | None = None
    alt: Label = ""


def check_points(
    points: list[int | float], beside: dict[str, list[int] | list[int | float]]
) -> None:
    """Check that flat points pair up and that the arrays beside them match.

    Raises:
        ValueError: msgspec turns it into a validation error with the JSON path.
    """
    if len(points) % 2:
        raise ValueError("`points` holds pairs: its length must be even")
    for name, values in beside.items():
        if values and len(values) != len(points) // 2:
            raise ValueError(f"`{name}` must have one value for each point")


class Inked(Common, kw_only=True):
    """What is drawn along points: flat `[dx, dy, …]`, relative to x and y."""

    points: Points

    def __post_init__(self) -> None:
        check_points(self.points, {})


class Stroked(Inked, kw_only=True):
    """Freehand ink, with what the device told beside each point."""

    pressure: Pressures = []
    time: Times = []

    def __post_init__(self) -> None:
        check_points(self.points, {"pressure": self.pressure, "time": self.time})


class Boxed(Common, kw_only=True):
    """What fills its box."""

    w: Size
    h: Size


class Pen(Stroked, tag="pen", kw_only=True):
    """A freehand stroke; one point is a dot."""


class Highlight(Stroked, tag="highlight", kw_only=True):
    """A flat translucent stroke that darkens what is below it."""


class Line(Inked, tag="line", kw_only=True):
    """A straight or bent line through its points."""


class Arrow(Inked, tag="arrow", kw_only=True):
    """A line with a head at its last point; its ends may hold on to elements."""

    start: Binding | None = None
    end: Binding | None = None


class Rect(Boxed, tag="rect", kw_only=True):
    """A rectangle."""


class Ellipse(Boxed, tag="ellipse", kw_only=True):
    """An ellipse that touches the four sides of its box."""


class Diamond(Boxed, tag="diamond", kw_only=True):
    """A rhombus with its corners in the middle of the sides of its box."""


class Lettered(Common, kw_only=True):
    """What shows words."""

    text: BodyText
    size: FontSize = 20
    font: Literal["hand", "sans", "mono", "serif"] = "sans"
    align: Literal["left", "center", "right"] = "left"


class Text(Lettered, tag="text", kw_only=True):
    """Words on the board; w 0 means as wide as the longest line."""


class Note(Lettered, tag="note", kw_only=True):
    """A sticky note, `fill` is its paper."""

    w: Size
    h: Size


class Frame(Boxed, tag="frame", kw_only=True):
    """A named area of the board."""

    title: Label = ""


Element = (
    Pen | Highlight | Line | Arrow | Rect | Ellipse | Diamond | Text | Note | Frame
)
KINDS: tuple[type[Common], ...] = (
    Pen,
    Highlight,
    Line,
    Arrow,
    Rect,
    Ellipse,
    Diamond,
    Text,
    Note,
    Frame,
)


def _settable() -> list[tuple[str, Any]]:
    """Give all properties of all kinds but the id, each one optional.

    A property that no kind demands may be null, which gives it its default back.
    """
    types: dict[str, Any] = {}
    demanded: set[str] = set()
    for kind in KINDS:
        for field in msgspec.structs.fields(kind):
            if field.name == "id":
                continue
            types[field.name] = field.type
            if field.required:
                demanded.add(field.name)
    return [
        (name, type_ | UnsetType if name in demanded else type_ | UnsetType | None)
        for name, type_ in types.items()
    ]


def _check_props(props: msgspec.Struct) -> None:
    points = getattr(props, "points", UNSET)
    if points is UNSET:
        return
    beside = {
        name: value
        for name in ("pressure", "time")
        if isinstance(value := getattr(props, name), list)
    }
    check_points(points, beside)


_Kind = Literal[tuple(kind.__struct_config__.tag for kind in KINDS)]  # type: ignore[valid-type]  # made from the structs

Props = msgspec.defstruct(
    "Props",
    [
        (name, type_, UNSET)
        for name, type_ in [*_settable(), ("kind", _Kind | UnsetType)]
    ],
    forbid_unknown_fields=True,
    omit_defaults=True,
    kw_only=True,
    namespace={"__post_init__": _check_props},
    module=__name__,
)
