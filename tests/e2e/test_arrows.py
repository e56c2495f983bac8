"""Lines and arrows: bound to shapes, through many points, live for everybody."""

from typing import Any

import pytest

from boards.sync.elements import Props
from boards.sync.protocol import Change, Del, Set
from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard
from tests.support.waiting import until

pytestmark = pytest.mark.browser


def draw_two_boxes(page: BoardPage) -> None:
    """A rectangle on the left and one on the right, nothing selected."""
    for left in (300, 600):
        page.pick("r")
        page.drag((left, 300), (left + 100, 400))
    page.pick("Escape")
    page.expect_elements(2)


def draw_arrow(page: BoardPage) -> dict[str, Any]:
    """An arrow from the middle of the left box to the middle of the right one."""
    page.pick("a")
    page.drag((350, 350), (500, 340), (650, 350))
    page.pick("Escape")
    return page.expect_saved().expect_elements(3)[-1]


def expect_ink(page: BoardPage, left: float, top: float, is_there: bool = True) -> None:
    """Wait until there is ink in a square of 30 pixels there, or none."""
    until(
        lambda: (page.ink_in(left - 15, top - 15, 30, 30) > 0) == is_there,
        within_s=10,
        what=f"ink at {left}, {top}: {is_there}",
    )


def test_an_arrow_goes_where_its_shapes_go_for_everybody(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    draw_two_boxes(page)
    arrow = draw_arrow(page)
    boxes = page.elements()[:2]
    assert arrow["start"] == {"id": boxes[0]["id"], "x": 0.5, "y": 0.5}
    assert arrow["end"] == {"id": boxes[1]["id"], "x": 0.5, "y": 0.5}
    peer.expect_elements(3)
    expect_ink(peer, 500, 350)

    # While it is dragged, before anything is kept: the middle of the arrow rises.
    page.drag((620, 300), (620, 250), (620, 100), releases=False)
    for one in (page, peer):
        expect_ink(one, 500, 250)
        expect_ink(one, 500, 350, is_there=False)
    page.release()
    assert page.expect_saved().elements()[-1] == arrow  # nothing but the box changed

    # By a program that knows nothing of arrows.
    box = page.elements()[0]
    down = Set(id=box["id"], props=Props(y=box["y"] + 200))
    assert board.post_change(Change(id="down", ops=[down])).status_code == 201
    for one in (page, peer):
        expect_ink(one, 500, 350)
        expect_ink(one, 425, 450)
    gone = Change(id="gone", ops=[Del(id=box["id"])])
    assert board.post_change(gone).status_code == 201
    for one in (page, peer):
        one.expect_elements(2)
        expect_ink(one, 350, 600, is_there=False)
        expect_ink(one, 425, 450)  # it holds on to nothing, and stays


def test_an_arrow_stays_when_its_shape_is_deleted_and_undo_binds_it_again(
    page: BoardPage,
) -> None:
    draw_two_boxes(page)
    arrow = draw_arrow(page)
    page.drag((620, 300), (620, 250), (620, 100))

    page.page.keyboard.press("Delete")

    _, left = page.expect_saved().expect_elements(2)
    assert "end" not in left
    assert left["start"] == arrow["start"]
    expect_ink(page, 500, 250)
    page.page.keyboard.press("Control+z")
    assert page.expect_elements(3)[-1] == arrow
    expect_ink(page, 500, 250)


def test_a_shape_says_that_it_would_be_held_unless_ctrl_is_down(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    draw_two_boxes(page)
    page.pick("a")
    calm = page.ink_in(580, 280, 60, 140)

    page.page.mouse.move(650, 350)
    assert page.ink_in(580, 280, 60, 140) > calm + 200
    page.page.keyboard.down("Control")
    page.drag((500, 250), (650, 350))
    page.page.keyboard.up("Control")

    arrow = page.expect_saved().expect_elements(3)[-1]
    assert "end" not in arrow
    assert peer.expect_elements(3)[-1] == arrow
    expect_ink(peer, 640, 343)  # it ends within the box, which does not hold it
    page.drag((650, 350), (640, 340), (630, 330))  # its end, now without Ctrl
    until(lambda: "end" in page.elements()[-1], within_s=10, what="the arrow is bound")
    page.pick("Escape")
    for one in (page, peer):
        expect_ink(one, 640, 343, is_there=False)  # it ends at the edge


def test_a_copy_of_shapes_and_arrow_is_bound_to_the_copied_shapes(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    draw_two_boxes(page)
    draw_arrow(page)

    page.page.keyboard.press("Control+a")
    page.page.keyboard.press("Control+d")

    elements = page.expect_saved().expect_elements(6)
    copies = {element["id"] for element in elements[3:]}
    assert {elements[5]["start"]["id"], elements[5]["end"]["id"]} < copies
    page.pick("Escape")
    assert peer.expect_elements(6) == elements
    dx, dy = (elements[3][name] - elements[0][name] for name in ("x", "y"))
    for one in (page, peer):
        expect_ink(one, 500 + dx, 350 + dy)
        expect_ink(one, 700 + dx, 350 + dy)


def test_a_line_is_clicked_through_points_which_can_be_pulled_and_removed(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("l")
    for place in ((300, 300), (400, 400), (500, 300)):
        page.press_at(*place)
    page.page.mouse.move(560, 360)
    expect_ink(peer, 530, 330)  # others see where it would go
    page.page.keyboard.press("Enter")
    line = page.expect_saved().expect_one("line")
    assert line["points"] == [0, 0, 100, 100, 200, 0]

    page.drag((450, 350), (480, 380), (500, 400))  # the middle of a leg
    line = page.expect_saved().expect_one("line")
    assert line["points"] == [0, 0, 100, 100, 200, 100, 200, 0]
    expect_ink(page, 450, 400)

    page.press_at(400, 400)
    page.page.keyboard.press("Delete")
    line = page.expect_saved().expect_one("line")
    assert line["points"] == [0, 0, 200, 100, 200, 0]
    peer.expect_seq(page.document()["seq"])
    assert peer.expect_one("line") == line
    for one in (page, peer):
        expect_ink(one, 400, 350)
        expect_ink(one, 365, 370, is_there=False)
    page.page.keyboard.press("Control+z")
    assert len(page.expect_one("line")["points"]) == 8
    page.page.keyboard.press("Delete")
    page.expect_elements(0)


def test_a_viewer_can_pull_no_point(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    page.pick("l")
    page.drag((300, 300), (500, 300))
    line = page.expect_saved().expect_one("line")
    board.share("view")
    viewer = new_person("Cy").open(board_url(board))
    viewer.expect_elements(1)

    viewer.press_at(400, 300)
    viewer.drag((500, 300), (500, 400))

    assert viewer.expect_one("line") == line


def test_an_arrow_is_labelled_and_takes_another_way(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    draw_two_boxes(page)
    page.pick("a")
    page.drag((350, 350), (500, 500), (650, 350))
    page.page.keyboard.press("Enter")
    page.page.keyboard.type("yes")
    page.page.keyboard.press("Escape")

    arrow = page.expect_saved().expect_elements(3)[-1]
    assert arrow["label"] == "yes"
    page.pick("Escape")
    for one in (page, peer):  # the line is interrupted beside the words
        one.expect_ink(478, 340, 4, 20, is_inked=False)
        assert one.ink_in(480, 338, 40, 24) > 50

    page.page.mouse.dblclick(500, 350)
    page.page.keyboard.type("no")
    page.page.keyboard.press("Control+Enter")
    page.page.get_by_role("radio", name="Way: Right angles").click()
    page.pick("Escape")
    page.drag((620, 300), (620, 350), (620, 450))

    arrow = page.expect_saved().elements()[-1]
    assert (arrow["label"], arrow["route"]) == ("no", "elbow")
    peer.expect_seq(page.document()["seq"])
    assert peer.elements() == page.elements()
    for one in (page, peer):
        expect_ink(one, 500, 400)  # straight down in the middle of the gap
        expect_ink(one, 450, 350)
        expect_ink(one, 550, 500)


def test_an_arrow_bends_and_others_see_it(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("a")
    page.page.get_by_role("radio", name="Way: Curved").click()
    page.press_at(300, 300)
    page.press_at(450, 420)
    page.press_at(600, 300)
    page.page.keyboard.press("Enter")
    page.pick("Escape")

    arrow = page.expect_saved().expect_one("arrow")
    assert (arrow["route"], len(arrow["points"])) == ("curve", 6)
    peer.expect_one("arrow")
    for one in (page, peer):
        one.expect_ink(440, 410, 20, 20, is_inked=True)  # through its middle point
        one.expect_ink(350, 330, 10, 20, is_inked=False)  # and not straight to it


# How far to each side of its line an arrow's head reaches, and whether it is filled.
HEADS = {
    "None": ("none", 6, False),
    "Arrow": ("arrow", 6, False),
    "Triangle": ("triangle", 6, True),
    "Dot": ("dot", 4, True),
    "Diamond": ("diamond", 4, True),
    "Bar": ("bar", 6, False),
}


def test_arrows_go_from_press_to_release_with_the_heads_that_were_chosen(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("q")
    page.pick("a")
    page.page.get_by_role("radio", name="Start: Dot").click()
    tops = {}
    for n, (title, (head, _, _)) in enumerate(HEADS.items()):
        page.page.get_by_role("radio", name=f"End: {title}").click()
        tops[head] = 130 + 60 * n
        page.drag((300, tops[head]), (460, tops[head]))
    page.pick("l")
    page.drag((300, 560), (460, 680))

    *arrows, line = page.expect_saved().expect_elements(len(HEADS) + 1)
    assert [arrow.get("head", "arrow") for arrow in arrows] == list(tops)
    assert {arrow["tail"] for arrow in arrows} == {"dot"}
    assert {tuple(arrow["points"]) for arrow in arrows} == {(0, 0, 160, 0)}
    assert (line["kind"], line["points"]) == ("line", [0, 0, 160, 120])
    page.pick("v")
    page.pick("Escape")
    assert peer.expect_elements(len(arrows) + 1) == page.elements()
    for one in (page, peer):
        for head, reach, is_filled in HEADS.values():
            y = tops[head]
            one.expect_color(300, y, "#1e1e1e")  # the dot at its start
            one.expect_ink(440, y - reach, 26, 2, is_inked=head != "none")
            one.expect_ink(440, y - 20, 26, 8, is_inked=False)
            one.expect_ink(360, y - 8, 40, 4, is_inked=False)
            if is_filled:
                one.expect_color(452, y, "#1e1e1e")
        inks = {one.ink_in(430, y - 20, 40, 40) for y in tops.values()}
        assert len(inks) == len(HEADS)  # no two look alike
        one.expect_ink(375, 615, 10, 10, is_inked=True)  # the middle of the line


def test_an_arrow_begins_with_any_head(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("q")
    page.pick("a")
    page.page.get_by_role("radio", name="End: None").click()
    tops = {}
    for n, (title, (head, _, _)) in enumerate(HEADS.items()):
        page.page.get_by_role("radio", name=f"Start: {title}").click()
        tops[head] = 130 + 60 * n
        page.drag((300, tops[head]), (460, tops[head]))
    page.pick("v")
    page.pick("Escape")

    arrows = page.expect_saved().expect_elements(len(HEADS))
    assert [arrow.get("tail", "none") for arrow in arrows] == list(tops)
    assert {arrow["head"] for arrow in arrows} == {"none"}
    assert peer.expect_elements(len(HEADS)) == arrows
    for one in (page, peer):
        for head, reach, is_filled in HEADS.values():
            y = tops[head]
            one.expect_ink(294, y - reach, 26, 2, is_inked=head != "none")
            one.expect_ink(440, y - 8, 26, 4, is_inked=False)
            if is_filled:
                one.expect_color(308, y, "#1e1e1e")
        inks = {one.ink_in(290, y - 20, 40, 40) for y in tops.values()}
        assert len(inks) == len(HEADS)  # no two look alike


def test_the_middle_of_a_way_by_right_angles_is_pulled_aside(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("a")
    page.page.get_by_role("radio", name="Way: Right angles").click()
    page.drag((300, 300), (600, 500))
    page.expect_saved().expect_one("arrow")
    expect_ink(peer, 450, 350)

    page.drag((450, 400), (480, 410), (520, 430))

    arrow = page.expect_saved().expect_one("arrow")
    assert arrow["points"] == [0, 0, 220, 100, 300, 200]  # it moved sideways only
    page.pick("Escape")
    until(lambda: peer.canonical() == page.canonical(), what="the peer has it, too")
    for one in (page, peer):
        for y in (350, 450):
            expect_ink(one, 520, y)
            expect_ink(one, 450, y, is_there=False)


def test_a_chart_is_made_by_keyboard_alone(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    press, write = page.page.keyboard.press, page.page.keyboard.type
    page.pick("r")
    press("Enter")
    write("Start")
    press("Escape")
    press("Control+ArrowRight")
    write("Middle")
    press("Escape")
    press("Control+ArrowDown")
    press("Control+ArrowLeft")  # nothing typed: on with the chart
    write("End")
    press("Escape")

    elements = page.expect_saved().expect_elements(7)
    boxes = [element for element in elements if element["kind"] == "rect"]
    assert [box.get("label", "") for box in boxes] == ["Start", "Middle", "", "End"]
    assert (boxes[3]["x"], boxes[3]["y"]) == (boxes[0]["x"], boxes[2]["y"])
    press("Control+a")
    press("Shift+A")
    page.expect_elements(10)
    press("Control+z")
    page.expect_elements(7)
    peer.expect_seq(page.expect_saved().document()["seq"])
    assert peer.elements() == page.elements()
