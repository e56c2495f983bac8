"""From the bytes that somebody sent to a picture that is safe to keep and to show.

What comes out was encoded here: no metadata, upright, in sRGB, within the bounds. What
the file calls itself does not count, only what is in it. Pure: it reads `source` and
writes `target`; whoever calls it limits time and memory, because decoders can be made
to need more than a header says. Runs in the worker process.
"""

import errno
import struct
import warnings
import zlib
from io import BytesIO
from typing import IO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from boards.assets import animation, svg
from boards.assets.bounds import JPEG, PNG, WEBP, Bounds, Picture
from boards.sync.refusals import Code, Reason, Refused

# Pillow asks these decoders and no others.
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
JPEG_QUALITY = 90  # a second encoding that is hard to see
WEBP_QUALITY = 90
_STILLS = {"JPEG", "MPO"}  # an MPO's further pictures are previews and depths

# What decoders raise when a file is not what it says.
_UNREADABLE = (
    OSError,
    ValueError,
    RuntimeError,  # of the WebP encoder, when frames differ in size
    SyntaxError,
    TypeError,
    LookupError,
    EOFError,
    OverflowError,
    struct.error,
    zlib.error,
)


def clean(source: IO[bytes], target: IO[bytes], bounds: Bounds) -> Picture:
    """Write the picture in `source` to `target`, clean.

    Raises:
        Refused: `invalid` for what cannot be read, `too_large` for what is over the
            bounds; `target` may hold a part by then.
        OSError: EFBIG, when the target may not grow as large as the picture is.
    """
    # The bounds are checked below, with words for people. Pillow's own, at twice as
    # many, is for what it makes before the size is known: a GIF's ground, as large as a
    # frame says, which may lie far outside of the picture.
    Image.MAX_IMAGE_PIXELS = bounds.pixels
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        return _clean(source, target, bounds)
    except Image.DecompressionBombError:
        raise _too_large(bounds, "has more") from None
    except MemoryError:
        raise Refused(
            Code.TOO_LARGE,
            "This picture needs too much memory to be opened.",
            reason=Reason.HEAVY,
        ) from None
    except _UNREADABLE as fault:
        if isinstance(fault, OSError) and fault.errno == errno.EFBIG:
            raise  # it was read well, and does not fit: the worker's to say
        if "MAX_TEXT" in str(fault):  # Pillow's bound on the notes in a PNG
            raise Refused(
                Code.TOO_LARGE,
                "The notes inside this picture are too large.",
                reason=Reason.HEAVY,
            ) from None
        raise Refused(
            Code.INVALID,
            "This picture is damaged and cannot be opened.",
            reason=Reason.DAMAGED,
        ) from None


def _clean(source: IO[bytes], target: IO[bytes], bounds: Bounds) -> Picture:
    try:
        image = Image.open(source, formats=FORMATS)
    except UnidentifiedImageError:
        source.seek(0)
        if svg.is_likely(source):
            return svg.draw(source, target, bounds)
        raise Refused(
            Code.INVALID,
            "This is no picture: PNG, JPEG, GIF, WebP, AVIF or SVG.",
            reason=Reason.NO_PICTURE,
        ) from None
    with image:
        _check_size(image, bounds)
        if image.format not in _STILLS and getattr(image, "n_frames", 1) > 1:
            return animation.redraw(image, target, bounds)
        kept = _redraw(image, bounds)
        kind = _kind(image)
    is_lossless = kind == WEBP and _is_lossless_webp(source)
    _save(kept, target, kind, is_lossless=is_lossless)
    return Picture(kind, *kept.size)


def _check_size(image: Image.Image, bounds: Bounds) -> None:
    """What the header says; nothing is decoded before this."""
    width, height = image.size
    if width * height > bounds.pixels:
        raise _too_large(bounds, f"says {width} x {height}")


def _too_large(bounds: Bounds, what: str) -> Refused:
    most = bounds.pixels // 1_000_000
    return Refused(
        Code.TOO_LARGE,
        f"A picture may have {most} million pixels; this one {what}.",
        reason=Reason.PIXELS,
        most=most,
    )


def _redraw(image: Image.Image, bounds: Bounds) -> Image.Image:
    """The pixels as they shall be kept."""
    edge = (bounds.edge_px, bounds.edge_px)
    image.draft(None, edge)  # a JPEG is decoded no larger than it is needed
    image.load()
    shown = _plain_mode(image)
    if max(shown.size) > bounds.edge_px:
        shown = _full_colour(shown)
        shown.thumbnail(edge, Image.Resampling.LANCZOS)
    shown = _in_srgb(_upright(shown))
    return shown.convert("RGB") if shown.mode == "CMYK" else shown


def _kind(image: Image.Image) -> str:
    """The media type to keep it as: photographs stay small, drawings stay sharp."""
    match image.format:
        case "JPEG" | "MPO":
            return JPEG
        case "WEBP" | "AVIF":
            return WEBP
        case _:
            return PNG


def _is_lossless_webp(source: IO[bytes]) -> bool:
    """Whether a WebP came without loss; the chunk of its pixels says so."""
    source.seek(0)
    head = source.read(4_096)
    lossless, lossy = head.find(b"VP8L"), head.find(b"VP8 ")
    return lossless >= 0 and (lossy < 0 or lossless < lossy)


def _plain_mode(image: Image.Image) -> Image.Image:
    """The same picture in a mode that every encoder here and resizing know."""
    match image.mode:
        case "1" | "L" | "LA" | "P" | "RGB" | "RGBA" | "CMYK":
            return image
        case "I;16" | "I;16B" | "I;16L" | "I;16N" | "I":
            # 16-bit grey: the upper byte is what a screen shows.
            return image.convert("I").point(lambda value: value / 256).convert("L")
        case "PA" | "La" | "RGBa":
            return image.convert("RGBA")
        case _:
            return image.convert("RGB")


def _full_colour(image: Image.Image) -> Image.Image:
    """In a mode that can be scaled smoothly."""
    if image.mode == "1":
        return image.convert("L")
    if image.mode == "P" or "transparency" in image.info:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Turned as its EXIF data says; data that make no sense say nothing."""
    try:
        return ImageOps.exif_transpose(image)
    except _UNREADABLE:
        return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """With the colours that its profile means, as every screen understands them."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    try:
        given = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(given).lower():
            return image
        mode = "RGB" if image.mode == "CMYK" else image.mode
        wanted = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(image, given, wanted, outputMode=mode)
    except (ImageCms.PyCMSError, *_UNREADABLE):
        return image  # a broken profile is as good as none
    return image if turned is None else turned


def _save(
    image: Image.Image, target: IO[bytes], kind: str, *, is_lossless: bool
) -> None:
    """Encode without anything that the file carried beside its pixels."""
    kept = image.info.get("transparency") if image.mode in ("P", "L", "RGB") else None
    image.info = {} if kept is None else {"transparency": kept}
    options: dict[str, int] = {}
    if kind == JPEG:
        options = {"quality": JPEG_QUALITY, "optimize": True, "progressive": True}
    elif kind == WEBP:
        options = {"quality": WEBP_QUALITY, "lossless": is_lossless}
    image.save(target, kind.partition("/")[2], **options)
