"""The colours that the server gives to peers who did not choose one."""

# Told apart from each other and from paper and chalkboard, light and dark.
PEER_COLORS = (
    "#d9480f",
    "#1971c2",
    "#2f9e44",
    "#9c36b5",
    "#c2255c",
    "#0c8599",
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
