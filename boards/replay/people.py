"""The people who seem to draw: names and colours, the same in every run."""

from dataclasses import dataclass

NAMES = (
    "Ada",
    "Bao",
    "Carmen",
    "Dmitri",
    "Esi",
    "Farid",
    "Greta",
    "Hiro",
    "Ines",
    "Jamal",
    "Kaija",
    "Lior",
    "Mei",
    "Nadia",
    "Oluwa",
    "Priya",
)
# Dark enough to read on white paper, far enough apart to tell who is who.
COLORS = (
    "#e03131",
    "#1971c2",
    "#2b8239",
    "#9c36b5",
    "#e8590c",
    "#0b7c8f",
    "#6741d9",
    "#c2255c",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Who a writer is to the others on the board."""

    name: str
    color: str
    client: str


def person(number: int, run: str) -> Person:
    """The person with this number (from 0) in a run of `replay`."""
    name = NAMES[number % len(NAMES)]
    again = number // len(NAMES)
    return Person(
        name=f"{name} {again + 1}" if again else name,
        color=COLORS[number % len(COLORS)],
        client=f"replay-{run}-{number}",
    )
