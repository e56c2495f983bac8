"""What tests by keyboard share: pressing keys, where they go, what is said to them."""

from playwright.sync_api import Locator

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson
from tests.support.server import Server


def press(page: BoardPage, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.page.keyboard.press(key)


def stage_of(page: BoardPage) -> Locator:
    """The drawing surface, which takes the keys."""
    return page.page.get_by_role("application", name="Drawing surface")


def voice_of(page: BoardPage) -> Locator:
    """What is said to screen readers, once it is there."""
    voice = page.page.locator(".voice")
    voice.wait_for(state="attached")
    return voice


def run_named(page: BoardPage, words: str) -> None:
    """Find an action in the palette by these words, and run the first."""
    press(page, "Control+k")
    page.page.get_by_role("combobox", name="Find an action").fill(words)
    press(page, "Enter")


def owner_with(site: Server, new_person: NewPerson) -> tuple[BoardPage, BoardPage]:
    """An owner on a board of their own, and Mallory on it."""
    owner = new_person("Ada").make_board(site.url)
    return owner, new_person("Mallory").open(owner.page.url)
