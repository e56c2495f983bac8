"""Text as a WebSocket sends it: whole RFC 6455 frames, made once for many sockets.

A room makes one frame for all its sessions; a server that has a frame writer puts these
bytes on each socket as they are. Pure, and never masked: only a server sends these.
"""

from collections.abc import Iterator, Sequence

# The ASGI extensions: `write` takes a frame, `start` takes who is to hear each text.
FRAME_WRITER = "chalkline.frame_writer"
FRAME_READER = "chalkline.frame_reader"

_FINAL_TEXT = 0x81  # one frame is one message
_LENGTH_IN_2, _LENGTH_IN_8 = 126, 127


def text_frame(text: str) -> bytes:
    """The whole frame that carries this text, from server to client."""
    payload = text.encode()
    size = len(payload)
    if size < _LENGTH_IN_2:
        return bytes((_FINAL_TEXT, size)) + payload
    if size < 1 << 16:
        return bytes((_FINAL_TEXT, _LENGTH_IN_2)) + size.to_bytes(2) + payload
    return bytes((_FINAL_TEXT, _LENGTH_IN_8)) + size.to_bytes(8) + payload


class Parcel:
    """Frames that go out together, made once for many sockets; not to be changed.

    Attributes:
        texts: what each of them says.
        n_chars: of all texts.
        data: the frames, one after the other.
    """

    __slots__ = ("data", "n_chars", "texts")

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.n_chars = sum(map(len, texts))
        self.data = b"".join(map(text_frame, texts))


def payloads_in(data: bytes) -> Iterator[bytes]:
    """What each frame of a parcel carries, in UTF-8."""
    at = 0
    while at < len(data):
        size = data[at + 1]
        start = at + {_LENGTH_IN_2: 4, _LENGTH_IN_8: 10}.get(size, 2)
        if size >= _LENGTH_IN_2:
            size = int.from_bytes(data[at + 2 : start])
        yield data[start : start + size]
        at = start + size
