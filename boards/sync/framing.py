"""Text as a WebSocket sends it: whole RFC 6455 frames, made once for many sockets.

A room makes one frame for all its sessions; a server that has a frame writer puts these
bytes on each socket as they are. Pure, and never masked: only a server sends these.
"""

import zlib
from collections.abc import Sequence

# The ASGI extensions: `write` takes a parcel, `start` takes who is to hear each text.
FRAME_WRITER = "chalkline.frame_writer"
FRAME_READER = "chalkline.frame_reader"

WINDOW_BITS = 12  # 4 KB: a stroke's drafts and the stroke itself
FEW = 8  # sockets for which compressing one by one costs less than it saves
SQUEEZED_FROM = 400  # characters; below that a fresh compressor finds nothing
SQUEEZED_UPTO = 64 * 1024  # for each reader: a megabyte takes as long as 100 sendings

_FINAL_TEXT = 0x81  # one frame is one message
_FINAL_DEFLATED_TEXT = 0xC1
_SYNC_MARK = b"\x00\x00\xff\xff"  # not sent: the other side puts it back
_LENGTH_IN_2, _LENGTH_IN_8 = 126, 127


def text_frame(text: str) -> bytes:
    """The whole frame that carries this text, from server to client."""
    return _frame(_FINAL_TEXT, text.encode())


def deflated_frame(text: str, compressor: "zlib._Compress") -> bytes:
    """The same, compressed by a raw deflate stream that goes on (RFC 7692, 7.2.1)."""
    squeezed = compressor.compress(text.encode())
    squeezed += compressor.flush(zlib.Z_SYNC_FLUSH)
    return _frame(_FINAL_DEFLATED_TEXT, squeezed[: -len(_SYNC_MARK)])


def _frame(first: int, payload: bytes) -> bytes:
    size = len(payload)
    if size < _LENGTH_IN_2:
        return bytes((first, size)) + payload
    if size < 1 << 16:
        return bytes((first, _LENGTH_IN_2)) + size.to_bytes(2) + payload
    return bytes((first, _LENGTH_IN_8)) + size.to_bytes(8) + payload


class Parcel:
    """Frames that go out together, made once for many sockets; not to be changed.

    Args:
        texts: what each of them says.
        n_readers: how many sockets it goes to.

    Attributes:
        texts: as above.
        n_chars: of all texts.
        data: the frames, one after the other.
        is_for_few: so few sockets that each compresses it with what it had before.
    """

    __slots__ = ("_squeezed", "data", "is_for_few", "is_worth_it", "n_chars", "texts")

    def __init__(self, texts: Sequence[str], n_readers: int = 1) -> None:
        self.texts = texts
        self.n_chars = sum(map(len, texts))
        self.is_for_few = 1 < n_readers <= FEW
        self.is_worth_it = SQUEEZED_FROM <= self.n_chars <= SQUEEZED_UPTO * n_readers
        self.data = b"".join(map(text_frame, texts))
        self._squeezed: bytes | None = None

    @property
    def squeezed(self) -> bytes:
        """The frames, compressed without a memory of what a socket had before."""
        if self._squeezed is None:
            compressor = zlib.compressobj(1, zlib.DEFLATED, -WINDOW_BITS)
            self._squeezed = b"".join(
                deflated_frame(text, compressor) for text in self.texts
            )
        return self._squeezed
