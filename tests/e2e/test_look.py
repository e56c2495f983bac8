"""How things look: hatches, hand-drawn outlines, fonts, colours.

On pixels, and on two pages where both have to show the same.
"""

import msgspec
import pytest
from playwright.sync_api import expect

from boards.sync.protocol import Change
from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard
from tests.support.server import Server
from tests.support.waiting import until

pytestmark = pytest.mark.browser

_SIDE = 120
# What the scene shows in a part of it, as a short number; text so as to be compared.
_HASH = """
([left, top, width, height]) => {
  const scene = document.querySelector("#board canvas.layer-scene");
  const ratio = scene.width / scene.getBoundingClientRect().width;
  const pixels = scene.getContext("2d").getImageData(
    left * ratio, top * ratio, width * ratio, height * ratio).data;
  let hash = 0;
  for (const value of pixels) hash = (Math.imul(hash, 31) + value) | 0;
  return hash;
}
"""


def put(board: RestBoard, elements: list[dict[str, object]]) -> None:
    """Put elements on the board, as a program would."""
    ops = [{"op": "put", "element": element} for element in elements]
    change = msgspec.convert({"id": "put", "ops": ops}, Change)
    board.post_change(change).raise_for_status()


def looks(page: BoardPage, *part: int) -> int:
    """A number for the pixels of a part of the scene: left, top, width, height."""
    found: int = page.page.evaluate(_HASH, list(part))
    return found


def test_hatches_and_rough_lines_are_the_same_for_everybody(
    new_person: NewPerson, board: RestBoard
) -> None:
    box = {"y": 0, "w": _SIDE, "h": _SIDE, "fill": "#1971c2", "width": 4}
    put(
        board,
        [
            {"id": "a", "kind": "rect", "x": 0, **box, "pattern": "hatch"},
            {"id": "b", "kind": "rect", "x": 150, **box, "pattern": "cross"},
            {"id": "c", "kind": "ellipse", "x": 300, **box, "rough": 2, "seed": 5},
            {"id": "d", "kind": "rect", "x": 450, **box, "corner": "round"},
            {"id": "e", "kind": "rect", "x": 0, "y": 300, "w": 120, "h": 20},
        ],
    )
    chunk = "**/chunks/sketch-*.js"
    ada = new_person("Ada")
    with ada.page.expect_response(chunk):
        ada.open(board_url(board))
    bo = new_person("Bo").open(board_url(board))
    ada.expect_elements(5)

    everything = (0, 0, 1024, 720)
    until(
        lambda: looks(ada, *everything) == looks(bo, *everything),
        within_s=20,
        what="both show the same pixels",
    )


def test_a_chosen_look_is_drawn_kept_and_seen(
    page: BoardPage, new_person: NewPerson, board: RestBoard
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("r")
    page.page.get_by_role("radio", name="Sky").click()
    page.page.get_by_role("radio", name="Pattern: Hatch").click()
    page.page.get_by_role("radio", name="Look: Hand-drawn").click()
    page.drag((400, 200), (600, 400))
    shape = page.expect_saved().expect_one("rect")

    assert (shape["pattern"], shape["rough"]) == ("hatch", 1)
    assert shape["seed"] > 0
    assert peer.expect_one("rect") == shape

    def expect_inked(one: BoardPage, least: float, most: float) -> None:
        until(
            lambda: least <= one.ink_in(440, 240, 120, 120) <= most,
            within_s=20,
            what=f"between {least} and {most} pixels of ink in the middle",
        )

    expect_inked(page, 500, 7_999)  # lines with paper between them
    hatch = page.ink_in(440, 240, 120, 120)
    for title, least, most in (
        ("Pattern: Hatch", hatch, hatch),
        ("Pattern: Cross-hatch", 1.3 * hatch, 12_000),
        ("Pattern: Solid", 0, 0),
    ):
        page.page.get_by_role("radio", name=title).click()
        for one in (page, peer):
            expect_inked(one, least, most)
    for one in (page, peer):
        one.expect_color(500, 300, "#a5d8ff")
    page.page.get_by_role("radio", name="No fill").click()
    for one in (page, peer):
        one.expect_color(500, 300, page.color_at(300, 500))
    page.pick("Escape")  # no handles: what is left is the shape's own ink
    edge = (380, 230, 40, 140)
    drawn_by_hand = looks(page, *edge)
    page.press_at(500, 200)
    seen = {drawn_by_hand}
    for title in ("Sketchy", "Ruled"):
        page.page.get_by_role("radio", name=f"Look: {title}").click()
        until(lambda: looks(page, *edge) not in seen, what=f"another edge: {title}")
        seen.add(looks(page, *edge))
        peer.expect_seq(page.expect_saved().document()["seq"])
        until(lambda: looks(peer, *edge) in seen, what=f"the same for Bo: {title}")
    page.expect_color(398, 270, "#1e1e1e")  # ruled: all of it is ink
    page.expect_color(398, 250, "#1e1e1e")
    for _ in range(5):
        page.page.keyboard.press("Control+z")
    assert page.expect_one("rect")["pattern"] == "hatch"


def test_lines_are_dashed_broad_pale_and_round_for_everybody(
    page: BoardPage, new_person: NewPerson, board: RestBoard
) -> None:
    peer = new_person("Bo").open(board_url(board))
    style = page.page.get_by_role("region", name="Style")
    page.pick("r")
    style.get_by_role("radio", name="Sky").click()
    page.drag((300, 200), (500, 400))
    style.get_by_role("slider", name="Width").fill("20")
    page.expect_saved()
    for one in (page, peer):
        one.expect_color(400, 208, "#1e1e1e")  # its edge is 20 broad
        one.expect_color(304, 204, "#1e1e1e")
    style.get_by_role("radio", name="Corners: Round").click()
    page.pick("Escape")
    for one in (page, peer):
        one.expect_color(293, 193, page.color_at(200, 300))  # the corner is gone

    page.press_at(400, 300)
    style.get_by_role("radio", name="Fine").click()
    style.get_by_role("radio", name="Line: dashed").click()
    opacity = style.get_by_role("textbox", name="Opacity: Number")
    assert opacity.input_value() == "100%"
    opacity.fill("50 %")
    opacity.press("Enter")
    rect = page.expect_saved().expect_one("rect")
    assert [rect[name] for name in ("width", "dash", "opacity", "corner")] == [
        *(2, "dashed", 0.5, "round"),
    ]
    assert style.get_by_role("slider", name="Opacity").input_value() == "50"
    page.pick("Escape")
    for one in (page, peer):
        one.expect_color(400, 300, "#d0e9fb")  # half of the fill, half of the paper
        assert one.ink_in(340, 199, 120, 2) > 40  # gaps between the dashes
    for typed, kept in (("0", 0.01), ("1e9", 0.01), ("400", 1)):
        page.press_at(400, 300)
        opacity.fill(typed)
        opacity.press("Enter")
        assert page.expect_saved().expect_one("rect").get("opacity", 1) == kept
        page.press_at(700, 600)


_LOADED = """
() => [...document.fonts].filter(face => face.status === "loaded")
  .map(face => face.family.replaceAll('"', ""))
"""


def test_a_font_comes_from_our_host_when_a_text_uses_it(
    page: BoardPage, site: Server, new_person: NewPerson, board: RestBoard
) -> None:
    peer = new_person("Bo").open(board_url(board))
    asked: list[str] = []
    page.page.on("request", lambda request: asked.append(request.url))
    assert page.page.evaluate(_LOADED) == []
    page.pick("t")
    page.page.get_by_role("radio", name="Font: Hand-written").click()
    page.press_at(500, 300)
    page.page.keyboard.type("Handwriting")
    page.page.keyboard.press("Escape")
    assert page.expect_saved().expect_one("text")["font"] == "hand"

    until(
        lambda: page.page.evaluate(_LOADED) == ["Shantell Sans"],
        within_s=20,
        what="the one part of the one font is there",
    )
    fonts = [url for url in asked if url.endswith(".woff2")]
    assert len(fonts) == 1
    assert fonts[0].startswith(f"{site.url}/static/chunks/shantell-sans-latin-")
    words = (500, 284, 160, 32)
    seen = {0}
    for font, title in (
        ("hand", ""),
        *(("serif", "Serif"), ("mono", "Mono"), ("sans", "Sans")),
    ):
        if title:
            page.page.get_by_role("radio", name=f"Font: {title}").click()
        assert page.expect_saved().expect_one("text").get("font", "sans") == font
        peer.expect_seq(page.document()["seq"])
        until(
            lambda: looks(page, *words) not in seen,
            within_s=20,
            what=f"words in another lettering: {font}",
        )
        until(
            lambda: looks(peer, *words) == looks(page, *words),
            within_s=20,
            what=f"the peer reads the same lettering: {font}",
        )
        seen.add(looks(page, *words))


def test_each_tool_keeps_its_style(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    style = page.page.get_by_role("region", name="Style")
    page.pick("p")
    style.get_by_role("radio", name="Vermilion").click()
    page.pick("r")
    style.get_by_role("radio", name="Blue", exact=True).click()
    page.drag((500, 200), (600, 300))
    page.pick("p")
    page.drag((500, 400), (600, 450))
    page.pick("o")
    page.drag((700, 200), (800, 300))

    elements = page.expect_elements(3)
    assert {e["kind"]: e["stroke"] for e in elements} == {
        "rect": "#1971c2",
        "pen": "#e03131",
        "ellipse": "#1971c2",
    }
    page.pick("v")
    page.pick("Escape")
    for one in (page, peer):
        one.expect_color(500, 250, "#1971c2")
        one.expect_color(550, 425, "#e03131")
        one.expect_color(700, 250, "#1971c2")
    page.reload()
    page.pick("p")
    pressed = style.get_by_role("radio", name="Vermilion")
    assert pressed.get_attribute("aria-checked") == "true"


def test_a_style_is_pasted_on_what_has_it(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    put(
        board,
        [
            {
                **{"id": "a", "kind": "rect", "x": 0, "y": 0, "w": 100, "h": 100},
                **{"stroke": "#e03131", "fill": "#ffc9c9", "width": 8, "rough": 1},
                "corner": "round",
            },
            {"id": "b", "kind": "line", "x": 200, "y": 0, "points": [0, 0, 100, 100]},
        ],
    )
    peer = new_person("Bo").open(f"{board_url(board)}#150,50,1")
    page.expect_elements(2)
    peer.expect_color(612, 360, "#1e1e1e")  # the middle of the line
    page.pick("v")
    page.page.keyboard.press("Control+a")
    page.page.keyboard.press("Control+Alt+c")
    page.page.keyboard.press("Control+Alt+v")

    until(
        lambda: page.elements()[1].get("stroke") == "#e03131",
        within_s=20,
        what="the line looks like the shape",
    )
    shape, line = page.elements()
    assert (line["width"], line["rough"]) == (8, 1)
    assert line["fill"] == "#ffc9c9"  # to be seen once it ends where it began
    assert "corner" not in line
    peer.expect_color(612, 360, "#e03131")
    assert peer.elements() == [shape, line]
    page.page.keyboard.press("Control+z")
    assert page.elements()[1].get("stroke") is None
    assert page.elements()[0] == shape


def test_the_eyedropper_takes_stored_colours_as_ink_and_fill(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.page.keyboard.press("Shift+Alt+d")  # system, light, dark: dark it is
    page.page.keyboard.press("Shift+Alt+d")
    page.pick("r")
    style = page.page.get_by_role("region", name="Style")
    style.get_by_role("radio", name="Vermilion").click()
    style.get_by_role("radio", name="Sky").click()
    # Not by its code, which is another colour than the swatch shows in the dark.
    expect(style.get_by_label("Ink: Code")).to_have_value("Vermilion")
    page.drag((400, 200), (500, 300))
    page.pick("l")
    page.drag((600, 200), (700, 300))
    page.expect_elements(2)

    page.pick("i")  # the line is selected still
    page.press_at(450, 250)
    until(
        lambda: page.elements()[1].get("stroke") == "#a5d8ff",
        within_s=20,
        what="the line has the colour of the fill",
    )
    page.pick("o")
    page.expect_color(650, 250, page.color_at(450, 250))
    assert page.color_at(450, 250) != "#a5d8ff"  # it is dark here,
    peer.expect_color(650, 250, "#a5d8ff")  # which is for me alone
    peer.expect_color(450, 250, "#a5d8ff")
    assert sum(bytes.fromhex(page.color_at(300, 500)[1:])) < 200
    assert sum(bytes.fromhex(peer.color_at(300, 500)[1:])) > 700
    page.pick("i")
    page.page.keyboard.down("Alt")
    page.press_at(400, 250)
    page.page.keyboard.up("Alt")
    page.drag((600, 400), (700, 500))
    assert page.expect_elements(3)[2]["fill"] == "#e03131"
    peer.expect_color(650, 450, "#e03131")


def test_any_colour_is_typed_remembered_and_chosen_by_arrow_keys(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(f"{board_url(board)}#0,0,1")
    box = {"kind": "rect", "y": -60, "w": 120, "h": 120, "label": "A"}
    left = {**box, "id": "left", "x": -200, "fill": "#ffc9c9", "z": "a1"}
    right = {**box, "id": "right", "x": 80, "fill": "#a5d8ff", "z": "a2"}
    put(board, [left, right])
    page.expect_elements(2)
    page.pick("v")
    page.page.keyboard.press("Control+a")
    fill = page.page.get_by_role("radiogroup", name="Fill")
    code = page.page.get_by_role("textbox", name="Fill: Code")

    def fills() -> set[str]:
        return {element["fill"] for element in page.expect_saved().elements()}

    assert code.input_value() == ""
    assert code.get_attribute("placeholder") == "Mixed"
    assert fill.locator("[aria-checked=true]").count() == 0
    before = looks(page, 320, 310, 80, 80)
    code.fill("0B6")
    code.press("Enter")
    assert fills() == {"#00bb66"}
    until(lambda: looks(page, 320, 310, 80, 80) != before, what="it is painted")
    peer.expect_color(372, 360, "#00bb66")

    rose = fill.get_by_role("radio", name="Rose")
    rose.click()
    assert fills() == {"#ffc9c9"}
    rose.press("ArrowRight")
    assert fills() == {"#ffec99"}
    assert page.elements()[0]["x"] == left["x"]  # the board did not take the key
    size = page.page.get_by_role("textbox", name="Size: Number")
    size.fill("33")
    size.press("Enter")
    assert {one["size"] for one in page.expect_saved().elements()} == {33}

    page.reload()
    page.pick("r")
    fill.get_by_role("radio", name="#00bb66").click()
    page.drag((460, 520), (560, 600))
    assert page.expect_saved().expect_elements(3)[-1]["fill"] == "#00bb66"
    page.page.evaluate(  # the browser's own, as far as a page sees it
        "() => { window.EyeDropper = class {"
        " open = async () => ({ sRGBHex: '#123456' }); } }"
    )
    page.page.get_by_role("button", name="Ink: Take a colour").click()
    until(lambda: page.elements()[-1]["stroke"] == "#123456", what="it is taken")


def test_a_lock_shows_fields_let_go_and_a_reload_comes_back(
    page: BoardPage, board: RestBoard
) -> None:
    box = {"kind": "rect", "id": "kept", "x": -60, "y": -60, "w": 120, "h": 120}
    put(board, [{**box, "fill": "#a5d8ff", "locked": True}])
    page.expect_elements(1)
    page.page.mouse.click(512, 360, button="right")
    page.page.get_by_role("menuitem", name="Unlock").wait_for()
    assert page.page.locator(".menu-item:focus").count() == 0  # nothing is chosen yet
    page.page.keyboard.press("Escape")
    page.page.get_by_role("button", name="Unlock", exact=True).click()
    assert page.expect_saved().expect_one("rect")["locked"] is False

    width = page.page.get_by_role("textbox", name="Width: Number")
    width.fill("9")
    width.press("Enter")
    page.page.keyboard.press("Delete")  # of the board, not of the field
    page.expect_elements(0)
    page.page.keyboard.press("Control+z")
    assert page.expect_saved().expect_one("rect")["width"] == 9

    page.page.mouse.move(700, 500)
    page.page.mouse.wheel(-200, 0)
    page.expect_ink(640, 340, 40, 40, is_inked=True)  # its left edge
    page.expect_ink(440, 340, 40, 40, is_inked=False)
    page.reload()
    page.expect_ink(640, 340, 40, 40, is_inked=True)  # its left edge
    page.expect_ink(440, 340, 40, 40, is_inked=False)


def test_a_new_note_has_the_usual_paper(page: BoardPage) -> None:
    """It showed a colour of one's own, though its paper is the first offered."""
    page.pick("n")
    page.press_at(500, 300)
    page.page.keyboard.type("Plan")
    page.pick("Escape")
    page.expect_saved().expect_one("note")

    style = page.page.get_by_role("region", name="Style")
    assert style.get_by_role("radio", name="As usual", exact=True).is_checked()
    assert page.page.locator(".swatch-own.is-chosen").count() == 0


def test_what_differs_is_said_inside_the_panel(
    new_person: NewPerson, board: RestBoard
) -> None:
    """The word ran over the panel's edge, and long ones were cut or lay on others."""
    box = {"kind": "rect", "y": 0, "w": 80, "h": 80}
    elements = [{"id": "a", "x": 0, **box, "rough": 2}, {"id": "b", "x": 90, **box}]
    put(
        board,
        [{**one, "fill": fill} for one, fill in zip(elements, _FILLS, strict=True)],
    )
    for locale in ("en", "de", "ar"):
        page = new_person("Ada", locale=locale).open(board_url(board))
        page.expect_elements(2)
        page.pick("v")
        page.page.keyboard.press("Control+a")
        page.page.locator(".style-mixed").wait_for()

        assert page.page.evaluate(_SPILLED) == [], locale


_FILLS = ("#a5d8ff", "#ffc9c9")
# Words of the style panel that leave their row, are cut or lie on its title.
_SPILLED = """
() => [...document.querySelectorAll(".style-row")].flatMap((row) => {
  const [outer, said] = [row, row.querySelector(".style-mixed")].map((one) =>
    one?.getBoundingClientRect());
  const field = row.querySelector(".side-field");
  const cut = field && field.scrollWidth > field.clientWidth ? [field.placeholder] : [];
  if (!said) return cut;
  const range = document.createRange();
  range.selectNodeContents(row.querySelector(".style-title"));
  const title = range.getBoundingClientRect();
  const isIn = said.left >= outer.left - 1 && said.right <= outer.right + 1;
  const isApart = said.left >= title.right - 1 || said.right <= title.left + 1;
  return isIn && isApart ? cut : [...cut, row.dataset.row];
})
"""
