"""Workers at the end of what they may have: each says why, and nothing else stops."""

from pathlib import Path
from tempfile import TemporaryFile

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


def cleaned(name: str, bounds: Bounds) -> int:
    """How many bytes the clean file has."""
    with (IMAGES / name).open("rb") as source, TemporaryFile() as target:
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
