"""Pictures by REST: who may, what each hostile file gets, what is kept and served."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.http import HttpResponse
from django.test import RequestFactory
from PIL import Image, ImageCms, ImageSequence
from pytest_django import Settings
from rest_framework.request import Request

from api import sending
from boards import catalog
from boards.models import Asset
from boards.outgoing import Burden
from tests.support.rest import JsonObject, Rest, read, refusal

IMAGES = Path(__file__).resolve().parents[1] / "corpus" / "images"

KEPT = {
    "exif-gps-orientation-6.jpg": ("image/jpeg", 200, 320),
    "exif-orientation-9.jpg": ("image/jpeg", 320, 200),
    "external-refs.svg": ("image/png", 2048, 1229),
    "huge-viewbox.svg": ("image/png", 2048, 2048),
    "image__anim.webp": ("image/webp", 200, 200),
    "image__issue-403.png": ("image/png", 100, 50),
    "image__oob.gif": ("image/png", 40, 40),
    "image__simple.webp": ("image/webp", 300, 300),
    "noto-emoji__emoji_u2705.svg": ("image/png", 2048, 2048),
    "onload.svg": ("image/png", 2048, 1229),
    "png-named.jpg": ("image/png", 4, 4),
    "script.svg": ("image/png", 2048, 1229),
    "sharp__Flag_of_the_Netherlands-16bit.png": ("image/png", 900, 600),
    "sharp__rotating-squares.gif": ("image/webp", 80, 80),
}
REFUSED = {
    "bad-crc.png": (400, "invalid"),
    "billion-laughs.svg": (400, "invalid"),
    "bomb-12000x12000-gray8.png": (413, "too_large"),
    "bomb-32000x32000-1bit.png": (413, "too_large"),
    "empty.png": (400, "invalid"),
    "foreignobject.svg": (400, "invalid"),
    "gif-1500-frames-0ms.gif": (413, "too_large"),
    "lying-ihdr-2147483647.png": (413, "too_large"),
    "sharp__corrupt-header.jpg": (400, "invalid"),
    "truncated.jpg": (400, "invalid"),
    "ztxt-bomb-64MiB.png": (413, "too_large"),
}


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A storage of the test's own."""
    storages = json.loads(json.dumps(settings.STORAGES))
    storages["assets"]["OPTIONS"]["location"] = str(tmp_path / "assets")
    settings.STORAGES = storages
    settings.BOARD_THROTTLE_UPLOAD = "1000000/day"
    return tmp_path / "assets"


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def path_of(board: JsonObject, hash_: str = "") -> str:
    return f"{board['id']}/assets/{hash_}"


@pytest.mark.parametrize("name", KEPT)
async def test_a_picture_is_kept_clean(rest: Rest, name: str) -> None:
    board = await rest.make_board()

    sent = await rest.call("POST", path_of(board), (IMAGES / name).read_bytes())
    got = await rest.call("GET", read(sent)["url"].removeprefix("http://testserver"))

    card = read(sent)
    assert sent.status_code == 201
    assert (card["type"], card["w"], card["h"]) == KEPT[name]
    assert len(got.content) == card["bytes"]
    assert got["Content-Type"] == card["type"]
    assert "sandbox" in got["Content-Security-Policy"]
    assert got["X-Content-Type-Options"] == "nosniff"
    with Image.open(BytesIO(got.content)) as image:
        assert image.size == KEPT[name][1:]
        assert not image.getexif()


@pytest.mark.parametrize("name", REFUSED)
async def test_a_hostile_file_is_refused(rest: Rest, name: str, folder: Path) -> None:
    board = await rest.make_board()

    sent = await rest.call("POST", path_of(board), (IMAGES / name).read_bytes())

    assert refusal(sent) == REFUSED[name]
    assert files_in(folder) == []
    assert not await sync_to_async(Asset.objects.exists)()


async def test_rights_and_other_boards(rest: Rest) -> None:
    picture = (IMAGES / "png-named.jpg").read_bytes()
    board = await rest.make_board(link_role="view")
    other = await rest.make_board()
    key = board["owner_key"]

    viewer = await rest.call("POST", path_of(board), picture)
    first = await rest.call("POST", path_of(board), picture, key=key)
    again = await rest.call("POST", path_of(board), picture, key=key)
    hash_ = read(first)["hash"]
    seen = await rest.call("GET", path_of(board, hash_))
    elsewhere = await rest.call("GET", path_of(other, hash_))
    same = await rest.call("GET", path_of(board, hash_), If_None_Match=f'"{hash_}"')

    assert refusal(viewer) == (403, "forbidden")
    assert (first.status_code, again.status_code) == (201, 200)
    assert read(first) == read(again)
    assert seen.status_code == 200
    assert refusal(elsewhere) == (404, "not_found")
    assert same.status_code == 304


async def test_a_full_board_takes_no_more(rest: Rest, settings: Settings) -> None:
    settings.BOARD_ASSETS = 1
    board = await rest.make_board()
    await rest.call("POST", path_of(board), (IMAGES / "png-named.jpg").read_bytes())

    more = (IMAGES / "image__issue-403.png").read_bytes()

    assert refusal(await rest.call("POST", path_of(board), more)) == (413, "too_large")


@pytest.fixture
def blocked(folder: Path) -> Path:
    """The folder of the pictures, with a file where it should be."""
    folder.write_text("in the way")
    return folder


@pytest.mark.usefixtures("blocked")
async def test_a_failing_storage_keeps_nothing(rest: Rest) -> None:
    board = await rest.make_board()

    sent = await rest.call(
        "POST", path_of(board), (IMAGES / "png-named.jpg").read_bytes()
    )

    assert refusal(sent) == (503, "unavailable")
    assert not await sync_to_async(Asset.objects.exists)()


async def test_a_purge_takes_the_file_that_no_other_board_has(
    rest: Rest, folder: Path
) -> None:
    board = await rest.make_board()
    other = await rest.make_board()
    for one, name in (
        (board, "png-named.jpg"),
        (board, "image__oob.gif"),
        (other, "image__oob.gif"),
    ):
        await rest.call(
            "POST", path_of(one), (IMAGES / name).read_bytes(), key=one["owner_key"]
        )
    await rest.call("DELETE", f"{board['id']}/", key=board["owner_key"])
    long_after = datetime.now(UTC) + timedelta(days=31)
    assert len(await sync_to_async(files_in)(folder)) == 2

    await sync_to_async(catalog.purge_trash)(long_after)

    (kept,) = await sync_to_async(files_in)(folder)
    left = await sync_to_async(Asset.objects.get)()
    assert left.board_id == other["id"]
    assert left.hash in kept.name


async def test_the_bytes_of_a_board_are_bounded(rest: Rest, settings: Settings) -> None:
    settings.BOARD_ASSETS_BYTES = 1
    board = await rest.make_board()

    sent = await rest.call(
        "POST", path_of(board), (IMAGES / "png-named.jpg").read_bytes()
    )

    assert refusal(sent) == (413, "too_large")
    assert "together" in read(sent)["error"]["detail"]


async def test_a_picture_turned_by_exif_is_stored_upright(rest: Rest) -> None:
    wide = Image.new("RGB", (60, 20), "#ff0000")
    wide.paste("#0000ff", (30, 0, 60, 20))  # right half blue: turned, the lower half
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: show it a quarter turn clockwise
    raw = BytesIO()
    wide.save(raw, "JPEG", exif=exif, quality=95)
    board = await rest.make_board()

    sent = read(await rest.call("POST", path_of(board), raw.getvalue()))
    got = await rest.call("GET", path_of(board, sent["hash"]))

    with Image.open(BytesIO(got.content)) as kept:
        assert kept.size == (20, 60)
        assert not kept.getexif()
        top, below = (
            kept.convert("RGB").getpixel((10, 10)),
            kept.convert("RGB").getpixel((10, 50)),
        )
    assert isinstance(top, tuple) and isinstance(below, tuple)
    assert top[0] > 200 > 60 > top[2]
    assert below[2] > 200 > 60 > below[0]


async def test_a_copy_has_the_pictures(rest: Rest) -> None:
    board = await rest.make_board()
    sent = await rest.call(
        "POST", path_of(board), (IMAGES / "png-named.jpg").read_bytes()
    )

    copy = read(await rest.call("POST", f"{board['id']}/duplicate/"))
    got = await rest.call("GET", path_of(copy, read(sent)["hash"]))

    assert got.status_code == 200


async def test_a_picture_is_taken_over_from_another_board(
    rest: Rest, settings: Settings, folder: Path
) -> None:
    hidden = await rest.make_board(link_role="none")
    shown = await rest.make_board(link_role="view")
    target = await rest.make_board()
    viewed = await rest.make_board(link_role="view")
    picture = (IMAGES / "png-named.jpg").read_bytes()
    for one in (hidden, shown):
        sent = await rest.call("POST", path_of(one), picture, key=one["owner_key"])
    hash_ = read(sent)["hash"]

    async def take(board: JsonObject, source: str) -> tuple[int, str | None]:
        path = f"{path_of(board, hash_)}?from={source}"
        answer = await rest.call("PUT", path)
        code = None if answer.status_code < 400 else refusal(answer)[1]
        return answer.status_code, code

    assert await take(target, hidden["id"]) == (403, "forbidden")
    assert await take(target, viewed["id"]) == (404, "not_found")  # it has none
    assert await take(target, "../../etc/passwd") == (404, "not_found")
    assert await take(target, "") == (400, "invalid")
    assert await take(viewed, shown["id"]) == (403, "forbidden")
    assert await take(target, shown["id"]) == (201, None)
    assert await take(target, shown["id"]) == (200, None)
    got = await rest.call("GET", path_of(target, hash_))
    assert got.status_code == 200
    assert len(await sync_to_async(files_in)(folder)) == 1
    settings.BOARD_ASSETS = 0
    another = await rest.make_board()
    assert await take(another, shown["id"]) == (413, "too_large")


async def test_a_stranger_learns_nothing_of_a_picture(rest: Rest) -> None:
    hidden = await rest.make_board(link_role="none")
    picture = (IMAGES / "png-named.jpg").read_bytes()
    sent = await rest.call("POST", path_of(hidden), picture, key=hidden["owner_key"])
    hash_ = read(sent)["hash"]

    there = await rest.call("GET", path_of(hidden, hash_))
    none = await rest.call("GET", path_of(hidden, "0" * 64))
    board = await rest.call("GET", f"{hidden['id']}/elements/")

    assert refusal(there) == refusal(none) == refusal(board)
    assert read(there)["error"]["detail"] == read(none)["error"]["detail"]


async def test_a_picture_waits_while_too_much_lies_unread(
    rest: Rest, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Burden(most=10)
    monkeypatch.setattr(sending, "outgoing", counted)
    monkeypatch.setattr(sending, "LARGE_BYTES", 1)
    board = await rest.make_board()
    content = (IMAGES / "png-named.jpg").read_bytes()
    asset = read(await rest.call("POST", f"{board['id']}/assets/", content))
    path = f"{board['id']}/assets/{asset['hash']}"
    counted.hold("another", "elsewhere", 5)

    refused = await rest.call("GET", path)
    counted.let_go("another")
    served = await rest.call("GET", path)

    assert refusal(refused) == (503, "busy")
    assert int(refused["Retry-After"]) > 0
    assert served.status_code == 200
    assert counted.n_bytes == 0  # Django has handed it over


def test_an_answer_that_is_never_sent_counts_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted = Burden(most=10)
    monkeypatch.setattr(sending, "outgoing", counted)
    monkeypatch.setattr(sending, "LARGE_BYTES", 1)
    answer = sending.counted(Request(RequestFactory().get("/")), 9, HttpResponse)
    assert counted.n_bytes == 9

    del answer  # as when the caller left while it was made

    assert counted.n_bytes == 0


async def test_head_says_what_get_would(rest: Rest) -> None:
    board = await rest.make_board()
    picture = (IMAGES / "png-named.jpg").read_bytes()
    hash_ = read(await rest.call("POST", path_of(board), picture))["hash"]

    head = await rest.call("HEAD", path_of(board, hash_))
    got = await rest.call("GET", path_of(board, hash_))
    missing = await rest.call("HEAD", path_of(board, "0" * 64))

    assert head.status_code == 200
    for name in ("Content-Type", "ETag", "Cache-Control", "Content-Security-Policy"):
        assert head[name] == got[name]
    assert missing.status_code == 404


def green_for_red() -> bytes:
    """A colour profile whose red is green."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for before, after in (
        (b"rXYZ", b"----"),
        (b"gXYZ", b"rXYZ"),
        (b"----", b"gXYZ"),
        ("sRGB".encode("utf-16-be"), "mine".encode("utf-16-be")),
    ):
        srgb = srgb.replace(before, after)
    return srgb


async def test_colours_mean_what_their_profile_says(rest: Rest) -> None:
    raw = BytesIO()
    swapped = Image.new("RGB", (8, 8), (250, 10, 10))
    swapped.save(raw, "PNG", icc_profile=green_for_red())
    board = await rest.make_board()

    sent = read(await rest.call("POST", path_of(board), raw.getvalue()))
    got = await rest.call("GET", path_of(board, sent["hash"]))

    with Image.open(BytesIO(got.content)) as kept:
        assert "icc_profile" not in kept.info
        pixel = kept.convert("RGB").getpixel((4, 4))
    assert isinstance(pixel, tuple)
    assert pixel[1] > 200 > 60 > pixel[0]


async def test_a_moving_picture_moves_as_long_as_before(rest: Rest) -> None:
    board = await rest.make_board()
    source = IMAGES / "sharp__rotating-squares.gif"
    sent = read(await rest.call("POST", path_of(board), source.read_bytes()))

    got = await rest.call("GET", path_of(board, sent["hash"]))

    # Frames that look alike become one that is shown for longer.
    with Image.open(source) as before, Image.open(BytesIO(got.content)) as kept:
        assert playing_ms(kept) == playing_ms(before)
        assert getattr(kept, "n_frames", 1) > 1


def playing_ms(image: Image.Image) -> int:
    """How long all frames are shown together."""
    total = 0
    for frame in ImageSequence.Iterator(image):
        frame.load()
        total += round(frame.info["duration"])
    return total
