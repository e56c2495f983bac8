"""Finding words, links to places and elements, view mode, the ends of the board."""

import msgspec
import pytest

from boards.sync.protocol import Change
from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard
from tests.support.waiting import until

pytestmark = pytest.mark.browser


# How broad what is red in the middle row is, each time that this changes.
_WATCH_RED = """
() => {
  const canvas = document.querySelector("#board .layer-scene");
  window.seen = [];
  const look = () => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, height / 2, width, 1);
    let n = 0;
    for (let i = 0; i < data.length; i += 4) n += data[i] > 200 && data[i + 1] < 80;
    if (window.seen.at(-1) !== n) window.seen.push(n);
    requestAnimationFrame(look);
  };
  look();
}
"""


def text(id_: str, words: str, x: float, y: float) -> dict[str, object]:
    """The op that puts a text."""
    element = {"id": id_, "kind": "text", "x": x, "y": y, "w": 120, "h": 25}
    return {"op": "put", "element": {**element, "text": words}}


def rect(id_: str, x: float, y: float, **props: object) -> dict[str, object]:
    """The op that puts a filled rectangle of 200 by 100."""
    element = {"id": id_, "kind": "rect", "x": x, "y": y, "w": 200, "h": 100}
    return {"op": "put", "element": {**element, "fill": "#e03131", **props}}


def put(board: RestBoard, ops: list[dict[str, object]]) -> None:
    """Put elements on the board by REST."""
    change = msgspec.convert({"id": "put", "ops": ops}, Change)
    assert board.post_change(change).is_success


def selected(page: BoardPage) -> bool:
    """Whether something is selected, as the context menu knows."""
    page.page.keyboard.press("Control+k")
    actions = page.page.get_by_role("listbox", name="Actions")
    actions.get_by_role("option").first.wait_for()
    found = actions.get_by_role("option", name="Show the selection").count() > 0
    page.page.keyboard.press("Escape")
    actions.wait_for(state="detached")
    return found


def test_words_are_found_and_the_view_goes_there(
    new_person: NewPerson, board: RestBoard
) -> None:
    put(
        board,
        [
            text("a", "Alpha one", 0, 0),
            text("b", "beta", 9_000, 0),
            rect("c", 90_000, 40, label="the ALPHA two"),
        ],
    )
    board.share("view")
    viewer = new_person("Bob").open(board_url(board))
    viewer.expect_elements(3)
    page = viewer.page

    page.keyboard.press("Control+f")
    page.get_by_role("searchbox").fill("álpha")
    page.get_by_text("1 of 2").wait_for()
    viewer.expect_ink(400, 330, 220, 60, is_inked=True)
    page.keyboard.press("Enter")
    page.get_by_text("2 of 2").wait_for()
    viewer.expect_ink(460, 330, 100, 60, is_inked=True)
    page.keyboard.press("Enter")
    page.get_by_text("1 of 2").wait_for()
    page.keyboard.press("Shift+Enter")
    page.get_by_text("2 of 2").wait_for()
    page.get_by_role("searchbox").fill("gamma")
    page.get_by_text("None").wait_for()
    page.keyboard.press("Escape")

    page.get_by_role("searchbox").wait_for(state="detached")


def test_links_lead_to_places_and_elements(
    new_person: NewPerson, board: RestBoard
) -> None:
    put(board, [rect("near", 0, 0), rect("far", 50_000, 50_000)])
    allowed = ["clipboard-read", "clipboard-write"]
    one = new_person("Ada", permissions=allowed).open(f"{board_url(board)}#el=far")
    one.expect_elements(2)
    one.expect_ink(462, 330, 100, 60, is_inked=False)  # it is red all over
    one.expect_ink(200, 200, 624, 320, is_inked=True)
    assert selected(one)

    one.page.mouse.click(512, 360, button="right")
    one.page.get_by_role("menuitem", name="Copy a link to this element").click()
    one.page.get_by_text("The link is copied.").wait_for()
    link = one.page.evaluate("navigator.clipboard.readText()")
    assert link == f"{board_url(board)}#el=far"

    other = new_person("Bob").open(f"{board_url(board)}#100,50,3")
    other.expect_elements(2)
    assert other.page.get_by_role("button", name="Zoom 300 %, reset").is_visible()
    other.expect_ink(212, 210, 600, 300, is_inked=True)
    other.page.evaluate("location.hash = '#el=gone'")

    other.page.get_by_text("is not on the board any more").wait_for()


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_way_to_a_place_is_a_glide_or_a_jump_where_motion_is_unwanted(
    new_person: NewPerson, board: RestBoard, motion: str
) -> None:
    put(board, [rect("far", 1_000, 0)])
    person = new_person("Ada", reduced_motion=motion)
    page = person.open(f"{board_url(board)}#1100,50,0.05").page
    person.expect_elements(1)
    page.wait_for_load_state("networkidle")  # what glides is loaded at rest
    page.evaluate(_WATCH_RED)

    page.keyboard.press("Shift+1")

    until(lambda: page.evaluate("window.seen.at(-1)") > 390, what="it is there")
    seen: list[int] = page.evaluate("window.seen")
    assert (seen[0], seen[-1]) == pytest.approx((10, 396), abs=4)
    assert seen == sorted(seen)  # nearer with every frame
    assert (len(seen) > 3) is (motion != "reduce"), seen


def test_view_mode_puts_editing_aside_for_me(page: BoardPage) -> None:
    page.pick("r")
    page.drag((400, 250), (600, 350))
    page.expect_saved().expect_one("rect")

    page.page.keyboard.press("Alt+r")
    page.page.get_by_text("Only looking").wait_for()
    assert page.page.get_by_role("button", name="Pen", exact=False).count() == 0
    page.page.keyboard.press("Control+a")
    page.page.keyboard.press("Delete")
    page.pick("p")
    page.drag((300, 300), (500, 320))
    page.expect_ink(320, 295, 60, 20, is_inked=False)
    page.page.get_by_role("button", name="Edit again").click()
    page.page.get_by_text("Only looking").wait_for(state="detached")
    page.expect_saved().expect_one("rect")
    page.pick("p")
    page.drag((300, 400), (500, 420))

    page.expect_elements(2)


def test_the_ends_of_the_board_and_of_the_zoom_are_drawn_true(
    new_person: NewPerson, board: RestBoard
) -> None:
    place = f"{board_url(board)}#9900000,-9900000,30"
    page, peer = new_person("Ada").open(place), new_person("Bo").open(place)
    page.page.get_by_role("button", name="Zoom 3000 %, reset").wait_for()
    page.pick("r")
    page.drag((400, 300), (640, 420))

    element = page.expect_saved().expect_one("rect")

    assert element["w"] == pytest.approx(8, abs=0.05)
    assert element["x"] == pytest.approx(9_900_000 + (400 - 512) / 30, abs=0.05)
    assert element["y"] == pytest.approx(-9_900_000 + (300 - 360) / 30, abs=0.05)
    page.page.keyboard.press("Escape")
    assert peer.expect_one("rect") == element
    # Its edges are 120 pixels broad: all of it is ink, to half of that around it.
    for each in (page, peer):
        each.expect_ink(337, 350, 6, 20, is_inked=True)
        each.expect_ink(697, 350, 6, 20, is_inked=True)
        each.expect_ink(510, 237, 20, 6, is_inked=True)
        each.expect_ink(510, 477, 20, 6, is_inked=True)
        each.expect_ink(345, 350, 350, 20, is_inked=False)

    page.page.mouse.move(400, 300)  # over a corner, which stays there
    page.page.keyboard.down("Control")
    for _ in range(20):
        page.page.mouse.wheel(0, 200)
    page.page.keyboard.up("Control")
    zoom = page.page.get_by_role("button", name="Zoom 5 %, reset")
    zoom.wait_for()
    page.expect_ink(390, 290, 20, 20, is_inked=True)
    zoom.click()
    until(
        lambda: page.page.get_by_role("button", name="Zoom 100 %, reset").count() == 1,
        within_s=5,
        what="the glide ends at 100 %",
    )


@pytest.mark.parametrize("sign", ["", "-"])
def test_who_is_led_beyond_the_ends_of_the_board_can_draw_there(
    new_person: NewPerson, board: RestBoard, sign: str
) -> None:
    """What lay beyond was refused, and the page sent away with its stroke."""
    end = f"{sign}99999999999"
    page = new_person("Ada").open(f"{board_url(board)}#{end},{end},1")

    page.pick("p")
    page.drag((300, 200), (420, 320))
    page.drag((600, 400), (720, 520))

    page.expect_saved().expect_elements(2)
    page.expect_ink(340, 240, 40, 40, is_inked=True)
    page.expect_ink(640, 440, 40, 40, is_inked=True)
