"""What is agreed about compression (RFC 7692), and a socket's own compressor.

Frames for few people are compressed socket by socket, with a window that holds those
before, so a growing stroke costs a quarter. Those for a crowd are compressed once for
all of them (`framing.Parcel`), without a memory. Windows are small: a socket among few
people costs us 30 KB more, one in a crowd nothing.
"""

import zlib
from collections.abc import Sequence
from typing import Any

from autobahn.websocket.compress import PerMessageDeflateOffer as Offer
from autobahn.websocket.compress import PerMessageDeflateOfferAccept as Accept

from boards.sync.framing import WINDOW_BITS, deflated_frame

MEM_LEVEL = 5  # 16 KB beside the window's 16 KB
LEVEL = 5  # small frames: the work of a level is hardly seen


def accept(offers: Sequence[Any]) -> Accept | None:
    """The answer to what a client offers; autobahn calls it at each handshake.

    Who cannot have a small window is asked to compress each message by itself.
    """
    for offer in offers:
        if not isinstance(offer, Offer) or offer.request_no_context_takeover:
            continue
        if offer.request_max_window_bits not in (0, *range(WINDOW_BITS, 16)):
            continue
        is_small = offer.accept_max_window_bits
        return Accept(  # type: ignore[no-untyped-call]
            offer,
            request_no_context_takeover=not is_small,
            request_max_window_bits=WINDOW_BITS if is_small else 0,
            window_bits=WINDOW_BITS,
        )
    return None


class Deflater:
    """Compresses frame after frame for one socket, each with those before in mind."""

    __slots__ = ("_compressor",)

    def __init__(self) -> None:
        self._compressor = zlib.compressobj(
            LEVEL, zlib.DEFLATED, -WINDOW_BITS, MEM_LEVEL
        )

    def frames(self, texts: Sequence[str]) -> bytes:
        """The frames of these texts, one after the other."""
        return b"".join(deflated_frame(text, self._compressor) for text in texts)
