"""Snapshots: saved folds of a journal, so that opening a board costs no history.

Blocking, on the journal's threads; called by `journal` alone.
"""

from collections.abc import Iterator

from boards.sync import store
from boards.sync.document import Document
from boards.sync.folding import Packed, fold_apart, packed, unpack
from boards.sync.refusals import Code, Refused
from boards.sync.reversal import Reversal, Whose
from boards.sync.store import StoredSnapshot

READ_CHARS = 4 * 1024 * 1024  # entries in memory at once while folding
KEEP = 3  # newest ones kept; older folds are made again when asked for
# What is folded here in a few milliseconds; a child takes fifty to begin.
SMALL_BYTES = 64 * 1024  # of a packed snapshot
SMALL_CHARS = 256 * 1024  # of entries


def fold(board_id: str, seq: int) -> Document:
    """The document up to a seq, from the nearest snapshot and what follows it.

    Raises:
        Refused: `not_found` when the board has no such seq yet.
    """
    saved = store.newest_snapshot(board_id, seq)
    document = _unpacked(saved)
    for texts in _texts(board_id, document.seq, seq, READ_CHARS):
        for text in texts:
            document.apply(text)
    return document


def at(board_id: str, seq: int) -> StoredSnapshot:
    """The fold up to a seq, packed; taken as saved where it was, else made afresh.

    Raises:
        Refused: see `fold`.
        ChildProcessError: see `folding`.
    """
    saved = store.newest_snapshot(board_id, seq)
    if saved is not None and saved.seq == seq:
        return saved
    made = _packed(board_id, saved, seq, is_awaited=True)
    return StoredSnapshot(made.seq, made.body)


def save(board_id: str, seq: int, *, is_awaited: bool = False) -> StoredSnapshot:
    """Fold up to a seq, save it and return it; raises like `at`."""
    saved = store.newest_snapshot(board_id, seq)
    made = _packed(board_id, saved, seq, is_awaited=is_awaited)
    snapshot = StoredSnapshot(made.seq, made.body)
    store.save_snapshot(board_id, snapshot, n_elements=made.n_elements, keep=KEEP)
    return snapshot


def reversal(board_id: str, whose: Whose) -> Reversal:
    """What an author did up to the board's head, ready to say how it is undone.

    Raises:
        Refused: `not_found` when the board is gone.
    """
    board = store.heads([board_id]).get(board_id)
    if board is None:
        raise Refused(Code.NOT_FOUND, "There is no such board.")
    head = board.seq
    first = store.first_since(board_id, whose.since)
    before = head if first is None else first - 1
    made = Reversal(fold(board_id, before).text(), whose)
    for texts in _texts(board_id, before, head, READ_CHARS):
        for text in texts:
            made.take(text)
    return made


def _packed(
    board_id: str, saved: StoredSnapshot | None, seq: int, *, is_awaited: bool
) -> Packed:
    """Fold here what is small, in a process of its own what is not."""
    after, body = (saved.seq, saved.body) if saved else (0, b"")
    first, is_all = store.read(board_id, after, seq, SMALL_CHARS)
    if is_all and len(body) <= SMALL_BYTES:
        document = _unpacked(saved)
        for text in first:
            document.apply(text)
        _require(document.seq >= seq)
        return packed(document)
    texts = _texts(board_id, after, seq, READ_CHARS)
    made = fold_apart(body, texts, is_awaited=is_awaited)
    _require(made.seq >= seq)
    return made


def _unpacked(saved: StoredSnapshot | None) -> Document:
    return Document.from_snapshot(unpack(saved.body)) if saved else Document()


def _texts(board_id: str, after: int, upto: int, chars: int) -> Iterator[list[str]]:
    """All entries after a seq, as many at once as fit."""
    while after < upto:
        texts, _ = store.read(board_id, after, upto, chars)
        _require(bool(texts))
        yield texts
        after += len(texts)


def _require(is_that_far: bool) -> None:
    if not is_that_far:
        raise Refused(Code.NOT_FOUND, "The board is not that far yet.")
