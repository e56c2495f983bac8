"""The system's Chromium under Playwright; nothing is downloaded."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.support.services import Missing

# The shell is the same engine without the browser's own windows: half of the work.
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS = [
    "--no-sandbox",  # containers and root have no user namespaces
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium(*, has_windows: bool = False) -> str:
    """The path of the browser; one with windows where somebody wants to watch.

    Raises:
        Missing: when none is in the PATH.
    """
    for name in PROGRAMS if has_windows else (*SHELLS, *PROGRAMS):
        program = shutil.which(name)
        if program is not None:
            return program
    raise Missing("Chromium is not installed; `make test` installs it.")


@contextmanager
def chromium(*arguments: str) -> Iterator[Browser]:
    """A headless browser; visible when HEADED is set."""
    is_watched = bool(os.environ.get("HEADED"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(has_windows=is_watched),
            args=[*ARGUMENTS, *arguments],
            headless=not is_watched,
        )
        try:
            yield browser
        finally:
            browser.close()
