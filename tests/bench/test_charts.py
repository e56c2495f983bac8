"""The page about performance shows the figures that were measured."""

import json

import pytest

from tests.bench.charts import CHARTS, FIGURES, PAGE, Chart, draw, with_charts


def test_the_charts_of_the_page_are_made_of_its_figures() -> None:
    page = PAGE.read_text()

    assert with_charts(page, json.loads(FIGURES.read_text())) == page


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_each_chart_stands_on_the_page_and_shows_something(chart: Chart) -> None:
    assert f"<!-- chart {chart.name} -->" in PAGE.read_text()
    assert draw(chart, json.loads(FIGURES.read_text()))


def test_a_chart_is_a_line_of_its_figures() -> None:
    chart = Chart("c", "Title", "crowd", r"(\d+): p99 ms", "ms")
    report = {"crowd": {"10: p99 ms": 20.0, "50: p99 ms": 100.0, "50: p50 ms": 7.0}}

    assert draw(chart, report).splitlines()[1:-1] == [
        "xychart-beta",
        '    title "Title"',
        '    x-axis ["10", "50"]',
        '    y-axis "ms" 0 --> 110',
        "    line [20, 100]",
    ]


def test_a_page_that_has_no_charts_yet_keeps_its_words() -> None:
    page = "a <!-- chart crowd -->\n<!-- end --> b <!-- chart lecture --><!-- end --> c"

    made = with_charts(page, json.loads(FIGURES.read_text()))

    assert made.count("```mermaid") == 2
    assert [made[0], made[-1]] == ["a", "c"]
    assert "<!-- end --> b <!-- chart lecture -->" in made
