"""Meeting the others: following, calling, talking at the cursor."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard
from tests.support.server import Server
from tests.support.waiting import until

pytestmark = pytest.mark.browser

MIDDLE = (412, 260, 200, 200)  # of the page; the ink below is drawn there
Pair = tuple[BoardPage, BoardPage]


@pytest.fixture
def pair(new_person: NewPerson, site: Server) -> Pair:
    """Ada made the board, Bob has its link; both see each other."""
    ada = new_person("Ada").make_board(site.url)
    bob = new_person("Bob").open(ada.page.url)
    ada.page.get_by_role("button", name="Follow Bob").wait_for()
    bob.page.get_by_role("button", name="Follow Ada").wait_for()
    return ada, bob


def colored(page: BoardPage, left: int, top: int, width: int, height: int) -> int:
    """How many pixels of the page, panels and all, are of a strong colour there."""
    clip = {"x": left, "y": top, "width": width, "height": height}
    picture = Image.open(io.BytesIO(page.page.screenshot(clip=clip)))  # type: ignore[arg-type]  # a plain dict of four numbers
    _, saturation, _ = picture.convert("HSV").split()
    return sum(saturation.histogram()[128:])


def go_far_and_draw(page: BoardPage) -> None:
    """Pan to where nobody else looks, and draw in the middle of that."""
    page.page.mouse.move(512, 360)
    page.page.mouse.wheel(5000, 3000)
    page.pick("p")
    page.drag((450, 300), (570, 420))
    page.pick("h")  # no ring of a brush is left in the middle
    page.expect_saved()


def test_a_follower_sees_what_the_leader_sees_until_it_moves_itself(pair: Pair) -> None:
    ada, bob = pair
    note = bob.page.locator(".follow-note")

    bob.page.get_by_role("button", name="Follow Ada").click()
    go_far_and_draw(ada)

    expect(note).to_contain_text("Following Ada")
    bob.expect_ink(*MIDDLE, is_inked=True)
    expect(ada.page.locator(".followers-note")).to_have_text("Bob follows you")
    ada.page.mouse.wheel(2000, 0)
    bob.expect_ink(*MIDDLE, is_inked=False)
    ada.page.get_by_role(
        "button", name="Follow Bob"
    ).click()  # would never come to rest
    ada.page.get_by_text("Bob follows you already.").wait_for()
    expect(ada.page.locator(".follow-note")).to_have_count(0)

    ada.reload()  # the same person in a new session
    expect(ada.page.locator(".followers-note")).to_have_text("Bob follows you")
    expect(note).to_contain_text("Following Ada")

    bob.page.mouse.move(512, 360)
    bob.page.mouse.wheel(0, 50)
    expect(note).to_have_count(0)
    expect(ada.page.locator(".followers-note")).to_have_count(0)
    bob.page.get_by_role("button", name="Follow Ada").click()
    expect(note).to_have_count(1)
    bob.page.keyboard.press("Escape")
    expect(note).to_have_count(0)


def test_the_list_shows_everyone_and_calls_them(pair: Pair) -> None:
    ada, bob = pair

    go_far_and_draw(bob)
    bob.page.get_by_role("button", name="Everyone on this board").click()
    people = bob.page.locator(".people-panel")
    expect(people).to_contain_text(re.compile("Bob \\(you\\).*Ada", re.S))
    people.get_by_role("button", name="Bring everyone to me").click()
    expect(people).to_have_count(0)
    ada.page.get_by_text("Bob asks you to come.").wait_for()
    ada.expect_ink(*MIDDLE, is_inked=False)
    ada.page.get_by_role("button", name="Go", exact=True).click()
    ada.expect_ink(*MIDDLE, is_inked=True)

    bob.page.mouse.move(512, 360)
    bob.page.mouse.wheel(9000, 0)
    bob.expect_ink(*MIDDLE, is_inked=False)
    ada.page.get_by_role("button", name="Everyone on this board").click()
    expect(ada.page.locator(".people-panel")).to_contain_text("Owner")
    ada.page.keyboard.press("Escape")
    expect(
        ada.page.get_by_role("button", name="Everyone on this board")
    ).to_be_focused()
    ada.page.keyboard.press("Enter")
    ada.page.get_by_role("button", name="Bring everyone to me").click()
    bob.expect_ink(*MIDDLE, is_inked=True)  # an owner is not asked
    bob.page.get_by_role("button", name="Back to where I was").click()
    bob.expect_ink(*MIDDLE, is_inked=False)
    bob.page.get_by_role("button", name="Everyone on this board").click()
    people.get_by_role("button", name="Go to Ada").click()
    bob.expect_ink(*MIDDLE, is_inked=True)


def test_the_colour_that_one_was_given_is_marked_and_has_a_name(pair: Pair) -> None:
    ada, bob = pair
    bob.page.get_by_role("button", name="You", exact=False).first.click()
    dialog = bob.page.get_by_role("dialog", name="You on this board")

    marked = dialog.locator(".swatch[aria-pressed='true']")
    expect(marked).to_have_count(1)
    expect(marked).to_have_attribute("aria-label", "Blue")  # the second that comes
    dialog.get_by_role("button", name="Brown").click()
    expect(marked).to_have_attribute("aria-label", "Brown")
    dialog.get_by_role("button", name="Done").click()

    avatar = ada.page.get_by_role("button", name="Follow Bob")
    expect(avatar).to_have_css("background-color", "rgb(160, 82, 45)")


def test_words_that_somebody_writes_are_marked_and_the_absent_pale(pair: Pair) -> None:
    ada, bob = pair
    mark = bob.page.locator(".writing-mark")
    around = (470, 270, 120, 60)

    ada.pick("t")
    ada.press_at(500, 300)
    ada.page.keyboard.type("Hello")
    ada.page.mouse.move(700, 500)  # its cursor has the same colour
    expect(mark).to_have_text("Ada is writing")
    box = mark.bounding_box()
    assert box is not None and 480 < box["x"] < 500 and 275 < box["y"] < 300
    assert colored(bob, *around) > 100
    expect(ada.page.locator(".writing-mark")).to_have_count(0)
    ada.page.keyboard.press("Escape")
    expect(mark).to_have_count(0)
    ada.page.keyboard.press("Escape")  # nor is it selected any more
    until(
        lambda: colored(bob, *around) == 0,
        within_s=5,
        what="the frame around the words is gone",
    )
    bob.pick("v")
    bob.page.mouse.dblclick(510, 300)  # words that are there already
    bob.page.keyboard.type("Bye")
    expect(ada.page.locator(".writing-mark")).to_have_text("Bob is writing")

    bob.page.keyboard.press("Escape")
    ada.page.evaluate(
        "Object.defineProperty(document, 'hidden', { value: true });"
        "document.dispatchEvent(new Event('visibilitychange'));"
    )
    expect(bob.page.locator(".cursor")).to_have_css("opacity", "0.2")
    expect(bob.page.get_by_role("button", name="Follow Ada")).to_have_css(
        "opacity", "0.5"
    )
    bob.page.get_by_role("button", name="Everyone on this board").click()
    expect(bob.page.locator(".people-panel")).to_contain_text("Away")


def test_words_at_a_cursor_are_seen_as_they_are_typed(pair: Pair) -> None:
    ada, bob = pair
    bubble = bob.page.locator(".cursor-chat")
    field = ada.page.get_by_role("textbox", name="What I say at my cursor")

    ada.page.mouse.move(500, 300)
    ada.page.keyboard.press("/")
    expect(field).to_be_focused()
    ada.page.keyboard.type("Look \u202e here")
    expect(bubble).to_have_text("Look   here")
    box = bubble.bounding_box()
    assert box is not None and 500 < box["x"] < 540 and 300 < box["y"] < 360
    assert colored(bob, 512, 350, 60, 10) > 300
    ada.page.mouse.move(700, 500)  # the field goes along, and so does what is said
    until(
        lambda: (bubble.bounding_box() or box)["x"] > 700,
        within_s=5,
        what="the words are where the cursor is",
    )
    ada.page.keyboard.press("Enter")
    expect(field).to_have_value("")
    expect(bubble).to_have_text("Look   here")
    ada.page.keyboard.insert_text("👍" * 5_000)
    expect(bubble).to_have_text("👍" * 50)  # the field counts halves
    expect(bob.page.get_by_text("Ada: 👍👍")).to_be_attached()  # read out
    ada.page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(bubble).to_have_count(0)
    assert ada.elements() == []


def test_viewers_react_and_nothing_is_kept(new_person: NewPerson, site: Server) -> None:
    board = RestBoard.create(site.url, link_role="view")
    vic, wim = (new_person(name).open(board_url(board)) for name in ("Vic", "Wim"))
    vic.page.get_by_role("button", name="Follow Wim").wait_for()
    floating = wim.page.locator(".reaction", has_text="Vic")

    vic.page.mouse.move(400, 300)
    vic.page.keyboard.press("Shift+R")
    picker = vic.page.get_by_role("region", name="Reactions")
    expect(picker.get_by_role("button", name="React with 👍")).to_be_focused()
    vic.page.keyboard.press("ArrowRight")
    vic.page.keyboard.press("Enter")
    expect(floating).to_contain_text("❤️")
    box = floating.bounding_box()
    assert box is not None and (box["x"], box["y"]) == (400, 300)
    until(
        lambda: colored(wim, 350, 160, 100, 150) > 50,  # the name, once it is whole
        within_s=2,
        what="a reaction floats at the cursor",
    )
    vic.page.keyboard.press("Escape")
    expect(picker).to_have_count(0)

    wim.page.get_by_role("button", name="Everyone on this board").click()
    wim.page.get_by_role("button", name="Talk at my cursor").click()
    wim.page.keyboard.type("Fine")
    expect(vic.page.locator(".cursor-chat")).to_have_text("Fine")
    expect(floating).to_have_count(0)
    assert vic.document()["seq"] == 0


# A program on the board; what it is sent as `live` it says, and returns how it ended.
JOIN = """
async (url) => {
  const socket = new WebSocket(url.replace("http", "ws"));
  await new Promise((resolve) => { socket.onopen = resolve; });
  socket.send(JSON.stringify({ type: "hello", protocol: 1, client: "stranger",
    since: null, name: "Mallory" }));
  await new Promise((resolve) => { socket.onmessage = resolve; });
  window.stranger = socket;
}
"""
SAY = "live => window.stranger.send(JSON.stringify({ type: 'live', ...live }))"
END = """
live => new Promise((resolve) => {
  window.stranger.onclose = ({ code }) => resolve(code);
  window.stranger.send(JSON.stringify({ type: "live", ...live }));
})
"""
FAR = 1e7


def test_a_hostile_peer_is_put_out_and_harms_nobody(pair: Pair) -> None:
    ada, bob = pair
    url = bob.page.url.replace("/b/", "/ws/boards/")
    nowhere = {
        "cursor": [300, 300],
        "view": [FAR, -FAR, 0, 0],
        "selection": ["nothing"],
        "editing": "nothing",
        "follow": "nobody",
        "chat": "<b>\u0489" + "\ufdfa" * 90,
        "idle": "away",
        "react": {"emoji": "👍", "x": -FAR, "y": FAR},
        "call": [FAR, FAR, FAR, FAR],
    }

    bob.page.evaluate(JOIN, url)
    bob.page.evaluate(SAY, nowhere)
    expect(ada.page.locator(".reaction small")).to_be_visible()  # at the edge, a moment
    ada.page.get_by_text("Mallory asks you to come.").wait_for()
    expect(ada.page.locator(".cursor-chat")).to_contain_text("<b>")
    expect(ada.page.locator(".writing-mark")).to_have_count(0)
    ada.page.get_by_role("button", name="Follow Mallory").click()
    expect(ada.page.locator(".follow-note")).to_have_count(1)
    ada.page.keyboard.press("Escape")
    closed = [bob.page.evaluate(END, {"chat": "x" * 5_000})]
    bob.page.evaluate(JOIN, url)
    unknown = {"react": {"emoji": "💩", "x": 0, "y": 0}}
    closed.append(bob.page.evaluate(END, unknown))

    assert closed == [4000, 4000]
    expect(ada.page.get_by_role("button", name="Follow Mallory")).to_have_count(0)
    ada.page.keyboard.press("Shift+Digit0")
    go_far_and_draw(ada)
    ada.expect_ink(*MIDDLE, is_inked=True)


def test_who_drew_an_element_is_told_to_who_looks(pair: Pair) -> None:
    ada, bob = pair
    tip = bob.page.locator(".author-tip")

    ada.pick("p")
    ada.drag((450, 300), (570, 420))
    ada.expect_saved()
    ada.page.mouse.move(800, 600)
    bob.expect_elements(1)
    bob.pick("v")
    bob.page.mouse.move(500, 400)
    bob.page.mouse.move(510, 360, steps=3)
    expect(tip).to_have_text("Drawn by Ada, now")
    assert colored(bob, 500, 340, 150, 60) < 60  # a quiet note
    bob.page.mouse.down()
    expect(tip).to_be_hidden()
    bob.page.mouse.up()
    bob.page.mouse.move(800, 300)  # its cursor has the colour of its selection
    until(
        lambda: colored(ada, 440, 280, 140, 160) > 200,
        within_s=5,
        what="what Bob has selected is framed in his colour",
    )

    bob.page.keyboard.press("ArrowRight")
    bob.expect_saved()
    bob.page.keyboard.press("Control+k")
    expect(bob.page.get_by_role("combobox")).to_be_focused()
    bob.page.keyboard.type("who drew")
    bob.page.keyboard.press("Enter")
    said = bob.page.get_by_role("log")
    expect(said).to_contain_text("Drawn by Ada, now")
    expect(said).to_contain_text("Changed by Bob (you), now")

    ada.pick("v")
    later = datetime.now(UTC) + timedelta(hours=3, minutes=1)
    ada.page.clock.set_fixed_time(later)
    ada.page.mouse.move(510, 360, steps=3)
    tip = ada.page.locator(".author-tip")
    expect(tip).to_contain_text("Changed by Bob, 3 hours ago")


def test_pieces_of_a_stroke_are_by_who_drew_it(pair: Pair) -> None:
    ada, bob = pair
    ada.pick("p")
    ada.drag((300, 300), (500, 300), steps=20)
    ada.expect_saved()
    ada.page.mouse.move(800, 600)
    bob.expect_elements(1)

    bob.pick("Shift+e")
    bob.drag((400, 250), (400, 350))

    bob.expect_saved()
    for looker, drawn, changed in (
        (ada, "Ada (you)", "Bob"),
        (bob, "Ada", "Bob (you)"),
    ):
        looker.expect_elements(2)
        looker.pick("v")
        for x in (340, 460):
            looker.page.mouse.move(x, 400)
            looker.page.mouse.move(x, 300, steps=3)
            expect(looker.page.locator(".author-tip")).to_have_text(
                f"Drawn by {drawn}, now\nChanged by {changed}, now"
            )


def test_who_does_nothing_for_a_minute_is_shown_as_idle(
    new_person: NewPerson, board: RestBoard
) -> None:
    ada = new_person("Ada")
    ada.page.clock.install()
    ada.open(board_url(board))
    bob = new_person("Bob").open(board_url(board))
    ada.page.mouse.move(300, 300)
    bob.page.get_by_role("button", name="Everyone on this board").click()
    person = bob.page.locator(".person", has_text="Ada")
    expect(person).to_be_visible()

    ada.page.clock.fast_forward("01:01")

    expect(person).to_contain_text("Idle")
    expect(bob.page.get_by_role("button", name="Follow Ada").first).to_have_css(
        "opacity", "0.5"
    )
    ada.page.mouse.move(330, 300)
    expect(person).not_to_contain_text("Idle")
