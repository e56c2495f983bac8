"""Links on elements, the map of the board, and a window that is hardly there."""

import pytest

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.e2e.keys import run_named
from tests.e2e.test_places import put, rect
from tests.support.convergence import RestBoard
from tests.support.waiting import until

pytestmark = pytest.mark.browser


def set_link(page: BoardPage, typed: str) -> None:
    """Type a link for what is selected, and press Enter."""
    page.page.keyboard.press("Alt+k")
    dialog = page.page.get_by_role("dialog", name="Link")
    until(
        lambda: dialog.get_by_role("textbox").evaluate(
            "field => field === document.activeElement"
        ),
        within_s=5,
        what="the field has the focus",
    )
    page.page.keyboard.insert_text(typed)  # instead of what was there
    page.page.keyboard.press("Enter")


def test_a_link_is_set_followed_and_removed(
    new_person: NewPerson, board: RestBoard
) -> None:
    put(board, [rect("one", 0, 0), rect("two", 40_000, 0)])
    page = new_person("Ada").open(f"{board_url(board)}#el=one")
    peer = new_person("Bo").open(f"{board_url(board)}#el=one")
    page.expect_elements(2)
    badge = page.page.locator(".badge")

    set_link(page, "javascript:alert(1)")
    page.page.get_by_text("A link begins with https://").wait_for()
    page.page.get_by_role("dialog", name="Link").get_by_role("textbox").fill(
        f"{board_url(board)}#el=two"
    )
    page.page.keyboard.press("Enter")
    page.expect_saved()
    assert page.elements()[0]["link"] == "#el=two"
    peer.page.locator(".badge").click()
    peer.expect_ink(212, 210, 600, 300, is_inked=True)  # all of it is red: its edge
    peer.page.locator(".badge").wait_for(state="detached")

    badge.click()
    page.expect_ink(212, 210, 600, 300, is_inked=True)
    badge.wait_for(state="detached")  # two has none
    set_link(page, f"{board.url}/api/")
    badge.wait_for()
    assert badge.get_attribute("rel") == "noopener noreferrer"
    with page.page.context.expect_page() as opened:
        page.page.keyboard.down("Control")
        page.page.mouse.click(512, 360)
        page.page.keyboard.up("Control")
    assert opened.value.evaluate("opener") is None
    opened.value.close()

    page.page.keyboard.press("Alt+k")
    page.page.get_by_role("button", name="Remove the link").click()
    badge.wait_for(state="detached")
    assert page.expect_saved().elements()[1].get("link") is None
    page.page.keyboard.press("Control+z")
    badge.wait_for()


def test_the_map_shows_what_lies_where_and_moves_the_view(
    new_person: NewPerson, board: RestBoard
) -> None:
    put(board, [rect("one", 0, 0), rect("two", 20_000, 0)])
    page = new_person("Ada").open(f"{board_url(board)}#100,50,1")
    page.expect_elements(2)
    page.page.keyboard.press("m")
    canvas = page.page.get_by_role("img", name="Map of the board")
    canvas.wait_for()
    box = canvas.bounding_box()
    assert box is not None
    left, right, middle = box["x"], box["x"] + box["width"], box["y"] + 66

    page.expect_ink(400, 300, 200, 100, is_inked=True)
    page.page.mouse.move(left + 15, middle)
    page.page.mouse.down()
    page.page.mouse.move((left + right) / 2, middle, steps=3)
    page.expect_ink(100, 200, 800, 300, is_inked=False)
    page.page.mouse.up()
    page.page.mouse.click(right - 14, middle)
    page.expect_ink(100, 100, 800, 500, is_inked=True)

    page.page.get_by_role("button", name="Map of the board").click()
    canvas.wait_for(state="detached")


def test_the_map_shows_what_the_peers_see_in_their_colour(
    new_person: NewPerson, board: RestBoard
) -> None:
    put(board, [rect("one", 0, 0), rect("two", 20_000, 0)])
    page = new_person("Ada").open(f"{board_url(board)}#100,50,1")
    page.page.keyboard.press("m")
    page.page.get_by_role("img", name="Map of the board").wait_for()
    new_person("Bob").open(f"{board_url(board)}#10000,0,0.2")
    avatar = page.page.get_by_role("button", name="Follow Bob")
    avatar.wait_for()
    color = avatar.evaluate("e => getComputedStyle(e).backgroundColor")

    until(
        lambda: page.page.evaluate(
            """color => {
              const canvas = document.querySelector(".minimap canvas");
              const [r, g, b] = color.match(/\\d+/g).map(Number);
              const { data } = canvas.getContext("2d")
                .getImageData(0, 0, canvas.width, canvas.height);
              for (let i = 0; i < data.length; i += 4) {
                const [dr, dg, db] = [data[i] - r, data[i + 1] - g, data[i + 2] - b];
                const is_near = Math.hypot(dr, dg, db) < 40;
                if (data[i + 3] > 120 && is_near) return true;
              }
              return false;
            }""",
            color,
        ),
        within_s=10,
        what="the map has the peer's colour",
    )


def test_every_control_can_be_reached_in_a_window_of_200_by_400(
    new_person: NewPerson, board: RestBoard
) -> None:
    viewport = {"width": 200, "height": 400}
    page = new_person("Ada", viewport=viewport).open(board_url(board))
    fits = "document.documentElement.scrollWidth <= 200"
    assert page.page.evaluate(fits)

    # The skip links are for the keyboard: they show when it comes to them.
    reached = ".panels button:enabled:visible, .panels a:visible"
    for button in page.page.locator(reached).all():
        button.scroll_into_view_if_needed()
        button.click(trial=True, timeout=3_000)
    for command, name in {
        "share": "Share",
        "export": "Export",
        "shortcuts": "Shortcuts",
        "person": "You on this board",
    }.items():
        if command == "shortcuts":
            page.page.keyboard.press("?")
        elif command == "export":
            page.page.keyboard.press("Control+Shift+e")
        elif command == "person":
            page.page.get_by_role("button", name="change your name").click()
        else:
            page.page.get_by_role("button", name="Share", exact=True).click()
        dialog = page.page.get_by_role("dialog", name=name)
        dialog.wait_for()
        for button in dialog.get_by_role("button").all():
            button.scroll_into_view_if_needed()
            box = button.bounding_box()
            assert box is not None
            assert box["x"] >= 0, (name, box)
            assert box["x"] + box["width"] <= 200, (name, box)
        page.page.keyboard.press("Escape")
        page.page.locator("dialog").wait_for(state="detached")


def test_a_window_of_200_by_200_is_drawn_in_and_undone(
    new_person: NewPerson, board: RestBoard
) -> None:
    viewport = {"width": 200, "height": 200}
    page = new_person("Ada", viewport=viewport).open(board_url(board))
    peer = new_person("Bo").open(board_url(board))
    free = (145, 8, 50, 56)  # what the panels leave of the board

    page.pick("p")
    page.drag((150, 16), (186, 56))

    drawn = page.expect_saved().expect_one("pen")
    assert max(drawn["points"][::2]) == pytest.approx(36, abs=1)
    page.expect_ink(*free, is_inked=True)
    assert peer.expect_one("pen") == drawn
    page.page.get_by_role("button", name="Undo").click()
    page.expect_elements(0)
    page.expect_ink(*free, is_inked=False)
    peer.expect_elements(0)
    page.page.keyboard.press("Control+Shift+z")
    page.expect_one("pen")
    page.expect_ink(*free, is_inked=True)


@pytest.mark.parametrize("way", ["menu", "palette"])
def test_a_copied_link_to_a_place_shows_others_the_same_place(
    new_person: NewPerson, board: RestBoard, way: str
) -> None:
    put(board, [rect("near", 0, 0), rect("far", 30_000, -20_000)])
    allowed = ["clipboard-read", "clipboard-write"]
    page = new_person("Ada", permissions=allowed).open(
        f"{board_url(board)}#30100,-19950,1.5"
    )
    page.expect_elements(2)
    page.page.mouse.move(512, 360)
    page.page.mouse.wheel(60, 45)  # where nothing but the link leads to

    if way == "menu":
        page.page.mouse.click(200, 600, button="right")
        page.page.get_by_role("menuitem", name="Copy a link to this place").click()
    else:
        run_named(page, "link to this place")

    page.page.get_by_text("The link is copied.").wait_for()
    link = page.page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{board_url(board)}#")
    peer = new_person("Bo").open(link)
    peer.expect_elements(2)
    for one in (page, peer):  # its corners, 1.5 times as large and moved by the wheel
        assert one.page.get_by_role("button", name="Zoom 150 %, reset").is_visible()
        for x, y in ((312, 250), (592, 250), (312, 380), (592, 380)):
            one.expect_color(x, y, "#e03131")
        for box in ((290, 250, 6, 130), (612, 250, 6, 130), (312, 226, 280, 6)):
            one.expect_ink(*box, is_inked=False)
            assert one.color_at(box[0], box[1]) != "#e03131"
