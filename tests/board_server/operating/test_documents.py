"""What operators are given keeps to the metrics that there are."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from board_server.operating.metrics import METRICS

ROOT = Path(__file__).resolve().parent.parent.parent.parent
OPERATE = ROOT / "docs" / "operate.md"
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"
BOARD = ROOT / "deploy" / "grafana" / "chalkline.json"
_NAME = re.compile(r"\b(?:chalkline|process)_\w+")


def shown(name: str) -> str:
    """A metric's name as it is scraped."""
    return f"{name}_total" if METRICS[name].kind == "counter" else name


def test_every_metric_is_in_the_table_and_no_other() -> None:
    rows = re.findall(
        r"^\| `((?:chalkline|process)_\w+)` \|", OPERATE.read_text(), re.M
    )

    assert sorted(rows) == sorted(map(shown, METRICS))


def scraped() -> set[str]:
    """Every name that a query may have."""
    parts = ("_bucket", "_sum", "_count")
    histograms = [name for name in METRICS if METRICS[name].kind == "histogram"]
    return {*map(shown, METRICS)} | {n + part for n in histograms for part in parts}


def rules() -> list[dict[str, Any]]:
    """The alert rules."""
    (group,) = yaml.safe_load(ALERTS.read_text())["groups"]
    found: list[dict[str, Any]] = group["rules"]
    return found


def queries(node: Any) -> Iterator[str]:
    """Every query of the Grafana board, wherever it stands."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("expr", "query", "definition") and isinstance(value, str):
                yield value
            else:
                yield from queries(value)
    elif isinstance(node, list):
        for one in node:
            yield from queries(one)


def test_every_query_of_the_grafana_board_names_metrics_that_exist() -> None:
    board = json.loads(BOARD.read_text())
    found = [query for query in queries(board) if query != "prometheus"]

    assert len(found) > 30
    for query in found:
        names = set(_NAME.findall(query))
        assert names
        assert names <= scraped(), query


def test_every_metric_is_on_the_grafana_board() -> None:
    found = " ".join(queries(json.loads(BOARD.read_text())))
    unshown = {n for n in METRICS if n not in found and n.startswith("chalkline")}

    assert unshown == set()


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_alert_names_metrics_that_exist_and_has_a_runbook(rule: dict[str, Any]) -> None:
    names = set(_NAME.findall(rule["expr"]))

    assert names <= scraped()
    assert names or "up{" in rule["expr"]
    assert f"### {rule['alert']}\n" in OPERATE.read_text()
    assert rule["labels"]["severity"] in ("page", "warn")


def test_every_runbook_has_its_alert() -> None:
    headings = re.findall(r"^### (Chalkline\w+)$", OPERATE.read_text(), re.M)

    assert headings == [rule["alert"] for rule in rules()]
