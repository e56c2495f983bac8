"""Snapshots: saved folds of a journal, so that opening a board costs no history.

Blocking, on the journal's folding thread; called by `journal` alone.
"""

from boards.sync import store
from boards.sync.document import Document, snapshot_text
from boards.sync.refusals import Code, Refused
from boards.sync.store import StoredSnapshot

READ_CHARS = 4 * 1024 * 1024  # entries in memory at once while folding
KEEP = 3  # newest ones kept; older folds are made again when asked for


def fold(board_id: str, seq: int) -> Document:
    """The document up to a seq, from the nearest snapshot and what follows it.

    Raises:
        Refused: `not_found` when the board has no such seq yet.
    """
    saved = store.newest_snapshot(board_id, seq)
    document = Document.from_snapshot(store.unpack(saved.body)) if saved else Document()
    while document.seq < seq:
        texts, _ = store.read(board_id, document.seq, seq, READ_CHARS)
        if not texts:
            raise Refused(Code.NOT_FOUND, "The board is not that far yet.")
        for text in texts:
            document.apply(text)
    return document


def at(board_id: str, seq: int) -> StoredSnapshot:
    """The fold up to a seq, packed; taken as saved where it was, else made afresh."""
    saved = store.newest_snapshot(board_id, seq)
    if saved is not None and saved.seq == seq:
        return saved
    return _packed(fold(board_id, seq))


def save(board_id: str, seq: int) -> StoredSnapshot:
    """Fold up to a seq, save it and return it."""
    document = fold(board_id, seq)
    snapshot = _packed(document)
    store.save_snapshot(board_id, snapshot, n_elements=len(document), keep=KEEP)
    return snapshot


def _packed(document: Document) -> StoredSnapshot:
    return StoredSnapshot(document.seq, store.pack(snapshot_text(document.folded())))
