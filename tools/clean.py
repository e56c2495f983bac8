"""`make clean`: away with everything that can be made again, but not the boards."""

import shutil

from tools.places import DIST, NODE_MODULES, ROOT, STATICFILES, VAR, VENV
from tools.shell import say

_CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".coverage")


def clean() -> int:
    """Remove what was installed and built; `var/` keeps its databases."""
    made = [VENV, NODE_MODULES, DIST, STATICFILES, VAR / "stamps"]
    for path in [*made, *(ROOT / name for name in _CACHES)]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    say("Clean. The boards are still in var/; remove it to forget them.")
    return 0
