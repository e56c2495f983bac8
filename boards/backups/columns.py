"""A board's row as a line of an archive: every column by name, also those to come.

The owner is told by user name, because another database counts its users otherwise.
"""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Field

from boards.backups.archive import BadArchive
from boards.models import Board

Columns = dict[str, str | int | bool | None]
_OWNER = "owner"


def columns_of(board: Board) -> Columns:
    """What the archive tells of the row."""
    columns: Columns = {}
    for field in _fields():
        value = getattr(board, field.attname)
        is_plain = value is None or isinstance(value, str | int)
        columns[field.name] = value if is_plain else _text(value)
    columns[_OWNER] = board.owner.get_username() if board.owner else None
    return columns


def board_from(columns: Columns) -> Board:
    """The row, not saved yet. An owner who has no account here is left out.

    Raises:
        BadArchive: a column that this version does not know, or a value that is none.
    """
    fields = {field.name: field for field in _fields()}
    unknown = sorted(columns.keys() - fields.keys() - {_OWNER})
    if unknown:
        raise BadArchive(
            f"A newer version made this: it has {', '.join(unknown)[:200]}"
        )
    board = Board()
    for name, value in columns.items():
        if name != _OWNER:
            setattr(board, fields[name].attname, _value(fields[name], value))
    username = columns.get(_OWNER)
    users = get_user_model().objects
    board.owner = users.filter(username=username).first() if username else None
    try:
        board.clean_fields(exclude=[_OWNER])
    except ValidationError as fault:
        raise BadArchive(f"A board's row is none: {fault.message_dict}") from None
    return board


def _fields() -> "list[Field]":  # type: ignore[type-arg]
    return [field for field in Board._meta.concrete_fields if field.name != _OWNER]


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _value(field: "Field", value: str | int | bool | None) -> object:  # type: ignore[type-arg]
    try:
        return field.to_python(value)
    except (ValidationError, TypeError):  # a date wants a text, and does not look
        raise BadArchive(f"A board's {field.name} is none.") from None
