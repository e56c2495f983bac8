"""`manage.py replay` against real servers: what it draws is there, once."""

import subprocess
import sys

import pytest

from boards.replay.corpus import read_drawings
from boards.replay.strokes import count_elements
from tests.faults.deployments import Deployment
from tests.support.convergence import RestBoard, assert_equal
from tests.support.corpus import EXCERPT
from tests.support.server import ROOT, Server, process_env
from tests.support.waiting import until

pytestmark = pytest.mark.faults

N_DRAWINGS = 20
N_STROKES = sum(count_elements(one) for one in read_drawings(EXCERPT, N_DRAWINGS))
WITHIN_S = 120.0


def start_replay(server: Server, board: str, *more: str) -> "subprocess.Popen[str]":
    """The command as a person types it, drawing the first of the excerpt."""
    command = [sys.executable, "manage.py", "replay", str(EXCERPT)]
    command += [
        "--limit",
        str(N_DRAWINGS),
        "--board",
        board,
        "--url",
        server.url,
        "--speed",
        "30",
        *more,
    ]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=process_env({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(replay: "subprocess.Popen[str]") -> tuple[int, str, str]:
    """Wait for it; the exit code and what it said."""
    said, complained = replay.communicate(timeout=WITHIN_S)
    return replay.returncode, said, complained


def test_C2_J3_a_replay_goes_on_after_the_server_was_killed(
    laptop: Deployment,
) -> None:
    (server,), board = laptop.servers, laptop.board
    replay = start_replay(server, board.id)

    until(lambda: board.elements().seq >= 10, what="some strokes are there")
    server.kill()
    server.start()
    code, said, complained = finish(replay)

    assert code == 0, complained
    assert f"strokes={N_STROKES} acknowledged={N_STROKES}" in said
    assert "reconnects=0" not in said
    ids = board.drawn_ids()
    assert len(ids) == len(set(ids)) == N_STROKES
    assert_equal(board.documents())


def test_A2_a_replay_into_a_board_to_look_at_fails_and_says_why(
    laptop: Deployment,
) -> None:
    (server,) = laptop.servers
    board = RestBoard.create(server.url, link_role="view")

    code, said, complained = finish(start_replay(server, board.id))

    assert code == 1
    assert "acknowledged=0" in said
    assert "may only be looked at" in complained
    assert board.elements().seq == 0


def test_a_replay_with_the_owner_key_draws_on_a_private_board(
    laptop: Deployment,
) -> None:
    (server,) = laptop.servers
    board = RestBoard.create(server.url, link_role="none")

    code, _, complained = finish(start_replay(server, board.id, "--token", board.key))

    assert code == 0, complained
    assert board.elements().seq == N_STROKES


def test_an_unknown_board_is_not_waited_for(laptop: Deployment) -> None:
    (server,) = laptop.servers

    code, _, complained = finish(start_replay(server, "nosuchboard"))

    assert code == 1
    assert "no such board" in complained
