"""Copy, cut and paste with real key and clipboard events."""

import pytest

from tests.e2e.board_page import PASTE, BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard
from tests.support.server import Server

pytestmark = pytest.mark.browser


def test_a_shape_is_cut_and_pasted_into_another_board(
    page: BoardPage, site: Server, new_person: NewPerson
) -> None:
    page.pick("r")
    page.drag((300, 250), (400, 330))
    page.expect_one("rect")

    page.page.keyboard.press("Control+x")
    page.expect_elements(0)
    other = RestBoard.create(site.url, title="Another")
    page.open(board_url(other))
    page.page.mouse.move(500, 400)
    page.page.keyboard.press("Control+v")

    pasted = page.expect_saved().expect_one("rect")
    assert (pasted["w"], pasted["h"]) == (100, 80)
    assert page.ink_in(440, 350, 120, 100) > 200
    peer = new_person("Bo").open(board_url(other))
    assert peer.expect_one("rect") == pasted


def test_text_of_another_program_becomes_a_text(page: BoardPage) -> None:
    page.page.evaluate(PASTE, "Grüße, 世界\n<script>alert(1)</script>")

    text = page.expect_saved().expect_one("text")
    assert text["text"] == "Grüße, 世界\n<script>alert(1)</script>"


def test_five_megabytes_of_text_are_cut_and_that_is_said(page: BoardPage) -> None:
    page.page.evaluate(PASTE, "chalk " * 850_000)

    text = page.expect_saved().expect_one("text")
    assert len(text["text"]) <= 10_000
    assert page.page.get_by_text("Only the first 10000 characters").is_visible()
    page.pick("p")
    page.drag((300, 600), (500, 620))
    page.expect_elements(2)
