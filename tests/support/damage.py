"""Boards with a journal, snapshots and a picture, and ways to damage them.

Damage is done by SQL of the test's own on both databases, or to the file of a picture;
never through the code that is to find it.
"""

import asyncio
import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.storage import storages
from django.test import override_settings

from boards.assets import storage
from boards.models import Asset
from boards.sync.folding import pack
from tests.support.journals import PostgresPlace, SqlitePlace

Place = SqlitePlace | PostgresPlace

N_ENTRIES = 12
SNAPSHOTS_AT = (4, 8)


def put_op(n: int) -> str:
    """Ops that put an element, change the one before and remove an older one."""
    return (
        f'[{{"op":"put","element":{{"id":"e{n}","kind":"rect","x":{n},"y":0.5,'
        f'"w":10,"h":10,"z":"a{n}","alt":"Grüße \\u2028 {n}"}}}},'
        f'{{"op":"set","id":"e{n - 1}","props":{{"x":-{n}}}}},'
        f'{{"op":"del","id":"e{n - 3}"}}]'
    )


def filled_board(place: Place, n_entries: int = N_ENTRIES) -> str:
    """A board with entries, two snapshots and a picture."""
    board_id = place.new_board()

    async def fill() -> None:
        process = place.journal()
        for first in range(1, n_entries + 1, 4):  # one commit for four of them
            ns = range(first, min(first + 4, n_entries + 1))
            changes = [process.append(board_id, f"change-{n}", put_op(n)) for n in ns]
            await asyncio.gather(*changes)
            if ns[-1] in SNAPSHOTS_AT:
                await process.journal.save_snapshot(board_id, ns[-1])
        await process.journal.close()

    asyncio.run(fill())
    add_picture(board_id, f"picture of {board_id}".encode())
    return board_id


def add_picture(board_id: str, content: bytes) -> str:
    """Put a picture on the shelf, past the cleaning; its hash."""
    hash_ = hashlib.sha256(content).hexdigest()
    storage.keep(storage.name_of(hash_, "image/png"), io.BytesIO(content))
    Asset.objects.create(
        board_id=board_id, hash=hash_, type="image/png", w=1, h=1, bytes=len(content)
    )
    return hash_


def pictures_in(folder: Path) -> Any:
    """Pictures are kept in this folder."""
    assets = {"BACKEND": "boards.assets.storage.AssetFiles"}
    options = {"OPTIONS": {"location": str(folder)}}
    kept = {**storages.backends, "assets": {**assets, **options}}
    return override_settings(STORAGES=kept)


def _sql(statement: str) -> Callable[[Place, str], None]:
    """Damage by one statement, in which `?` is the board."""

    def do(place: Place, board_id: str) -> None:
        mark = "?" if isinstance(place, SqlitePlace) else "%s"
        n_marks = statement.count("?")
        place.run(statement.replace("?", mark), [board_id] * n_marks)

    return do


def set_body(place: Place, board_id: str, seq: int, body: bytes) -> None:
    """Put other bytes into a snapshot."""
    mark = "?" if isinstance(place, SqlitePlace) else "%s"
    place.run(
        f"UPDATE boards_snapshot SET body = {mark} WHERE board_id = {mark}"
        f" AND seq = {mark}",
        [body, board_id, seq],
    )


def body_of(place: Place, board_id: str, seq: int) -> bytes:
    """The bytes of a snapshot."""
    mark = "?" if isinstance(place, SqlitePlace) else "%s"
    query = f"SELECT body FROM boards_snapshot WHERE board_id = {mark} AND seq = {mark}"
    return bytes(place.run(query, [board_id, seq])[0][0])


def _flip(place: Place, board_id: str) -> None:
    body = bytearray(body_of(place, board_id, 4))
    body[len(body) // 2] ^= 1
    set_body(place, board_id, 4, bytes(body))


def _another_fold(place: Place, board_id: str) -> None:
    set_body(place, board_id, 4, pack(b'{"seq":4,"elements":[]}'))


def _foreign(place: Place, board_id: str) -> None:
    set_body(place, board_id, 4, body_of(place, board_id, 8))


def _twice(place: Place, board_id: str) -> None:
    """Two rows with one seq and one change id, as a table without its keys allows."""
    for statement in (
        "ALTER TABLE boards_entry RENAME TO boards_entry_kept",
        "CREATE TABLE boards_entry AS SELECT * FROM boards_entry_kept",
    ):
        place.run(statement)
    _sql(
        "INSERT INTO boards_entry SELECT * FROM boards_entry WHERE board_id = ?"
        " AND seq = 6"
    )(place, board_id)


def _picture(board_id: str) -> str:
    asset = Asset.objects.get(board_id=board_id)
    return storage.name_of(asset.hash, asset.type)


def _lost_file(_place: Place, board_id: str) -> None:
    storage.remove(_picture(board_id))


def _other_file(_place: Place, board_id: str) -> None:
    name = _picture(board_id)
    storage.remove(name)
    storage.keep(name, io.BytesIO(b"something else"))


_E = "boards_entry WHERE board_id = ?"
_SET = "UPDATE boards_entry SET"
_AT_6 = "WHERE board_id = ? AND seq = 6"

# What is done to a board → what a check finds, and what is left after `--repair`.
DAMAGE: dict[str, tuple[Callable[[Place, str], None], list[str], list[str]]] = {
    "entry deleted": (
        _sql(f"DELETE FROM {_E} AND seq = 6"),
        ["hole 6", "snapshot_unproven 8"],
        ["hole 6", "snapshot_unproven 8"],
    ),
    "first entries deleted": (
        _sql(f"DELETE FROM {_E} AND seq < 3"),
        ["hole 1", "snapshot_unproven 4", "snapshot_unproven 8"],
        ["hole 1", "snapshot_unproven 4", "snapshot_unproven 8"],
    ),
    "last entry deleted": (
        _sql(f"DELETE FROM {_E} AND seq = 12"),
        ["head_high"],
        ["head_high"],
    ),
    "entries below a snapshot deleted": (
        _sql(f"DELETE FROM {_E} AND seq > 6"),
        ["snapshot_unproven 8", "head_high"],
        ["snapshot_unproven 8", "head_high"],
    ),
    "all entries deleted": (
        _sql(f"DELETE FROM {_E}"),
        ["snapshot_unproven 4", "snapshot_unproven 8", "head_high"],
        ["snapshot_unproven 4", "snapshot_unproven 8", "head_high"],
    ),
    "entry repeated": (
        _twice,
        ["repeated_seq 6", "snapshot_unproven 8", "repeated_change"],
        ["repeated_seq 6", "snapshot_unproven 8", "repeated_change"],
    ),
    "entry copied to the end": (
        _sql(
            "INSERT INTO boards_entry (board_id, seq, change_id, at, text)"
            f" SELECT board_id, 13, 'copy', at, text FROM {_E} AND seq = 6"
        ),
        ["entry_misplaced 13", "head_low"],
        ["entry_misplaced 13"],
    ),
    "entry cut short": (
        _sql(f"{_SET} text = substr(text, 1, 40) {_AT_6}"),
        ["entry_unreadable 6", "snapshot_unproven 8"],
        ["entry_unreadable 6", "snapshot_unproven 8"],
    ),
    "ops are none": (
        _sql(f"""{_SET} text = replace(text, '"ops":[', '"ops":7,"x":[') {_AT_6}"""),
        ["entry_unreadable 6", "snapshot_unproven 8"],
        ["entry_unreadable 6", "snapshot_unproven 8"],
    ),
    "change id changed": (
        _sql(f"{_SET} change_id = 'other' {_AT_6}"),
        ["entry_misplaced 6", "snapshot_unproven 8"],
        ["entry_misplaced 6", "snapshot_unproven 8"],
    ),
    "time changed": (
        _sql(f"{_SET} at = at + 1 {_AT_6}"),
        ["entry_misplaced 6", "snapshot_unproven 8"],
        ["entry_misplaced 6", "snapshot_unproven 8"],
    ),
    "content changed": (
        _sql(f"""{_SET} text = replace(text, '"w":10', '"w":11') {_AT_6}"""),
        ["snapshot_wrong 8"],
        [],
    ),
    "head low": (
        _sql("UPDATE boards_board SET head = 9 WHERE id = ?"),
        ["head_low"],
        [],
    ),
    "head high": (
        _sql("UPDATE boards_board SET head = 20 WHERE id = ?"),
        ["head_high"],
        ["head_high"],
    ),
    "bit of a snapshot flipped": (_flip, ["snapshot_unreadable 4"], []),
    "snapshot of nothing": (_another_fold, ["snapshot_wrong 4"], []),
    "snapshot of another seq": (_foreign, ["snapshot_unreadable 4"], []),
    "snapshot counted wrongly": (
        _sql(
            "UPDATE boards_snapshot SET n_elements = 99 WHERE board_id = ? AND seq = 8"
        ),
        ["snapshot_wrong 8"],
        [],
    ),
    "snapshot above the head": (
        _sql("UPDATE boards_snapshot SET seq = 99 WHERE board_id = ? AND seq = 8"),
        ["snapshot_unreadable 99"],
        [],
    ),
    "picture's file lost": (_lost_file, ["asset_missing"], ["asset_missing"]),
    "picture's file another": (_other_file, ["asset_wrong"], ["asset_wrong"]),
}
