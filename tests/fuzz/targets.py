"""The targets: each takes bytes and raises where something does not hold.

A refusal in words is the right answer to nonsense; every other exception is a finding.
Used by `python -m tests.fuzz` and by the replay of the kept corpora.
"""

import importlib
import json
import math
from collections.abc import Callable
from io import BytesIO
from typing import Any

import msgspec
from PIL import Image
from twisted.internet.error import ConnectionDone
from twisted.python.failure import Failure

from boards.assets import cleaning, svg
from boards.assets.bounds import Bounds
from boards.formats import files
from boards.formats.ops import cut, shortest_ops_for
from boards.sync import protocol
from boards.sync.document import Document
from boards.sync.drafts import append, stroke_of
from boards.sync.protocol import Live, Put, Submit
from boards.sync.refusals import MAX_DETAIL_CHARS, Refused
from tests.board_server.serving import test_reader as sockets
from tests.fuzz.twin import twin_fold

BOUNDS = Bounds(
    bytes=262_144,
    pixels=1_000_000,
    frames=20,
    edge_px=256,
    memory_bytes=2**30,
    seconds=5,
)
_ENDED: Any = Failure(ConnectionDone())  # type: ignore[no-untyped-call]  # Twisted has no types
METADATA = {"exif", "icc_profile", "xmp", "XML:com.adobe.xmp", "comment", "photoshop"}


def frame(data: bytes) -> None:
    """The protocol decoder, and what a frame that it takes does to a board."""
    text = data.decode(errors="replace")  # sockets hand over whole characters
    protocol.submit_id(text)
    try:
        decoded = protocol.decode_frame(text)
    except Refused as refusal:
        assert 0 < len(refusal.detail) <= MAX_DETAIL_CHARS
        return
    again = protocol.encode(decoded)
    assert protocol.decode_frame(again) == decoded
    strict(again)
    match decoded:
        case Submit(id_, ops):
            assert protocol.submit_id(text) == id_
            folded_of(ops)
        case Live(draft=list() as draft) if decoded.extend:
            stroke = stroke_of(draft, decoded.extend.id)
            if stroke is not None:
                append(stroke, decoded.extend)


def fold(data: bytes) -> None:
    """The fold over stored ops of any age: total, repeatable, the same in both."""
    try:
        ops = strict(data.decode())
    except (ValueError, RecursionError):
        return
    if not isinstance(ops, list):
        return
    entries = [
        {"seq": seq, "id": f"c{seq}", "at": seq, "by": {}, "ops": part}
        for seq, part in enumerate((ops[::2], ops[1::2]), start=1)
    ]
    try:
        texts = [msgspec.json.encode(entry) for entry in entries]
    except (msgspec.MsgspecError, UnicodeError, OverflowError, RecursionError):
        return  # the journal could not have written it either
    whole = Document()
    for text in texts:
        whole.apply(text)
    first = Document()
    first.apply(texts[0])
    rest = Document.from_snapshot(first.text())
    rest.apply(texts[1])
    assert rest.text() == whole.text() or rest.folded() == whole.folded()
    folded = whole.folded()
    other = twin_fold(texts)
    mine = json.loads(msgspec.json.encode(folded.elements))
    assert other is None or other == mine, (other, mine)


def change(data: bytes) -> None:
    """The body of the REST changes call."""
    try:
        decoded = protocol.decode_change(data)
    except Refused as refusal:
        assert 0 < len(refusal.detail) <= MAX_DETAIL_CHARS
        return
    assert protocol.decode_change(protocol.encode(decoded)) == decoded
    folded_of(decoded.ops)


def drawing(data: bytes) -> None:
    """The importers: what comes out is what anybody could send."""
    try:
        scene = files.read(data)
    except Refused as refusal:
        assert 0 < len(refusal.detail) <= MAX_DETAIL_CHARS
        return
    assert len(scene.title) <= 200
    assert all(isinstance(each, bytes) for each in scene.pictures.values())
    ops = []
    for element in scene.elements:
        try:
            ops += shortest_ops_for({"z": "a0"} | element)
        except Refused:
            continue
    for n, some in enumerate(cut(ops)):
        sent = protocol.encode({"id": f"import-{n}", "ops": some})
        protocol.decode_change(sent)
        folded_of(some)


def vector(data: bytes) -> None:
    """SVG: nothing that runs or points outside reaches the drawing library."""
    try:
        root = svg._parse(data)
    except Refused:
        return
    inert = svg._without_outside(root)
    for element in inert.iter():
        local = svg._local(element.tag)
        assert element is inert or local not in svg._DROPPED, local
        for name, value in element.attrib.items():
            assert not name.startswith("on"), name
            if svg._local(name) in ("href", "src", "base"):
                assert svg._INSIDE.match(value), value
    picture(data)


def picture(data: bytes) -> None:
    """Cleaning pictures: a picture without metadata within the bounds, or a refusal."""
    target = BytesIO()
    try:
        kept = cleaning.clean(BytesIO(data), target, BOUNDS)
    except Refused as refusal:
        assert 0 < len(refusal.detail) <= MAX_DETAIL_CHARS
        return
    target.seek(0)
    with Image.open(target, formats=["PNG", "JPEG", "WEBP"]) as image:
        assert image.size == (kept.w, kept.h)
        assert not METADATA & image.info.keys(), image.info.keys()
        assert Image.MIME[image.format or ""] == kept.type
        image.load()


def socket(data: bytes) -> None:
    """The frame reader beside autobahn alone: both hear and answer the same.

    The first byte says how many bytes come at a time.
    """
    if not data:
        return
    step, rest = data[0] or len(data), data[1:]
    fast, slow = sockets.opened(fast=True), sockets.opened(fast=False)
    for protocol_ in (fast, slow):
        for at in range(0, len(rest), step):
            protocol_.dataReceived(rest[at : at + step])
    assert fast.texts == slow.texts
    assert fast.state == slow.state
    assert fast.line.value() == slow.line.value()
    for protocol_ in (fast, slow):
        protocol_.connectionLost(_ENDED)
    _let_go()


def _let_go() -> None:
    """Timers hold their connections, and no reactor runs here."""
    # Made by the first connection: importing it here would choose which one.
    running: Any = importlib.import_module("twisted.internet.reactor")
    for call in running.getDelayedCalls():
        call.cancel()
    running.runUntilCurrent()


def strict(text: str) -> Any:
    """The JSON value; NaN, infinities and what JavaScript rounds do not exist."""
    return json.loads(
        text, parse_constant=_no_constant, parse_float=_float, parse_int=_int
    )


def folded_of(ops: list[Any]) -> None:
    """What the wire took can be folded, saved and read again, and is plain JSON."""
    entry = protocol.encode({"seq": 1, "ops": ops})
    document = Document()
    document.apply(entry)
    strict(document.text().decode())
    assert Document.from_snapshot(document.text()).text() == document.text()
    puts = {op.element.id for op in ops if isinstance(op, Put)}
    assert len(document) <= len(puts)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON.")


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("The number is too large.")
    return value


def _int(text: str) -> int:
    value = int(text)
    if abs(value) > 2**53:
        raise ValueError("JavaScript rounds it.")
    return value


Target = Callable[[bytes], None]
TARGETS: dict[str, Target] = {
    each.__name__: each
    for each in (frame, change, fold, drawing, vector, picture, socket)
}
