"""How often one address, person or key may read and write; see `boards.throttle`."""

from django.core.cache import BaseCache, caches
from django.utils.connection import ConnectionProxy
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from api.authentication import shown_by
from boards.throttle import Throttle


class ReadByAddress(Throttle):
    """Reads from one address."""

    scope = "read_address"

    def counted(self, request: Request) -> str | None:
        """The address of a read."""
        return super().counted(request) if request.method in SAFE_METHODS else None


class WriteByAddress(Throttle):
    """Writes from one address."""

    scope = "write_address"

    def counted(self, request: Request) -> str | None:
        """The address of a write."""
        return None if request.method in SAFE_METHODS else super().counted(request)


class UploadByAddress(WriteByAddress):
    """Pictures sent from one address: each one costs seconds of work."""

    scope = "upload_address"


class ReportByAddress(WriteByAddress):
    """Reports from one address: a person reads them."""

    scope = "report_address"


class _ByClaim(Throttle):
    """Counts by what a caller says of itself, which nobody has looked up yet."""

    cache: BaseCache = ConnectionProxy(caches, "claims")  # type: ignore[assignment]  # behaves as one


class ReadByKey(_ByClaim):
    """Reads with one owner key, from wherever."""

    scope = "read_key"

    def counted(self, request: Request) -> str | None:
        """The key of a read."""
        return shown_by(request).key if request.method in SAFE_METHODS else None


class ReadByPerson(_ByClaim):
    """Reads of one account, or of the browser that created boards."""

    scope = "read_person"

    def counted(self, request: Request) -> str | None:
        """The person who reads."""
        return _person(request) if request.method in SAFE_METHODS else None


class WriteByPerson(_ByClaim):
    """Writes of one account, or of the browser that created boards."""

    scope = "write_person"

    def counted(self, request: Request) -> str | None:
        """The person who writes."""
        return None if request.method in SAFE_METHODS else _person(request)


class WriteByBoard(Throttle):
    """Writes to one board, of all who may view it but do not own it.

    Asked by `BoardView` once it knows the caller's right: a flood of strangers must not
    keep those who draw from the board, nor any flood its owner, who ends it. Its rate
    is that of `ADDRESSES` addresses, or one of them could use it up.
    """

    ADDRESSES = 8
    scope = "write_board"

    def parse_rate(self, rate: str | None) -> tuple[int | None, int | None]:
        """Requests, and the seconds they are for."""
        n, seconds = super().parse_rate(rate)
        return n and n * self.ADDRESSES, seconds

    def counted(self, request: Request) -> str | None:
        """The board that is written to."""
        if request.method in SAFE_METHODS:
            return None
        board_id: str | None = request.parser_context["kwargs"].get("board_id")
        return board_id


def _person(request: Request) -> str | None:
    shown = shown_by(request)
    if shown.user_id is not None:
        return f"user {shown.user_id}"
    return shown.creator


class WriteByKey(_ByClaim):
    """Writes with one owner key, from wherever."""

    scope = "write_key"

    def counted(self, request: Request) -> str | None:
        """The key of a write."""
        return None if request.method in SAFE_METHODS else shown_by(request).key
