"""The programs that the tests need beside Python and Node: found, else installed.

From the PATH (and where Debian puts PostgreSQL); else, for root on a Debian system,
from Debian's packages; else the person is told what to install. A program counts as
found when it runs, because a name in the PATH may be an empty shell.
"""

import glob
import os
import shutil
from dataclasses import dataclass

from tools.shell import Stop, answer, environment, run, say

POSTGRES_GLOB = "/usr/lib/postgresql/*/bin/postgres"
_QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


@dataclass(frozen=True, slots=True)
class Program:
    """One program: names it may have, where else it may be, and its package."""

    title: str
    names: tuple[str, ...]
    package: str
    pattern: str = ""

    def version(self) -> str | None:
        """What it says of its version, or None when it is not here."""
        candidates = [shutil.which(name) for name in self.names]
        candidates += sorted(glob.glob(self.pattern), reverse=True)
        for candidate in candidates:
            version = answer([candidate, "--version"]) if candidate else None
            if version:
                return version.splitlines()[0]
        return None


CHROMIUMS = (
    *("chromium-headless-shell", "chrome-headless-shell"),
    *("chromium", "chromium-browser", "google-chrome"),
)
PROGRAMS = (
    Program("Redis", ("redis-server",), "redis-server"),
    Program("PostgreSQL", ("postgres",), "postgresql", POSTGRES_GLOB),
    Program("Chromium", CHROMIUMS, "chromium-headless-shell"),
)


def provide() -> None:
    """See that every program is here.

    Raises:
        Stop: with what to install, when it cannot be installed from here.
    """
    missing = [program for program in PROGRAMS if program.version() is None]
    if missing:
        _install([program.package for program in missing])
    for program in PROGRAMS:
        version = program.version()
        if version is None:
            raise Stop(f"{program.title} is installed but does not run.")
        say(f"{program.title}: {version}")


def _install(packages: list[str]) -> None:
    wanted = " ".join(packages)
    if shutil.which("apt-get") is None:
        raise Stop(f"The tests need these programs; please install: {wanted}")
    if os.geteuid() != 0:
        raise Stop(
            "The tests need programs that only root can install. Please run: "
            f"sudo apt-get install {wanted}"
        )
    say(f"Installing from Debian's packages: {wanted} …")
    env = environment(_QUIET)
    run(["apt-get", "update", "-qq"], env=env)
    options = ["-y", "-qq", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0"]
    run(["apt-get", "install", *options, *packages], env=env)
