"""A board page in a real browser, with verbs: what a person does and sees.

Input is real pointer, key and touch events; what is on the board is read through the
page's own read-only property (`document.querySelector("#board").board`). Nothing here
sleeps: everything waits for a condition with a deadline.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import CDPSession, FloatRect, Page

from tests.support.convergence import canonical
from tests.support.waiting import until

WITHIN_S = 20.0  # a loaded machine takes its time; a deadline is no measurement
CATCH_UP_S = 60.0  # thousands of strokes, painted without a graphics card
REST_FRAMES = 15  # a quarter of a second at 60 Hz
Point = tuple[float, float]

# What another program put on the clipboard; Chromium has no other way to it headless.
PASTE = """
text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true });
  document.body.dispatchEvent(event);
}
"""
# As text: Playwright takes seconds for a large document value by value.
_DOCUMENT = "() => JSON.stringify(document.querySelector('#board').board.document())"
_STATUS = "() => document.querySelector('#board')?.board?.status() ?? null"
# All canvases as the person sees them: how many pixels are not the commonest colour.
# What is read is what the next frame shows: a change is painted in it, not at once.
_INK = """
async ([left, top, width, height]) => {
  await new Promise(requestAnimationFrame);
  const copy = new OffscreenCanvas(width, height).getContext("2d");
  for (const canvas of document.querySelectorAll("#board canvas")) {
    const box = canvas.getBoundingClientRect();
    const ratio = canvas.width / box.width;
    copy.drawImage(canvas, (left - box.left) * ratio, (top - box.top) * ratio,
      width * ratio, height * ratio, 0, 0, width, height);
  }
  const pixels = new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  return pixels.length - Math.max(...counts.values());
}
"""
_COLOR = """
async ([x, y]) => {
  await new Promise(requestAnimationFrame);
  const copy = new OffscreenCanvas(1, 1).getContext("2d");
  for (const canvas of document.querySelectorAll("#board canvas.layer")) {
    const ratio = canvas.width / canvas.getBoundingClientRect().width;
    copy.drawImage(canvas, x * ratio, y * ratio, 1, 1, 0, 0, 1, 1);
  }
  const channels = [...copy.getImageData(0, 0, 1, 1).data].slice(0, 3);
  return `#${channels.map(value => value.toString(16).padStart(2, "0")).join("")}`;
}
"""
_FRAMES = """
n => new Promise(resolve => {
  const next = () => (n-- > 0 ? requestAnimationFrame(next) : resolve());
  next();
})
"""

_WRITTEN = """
() => new Promise(resolve => {
  const opening = indexedDB.open("chalkline");
  opening.onsuccess = () => {
    const { result: database } = opening;
    const reading = database.transaction("changes").objectStore("changes").getAll();
    reading.onsuccess = () => {
      database.close();
      resolve(reading.result.map(({ change }) => JSON.stringify(change.ops)));
    };
  };
})
"""


class BoardPage:
    """One person's tab on one board."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._devices: CDPSession | None = None

    # --- coming and going -------------------------------------------------------

    def open(self, url: str) -> "BoardPage":
        """Go there and wait until the socket is live."""
        self.page.goto(url)
        return self.expect_live()

    def make_board(self, site_url: str) -> "BoardPage":
        """Make a board on a home that lists none yet, in any language; own it."""
        self.page.goto(site_url)
        self.page.get_by_role("main").get_by_role("button").first.click()
        self.page.wait_for_url("**/b/**")
        return self.expect_live()

    def reload(self) -> "BoardPage":
        """Load the page again and wait until the socket is live."""
        self.page.reload()
        return self.expect_live()

    def expect_live(self) -> "BoardPage":
        """Wait until the page is connected."""
        return self.expect_status("live", lambda s: s["status"] == "live")

    def expect_saved(self) -> "BoardPage":
        """Wait until everything drawn here is acknowledged."""
        return self.expect_status(
            "saved", lambda s: s["status"] == "live" and s["unsaved"] == 0
        )

    def expect_status(
        self, what: str, holds: Callable[[dict[str, Any]], bool]
    ) -> "BoardPage":
        """Wait until the page's status is like that."""
        until(
            lambda: (status := self.status()) is not None and holds(status),
            within_s=WITHIN_S,
            what=f"the page is {what}: {self.status()}",
        )
        return self

    # --- seeing -----------------------------------------------------------------

    def status(self) -> dict[str, Any] | None:
        """What the page says about its connection; None while it loads."""
        found: dict[str, Any] | None = self.page.evaluate(_STATUS)
        return found

    def document(self) -> dict[str, Any]:
        """What the page shows: `{seq, elements}`."""
        found: dict[str, Any] = json.loads(self.page.evaluate(_DOCUMENT))
        return found

    def elements(self) -> list[dict[str, Any]]:
        """The elements in paint order."""
        found: list[dict[str, Any]] = self.document()["elements"]
        return found

    def written(self) -> list[str]:
        """The ops of each change that would outlive a crash of the tab, as text."""
        found: list[str] = self.page.evaluate(_WRITTEN)
        return found

    def canonical(self) -> str:
        """The document as canonical JSON."""
        return canonical(self.document())

    def expect_elements(self, n_elements: int) -> list[dict[str, Any]]:
        """Wait until so many elements are shown; they are."""
        until(
            lambda: len(self.elements()) == n_elements,
            within_s=WITHIN_S,
            what=f"{n_elements} elements, there are {len(self.elements())}",
        )
        return self.elements()

    def expect_seq(self, seq: int) -> "BoardPage":
        """Wait until the page has applied everything up to `seq`."""
        until(
            lambda: self.document()["seq"] >= seq,
            within_s=CATCH_UP_S,
            what=f"the page has all {seq} entries",
        )
        return self

    def expect_one(self, kind: str) -> dict[str, Any]:
        """Wait until the only element is of this kind; it is."""
        (element,) = self.expect_elements(1)
        assert element["kind"] == kind
        return element

    def ink_in(self, left: float, top: float, width: float, height: float) -> int:
        """How many pixels of the canvas differ from the paper there."""
        found: int = self.page.evaluate(_INK, [left, top, width, height])
        return found

    def expect_ink(
        self, left: float, top: float, width: float, height: float, *, is_inked: bool
    ) -> None:
        """Wait until something, or nothing, is painted there."""
        until(
            lambda: (self.ink_in(left, top, width, height) > 0) is is_inked,
            within_s=WITHIN_S,
            what=f"ink at {left}, {top}: {is_inked}",
        )

    def color_at(self, x: float, y: float) -> str:
        """The colour that is painted there, as `#rrggbb`."""
        found: str = self.page.evaluate(_COLOR, [x, y])
        return found

    def expect_color(self, x: float, y: float, color: str) -> None:
        """Wait until that colour is painted there."""
        until(
            lambda: self.color_at(x, y) == color,
            within_s=WITHIN_S,
            what=f"{color} at {x}, {y}: {self.color_at(x, y)}",
        )

    def cursor_labels(self) -> list[str]:
        """The names beside the cursors of the others."""
        return self.page.locator("#board .cursor-name").all_text_contents()

    # --- doing ------------------------------------------------------------------

    def pick(self, key: str) -> None:
        """Take a tool in hand by its key."""
        self.page.keyboard.press(key)

    def press_at(self, x: float, y: float) -> None:
        """Press and release the mouse in one place."""
        self.page.mouse.click(x, y)

    def drag(self, *points: Point, steps: int = 4, releases: bool = True) -> None:
        """Press at the first point, move along the others, release at the last."""
        (x, y), *rest = points
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        for to_x, to_y in rest:
            self.page.mouse.move(to_x, to_y, steps=steps)
        if releases:
            self.release()

    def release(self) -> None:
        """Let the mouse button go."""
        self.page.mouse.up()

    def touch(self, kind: str, *fingers: Point) -> None:
        """A touch event: `touchStart`, `touchMove`, `touchEnd` or `touchCancel`."""
        points = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(fingers)]
        touch: dict[str, object] = {"type": kind, "touchPoints": points}
        self._device("Input.dispatchTouchEvent", touch)

    def pen(self, *points: Point, force: float = 0.5, releases: bool = True) -> None:
        """Put a pen down at the first point, as hard as `force` (0…1), and draw."""
        (x, y), *rest = points
        self._pen("mouseMoved", x, y, force=0.0)
        self._pen("mousePressed", x, y, force=force)
        for to_x, to_y in rest:
            self._pen("mouseMoved", to_x, to_y, force=force)
            x, y = to_x, to_y
        if releases:
            self.lift_pen(x, y)

    def move_pen(self, *points: Point, force: float = 0.5) -> None:
        """Go on with a pen that is down."""
        for x, y in points:
            self._pen("mouseMoved", x, y, force=force)

    def rush_pen(self, *readings: tuple[float, float, float]) -> None:
        """Go on with a pen that is down: places and how hard, none waits for another.

        Nothing else sends faster than the page takes it: each answer is waited for.
        """
        session = self._session()
        for x, y, force in readings:
            pen = _pen_event("mouseMoved", x, y, force=force)
            sent = session._impl_obj.send("Input.dispatchMouseEvent", pen, timeout=0)
            session._loop.create_task(sent)

    def lift_pen(self, x: float, y: float) -> None:
        """Lift the pen there."""
        self._pen("mouseReleased", x, y, force=0.0)

    def _pen(self, kind: str, x: float, y: float, *, force: float) -> None:
        self._device("Input.dispatchMouseEvent", _pen_event(kind, x, y, force=force))

    def _device(self, method: str, what: dict[str, object]) -> None:
        """Input as the browser gets it from its devices."""
        self._session().send(method, what)

    def _session(self) -> CDPSession:
        if self._devices is None:
            self._devices = self.page.context.new_cdp_session(self.page)
        return self._devices

    def box_of(self, selector: str) -> FloatRect:
        """Where the first such part of the page lies."""
        box = self.page.locator(selector).first.bounding_box()
        assert box is not None
        return box

    def tap_button(self, name: str) -> None:
        """Tap a button by what it is called."""
        self.page.get_by_role("button", name=name, exact=True).tap()

    def swipe(self, points: Sequence[Point]) -> None:
        """Draw along the points with one finger, which rests before it is lifted."""
        self.touch("touchStart", points[0])
        for point in points[1:]:
            self.touch("touchMove", point)
        self.rest_and_lift(points[-1])

    def rest_and_lift(self, point: Point) -> None:
        """Let the finger that is down rest at the point, then lift it.

        A finger that leaves at speed flings, and the browser takes a tap that follows
        at once for one that stops the fling: no person taps that soon.
        """
        self.page.evaluate(_FRAMES, REST_FRAMES)
        self.touch("touchMove", point)
        self.touch("touchEnd")


def _pen_event(kind: str, x: float, y: float, *, force: float) -> dict[str, object]:
    is_hovering = kind == "mouseMoved" and force == 0
    pen: dict[str, object] = {"type": kind, "x": x, "y": y, "pointerType": "pen"}
    pen |= {"force": force, "tiltX": 20, "tiltY": -10, "clickCount": 1}
    if not is_hovering:
        pen |= {"button": "left", "buttons": 0 if kind == "mouseReleased" else 1}
    return pen
