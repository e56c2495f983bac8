"""Query strings: numbers, decimal and bounded or refused by name, and switches."""

import re

from rest_framework.request import Request

from boards.sync.refusals import Code, Refused

MAX_SEQ = 2**53 - 1  # what JavaScript counts exactly; the wire's own bound
_NUMBER_RE = re.compile(r"[0-9]{1,16}")


def number(
    request: Request, name: str, *, least: int = 0, most: int = MAX_SEQ
) -> int | None:
    """A number from the query string; None when it is not there.

    Raises:
        Refused: `invalid`, when it is no whole number between the bounds.
    """
    text = request.query_params.get(name)
    if text is None:
        return None
    value = int(text) if _NUMBER_RE.fullmatch(text) else -1
    if not least <= value <= most:
        raise Refused(
            Code.INVALID, f"`{name}` is a whole number from {least} to {most}."
        )
    return value


def switch(request: Request, name: str) -> bool:
    """Whether the query string turns this on: there, and neither empty, 0 nor false."""
    return request.query_params.get(name, "") not in ("", "0", "false")
