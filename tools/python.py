"""The virtual environment and the pinned packages in it."""

import shutil
import sys
from pathlib import Path

from tools.places import BIN, PYTHON, ROOT, VENV
from tools.shell import Stop, answer, run, say
from tools.stamps import fingerprint, unless_done

NEEDED = (3, 11)
RUNTIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"

UV = "uv==0.13.9"  # installs ten times as fast as pip (ADR 0117)

_QUIET = ("--disable-pip-version-check", "--no-input", "-qq")
_PIP: tuple[str | Path, ...] = (PYTHON, "-m", "pip", "install", *_QUIET)
_UV: tuple[str | Path, ...] = (
    *(BIN / "uv", "pip", "install", "--quiet"),
    *("--python", PYTHON),
)


def install(*, for_tests: bool = False) -> None:
    """Make `.venv` and bring its packages to what the requirements say."""
    _make_environment()
    name = "requirements-dev" if for_tests else "requirements"
    wanted = DEVELOPMENT if for_tests else RUNTIME
    mark = fingerprint([RUNTIME, wanted], str(VENV), sys.version)

    def step() -> None:
        say(f"Installing the packages of {wanted.name} …")
        _install("-r", wanted)

    unless_done(name, mark, step, result=PYTHON)


def install_package(requirement: str) -> None:
    """Install one more package, its version exact."""
    _install("--no-deps", requirement)


def install_further(requirements: Path) -> None:
    """Install what else a list names.

    Raises:
        Stop: it cannot be had on this machine.
    """
    _install("-r", requirements)


def _install(*words: str | Path) -> None:
    """By uv; by pip where uv cannot be had or does not find the packages."""
    has_uv = answer([BIN / "uv", "--version"]) is not None
    if not has_uv:
        has_uv = answer([*_PIP, UV]) is not None
    if has_uv and answer([*_UV, *words]) is not None:
        return
    run([*_PIP, *words])


def _make_environment() -> None:
    if sys.version_info < NEEDED:
        found = ".".join(str(part) for part in sys.version_info[:3])
        raise Stop(
            f"Python {NEEDED[0]}.{NEEDED[1]} or newer is needed; this is {found}. "
            "`make PYTHON=/path/to/python3 …` chooses another."
        )
    if PYTHON.exists() and answer([PYTHON, "-c", "import pip"]) is not None:
        return
    say("Making the virtual environment .venv …")
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        run([sys.executable, "-m", "venv", VENV])
    except Stop:
        raise Stop(
            "The virtual environment cannot be made. On Debian and Ubuntu: "
            "apt-get install python3-venv"
        ) from None
