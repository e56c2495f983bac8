"""The wire: ops, changes, entries, frames, refusal codes, limits, and their codec.

Everything that crosses a socket, the REST changes call or the bus is defined here
once; `manage.py protocol_types` writes the JavaScript twin from it. Decoding is
validation: what comes out of `decode_*` is within every bound. This module knows no
Django, socket, database or clock; everybody may import it.
"""

import re
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType

from boards.sync.elements import Element, Props
from boards.sync.live import Chat, Cursor, Extend, Idle, Laser, React, View
from boards.sync.properties import (
    END,
    ElementId,
    PersonName,
)
from boards.sync.refusals import Code, Refused

PROTOCOL = 1

MAX_FRAME_BYTES = 512 * 1024  # half of Daphne's own message limit
MAX_ENTRY_BYTES = 768 * 1024  # a frame grows when stored; Daphne sends a megabyte
MAX_OPS = 1_000  # a change that moves more is split by the client
MAX_DRAFT_OPS = 200  # a gesture that drags more shows its bounds only
MAX_SELECTION = 1_000

CHANGE_ID_PATTERN = r"^[A-Za-z0-9_.:-]{1,64}" + END

# Of the owner's undoing: pages tell by the id whose work was undone, and by whom.
RESERVED_IDS = ("undo-", "back-")
ChangeId = Annotated[str, Meta(pattern=CHANGE_ID_PATTERN)]
ClientId = Annotated[str, Meta(pattern=CHANGE_ID_PATTERN)]
SessionId = Annotated[str, Meta(pattern=CHANGE_ID_PATTERN)]
PersonColor = Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{6}" + END)]
Seq = Annotated[int, Meta(ge=0, le=2**53 - 1)]


class Put(msgspec.Struct, forbid_unknown_fields=True, tag_field="op", tag="put"):
    """Create the element or replace it whole."""

    element: Element


class Set(msgspec.Struct, forbid_unknown_fields=True, tag_field="op", tag="set"):
    """Change some properties; null gives a property its default back."""

    id: ElementId
    props: Props  # type: ignore[valid-type]  # made from the element structs


class Del(msgspec.Struct, forbid_unknown_fields=True, tag_field="op", tag="del"):
    """Remove the element."""

    id: ElementId


Op = Put | Set | Del


class Author(msgspec.Struct, omit_defaults=True, frozen=True):
    """Who made a change, as the server knows it; written into the entry."""

    session: str
    client: str
    name: str = ""
    user: str | None = None


class Change(msgspec.Struct, forbid_unknown_fields=True):
    """An atomic list of ops with a client-made id; also the body of the REST call."""

    id: ChangeId
    ops: Annotated[list[Op], Meta(min_length=1, max_length=MAX_OPS)]


class Entry(msgspec.Struct):
    """A committed change. `ops` is kept as text: entries are never re-encoded."""

    seq: int
    id: str
    at: int  # ms since the epoch, by the server's clock
    by: Author
    ops: Raw


# --- client to server ---------------------------------------------------------------


class Hello(msgspec.Struct, forbid_unknown_fields=True, tag_field="type", tag="hello"):
    """The first frame of a socket, within `HELLO_WITHIN_S`."""

    protocol: Annotated[int, Meta(ge=0, le=1_000_000)]
    client: ClientId
    since: Seq | None = None
    name: PersonName = ""
    color: PersonColor | None = None
    token: Annotated[str, Meta(max_length=200)] | None = None


class Submit(
    msgspec.Struct, forbid_unknown_fields=True, tag_field="type", tag="submit"
):
    """A change that shall last; the answer is its entry or a reject."""

    id: ChangeId
    ops: Annotated[list[Op], Meta(min_length=1, max_length=MAX_OPS)]


class Live(
    msgspec.Struct,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="live",
):
    """What I do right now: lossy, coalesced, never stored."""

    cursor: Cursor | UnsetType | None = UNSET
    view: View | UnsetType = UNSET
    selection: (
        Annotated[list[ElementId], Meta(max_length=MAX_SELECTION)] | UnsetType
    ) = UNSET
    tool: (
        Annotated[str, Meta(max_length=32, pattern=r"^[a-z_-]*" + END)] | UnsetType
    ) = UNSET
    draft: Annotated[list[Op], Meta(max_length=MAX_DRAFT_OPS)] | UnsetType | None = (
        UNSET
    )
    extend: Extend | UnsetType = UNSET
    laser: Laser | UnsetType = UNSET
    follow: SessionId | UnsetType | None = UNSET
    editing: ElementId | UnsetType | None = UNSET
    chat: Chat | UnsetType = UNSET
    idle: Idle | UnsetType = UNSET
    react: React | UnsetType = UNSET
    call: View | UnsetType = UNSET


class Ping(msgspec.Struct, forbid_unknown_fields=True, tag_field="type", tag="ping"):
    """I am here; `received` counts the frames of this socket received so far.

    The count is how the server sees a slow reader: Daphne has no backpressure.
    """

    seq: Seq
    received: Annotated[int, Meta(ge=0, le=2**53 - 1)] = 0


ClientFrame = Hello | Submit | Live | Ping


# --- server to client ---------------------------------------------------------------


class Peer(msgspec.Struct, omit_defaults=True):
    """One session as the others see it, with what it does right now."""

    session: str
    client: str
    name: str
    color: str
    role: str
    user: str | None = None
    cursor: list[int | float] | None = None
    view: View | None = None
    selection: list[str] = []
    tool: str = ""
    draft: list[Op] | None = None
    follow: str | None = None
    editing: str | None = None
    chat: str = ""
    idle: Idle = ""


class SnapshotRef(msgspec.Struct):
    """Where the fold up to `seq` can be fetched by HTTP."""

    url: str
    seq: int


class Limits(msgspec.Struct):
    """What the server accepts; said in welcome so that no limit is a surprise."""

    frame_bytes: int = MAX_FRAME_BYTES
    ops: int = MAX_OPS
    draft_ops: int = MAX_DRAFT_OPS
    submits_per_s: int = 0
    live_per_s: int = 0
    ping_s: int = 0
    unread_bytes: int = 0


class Welcome(msgspec.Struct, omit_defaults=True, tag_field="type", tag="welcome"):
    """The answer to hello; entries follow without a gap."""

    protocol: int
    session: str
    role: str
    head: int
    mode: Literal["replay", "snapshot"]
    peers: list[Peer]
    limits: Limits
    live_ms: int
    snapshot: SnapshotRef | None = None
    more: int = 0  # people beyond `peers`, in a crowd
    client: str = ""  # what others know me by


class Entries(msgspec.Struct, tag_field="type", tag="entries"):
    """Contiguous entries, each the stored text."""

    entries: list[Raw]


class Reject(msgspec.Struct, omit_defaults=True, tag_field="type", tag="reject"):
    """A submit that was not taken; with `retry`, send it again with the same id."""

    id: str
    code: str
    detail: str
    retry: bool
    wait_ms: int | None = None


class Peers(msgspec.Struct, omit_defaults=True, tag_field="type", tag="peers"):
    """Who came, went or changed name, colour or role; `leave` holds session ids.

    In a crowd only some people are told of, and `more` is how many there are beyond.
    """

    join: list[Peer] = []
    leave: list[str] = []
    change: list[Peer] = []
    more: int | UnsetType = UNSET


class Doing(msgspec.Struct, omit_defaults=True):
    """The live fields of one peer that changed since the last frame."""

    cursor: list[int | float] | UnsetType | None = UNSET
    view: View | UnsetType = UNSET
    selection: list[str] | UnsetType = UNSET
    tool: str | UnsetType = UNSET
    draft: list[Op] | UnsetType | None = UNSET
    extend: Extend | UnsetType = UNSET
    laser: Laser | UnsetType = UNSET
    follow: str | UnsetType | None = UNSET
    editing: str | UnsetType | None = UNSET
    chat: str | UnsetType = UNSET
    idle: Idle | UnsetType = UNSET
    react: React | UnsetType = UNSET
    call: View | UnsetType = UNSET


class LiveAll(msgspec.Struct, tag_field="type", tag="live"):
    """Everything that happened in one pace: session id → what changed."""

    peers: dict[str, Doing]


class Pong(msgspec.Struct, tag_field="type", tag="pong"):
    """The answer to ping."""

    head: int


class Notice(msgspec.Struct, omit_defaults=True, tag_field="type", tag="notice"):
    """Something the person should know.

    With `role`, what they may do from now on; with `why`, the owner's own words for a
    frozen board; with `title`, what the board is called; with `wait_ms`, when coming
    back makes sense: a ban without it is for good.
    """

    code: str
    detail: str
    role: str | None = None
    title: str | None = None
    why: str | None = None
    wait_ms: int | None = None


class Pace(msgspec.Struct, tag_field="type", tag="pace"):
    """How long to wait between two live frames from now on, instead of before."""

    live_ms: int


ServerFrame = Welcome | Entries | Reject | Peers | LiveAll | Pong | Notice | Pace

# --- codec --------------------------------------------------------------------------

_encoder = msgspec.json.Encoder()
_frame_decoder: msgspec.json.Decoder[ClientFrame] = msgspec.json.Decoder(ClientFrame)
_change_decoder = msgspec.json.Decoder(Change)
_entry_decoder = msgspec.json.Decoder(Entry)


_T = TypeVar("_T")
_QUOTED_END = repr(END)[1:-1]  # as it stands in a validation message


class _Envelope(msgspec.Struct):
    type: str = ""
    id: str = ""


_envelope_decoder = msgspec.json.Decoder(_Envelope)


def encode(value: Any) -> str:
    """One JSON text for a frame, an entry or a list of ops."""
    return _encoder.encode(value).decode()


def n_bytes(text: str) -> int:
    """The size of a text on the wire; costs nothing where all of it is ASCII."""
    return len(text) if text.isascii() else len(text.encode(errors="surrogatepass"))


def decode_frame(text: str) -> ClientFrame:
    """Decode and validate one client frame.

    Raises:
        Refused: `too_large`, or `invalid` with the JSON path of the fault.
    """
    if n_bytes(text) > MAX_FRAME_BYTES:
        raise Refused(Code.TOO_LARGE, f"A frame may have {MAX_FRAME_BYTES} bytes.")
    frame = _decode(_frame_decoder, text)
    if isinstance(frame, Submit):
        _check_id(frame.id)
    return frame


def decode_change(body: bytes | str) -> Change:
    """Decode and validate the body of a REST change; raises like `decode_frame`."""
    if len(body) > MAX_FRAME_BYTES:
        raise Refused(Code.TOO_LARGE, f"A change may have {MAX_FRAME_BYTES} bytes.")
    change = _decode(_change_decoder, body)
    _check_id(change.id)
    return change


def _check_id(id_: str) -> None:
    if id_.startswith(RESERVED_IDS):
        known = " or ".join(f"`{prefix}`" for prefix in RESERVED_IDS)
        raise Refused(Code.INVALID, f"An id must not begin with {known} - at `$.id`")


def decode_entry(text: str | bytes) -> Entry:
    """Decode a stored entry; its ops stay text and are not validated again."""
    return _entry_decoder.decode(text)


def submit_id(text: str) -> str | None:
    """The change id of a frame that failed to decode, if it is a submit with one."""
    try:
        envelope = _envelope_decoder.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    is_submit = envelope.type == "submit" and re.match(CHANGE_ID_PATTERN, envelope.id)
    return envelope.id if is_submit else None


def entries_frame(texts: list[str]) -> str:
    """The `entries` frame around stored texts, without touching them."""
    return f'{{"type":"entries","entries":[{",".join(texts)}]}}'


def _decode(decoder: msgspec.json.Decoder[_T], body: bytes | str) -> _T:
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as fault:
        detail = str(fault).replace(_QUOTED_END, "$")  # people know `$`
        raise Refused(Code.INVALID, detail) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError) as fault:
        raise Refused(Code.INVALID, f"This is not JSON: {fault}") from None
