"""A pen as its tablet sends it: a recording, each move at its own time.

Playwright waits for the answer to each move, so the next comes right after the frame
that took the last, and waits for nearly all of the next. A tablet waits for nobody. So
these moves are sent over a connection of their own, and answers are read at the end.
"""

import time
from collections.abc import Iterator

import httpx
import msgspec
from websockets.sync.client import ClientConnection, connect

from boards.replay.corpus import Drawing, RawStroke, read_drawings
from boards.replay.layout import Cell, fit
from tests.support.corpus import EXCERPT

RECORDING = "svc-tablet/recording-a"  # a Wacom tablet, 133 moves a second
N_STROKES = 3  # of it
PLACE = Cell(440, 200)  # the middle of the window
PAUSE_S = 0.3  # between two strokes
Input = dict[str, str | float]


def write(debugging_port: int) -> None:
    """Write the recorded strokes on the only page of a browser."""
    drawing = next(one for one in read_drawings(EXCERPT) if one.id == RECORDING)
    with connect(_only_page(debugging_port)) as page:
        for raw in drawing.strokes:
            time.sleep(PAUSE_S)  # part of the input: a hand that moves on
            _write_stroke(page, raw, list(_inputs(drawing, raw)))


def _only_page(debugging_port: int) -> str:
    targets = httpx.get(f"http://127.0.0.1:{debugging_port}/json").json()
    (url,) = (one["webSocketDebuggerUrl"] for one in targets if one["type"] == "page")
    return str(url)


def _inputs(drawing: Drawing, raw: RawStroke) -> Iterator[Input]:
    placement = fit(drawing, PLACE)
    last = len(raw.x) - 1
    for i, (x, y, force) in enumerate(zip(raw.x, raw.y, raw.p or [], strict=True)):
        kind = {0: "mousePressed", last: "mouseReleased"}.get(i, "mouseMoved")
        at_x, at_y = placement.point(x, y)
        yield {
            "type": kind,
            "x": at_x,
            "y": at_y,
            "button": "left",
            "buttons": int(i < last),
            "pointerType": "pen",
            "force": force,
            "clickCount": int(kind != "mouseMoved"),
        }


def _write_stroke(page: ClientConnection, raw: RawStroke, inputs: list[Input]) -> None:
    times_ms = raw.t or []
    begun = time.monotonic() - times_ms[0] / 1000
    for number, (at_ms, params) in enumerate(zip(times_ms, inputs, strict=True)):
        time.sleep(max(0.0, begun + at_ms / 1000 - time.monotonic()))
        call = {"id": number, "method": "Input.dispatchMouseEvent", "params": params}
        page.send(msgspec.json.encode(call), text=True)
    for _ in inputs:
        page.recv()
