"""Values that a stranger wrote, as ours: numbers, words and colours.

What makes no sense gives the default; nothing here raises. Pure.
"""

import math
from collections.abc import Mapping
from typing import Any, TypeVar

from PIL import ImageColor

T = TypeVar("T")

MAX_COLOR_CHARS = 64  # the longest is an `hsla(…)`


def number(value: Any, default: float, least: float, most: float) -> int | float:
    """A number within bounds, in the shortest form; anything else is the default."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return default
    if not math.isfinite(value):
        return default
    return short(min(max(value, least), most))


_FAR = 10**9  # outside every board, which refuses it; products of more overflow


def coordinate(value: Any) -> int | float | None:
    """A number to a hundredth, no farther out than `_FAR`; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return short(min(max(value, -_FAR), _FAR))


def short(value: float) -> int | float:
    """To a hundredth; whole numbers without a fraction, which is shortest."""
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def one_of(value: Any, names: Mapping[str, T], default: T) -> T:
    """What a word stands for."""
    return names.get(value, default) if isinstance(value, str) else default


def text(value: Any, most_chars: int) -> str:
    """A text, cut off where it is too long; surrogates would not be UTF-8."""
    if not isinstance(value, str):
        return ""
    whole = value.replace("\r\n", "\n")[:most_chars]
    return whole.encode(errors="ignore").decode()


def color(value: Any, default: str) -> str:
    """A CSS colour as `#rrggbb`, `#rrggbbaa` or `none`."""
    if not isinstance(value, str) or len(value) > MAX_COLOR_CHARS:
        return default
    name = value.strip().lower()
    if name in ("transparent", "none"):
        return "none"
    try:
        red, green, blue, *alpha = ImageColor.getcolor(name, "RGBA")  # type: ignore[misc]  # four, in this mode
    except ValueError:
        return default
    if alpha == [0]:
        return "none"
    end = "" if alpha == [255] else f"{alpha[0]:02x}"
    return f"#{red:02x}{green:02x}{blue:02x}{end}"


def angle(value: Any) -> float:
    """Radians within one turn, either way."""
    turned = number(value, 0, -1e6, 1e6)
    return round(math.remainder(turned, math.tau), 6) or 0


def opacity(value: Any) -> float:
    """A percentage as a share."""
    return short(number(value, 100, 0, 100) / 100)
