"""`python -m tests.fuzz TARGET --seconds N`: look for inputs that break a target.

Guided by coverage where atheris is installed (`requirements-fuzz.txt`); without it,
inputs are changed blindly, from a seed that is printed. New inputs lie in `var/fuzz`;
`--keep` takes the few of them that reach something new into `tests/fuzz/corpus`. What
breaks a target is written to `var/fuzz/found` and ends the run with an error.
"""

import argparse
import importlib
import os
import random
import resource
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.fuzz.mutations import Bytewise, changed

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "var" / "fuzz"
FOUND = WORK / "found"
KEPT = Path(__file__).with_name("corpus")
MEMORY_BYTES = 4 * 2**30  # a decoder that runs wild ends this process alone
MOST_BYTES = 64 * 1024
KEPT_BYTES = 4 * 1024  # of one input in the repository
SECONDS_EACH = 20  # what takes longer hangs


def main() -> int:
    """Read the words of the command line and do it."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", help="one target, or `all`, one after another")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", action="store_true", help="into tests/fuzz/corpus")
    parser.add_argument(
        "--seed", type=int, default=random.SystemRandom().getrandbits(32)
    )
    words, further = parser.parse_known_args()
    if words.target == "all":
        return _each(words)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    guide = _guide()
    target, seeds = _target(guide, words.target)
    new = WORK / words.target
    _lay_out(new, seeds)
    if guide is None:
        return _blindly(target, new, words)
    return _guided(guide, target, new, words, further)


def _each(words: argparse.Namespace) -> int:
    from tests.fuzz.targets import TARGETS  # not before atheris, in the others

    options = ["--seconds", str(words.seconds), *["--keep"] * words.keep]
    runs = [
        subprocess.run(
            [sys.executable, "-m", "tests.fuzz", name, *options], check=False
        )
        for name in TARGETS
    ]
    return max(run.returncode != 0 for run in runs)


def _guide() -> ModuleType | None:
    try:
        return importlib.import_module("atheris")
    except ImportError:
        return None


def _target(
    guide: Any, name: str
) -> tuple[Callable[[bytes], None], Callable[[str], Iterator[bytes]]]:
    """The target and the seeds; imported under the eyes of the guide."""

    def load() -> tuple[Any, Any]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
        targets = importlib.import_module("tests.fuzz.targets")
        seeds = importlib.import_module("tests.fuzz.seeds")
        return targets.TARGETS[name], seeds.seeds

    if guide is None:
        return load()
    # Only ours: what the packages do is not what we look at.
    with guide.instrument_imports(include=["boards", "board_server"]):
        return load()


def _lay_out(folder: Path, seeds: Callable[[str], Iterator[bytes]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    FOUND.mkdir(parents=True, exist_ok=True)
    for content in seeds(folder.name):
        (folder / sha256(content).hexdigest()[:40]).write_bytes(content)


def _guided(
    guide: Any,
    target: Callable[[bytes], None],
    new: Path,
    words: argparse.Namespace,
    further: list[str],
) -> int:
    kept = KEPT / words.target
    kept.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={words.seconds}",
        f"-max_len={MOST_BYTES}",
        f"-timeout={SECONDS_EACH}",
        "-rss_limit_mb=4096",
        f"-artifact_prefix={FOUND}/{words.target}-",
        "-print_final_stats=1",
        f"-seed={words.seed}",
    ]
    folders = [str(new), str(kept)]
    if words.keep:
        options = ["-merge=1", f"-max_len={KEPT_BYTES}"]
        folders.reverse()
    if further:  # what libFuzzer tells a process of its own, which merges a part
        options, folders = further, []

    def change(data: bytes, most: int, seed: int) -> bytes:
        return bytes(changed(data, most, random.Random(seed), guide.Mutate))

    again = _again(new, words)
    guide.Setup([again, *options, *folders], target, custom_mutator=change)
    guide.Fuzz()  # ends the process
    return 0


def _again(folder: Path, words: argparse.Namespace) -> str:
    """A program that starts this one again: libFuzzer merges in processes apart."""
    program = folder.with_suffix(".sh")
    command = f"{sys.executable} -m tests.fuzz {words.target}"
    program.write_text(f'#!/bin/sh\ncd {ROOT} && exec {command} --keep "$@"\n')
    program.chmod(0o755)
    return str(program)


def _blindly(
    target: Callable[[bytes], None], new: Path, words: argparse.Namespace
) -> int:
    chance = random.Random(words.seed)
    kept = KEPT / words.target
    paths = sorted([*new.iterdir(), *(kept.iterdir() if kept.is_dir() else ())])
    inputs = [path.read_bytes() for path in paths] or [b""]
    until = time.monotonic() + words.seconds
    bytewise = _bytewise(chance, inputs)
    n_done = 0
    while time.monotonic() < until:
        content = changed(chance.choice(inputs), MOST_BYTES, chance, bytewise)
        n_done += 1
        try:
            target(content)
        except Exception:  # noqa: BLE001 - whatever it is, it is a finding
            name = f"{words.target}-{sha256(content).hexdigest()[:40]}"
            (FOUND / name).write_bytes(content)
            sys.stderr.write(f"{traceback.format_exc()}Written to {FOUND / name}\n")
            return 1
    sys.stderr.write(f"{words.target}: {n_done} executions, seed {words.seed}\n")
    return 0


def _bytewise(chance: random.Random, inputs: list[bytes]) -> Bytewise:
    """Up to eight changes; pieces of other inputs come into it."""

    def change(data: bytes, most: int) -> bytes:
        content = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            at = chance.randint(0, len(content))
            length = chance.randint(1, 16)
            match chance.randrange(4):
                case 0:
                    content[at : at + 1] = chance.randbytes(1)
                case 1:
                    del content[at : at + length]
                case 2:
                    other = chance.choice(inputs)
                    start = chance.randint(0, len(other))
                    content[at:at] = other[start : start + length * 4]
                case _:
                    content[at:at] = content[at : at + length]
        return bytes(content[:most])

    return change


if __name__ == "__main__":
    sys.exit(main())
