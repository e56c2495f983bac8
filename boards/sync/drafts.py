"""Drafts that grow: what is appended to a stroke, and what two drafts differ by.

A stroke of a thousand points is told once and then continued; it is told whole only to
whom lacks it. Pure; called by `presence`.
"""

from msgspec.structs import replace

from boards.sync.elements import Stroked
from boards.sync.live import Extend
from boards.sync.properties import MAX_POINTS
from boards.sync.protocol import Op, Put

_BESIDE = ("pressure", "time")  # of each point, where the device told them


def stroke_of(draft: list[Op] | None, id_: str) -> Stroked | None:
    """The stroke of a draft that can be continued, by its id."""
    for op in draft or ():
        if isinstance(op, Put) and op.element.id == id_:
            return op.element if isinstance(op.element, Stroked) else None
    return None


def append(stroke: Stroked, extend: Extend) -> Extend | None:
    """Append what is new to the stroke; returns just that, None for hole or repeat."""
    have = len(stroke.points) // 2
    skip = have - extend.offset
    n_new = len(extend.points) // 2 - skip
    if skip < 0 or n_new <= 0 or have + n_new > MAX_POINTS:
        return None
    if skip:
        extend = _rest(extend, skip, have)
    _lengthen(stroke, extend, have)
    return extend


def _lengthen(stroke: Stroked, new: Extend, have: int) -> None:
    stroke.points.extend(new.points)
    if not (new.pressure or new.time or stroke.pressure or stroke.time):
        return  # a mouse, as most of a crowd
    for name in _BESIDE:
        values, more = getattr(stroke, name), getattr(new, name)
        if more and len(values) == have:
            values.extend(more)
        else:
            setattr(stroke, name, [])


def _rest(drawn: Stroked | Extend, skip: int, offset: int) -> Extend:
    """All but the first points, as what continues a stroke of `offset` points."""
    return Extend(
        drawn.id,
        offset,
        drawn.points[2 * skip :],
        drawn.pressure[skip:],
        drawn.time[skip:],
    )


def join(first: Extend, second: Extend) -> bool:
    """Make one extend of two that follow each other on the same stroke."""
    follows = (
        first.id == second.id
        and first.offset + len(first.points) // 2 == second.offset
        and bool(first.pressure) == bool(second.pressure)
        and bool(first.time) == bool(second.time)
    )
    if follows:
        first.points.extend(second.points)
        first.pressure.extend(second.pressure)
        first.time.extend(second.time)
    return follows


def grown_by(known: list[Op] | None, told: list[Op] | None) -> Extend | None:
    """What makes the told draft of the known one, if one stroke was continued."""
    if not known or not told or len(known) != len(told):
        return None
    changed = [pair for pair in zip(known, told, strict=True) if pair[0] != pair[1]]
    if len(changed) != 1:
        return None
    before, after = (op.element if isinstance(op, Put) else None for op in changed[0])
    if not (isinstance(before, Stroked) and isinstance(after, Stroked)):
        return None
    have = len(before.points) // 2
    if len(after.points) // 2 <= have:
        return None
    more = _rest(after, have, have)
    beside = {name: [*getattr(before, name)] for name in ("points", *_BESIDE)}
    continued = replace(before, **beside)
    _lengthen(continued, more, have)
    return more if continued == after else None
