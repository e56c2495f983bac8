"""The home page: pictures of boards, their order, the trash."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson
from tests.support.server import Server
from tests.support.waiting import until

pytestmark = pytest.mark.browser

# Makes a board in this browser's name and draws on it.
_MAKE = """
async ([title, color]) => {
  const token = document.cookie.match(/csrftoken=(\\w+)/)[1];
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const post = (url, body) =>
    fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  const { id } = await (await post("/api/boards/", { title })).json();
  if (!color) return id;
  const element = { kind: "rect", id: "r", x: 0, y: 0, w: 200, h: 100, fill: color,
    label: "i\\n\\ni", font: "hand" };
  await post(`/api/boards/${id}/changes/`, { ops: [{ op: "put", element }] });
  return id;
}
"""
# Gives the rectangle on it another colour.
_FILL = """
async ([id, fill]) => {
  const token = document.cookie.match(/csrftoken=(\\w+)/)[1];
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const ops = [{ op: "set", id: "r", props: { fill } }];
  const body = JSON.stringify({ ops });
  await fetch(`/api/boards/${id}/changes/`, { method: "POST", headers, body });
}
"""
# The bundled fonts that have come.
_FONTS = """
() => [...document.fonts].filter(face => face.status === "loaded")
  .map(face => face.family.replaceAll('"', ""))
"""
# Drops files on the page, as a file manager does: over it, then let go.
DROP = """
files => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name));
  for (const type of ["dragover", "drop"]) {
    const event = { dataTransfer: data, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new DragEvent(type, event));
  }
}
"""
SCENES = Path(__file__).resolve().parents[1] / "corpus" / "scenes"
SAMPLE = SCENES / "leonardoaraujosantos__excalidraw-swift-web__sample.excalidraw"
# The colour in the middle of the picture on the card with this title.
_MIDDLE = """
async title => {
  const card = [...document.querySelectorAll(".card")]
    .find(card => card.querySelector(".card-title").textContent === title);
  const image = card?.querySelector(".sheet img");
  if (!image?.complete || image.naturalWidth === 0) return null;
  const { naturalWidth: width, naturalHeight: height } = image;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(width / 2, height / 2, 1, 1);
  return [...data.slice(0, 3)];
}
"""
TITLES = ".card-title"
BLUE, RED = "#1971c2", "#e03131"


@pytest.fixture
def home(site: Server, new_person: NewPerson) -> BoardPage:
    """A home page with three boards, two of them drawn on."""
    person = new_person("Ada")
    person.page.goto(site.url)
    for title, color in (("Beta", BLUE), ("alpha", ""), ("Gamma", RED)):
        person.page.evaluate(_MAKE, [title, color])
    person.page.reload()
    return person


def middle_of(home: BoardPage, title: str) -> list[int] | None:
    """The colour in the middle of a board's picture; None: it is not there."""
    found: list[int] | None = home.page.evaluate(_MIDDLE, title)
    return found


def test_cards_show_what_is_on_the_boards_and_keep_it(home: BoardPage) -> None:
    def middle(title: str) -> list[int] | None:
        return middle_of(home, title)

    until(lambda: middle("Beta") == [0x19, 0x71, 0xC2], what="Beta is blue")
    until(lambda: middle("Gamma") == [0xE0, 0x31, 0x31], what="Gamma is red")
    assert middle("alpha") is None
    assert home.page.evaluate(_FONTS) == ["Shantell Sans"]  # waited for, once for all

    asked: list[str] = []
    home.page.on("request", lambda request: asked.append(request.url))
    home.page.reload()
    until(lambda: middle("Beta") == [0x19, 0x71, 0xC2], what="Beta is blue again")
    assert not [url for url in asked if url.endswith("/elements/")]


def test_pictures_follow_the_boards_while_somebody_looks(home: BoardPage) -> None:
    home.page.clock.install()
    home.page.reload()
    until(lambda: middle_of(home, "Beta") == [0x19, 0x71, 0xC2], what="Beta is blue")
    beta = home.page.get_by_role("link", name="Beta").first.get_attribute("href")
    assert beta is not None
    board_id = beta.strip("/").rpartition("/")[2]

    home.page.evaluate(_FILL, [board_id, RED])
    home.page.clock.fast_forward("00:20")

    until(lambda: middle_of(home, "Beta") == [0xE0, 0x31, 0x31], what="Beta is red")
    assert home.page.locator(TITLES).all_text_contents()[0] == "Gamma"  # none moved
    home.page.reload()
    assert home.page.locator(TITLES).all_text_contents()[0] == "Beta"


def test_boards_are_shown_in_the_chosen_order(home: BoardPage) -> None:
    order = home.page.get_by_label("Order of the boards")
    assert home.page.locator(TITLES).all_text_contents()[0] == "Gamma"

    order.select_option("title")
    home.page.reload()

    assert home.page.locator(TITLES).all_text_contents() == ["alpha", "Beta", "Gamma"]


def test_a_board_is_deleted_for_good_only_after_a_second_word(home: BoardPage) -> None:
    home.page.get_by_role("button", name="More for Beta").click()
    home.page.get_by_role("menuitem", name="Move to trash").click()
    home.page.locator(".trash summary").click()
    home.page.get_by_role("button", name="Delete Beta for good").click()
    assert home.page.locator(".trash-row").count() == 1

    home.page.get_by_role("button", name="Delete for good").click()

    home.page.locator(".trash-row").wait_for(state="detached")
    home.page.reload()
    assert home.page.locator(".trash").count() == 0
    assert home.page.locator(TITLES).count() == 2


def test_boards_are_put_in_order_by_keyboard_alone(home: BoardPage) -> None:
    """The focus was lost with what was pressed: nothing was left to go on from."""
    page, press = home.page, home.page.keyboard.press
    for title in ("Delta", "Epsilon", "Zeta", "Eta"):
        page.evaluate(_MAKE, [title, BLUE if title == "Eta" else ""])
    page.reload()
    titles = page.locator(TITLES)
    expect(titles).to_have_count(7)

    press("/")
    page.keyboard.type("et")
    expect(titles).to_have_text(["Eta", "Zeta", "Beta"])
    press("Tab")  # the order
    press("Tab")
    expect(titles.first.get_by_role("link")).to_be_focused()
    press("F2")
    page.keyboard.type("Beth")
    press("Enter")
    renamed = page.get_by_role("link", name="Beth", exact=True)
    expect(renamed).to_be_focused()

    press("Tab")
    press("Enter")
    for _ in range(3):
        press("ArrowDown")
    press("Enter")  # "Duplicate"
    expect(titles).to_have_text(["Copy of Beth", "Beth", "Zeta", "Beta"])
    blue = [0x19, 0x71, 0xC2]
    until(lambda: middle_of(home, "Copy of Beth") == blue, what="it shows the same")
    expect(page.get_by_role("button", name="More for Beth", exact=True)).to_be_focused()
    press("Shift+Tab")
    press("Delete")
    expect(titles).to_have_text(["Copy of Beth", "Zeta", "Beta"])
    expect(page.get_by_role("link", name="Zeta")).to_be_focused()

    for key in ("Tab", "Tab", "Tab", "Tab", "Enter", "Tab", "Tab", "Enter"):
        press(key)  # over the last card to the trash, and what is in it
    expect(page.get_by_role("button", name="Keep")).to_be_focused()
    press("Escape")
    expect(page.get_by_role("button", name="Delete Beth for good")).to_be_focused()
    press("Shift+Tab")
    press("Enter")
    expect(titles).to_have_text(["Copy of Beth", "Beth", "Zeta", "Beta"])
    expect(renamed).to_be_focused()
    press("Enter")
    page.wait_for_url("**/b/*/")
    expect(page.get_by_label("Name of the board")).to_have_value("Beth")


def test_drawings_are_imported_by_drop_and_by_button(home: BoardPage) -> None:
    page = home.page
    scene = SAMPLE.read_bytes()
    page.evaluate(DROP, [["empty.excalidraw", ""], ["notes.txt", "no drawing"]])
    alerts = page.get_by_role("alert")
    expect(alerts).to_contain_text(["The file is empty", "There is no drawing in it"])
    assert page.locator(TITLES).count() == 3

    page.evaluate(DROP, [["one.excalidraw", scene.decode()]] * 2)
    page.get_by_text("Imported 2 drawings.").wait_for()
    assert page.locator(TITLES).count() == 5

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Import").focus()
        page.keyboard.press("Enter")
    file = {"name": "Sketch.excalidraw", "mimeType": "", "buffer": scene}
    chooser.value.set_files(files=[file])  # type: ignore[arg-type]  # as Playwright takes it
    page.wait_for_url("**/b/*/")
    home.expect_live()
    assert page.title() == "Sketch · Chalkline"
    assert len(home.elements()) == 7


def test_home_speaks_the_chosen_language(home: BoardPage) -> None:
    page = home.page

    page.get_by_label("Language").focus()
    page.keyboard.press("ArrowDown")  # the first after the browser's own: Arabic
    page.get_by_role("heading", name="لوحاتك").wait_for()
    page.keyboard.press("ArrowDown")  # it was put away with the page once
    page.get_by_role("heading", name="Deine Boards").wait_for()
    page.get_by_role("button", name="Neues Board").wait_for()
    page.get_by_label("Sprache").select_option("ar")
    page.get_by_role("heading", name="لوحاتك").wait_for()

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.title() == "لوحاتك · Chalkline"
    choice = page.locator("label.language select")
    headings = set()
    for language in choice.locator("option[lang]").evaluate_all(
        "options => options.map(option => option.value)"
    ):
        choice.select_option(language)
        page.locator(f"html[lang={language}]").wait_for(state="attached")
        headings.add(page.get_by_role("heading").first.text_content())
        assert page.evaluate("document.documentElement.scrollWidth") <= 1024
    assert len(headings) == 10
    choice.select_option("ar")
    page.locator("html[dir=rtl]").wait_for(state="attached")
    missing = page.goto(page.url + "b/nowhere/")  # written by the server alone
    assert missing is not None and missing.status == 404
    assert page.locator("html").get_attribute("lang") == "ar"


def test_a_new_name_and_a_way_back_reach_who_is_on_the_board(
    home: BoardPage, site: Server, new_person: NewPerson
) -> None:
    page = home.page
    path = page.get_by_role("link", name="Gamma", exact=True).get_attribute("href")
    assert path is not None
    guest = new_person("Bo").open(f"{site.url}{path}")
    name = guest.page.locator(".corner-title")
    expect(guest.page).to_have_title("Gamma · Chalkline")

    page.get_by_role("link", name="Gamma", exact=True).focus()
    page.keyboard.press("F2")
    page.keyboard.type("Delta")
    page.keyboard.press("Enter")
    expect(guest.page).to_have_title("Delta · Chalkline")
    expect(name).to_contain_text("Delta")

    page.get_by_role("button", name="More for Delta").click()
    page.get_by_role("menuitem", name="Move to trash").click()
    guest.page.get_by_text("This board was deleted").wait_for()
    page.locator(".trash summary").click()
    page.get_by_role("button", name="Restore Delta").click()
    expect(page.locator(".toasts")).to_contain_text("Restored “Delta”.")
    page.get_by_role("link", name="Delta", exact=True).click()
    page.wait_for_url(f"**{path}")

    home.expect_live().expect_one("rect")
    home.expect_ink(300, 200, 424, 320, is_inked=True)
    guest.reload().expect_one("rect")
    home.pick("p")
    home.drag((300, 600), (500, 620))
    assert guest.expect_elements(2) == home.expect_saved().elements()
