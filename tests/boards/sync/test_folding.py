"""Folding in a process of its own gives what folding here does."""

from collections.abc import Iterator

import pytest

from boards.sync.document import Document
from boards.sync.folding import fold_apart, pack, packed, unpack
from boards.sync.refusals import Code, Refused


def entry(seq: int) -> str:
    """An entry that puts an element with a text of several scripts."""
    element = f'{{"id":"e{seq % 40}","kind":"note","text":"é漢🖍 {seq}"}}'
    return f'{{"seq":{seq},"ops":[{{"op":"put","element":{element}}}]}}'


def test_packing_the_same_text_gives_the_same_bytes():
    text = b'{"seq":1,"elements":[]}' * 50

    assert pack(text) == pack(text)
    assert unpack(pack(text)) == text


@pytest.mark.parametrize("at", [0, 30])
def test_D5_a_fold_apart_is_the_fold_here(at: int):
    document, start = Document(), Document()
    for seq in range(1, 101):
        document.apply(entry(seq))
        if seq <= at:
            start.apply(entry(seq))
    body = packed(start).body if at else b""
    texts = [[entry(seq) for seq in range(first, first + 10)] for first in (1, 11)]
    rest = [[entry(seq) for seq in range(21, 101)]]

    assert fold_apart(body, texts + rest) == packed(document)


def test_a_child_that_fails_is_told():
    with pytest.raises(ChildProcessError):
        fold_apart(b"no gzip", [[entry(1)]])


def test_what_the_entries_raise_ends_the_child():
    def texts() -> Iterator[list[str]]:
        yield [entry(1)]
        raise Refused(Code.NOT_FOUND, "The board is not that far yet.")

    with pytest.raises(Refused):
        fold_apart(b"", texts())
