"""Pictures as others see them: many at once, described, upright, hostile."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Dialog, FilePayload, Request, expect

from tests.e2e.board_page import PASTE, BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.e2e.keys import run_named
from tests.e2e.test_images import (
    BLUE,
    IMAGES,
    RED,
    SCENE,
    expect_pixel,
    halves,
    hand_over,
    middle,
)
from tests.support.convergence import RestBoard

pytestmark = pytest.mark.browser

ORIENTATION = 0x0112  # of EXIF
TURN_RIGHT = 6
# A drawing that tries all that a drawing may run, and is green where it is drawn.
RUNNING = b"""<svg xmlns="http://www.w3.org/2000/svg" width="200" height="120"
  onload="window.ran = 1; top.ran = 1; alert(1)">
<script>window.ran = 1; parent.ran = 1; alert(2)</script>
<image href="https://example.invalid/a.png" width="9" height="9"
  onerror="window.ran = 1; alert(3)"/>
<rect width="200" height="120" fill="#2f9e44"/>
<foreignObject width="200" height="120"><body xmlns="http://www.w3.org/1999/xhtml">
<iframe src="javascript:top.ran = 1"></iframe><b>words</b></body></foreignObject>
</svg>"""
GREEN = (0x2F, 0x9E, 0x44)


@pytest.fixture
def peer(page: BoardPage, board: RestBoard, new_person: NewPerson) -> BoardPage:
    """Somebody else on the board, who sees what the first does."""
    return new_person("Bo").open(board_url(board))


def expect_halves(page: BoardPage, images: list[dict[str, object]]) -> None:
    """Wait until each picture is painted: red on its left, blue on its right."""
    for x, y in (middle(page, image) for image in images):
        expect_pixel(page, round(x) - 20, round(y), RED)
        expect_pixel(page, round(x) + 20, round(y), BLUE)


def test_pictures_chosen_together_are_one_change_that_all_see(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    chosen: list[FilePayload] = [
        {"name": f"{n}.png", "mimeType": "image/png", "buffer": halves(100 + n, 80)}
        for n in range(3)
    ]
    # Listened to long before the key: Playwright does not wait until it listens.
    page.page.on("filechooser", lambda chooser: chooser.set_files(chosen))
    peer = new_person("Bo").open(board_url(board))

    page.pick("9")

    images = page.expect_elements(3)
    assert page.expect_saved().document()["seq"] == 1
    assert sorted(image["w"] for image in images) == [100, 101, 102]
    assert peer.expect_elements(3) == images
    expect_halves(page, images)
    expect_halves(peer, images)
    page.page.keyboard.press("Control+z")
    peer.expect_elements(0)


def test_pictures_pasted_together_are_one_change_that_all_see(
    page: BoardPage, peer: BoardPage
) -> None:
    page.page.mouse.move(400, 300)

    hand_over(page, "paste", ("a.png", halves(90, 80)), ("b.png", halves(110, 80)))

    images = page.expect_elements(2)
    assert page.expect_saved().document()["seq"] == 1
    assert {middle(page, image)[1] for image in images} == {300}
    assert peer.expect_elements(2) == images
    expect_halves(page, images)
    expect_halves(peer, images)


@pytest.mark.parametrize("way", ["dropped", "pasted"])
def test_a_drawing_of_another_program_is_seen_by_others(
    page: BoardPage, peer: BoardPage, way: str
) -> None:
    around = (245, 270, 110, 60)
    page.page.mouse.move(300, 300)
    assert peer.ink_in(*around) == 0

    if way == "dropped":
        hand_over(page, "drop", ("old.excalidraw", SCENE.read_bytes()), at=(300, 300))
    else:
        page.page.evaluate(PASTE, SCENE.read_text())

    drawn = page.expect_elements(2)
    page.expect_saved()
    assert {element["kind"] for element in drawn} == {"rect", "text"}
    assert peer.expect_elements(2) == drawn
    for one in (page, peer):
        one.expect_ink(*around, is_inked=True)


def test_a_picture_whose_upload_failed_is_seen_by_others_in_the_end(
    page: BoardPage, peer: BoardPage
) -> None:
    page.page.route("**/assets/", lambda route: route.abort())
    hand_over(page, "drop", ("a.png", halves(300, 200)), at=(400, 300))
    expect(page.page.get_by_role("alert")).to_have_count(1)
    assert peer.elements() == []

    page.page.unroute("**/assets/")
    page.page.get_by_role("button", name="Try again: a.png").click()

    image = page.expect_one("image")
    assert peer.expect_one("image") == image
    expect_halves(peer, [image])


def test_a_description_is_in_the_outline_of_others(
    page: BoardPage, peer: BoardPage
) -> None:
    hand_over(page, "drop", ("a.png", halves(200, 100)), at=(600, 360))
    page.expect_one("image")

    page.page.get_by_label("Description").fill("Red beside blue")
    page.page.get_by_label("Description").blur()

    peer.expect_seq(
        page.expect_status("described", lambda s: s["seq"] == 2).document()["seq"]
    )
    assert peer.expect_one("image")["alt"] == "Red beside blue"
    run_named(peer, "outline")
    expect(peer.page.locator(".outline-item")).to_have_text(
        ["Picture: Red beside blue"]
    )


def test_a_photo_that_a_camera_turned_is_upright_for_all(
    page: BoardPage, peer: BoardPage
) -> None:
    lying = Image.open(BytesIO(halves(300, 200)))  # its left is the top of the motif
    exif = lying.getexif()
    exif[ORIENTATION] = TURN_RIGHT
    raw = BytesIO()
    lying.save(raw, "JPEG", exif=exif)
    camera = "exif-gps-orientation-6.jpg"

    hand_over(page, "drop", ("upright.jpg", raw.getvalue()), at=(300, 360))
    upright = page.expect_one("image")
    hand_over(page, "drop", (camera, (IMAGES / camera).read_bytes()), at=(700, 360))

    _, photo = page.expect_elements(2)
    assert upright["w"] / upright["h"] == pytest.approx(2 / 3, abs=0.01)
    assert photo["w"] / photo["h"] == pytest.approx(200 / 320, abs=0.01)
    peer.expect_elements(2)
    for one in (page, peer):
        for x in (230, 370):  # all across: it lies on no side, nor on its head
            expect_pixel(one, x, 300, RED)
            expect_pixel(one, x, 420, BLUE)


def test_what_a_drawing_would_run_runs_for_nobody(
    page: BoardPage, peer: BoardPage, board: RestBoard
) -> None:
    dialogs: list[str] = []
    asked: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    def note(request: Request) -> None:
        asked.append(request.url)

    for one in (page, peer):
        one.page.on("dialog", dismiss)
        one.page.on("request", note)
    names = ("script.svg", "onload.svg", "external-refs.svg")
    drawings = [(name, (IMAGES / name).read_bytes()) for name in names]

    hand_over(page, "drop", ("running.svg", RUNNING), *drawings, at=(512, 360))

    images = page.expect_elements(4)
    page.expect_saved()
    assert peer.expect_elements(4) == images
    x, y = map(round, middle(page, images[0]))
    for one in (page, peer):
        expect_pixel(one, x, y, GREEN)
        one.press_at(x, y)
        assert one.page.evaluate("window.ran") is None
        assert one.page.locator("#board script, #board iframe").count() == 0
    for image in images:
        served = board.get(f"assets/{image['asset']}")
        assert served.headers["content-type"] == "image/png"
    assert dialogs == []
    outside = [
        url for url in asked if not url.startswith((board.url, "blob:", "data:"))
    ]
    assert outside == []


def test_files_made_to_harm_are_refused_in_words_or_shown_and_all_draw_on(
    page: BoardPage, peer: BoardPage
) -> None:
    refused = {
        "gif-1500-frames-0ms.gif": "frames",
        "ztxt-bomb-64MiB.png": "too much time or memory",
        "bomb-32000x32000-1bit.png": "million pixels",
        "bad-crc.png": "damaged",
        "foreignobject.svg": "shows nothing",
    }
    shown = ("huge-viewbox.svg", "image__oob.gif")
    files = [(name, (IMAGES / name).read_bytes()) for name in (*refused, *shown)]

    hand_over(page, "drop", *files)

    images = page.expect_elements(len(shown))
    alerts = page.page.get_by_role("alert")
    expect(alerts).to_have_count(len(refused))
    words = " ".join(alerts.all_text_contents())
    for why in refused.values():
        assert why in words
    for name in refused:
        page.page.get_by_role("button", name=f"Dismiss: {name}").click()
    assert peer.expect_elements(len(shown)) == images
    page.pick("p")
    page.drag((150, 600), (350, 640))
    page.expect_saved()
    peer.expect_elements(len(shown) + 1)
    for one in (page, peer):
        one.expect_ink(150, 600, 200, 40, is_inked=True)
