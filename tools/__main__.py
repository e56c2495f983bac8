"""`python3 -m tools COMMAND [WORDS]`: what the Makefile's targets call."""

import sys
from collections.abc import Callable, Sequence

from tools import checks, clean, serve
from tools.shell import Stop, say

COMMANDS: dict[str, tuple[str, Callable[[Sequence[str]], int]]] = {
    "run": ("start the site on this machine", lambda _: serve.serve()),
    "check": ("format, lint, types and quick tests", lambda _: checks.check()),
    "test": ("all checks and all tests", lambda _: checks.test()),
    "nightly": ("the long tests", lambda _: checks.nightly()),
    "screenshots": ("the README's picture", lambda _: checks.screenshots()),
    "bench": ("the benchmarks", checks.bench),
    "clean": ("remove what was installed and built", lambda _: clean.clean()),
}
WITH_WORDS = {"bench"}  # others run whole, not what was meant by `check --help`


def main(words: Sequence[str]) -> int:
    """Run the command that the words name; the exit code."""
    is_known = bool(words) and words[0] in COMMANDS
    if not is_known or (len(words) > 1 and words[0] not in WITH_WORDS):
        for name, (title, _) in COMMANDS.items():
            say(f"  {name:<13}{title}")
        return 2
    _, command = COMMANDS[words[0]]
    try:
        return command(words[1:])
    except Stop as fault:
        say(f"\n{fault}")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
