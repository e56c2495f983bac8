"""What fuzzing begins with: the vectors, the corpus of files, and frames of each type.

The whole corpus is taken where it lies beside the repository, as in `support.corpus`.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from tests.board_server.serving import test_reader as sockets

ROOT = Path(__file__).resolve().parents[2]
CORPORA = (ROOT / "tests" / "corpus", ROOT.parent.parent / "shared" / "corpus")
KEPT = Path(__file__).with_name("corpus")
MOST_BYTES = 64 * 1024  # larger seeds only make each execution slow

_LIVE = {
    "cursor": [1, 2.5],
    "view": [0, 0, 800, 600],
    "selection": ["a"],
    "tool": "pen",
    "follow": None,
    "editing": "a",
    "chat": "hello",
    "idle": "away",
}
_STROKE = {"kind": "pen", "id": "p", "x": 0, "y": 0, "points": [0, 0, 1, 1]}
FRAMES: list[dict[str, object]] = [
    {"type": "hello", "protocol": 1, "client": "c", "since": 3, "name": "Ann"},
    {"type": "hello", "protocol": 1, "client": "c", "color": "#aabbcc", "token": "ck_"},
    {"type": "live", **_LIVE},
    {
        "type": "live",
        "draft": [{"op": "put", "element": _STROKE}],
        "extend": {"id": "p", "offset": 1, "points": [1, 1, 2, 2], "time": [1, 2]},
    },
    {"type": "live", "laser": {"points": [0, 0]}, "react": {"emoji": "x"}},
    {"type": "ping", "seq": 7, "received": 9},
]


def seeds(target: str) -> Iterator[bytes]:
    """Inputs that are worth changing."""
    match target:
        case "frame":
            for frame in FRAMES:
                yield _json(frame)
            for ops in _op_lists():
                yield _json({"type": "submit", "id": "c1", "ops": ops})
        case "change":
            for ops in _op_lists():
                yield _json({"id": "c1", "ops": ops})
        case "fold":
            for ops in _op_lists():
                yield _json(ops)
        case "drawing":
            yield from _files("scenes", ("excalidraw", "excalidrawlib", "json"))
            for ops in _op_lists():
                elements = [
                    op["element"]
                    for op in ops
                    if isinstance(op, dict) and "element" in op
                ]
                yield _json({"type": "chalkline", "elements": elements})
        case "vector":
            yield from _files("", ("svg",))
        case "picture":
            yield from _files("images", ("png", "jpg", "gif", "webp", "avif", "svg"))
        case "socket":
            yield from _streams()


def _op_lists() -> Iterator[list[dict[str, object]]]:
    for path in sorted((ROOT / "tests" / "vectors" / "fold").glob("*.json")):
        for vector in json.loads(path.read_text()):
            ops = [op for entry in vector["entries"] for op in entry["ops"]]
            if ops and len(ops) <= 20:
                yield ops


def _files(folder: str, endings: tuple[str, ...]) -> Iterator[bytes]:
    for corpus in CORPORA:
        for path in sorted((corpus / folder).rglob("*")):
            is_one = path.is_file() and path.suffix.removeprefix(".") in endings
            if is_one and path.stat().st_size <= MOST_BYTES:
                yield path.read_bytes()


def _streams() -> Iterator[bytes]:
    for shape in (sockets.whole, sockets.split, sockets.squeezed):
        for step in (0, 1, 7):
            sent = sockets.sent([('{"type":"ping"}', shape), ("x" * 200, shape)])
            yield bytes([step]) + sent


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
