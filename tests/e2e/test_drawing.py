"""A stroke on a real page: it stays, it survives, others see it grow."""

import pytest

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard, assert_equal
from tests.support.server import running_server
from tests.support.waiting import until

pytestmark = pytest.mark.browser

# A storage that takes its time, as on a busy machine: nothing is sent before.
_WRITES_LATE = "() => { IDBObjectStore.prototype.put = () => new Promise(() => {}); }"
ZIGZAG = [(300.0, 200.0), (400.0, 300.0), (500.0, 200.0), (600.0, 300.0)]


def test_a_stroke_is_there_after_a_reload(page: BoardPage) -> None:
    page.pick("p")

    page.drag(*ZIGZAG)
    drawn = page.expect_saved().expect_one("pen")
    page.reload()

    assert page.expect_one("pen") == drawn
    assert len(drawn["points"]) >= 2 * len(ZIGZAG)


def test_a_reload_takes_no_stroke_that_was_not_written_yet_nor_one_in_the_hand(
    page: BoardPage, board: RestBoard
) -> None:
    page.page.evaluate(_WRITES_LATE)
    page.pick("p")
    page.drag(*ZIGZAG)
    page.drag(*[(x, y + 200) for x, y in ZIGZAG], releases=False)
    seen = page.ink_in(0, 0, 1024, 720)

    page.reload()

    lifted, held = page.expect_elements(2)
    assert min(len(lifted["points"]), len(held["points"])) >= 2 * len(ZIGZAG)
    page.expect_saved()
    assert board.drawn_ids() == [lifted["id"], held["id"]]
    # In the middle of the page now, and at the same size.
    until(
        lambda: abs(page.ink_in(0, 0, 1024, 720) - seen) < seen / 4,
        what=f"{seen} pixels of ink, there are {page.ink_in(0, 0, 1024, 720)}",
    )
    for n_left in (1, 0):  # what undoes them was not written either
        page.page.keyboard.press("Control+z")
        page.expect_elements(n_left)


def test_a_reload_takes_no_words_that_are_being_typed(
    page: BoardPage, board: RestBoard
) -> None:
    page.pick("t")
    page.press_at(450, 300)
    page.page.keyboard.type("Half a sen")
    # What is kept of the typing and the change it becomes must not both arrive.
    until(lambda: "Half a sen" in "".join(page.written()), what="the typing is kept")
    page.page.evaluate(_WRITES_LATE)

    page.reload()

    text = page.expect_saved().expect_one("text")
    assert text["text"] == "Half a sen"
    assert board.drawn_ids() == [text["id"]]
    page.expect_ink(400, 260, 300, 200, is_inked=True)  # about in the middle now
    page.page.keyboard.press("Control+z")
    page.expect_elements(0)


def test_a_stroke_survives_a_restart_of_the_server(
    new_person: NewPerson, sqlite_url: str
) -> None:
    with running_server({"DATABASE_URL": sqlite_url}) as server:
        page = new_person().open(board_url(RestBoard.create(server.url)))
        page.pick("p")
        page.drag(*ZIGZAG)
        drawn = page.expect_saved().expect_one("pen")

        page.drag((300, 500), (400, 500), releases=False)  # another, in mid-stroke
        server.stop()
        page.expect_status("away", lambda status: status["status"] != "live")
        page.page.mouse.move(500, 500, steps=3)
        server.start()
        page.page.mouse.move(600, 500, steps=3)
        page.release()

        both = page.expect_saved().expect_elements(2)
        assert both[0] == drawn
        assert max(both[1]["points"][::2]) == 300
        assert page.reload().expect_elements(2) == both


def test_two_pages_see_each_others_strokes(
    new_person: NewPerson, board: RestBoard
) -> None:
    ada = new_person("Ada").open(board_url(board))
    bob = new_person("Bob").open(board_url(board))

    ada.pick("p")
    ada.drag(*ZIGZAG)
    bob.pick("p")
    bob.drag(*[(x, y + 200) for x, y in ZIGZAG])

    ada.expect_elements(2)
    bob.expect_elements(2)
    ada.expect_saved()
    bob.expect_saved()
    assert_equal({"Ada": ada.canonical(), "Bob": bob.canonical(), **board.documents()})


def test_a_stroke_is_seen_before_the_pen_goes_up(
    new_person: NewPerson, board: RestBoard
) -> None:
    ada = new_person("Ada").open(board_url(board))
    bob = new_person("Bob").open(board_url(board))
    ada.pick("p")

    ada.drag(*ZIGZAG, releases=False)

    until(lambda: bob.ink_in(280, 180, 340, 140) > 200, what="Bob sees the draft")
    assert bob.elements() == []
    ada.release()
    bob.expect_one("pen")


def test_a_peer_has_a_cursor_with_a_name(
    new_person: NewPerson, board: RestBoard
) -> None:
    ada = new_person("Ada").open(board_url(board))
    bob = new_person("Bob").open(board_url(board))
    bob.page.mouse.move(100, 100)

    ada.page.mouse.move(500, 350, steps=3)

    until(lambda: bob.cursor_labels() == ["Ada"], what=f"cursors {bob.cursor_labels()}")


def test_C5_a_tap_of_the_pen_leaves_a_dot(page: BoardPage) -> None:
    page.pick("p")

    page.press_at(400, 300)

    dot = page.expect_saved().expect_one("pen")
    assert 2 <= len(dot["points"]) <= 4
    assert page.ink_in(390, 290, 20, 20) > 0
