"""`make check`, `make test` and `make nightly`: every part, timed, none left out.

A part that fails does not stop the others: the person sees all that is wrong at once.
`check` is the half that needs no browser, no Redis and no PostgreSQL.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools import frontend, node, programs, python
from tools.places import PYTHON
from tools.shell import Stop, environment, say, succeeds

CODE = ["api", "board_server", "boards", "tests", "tools", "manage.py"]
NIGHTLY_SEEDS = "20000"  # two hundred run with every `make test`
# On two cores, the smallest machine that this is meant for.
WORKERS = "3"  # tests wait for servers half of their time
BROWSERS = "2"  # a browser keeps a core busy
_TESTING = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
_IN_PARALLEL = ("-n", WORKERS, "--dist", "loadfile")  # a file's server starts once
_BROWSERS = ("-n", BROWSERS, "--dist", "loadfile")

Work = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name, and the work that says whether it went well."""

    name: str
    work: Work


def check() -> int:
    """The quick half; the exit code."""
    return _run_all([*_static_parts(), _quick_tests(), Part("JS tests", _js_tests)])


def test() -> int:
    """Everything; the exit code."""
    needed = [Part("programs", lambda: _completes(programs.provide))]
    return _run_all(
        [
            *needed,
            *_static_parts(),
            Part("JS tests", _js_tests),
            Part("Python tests", lambda: _pytest("not slow and not browser")),
            Part("browser tests", _browser_tests),
        ]
    )


def nightly() -> int:
    """What `make test` leaves out: many seeds, long tests; the exit code."""
    return _run_all(
        [
            Part("programs", lambda: _completes(programs.provide)),
            Part("front end", _build),
            Part("world", lambda: _tool("tests.world", "--seeds", NIGHTLY_SEEDS)),
            Part("long tests", lambda: _pytest("slow")),
        ]
    )


def screenshots() -> int:
    """The README's picture, taken by the browser test; the exit code."""
    python.install(for_tests=True)
    programs.provide()
    frontend.build()
    test = ["-m", "pytest", "-q", "-m", "slow", "tests/e2e/test_convergence.py"]
    env = environment({**_TESTING, "SCREENSHOTS": "1"})
    return 0 if succeeds([PYTHON, *test], env=env) else 1


def bench(words: Sequence[str]) -> int:
    """The benchmarks, with their own options; the exit code."""
    python.install(for_tests=True)
    programs.provide()
    frontend.build()
    return 0 if succeeds([PYTHON, "-m", "tests.bench", *words]) else 1


def _static_parts() -> list[Part]:
    return [
        Part("front end", _build),
        Part("format", lambda: _tool("ruff", "format", "--check", "--quiet", *CODE)),
        Part("lint", lambda: _tool("ruff", "check", "--quiet", *CODE) & _npm("lint")),
        Part("types", lambda: _tool("mypy", *CODE) & _npm("check")),
        Part("import table", lambda: _pytest("", ["tests/test_imports.py"], ())),
        Part("protocol types", lambda: _manage("protocol_types", "--check")),
        Part("migrations", lambda: _manage("makemigrations", "--check", "-v", "0")),
        Part("API schema", lambda: _manage("spectacular", *_SCHEMA)),
    ]


_SCHEMA = ("--validate", "--fail-on-warn", "--file", "/dev/null")


def _browser_tests() -> bool:
    return _pytest("browser and not slow", options=_BROWSERS)


def _quick_tests() -> Part:
    options = ("--quick", *_IN_PARALLEL)
    return Part("Python tests", lambda: _pytest("", options=options))


def _run_all(parts: Sequence[Part]) -> int:
    took: list[tuple[str, float, bool]] = []
    began = time.monotonic()
    for part in [Part("set-up", _set_up), *parts]:
        say(f"\n--- {part.name}")
        start = time.monotonic()
        is_well = part.work()
        took.append((part.name, time.monotonic() - start, is_well))
        if not is_well and part.name in _FIRST:
            break  # nothing else can be said without it
    _report(took, time.monotonic() - began)
    return 0 if all(is_well for _, _, is_well in took) else 1


_FIRST = ("set-up", "programs")


def _report(took: Sequence[tuple[str, float, bool]], seconds: float) -> None:
    say("\nHow long each part took")
    for name, part_seconds, is_well in took:
        say(f"  {name:<16}{part_seconds:7.1f} s   {'' if is_well else 'FAILED'}")
    say(f"  {'all':<16}{seconds:7.1f} s")
    failed = [name for name, _, is_well in took if not is_well]
    say(f"Failed: {', '.join(failed)}" if failed else "Everything is well.")


def _set_up() -> bool:
    return _completes(lambda: python.install(for_tests=True))


def _build() -> bool:
    return _completes(lambda: frontend.build())


def _js_tests() -> bool:
    return _npm("test")


def _npm(script: str) -> bool:
    try:
        used = node.install()
    except Stop as fault:
        say(str(fault))
        return False
    return node.npm_run(used, script)


def _completes(step: Callable[[], object]) -> bool:
    try:
        step()
    except Stop as fault:
        say(str(fault))
        return False
    return True


def _tool(module: str, *words: str) -> bool:
    return succeeds([PYTHON, "-m", module, *words], env=environment(_TESTING))


def _manage(*words: str) -> bool:
    return succeeds([PYTHON, "manage.py", *words], env=environment(_TESTING))


def _pytest(
    marks: str, paths: Sequence[str | Path] = (), options: Sequence[str] = _IN_PARALLEL
) -> bool:
    chosen = ["-m", marks] if marks else []
    words = ["--durations=10", "-q", *options, *chosen, *paths]
    return succeeds([PYTHON, "-m", "pytest", *words], env=environment(_TESTING))
