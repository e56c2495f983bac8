"""Moving pictures: every GIF, APNG and animated WebP becomes an animated WebP.

One frame is held at a time, so memory does not grow with their number. Pure, as
`cleaning`, which calls it.
"""

from typing import IO

from PIL import Image

from boards.assets.bounds import WEBP, Bounds, Picture
from boards.sync.refusals import Code, Reason, Refused

PIXELS_FACTOR = 4  # frames together may have so many times the pixels of a still
MAX_EDGE_PX = 2_048  # moving pictures are watched, not zoomed into
QUALITY = 80
LEAST_MS = 20  # browsers show shorter frames for
USUAL_MS = 100  # this long


def redraw(image: Image.Image, target: IO[bytes], bounds: Bounds) -> Picture:
    """Write all frames anew.

    Raises:
        Refused: `too_large`, by the number of frames or of their pixels together.
    """
    n_frames: int = getattr(image, "n_frames", 1)
    _check(image, n_frames, bounds)
    edge = min(MAX_EDGE_PX, bounds.edge_px)
    frames = _Frames(image, n_frames, edge)
    first = frames.first()
    first.save(
        target,
        "WEBP",
        save_all=True,
        append_images=[frames],
        duration=frames.durations,
        loop=_loop(image),
        background=(0, 0, 0, 0),
        quality=QUALITY,
        allow_mixed=True,
        method=2,
    )
    return Picture(WEBP, *first.size)


def _check(image: Image.Image, n_frames: int, bounds: Bounds) -> None:
    if n_frames > bounds.frames:
        raise Refused(
            Code.TOO_LARGE,
            f"A moving picture may have {bounds.frames} frames; this one has "
            f"{n_frames}.",
            reason=Reason.FRAMES,
            most=bounds.frames,
        )
    width, height = image.size
    most = bounds.pixels * PIXELS_FACTOR
    if width * height * n_frames > most:
        raise Refused(
            Code.TOO_LARGE,
            f"The frames of a moving picture may have {most // 1_000_000} million "
            "pixels together; this one has more.",
            reason=Reason.HEAVY,
        )


def _loop(image: Image.Image) -> int:
    """How often it plays; 0 is for ever. A GIF that says nothing plays once."""
    said = image.info.get("loop", 1 if image.format == "GIF" else 0)
    return said if isinstance(said, int) and 0 <= said < 65_536 else 0


class _Frames:
    """The frames after the first, as Pillow's encoder walks over an image.

    `durations` grows as it goes: the encoder asks for a duration after its frame.
    """

    def __init__(self, image: Image.Image, n_frames: int, edge: int) -> None:
        self._image = image
        self._size = image.size
        self._edge = edge
        self._shown = image
        self.n_frames = n_frames - 1
        self.durations: list[int] = []

    def first(self) -> Image.Image:
        """The first frame, as a still."""
        self.seek(-1)
        return self._shown

    def seek(self, number: int) -> None:
        """Go to a frame; 0 is the second of the picture."""
        self._image.seek(number + 1)
        if self._image.size != self._size:  # a GIF grows by frames outside of it
            raise ValueError("The frames differ in size.")
        shown = self._image.convert("RGBA")
        shown.info = {}
        if max(shown.size) > self._edge:
            shown.thumbnail((self._edge, self._edge), Image.Resampling.BILINEAR)
        said = self._image.info.get("duration", 0)
        self.durations.append(round(said) if said >= LEAST_MS else USUAL_MS)
        self._shown = shown

    @property
    def mode(self) -> str:
        """The mode of all frames."""
        return self._shown.mode

    def getim(self) -> object:
        """The frame's pixels, for the encoder."""
        return self._shown.getim()
