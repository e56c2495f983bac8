"""Where things are: the folders that the tools read and write."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"  # databases, the local secret, stamps: everything made by running
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
FRONTEND = ROOT / "frontend"
DIST = FRONTEND / "dist"
NODE_MODULES = ROOT / "node_modules"
STATICFILES = ROOT / "staticfiles"
