"""The elements of a board: one struct a kind, and the properties that `set` may change.

This is the vocabulary of the wire: what a program may put on a board. It validates and
encodes; it never draws, stores or sends. The bounds are in `properties`; `protocol`
builds ops and frames from the kinds, and the JavaScript types are generated from them.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from boards.sync.properties import (
    MAX_GROUP_DEPTH,
    Align,
    Angle,
    ArrowHead,
    AssetHash,
    BodyText,
    Color,
    Coord,
    Crop,
    ElementId,
    Font,
    FontSize,
    Label,
    Link,
    Order,
    Pattern,
    PersonName,
    Points,
    Pressures,
    Route,
    Seed,
    Size,
    StrokeWidth,
    Times,
    Unit,
)


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
    origin: ElementId | None = None  # the stroke that this was once a part of

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


class Lettering(Common, kw_only=True):
    """How words are set: their size in board units, their font and where they stand."""

    size: FontSize = 20
    font: Font = "sans"
    align: Align = "auto"


class Lined(Inked, kw_only=True):
    """A line through its points, with a label in the middle of its way.

    The lettering stands here a second time: msgspec lays out no struct that takes
    fields from two bases.
    """

    route: Route = "straight"
    label: BodyText = ""
    size: FontSize = 20
    font: Font = "sans"
    align: Align = "auto"


class Line(Lined, tag="line", kw_only=True):
    """A straight or bent line through its points, filled where it ends as it began."""

    pattern: Pattern = "solid"  # of its fill


class Arrow(Lined, tag="arrow", kw_only=True):
    """A line with heads; its ends may hold on to elements."""

    head: ArrowHead = "arrow"  # at the last point
    tail: ArrowHead = "none"  # at the first
    start: Binding | None = None
    end: Binding | None = None


class Shape(Boxed, Lettering, kw_only=True):
    """A closed outline in a box, with a label in the middle of it."""

    label: BodyText = ""
    corner: Literal["sharp", "round"] = "sharp"
    pattern: Pattern = "solid"  # of its fill


class Rect(Shape, tag="rect", kw_only=True):
    """A rectangle."""


class Ellipse(Shape, tag="ellipse", kw_only=True):
    """An ellipse that touches the four sides of its box."""


class Diamond(Shape, tag="diamond", kw_only=True):
    """A rhombus with its corners in the middle of the sides of its box."""


class Triangle(Shape, tag="triangle", kw_only=True):
    """A triangle on its base, its tip in the middle of the upper side."""


class Hexagon(Shape, tag="hexagon", kw_only=True):
    """A hexagon with corners in the middle of the left and the right side."""


class Star(Shape, tag="star", kw_only=True):
    """A star of five points, the first one up."""


class Cloud(Shape, tag="cloud", kw_only=True):
    """A cloud."""


class Cylinder(Shape, tag="cylinder", kw_only=True):
    """A standing cylinder, as databases are drawn."""


class Callout(Shape, tag="callout", kw_only=True):
    """A speech bubble, its tail at the lower left."""


class Lettered(Lettering, kw_only=True):
    """What is words in the first place."""

    text: BodyText


class Text(Lettered, tag="text", kw_only=True):
    """Words on the board; w 0 means as wide as the longest line."""


class Note(Lettered, tag="note", kw_only=True):
    """A sticky note, `fill` is its paper, `author` the name written at its bottom."""

    w: Size
    h: Size
    author: PersonName = ""


def check_crop(crop: list[int | float]) -> None:
    """Check that a crop leaves something of the picture.

    Raises:
        ValueError: msgspec turns it into a validation error with the JSON path.
    """
    left, top, right, bottom = crop
    if left >= right or top >= bottom:
        raise ValueError("`crop` must leave something of the picture")


class Image(Boxed, tag="image", kw_only=True):
    """A picture of the board's assets; `crop` is the part that fills the box."""

    asset: AssetHash
    crop: Crop | None = None  # all of it
    corner: Literal["sharp", "round"] = "sharp"

    def __post_init__(self) -> None:
        if self.crop is not None:
            check_crop(self.crop)


class Frame(Boxed, tag="frame", kw_only=True):
    """A named area of the board."""

    title: Label = ""


KINDS: tuple[type[Common], ...] = (
    Pen,
    Highlight,
    Line,
    Arrow,
    Rect,
    Ellipse,
    Diamond,
    Triangle,
    Hexagon,
    Star,
    Cloud,
    Cylinder,
    Callout,
    Text,
    Note,
    Image,
    Frame,
)
Element = (
    Pen
    | Highlight
    | Line
    | Arrow
    | Rect
    | Ellipse
    | Diamond
    | Triangle
    | Hexagon
    | Star
    | Cloud
    | Cylinder
    | Callout
    | Text
    | Note
    | Image
    | Frame
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


def _demanded(kind: type[Common]) -> tuple[str, ...]:
    """What this kind demands and others have no default for."""
    everywhere = {field.name for field in msgspec.structs.fields(Common)}
    return tuple(
        field.name
        for field in msgspec.structs.fields(kind)
        if field.required and field.name not in everywhere
    )


_DEMANDED = {kind.__struct_config__.tag: _demanded(kind) for kind in KINDS}


def is_whole(element: dict[str, Any]) -> bool:
    """Whether an element has what its kind demands; of a kind that is not known, too.

    Boards may have some that do not: a `set` of `kind` was taken alone once.
    """
    return all(name in element for name in demanded_by(element.get("kind")))


def demanded_by(kind: object) -> tuple[str, ...]:
    """What a `set` to this kind must bring along; nothing for what is no kind."""
    return _DEMANDED.get(kind, ()) if isinstance(kind, str) else ()


def _check_kind(props: msgspec.Struct) -> None:
    """Another kind comes with what it demands: the element may not have it."""
    kind = getattr(props, "kind", UNSET)
    if kind is UNSET:
        return
    for name in _DEMANDED[kind]:
        if getattr(props, name) is UNSET:
            raise ValueError(f"`kind` {kind} must come with `{name}`")


def _check_props(props: msgspec.Struct) -> None:
    _check_kind(props)
    crop = getattr(props, "crop", None)
    if isinstance(crop, list):
        check_crop(crop)
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
