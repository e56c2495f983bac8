"""`make check`, `make test` and `make nightly`: every part, timed, none left out.

A part that fails does not stop the others: the person sees all that is wrong at once.
`check` is the half that needs no browser, no Redis and no PostgreSQL.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from tools import audit, frontend, node, programs, python
from tools.places import PYTHON, ROOT
from tools.shell import Stop, environment, held_back, say, succeeds

CODE = ["api", "board_server", "boards", "tests", "tools", "manage.py"]
NIGHTLY_SEEDS = "20000"  # two hundred run with every `make test`
NIGHTLY_FUZZ_S = "600"  # of each target
FUZZING = ROOT / "requirements-fuzz.txt"
# On two cores, the smallest machine that this is meant for.
BESIDE = 2  # checks and quick tests at a time; each keeps a core busy
WORKERS = 3  # tests wait for servers and browsers part of their time
_TESTING = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
# A file's server starts once; files start in the order that tests/conftest.py gives.
_BY_FILES = ("--dist", "loadfile", "--no-loadscope-reorder")
_ALL_BESIDE = ("-n", str(WORKERS), *_BY_FILES)

Work = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name, and the work that says whether it went well."""

    name: str
    work: Work


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a part went: whether well, how many seconds it took, what was held back."""

    part: Part
    is_well: bool
    seconds: float
    text: str = ""


Stage = Sequence[Part]  # parts that may go on beside each other


def check() -> int:
    """The quick half; the exit code."""
    return _run_all([*_first(), [_JS_TESTS, *_static_parts()], [_quick_tests()]])


def test() -> int:
    """Everything; the exit code."""
    return _run_all(
        [
            *_first(Part("programs", lambda: _completes(programs.provide))),
            [_JS_TESTS, *_static_parts()],
            [Part("tests", lambda: _pytest("not slow"))],
        ]
    )


def nightly() -> int:
    """What `make test` leaves out: many seeds, long tests; the exit code."""
    return _run_all(
        [
            *_first(Part("programs", lambda: _completes(programs.provide))),
            [Part("world", lambda: _tool("tests.world", "--seeds", NIGHTLY_SEEDS))],
            [Part("long tests", lambda: _pytest("slow"))],
            [Part("fuzzing", _fuzz)],
        ]
    )


def screenshots() -> int:
    """The README's picture, and the gallery in `var/gallery`; the exit code."""
    python.install(for_tests=True)
    programs.provide()
    frontend.build()
    names = ("photograph", "gallery", "gallery_moderation")
    tests = [f"tests/e2e/test_{name}.py" for name in names]
    env = environment({**_TESTING, "SCREENSHOTS": "1"})
    return 0 if succeeds([PYTHON, "-m", "pytest", "-q", *tests], env=env) else 1


_SERVED = {  # as a site for others is, with hashed names
    "DJANGO_DEBUG": "false",
    "DJANGO_SECRET_KEY": "only-to-collect-" + "0" * 32,
    "DJANGO_ALLOWED_HOSTS": "localhost",
}


def bench(words: Sequence[str]) -> int:
    """The benchmarks, with their own options; the exit code."""
    python.install(for_tests=True)
    programs.provide()
    frontend.build()
    frontend.collect(_SERVED)
    return 0 if succeeds([PYTHON, "-m", "tests.bench", *words]) else 1


def _first(*others: Part) -> list[Stage]:
    parts = [Part("set-up", _set_up), *others, Part("front end", _build)]
    return [[part] for part in parts]


def _static_parts() -> list[Part]:
    return [
        Part("Python types", lambda: _tool("mypy", *CODE)),
        Part("JS types", lambda: _npm("check")),
        Part("format", lambda: _tool("ruff", "format", "--check", "--quiet", *CODE)),
        Part("lint", lambda: _tool("ruff", "check", "--quiet", *CODE) & _npm("lint")),
        Part("import table", lambda: _pytest("", ["tests/test_imports.py"], ())),
        Part("protocol types", lambda: _manage("protocol_types", "--check")),
        Part("migrations", lambda: _manage("makemigrations", "--check", "-v", "0")),
        Part("audit", audit.audit_daily),
        Part("API schema", lambda: _manage("spectacular", *_SCHEMA)),
    ]


_SCHEMA = ("--validate", "--fail-on-warn", "--file", "/dev/null")


def _quick_tests() -> Part:
    options = ("--quick", "-n", str(BESIDE), *_BY_FILES)
    return Part("Python tests", lambda: _pytest("", options=options))


def _run_all(stages: Sequence[Stage]) -> int:
    outcomes: list[Outcome] = []
    began = time.monotonic()
    for stage in stages:
        outcomes += _run_stage(stage)
        if any(not o.is_well and o.part.name in _NEEDED for o in outcomes):
            break  # nothing else can be said without it
    _report(outcomes, time.monotonic() - began)
    return 0 if all(outcome.is_well for outcome in outcomes) else 1


_NEEDED = ("set-up", "programs")


def _run_stage(stage: Stage) -> Iterator[Outcome]:
    if len(stage) == 1:
        (part,) = stage
        say(f"\n--- {part.name}")
        yield _timed(part)
        return
    with ThreadPoolExecutor(BESIDE) as pool:
        for done in as_completed([pool.submit(_held_back, part) for part in stage]):
            outcome = done.result()
            say(f"\n--- {outcome.part.name}\n{outcome.text}".rstrip())
            yield outcome


def _held_back(part: Part) -> Outcome:
    with held_back() as texts:
        outcome = _timed(part)
    return replace(outcome, text="".join(texts))


def _timed(part: Part) -> Outcome:
    start = time.monotonic()
    is_well = part.work()
    return Outcome(part, is_well, time.monotonic() - start)


def _report(outcomes: Sequence[Outcome], seconds: float) -> None:
    say("\nHow long each part took")
    for outcome in outcomes:
        fault = "" if outcome.is_well else "FAILED"
        say(f"  {outcome.part.name:<16}{outcome.seconds:7.1f} s   {fault}")
    say(f"  {'all':<16}{seconds:7.1f} s")
    failed = [outcome.part.name for outcome in outcomes if not outcome.is_well]
    say(f"Failed: {', '.join(failed)}" if failed else "Everything is well.")


def _set_up() -> bool:
    return _completes(lambda: python.install(for_tests=True))


def _build() -> bool:
    return _completes(lambda: frontend.build())


def _fuzz() -> bool:
    """Guided where the package is to be had; it has no build for every machine."""
    try:
        python.install_further(FUZZING)
    except Stop:
        say("Without atheris: inputs are changed blindly.")
    return _tool("tests.fuzz", "all", "--seconds", NIGHTLY_FUZZ_S)


def _npm(script: str) -> bool:
    try:
        used = node.install()
    except Stop as fault:
        say(str(fault))
        return False
    return node.npm_run(used, script)


_JS_TESTS = Part("JS tests", lambda: _npm("test"))


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
    marks: str, paths: Sequence[str | Path] = (), options: Sequence[str] = _ALL_BESIDE
) -> bool:
    chosen = ["-m", marks] if marks else []
    words = ["--durations=10", "-q", *options, *chosen, *paths]
    return succeeds([PYTHON, "-m", "pytest", *words], env=environment(_TESTING))
