"""Frames: what is in one belongs to it, moves with it and is cut off at its edge."""

import pytest
from playwright.sync_api import expect

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.e2e.keys import run_named
from tests.support.convergence import RestBoard
from tests.support.waiting import until

pytestmark = pytest.mark.browser


def test_a_frame_cuts_off_carries_and_lets_go(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("f")
    page.drag((300, 200), (600, 500))
    page.pick("l")
    page.drag((400, 300), (700, 300))  # its middle inside, its end outside
    page.expect_saved()
    frame, line = page.expect_elements(2)
    page.pick("Escape")

    assert line["frame"] == frame["id"]
    peer.expect_seq(page.document()["seq"])
    for one in (page, peer):
        one.expect_ink(450, 290, 100, 20, is_inked=True)
        one.expect_ink(610, 290, 100, 20, is_inked=False)
    page.press_at(680, 300)  # where it is cut off
    assert page.page.get_by_label("Description").count() == 0

    page.drag((450, 200), (450, 250), (500, 300), steps=8)  # by its border
    page.expect_status("saved", lambda s: s["unsaved"] == 0 and s["seq"] == 3)
    moved = {element["id"]: element for element in page.elements()}
    assert moved[frame["id"]]["x"] - frame["x"] == 50
    assert moved[line["id"]]["x"] - line["x"] == 50
    assert moved[line["id"]]["y"] - line["y"] == 100

    page.pick("Escape")
    page.drag((500, 400), (400, 400), (200, 400), steps=8)
    page.expect_status("saved", lambda s: s["unsaved"] == 0 and s["seq"] == 4)
    page.pick("Escape")
    peer.expect_seq(4)
    for one in (page, peer):
        assert one.elements()[1].get("frame") is None
        one.expect_ink(230, 390, 100, 20, is_inked=True)  # outside, and whole again


def test_a_frame_is_named_by_double_click(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("f")
    page.drag((300, 200), (600, 500))
    page.pick("Escape")
    assert page.expect_one("frame")["title"] == "Frame 1"
    peer.expect_ink(305, 176, 40, 20, is_inked=True)
    peer.expect_ink(370, 176, 40, 20, is_inked=False)  # a short name

    page.page.mouse.dblclick(315, 188)
    page.page.keyboard.type("Next quarter")
    page.page.keyboard.press("Enter")

    assert page.expect_saved().expect_one("frame")["title"] == "Next quarter"
    for one in (page, peer):
        one.expect_ink(370, 176, 40, 20, is_inked=True)

    page.page.mouse.move(450, 650)
    page.page.keyboard.down("Control")
    page.page.mouse.wheel(0, 400)  # far away it still is to be read
    page.page.keyboard.up("Control")
    title = page.page.locator(".frame-titles span")
    expect(title).to_have_text("Next quarter")
    box = title.bounding_box()
    assert box and box["height"] >= 14
    page.expect_ink(box["x"], box["y"], 40, box["height"] - 4, is_inked=False)
    page.pick("Escape")
    page.press_at(box["x"] + box["width"] - 3, box["y"] + box["height"] - 4)
    page.pick("Delete")
    page.expect_elements(0)
    expect(title).to_have_count(0)


def test_a_frame_is_put_around_what_is_selected(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    for left in (300, 450):
        page.pick("r")
        page.drag((left, 250), (left + 100, 350))
    page.expect_elements(2)
    page.page.keyboard.press("Control+a")

    run_named(page, "Put a frame around")

    elements = page.expect_saved().expect_elements(3)
    (frame,) = (one for one in elements if one["kind"] == "frame")
    inside = [one for one in elements if one["kind"] == "rect"]
    assert [one["frame"] for one in inside] == [frame["id"]] * 2
    assert (frame["x"], frame["y"]) == (300 - 512 - 32, 250 - 360 - 32)
    assert (frame["w"], frame["h"]) == (250 + 64, 100 + 64)
    page.pick("Escape")
    until(lambda: peer.canonical() == page.canonical(), what="the peer has it, too")
    for one in (page, peer):
        one.expect_ink(262, 290, 12, 20, is_inked=True)  # its left side
        one.expect_ink(265, 195, 50, 20, is_inked=True)  # its title
    page.drag((268, 300), (268, 340), (268, 400), steps=8)  # by that side
    page.pick("Escape")
    until(
        lambda: (
            [e["y"] - 100 for e in page.elements() if e["kind"] == "rect"]
            == [one["y"] for one in inside]
        ),
        what="what is in it goes along",
    )
    page.expect_saved()
    until(lambda: peer.canonical() == page.canonical(), what="the peer has it, too")
    for one in (page, peer):
        one.expect_ink(290, 440, 20, 20, is_inked=True)
        one.expect_ink(290, 255, 20, 20, is_inked=False)
