"""Colours: newcomers get what few have."""

from boards.sync.colors import PEER_COLORS, least_used_color


def test_an_empty_board_begins_with_the_first_color() -> None:
    assert least_used_color([]) == PEER_COLORS[0]


def test_no_color_twice_while_one_is_free() -> None:
    taken: list[str] = []

    for _ in PEER_COLORS:
        taken.append(least_used_color(taken))

    assert sorted(taken) == sorted(PEER_COLORS)
    assert least_used_color(taken) == PEER_COLORS[0]


def test_colors_that_people_chose_do_not_matter() -> None:
    assert least_used_color(["#123456", "#123456"]) == PEER_COLORS[0]
