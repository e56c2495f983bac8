"""Every language has room: nothing is cut, nothing leaves the screen or its panel."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.board_page import WITHIN_S
from tests.e2e.conftest import PHONE, NewPerson
from tests.e2e.keys import press
from tests.support.server import ROOT, Server
from tests.support.waiting import until

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 800}}
LANGUAGES = sorted(path.name for path in (ROOT / "frontend" / "messages").iterdir())
# Titles that others typed end in dots where there is no room; tools are scrolled to.
_WITHOUT_ROOM = """
() => {
  const found = [];
  for (const part of document.querySelectorAll(
    "button, label, legend, h1, h2, p, span, small, a, option",
  )) {
    const words = [...part.childNodes].filter((node) => node instanceof Text);
    const seen = { visibilityProperty: true, opacityProperty: true };
    if (!words.some(({ data }) => data.trim()) || !part.checkVisibility(seen)) continue;
    if (part.closest(".visually-hidden, .skips, .voice, .title, .toolbar")) continue;
    const { left, right } = part.getBoundingClientRect();
    let is_cut = left < 0 || right > innerWidth;
    for (let around = part; around; around = around.parentElement) {
      const { overflowX, position } = getComputedStyle(around);
      const pane = around.getBoundingClientRect();
      is_cut ||=
        overflowX !== "visible" &&
        (left < pane.left - 1 || right > pane.right + 1 ||
          (around === part && part.scrollWidth > part.clientWidth + 1));
      if (position === "fixed") break; // what that lies in cuts nothing
    }
    if (is_cut) found.push(`${part.className}: ${part.textContent}`);
  }
  return found;
}
"""


def expect_room(page: Page, shown: str) -> None:
    """Once this is shown, every word on the screen can be read."""
    page.locator(shown).first.wait_for()
    until(
        lambda: page.evaluate(_WITHOUT_ROOM) == [],  # once all styles are there
        within_s=WITHIN_S,
        what=str(page.evaluate(_WITHOUT_ROOM)),
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_words_have_room(
    device: dict[str, object], language: str, site: Server, new_person: NewPerson
) -> None:
    owner = new_person("Ada", locale=language, reduced_motion="reduce", **device)
    page = owner.page
    page.goto(site.url)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect_room(page, "h1")
    owner.make_board(site.url)
    new_person("Mallory").open(page.url)

    press(owner, "r", "Enter", "Escape")
    unfold = page.locator(".toolbar-style button:visible")
    for button in unfold.all():
        button.click()
    expect_room(page, ".style .number")
    for button in unfold.all():
        button.click()
    page.locator(".corner-title button").click()
    expect_room(page, ".menu")
    press(owner, "Escape")
    for keys in ("?", "Control+Shift+E", "Alt+k"):
        press(owner, keys)
        expect_room(page, "dialog[open]")
        press(owner, "Escape")
        page.locator("dialog[open]").wait_for(state="detached")
    page.locator(".share-button").click()
    page.locator("dialog[open] input[type=checkbox]").check()
    expect_room(page, ".toast")
    press(owner, "Escape")
    page.locator(".people-open").first.click()
    page.locator(".person [aria-haspopup=menu]").click()
    expect_room(page, ".menu")
