"""What operators are given keeps to the metrics that there are."""

import re
from pathlib import Path

from board_server.operating.metrics import METRICS

ROOT = Path(__file__).resolve().parent.parent.parent.parent
OPERATE = ROOT / "docs" / "operate.md"


def shown(name: str) -> str:
    """A metric's name as it is scraped."""
    return f"{name}_total" if METRICS[name].kind == "counter" else name


def test_every_metric_is_in_the_table_and_no_other() -> None:
    rows = re.findall(
        r"^\| `((?:chalkline|process)_\w+)` \|", OPERATE.read_text(), re.M
    )

    assert sorted(rows) == sorted(map(shown, METRICS))
