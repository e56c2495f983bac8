"""What is typed into a field stays, whatever others do meanwhile."""

import pytest
from playwright.sync_api import Route, expect

from boards.sync.elements import Rect
from boards.sync.protocol import Change, Del, Put, Set
from tests.e2e.board_page import WITHIN_S, BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard
from tests.support.server import Server
from tests.support.waiting import until

pytestmark = pytest.mark.browser

# A few frames later: time for a page to draw what it should not.
FRAMES = """async () => {
  for (let n = 0; n < 5; n += 1) await new Promise(requestAnimationFrame);
}"""
# It is loaded once the board rests.
_TELLS_OF_LOST_WORDS = """() => performance.getEntriesByType("resource")
  .some(({ name }) => name.includes("lost_words"))"""
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
    until(lambda: page.evaluate("() => 1") and held, within_s=WITHIN_S)

    bans = [{"id": 1, "name": "Mallory", "until": None}]
    held[0].fulfill(json={"bans": bans})
    page.get_by_role("button", name="Let in").wait_for()

    expect(page.get_by_label(WHY)).to_have_value("Exam at nine.")
    page.get_by_label(WHY).press("Enter")
    owner.expect_status("told why", lambda it: it["frozen"] == "Exam at nine.")
    expect(page.get_by_label(WHY)).to_be_focused()


def test_a_slider_is_not_pulled_from_the_hand(
    page: BoardPage, board: RestBoard
) -> None:
    page.pick("p")
    slider = page.page.get_by_role("slider", name="Width")
    box = slider.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.page.mouse.move(box["x"] + 10, middle)
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + box["width"] - 10, middle, steps=3)
    held = int(slider.input_value())
    assert held > 30

    rect = Rect(id="r", x=300, y=200, w=200, h=100)
    board.post_change(Change("made", [Put(rect)])).raise_for_status()
    page.expect_elements(1)
    page.expect_ink(802, 550, 20, 60, is_inked=True)  # is painted
    assert int(slider.input_value()) == held
    page.page.mouse.up()

    page.drag((400, 500), (600, 560))
    pen = next(e for e in page.expect_saved().expect_elements(2) if e["kind"] == "pen")
    assert pen["width"] == held


def test_who_only_passes_a_slider_changes_nothing(
    page: BoardPage, board: RestBoard
) -> None:
    """It cannot show a width of 2.5 or an opacity of 73 %, and rounds them."""
    rect = Rect(id="r", x=0, y=0, w=200, h=100, width=2.5, opacity=0.73)
    board.post_change(Change("made", [Put(rect)])).raise_for_status()
    page.expect_elements(1)
    page.page.keyboard.press("Control+a")
    for name in ("Width", "Opacity"):
        page.page.get_by_role("slider", name=name).focus()
        page.page.keyboard.press("Tab")
    page.page.keyboard.press("Escape")
    page.pick("p")
    page.drag((300, 200), (400, 260))

    page.expect_saved().expect_elements(2)
    element = next(e for e in page.elements() if e["id"] == "r")
    assert (element["width"], element["opacity"]) == (2.5, 0.73)


def test_a_colour_that_is_looked_at_is_not_put_back(
    page: BoardPage, board: RestBoard
) -> None:
    """The picker is the system's: here are the events that it sends."""
    page.pick("p")
    picker = page.page.locator("input[type=color]").first
    send = "(field, kind) => field.dispatchEvent(new Event(kind, { bubbles: true }))"
    picker.evaluate(f"field => {{ field.value = '#123456'; ({send})(field, 'input') }}")
    page.page.evaluate(FRAMES)

    board.post_change(
        Change("made", [Put(Rect(id="r", x=300, y=200, w=200, h=100))])
    ).raise_for_status()
    page.expect_elements(1)
    page.expect_ink(802, 550, 20, 60, is_inked=True)  # is painted
    expect(picker).to_have_value("#123456")
    picker.evaluate(send, "change")

    page.drag((400, 500), (600, 560))
    pen = next(e for e in page.expect_saved().expect_elements(2) if e["kind"] == "pen")
    assert pen["stroke"] == "#123456"


def test_words_marked_beyond_the_edge_of_a_dialog_do_not_close_it(
    page: BoardPage,
) -> None:
    page.pick("r")
    page.drag((300, 200), (500, 300))
    page.page.keyboard.press("Alt+k")
    field = page.page.get_by_role("dialog", name="Link").get_by_role("textbox")
    field.fill("https://example.org/far/away")
    box = field.bounding_box()
    assert box is not None
    page.drag((box["x"] + 60, box["y"] + 10), (20, box["y"] + 14))

    page.page.evaluate(FRAMES)
    expect(field).to_be_visible()
    expect(field).to_have_value("https://example.org/far/away")
    page.press_at(20, 700)  # beside it, from beginning to end

    expect(field).to_have_count(0)


def test_a_link_for_what_is_gone_stays_to_be_copied(
    page: BoardPage, board: RestBoard
) -> None:
    page.pick("r")
    page.drag((300, 200), (500, 300))
    element = page.expect_saved().expect_one("rect")
    page.page.keyboard.press("Alt+k")
    field = page.page.get_by_role("dialog", name="Link").get_by_role("textbox")
    field.fill("https://example.org/")
    board.post_change(Change("gone", [Del(element["id"])])).raise_for_status()
    page.expect_elements(0)

    field.press("Enter")

    page.page.get_by_text("nothing here any more that may take this link").wait_for()
    expect(field).to_have_value("https://example.org/")


@pytest.mark.parametrize("ends", ["reload", "deleted"])
def test_a_description_half_typed_is_kept_or_offered(
    ends: str, owner: BoardPage
) -> None:
    page = owner.page
    owner.pick("r")
    owner.drag((300, 200), (500, 300))
    owner.expect_saved()
    page.get_by_label(WORDS).press_sequentially("Where we are")

    if ends == "reload":
        owner.reload().expect_saved()
        assert owner.expect_one("rect")["alt"] == "Where we are"
        return
    owner.page.get_by_label(WORDS).evaluate("""() => {
        window.copied = [];
        navigator.clipboard.writeText = async (text) => void window.copied.push(text);
    }""")
    other = BoardPage(page.context.new_page()).open(page.url)
    other.expect_elements(1)
    other.pick("v")
    other.page.keyboard.press("Control+a")
    other.page.keyboard.press("Delete")
    page.get_by_role("button", name="Copy the words").click()
    assert page.evaluate("() => window.copied") == ["Where we are"]


def test_words_of_somebody_who_is_sent_away_are_offered(
    new_person: NewPerson, board: RestBoard
) -> None:
    page = new_person("Ada").open(board_url(board))
    page.page.wait_for_function(_TELLS_OF_LOST_WORDS)
    page.pick("t")
    page.press_at(400, 300)
    page.page.keyboard.type("What I meant")

    board.share("none")

    page.expect_status("closed", lambda status: status["status"] == "closed")
    page.page.get_by_role("button", name="Copy the words").wait_for()


def test_a_second_thought_about_a_link_counts(
    owner: BoardPage, new_person: NewPerson
) -> None:
    page, held = owner.page, list[Route]()
    guest = new_person("Bo").open(page.url)

    def hold_changes(route: Route) -> None:
        if route.request.method == "PATCH":
            held.append(route)
        else:
            route.continue_()

    page.route("**/api/boards/*/", hold_changes)
    page.get_by_role("button", name="Share").first.click()
    page.get_by_role("radio", name="look").check()
    until(lambda: page.evaluate("() => 1") and held, within_s=WITHIN_S)

    page.get_by_role("radio", name="draw").check()
    held[0].continue_()

    guest.expect_status("a viewer", lambda status: status["role"] == "view")
    until(lambda: page.evaluate("() => 1") and len(held) == 2, within_s=WITHIN_S)
    expect(page.get_by_role("radio", name="draw")).to_be_checked()
    held[1].continue_()
    guest.expect_status("drawing again", lambda status: status["role"] == "edit")
    expect(page.get_by_role("radio", name="draw")).to_be_checked()


def test_a_reason_that_is_not_taken_stays_to_be_sent_again(owner: BoardPage) -> None:
    page, why = owner.page, owner.page.get_by_label(WHY)
    page.get_by_role("button", name="Share").first.click()
    page.get_by_label("Freeze the board").check()
    owner.expect_status("frozen", lambda it: it["frozen"] == "")
    page.route("**/freeze/", lambda route: route.abort(), times=1)

    why.fill("Exam at nine.")
    why.press("Enter")
    page.locator(".toast-bad").wait_for()
    expect(why).to_have_value("Exam at nine.")
    why.press("Enter")

    owner.expect_status("told why", lambda it: it["frozen"] == "Exam at nine.")
    why.fill("")
    why.press("Enter")
    owner.expect_status("without", lambda it: it["frozen"] == "")
    expect(why).to_have_value("")
