"""The figures of `docs/performance.md`, as charts in its text.

`docs/performance.json` keeps what `make bench` wrote (several reports may be merged).
Each chart is a block of Mermaid between two comments of the page, made from it, so it
needs no picture and shows in a diff. A test holds the page and the figures together.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FIGURES = ROOT / "docs" / "performance.json"
PAGE = ROOT / "docs" / "performance.md"

Report = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart.

    Attributes:
        name: what the comments in the page call it.
        title: what it shows.
        group: the group of the benchmark.
        figure: the figures that are shown, with one group for the label of each.
        kind: how they are drawn.
        unit: of the figures.
        divisor: makes numbers that can be read.
    """

    name: str
    title: str
    group: str
    figure: str
    unit: str
    kind: str = "line"
    divisor: float = 1


CHARTS = (
    Chart(
        "steps",
        "Frames written, thousands a second and core",
        "deliver",
        r"fan-out, (.+): frames/s/core",
        "1,000 frames",
        kind="bar",
        divisor=1_000,
    ),
    Chart("crowd", "Everybody draws", "crowd", r"(\d+): p99 ms", "p99 ms"),
    Chart("groups", "Boards of five", "groups", r"(\d+): p99 ms", "p99 ms"),
    Chart("lecture", "One draws, all watch", "lecture", r"(\d+): p99 ms", "p99 ms"),
)


def draw(chart: Chart, report: Report) -> str:
    """The Mermaid block of a chart; empty where nothing was measured."""
    found = [
        (match[1], value / chart.divisor)
        for name, value in report.get(chart.group, {}).items()
        if (match := re.fullmatch(chart.figure, name))
    ]
    if not found:
        return ""
    labels = ", ".join(json.dumps(label) for label, _ in found)
    values = ", ".join(f"{value:.4g}" for _, value in found)
    top = 1.1 * max(value for _, value in found)
    return "\n".join(
        [
            "```mermaid",
            "xychart-beta",
            f'    title "{chart.title}"',
            f"    x-axis [{labels}]",
            f'    y-axis "{chart.unit}" 0 --> {top:.3g}',
            f"    {chart.kind} [{values}]",
            "```",
        ]
    )


def with_charts(page: str, report: Report) -> str:
    """The page with each of its charts made anew."""
    for chart in CHARTS:
        begin, end = f"<!-- chart {chart.name} -->", "<!-- end -->"
        before, found, rest = page.partition(begin)
        if found:
            _, _, after = rest.partition(end)
            page = f"{before}{begin}\n{draw(chart, report)}\n{end}{after}"
    return page


def main() -> None:
    """Write the charts of the page."""
    report = json.loads(FIGURES.read_text())
    PAGE.write_text(with_charts(PAGE.read_text(), report))


if __name__ == "__main__":
    main()
