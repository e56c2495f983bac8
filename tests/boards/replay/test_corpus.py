"""The corpus reader: strict about every line, bounded before it parses."""

from pathlib import Path

import pytest

from boards.replay.corpus import MAX_LINE_BYTES, CorpusFault, read_drawings
from tests.support.corpus import EXCERPT

DOT = (
    '{"id":"a","source":"s","label":"l","strokes":[{"x":[1],"y":[2],"t":[0],"p":[1]}]}'
)


def write(folder: Path, *lines: str | bytes) -> Path:
    path = folder / "drawings.jsonl"
    parts = [line.encode() if isinstance(line, str) else line for line in lines]
    path.write_bytes(b"\n".join(parts))
    return path


def test_reads_the_whole_excerpt() -> None:
    drawings = read_drawings(EXCERPT)

    assert len(drawings) == 58
    assert {drawing.source for drawing in drawings} >= {"quickdraw", "omniglot"}


def test_limit_leaves_later_lines_unread(tmp_path: Path) -> None:
    path = write(tmp_path, DOT, "no drawing at all")

    drawings = read_drawings(path, 1)

    assert [drawing.id for drawing in drawings] == ["a"]


def test_empty_lines_are_skipped(tmp_path: Path) -> None:
    path = write(tmp_path, "", DOT, "  ", DOT, "")

    assert len(read_drawings(path)) == 2


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "truncated"),
        (b"\xff\xfe{}", "malformed"),
        (b'{"id":"\xff"}', "UTF-8|utf-8|malformed"),
        ("[" * 100_000, "array"),
        ("17", "object"),
        (DOT.replace('"label"', '"lable"'), "unknown field"),
        (DOT.replace("[2]", "[]"), "length"),
        (DOT.replace("[2]", "[2,3]"), "one value for each"),
        (DOT.replace("[2]", "[NaN]"), "malformed"),
        (DOT.replace("[2]", "[1e400]"), "out of range"),
        (DOT.replace("[2]", "[1e300]"), "<= 1"),
        (DOT.replace("[2]", '["<script>"]'), "float"),
        (DOT.replace('"t":[0]', '"t":[-1]'), ">= 0"),
        (DOT.replace('"p":[1]', '"p":[1.5]'), "<= 1"),
        (DOT.replace('"p":[1]', '"p":[1,1]'), "one value for each"),
        (DOT.replace(',"p":[1]', ""), "missing"),
        (DOT.replace('"id":"a"', f'"id":"{"a" * 501}"'), "length"),
    ],
)
def test_a_bad_line_is_named_with_its_fault(
    tmp_path: Path, line: str | bytes, fault: str
) -> None:
    path = write(tmp_path, DOT, line)

    with pytest.raises(CorpusFault, match=rf"drawings\.jsonl:2: .*({fault})") as caught:
        read_drawings(path)

    assert len(str(caught.value)) < 300


def test_a_line_without_end_is_not_read_into_memory(tmp_path: Path) -> None:
    path = write(tmp_path, b" " * (MAX_LINE_BYTES + 10))

    with pytest.raises(CorpusFault, match="longer than"):
        read_drawings(path)


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CorpusFault, match="No such file"):
        read_drawings(tmp_path / "absent.jsonl")
