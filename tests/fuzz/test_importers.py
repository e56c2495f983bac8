"""Files of the right shape with anything in them: what changed bytes seldom become.

Elements name each other, points lie beyond every board, a drawing asks for what runs, a
picture breaks off. The targets say what must hold.
"""

import json
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.fuzz.mutations import ODD
from tests.fuzz.targets import drawing, picture, vector
from tests.support.sync_values import PROPERTY

Strategy = st.SearchStrategy[Any]

_odd = st.sampled_from(ODD)
_ids = st.sampled_from(["a", "b", "c", "d"])
_number = st.integers(-500, 500) | st.floats(-1e7, 1e7)
_points = st.lists(st.lists(_number, min_size=2, max_size=2), max_size=5)
_some = st.lists(_number, min_size=1, max_size=4)
_flat = _some.map(lambda some: some + some[::-1])  # which makes pairs of any number
_color = st.sampled_from(["#ff0000", "#f00", "transparent", "red", "hsl(9,9%,9%)"])
_words = st.text(max_size=12)
_bound = st.fixed_dictionaries(
    {"elementId": _ids},
    optional={"focus": _number, "gap": _number, "fixedPoint": _points},
)


def _element(
    kind: str, kinds: list[str], fields: dict[str, Strategy], always: Sequence[str] = ()
) -> Strategy:
    """An element of a file: a place, some of the fields, and few that are odd."""
    named = {"id": _ids, kind: st.sampled_from(kinds), "x": _number, "y": _number}
    named |= {name: fields.pop(name) for name in always}
    likely = st.fixed_dictionaries(named, optional=fields)
    odd = st.dictionaries(st.sampled_from([*named, *fields]), _odd, max_size=2)
    return st.tuples(likely, odd | st.just({})).map(lambda both: both[0] | both[1])


_SHARED = {
    **dict.fromkeys(("angle", "opacity"), st.floats(0, 1)),
    "seed": st.integers(0, 9),
    "link": st.just("https://example.org/"),
    "text": _words,
    "locked": st.booleans(),
}
_mark = _element(
    "type",
    "rectangle ellipse diamond frame freedraw draw line arrow text image".split(),
    _SHARED
    | dict.fromkeys(("width", "height", "strokeWidth", "roughness"), _number)
    | dict.fromkeys(("strokeColor", "backgroundColor"), _color)
    | dict.fromkeys(("containerId", "frameId", "fileId"), _ids)
    | dict.fromkeys(("startBinding", "endBinding"), _bound)
    | {
        "name": _words,
        "points": _points,
        "pressures": _flat,
        "boundElements": st.lists(st.fixed_dictionaries({"id": _ids})),
        "groupIds": st.lists(_ids, max_size=3),
        "fontSize": _number,
        "fontFamily": st.integers(0, 9),
        "elbowed": st.booleans(),
        "isDeleted": st.booleans(),
        "crop": st.dictionaries(st.sampled_from(["x", "y", "width"]), _number),
    },
)
_share = st.floats(0, 1)
_held = st.fixed_dictionaries({"id": _ids, "x": _share, "y": _share})
_own = _element(
    "kind",
    "pen highlight line arrow rect ellipse star text note image frame".split(),
    _SHARED
    | dict.fromkeys(("w", "h", "width", "size"), st.integers(1, 99))
    | dict.fromkeys(("stroke", "fill"), st.sampled_from(["#ff0000", "none"]))
    | dict.fromkeys(("start", "end"), _held)
    | dict.fromkeys(("points", "pressure", "time"), _flat)
    | dict.fromkeys(("label", "title", "alt"), _words)
    | {
        "z": st.sampled_from(["a0", "a1", "Zz"]),
        "groups": st.lists(_ids, max_size=3),
        "frame": _ids,
        "rough": st.integers(0, 2),
    },
    ("w", "h", "points", "text"),
)
_files = st.dictionaries(
    _ids, st.fixed_dictionaries({"dataURL": _odd, "mimeType": _odd}) | _odd, max_size=2
)


@PROPERTY
@given(st.lists(_mark, max_size=5), _files)
def test_any_excalidraw_scene_is_read_or_refused(
    elements: list[Any], files: dict[str, Any]
) -> None:
    scene = {"type": "excalidraw", "elements": elements, "files": files}

    drawing(json.dumps(scene).encode())


@PROPERTY
@given(st.lists(_own, max_size=5), st.dictionaries(_ids, _odd), _words)
def test_any_board_as_json_is_read_or_refused(
    elements: list[Any], pictures: dict[str, Any], title: object
) -> None:
    board = {"type": "chalkline", "title": title, "elements": elements}

    drawing(json.dumps(board | {"pictures": pictures}).encode())


SEEN = '<path d="M9,9L30,20" stroke="red"/>'  # or most would show nothing
_TAGS = (
    "g svg rect path circle text tspan image use a style script foreignObject iframe"
    " animate set filter feImage linearGradient stop mask pattern clipPath symbol"
).split()
_VALUES = (
    "0 1 -1 1e9 1e-30 NaN 50% red none #a url(#a) url(https://example.invalid/a)"
    " javascript:alert(1) https://example.invalid/ data:image/png;base64,iVBORw0KGgo="
    " data:text/html,<b> M0,0L9,9Z M0,0 expression(1)"
).split()
_attributes = st.dictionaries(
    st.sampled_from(
        (
            "x y width height d r viewBox transform href xlink:href src base xml:base"
            " id style fill filter mask onload onclick onbegin clip-path values"
        ).split()
    ),
    st.sampled_from(_VALUES),
    max_size=4,
)


def _tag(name: str, attributes: dict[str, str], inside: list[str]) -> str:
    written = "".join(f" {key}={quoteattr(v)}" for key, v in attributes.items())
    return f"<{name}{written}>{''.join(inside)}</{name}>"


_tree = st.recursive(
    st.builds(_tag, st.sampled_from(_TAGS), _attributes, st.just([])),
    lambda inner: st.builds(
        _tag, st.sampled_from(_TAGS), _attributes, st.lists(inner, max_size=3)
    ),
    max_leaves=8,
)


@PROPERTY
@given(st.lists(_tree, max_size=4))
def test_any_drawing_in_svg_is_made_harmless_or_refused(inside: list[str]) -> None:
    names = {
        "xmlns": "http://www.w3.org/2000/svg",
        "xmlns:xlink": "http://www.w3.org/1999/xlink",
        "width": "40",
        "height": "30",
    }

    vector(_tag("svg", names, [SEEN, *inside]).encode())


@PROPERTY
@given(st.data())
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # of damaged metadata
def test_any_damaged_picture_is_cleaned_or_refused(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]))
    modes = ["1", "L", "RGB"] + ["P"] * (kind != "JPEG")
    mode = data.draw(st.sampled_from(modes))
    sizes = st.tuples(st.integers(1, 40), st.integers(1, 40))
    frames = data.draw(st.lists(sizes, min_size=1, max_size=3))
    if kind != "GIF":
        frames = frames[:1] * len(frames)  # only there they may differ
    first, *others = (
        Image.linear_gradient("L").resize(size).convert(mode) for size in frames
    )
    exif = Image.Exif()
    exif[0x0112] = data.draw(st.integers(0, 9))  # which way up
    more = {} if kind == "JPEG" else {"save_all": True, "append_images": others}
    written = BytesIO()
    first.save(written, kind, exif=exif, comment=b"a secret", **more)

    damaged = bytearray(written.getvalue())
    for place, byte in data.draw(
        st.lists(st.tuples(st.integers(0, 4_000), st.integers(0, 255)), max_size=6)
    ):
        damaged[place % len(damaged)] = byte
    end = data.draw(st.none() | st.integers(0, 4_000))

    picture(bytes(damaged[:end]))
