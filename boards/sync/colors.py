"""The colours that the server gives to peers who did not choose one."""

# Told apart from each other and from paper and chalkboard, light and dark; white can be
# read on most of them, and black on the two that are bright.
PEER_COLORS = (
    "#d0440c",
    "#1971c2",
    "#2b8239",
    "#9c36b5",
    "#c2255c",
    "#0b7c8f",
    "#e8890c",
    "#5f3dc4",
    "#66a80f",
    "#e03131",
    "#3b5bdb",
    "#a0522d",
)


def least_used_color(taken: list[str]) -> str:
    """The colour that fewest of the peers on a board have."""
    return min(PEER_COLORS, key=taken.count)
