"""Each tool with real pointer events: what a gesture leaves on the board."""

import pytest
from playwright.sync_api import expect

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard

pytestmark = pytest.mark.browser

Places = list[tuple[float, float]]
# Each shape: its key, places inside and outside of it as shares of its box.
SHAPES: dict[str, tuple[str, Places, Places]] = {
    "rect": ("r", [(0.08, 0.08), (0.92, 0.92)], []),
    "ellipse": ("o", [(0.5, 0.08), (0.08, 0.5)], [(0.06, 0.06), (0.94, 0.94)]),
    "diamond": ("3", [(0.5, 0.12), (0.12, 0.5)], [(0.2, 0.2), (0.8, 0.8)]),
    "triangle": ("Shift+3", [(0.5, 0.2), (0.1, 0.94)], [(0.15, 0.3), (0.85, 0.3)]),
    "hexagon": ("Shift+4", [(0.3, 0.1), (0.08, 0.5)], [(0.06, 0.15), (0.94, 0.85)]),
    "star": ("Shift+5", [(0.5, 0.2), (0.15, 0.42)], [(0.2, 0.15), (0.5, 0.95)]),
    "cloud": ("Shift+6", [(0.5, 0.5), (0.5, 0.12)], [(0.03, 0.05), (0.97, 0.95)]),
    "cylinder": ("Shift+7", [(0.5, 0.5), (0.08, 0.5)], [(0.02, 0.02), (0.98, 0.98)]),
    "callout": ("Shift+8", [(0.5, 0.4), (0.21, 0.85)], [(0.7, 0.9), (0.04, 0.95)]),
}


def test_pen_keeps_the_time_of_each_point_and_an_eraser_takes_one_stroke(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("p")

    page.drag((300, 200), (400, 250), (500, 200))

    pen = page.expect_one("pen")
    assert len(pen["time"]) == len(pen["points"]) // 2
    assert pen["time"] == sorted(pen["time"])

    page.drag((300, 500), (500, 500))
    page.expect_elements(2)
    page.pick("e")
    page.drag((400, 150), (400, 300))

    (left,) = page.expect_saved().expect_elements(1)
    assert left["y"] > 0  # the lower one: the origin is in the middle of the screen
    assert peer.expect_elements(1) == [left]
    for one in (page, peer):
        one.expect_ink(280, 180, 240, 100, is_inked=False)
        one.expect_ink(320, 490, 60, 20, is_inked=True)


def test_every_shape_spans_its_drag_and_looks_as_what_it_is(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("r")
    style = page.page.get_by_role("region", name="Style")
    style.get_by_role("radio", name="Sky").click()
    corners = {}
    for n, (kind, (key, *_)) in enumerate(SHAPES.items()):
        corners[kind] = (x, y) = 270 + 160 * (n % 3), 130 + 140 * (n // 3)
        page.pick(key)
        page.drag((x, y), (x + 120, y + 90), steps=2)
    page.pick("Escape")  # no handles: what is left is the shapes' own ink

    elements = page.expect_saved().expect_elements(len(SHAPES))
    assert [element["kind"] for element in elements] == list(SHAPES)
    assert {(element["w"], element["h"]) for element in elements} == {(120, 90)}
    peer.expect_seq(page.document()["seq"])
    assert peer.elements() == elements
    for one in (page, peer):
        paper = one.color_at(250, 300)
        for kind, (x, y) in corners.items():
            _, insides, outsides = SHAPES[kind]
            for across, down in insides:
                one.expect_color(x + 120 * across, y + 90 * down, "#a5d8ff")
            for across, down in outsides:
                assert one.color_at(x + 120 * across, y + 90 * down) == paper, kind
        lid = corners["cylinder"]
        one.expect_color(lid[0] + 60, lid[1] + 90 * 0.24, "#1e1e1e")


def test_more_shapes_are_picked_by_the_pointer_and_left_by_a_key(
    page: BoardPage,
) -> None:
    expect(page.page.locator(".toolbar button[tabindex='0']")).to_have_count(1)
    opener = page.page.get_by_role("button", name="More shapes")
    opener.press("Enter")
    expect(page.page.get_by_role("button", name="Triangle")).to_be_focused()
    page.page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    page.page.keyboard.press("Enter")
    expect(page.page.get_by_role("button", name="Triangle")).to_be_focused()
    for key in ("ArrowRight", "Enter"):
        page.page.keyboard.press(key)
    expect(page.page.get_by_role("application")).to_be_focused()
    page.page.locator("[data-tool=hexagon]").wait_for(state="detached")

    opener.click()
    page.page.get_by_role("button", name="Star").click()
    assert not page.page.get_by_role("toolbar", name="More shapes").is_visible()

    page.drag((300, 250), (460, 370))

    page.expect_saved().expect_one("star")
    page.pick("Escape")
    page.expect_ink(375, 245, 10, 15, is_inked=True)  # its tip


def test_a_label_is_typed_into_a_shape_and_a_peer_sees_it(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("r")
    page.drag((300, 250), (500, 370))
    peer.expect_elements(1)
    empty = page.ink_in(340, 290, 120, 40)

    page.page.mouse.dblclick(400, 310)
    page.page.keyboard.type("Launch plan")
    page.pick("Escape")

    shape = page.expect_saved().expect_one("rect")
    assert shape["label"] == "Launch plan"
    assert page.ink_in(340, 290, 120, 40) > empty + 100
    peer.expect_seq(page.document()["seq"])
    assert peer.expect_one("rect")["label"] == "Launch plan"
    assert peer.ink_in(340, 290, 120, 40) > empty + 100


def test_a_marker_lets_what_is_below_show_through(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("r")
    page.page.get_by_role("radio", name="Sky").click()
    page.drag((350, 250), (450, 350))
    page.pick("Shift+p")
    page.page.get_by_role("radio", name="Vermilion").click()
    page.drag((300, 300), (400, 300), (600, 300))

    _, marker = page.expect_saved().expect_elements(2)
    assert (marker["kind"], marker["width"]) == ("highlight", 16)
    page.page.mouse.move(700, 500)
    peer.expect_seq(page.document()["seq"])
    for one in (page, peer):
        one.expect_color(400, 280, "#a5d8ff")
        paper, marked, both = (
            bytes.fromhex(one.color_at(x, 300)[1:]) for x in (700, 550, 400)
        )
        assert marked[0] > 200 > marked[1] > 120  # red, through which paper shines
        assert both[0] < marked[0] and both[1] < marked[1]
        assert sum(both) > 150
        assert marked != paper


def test_text_is_as_broad_as_its_words_and_wraps_where_it_was_dragged(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("t")
    page.press_at(400, 150)
    page.page.keyboard.type("Grüße, 世界 <b>, as broad as its words are")
    page.page.keyboard.press("Escape")
    text = page.expect_saved().expect_one("text")
    assert text["text"] == "Grüße, 世界 <b>, as broad as its words are"
    page.pick("Escape")
    assert peer.expect_one("text") == text
    for one in (page, peer):
        one.expect_ink(400, 135, 120, 30, is_inked=True)
        one.expect_ink(620, 135, 60, 30, is_inked=True)  # no line is broken
        one.expect_ink(380, 170, 400, 40, is_inked=False)
    page.page.keyboard.press("Control+z")
    page.expect_elements(0)

    page.pick("t")
    page.drag((300, 300), (400, 320))
    page.page.keyboard.type("one two three four five six")
    page.page.keyboard.press("Enter")
    page.page.keyboard.type("seven")
    page.page.keyboard.press("Escape")
    page.pick("Escape")

    text = page.expect_saved().expect_one("text")
    assert text["text"] == "one two three four five six\nseven"
    assert text["w"] == 100
    peer.expect_one("text")
    for one in (page, peer):
        for line in range(3):  # words wrap below each other, none goes further right
            one.expect_ink(300, 300 + 25 * line, 100, 20, is_inked=True)
        assert one.ink_in(405, 290, 200, 150) == 0
    page.pick("v")
    page.press_at(310, 312)
    page.page.get_by_role("radio", name="Align: Right").click()
    assert page.expect_saved().expect_one("text")["align"] == "right"
    page.pick("Escape")
    for one in (page, peer):
        one.expect_ink(300, 373, 40, 24, is_inked=False)  # "seven" left the left


def test_a_text_is_styled_while_it_is_typed_and_selected_then(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    keyboard = page.page.keyboard
    page.pick("t")
    page.press_at(400, 300)
    keyboard.type("Hel")
    page.page.get_by_role("radio", name="Red", exact=True).click()
    page.page.get_by_role("radio", name="Huge").click()
    keyboard.type("lo")
    keyboard.press("Escape")

    typed = page.expect_saved().expect_one("text")
    assert (typed["text"], typed["stroke"], typed["size"]) == ("Hello", "#d6336c", 44)

    for one in (page, peer):
        one.expect_ink(470, 285, 25, 50, is_inked=True)

    # It is selected; a button that was clicked does not keep the arrow keys.
    page.page.get_by_role("radio", name="Large").click()
    keyboard.press("ArrowRight")
    page.expect_status("saved", lambda s: s["unsaved"] == 0 and s["seq"] >= 3)
    moved = page.expect_one("text")
    assert (moved["x"] - typed["x"], moved["size"]) == (1, 28)
    peer.expect_ink(476, 285, 20, 50, is_inked=False)  # it is less broad now

    # A slider that has the keys keeps them.
    page.page.get_by_role("slider", name="Opacity").press("ArrowLeft")
    page.expect_status("saved", lambda s: s["unsaved"] == 0 and s["seq"] >= 4)
    faded = page.expect_one("text")
    assert (faded["x"], faded["opacity"]) == (moved["x"], 0.95)


def test_select_moves_and_deletes(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("r")
    page.drag((300, 200), (460, 320))
    before = page.expect_one("rect")

    corner = (463, 312, 6, 16)  # outside of it: a handle, or paper
    page.expect_ink(*corner, is_inked=True)
    page.pick("v")
    page.pick("Escape")
    page.expect_ink(*corner, is_inked=False)
    page.press_at(340, 200)  # at its edge, between two handles
    page.expect_ink(*corner, is_inked=True)
    page.drag((340, 200), (440, 300))

    page.expect_status("saved", lambda s: s["unsaved"] == 0 and s["seq"] >= 2)
    after = page.expect_one("rect")
    assert (after["x"] - before["x"], after["y"] - before["y"]) == (100, 100)
    page.page.mouse.move(800, 600)
    for one in (page, peer):
        one.expect_ink(390, 330, 20, 40, is_inked=True)
        one.expect_ink(320, 195, 60, 10, is_inked=False)
    page.page.keyboard.press("Delete")
    page.expect_saved().expect_elements(0)
    for one in (page, peer):
        one.expect_ink(290, 190, 300, 250, is_inked=False)
    assert peer.elements() == []


def test_C4_undo_and_redo_my_own_work(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("r")
    page.drag((300, 200), (460, 320))
    page.pick("o")
    page.drag((500, 200), (660, 320))
    page.expect_elements(2)

    page.page.keyboard.press("Control+z")
    page.expect_one("rect")
    page.page.keyboard.press("Control+z")
    page.expect_elements(0)
    peer.expect_elements(0)
    peer.expect_ink(290, 190, 400, 150, is_inked=False)
    page.page.keyboard.press("Control+Shift+z")
    page.expect_one("rect")
    page.page.keyboard.press("Control+y")
    peer.expect_elements(2)
    for one in (page, peer):
        one.expect_ink(295, 240, 10, 40, is_inked=True)
        one.expect_ink(495, 240, 10, 40, is_inked=True)

    assert {element["kind"] for element in page.expect_elements(2)} == {
        "rect",
        "ellipse",
    }
    page.expect_saved()


def test_space_pans_and_drawing_follows(page: BoardPage) -> None:
    page.pick("p")
    page.drag((300, 300), (300, 400))
    first = page.expect_one("pen")

    page.page.keyboard.down("Space")
    page.drag((500, 300), (550, 300))
    page.page.keyboard.up("Space")
    page.pick("h")
    page.drag((500, 300), (550, 350))
    page.expect_ink(395, 400, 10, 20, is_inked=True)
    page.pick("p")
    page.page.mouse.move(500, 300)
    page.page.mouse.down(button="middle")
    page.page.mouse.move(500, 310, steps=2)
    page.page.mouse.up(button="middle")
    page.drag((300, 300), (300, 400))

    _, second = sorted(page.expect_elements(2), key=lambda e: e["z"])
    assert second["x"] - first["x"] == pytest.approx(-100, abs=1)
    assert second["y"] - first["y"] == pytest.approx(-60, abs=1)
    page.expect_ink(390, 360, 20, 80, is_inked=True)
    page.page.keyboard.press("Shift+ArrowDown")  # nothing is selected: the view moves
    page.expect_ink(390, 360, 20, 80, is_inked=False)
    assert page.elements() == [first, second]


def test_the_wheel_pans_and_zooms_to_the_pointer(page: BoardPage) -> None:
    page.pick("p")
    page.drag((400, 300), (400, 400))
    first = page.expect_one("pen")

    page.page.mouse.move(400, 300)
    page.page.mouse.wheel(30, 50)
    page.expect_ink(365, 255, 10, 20, is_inked=True)
    page.expect_ink(365, 355, 10, 20, is_inked=False)
    page.page.keyboard.down("Control")
    page.page.mouse.wheel(0, -60)
    page.page.keyboard.up("Control")
    page.expect_ink(335, 370, 20, 10, is_inked=True)  # larger, from the pointer away
    page.expect_ink(335, 180, 20, 10, is_inked=False)
    page.drag((400, 300), (400, 400))

    _, second = sorted(page.expect_elements(2), key=lambda e: e["z"])
    assert second["x"] == pytest.approx(first["x"] + 30, abs=1)
    assert second["y"] == pytest.approx(first["y"] + 50, abs=1)
    assert max(second["points"][1::2]) < max(first["points"][1::2])


def test_escape_takes_a_stroke_back(page: BoardPage) -> None:
    page.pick("r")
    page.drag((300, 300), (500, 400), releases=False)

    page.page.keyboard.press("Escape")
    page.release()

    assert page.elements() == []
    assert page.expect_saved().document()["seq"] == 0


def test_a_selection_is_grouped_aligned_and_locked_with_the_panel(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    for left, top in ((300, 250), (420, 300)):
        page.pick("r")
        page.drag((left, top), (left + 80, top + 60))
    page.expect_elements(2)
    page.page.keyboard.press("Control+a")

    for name in ("Align top", "Group", "Lock or unlock"):
        page.page.get_by_role("button", name=name, exact=True).click()

    elements = page.expect_saved().elements()
    assert len({element["y"] for element in elements}) == 1
    (group,) = {tuple(element["groups"]) for element in elements}
    assert len(group) == 1
    assert all(element["locked"] for element in elements)
    peer.expect_seq(page.document()["seq"])
    assert peer.elements() == elements
    assert page.ink_in(300, 245, 200, 10) > 100  # both upper edges are in one line

    page.page.get_by_role("button", name="Lock or unlock", exact=True).click()
    page.page.keyboard.press("Control+Shift+G")
    elements = page.expect_saved().elements()
    assert not any(element["groups"] or element["locked"] for element in elements)
    peer.expect_seq(page.document()["seq"])
    assert peer.elements() == elements
    right = (790, 320, 40, 80)  # beside the panel there is less room
    page.expect_ink(*right, is_inked=False)
    page.page.keyboard.press("Shift+2")  # twice as large, for me alone
    page.expect_ink(*right, is_inked=True)
    peer.expect_ink(*right, is_inked=False)
