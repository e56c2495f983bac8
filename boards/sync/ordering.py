"""The paint order of elements that come without one.

`z` is a fractional index as in the npm package fractional-indexing (base 62): a head
letter that tells the length of the integer part, its digits, then a fraction. An
element without `z` gets an integer made from the server's clock, so that what a
program draws later lies above, and a browser can still go between and above.
Source: https://observablehq.com/@dgreensp/implementing-fractional-indexing
"""

from msgspec import UNSET

from boards.sync.protocol import Change, Put

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_N_DIGITS = 9  # 62**9 µs is the year 2398
_HEAD = chr(ord("a") + _N_DIGITS - 1)  # "a" heads one digit, "b" two, …


def z_at(at_us: int) -> str:
    """The fractional index for an instant, in microseconds since the epoch."""
    digits = []
    for _ in range(_N_DIGITS):
        at_us, digit = divmod(at_us, len(_DIGITS))
        digits.append(_DIGITS[digit])
    return _HEAD + "".join(reversed(digits))


def give_order(change: Change, at_us: int) -> None:
    """Elements that come without a place lie above all that was there before."""
    for offset, op in enumerate(change.ops):
        if isinstance(op, Put) and op.element.z is UNSET:
            op.element.z = z_at(at_us + offset)
