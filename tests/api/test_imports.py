"""Imports by REST: a file becomes a board, or nothing does."""

import json
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from boards.models import Asset, Board
from tests.support.rest import Rest, read, refusal

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
SAMPLE = (
    CORPUS / "scenes" / "leonardoaraujosantos__excalidraw-swift-web__sample.excalidraw"
)
BOX = {"kind": "rect", "x": 0, "y": 0, "w": 10, "h": 10}


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A storage of the test's own."""
    storages = json.loads(json.dumps(settings.STORAGES))
    storages["assets"]["OPTIONS"]["location"] = str(tmp_path / "assets")
    settings.STORAGES = storages
    return tmp_path / "assets"


def native(*elements: dict[str, Any], **more: object) -> dict[str, object]:
    return {"type": "chalkline", "version": 1, "elements": elements} | more


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def count(rows: Any) -> int:
    return int(await sync_to_async(rows.count)())


async def test_a_scene_becomes_a_board_of_the_browser(rest: Rest) -> None:
    rest.remember()

    sent = await rest.call(
        "POST", "import/?title=Sketch&link_role=view", SAMPLE.read_bytes()
    )

    made = read(sent)
    listed = read(await rest.call("GET", ""))["boards"]
    elements = await rest.elements(made)
    assert sent.status_code == 201
    assert sent["Location"] == made["url"]
    assert (made["title"], made["link_role"]) == ("Sketch", "view")
    assert (made["n_elements"], made["skipped"]) == (7, {})
    assert [board["id"] for board in listed] == [made["id"]]
    assert [each["kind"] for each in elements] == [
        *("ellipse", "diamond", "arrow", "line", "pen", "image", "frame")
    ]
    hash_ = elements[5]["asset"]
    got = await rest.call("GET", f"{made['id']}/assets/{hash_}")
    assert got.status_code == 200


async def test_an_export_of_ours_comes_back(rest: Rest) -> None:
    rest.remember()
    picture = (CORPUS / "images" / "png-named.jpg").read_bytes()
    source = await rest.make_board(title="Source")
    card = read(
        await rest.call(
            "POST", f"{source['id']}/assets/", picture, key=source["owner_key"]
        )
    )
    known = BOX | {"id": "known", "kind": "image", "asset": card["hash"]}
    foreign = BOX | {"id": "foreign", "kind": "image", "asset": "0" * 64}
    odd = [BOX | {"id": "odd", "x": 1e300}, BOX | {"id": "old", "z": "a0"}, {}]

    sent = await rest.call(
        "POST", "import/", native(known, foreign, *odd, title="Back")
    )

    made = read(sent)
    elements = await rest.elements(made)
    assert made["title"] == "Back"
    assert [each["id"] for each in elements] == ["old", "known"]
    assert made["skipped"] == {"image": 1, "rect": 1, "unreadable": 1}
    got = await rest.call("GET", f"{made['id']}/assets/{card['hash']}")
    assert got.status_code == 200


async def test_a_stranger_gets_no_picture_by_its_hash(rest: Rest) -> None:
    picture = (CORPUS / "images" / "png-named.jpg").read_bytes()
    source = await rest.make_board(link_role="none")
    card = read(
        await rest.call(
            "POST", f"{source['id']}/assets/", picture, key=source["owner_key"]
        )
    )
    image = BOX | {"id": "mine", "kind": "image", "asset": card["hash"]}

    sent = await rest.call("POST", "import/", native(image, BOX | {"id": "box"}))

    assert read(sent)["skipped"] == {"image": 1}


async def test_a_large_scene_is_cut_into_changes(rest: Rest) -> None:
    boxes = [BOX | {"id": f"box-{n}"} for n in range(2_500)]

    made = read(await rest.call("POST", "import/", native(*boxes)))

    elements = await rest.elements(made)
    assert (made["n_elements"], made["head"]) == (2_500, 3)
    assert [each["id"] for each in elements] == [each["id"] for each in boxes]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", (400, "invalid")),
        (b"\x89PNG\r\n\x1a\n", (400, "invalid")),
        (json.dumps(native({"id": "x"})).encode(), (400, "invalid")),
        (b'{"elements": [' + b"{}," * 50_000 + b"{}]}", (413, "too_large")),
        (b" " * 70_000, (413, "too_large")),
    ],
    ids=["empty", "picture", "nothing", "elements", "bytes"],
)
async def test_a_bad_file_leaves_no_board(
    rest: Rest, settings: Settings, content: bytes, expected: tuple[int, str]
) -> None:
    settings.BOARD_IMPORT_BYTES = 65_536 if content.isspace() else 10_000_000

    sent = await rest.call("POST", "import/", content)

    assert refusal(sent) == expected
    assert await count(Board.objects) == 0


async def test_a_fault_midway_leaves_no_board_and_no_picture(
    rest: Rest, settings: Settings, folder: Path
) -> None:
    scene = json.loads(SAMPLE.read_bytes())
    words = {"id": "w", "type": "text", "x": 0, "y": 0, "text": "😀" * 10_000}
    scene["elements"] += [words | {"id": f"w{n}"} for n in range(5)]
    settings.BOARD_COMMIT_QUEUE = 0

    sent = await rest.call("POST", "import/", scene)

    assert sent.status_code == 503
    assert await count(Board.objects) == 0
    assert await count(Asset.objects) == 0
    assert files_in(folder) == []


async def test_a_wrong_wish_is_invalid_by_field(rest: Rest) -> None:
    sent = await rest.call("POST", "import/?link_role=own&colour=red", native())

    assert refusal(sent) == (400, "invalid")
    assert read(sent)["error"]["fields"].keys() == {"link_role", "colour"}


async def test_a_file_is_read_for_a_board_that_is_there(rest: Rest) -> None:
    board = await rest.make_board(link_role="view")
    path, key = f"{board['id']}/import/", board["owner_key"]

    sent = await rest.call("POST", path, SAMPLE.read_bytes(), key=key)
    by_a_viewer = await rest.call("POST", path, SAMPLE.read_bytes())
    nothing = await rest.call("POST", path, b"{}", key=key)

    drawing = read(sent)
    assert sent.status_code == 200
    assert len(drawing["elements"]) == 7
    assert drawing["skipped"] == {}
    image = next(e for e in drawing["elements"] if e["kind"] == "image")
    shelf = await rest.call("GET", f"{board['id']}/assets/{image['asset']}", key=key)
    assert shelf.status_code == 200
    assert await rest.elements(board) == []  # it was only read
    assert refusal(by_a_viewer) == (403, "forbidden")
    assert refusal(nothing) == (400, "invalid")
