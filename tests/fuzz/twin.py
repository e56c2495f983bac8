"""The fold of the browser, in a Node that goes on running: a line in, a line out."""

import atexit
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_name("twin.mjs")


def twin_fold(texts: list[bytes]) -> Any:
    """The elements that these entries make in JavaScript; None without Node."""
    process = _process()
    if process is None:
        return None
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(b"[" + b",".join(texts) + b"]\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


@cache
def _process() -> "subprocess.Popen[bytes] | None":
    node = shutil.which("node")
    if node is None:
        return None
    process = subprocess.Popen(
        [node, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    atexit.register(_end, process)
    return process


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.communicate()  # closes its input, which ends it
