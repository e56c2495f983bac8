"""`python -m tests.bench`: measure, print a table, write JSON.

Each measurement runs several times; the medians are what is shown. Options:
words name some of them (`python -m tests.bench moving heap`), `--quick` is one short
run, `--json FILE` keeps the figures. `hour` and `large` take long and are run when
they are named.
"""

import argparse
import json
import os
import platform
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from tests.bench.crowds import CROWD_MEASURES
from tests.bench.decades import DECADE_MEASURES
from tests.bench.front import FRONT_MEASURES
from tests.bench.growth import BY_THE_CLOCK, GROWTH_MEASURES
from tests.bench.large import LARGE_MEASURES
from tests.bench.measures import FULL, MEASURES, QUICK, Figures, Size

USUAL = MEASURES | DECADE_MEASURES | CROWD_MEASURES | FRONT_MEASURES | GROWTH_MEASURES
ALL = USUAL | LARGE_MEASURES | BY_THE_CLOCK


def main() -> None:
    """Measure what was asked for."""
    options = _options()
    size, n_runs = (QUICK, 1) if options.quick else (FULL, options.runs)
    console = Console(stderr=True)
    report: dict[str, object] = {"machine": _machine(), "runs": n_runs}
    for name in options.names or options.only:
        console.print(f"measuring {name} …")
        figures = _median(name, size, n_runs)
        report[name] = figures
        console.print(_table(name, figures))
    text = json.dumps(report, indent=1)
    if options.json is not None:
        options.json.write_text(text + "\n")
    print(text)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ALL))
    parser.add_argument("--quick", action="store_true", help="one short run")
    parser.add_argument("--runs", type=int, default=3, help="how often each is run")
    parser.add_argument(
        "--only", type=_names, default=list(USUAL), help="A,B: the same"
    )
    parser.add_argument("--json", type=Path, help="where to write the figures")
    options = parser.parse_args()
    if unknown := set(options.names) - set(ALL):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    return options


def _names(text: str) -> list[str]:
    names = text.split(",")
    unknown = set(names) - set(ALL)
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(sorted(unknown))}")
    return names


def _median(name: str, size: Size, n_runs: int) -> Figures:
    """The median of each figure, over the runs that came to it."""
    runs = [ALL[name](size) for _ in range(n_runs)]
    keys = dict.fromkeys(key for run in runs for key in run)
    return {
        key: round(median(run[key] for run in runs if key in run), 2) for key in keys
    }


def _table(name: str, figures: Figures) -> Table:
    table = Table("figure", "median", title=name)
    for key, value in figures.items():
        table.add_row(key, f"{value:,.4g}" if value < 100 else f"{value:,.0f}")
    return table


def _machine() -> dict[str, object]:
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load": os.getloadavg()[0],
    }


if __name__ == "__main__":
    main()
