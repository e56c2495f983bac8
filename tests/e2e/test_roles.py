"""Who may only look, looks; who may nothing, is told so."""

import pytest
from playwright.sync_api import Locator, Route, expect

from boards.sync.elements import Rect
from boards.sync.protocol import Change, Put
from tests.e2e.conftest import NewPerson, board_url
from tests.e2e.keys import owner_with
from tests.support.convergence import RestBoard
from tests.support.server import Server
from tests.support.waiting import until

pytestmark = pytest.mark.browser


def put_rect(board: RestBoard) -> None:
    rect = Rect(id="r", x=300, y=200, w=100, h=80)
    board.post_change(Change("made", [Put(rect)])).raise_for_status()


def test_A2_a_viewer_sees_everything_and_draws_nothing(
    site: Server, new_person: NewPerson
) -> None:
    board = RestBoard.create(site.url, link_role="view")
    page = new_person("Ada").open(board_url(board))

    for key in ("p", "r", "t", "e"):
        page.pick(key)
        page.drag((300, 200), (500, 300))
    put_rect(board)

    page.expect_one("rect")
    page.page.keyboard.press("Control+a")
    page.page.keyboard.press("Delete")
    assert [element["id"] for element in page.elements()] == ["r"]
    assert board.elements().seq == 1
    board.rename("Monday")
    page.page.get_by_role("heading", name="Monday").wait_for()


def test_A3_a_right_that_is_taken_away_ends_at_once(
    new_person: NewPerson, board: RestBoard
) -> None:
    page = new_person("Ada").open(board_url(board))
    page.pick("p")
    page.drag((300, 200), (500, 300))
    page.expect_saved().expect_elements(1)

    board.share("view")
    page.expect_status("viewing", lambda status: status["role"] == "view")
    page.page.get_by_text("You may look, but not draw.").wait_for()
    page.drag((300, 400), (500, 500))
    assert len(page.elements()) == 1
    board.share("none")

    page.expect_status("closed", lambda status: status["status"] == "closed")
    assert board.elements().seq == 1


def test_A1_a_private_board_is_not_shown(site: Server, new_person: NewPerson) -> None:
    board = RestBoard.create(site.url, link_role="none", title="Secret plans")
    page = new_person().page

    answer = page.goto(board_url(board))

    assert answer is not None
    assert answer.status == 403
    assert "Secret plans" not in page.content()


def test_a_board_that_does_not_exist_says_so(
    site: Server, new_person: NewPerson
) -> None:
    page = new_person().page

    answer = page.goto(f"{site.url}/b/AAAAAAAAAAAAAAAAAAAAAA/")

    assert answer is not None
    assert answer.status == 404


def expect_right_below(menu: Locator, button: Locator) -> None:
    """Fail unless the menu hangs on the button: it once lay below the whole list."""
    opened, pressed = menu.bounding_box(), button.bounding_box()
    assert opened is not None
    assert pressed is not None
    gap = opened["y"] - (pressed["y"] + pressed["height"])
    assert 0 <= gap < pressed["height"]


def test_an_owner_undoes_bans_and_freezes_in_the_browser(
    site: Server, new_person: NewPerson
) -> None:
    owner, mallory = owner_with(site, new_person)
    owner.pick("p")
    owner.drag((300, 200), (500, 300))
    mallory.expect_elements(1)
    mallory.pick("p")
    mallory.drag((300, 400), (500, 500))
    mallory.expect_saved()
    owner.expect_elements(2)
    owner.expect_ink(290, 390, 220, 120, is_inked=True)

    menu = owner.page.get_by_role("button", name="What to do about Mallory")
    owner.page.get_by_role("button", name="Everyone on this board").first.click()
    menu.click()
    expect_right_below(owner.page.get_by_role("menu"), menu)
    opened = owner.page.get_by_role("menu", name="What to do about Mallory")
    expect(opened).to_contain_text("What to do about Mallory")  # seen, not only heard
    expect(opened).to_contain_text("Guests on the same network, too")
    owner.page.get_by_role("menuitem", name="In the last 10 minutes").click()

    owner.page.get_by_text("1 change by Mallory was undone.").wait_for()
    owner.expect_elements(1)
    owner.expect_ink(290, 390, 220, 120, is_inked=False)
    mallory.expect_elements(1)
    undone = "owner has undone what you did."
    mallory.page.get_by_text(undone).wait_for()
    expect(owner.page.get_by_text(undone)).to_have_count(0)
    owner.page.get_by_role("button", name="Bring it back").click()
    owner.page.get_by_text("What Mallory did is back.").wait_for()
    owner.expect_elements(2)
    mallory.expect_ink(290, 390, 220, 120, is_inked=True)

    owner.page.get_by_role("button", name="Share").first.click()
    held: list[Route] = []
    # The first is on its way for long: words typed meanwhile came in before it.
    owner.page.route("**/freeze/", lambda route: held.append(route), times=1)
    owner.page.get_by_label("Freeze the board").check()
    why = owner.page.get_by_label("Why, for everybody to read")
    why.fill("Exam at nine.")
    why.press("Enter")
    expect(why).to_have_value("Exam at nine.")
    until(lambda: owner.page.evaluate("() => 1") and held)
    held[0].continue_()
    mallory.page.get_by_text("Exam at nine.").wait_for()
    owner.expect_status("told why", lambda it: it["frozen"] == "Exam at nine.")
    mallory.expect_status("viewing", lambda status: status["role"] == "view")
    expect(mallory.page.locator(".status")).to_have_text("Frozen")
    owner.page.get_by_text("only you can change it. Unfreeze it under").wait_for()
    mallory.page.get_by_role("button", name="Share").first.click()
    shared = mallory.page.get_by_role("dialog", name="Share this board")
    expect(shared).to_contain_text("only its owner can change it.")
    expect(shared).not_to_contain_text("may draw")
    mallory.page.keyboard.press("Escape")
    owner.page.get_by_label("Freeze the board").uncheck()
    mallory.expect_status("drawing", lambda status: status["role"] == "edit")
    mallory.page.get_by_text("You may draw on this board now.").wait_for()
    expect(owner.page.get_by_text("You may draw on this board now.")).to_have_count(0)
    # What held before is not said beside what holds now; by itself it goes in 6 s.
    assert mallory.page.get_by_text("Exam at nine.").count() == 0
    owner.page.keyboard.press("Escape")

    owner.page.get_by_role("button", name="Everyone on this board").first.click()
    menu.click()
    mallory.page.get_by_role("button", name="Share").first.click()
    dialog = mallory.page.get_by_role("dialog", name="Share this board")
    dialog.wait_for()
    owner.page.get_by_role("menuitem", name="For an hour").click()

    mallory.expect_status("closed", lambda status: status["status"] == "closed")
    expect(dialog).to_have_count(0)  # it would lie over the reason
    owner.page.get_by_text("Mallory is kept away.").wait_for()
    expect(mallory.page.get_by_text("has sent you away.")).to_have_count(1)
    expect(mallory.page.get_by_text("You are kept away until")).to_have_count(1)
    expect(mallory.page.locator(".toast")).to_have_count(0)  # nor would they
    answer = mallory.page.reload()
    assert answer is not None
    assert answer.status == 403
    mallory.page.get_by_role(
        "heading", name="You are banned from this board"
    ).wait_for()
