"""The gallery: every screen as a picture, to be looked at (`make screenshots`).

Home, a board that several people use, each panel; in light and dark, on a desk, a
tablet and a phone. The pictures go to `var/gallery/<device>-<theme>/`. What is asserted
is that each screen shows what it is a picture of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from boards.sync.elements import (
    Arrow,
    Binding,
    Diamond,
    Element,
    Frame,
    Image,
    Note,
    Rect,
    Text,
)
from boards.sync.protocol import Change, Put
from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.e2e.test_photograph import chosen
from tests.support import plain_http
from tests.support.convergence import RestBoard
from tests.support.replays import replaying
from tests.support.server import ROOT, Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

GALLERY = ROOT / "var" / "gallery"
CHART: list[Element] = [
    Frame(
        id="frame",
        x=900,
        y=-860,
        w=860,
        h=560,
        title="How we ship",
        stroke="#697077",
        z="a0",
    ),
    Rect(id="idea", x=960, y=-760, w=220, h=110, label="Idea", fill="#ffec99", z="a1"),
    Diamond(
        id="good", x=1300, y=-790, w=220, h=170, label="Good?", fill="#a5d8ff", z="a2"
    ),
    Rect(id="ship", x=1300, y=-480, w=220, h=110, label="Ship it", rough=1, z="a3"),
    Arrow(
        id="first",
        x=1180,
        y=-705,
        points=[0, 0, 120, 0],
        start=Binding(id="idea", x=1, y=0.5),
        end=Binding(id="good", x=0, y=0.5),
        z="a4",
    ),
    Arrow(
        id="second",
        x=1410,
        y=-620,
        points=[0, 0, 0, 140],
        start=Binding(id="good", x=0.5, y=1),
        end=Binding(id="ship", x=0.5, y=0),
        label="yes",
        z="a5",
    ),
    Note(id="note", x=960, y=-560, w=200, h=200, text="Ask Carmen first", z="a6"),
    Text(id="title", x=900, y=-980, text="Tuesday", size=48, z="a7"),
    Rect(
        id="kept",
        x=1560,
        y=-480,
        w=160,
        h=110,
        label="Agreed",
        fill="#b2f2bb",
        corner="round",
        locked=True,
        z="a8",
    ),
]
PHOTO = ROOT / "tests" / "corpus" / "images" / "image__simple.webp"


@dataclass(frozen=True, slots=True)
class Device:
    """What a screen is seen on."""

    name: str
    options: dict[str, object]


def _touch(width: int, height: int) -> dict[str, object]:
    viewport = {"width": width, "height": height}
    return {"viewport": viewport, "has_touch": True, "is_mobile": True}


# Resolves when neither the board nor its map has changed for half a second's frames: by
# then what was stretched is sharp, and the map shows what lies there.
_AT_REST = """
() => new Promise(resolve => {
  const read = () => {
    let hash = 0;
    for (const canvas of document.querySelectorAll(".layer-scene, .minimap canvas")) {
      const { width, height } = canvas;
      const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
      for (const word of new Uint32Array(data.buffer)) hash = (hash * 31 + word) | 0;
    }
    return hash;
  };
  let [last, same, frame] = [read(), 0, 0];
  const look = () => {
    if (++frame % 6 === 0) {
      const now = read();
      same = now === last ? same + 1 : 0;
      last = now;
    }
    same >= 5 ? resolve() : requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
"""
DEVICES = [
    Device("desk", {"viewport": {"width": 1280, "height": 800}}),
    Device("tablet", _touch(820, 1180)),
    Device("phone", _touch(390, 844)),
]

Opens = Callable[[Page], Locator]


def by_keys(*keys: str, role: str = "dialog", name: str = "") -> Opens:
    """A screen that keys open, and what is then to be seen."""

    def opens(page: Page) -> Locator:
        for key in keys:
            page.keyboard.press(key)
        return page.get_by_role(role, name=name or None)  # type: ignore[arg-type]  # a role's name

    return opens


def in_hand(key: str) -> Opens:
    """A tool taken in hand, with what can be chosen for it."""

    def opens(page: Page) -> Locator:
        page.keyboard.press(key)
        return page.locator("[aria-pressed='true']")

    return opens


def context_menu(page: Page) -> Locator:
    """The menu of the element in the middle."""
    page.keyboard.press("Shift+F10")
    return page.get_by_role("menu")


def main_menu(page: Page) -> Locator:
    """The menu of the board."""
    page.get_by_role("button", name="Menu").first.click()
    return page.get_by_role("menu")


SCREENS: dict[str, Opens] = {
    "board": by_keys("v", role="application"),
    "pen": in_hand("p"),
    "highlighter": in_hand("Shift+p"),
    "rectangle": in_hand("r"),
    "arrow": in_hand("a"),
    "text": in_hand("t"),
    "eraser": in_hand("e"),
    "selected": by_keys("v", "Control+a", role="application"),
    "context-menu": context_menu,
    "menu": main_menu,
    "palette": by_keys("Control+k"),
    "shortcuts": by_keys("?", name="Shortcuts"),
    "find": by_keys("Control+f", role="searchbox"),
    "export": by_keys("Control+Shift+e", name="Export"),
    "map": by_keys("m", role="application"),
    "react": by_keys("Shift+r", role="application"),
    "zen": by_keys("Alt+z", role="application"),
}
ON_ELEMENT = {
    "style-text": "title",
    "style-note": "note",
    "style-frame": "frame",
    "style-arrow": "second",
    "style-shape": "idea",
    "locked": "kept",
    "image": "photo",
    "crop": "photo",
}
ON_CLICK = {
    "share": ("Share", "Share this board"),
    "person": ("You", "You on this board"),
    "people": ("Everyone on this board", ""),
}


@pytest.fixture
def drawn(board: RestBoard, tmp_path: Path) -> RestBoard:
    """A board in use: real drawings, a chart, a note."""
    with replaying(board, chosen(tmp_path / "chosen.jsonl"), 100):
        pass
    sent = plain_http.post(
        f"{board.address}/assets/",
        content=PHOTO.read_bytes(),
        headers={**board.headers, "Content-Type": "application/octet-stream"},
    )
    sent.raise_for_status()
    photo = Image(id="photo", x=960, y=-180, w=550, h=368, asset=sent.json()["hash"])
    board.post_change(
        Change("chart", [Put(element) for element in [*CHART, photo]])
    ).raise_for_status()
    return board


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.name)
def test_the_gallery(
    device: Device, theme: str, site: Server, drawn: RestBoard, new_person: NewPerson
) -> None:
    folder = GALLERY / f"{device.name}-{theme}"
    folder.mkdir(parents=True, exist_ok=True)
    peer = new_person("Bao").open(board_url(drawn))
    peer.page.keyboard.press("Shift+1")
    person = new_person("Ada", color_scheme=theme, **device.options)
    for name, opens in SCREENS.items():
        look(person, drawn, peer)
        opens(person.page).first.wait_for()
        picture(person.page, folder / f"{name}.png")
    for name, element in ON_ELEMENT.items():
        chosen_element(person, drawn, element, is_edited=name == "crop")
        picture(person.page, folder / f"{name}.png")
    for name, (button, title) in ON_CLICK.items():
        look(person, drawn, peer)
        person.page.get_by_role("button", name=button).first.click()
        shown = person.page.get_by_role("dialog", name=title)
        if not title:
            shown = person.page.get_by_role("region", name=button)
        shown.wait_for()
        picture(person.page, folder / f"{name}.png")
    look(person, drawn, peer)
    refused(person)
    picture(person.page, folder / "toast.png")
    drawn.share("view")
    person.page.get_by_text("View only").wait_for()
    picture(person.page, folder / "viewer.png")
    make_boards(person, site)
    for name, path in {"home": "/", "check": "/check/"}.items():
        person.page.goto(f"{site.url}{path}")
        person.page.get_by_role("heading").first.wait_for()
        person.page.wait_for_load_state("networkidle")
        picture(person.page, folder / f"{name}.png")
    person.page.goto(site.url)
    person.page.get_by_role("button", name="More for").first.click()
    picture(person.page, folder / "home-menu.png")
    person.page.get_by_role("menuitem", name="trash").click()
    person.page.locator(".trash summary").click()
    picture(person.page, folder / "home-trash.png")
    drawn.share("edit")
    away = new_person("", color_scheme=theme, locale="ar", **device.options)
    away.open(f"{board_url(drawn)}#el=idea").expect_seq(drawn.elements().seq)
    away.page.context.set_offline(True)
    away.expect_status("offline", lambda status: status["status"] == "offline")
    picture(away.page, folder / "arabic-offline.png")


def chosen_element(
    person: BoardPage, board: RestBoard, element: str, *, is_edited: bool
) -> None:
    """One element selected, and what can be done with it; or edited."""
    person.page.goto("about:blank")
    person.open(f"{board_url(board)}#el={element}").expect_seq(board.elements().seq)
    person.page.locator(".stage").focus()
    if is_edited:
        person.page.keyboard.press("Enter")
        person.page.get_by_role("dialog").wait_for()
    person.page.wait_for_load_state("networkidle")


def refused(person: BoardPage) -> None:
    """What is said when a file is nothing that a board can show."""
    with person.page.expect_file_chooser() as chooser:
        person.page.get_by_role("button", name="Image").first.click()
    chooser.value.set_files(
        {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no picture"}
    )
    person.page.get_by_text("no picture").wait_for()


def make_boards(person: BoardPage, site: Server) -> None:
    """Boards of the person's own, with something on them."""
    for key in ("p", "r", "o"):
        person.page.goto(site.url)
        person.page.get_by_role("button", name="board").first.click()
        person.page.wait_for_url("**/b/**")
        person.expect_live().pick(key)
        person.drag((255, 250), (300, 420), (375, 330))  # beside the panel
        person.expect_saved()


def look(person: BoardPage, board: RestBoard, peer: BoardPage) -> None:
    """See the whole board, with a peer who moves."""
    person.open(board_url(board)).expect_seq(board.elements().seq)
    person.page.locator(".unfold").wait_for(state="attached")  # what fingers press
    person.page.keyboard.press("Shift+1")
    peer.page.mouse.move(480, 300)
    peer.page.mouse.move(520, 330)


def picture(page: Page, path: Path) -> None:
    """Take it once everything has come to rest, what the map shows as well."""
    page.evaluate("() => document.fonts.ready.then(() => undefined)")
    page.evaluate(_AT_REST)
    assert len(page.screenshot(path=path)) > 5_000
