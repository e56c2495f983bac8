"""Compressed frames, as an independent client reads them, and what is agreed on."""

from typing import Any

import pytest
from autobahn.websocket.compress import PerMessageDeflateOffer
from hypothesis import given
from hypothesis import strategies as st
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame
from websockets.streams import StreamReader

from board_server.serving.deflate import accept
from board_server.serving.writer import FrameWriter
from boards.sync.framing import FEW, SQUEEZED_FROM, WINDOW_BITS, Parcel
from tests.support.sync_values import PROPERTY

STROKE = (
    '{"type":"live","peers":{"s":{"extend":{"id":"e","offset":%d,"points":[%d,7]}}}}'
)


class FakeLine:
    """A transport that is no TCP socket, with room for everything."""

    disconnecting = False
    dataBuffer, offset, _tempDataLen = b"", 0, 0


class FakeSocket:
    """What a frame writer needs of autobahn's protocol, after a handshake."""

    state = 3  # open
    transport = FakeLine()

    def __init__(self, *, deflates: bool) -> None:
        self._perMessageCompress = object() if deflates else None
        self.sent = b""

    def sendData(self, data: bytes) -> None:
        self.sent += data


def read_by_client(data: bytes) -> list[str]:
    """What `websockets` makes of the bytes, with what was agreed."""
    extension = PerMessageDeflate(False, False, WINDOW_BITS, WINDOW_BITS)
    stream = StreamReader()
    stream.feed_data(data)
    texts = []
    while stream.buffer:
        parsing = Frame.parse(stream.read_exact, mask=False, extensions=[extension])
        with pytest.raises(StopIteration) as parsed:
            next(parsing)
        texts.append(bytes(parsed.value.value.data).decode())
    return texts


def write(parcels: list[Parcel], *, deflates: bool = True) -> bytes:
    fake: Any = FakeSocket(deflates=deflates)
    writer = FrameWriter(fake)
    for parcel in parcels:
        writer.write(parcel)
    sent: bytes = fake.sent
    return sent


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=50),
    st.integers(0, 999).map(lambda n: STROKE % (n, n)),
    st.integers(SQUEEZED_FROM, 3_000).map(lambda n: f"[{STROKE % (n, n)}]" * (n // 60)),
)
PARCELS = st.tuples(
    st.lists(TEXTS, min_size=1, max_size=3), st.sampled_from([1, 2, FEW, FEW + 1, 500])
)


@PROPERTY
@given(st.lists(PARCELS, max_size=12), st.booleans())
def test_a_client_reads_the_same_whoever_else_is_there(
    made: list[tuple[list[str], int]], deflates: bool
) -> None:
    parcels = [Parcel(texts, n_readers) for texts, n_readers in made]

    sent = write(parcels, deflates=deflates)

    assert read_by_client(sent) == [text for texts, _ in made for text in texts]


def test_a_growing_stroke_among_few_costs_a_third() -> None:
    texts = [STROKE % (n, 3 * n) for n in range(100)]

    plain = write([Parcel([text], 2) for text in texts], deflates=False)
    squeezed = write([Parcel([text], 2) for text in texts])

    assert len(squeezed) < len(plain) / 3


def test_a_crowd_gets_the_same_bytes_made_once() -> None:
    parcel = Parcel([(STROKE % (1, 2)) * 50], 400)

    assert write([parcel]) == write([parcel]) == parcel.squeezed
    assert len(parcel.squeezed) < len(parcel.data) / 5


@pytest.mark.parametrize(
    ("offered", "answer"),
    [
        (
            {"accept_max_window_bits": True},
            "permessage-deflate; client_max_window_bits=12",
        ),
        (
            {"accept_max_window_bits": False},
            "permessage-deflate; client_no_context_takeover",
        ),
        ({"request_max_window_bits": 15}, "permessage-deflate"),
        ({"request_max_window_bits": 9}, None),  # less than our frames need
        ({"request_no_context_takeover": True}, None),
    ],
)
def test_small_windows_are_agreed_on(
    offered: dict[str, Any], answer: str | None
) -> None:
    offer = PerMessageDeflateOffer(**offered)  # type: ignore[no-untyped-call]

    accepted = accept([offer])

    if answer is None:
        assert accepted is None
    else:
        assert accepted is not None
        assert set(answer.split("; ")) <= set(
            accepted.get_extension_string().split("; ")  # type: ignore[no-untyped-call]
        )


def test_what_we_do_not_know_is_not_agreed_on() -> None:
    assert accept([]) is None
    assert accept(["permessage-snappy"]) is None
