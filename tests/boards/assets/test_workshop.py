"""Workers at the end of what they may have: each says why, and nothing else stops."""

from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import msgspec
import pytest

from boards.assets.bounds import Bounds
from boards.assets.workshop import Workshop
from boards.sync.refusals import Code, Refused

IMAGES = Path(__file__).resolve().parents[2] / "corpus" / "images"
ROOMY = Bounds(
    bytes=1_000_000,
    pixels=50_000_000,
    frames=500,
    edge_px=4_096,
    memory_bytes=2**30,
    seconds=20,
)


# A GIF of 32 x 32 whose first frame, which takes its place away again, is 48,059 pixels
# wide and high.
FAR_OUTSIDE = (
    b"GIF89a\x20\0\x20\0\xf0\0\0\0\0\0\x0e\xff\x1f!\xf9\x04\x09\x64\0\0\0,"
    b"\x18\0\x18\0" + b"\xbb" * 4 + b"\0\x02\x02\x84\x51\0;"
)


def cleaned(name: str, bounds: Bounds) -> int:
    """How many bytes the clean file has."""
    with (IMAGES / name).open("rb") as source:
        return cleaned_of(source, bounds)


def cleaned_of(source: IO[bytes], bounds: Bounds) -> int:
    """How many bytes the clean file has."""
    with TemporaryFile() as target:
        Workshop(bounds, 1).clean(source, target)
        return target.seek(0, 2)


@pytest.mark.parametrize(
    "name",
    ["sharp__rotating-squares.gif", "image__simple.webp", "image__portrait_2.jpg"],
)
def test_what_would_grow_too_large_as_a_file_is_told_so(name: str) -> None:
    n_bytes = cleaned(name, ROOMY)
    tight = msgspec.structs.replace(ROOMY, bytes=n_bytes // 4)  # twice that may be made

    with pytest.raises(Refused) as caught:
        cleaned(name, tight)

    assert caught.value.code is Code.TOO_LARGE
    assert "as a file" in caught.value.detail


def test_memory_that_is_not_there_is_told_so() -> None:
    tight = msgspec.structs.replace(ROOMY, memory_bytes=150 * 2**20)

    with pytest.raises(Refused) as caught:
        cleaned(
            "bomb-12000x12000-gray8.png", msgspec.structs.replace(tight, pixels=2**28)
        )

    assert caught.value.code is Code.TOO_LARGE


def test_a_frame_far_outside_is_refused_before_room_is_made_for_it() -> None:
    with TemporaryFile() as source:
        source.write(FAR_OUTSIDE)
        source.seek(0)
        with pytest.raises(Refused) as caught:
            cleaned_of(source, ROOMY)

    assert caught.value.code is Code.TOO_LARGE
    assert "million pixels" in caught.value.detail
