"""Scripts that once failed, each with a sentence on what was wrong."""

from dataclasses import dataclass

from tests.support.world.script import Script, Step


@dataclass(frozen=True, slots=True)
class Found:
    """A shrunk script and what it found."""

    name: str
    what: str
    script: Script


FOUND = (
    Found(
        "A3 joined with a revoked grant",
        "a right that was taken while its holder joined was never noticed",
        Script(
            n_processes=3,
            n_boards=1,
            n_clients=5,
            queue_size=50,
            unread_chars=4000,
            steps=(
                Step("connect", 4, 220464),
                Step("run", 110, 289981),
                Step("rights", 242, 281284),
            ),
        ),
    ),
    Found(
        "A3 joined a board that went to the trash",
        "the owner of a board in the trash stayed on it",
        Script(
            n_processes=2,
            n_boards=1,
            n_clients=4,
            queue_size=3,
            unread_chars=20000,
            steps=(
                Step("connect", 3, 520199),
                Step("run", 186, 642003),
                Step("trash", 242, 531570),
            ),
        ),
    ),
    Found(
        "A3 joined with less than it may by now",
        "a right that was given while its holder joined was never noticed",
        Script(
            n_processes=4,
            n_boards=1,
            n_clients=2,
            queue_size=3,
            unread_chars=20000,
            steps=(
                Step("rights", 111, 153196),
                Step("connect", 179, 945519),
                Step("run", 66, 842309),
                Step("rights", 142, 218834),
            ),
        ),
    ),
    Found(
        "drained, but the pacer ran on",
        "a session that left during the drain started the pacer again",
        Script(
            n_processes=3,
            n_boards=2,
            n_clients=3,
            queue_size=3,
            unread_chars=1000000,
            steps=(
                Step("connect", 2, 458076),
                Step("run", 140, 513864),
                Step("run", 130, 623655),
                Step("clock", 134, 794624),
                Step("drain", 194, 1024973),
            ),
        ),
    ),
    Found(
        "A3 changed and changed back",
        "a right that changed back between two polls left its holder with less",
        Script(
            n_processes=4,
            n_boards=1,
            n_clients=7,
            queue_size=3,
            unread_chars=4000,
            steps=(
                Step("connect", 5, 801789),
                Step("run", 22, 1043512),
                Step("rights", 240, 450351),
                Step("run", 191, 112588),
                Step("rights", 48, 285622),
            ),
        ),
    ),
    Found(
        "drained, but a room was still failing to open",
        "a room that could not open was forgotten before it had ended",
        Script(
            n_processes=3,
            n_boards=2,
            n_clients=5,
            queue_size=50,
            unread_chars=20000,
            steps=(
                Step("connect", 0, 884121),
                Step("connect", 1, 797761),
                Step("connect", 2, 892057),
                Step("connect", 3, 105850),
                Step("connect", 4, 916641),
                Step("run", 183, 389315),
                Step("away", 219, 906485),
                Step("run", 237, 494152),
                Step("drain", 40, 780847),
                Step("connect", 238, 916881),
                Step("run", 188, 963614),
                Step("run", 86, 896829),
                Step("drain", 63, 925788),
            ),
        ),
    ),
    Found(
        "A3 joined while its board went to the trash",
        "nothing else here notices that grants of before a revision are let in",
        Script(
            n_processes=2,
            n_boards=1,
            n_clients=4,
            queue_size=50,
            unread_chars=4000,
            steps=(
                Step("connect", 148, 140944),
                Step("run", 243, 1008184),
                Step("run", 225, 132567),
                Step("rest", 116, 153536),
                Step("connect", 33, 700289),
                Step("run", 64, 928471),
                Step("trash", 249, 590509),
            ),
        ),
    ),
)
