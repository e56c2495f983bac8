"""The project's settings, read in the environment that tests run in.

Values already in the environment win, so that a run can be pointed at another database.
"""

import os
from pathlib import Path

_VAR = Path(__file__).resolve().parent.parent / "var"

os.environ.setdefault("DJANGO_DEBUG", "true")  # no hashed static files are needed
os.environ.setdefault("DJANGO_SECRET_KEY", "only-for-tests-" + "0" * 32)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_VAR}/tests.sqlite3")
os.environ.setdefault("BOARD_ASSETS_DIR", f"{_VAR}/tests-assets")
os.environ.setdefault("BOARD_LOG", "text")
os.environ.setdefault("BOARD_LAYER", "memory")

from board_server.settings import *  # noqa: E402, F403 - settings are names in a module

# Their own requests are not what a failing test wants to show.
LOGGING["loggers"]["httpx"] = {"level": "WARNING"}  # noqa: F405
