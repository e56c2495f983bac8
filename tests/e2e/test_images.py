"""Pictures: chosen, dropped, pasted; painted, and refused in plain words."""

import base64
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Dialog, FilePayload, Route, expect

from tests.e2e.board_page import PASTE, BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard
from tests.support.server import Server
from tests.support.waiting import until

pytestmark = pytest.mark.browser

IMAGES = Path(__file__).resolve().parents[1] / "corpus" / "images"
SCENE = (
    IMAGES.parent
    / "scenes"
    / "leonardoaraujosantos__excalidraw-swift-web__legacy_minimal.excalidraw"
)
RED, BLUE = (220, 30, 30), (30, 60, 220)

# Files as another program hands them over; browsers have no other way to it headless.
_HAND_OVER = """
([kind, files, x, y]) => {
  const data = new DataTransfer();
  for (const [name, type, text] of files) {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    data.items.add(new File([bytes], name, { type }));
  }
  const more = { bubbles: true, cancelable: true };
  if (kind === "paste") {
    document.body.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, ...more }));
    return;
  }
  const stage = document.querySelector(".stage");
  for (const name of ["dragover", "drop"]) {
    stage.dispatchEvent(new DragEvent(name,
      { dataTransfer: data, clientX: x, clientY: y, ...more }));
  }
}
"""
_PIXEL = """
([x, y]) => {
  const copy = new OffscreenCanvas(1, 1).getContext("2d");
  for (const canvas of document.querySelectorAll("#board canvas")) {
    const ratio = canvas.width / canvas.getBoundingClientRect().width;
    copy.drawImage(canvas, x * ratio, y * ratio, 1, 1, 0, 0, 1, 1);
  }
  return [...copy.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}
"""
TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".svg": "image/svg+xml",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".txt": "text/plain",
    ".excalidraw": "",
}
Sent = tuple[str, bytes]


def halves(width: int, height: int) -> bytes:
    """A PNG that is red on its left and blue on its right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    raw = BytesIO()
    image.save(raw, "PNG")
    return raw.getvalue()


def hand_over(
    page: BoardPage, kind: str, *files: Sent, at: tuple[int, int] = (500, 360)
) -> None:
    """Drop or paste files."""
    sent = [
        [name, TYPES[Path(name).suffix], base64.b64encode(content).decode()]
        for name, content in files
    ]
    page.page.evaluate(_HAND_OVER, [kind, sent, *at])


def expect_pixel(page: BoardPage, x: int, y: int, color: tuple[int, int, int]) -> None:
    """Wait until the screen is of that colour there, about."""

    def is_so() -> bool:
        seen: list[int] = page.page.evaluate(_PIXEL, [x, y])
        return all(abs(a - b) < 30 for a, b in zip(seen, color, strict=True))

    until(is_so, within_s=10, what=f"{color} at {x}, {y}")


def middle(page: BoardPage, element: dict[str, Any]) -> tuple[float, float]:
    """The middle of an element; the origin is in the middle of the screen."""
    return (
        element["x"] + element["w"] / 2 + 512,
        element["y"] + element["h"] / 2 + 360,
    )


def test_a_chosen_picture_is_put_painted_seen_by_peers_and_undone(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    # Listened to long before the key: Playwright does not wait until it listens.
    picture: FilePayload = {
        "name": "a.png",
        "mimeType": "image/png",
        "buffer": halves(200, 100),
    }
    page.page.on("filechooser", lambda chooser: chooser.set_files(picture))
    peer = new_person("Bo", color_scheme="dark").open(board_url(board))
    late: list[Route] = []
    peer.page.route("**/assets/*", lambda route: late.append(route), times=1)

    page.pick("9")

    image = page.expect_one("image")
    page.expect_saved()
    assert (image["w"], image["h"]) == (200, 100)
    assert re.fullmatch("[0-9a-f]{64}", image["asset"])
    assert middle(page, image) == (512, 360)
    peer.expect_one("image")
    until(lambda: peer.status() and late, what="the peer asks for the picture")
    peer.expect_ink(470, 330, 84, 60, is_inked=True)  # what stands for it meanwhile
    assert sum(bytes.fromhex(peer.color_at(560, 360)[1:])) < 200  # on dark paper
    late[0].continue_()
    for one in (page, peer):  # the same colours in either theme
        expect_pixel(one, 460, 360, RED)
        expect_pixel(one, 560, 360, BLUE)
    page.page.keyboard.press("Control+z")
    peer.expect_elements(0)
    page.page.keyboard.press("Control+Shift+z")
    page.expect_one("image")
    page.reload()
    expect_pixel(page, 460, 360, RED)

    page.pick("r")
    page.pick("i")  # a colour of the picture is taken as ink
    page.press_at(560, 360)
    page.drag((300, 500), (400, 600))
    shape = page.expect_elements(2)[-1]
    taken = tuple(bytes.fromhex(shape["stroke"][1:]))
    assert all(abs(a - b) < 30 for a, b in zip(taken, BLUE, strict=True))


def test_dropped_pictures_stand_in_a_row_and_are_one_change(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    hand_over(
        page,
        "drop",
        ("one.png", halves(120, 80)),
        ("two.png", halves(80, 80)),
        ("big.png", halves(3000, 1000)),
        at=(400, 300),
    )

    one, two, big = page.expect_elements(3)
    assert page.expect_saved().document()["seq"] == 1
    assert one["x"] + one["w"] < two["x"]
    assert two["x"] + two["w"] < big["x"]
    assert big["x"] + big["w"] - one["x"] <= 0.71 * 1024
    assert peer.expect_elements(3) == [one, two, big]
    for seen in (page, peer):
        for x, _ in (middle(page, image) for image in (one, two, big)):
            expect_pixel(seen, round(x) - 20, 300, RED)
            expect_pixel(seen, round(x) + 20, 300, BLUE)


def test_a_pasted_drawing_becomes_pixels_and_keeps_its_ratio(page: BoardPage) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
    svg += b'<rect width="40" height="20" fill="#1e3cdc"/></svg>'
    page.page.mouse.move(300, 300)

    hand_over(page, "paste", ("drawing.svg", svg))

    image = page.expect_saved().expect_one("image")
    assert image["w"] / image["h"] == pytest.approx(2, abs=0.01)
    assert middle(page, image) == pytest.approx((300, 300), abs=1)
    expect_pixel(page, 300, 300, BLUE)


def test_hostile_files_are_refused_in_words_and_the_good_one_is_put(
    page: BoardPage,
) -> None:
    names = (
        "bomb-12000x12000-gray8.png",
        "billion-laughs.svg",
        "truncated.jpg",
        "empty.png",
        "lying-ihdr-2147483647.png",
    )
    hostile = [(name, (IMAGES / name).read_bytes()) for name in names]

    hand_over(page, "drop", *hostile, ("good.png", halves(100, 100)))

    cards = page.page.locator(".upload")
    page.expect_elements(1)
    expect(page.page.get_by_role("alert")).to_have_count(5)
    words = " ".join(page.page.get_by_role("alert").all_text_contents())
    assert "million pixels" in words
    assert "entities" in words
    assert "damaged" in words
    for name in names:
        page.page.get_by_role("button", name=f"Dismiss: {name}").click()
    expect(cards).to_have_count(0)
    page.pick("p")
    page.drag((100, 600), (300, 620))
    page.expect_elements(2)
    page.expect_saved()


def test_why_a_file_is_refused_is_said_in_the_language_of_the_person(
    board: RestBoard, new_person: NewPerson
) -> None:
    page = new_person("Jo", locale="de-DE").open(board_url(board))
    hand_over(page, "drop", ("notes.txt", b"words"))
    expect(page.page.get_by_text("Das ist kein Bild")).to_be_visible()

    bomb = "bomb-12000x12000-gray8.png"
    hand_over(page, "drop", (bomb, (IMAGES / bomb).read_bytes()))

    expect(page.page.get_by_role("alert")).to_contain_text("50 Millionen Pixel haben")
    assert page.elements() == []


def test_a_drawing_of_another_program_is_dropped_and_pasted(page: BoardPage) -> None:
    scene = SCENE.read_bytes()
    hand_over(page, "drop", ("old.excalidraw", scene), at=(300, 300))
    dropped = page.expect_saved().expect_elements(2)
    assert {element["kind"] for element in dropped} == {"rect", "text"}
    assert middle(page, dropped[0]) == pytest.approx((300, 300), abs=2)
    assert page.ink_in(245, 270, 110, 60) > 200

    page.page.evaluate(PASTE, scene.decode())  # in the middle: there is no pointer
    pasted = page.expect_saved().expect_elements(4)[2]
    assert middle(page, pasted) == pytest.approx((512, 360), abs=2)
    page.page.keyboard.press("Control+z")
    page.expect_elements(2)
    hand_over(page, "paste", ("old.excalidraw", scene))  # a file, from a file manager
    page.expect_saved().expect_elements(4)
    page.page.keyboard.press("Control+z")
    page.expect_elements(2)

    hand_over(page, "drop", ("bad.excalidraw", b"[1, 2]"))
    page.page.get_by_text("That is no drawing").wait_for()
    page.expect_elements(2)


def test_a_failed_upload_is_tried_again_and_a_cancelled_one_leaves_nothing(
    page: BoardPage,
) -> None:
    page.page.route("**/assets/", lambda route: route.abort())
    hand_over(page, "drop", ("a.png", halves(300, 200)), at=(300, 300))
    hand_over(page, "drop", ("b.png", halves(300, 200)), at=(700, 300))
    expect(page.page.get_by_role("alert")).to_have_count(2)
    assert page.elements() == []

    page.page.unroute("**/assets/")
    page.page.get_by_role("button", name="Dismiss: b.png").click()
    page.page.get_by_role("button", name="Try again: a.png").click()

    page.expect_one("image")
    expect(page.page.locator(".upload")).to_have_count(0)
    page.expect_saved()


def test_what_was_under_way_when_a_page_is_left_is_gone(page: BoardPage) -> None:
    page.page.route("**/assets/", lambda _route: None)  # it is never answered
    hand_over(page, "drop", ("a.png", halves(300, 200)))
    expect(page.page.locator(".upload progress")).to_be_visible()
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.page.on("dialog", answer)
    page.press_at(100, 600)  # a page that was never touched may not ask

    page.reload()

    assert asked == ["beforeunload"]
    assert page.elements() == []
    expect(page.page.locator(".upload")).to_have_count(0)


def test_a_file_that_is_too_large_is_told_at_once(page: BoardPage) -> None:
    page.page.evaluate(
        """() => {
          const data = new DataTransfer();
          const bytes = new Uint8Array(21 * 1024 * 1024);
          data.items.add(new File([bytes], "huge.png", { type: "image/png" }));
          document.body.dispatchEvent(new ClipboardEvent(
            "paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )

    fault = page.page.get_by_role("alert")
    expect(fault).to_contain_text("21 MiB; a picture may have 20")
    assert page.page.get_by_role("button", name="Try again: huge.png").count() == 0


def test_a_viewer_can_add_nothing(board: RestBoard, new_person: NewPerson) -> None:
    board.share("view")
    page = new_person("Vi").open(board_url(board))

    hand_over(page, "drop", ("a.png", halves(100, 100)))
    hand_over(page, "paste", ("a.png", halves(100, 100)))
    page.pick("9")

    assert page.page.locator(".upload").count() == len(page.elements()) == 0


def test_a_picture_is_cropped_described_and_resized(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    hand_over(page, "drop", ("a.png", halves(200, 100)), at=(600, 360))
    before = page.expect_one("image")
    page.page.get_by_label("Description").fill("Red and blue")
    page.page.get_by_label("Description").blur()
    page.expect_status("saved", lambda s: s["unsaved"] == 0 and s["seq"] == 2)

    page.page.mouse.dblclick(600, 360)
    expect(page.page.get_by_role("dialog", name="Crop the picture")).to_be_visible()
    page.drag((700, 360), (600, 360))
    page.page.keyboard.press("Enter")

    expect(page.page.get_by_role("dialog")).to_have_count(0)
    page.expect_status("saved", lambda s: s["unsaved"] == 0 and s["seq"] == 3)
    image = page.expect_one("image")
    assert image["alt"] == "Red and blue"
    assert image["crop"] == pytest.approx([0, 0, 0.5, 1])
    assert (image["x"], image["w"]) == (before["x"], 100)
    peer.expect_seq(3)
    for one in (page, peer):
        expect_pixel(one, 560, 360, RED)
        one.expect_ink(640, 320, 60, 80, is_inked=False)

    page.drag((600, 410), (700, 430))  # a corner: wider than high, the ratio is kept
    page.expect_status("saved", lambda s: s["unsaved"] == 0 and s["seq"] == 4)
    wide = page.expect_one("image")
    assert wide["w"] > 150
    assert wide["w"] == pytest.approx(wide["h"], abs=0.2)
    page.page.keyboard.press("Enter")
    page.page.get_by_role("button", name="Whole picture").click()
    page.page.get_by_role("button", name="Done").click()
    page.expect_status("saved", lambda s: s["unsaved"] == 0 and s["seq"] == 5)
    assert "crop" not in page.expect_one("image")
    for _ in range(3):
        page.page.keyboard.press("Control+z")
    assert page.expect_one("image") == {**before, "alt": "Red and blue"}


def test_what_ends_a_crop_stays_upright_below_a_turned_picture(page: BoardPage) -> None:
    hand_over(page, "drop", ("a.png", halves(200, 100)), at=(600, 300))
    page.expect_one("image")
    page.page.keyboard.press("Escape")
    page.page.keyboard.press("Control+a")
    for _ in range(12):
        page.page.keyboard.press("Shift+.")
    page.expect_status("saved", lambda s: s["unsaved"] == 0)
    assert abs(page.expect_one("image")["angle"]) == pytest.approx(3.1416, abs=0.001)

    page.page.mouse.dblclick(600, 300)
    bar = page.box_of(".crop-bar")
    assert bar["y"] == pytest.approx(350 + 16, abs=2)
    assert bar["x"] + bar["width"] / 2 == pytest.approx(600, abs=2)
    page.page.mouse.move(900, 500)
    page.page.mouse.down(button="middle")
    page.page.mouse.move(900, 480)
    page.page.mouse.up(button="middle")
    until(
        lambda: abs(page.box_of(".crop-bar")["y"] - (bar["y"] - 20)) < 2,
        what="the bar follows the board that was moved",
    )
    page.page.get_by_role("button", name="Done").click()
    expect(page.page.get_by_role("dialog")).to_have_count(0)


def test_a_picture_is_copied_to_another_board_or_its_lack_is_told(
    page: BoardPage, board: RestBoard, site: Server, new_person: NewPerson
) -> None:
    hand_over(page, "drop", ("a.png", halves(200, 100)))
    image = page.expect_one("image")
    page.expect_saved()
    page.page.keyboard.press("Control+c")
    other = RestBoard.create(site.url, title="Another")
    page.open(board_url(other))

    page.page.mouse.move(512, 360)
    page.page.keyboard.press("Control+v")

    pasted = page.expect_saved().expect_one("image")
    assert pasted["asset"] == image["asset"]
    expect_pixel(page, 460, 360, RED)
    peer = new_person("Bo").open(board_url(other))
    assert peer.expect_one("image") == pasted
    # A page opens with the content in the middle of what the style panel leaves.
    expect_pixel(peer, 564, 360, RED)

    board.delete()
    third = RestBoard.create(site.url, title="A third")
    page.open(board_url(third))
    page.page.keyboard.press("Control+v")

    expect(page.page.get_by_text("A picture was left out")).to_be_visible()
    assert page.elements() == []


def test_a_file_brings_its_pictures_to_a_board_and_to_home(
    page: BoardPage, board: RestBoard, site: Server
) -> None:
    hand_over(page, "drop", ("a.png", halves(200, 100)))
    asset = page.expect_one("image")["asset"]
    page.expect_saved()
    content = board.get(f"assets/{asset}").content
    page.page.keyboard.press("Control+Shift+E")
    page.page.get_by_label("JSON").check()
    with page.page.expect_download() as download:
        page.page.get_by_role("button", name="Download").click()
    file = Path(download.value.path()).read_text()
    board.delete()

    other = RestBoard.create(site.url, title="Another")
    page.open(board_url(other))
    page.page.evaluate(PASTE, file)

    pasted = page.expect_saved().expect_one("image")
    assert other.get(f"assets/{pasted['asset']}").content == content
    expect_pixel(page, 560, 360, BLUE)

    page.page.goto(site.url)
    with page.page.expect_file_chooser() as chooser:
        page.page.get_by_role("button", name="Import").click()
    sent: FilePayload = {
        "name": "A board.chalkline.json",
        "mimeType": "",
        "buffer": file.encode(),
    }
    chooser.value.set_files(sent)
    page.page.wait_for_url("**/b/*/")
    imported = RestBoard(site.url, page.page.url.split("/")[-2])
    assert page.expect_live().expect_one("image")["asset"] == pasted["asset"]
    assert imported.get(f"assets/{pasted['asset']}").content == content
