"""The gallery's screens of keeping the peace: an owner's, and everybody else's."""

import pytest
from playwright.sync_api import expect

from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson
from tests.e2e.test_gallery import DEVICES, GALLERY, Device, picture
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOOKS = [
    (device, theme, locale)
    for device in DEVICES
    for theme in ("light", "dark")
    for locale in ("en", "ar")
]


@pytest.mark.parametrize(("device", "theme", "locale"), LOOKS)
def test_the_gallery_of_moderation(
    device: Device, theme: str, locale: str, site: Server, new_person: NewPerson
) -> None:
    folder = GALLERY / f"{device.name}-{theme}"
    folder.mkdir(parents=True, exist_ok=True)
    suffix = "" if locale == "en" else f"-{locale}"
    options = {"color_scheme": theme, "locale": locale, **device.options}
    owner = new_person("Ada", **options).make_board(site.url)
    page = owner.page
    mallory = new_person("Mallory").open(page.url)
    other = new_person("Bao", **options).open(page.url)
    mallory.pick("p")
    mallory.drag((300, 200), (420, 330), (540, 220))
    owner.expect_elements(1)

    share(owner)
    page.locator(".dialog .radio input[type='checkbox']").check()
    page.locator(".dialog .dialog-field > input.field").last.fill("Exam at nine.")
    page.keyboard.press("Enter")
    other.expect_status("viewing", lambda status: status["role"] == "view")
    picture(other.page, folder / f"frozen{suffix}.png")
    share(other)
    other.page.locator(".report summary").click()
    picture(other.page, folder / f"report{suffix}.png")
    page.keyboard.press("Escape")

    page.locator(".people-open").first.click()
    row = page.locator(".person", has_text="Mallory")
    row.locator("[aria-haspopup='menu']").click()
    page.get_by_role("menu").wait_for()
    picture(page, folder / f"moderation-menu{suffix}.png")
    page.get_by_role("menuitem").nth(1).click()
    page.locator(".toast").first.wait_for()
    picture(page, folder / f"moderation-banned{suffix}.png")
    share(owner)
    page.locator(".ban").first.wait_for()
    picture(page, folder / f"share-owner{suffix}.png")
    mallory.expect_status("closed", lambda status: status["status"] == "closed")
    # Guests at the same address are kept out with her.
    other.expect_status("closed", lambda status: status["status"] == "closed")
    expect(other.page.get_by_role("dialog")).to_have_count(0)
    picture(other.page, folder / f"sent-away{suffix}.png")


def share(person: BoardPage) -> None:
    """Open the dialog in which a board is shared."""
    person.page.locator(".share-button").first.click()
    person.page.get_by_role("dialog").wait_for()
