"""Scenes of Excalidraw: real files, and the odd values that strangers write."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from boards.formats import files
from boards.formats.ops import ops_for
from boards.formats.scene import JsonObject, Scene

SCENES = Path(__file__).resolve().parents[2] / "corpus" / "scenes"
LARGE = SCENES.parents[3] / "shared" / "corpus" / "scenes" / "excalidraw"
REAL = sorted({*SCENES.glob("*.excalidraw"), *LARGE.glob("*.excalidraw")})
NO_DRAWING = {
    "bric3__excalidraw-jetbrains-plugin__invalid",
    "bric3__excalidraw-jetbrains-plugin__test~e69de29",
    "chocoford__ExcalidrawZ__template~ccc866c",
    "evandor__tabsets__overview~daafec5",
    "excalidraw__excalidraw__manually-created-minimal~d4e427f",
    "matejstastny__flaggi__flaggi.excalidraw~b502bd9",
}
HASH = "0" * 64


def shape(**props: Any) -> JsonObject:
    box = {"id": "box", "type": "rectangle", "x": 0, "y": 0, "width": 80, "height": 40}
    return box | props


def words(**props: Any) -> JsonObject:
    text = {"id": "words", "type": "text", "x": 5, "y": 5, "width": 50, "height": 25}
    return text | {"text": "Hello", "fontSize": 20, "fontFamily": 1} | props


def arrow(**props: Any) -> JsonObject:
    line = {"id": "arrow", "type": "arrow", "x": 100, "y": 0, "endArrowhead": "arrow"}
    return line | {"points": [[0, 0], [100, 50]]} | props


def scene(*elements: object, **more: object) -> Scene:
    file = {"type": "excalidraw", "version": 2, "elements": elements} | more
    return files.read(json.dumps(file).encode())


def only(*elements: object) -> JsonObject:
    found = scene(*elements).elements
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    "path", [path for path in REAL if path.stem not in NO_DRAWING], ids=lambda p: p.stem
)
def test_every_real_scene_is_read_whole(path: Path) -> None:
    marks = [
        mark
        for mark in json.loads(path.read_bytes())["elements"]
        if not mark.get("isDeleted")
    ]

    found = files.read(path.read_bytes())

    made = [
        each | ({"asset": HASH} if "asset" in each else {}) for each in found.elements
    ]
    n_labels = sum(bool(each.get("label")) for each in made)
    assert all(ops_for(each) for each in made)
    assert len(made) + n_labels + found.skipped.total() == len(marks)
    assert set(found.skipped) <= {"image", "text"}  # not in the file; without a word


def test_a_sample_with_one_of_each_kind() -> None:
    name = "leonardoaraujosantos__excalidraw-swift-web__sample.excalidraw"

    found = files.read((SCENES / name).read_bytes())

    by_kind = {each["kind"]: each for each in found.elements}
    assert by_kind.keys() >= {"ellipse", "diamond", "arrow", "line", "pen", "frame"}
    assert by_kind["arrow"]["start"] == {"id": "ellipse-1", "x": 0.5, "y": 0.5}
    assert by_kind["diamond"]["frame"] == "frame-1"
    assert by_kind["frame"]["title"] == "My Frame"
    assert found.pictures["file-abc"].startswith(b"\x89PNG")


def test_a_text_in_a_shape_is_its_label() -> None:
    box = shape(boundElements=[{"id": "words", "type": "text"}])

    label = only(box, words(containerId="box", originalText="Hello", text="Hel\nlo"))

    assert label["label"] == "Hello"
    assert (label["font"], label["size"], label["align"]) == ("hand", 20, "auto")


@pytest.mark.parametrize("odd", [{"verticalAlign": "top"}, {"strokeColor": "#ff0000"}])
def test_a_text_that_a_label_would_not_show_stays_with_its_shape(
    odd: JsonObject,
) -> None:
    box = shape(boundElements=[{"id": "words", "type": "text"}])

    made, text = scene(box, words(containerId="box", **odd)).elements

    assert "label" not in made
    assert (text["kind"], text["text"]) == ("text", "Hello")
    assert made["groups"] == text["groups"] != []


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("white", "#ffffff"),
        ("#abc", "#aabbcc"),
        ("#fd7e1488", "#fd7e1488"),
        ("transparent", "none"),
        ("#00000000", "none"),
        ("url(javascript:1)", "#1e1e1e"),
        ("x" * 1_000_000, "#1e1e1e"),
        (7, "#1e1e1e"),
    ],
)
def test_colours_of_every_kind(said: object, meant: str) -> None:
    assert only(shape(strokeColor=said))["stroke"] == meant


@pytest.mark.parametrize("said", [9.19, -40.0, 2.5, 1e300, "x", None])
def test_angles_are_within_a_turn(said: object) -> None:
    angle = only(shape(angle=said))["angle"]

    assert abs(angle) <= math.pi
    if isinstance(said, float) and said < 100:
        assert math.isclose(math.cos(angle), math.cos(said), abs_tol=1e-6)


def test_an_older_binding_aims_where_the_line_does() -> None:
    bound = arrow(x=200, y=20, points=[[0, 0], [-115, 0]])
    bound["endBinding"] = {"elementId": "box", "focus": 0, "gap": 5}

    _box, made = scene(shape(), bound).elements

    assert made["end"] == {"id": "box", "x": 0.5, "y": 0.5}


def test_what_a_binding_names_may_be_gone_or_odd() -> None:
    odd = [{"elementId": "gone"}, {"elementId": 5}, {"elementId": "arrow"}, "box", []]
    for binding in odd:
        made = only(arrow(startBinding=binding, endBinding=binding))

        assert "start" not in made
        assert "end" not in made


def test_odd_elements_are_counted_and_the_others_are_there() -> None:
    odd: list[object] = [None, {}, {"id": 3}, shape(x="left"), {"id": "bare"}]
    odd += [shape(id="box"), shape(id="who", type="hologram"), shape(id="far", x=1e300)]
    odd += [arrow(points=[]), arrow(id="a2", points="x"), words(id="w2", text="  ")]
    odd += [{"id": "pic", "type": "image", "x": 0, "y": 0, "fileId": "none"}]

    found = scene(shape(id="good", width=-30), *odd)

    assert found.elements[0]["x"] == -30
    assert found.elements[0]["w"] == 30
    assert found.skipped["hologram"] == 1
    assert found.skipped["unreadable"] >= 4
    assert found.skipped["image"] == 1


def test_ids_that_are_none_of_ours_become_some() -> None:
    found = scene(
        shape(id="two words", groupIds=["a b"]),
        shape(id="import-1", groupIds=["a b"]),
        arrow(startBinding={"elementId": "two words", "fixedPoint": [0.5, 2]}),
    ).elements

    assert len({each["id"] for each in found}) == 3
    assert found[2]["start"] == {"id": found[0]["id"], "x": 0.5, "y": 1}
    assert found[0]["groups"] == found[1]["groups"]
    assert all(ops_for(each) for each in found)


def test_ink_keeps_its_pressure_and_no_more_points_than_there_may_be() -> None:
    points = [[i, i / 2] for i in range(25_000)]
    pen = {"id": "pen", "type": "freedraw", "x": 0, "y": 0, "points": points}

    made = only(pen | {"pressures": [0.5] * len(points), "simulatePressure": False})

    assert len(made["points"]) == 20_000
    assert made["points"][-2:] == [24_999, 12_499.5]
    assert len(made["pressure"]) == 10_000


def test_a_link_leads_to_a_page_or_nowhere() -> None:
    assert only(shape(link="https://example.org/"))["link"] == "https://example.org/"
    assert "link" not in only(shape(link="javascript:alert(1)"))
    assert "link" not in only(shape(link="[[note]]"))


def test_a_closed_line_keeps_its_filling_and_ends_where_it_began() -> None:
    corners = [[0, 0], [100, 0], [50, 80], [3, -4]]
    paint = {"backgroundColor": "#ffc9c9", "fillStyle": "cross-hatch"}

    loop = only(arrow(type="line", endArrowhead=None, points=corners, **paint))
    bow = only(arrow(type="line", endArrowhead=None, points=corners[:3], **paint))

    assert loop["kind"] == "line"
    assert loop["points"] == [0, 0, 100, 0, 50, 80, 0, 0]
    assert (loop["fill"], loop["pattern"]) == ("#ffc9c9", "cross")
    assert "fill" not in bow
