"""Why something is not done: the codes, the close codes and the one exception.

The engine raises `Refused`; each adapter turns it into a frame, a close or an HTTP
reply in one place. The codes are part of the wire, see `docs/protocol.md`.
"""

from enum import StrEnum

MAX_DETAIL_CHARS = 300  # refusals quote input: never at full length


class Code(StrEnum):
    """Why something was refused; the same words in frames, close reasons and REST."""

    INVALID = "invalid"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    FORBIDDEN = "forbidden"
    FROZEN = "frozen"  # an editor's change; also a notice
    BANNED = "banned"  # with `wait_ms`, unless it is for good
    KICKED = "kicked"
    NOT_FOUND = "not_found"
    GONE = "gone"
    CONFLICT = "conflict"
    TOO_FAST = "too_fast"
    TOO_SLOW = "too_slow"
    LOST_PLACE = "lost_place"
    BUSY = "busy"
    UNAVAILABLE = "unavailable"
    GOING_AWAY = "going_away"
    FAULT = "fault"


class Reason(StrEnum):
    """Why a picture is refused, beside the code, for pages in other languages."""

    NO_PICTURE = "no_picture"
    DAMAGED = "damaged"
    ENTITIES = "entities"  # of an SVG
    BLANK = "blank"
    PIXELS = "pixels"  # `most` in millions
    FRAMES = "frames"
    HEAVY = "heavy"  # time, memory, or bytes once it is decoded
    FULL = "full"  # the board's shelf, not the picture


RETRY_CODES = frozenset({Code.TOO_FAST, Code.BUSY, Code.UNAVAILABLE, Code.GOING_AWAY})


# Close codes: 4000…4099 do not come back, 4100…4199 come back with backoff and jitter.
CLOSE_BAD_FRAME = 4000
CLOSE_OLD_PROTOCOL = 4001
CLOSE_FORBIDDEN = 4003
CLOSE_GONE = 4004
CLOSE_GOING_AWAY = 4100
CLOSE_TOO_SLOW = 4101
CLOSE_LOST_PLACE = 4102
CLOSE_TOO_FAST = 4103


class Refused(Exception):
    """An expected refusal; adapters turn it into a frame, a close or an HTTP reply.

    Args:
        code: one of `Code`.
        detail: one sentence for a person, without internals; clipped when long.
        wait_ms: when it makes sense to try again, in milliseconds.
        reason: one of `Reason`, where one code has several.
        most: the bound that was passed, where the reason has one.
    """

    def __init__(
        self,
        code: Code,
        detail: str,
        *,
        wait_ms: int | None = None,
        reason: Reason | None = None,
        most: int | None = None,
    ) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail[:MAX_DETAIL_CHARS]
        self.wait_ms = wait_ms
        self.reason = reason
        self.most = most

    @property
    def may_retry(self) -> bool:
        """True when the same change may be sent again with the same id."""
        return self.code in RETRY_CODES
