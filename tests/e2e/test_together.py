"""Meeting the others: following, calling, talking at the cursor."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson
from tests.support.server import Server

pytestmark = pytest.mark.browser

MIDDLE = (412, 260, 200, 200)  # of the page; the ink below is drawn there
MAKE = re.compile("new board|make a board", re.I)
Pair = tuple[BoardPage, BoardPage]


@pytest.fixture
def pair(new_person: NewPerson, site: Server) -> Pair:
    """Ada made the board, Bob has its link; both see each other."""
    ada = new_person("Ada")
    ada.page.goto(site.url)
    ada.page.get_by_role("button", name=MAKE).first.click()
    ada.page.wait_for_url("**/b/**")
    ada.expect_live()
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
    ada.page.get_by_role("button", name="Bring everyone to me").click()
    bob.expect_ink(*MIDDLE, is_inked=True)  # an owner is not asked
    bob.page.get_by_role("button", name="Back to where I was").click()
    bob.expect_ink(*MIDDLE, is_inked=False)


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
    assert colored(bob, *around) == 0
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
