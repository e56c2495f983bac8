"""The picture in README: real drawings, and people at work on them.

It is taken with every run, to see that it can be, and goes into docs/images when
SCREENSHOTS is set; else it is thrown away.
"""

import json
import os
from pathlib import Path

import pytest

from boards.sync.elements import Arrow, Element, Ellipse, Text
from boards.sync.protocol import Change, Put
from tests.e2e.board_page import BoardPage
from tests.e2e.conftest import NewPerson, board_url
from tests.support.convergence import RestBoard
from tests.support.corpus import EXCERPT
from tests.support.replays import replaying
from tests.support.server import ROOT
from tests.support.waiting import until

pytestmark = pytest.mark.browser

IMAGES = ROOT / "docs" / "images"
LABELS = [
    *("barn", "bicycle", "bee", "bear", "birthday cake"),
    *("buenosAires", "beach", "face", "ball", "binoculars"),
    *("ambulance", "backpack", "bed", "basketball", "bird"),
]
SCREEN = {"width": 1280, "height": 800}
REMARKS: list[Element] = [
    Ellipse(id="ring", x=-190, y=-590, w=380, h=380, stroke="#e03131", width=6),
    Arrow(
        id="arrow", x=420, y=-700, points=[0, 0, -230, 160], stroke="#e03131", width=6
    ),
    Text(id="words", x=440, y=-740, text="this one!", size=64, stroke="#e03131"),
]


def test_people_at_work_can_be_photographed(
    new_person: NewPerson, board: RestBoard, tmp_path: Path
) -> None:
    with replaying(board, chosen(tmp_path / "chosen.jsonl"), 100):
        pass
    change = Change("remarks", [Put(remark) for remark in REMARKS])
    board.post_change(change).raise_for_status()
    people = [new_person(name, viewport=SCREEN) for name in ("Ada", "Bao", "Carmen")]
    ada, bao, carmen = [look_at_all(person, board) for person in people]

    ada.pick("v")  # puts the style panel away
    bao.page.mouse.move(560, 330)
    carmen.pick("p")
    carmen.drag((900, 600), (960, 560), (1010, 620), (1060, 570), releases=False)
    until(lambda: sorted(ada.cursor_labels()) == ["Bao", "Carmen"], what="two cursors")
    until(lambda: ada.ink_in(900, 550, 160, 80) > 100, what="a draft")
    picture = ada.page.screenshot(path=folder(tmp_path) / "board.png")

    assert len(picture) > 10_000


def chosen(path: Path) -> Path:
    """A file with the drawings of the picture, in the order of the grid."""
    lines = EXCERPT.read_text().splitlines(keepends=True)
    by_label = {json.loads(line)["label"]: line for line in lines}
    path.write_text("".join(by_label[label] for label in LABELS))
    return path


def look_at_all(person: BoardPage, board: RestBoard) -> BoardPage:
    """Open the board and see all of it."""
    person.open(board_url(board)).expect_seq(board.elements().seq)
    person.page.keyboard.press("Shift+1")
    return person


def folder(otherwise: Path) -> Path:
    """Where the picture goes."""
    if not os.environ.get("SCREENSHOTS"):
        return otherwise
    IMAGES.mkdir(parents=True, exist_ok=True)
    return IMAGES
