"""Copy, cut and paste with real key and clipboard events."""

from collections.abc import Callable

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


def test_a_copied_shape_is_pasted_beside_it_where_the_pointer_is(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.pick("r")
    page.page.get_by_role("radio", name="Sky").click()
    page.drag((300, 200), (400, 280))
    page.expect_one("rect")

    page.page.keyboard.press("Control+c")
    page.page.mouse.move(600, 450)
    page.page.keyboard.press("Control+v")

    shape, copy = page.expect_saved().expect_elements(2)
    assert copy["id"] != shape["id"] and copy["z"] > shape["z"]
    middle = (copy["x"] + copy["w"] / 2, copy["y"] + copy["h"] / 2)
    assert middle == pytest.approx((600 - 512, 450 - 360), abs=1)
    place = ("id", "z", "x", "y")
    assert {k: v for k, v in copy.items() if k not in place} == {
        k: v for k, v in shape.items() if k not in place
    }
    assert peer.expect_elements(2) == [shape, copy]
    for one in (page, peer):
        for x, y in ((350, 240), (600, 450)):
            one.expect_color(x, y, "#a5d8ff")
    page.page.keyboard.press("Delete")  # what was pasted is selected
    assert page.expect_elements(1) == [shape]


def test_panning_with_the_middle_button_pastes_nothing(page: BoardPage) -> None:
    """On X11 it put on the board what had been selected last, wherever that was."""
    page.pick("t")
    page.press_at(300, 300)
    page.page.keyboard.type("Selected")
    page.page.keyboard.press("Shift+Home")
    page.press_at(300, 600)
    before = page.expect_saved().expect_one("text")

    mouse = page.page.mouse
    mouse.move(700, 400)
    mouse.down(button="middle")
    mouse.move(760, 440, steps=3)
    mouse.up(button="middle")
    page.pick("r")
    page.drag((500, 200), (600, 300))

    elements = page.expect_saved().elements()
    assert [one["kind"] for one in elements] == ["text", "rect"]
    assert elements[0] == before
    assert elements[1]["x"] == before["x"] + 140  # panned by 60


# A page of somebody else's, as a browser hands it over; and what the page then ran.
_PASTE_HTML = """
([html, text]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", text);
  document.body.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}
"""
_PASTE_ELEMENTS = """
n => {
  const elements = Array.from({ length: n }, (_, i) => ({
    kind: "rect", id: `e${i}`, x: (i % 250) * 30, y: Math.floor(i / 250) * 30,
    w: 20, h: 20,
  }));
  const data = new DataTransfer();
  data.setData("text/plain", JSON.stringify({ type: "chalkline", elements }));
  const began = performance.now();
  document.body.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  return new Promise((resolve) => setTimeout(() =>
    requestAnimationFrame(() => resolve(performance.now() - began))));
}
"""


def test_of_a_page_on_the_clipboard_only_the_words_are_taken_in_any_script(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    words = "<b> مرحبا بالعالم 👩\u200d👩\u200d👧 שלום\n🏳️\u200d🌈 hi"
    page.page.mouse.move(500, 300)
    page.page.evaluate(
        _PASTE_HTML,
        [f"<img src=x onerror='window.ran = 1'><script>ran = 1</script>{words}", words],
    )

    text = page.expect_saved().expect_one("text")
    assert text["text"] == words
    assert peer.expect_one("text") == text
    for one in (page, peer):
        one.expect_ink(440, 260, 120, 80, is_inked=True)
    assert page.page.evaluate("window.ran") is None
    assert page.page.locator("#board img, #board script").count() == 0


def test_of_fifty_thousand_elements_the_first_come_and_that_is_said(
    page: BoardPage,
    board: RestBoard,
    new_person: NewPerson,
    record_property: Callable[[str, object], None],
) -> None:
    peer = new_person("Bo").open(board_url(board))
    took_ms = page.page.evaluate(_PASTE_ELEMENTS, 50_000)

    record_property("busy_ms", round(took_ms))
    page.expect_saved().expect_elements(5_000)
    assert page.page.get_by_text("Only the first 5000 elements").is_visible()
    peer.expect_seq(page.document()["seq"])
    assert peer.canonical() == page.canonical()
    peer.page.keyboard.press("Shift+1")
    peer.expect_ink(300, 260, 400, 200, is_inked=True)
    page.pick("p")
    page.drag((300, 600), (500, 620))
    page.expect_saved().expect_elements(5_001)
    peer.expect_elements(5_001)
    page.page.keyboard.press("Control+z")
    page.page.keyboard.press("Control+z")
    page.expect_elements(0)
    peer.expect_elements(0)


def test_five_megabytes_of_text_are_cut_and_that_is_said(
    page: BoardPage, board: RestBoard, new_person: NewPerson
) -> None:
    peer = new_person("Bo").open(board_url(board))
    page.page.evaluate(PASTE, "chalk " * 850_000)

    text = page.expect_saved().expect_one("text")
    assert len(text["text"]) <= 10_000
    assert page.page.get_by_text("Only the first 10000 characters").is_visible()
    page.pick("p")
    assert peer.expect_one("text") == text
    page.drag((300, 600), (500, 620))
    page.expect_saved().expect_elements(2)
    peer.expect_elements(2)
    peer.page.keyboard.press("Shift+1")
    peer.expect_ink(300, 100, 400, 500, is_inked=True)
