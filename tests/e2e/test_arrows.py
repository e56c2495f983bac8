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
    page: BoardPage,
) -> None:
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
    page.drag((650, 350), (640, 340), (630, 330))  # its end, now without Ctrl
    until(lambda: "end" in page.elements()[-1], within_s=10, what="the arrow is bound")


def test_a_copy_of_shapes_and_arrow_is_bound_to_the_copied_shapes(
    page: BoardPage,
) -> None:
    draw_two_boxes(page)
    draw_arrow(page)

    page.page.keyboard.press("Control+a")
    page.page.keyboard.press("Control+d")

    elements = page.expect_saved().expect_elements(6)
    copies = {element["id"] for element in elements[3:]}
    assert {elements[5]["start"]["id"], elements[5]["end"]["id"]} < copies


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


def test_an_arrow_is_labelled_and_takes_another_way(page: BoardPage) -> None:
    draw_two_boxes(page)
    page.pick("a")
    page.drag((350, 350), (500, 500), (650, 350))
    page.page.keyboard.press("Enter")
    page.page.keyboard.type("yes")
    page.page.keyboard.press("Escape")

    arrow = page.expect_saved().expect_elements(3)[-1]
    assert arrow["label"] == "yes"
    page.pick("Escape")
    until(
        lambda: page.ink_in(478, 340, 4, 20) == 0,
        within_s=10,
        what="the line is interrupted beside the words",
    )
    assert page.ink_in(480, 338, 40, 24) > 50

    page.page.mouse.dblclick(500, 350)
    page.page.keyboard.type("no")
    page.page.keyboard.press("Control+Enter")
    page.page.get_by_role("radio", name="Way: Right angles").click()
    page.pick("Escape")
    page.drag((620, 300), (620, 350), (620, 450))

    arrow = page.expect_saved().elements()[-1]
    assert (arrow["label"], arrow["route"]) == ("no", "elbow")
    expect_ink(page, 500, 400, is_there=True)  # straight down in the middle of the gap
    expect_ink(page, 450, 350)
    expect_ink(page, 550, 500)


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
