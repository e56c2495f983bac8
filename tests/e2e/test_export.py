"""Pictures and files of a board: what a person downloads and copies."""

import base64
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Locator, Route

from boards.sync.elements import Element, Frame, Rect, Text
from boards.sync.protocol import Change, Put
from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard
from tests.support.waiting import until

pytestmark = pytest.mark.browser

RED, BLUE = "#e03131", "#1971c2"
ELEMENTS: list[Element] = [
    Rect(id="red", x=0, y=0, w=200, h=100, stroke="none", fill=RED, z="a1"),
    Rect(id="blue", x=300, y=0, w=200, h=100, stroke="none", fill=BLUE, z="a2"),
    Text(id="words", x=0, y=150, text="<b>&", z="a3"),
    Frame(id="plan", x=250, y=-50, w=300, h=200, title="Plan", z="a0"),
]
# What the clipboard holds, as a data address.
_COPIED = """
async type => {
  const [item] = await navigator.clipboard.read();
  const blob = await item.getType(type);
  const reader = new FileReader();
  return new Promise(resolve => {
    reader.onload = () => resolve(reader.result);
    reader.readAsDataURL(blob);
  });
}
"""


@pytest.fixture
def full_page(new_person: NewPerson, board: RestBoard) -> BoardPage:
    """A page on a board with two rectangles, words and a frame."""
    board.post_change(Change("made", [Put(one) for one in ELEMENTS])).raise_for_status()
    person = new_person("Ada", permissions=["clipboard-read", "clipboard-write"])
    page = person.open(board_url(board))
    page.expect_elements(len(ELEMENTS))
    return page


def downloaded(page: BoardPage, tmp_path: Path) -> Path:
    """Press Download; the file that comes."""
    with page.page.expect_download() as download:
        page.page.get_by_role("button", name="Download").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path


def pixel(picture: Image.Image, x: int, y: int) -> str:
    """The colour there, as a board stores it; the alpha is left out."""
    red, green, blue, _ = picture.convert("RGBA").getpixel((x, y))  # type: ignore[misc]  # four channels
    return f"#{red:02x}{green:02x}{blue:02x}"


def test_the_board_is_downloaded_as_png(full_page: BoardPage, tmp_path: Path) -> None:
    full_page.page.keyboard.press("Control+Shift+E")
    full_page.page.locator("[name=scale][value='3']").check()

    path = downloaded(full_page, tmp_path)

    picture = Image.open(path)
    assert path.name == "A board.png"
    # From the frame's top, its title above it, to the last line of the words.
    assert picture.width > 3 * 550
    left, top = 3 * 16, picture.height
    assert RED in {pixel(picture, left + 30, y) for y in range(0, top, 10)}
    assert BLUE in {pixel(picture, left + 3 * 400, y) for y in range(0, top, 10)}
    assert full_page.page.get_by_role("dialog").count() == 0


def test_a_frame_is_exported_alone_without_background(
    full_page: BoardPage, tmp_path: Path
) -> None:
    full_page.page.keyboard.press("Control+Shift+E")
    full_page.page.get_by_role("combobox").select_option("Plan")
    full_page.page.locator("[name=scale][value='1']").check()
    full_page.page.get_by_label("Background").uncheck()

    picture = Image.open(downloaded(full_page, tmp_path))

    assert picture.size == (300, 200)
    assert picture.getpixel((10, 10))[3] == 0  # type: ignore[index]  # four channels
    assert pixel(picture, 150, 100) == BLUE


def test_svg_shows_the_same_and_no_word_becomes_markup(
    full_page: BoardPage, tmp_path: Path
) -> None:
    full_page.page.keyboard.press("Control+Shift+E")
    full_page.page.get_by_label("SVG").check()

    path = downloaded(full_page, tmp_path)

    root = ElementTree.parse(path).getroot()  # noqa: S314 - our own file
    words = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert words == ["Plan", "<b>&"]
    shown = full_page.page.context.new_page()
    shown.set_content(path.read_text())
    picture = Image.open(io.BytesIO(shown.locator("svg").screenshot()))
    colors = {color for _, color in picture.convert("RGB").getcolors(1 << 20) or []}
    assert {(0xE0, 0x31, 0x31), (0x19, 0x71, 0xC2)} <= colors


def ink(picture: Image.Image) -> set[tuple[int, int]]:
    """Where a picture is dark: its letters."""
    grey = picture.convert("L")
    n_columns = grey.width
    return {
        divmod(i, n_columns) for i, level in enumerate(grey.tobytes()) if level < 96
    }


def test_letters_are_the_boards_in_files_made_before_the_fonts_came(
    new_person: NewPerson, board: RestBoard, tmp_path: Path
) -> None:
    words = Text(id="words", x=0, y=0, text="Grüße, quick fox", size=40, font="hand")
    board.post_change(Change("made", [Put(words)])).raise_for_status()
    person = new_person("Ada")
    held: list[Route] = []
    person.page.route("**/*.woff2", lambda route: held.append(route), times=1)
    person.open(board_url(board)).expect_elements(1)
    person.page.keyboard.press("Control+Shift+E")
    person.page.locator("[name=scale][value='1']").check()

    with person.page.expect_download() as download:
        person.page.get_by_role("button", name="Download").click()
        (route,) = held
        route.continue_()
    download.value.save_as(tmp_path / "early.png")
    person.page.keyboard.press("Control+Shift+E")
    person.page.get_by_label("SVG").check()
    path = downloaded(person, tmp_path)

    picture = Image.open(tmp_path / "early.png")
    assert path.read_text().count("@font-face") == 1  # one part of one font
    elsewhere = new_person(offline=True)
    for text, is_same in (
        (path.read_text(), True),
        (re.sub("<style>.*</style>", "", path.read_text()), False),
    ):
        path.write_text(text)
        elsewhere.page.goto(path.as_uri())
        elsewhere.page.evaluate("document.fonts.ready.then(() => {})")
        shown = Image.open(io.BytesIO(elsewhere.page.screenshot()))
        letters = ink(shown.crop((0, 0, *picture.size)))
        n_apart = len(letters ^ ink(picture))
        assert (n_apart < len(letters) / 10) is is_same, (n_apart, len(letters))


def test_json_is_pasted_into_another_board(full_page: BoardPage) -> None:
    full_page.page.keyboard.press("Control+Shift+E")
    full_page.page.get_by_label("JSON").check()
    full_page.page.get_by_role("button", name="Copy", exact=True).click()
    full_page.page.get_by_role("dialog").wait_for(state="detached")
    copied = full_page.page.evaluate("navigator.clipboard.readText()")

    assert {e["id"] for e in json.loads(copied)["elements"]} == {e.id for e in ELEMENTS}
    full_page.page.mouse.move(500, 400)
    full_page.page.keyboard.press("Control+V")
    full_page.expect_elements(2 * len(ELEMENTS))


def test_the_selection_is_copied_for_other_programs(full_page: BoardPage) -> None:
    keyboard = full_page.page.keyboard
    keyboard.press("Control+A")
    keyboard.press("Control+C")
    read = "navigator.clipboard.readText()"
    assert full_page.page.evaluate(read) == "Plan\n\n<b>&"

    keyboard.press("Escape")
    full_page.press_at(337, 348)  # the red one alone
    keyboard.press("Shift+Alt+C")
    full_page.page.get_by_text("Copied.").wait_for()
    data: str = full_page.page.evaluate(_COPIED, "image/png")
    picture = Image.open(io.BytesIO(base64.b64decode(data.split(",")[1])))
    assert picture.mode in ("RGBA", "RGB")
    assert picture.width == pytest.approx(2 * picture.height, rel=0.2)
    across = {pixel(picture, x, picture.height // 2) for x in range(picture.width)}
    assert RED in across and BLUE not in across

    keyboard.press("Control+k")
    keyboard.type("copy as svg")
    keyboard.press("Enter")
    until(
        lambda: full_page.page.evaluate(read).startswith("<svg"),
        what="a drawing is on the clipboard",
    )
    drawing = full_page.page.evaluate(read)
    assert RED in drawing and BLUE not in drawing


def count_colors(picture: Image.Image) -> dict[str, int]:
    """How many pixels have each colour; the alpha is left out."""
    found = picture.convert("RGB").getcolors(1 << 20) or []
    return {f"#{bytes(color).hex()}": n for n, color in found}  # type: ignore[arg-type]  # three channels


def colors_of(path: Path, page: BoardPage) -> tuple[tuple[int, int], set[str]]:
    """An SVG as a browser shows it: its size and every colour in it."""
    shown = page.page.context.new_page()
    shown.set_content(f"<style>body {{ margin: 0 }}</style>{path.read_text()}")
    picture = Image.open(io.BytesIO(shown.locator("svg").screenshot()))
    shown.close()
    return picture.size, set(count_colors(picture))


def scope_of(page: BoardPage) -> Locator:
    """Where one chooses what is exported; the style panel may have a list, too."""
    return page.page.get_by_role("dialog").get_by_role("combobox")


def export_as(page: BoardPage, file: str, scope: str = "") -> None:
    """Open the dialog, and choose what goes into which file."""
    page.page.keyboard.press("Control+Shift+E")
    if scope:
        scope_of(page).select_option(scope)
    page.page.get_by_label(file).check()


def test_the_selection_alone_goes_into_each_file(
    full_page: BoardPage, tmp_path: Path
) -> None:
    full_page.pick("v")
    full_page.press_at(337, 348)  # the red one
    around = 2 * 20  # no more than a little air

    export_as(full_page, "PNG")
    assert scope_of(full_page).input_value() == "selection"
    full_page.page.locator("[name=scale][value='1']").check()
    picture = Image.open(downloaded(full_page, tmp_path))
    export_as(full_page, "SVG")
    svg = downloaded(full_page, tmp_path)
    export_as(full_page, "JSON")
    file = json.loads(downloaded(full_page, tmp_path).read_text())

    n_pixels = count_colors(picture)
    assert n_pixels[RED] == 200 * 100  # all of it, a pixel for each unit
    assert BLUE not in n_pixels
    assert picture.width - 200 == picture.height - 100 <= around
    size, colors = colors_of(svg, full_page)
    assert size == picture.size
    assert RED in colors and BLUE not in colors
    assert "&lt;b" not in svg.read_text()  # the words are not in it
    assert [element["id"] for element in file["elements"]] == ["red"]


def test_a_frame_alone_goes_into_svg_and_json(
    full_page: BoardPage, tmp_path: Path
) -> None:
    export_as(full_page, "SVG", "Plan")
    svg = downloaded(full_page, tmp_path)
    export_as(full_page, "JSON", "Plan")
    file = json.loads(downloaded(full_page, tmp_path).read_text())

    size, colors = colors_of(svg, full_page)
    assert size == (300, 200)
    assert BLUE in colors and RED not in colors
    assert [element["id"] for element in file["elements"]] == ["blue"]


def test_a_larger_picture_has_more_pixels_and_may_be_dark(
    full_page: BoardPage, tmp_path: Path
) -> None:
    full_page.page.get_by_role("button", name="Menu", exact=True).click()
    full_page.page.get_by_role("menuitem", name="Export as PNG, SVG, JSON").click()
    scope_of(full_page).select_option("Plan")
    papers = {}
    for scale in (1, 2, 4):
        full_page.page.locator(f"[name=scale][value='{scale}']").check()
        full_page.page.get_by_label("Dark colours").set_checked(scale == 4)

        picture = Image.open(downloaded(full_page, tmp_path))

        assert picture.size == (scale * 300, scale * 200)
        # The blue one begins 50 to the right of the frame and below it.
        left, top = 50 * scale, 50 * scale
        papers[scale] = pixel(picture, left - 1, top + 1)
        assert pixel(picture, left, top) != papers[scale]
        export_as(full_page, "PNG", "Plan")

    assert papers[1] == papers[2] == full_page.color_at(20, 600)
    assert sum(bytes.fromhex(papers[1][1:])) > 3 * 200
    assert sum(bytes.fromhex(papers[4][1:])) < 3 * 50


def test_an_item_of_the_menu_copies_what_is_under_the_pointer(
    full_page: BoardPage,
) -> None:
    full_page.page.mouse.click(337, 348, button="right")  # the red one
    full_page.page.get_by_role("menuitem", name="Copy as PNG").click()

    full_page.page.get_by_text("Copied.").wait_for()
    data: str = full_page.page.evaluate(_COPIED, "image/png")
    picture = Image.open(io.BytesIO(base64.b64decode(data.split(",")[1])))
    assert picture.format == "PNG"
    across = {pixel(picture, x, picture.height // 2) for x in range(picture.width)}
    assert RED in across and BLUE not in across


def test_an_empty_board_says_that_there_is_nothing(page: BoardPage) -> None:
    page.page.keyboard.press("Control+Shift+E")

    page.page.get_by_text("There is nothing to show yet.").wait_for()
    assert page.page.get_by_role("button", name="Download").is_disabled()
