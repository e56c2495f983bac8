"""How often one address, person or key may read and write; see `boards.throttle`."""

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


class ReadByKey(Throttle):
    """Reads with one owner key, from wherever."""

    scope = "read_key"

    def counted(self, request: Request) -> str | None:
        """The key of a read."""
        return shown_by(request).key if request.method in SAFE_METHODS else None


class ReadByPerson(Throttle):
    """Reads of one account, or of the browser that created boards."""

    scope = "read_person"

    def counted(self, request: Request) -> str | None:
        """The person who reads."""
        return _person(request) if request.method in SAFE_METHODS else None


class WriteByPerson(Throttle):
    """Writes of one account, or of the browser that created boards."""

    scope = "write_person"

    def counted(self, request: Request) -> str | None:
        """The person who writes."""
        return None if request.method in SAFE_METHODS else _person(request)


class WriteByBoard(Throttle):
    """Writes to one board, of all who may view it but do not own it.

    Asked by `BoardView` once it knows the caller's right: a flood of strangers must not
    keep those who draw from the board, nor any flood its owner, who ends it.
    """

    scope = "write_board"

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


class WriteByKey(Throttle):
    """Writes with one owner key, from wherever."""

    scope = "write_key"

    def counted(self, request: Request) -> str | None:
        """The key of a write."""
        return None if request.method in SAFE_METHODS else shown_by(request).key
