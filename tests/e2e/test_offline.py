"""A person without a network: draws on, loses the page, and nothing is lost."""

import contextlib
import os
import signal
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Error, expect

from boards.sync.elements import Rect
from boards.sync.protocol import Change, Put
from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard, assert_equal
from tests.support.gate import Gate, gate_to
from tests.support.server import Server, daphne_command, running_server
from tests.support.waiting import free_port, until

pytestmark = pytest.mark.browser

N_STROKES = 20


@pytest.fixture
def gate(site: Server) -> Iterator[Gate]:
    """The only way of one person to the site."""
    with gate_to(site.port) as gate:
        yield gate


def go_offline(page: BoardPage, gate: Gate) -> None:
    """Cut the network of this person alone."""
    gate.close()
    page.page.context.set_offline(True)
    page.expect_status("offline", lambda status: status["status"] != "live")


def go_online(page: BoardPage, gate: Gate) -> None:
    """Give the network back."""
    page.page.context.set_offline(False)
    gate.open()


def draw_row(page: BoardPage) -> list[str]:
    """Draw strokes side by side, the next to the right; their ids in order."""
    page.pick("p")
    for number in range(N_STROKES):
        x = 200.0 + 30 * number
        page.drag((x, 250), (x + 15, 350), steps=2)
    drawn = page.expect_elements(N_STROKES)
    return [pen["id"] for pen in sorted(drawn, key=lambda pen: pen["x"])]


def test_C2_strokes_drawn_offline_survive_a_crash_and_arrive_once_in_order(
    new_person: NewPerson, board: RestBoard, gate: Gate
) -> None:
    url = board_url(replace(board, url=gate.url))
    ada = new_person("Ada").open(url)
    bob = new_person("Bob").open(board_url(board))

    go_offline(ada, gate)
    ids = draw_row(ada)
    ada.expect_status("unsaved", lambda status: status["unsaved"] == N_STROKES)
    expect(ada.page.get_by_text(f"Offline {N_STROKES}")).to_be_visible()
    ada.pick("t")
    ada.press_at(300, 500)
    ada.page.keyboard.type("Half a sen")

    def is_written() -> bool:
        """Whether the strokes are, and once what is being typed."""
        *strokes, words = ada.written()
        return len(strokes) == N_STROKES and "Half a sen" in words

    until(is_written, what="all of it is written")
    with contextlib.suppress(Error):  # that is how one makes a tab crash
        ada.page.goto("chrome://crash")
    ada.page.close()
    assert bob.elements() == []
    ada = BoardPage(ada.page.context.new_page())
    go_online(ada, gate)
    ada.open(url).expect_saved()

    *_, words = bob.expect_elements(N_STROKES + 1)
    assert words["text"] == "Half a sen"
    assert board.drawn_ids() == [*ids, words["id"]]
    assert_equal({"Ada": ada.canonical(), "Bob": bob.canonical(), **board.documents()})


def test_C1_C5_ink_drawn_offline_is_shown_at_once_and_sent_later(
    new_person: NewPerson, board: RestBoard, gate: Gate
) -> None:
    ada = new_person("Ada").open(board_url(replace(board, url=gate.url)))
    bob = new_person("Bob").open(board_url(board))
    go_offline(ada, gate)
    bob.pick("p")
    bob.drag((200, 500), (600, 500))
    bob.expect_saved()

    ids = draw_row(ada)
    assert ada.ink_in(190, 240, 640, 120) > 0
    go_online(ada, gate)

    ada.expect_saved().expect_elements(N_STROKES + 1)
    bob.expect_elements(N_STROKES + 1)
    assert board.drawn_ids()[1:] == ids
    assert_equal({"Ada": ada.canonical(), "Bob": bob.canonical(), **board.documents()})


def test_a_stroke_that_is_being_drawn_when_the_network_goes_is_kept(
    new_person: NewPerson, board: RestBoard, gate: Gate
) -> None:
    ada = new_person("Ada").open(board_url(replace(board, url=gate.url)))
    ada.pick("p")
    ada.drag((200, 200), (400, 300), releases=False)

    go_offline(ada, gate)
    ada.page.mouse.move(600, 200, steps=3)
    go_online(ada, gate)
    ada.page.mouse.move(700, 300, steps=3)
    ada.release()

    pen = ada.expect_saved().expect_one("pen")
    assert max(pen["points"][::2]) == pytest.approx(500, abs=5)


# Every word that the page says of the connection, from now on.
_HEAR_STATUS = """
() => {
  const status = document.querySelector(".status");
  window.heard = [status.textContent];
  new MutationObserver(() => window.heard.push(status.textContent))
    .observe(status, { childList: true, characterData: true, subtree: true });
}
"""


def processes_of(browser: Browser) -> int:
    """The process group of a browser, which is not that of these tests."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    (pid,) = [one["id"] for one in processes if one["type"] == "browser"]
    group = os.getpgid(pid)
    assert group != os.getpgrp()
    return group


def zigzag(top: float) -> list[tuple[float, float]]:
    """A stroke that nobody takes for a shape, however long the pen rests."""
    return [(200, top), (240, top + 60), (280, top), (320, top + 60)]


def test_C2_a_laptop_that_slept_in_mid_stroke_goes_on_and_sends_once(
    new_person: NewPerson, browser: Browser, sqlite_url: str
) -> None:
    port = free_port()
    soon = ["--ping-interval", "1", "--ping-timeout", "1"]  # else most of a minute
    command = [*daphne_command(port), *soon]
    with running_server(
        {"DATABASE_URL": sqlite_url}, command=command, port=port
    ) as server:
        board = RestBoard.create(server.url)
        ada = new_person("Ada").open(board_url(board))
        ada.page.evaluate(_HEAR_STATUS)
        ada.pick("p")
        ada.drag(*zigzag(200))
        ada.expect_saved()
        expect(ada.page.get_by_text("Saved", exact=True)).to_be_visible()

        # What is sent when the lid is closed arrives, but its answer does not.
        os.kill(server.pid, signal.SIGSTOP)
        ada.drag(*zigzag(300))
        expect(ada.page.get_by_text("Saving 1")).to_be_visible()
        ada.drag(*zigzag(400), releases=False)
        group = processes_of(browser)
        os.killpg(group, signal.SIGSTOP)
        try:
            os.kill(server.pid, signal.SIGCONT)
            until(
                lambda: any(line["message"] == "leave" for line in server.log_lines()),
                what="the server gives her up",
            )
            assert len(board.drawn_ids()) == 2
            other = Change("other", [Put(Rect(id="r", x=0, y=0, w=50, h=50))])
            board.post_change(other).raise_for_status()
        finally:
            os.killpg(group, signal.SIGCONT)

        ada.page.mouse.move(400, 400, steps=3)
        ada.release()
        ada.expect_saved().expect_elements(4)
        heard = ada.page.evaluate("window.heard")
        assert any(word in ("Connecting", "Offline 1") for word in heard), heard
        assert heard[-1] == "Saved"
        pens = [one for one in ada.elements() if one["kind"] == "pen"]
        assert max(pens[-1]["points"][::2]) == 200
        assert board.elements().seq == 4  # nothing twice
        ada.expect_ink(350, 400, 40, 40, is_inked=True)
        assert_equal({"Ada": ada.canonical(), **board.documents()})


# Whether a worker answers for this page, and has what it needs to.
_HAS_WORKER = """
async () => {
  const { active } = await navigator.serviceWorker.ready;
  const files = await (await caches.open("files")).keys();
  const pages = await (await caches.open("pages")).keys();
  return active.state === "activated" && files.length > 0 && pages.length > 0;
}
"""

_IS_KEPT = """
async path => {
  const pages = await caches.open("pages");
  const [home, board] = [await pages.match("/"), await pages.match(path)];
  return board !== undefined && (await home?.text())?.includes(path);
}
"""


# Whether the sheet that is fetched when the board is drawn is there, with rules.
_HAS_LATER = """
() => [...document.styleSheets]
  .some(({ href, cssRules }) => /later/.test(href) && cssRules.length > 0)
"""


# How far the copy of the board here goes; opening what is not there would make it.
_KEPT_SEQ = """
async () => {
  const databases = await indexedDB.databases();
  if (!databases.some(({ name }) => name === "chalkline.copies")) return -1;
  return new Promise(resolve => {
    const opening = indexedDB.open("chalkline.copies");
    opening.onsuccess = () => {
      const { result: database } = opening;
      const reading = database.transaction("copies").objectStore("copies").getAll();
      reading.onsuccess = () => {
        database.close();
        resolve(reading.result[0]?.snapshot.seq ?? -1);
      };
    };
  });
}
"""


def test_a_board_opened_before_opens_without_a_network_and_syncs_later(
    new_person: NewPerson, board: RestBoard, gate: Gate
) -> None:
    url = board_url(replace(board, url=gate.url))
    bob = new_person("Bob").open(board_url(board))
    bob.pick("r")
    bob.drag((300, 250), (500, 350))
    bob.expect_saved()
    ada = new_person("Ada", service_workers="allow").open(url)
    until(lambda: ada.page.evaluate(_HAS_WORKER), within_s=20, what="a worker is there")
    ada.expect_elements(1)
    until(lambda: ada.page.evaluate(_KEPT_SEQ) == 1, what="a copy is kept")

    go_offline(ada, gate)
    ada.page.reload()
    ada.expect_status("offline", lambda status: status["status"] == "offline")
    ada.expect_elements(1)
    assert ada.ink_in(300, 200, 700, 400) > 0  # wherever it opens on what is there
    ada.page.keyboard.press("Control+Shift+E")  # a chunk nobody has asked for yet
    ada.page.get_by_role("dialog", name="Export").wait_for()
    until(
        lambda: ada.page.evaluate(_HAS_LATER), what="styles that came after the board"
    )
    ada.page.keyboard.press("Escape")
    ada.pick("p")
    ada.drag((200, 500), (600, 500))
    ada.expect_elements(2)
    ada.page.reload()
    ada.expect_status("unsaved", lambda status: status["unsaved"] == 1)
    ada.expect_elements(2)
    go_online(ada, gate)

    ada.expect_saved()
    bob.expect_elements(2)
    assert_equal({"Ada": ada.canonical(), "Bob": bob.canonical(), **board.documents()})


def test_home_opened_before_opens_without_a_network(
    new_person: NewPerson, gate: Gate
) -> None:
    ada = new_person("Ada", service_workers="allow")
    ada.page.goto(gate.url)
    until(lambda: ada.page.evaluate(_HAS_WORKER), within_s=20, what="a worker is there")
    ada.page.get_by_role("button", name="Make a board").first.click()
    ada.page.wait_for_url("**/b/**")
    ada.expect_live()
    ada.pick("r")
    ada.drag((300, 250), (500, 350))
    ada.expect_saved()
    until(lambda: ada.page.evaluate(_KEPT_SEQ) == 1, what="a copy is kept")
    board_path = ada.page.url.removeprefix(gate.url)
    ada.page.goto(gate.url)
    card = ada.page.locator(".card-title a")
    expect(card).to_have_attribute("href", board_path)
    until(lambda: ada.page.evaluate(_IS_KEPT, board_path), what="the page is kept")

    gate.close()
    ada.page.context.set_offline(True)
    ada.page.reload()

    expect(ada.page.get_by_role("heading", name="Your boards")).to_be_visible()
    expect(card).to_have_attribute("href", board_path)
    card.click()
    ada.expect_status("offline", lambda status: status["status"] == "offline")
    ada.expect_one("rect")
    ada.expect_ink(300, 200, 424, 320, is_inked=True)


def test_A3_a_board_that_was_closed_to_me_does_not_open_without_a_network(
    new_person: NewPerson, board: RestBoard, gate: Gate
) -> None:
    url = board_url(replace(board, url=gate.url))
    ada = new_person("Ada", service_workers="allow").open(url)
    until(lambda: ada.page.evaluate(_HAS_WORKER), within_s=20, what="a worker is there")
    ada.reload()

    board.share("none")
    ada.page.get_by_text("This board is closed to you").wait_for()
    ada.page.reload()
    ada.page.get_by_text("This board is private").wait_for()
    gate.close()
    ada.page.context.set_offline(True)

    with pytest.raises(Error):
        ada.page.reload()


def test_undo_survives_a_reload(page: BoardPage) -> None:
    page.pick("p")
    page.drag((200, 200), (400, 300))
    page.expect_saved().expect_elements(1)

    page.reload()
    page.page.keyboard.press("Control+z")

    page.expect_elements(0)
    page.expect_saved()
