"""Which file is what, and what is said of those that are nothing."""

import json

import pytest

from boards.formats import files
from boards.formats.scene import MAX_ELEMENTS
from boards.sync.refusals import Refused

BOX = {"kind": "rect", "id": "a", "x": 0, "y": 0, "w": 10, "h": 10}


def test_our_own_export_is_read_as_it_is() -> None:
    picture = "data:image/png;base64,AAAA"
    image = BOX | {"kind": "image", "id": "b", "asset": "f" * 64}
    file = {"type": "chalkline", "version": 1, "title": " My\nplan ", "elements": []}
    file |= {"elements": [BOX, image], "pictures": {"f" * 64: picture, "e": picture}}

    scene = files.read(b"\xef\xbb\xbf" + json.dumps(file).encode())

    assert scene.title == "My plan"
    assert scene.elements == [BOX, image]
    assert scene.pictures == {"f" * 64: b"\0\0\0"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "invalid"),
        (b" \n", "invalid"),
        (b"\x89PNG\r\n\x1a\n", "invalid"),
        (b"\xff\xfe{\x00}\x00", "invalid"),
        (b"[]", "invalid"),
        (b"{}", "invalid"),
        (b'{"type": "excalidraw"}', "invalid"),
        (b'{"type": "excalidraw", "elements": {}}', "invalid"),
        (b'{"type": "excalidraw", "elements": []}', "invalid"),
        (b'{"type": "excalidraw", "elements": [{]}', "invalid"),
        (b'{"type": "tldraw", "elements": [1]}', "invalid"),
        (b'{"type": {}, "elements": [1]}', "invalid"),
        (b'{"elements": [' + b"[" * 100_000, "invalid"),
        (b'{"elements": ["\\ud800"]}', "invalid"),
        (b'{"elements": [{"kind": "\xf8"}]}', "invalid"),
        (b'{"elements": [{"type": "line"}, 7]}', "invalid"),
        (b'{"elements": [{"type": "line"}, []]}', "invalid"),
        (b'{"elements": [' + b"{}," * MAX_ELEMENTS + b"{}]}", "too_large"),
        (b'{"elements": [{"points": [' + b"[]," * 5_000_000 + b"0]}]}", "too_large"),
        (
            b'{"elements": [{}], "files": {' + b'"a":0,' * 500_000 + b'"a":0}}',
            "too_large",
        ),
        (
            b'{"elements": [{}], "files": {' + b'"a" :0,' * 500_000 + b'"a":0}}',
            "too_large",
        ),
        (b'{"elements": [{' + b'"a" :0,' * 5_000_000 + b'"a":0}]}', "too_large"),
    ],
    ids=lambda value: value[:24] if isinstance(value, bytes) else value,
)
def test_what_is_no_drawing_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        files.read(content)

    assert refused.value.code == code
