"""What is typed into a field stays, whatever others do meanwhile."""

import pytest
from playwright.sync_api import Route, expect

from boards.sync.elements import Rect
from boards.sync.protocol import Change, Put, Set
from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson
from tests.support.convergence import RestBoard
from tests.support.server import Server
from tests.support.waiting import until

pytestmark = pytest.mark.browser

TITLE, WORDS, WHY = "Name of the board", "Description", "Why, for everybody to read"


@pytest.fixture
def owner(site: Server, new_person: NewPerson) -> BoardPage:
    """Somebody on a board of their own."""
    return new_person("Ada").make_board(site.url)


def test_a_name_half_typed_outlives_another_name(owner: BoardPage) -> None:
    other = BoardPage(owner.page.context.new_page()).open(owner.page.url)
    field = owner.page.get_by_label(TITLE)
    field.press_sequentially("Questions of")

    other.page.get_by_label(TITLE).fill("Monday")
    other.page.get_by_label(TITLE).press("Enter")
    expect(owner.page).to_have_title("Monday · Chalkline")

    expect(field).to_have_value("Questions of")
    field.press_sequentially(" the day")
    field.press("Enter")
    expect(other.page).to_have_title("Questions of the day · Chalkline")
    expect(other.page.get_by_label(TITLE)).to_have_value("Questions of the day")

    # What was thought better of leaves the name as it is, and later names are shown.
    field.fill("Nothing")
    field.press("Escape")
    expect(field).to_have_value("Questions of the day")
    other.page.get_by_label(TITLE).fill("Tuesday")
    other.page.get_by_label(TITLE).press("Enter")
    expect(field).to_have_value("Tuesday")


def test_a_name_that_is_not_taken_stays_to_be_sent_again(owner: BoardPage) -> None:
    page, field = owner.page, owner.page.get_by_label(TITLE)
    page.route("**/api/boards/*/", lambda route: route.abort(), times=1)

    field.fill("Monday")
    field.press("Enter")
    expect(page.locator(".toast")).to_have_count(1)
    expect(field).to_have_value("Monday")

    field.focus()
    field.press("Enter")
    expect(page).to_have_title("Monday · Chalkline")


def test_a_description_half_typed_outlives_a_move(
    page: BoardPage, board: RestBoard
) -> None:
    rect = Rect(id="r", x=300, y=200, w=200, h=100)
    board.post_change(Change("made", [Put(rect)])).raise_for_status()
    page.expect_elements(1)
    page.page.keyboard.press("Control+a")
    field = page.page.get_by_label(WORDS)
    field.press_sequentially("Where we")

    board.post_change(Change("moved", [Set("r", {"x": 500})])).raise_for_status()
    expect(page.page.get_by_label("X: from the left")).to_have_value("500")

    expect(field).to_have_value("Where we")
    field.press_sequentially(" are")
    page.press_at(400, 600)  # which lets go of it
    page.expect_status("described", lambda status: status["seq"] == 3)
    assert page.expect_one("rect")["alt"] == "Where we are"


def test_words_for_a_freeze_outlive_what_the_dialog_learns(owner: BoardPage) -> None:
    page, held = owner.page, list[Route]()
    page.route("**/bans/", lambda route: held.append(route))
    page.get_by_role("button", name="Share").first.click()
    page.get_by_label("Freeze the board").check()
    page.get_by_label(WHY).fill("Exam at nine.")
    until(lambda: page.evaluate("() => 1") and held)

    bans = [{"id": 1, "name": "Mallory", "until": None}]
    held[0].fulfill(json={"bans": bans})
    page.get_by_role("button", name="Let in").wait_for()

    expect(page.get_by_label(WHY)).to_have_value("Exam at nine.")
    page.get_by_label(WHY).press("Enter")
    owner.expect_status("told why", lambda it: it["frozen"] == "Exam at nine.")
    expect(page.get_by_label(WHY)).to_be_focused()
