"""Boards go into a file and come out of it the same, in either database."""

import asyncio
import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from boards import integrity
from boards.assets import storage
from boards.backups.archive import Archive, BadArchive
from boards.backups.restoring import Existing, Order, restore
from boards.backups.saving import save
from boards.models import Asset, Board
from boards.sync import rows, snapshots
from tests.support.damage import (
    DAMAGE,
    N_ENTRIES,
    Place,
    filled_board,
    pictures_in,
    put_op,
)
from tests.support.databases import default_database
from tests.support.journals import PostgresPlace, SqlitePlace

NOW = datetime.now(UTC)
REFUSE = Order(Existing.REFUSE, allows_faults=False, now=NOW, settle=None)
OVERWRITE = Order(Existing.OVERWRITE, allows_faults=False, now=NOW, settle=None)
Within = Callable[[str], AbstractContextManager[Place]]


@pytest.fixture
def within(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: Any
) -> Within:
    """A function that makes one of two sites the current one: database and pictures."""

    @contextmanager
    def enter(kind: str) -> Iterator[Place]:
        url: str = request.getfixturevalue(f"{kind}_url")
        place: Place = SqlitePlace(url) if kind == "sqlite" else PostgresPlace(url)
        with django_db_blocker.unblock(), default_database(url):
            with pictures_in(tmp_path / f"{kind}-assets"):
                yield place

    return enter


@pytest.fixture
def site(within: Within) -> Iterator[Place]:
    """A SQLite site."""
    with within("sqlite") as place:
        yield place


def backup_of(*board_ids: str) -> bytes:
    file = io.BytesIO()
    save(board_ids or integrity.board_ids(), file)
    return file.getvalue()


def put_back(content: bytes, order: Order = REFUSE, *board_ids: str) -> list[str]:
    told: list[str] = []
    archive = Archive(io.BytesIO(content))
    restore(archive, board_ids, order, lambda board, what: told.append(what))
    return told


def state(board_id: str) -> dict[str, object]:
    """All of a board that is to be the same afterwards."""
    with rows.one_state():
        entries = list(rows.entries(board_id))
    saved = rows.snapshots(board_id)
    board = Board.objects.filter(pk=board_id).values().get()
    pictures = Asset.objects.filter(board_id=board_id).order_by("hash")
    columns = ("hash", "type", "w", "h", "bytes")
    return {
        "board": board,
        "entries": entries,
        "snapshots": [(row, rows.snapshot_body(board_id, row.seq)) for row in saved],
        "document": snapshots.fold(board_id, int(board["head"])).text(),
        "pictures": list(pictures.values_list(*columns)),
        "files": [storage.read(storage.name_of(a.hash, a.type)) for a in pictures],
    }


def is_whole(board_id: str) -> bool:
    report = integrity.check(board_id)
    return report is not None and report.is_whole


@contextmanager
def writer(place: Place, board_id: str) -> Iterator[None]:
    """Somebody who draws all the time, in a process of their own as it were."""
    stop, drawn = threading.Event(), threading.Event()

    async def draw() -> None:
        process = place.journal()
        n = 100
        while not stop.is_set():
            await process.append(board_id, f"change-{n}", put_op(n))
            n += 1
            if n == 110:
                drawn.set()
        await process.journal.close()
        connections.close_all()

    thread = threading.Thread(target=lambda: asyncio.run(draw()))
    thread.start()
    try:
        assert drawn.wait(60)
        yield
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize(
    ("source", "target"), [("sqlite", "postgres"), ("postgres", "sqlite")]
)
def test_saved_under_writers_and_restored_into_the_other_database(
    within: Within, source: str, target: str
) -> None:
    with within(source) as place:
        board_id, quiet_id = filled_board(place), filled_board(place)
        before = state(quiet_id)
        with writer(place, board_id):
            content = backup_of()
        drawn_on = state(board_id)

    with within(target):
        assert put_back(content) == ["restored", "restored"]
        assert state(quiet_id) == before
        assert is_whole(quiet_id)
        assert is_whole(board_id)
        after = state(board_id)
        n_entries = len(after["entries"])  # type: ignore[arg-type]
        assert N_ENTRIES < n_entries
        assert after["entries"] == drawn_on["entries"][:n_entries]  # type: ignore[index]
        again = backup_of(quiet_id)

    with within(source):
        assert put_back(again, OVERWRITE) == ["restored"]
        assert state(quiet_id) == before


def test_board_that_is_there_is_left_alone_unless_told(site: Place) -> None:
    board_id, other_id = filled_board(site), filled_board(site)
    content = backup_of()
    DAMAGE["entry deleted"][0](site, board_id)
    damaged = site.texts(board_id)
    Board.objects.filter(pk=other_id).delete()

    with pytest.raises(BadArchive, match="there already"):
        put_back(content)
    assert not Board.objects.filter(pk=other_id).exists(), "nothing was changed"

    skip = Order(Existing.SKIP, allows_faults=False, now=NOW, settle=None)
    assert sorted(put_back(content, skip)) == ["restored", "skipped"]
    assert site.texts(board_id) == damaged
    assert is_whole(other_id)

    assert put_back(content, OVERWRITE, board_id) == ["restored"]
    assert is_whole(board_id)


def test_board_that_is_open_is_not_overwritten(site: Place) -> None:
    board_id = filled_board(site)
    content = backup_of()
    settle = timedelta(seconds=40)
    order = Order(Existing.OVERWRITE, allows_faults=False, now=NOW, settle=settle)

    with pytest.raises(BadArchive, match="trash"):
        put_back(content, order)
    Board.objects.filter(pk=board_id).update(deleted_at=NOW - timedelta(seconds=39))
    with pytest.raises(BadArchive, match="trash"):
        put_back(content, order)
    Board.objects.filter(pk=board_id).update(deleted_at=NOW - timedelta(seconds=41))

    assert put_back(content, order) == ["restored"]
    assert Board.objects.get(pk=board_id).deleted_at is None, "as it was when saved"


def with_lines(content: bytes, change: Callable[[list[Any]], list[Any]]) -> bytes:
    """The archive with a board's lines changed, by somebody who mends the sums."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        members = {name: old.read(name) for name in old.namelist()}
    manifest = json.loads(members["manifest.json"])
    (board,) = manifest["boards"]
    name = f"boards/{board['id']}.jsonl"
    lines = change([json.loads(text) for text in members[name].splitlines()])
    members[name] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    board["bytes"] = len(members[name])
    board["sha256"] = hashlib.sha256(members[name]).hexdigest()
    for row, told in (("entry", "entries"), ("snapshot", "snapshots")):
        board[told] = sum(line["row"] == row for line in lines)
    members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(file, "w") as new:
        for member, text in members.items():
            new.writestr(member, text)
    return file.getvalue()


def _set(row: str, **fields: object) -> Callable[[list[Any]], list[Any]]:
    def change(lines: list[Any]) -> list[Any]:
        chosen = [line for line in lines if line["row"] == row][-1]
        chosen.update(fields)
        return lines

    return change


def _column(**fields: object) -> Callable[[list[Any]], list[Any]]:
    def change(lines: list[Any]) -> list[Any]:
        lines[0]["columns"].update(fields)
        return lines

    return change


FORGED: dict[str, Callable[[list[Any]], list[Any]]] = {
    "a hole": lambda lines: [line for line in lines if line.get("seq") != 6],
    "an entry twice": lambda lines: [*lines[:3], lines[2], *lines[3:]],
    "a change id twice": _set("entry", change_id="change-1"),
    "an entry that is none": _set("entry", text="{}"),
    "an entry of no text": _set("entry", text=None, text64="/w=="),
    "a snapshot of something else": _set(
        "snapshot", body="H4sIAAAAAAAC/wMAAAAAAAAAAAA="
    ),
    "a snapshot that is none": _set("snapshot", body="AAAA"),
    "a seq beyond all bounds": _set("entry", seq=2**70),
    "a negative seq": _set("entry", seq=-1),
    "another board's id": _column(id="other"),
    "a head too high": _column(head=99),
    "a role that is none": _column(link_role="own"),
    "a column of tomorrow": _column(frozen_until="2030"),
    "a date that is none": _column(created_at="soon"),
    "a date that is a number": _column(created_at=5),
    "a title too long": _column(title="x" * 10_000),
    "a type that is none": _set("asset", type="text/html"),
    "no row": lambda lines: lines[1:],
}


@pytest.mark.parametrize("kind", FORGED)
def test_forged_board_is_refused_and_nothing_is_left_of_it(
    site: Place, kind: str
) -> None:
    board_id = filled_board(site)
    content = backup_of()
    picture = Asset.objects.get(board_id=board_id)
    Board.objects.filter(pk=board_id).delete()
    storage.remove(storage.name_of(picture.hash, picture.type))

    with pytest.raises(BadArchive):
        put_back(with_lines(content, FORGED[kind]))

    assert not Board.objects.exists()
    assert site.texts(board_id) == []
    assert storage.read(storage.name_of(picture.hash, picture.type)) is None


def test_forgery_does_not_hurt_the_board_that_it_would_overwrite(site: Place) -> None:
    board_id = filled_board(site)
    before = state(board_id)
    content = with_lines(backup_of(), FORGED["a hole"])

    with pytest.raises(BadArchive):
        put_back(content, OVERWRITE)

    assert state(board_id) == before


@pytest.mark.parametrize("kind", ["entry deleted", "head high", "picture's file lost"])
def test_damaged_board_is_saved_told_and_restored_only_when_told(
    site: Place, kind: str
) -> None:
    board_id = filled_board(site)
    DAMAGE[kind][0](site, board_id)
    texts = site.texts(board_id)
    content = backup_of()
    assert Archive(io.BytesIO(content)).manifest.boards[0].faults
    Board.objects.filter(pk=board_id).delete()

    with pytest.raises(BadArchive, match="not whole when it was saved"):
        put_back(content)
    damaged = Order(Existing.REFUSE, allows_faults=True, now=NOW, settle=None)
    assert put_back(content, damaged) == ["restored"]

    assert site.texts(board_id) == texts


@pytest.mark.parametrize("kind", ["entry deleted", "picture's file lost"])
def test_damaged_board_overwrites_no_other_unless_told(site: Place, kind: str) -> None:
    # It was refused only after boards before it were overwritten, or not at all.
    board_id, damaged_id = sorted([filled_board(site), filled_board(site)])
    DAMAGE[kind][0](site, damaged_id)
    content = backup_of()
    Board.objects.filter(pk=board_id).update(title="Since then")

    with pytest.raises(BadArchive, match="not whole when it was saved"):
        put_back(content, OVERWRITE)

    assert Board.objects.get(pk=board_id).title == "Since then"


def test_lost_or_damaged_picture_comes_back_from_the_backup(site: Place) -> None:
    board_id = filled_board(site)
    content = backup_of()
    DAMAGE["picture's file another"][0](site, board_id)
    assert not is_whole(board_id)

    put_back(content, OVERWRITE)

    assert is_whole(board_id)


def test_commands_save_verify_and_restore(site: Place, tmp_path: Path) -> None:
    board_id = filled_board(site)
    before = state(board_id)
    file = tmp_path / "all.backup"

    call_command("backup", str(file), stderr=io.StringIO())
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="already"):
        call_command("backup", str(file))
    call_command("backup", str(file), "--verify", stderr=io.StringIO())
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", str(file))
    call_command(
        *("restore", str(file), "--existing=overwrite", "--stopped"),
        f"--board={board_id}",
        stdout=io.StringIO(),
    )
    assert state(board_id) == before

    file.write_bytes(file.read_bytes()[:-9])
    for words in (["backup", str(file), "--verify"], ["restore", str(file)]):
        with pytest.raises(CommandError, match="no whole backup"):
            call_command(*words)
    twice, one = tmp_path / "twice", f"--board={board_id}"
    call_command("backup", str(twice), one, one, stderr=io.StringIO())
    assert len(Archive(io.BytesIO(twice.read_bytes())).manifest.boards) == 1
    with pytest.raises(CommandError, match="no board nowhere"):
        call_command("backup", str(tmp_path / "other"), "--board=nowhere")
    assert [path.name for path in tmp_path.glob("other*")] == []
