"""`python -m tests.faults [NAME...]`: faults with real processes, and what they cost.

Without names all are done. Prints a Markdown table; `--json FILE` writes the figures.
"""

import argparse
import asyncio
import json
import os
import random
import sys
from pathlib import Path

import django


def main() -> int:
    """Do the faults one after another; 1 when something was lost."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    # Imported here because the engine's modules need Django's settings first.
    from tests.faults import rows, table

    options = _options(list(rows.FAULTS))
    form = table.SHORT if options.short else table.LONG
    places, done = table.Places(), []
    try:
        for name in options.names or rows.FAULTS:
            row = asyncio.run(
                table.run_fault(rows.FAULTS[name], form, places, options.seed)
            )
            done.append(row)
            _say(f"{row.fault}: {row.result} {row.recovery_s} {row.notes}\n")
            if options.json is not None:  # as far as it is: a run takes long
                written = json.dumps(table.figures(done), indent=2)
                options.json.write_text(written + "\n")
    finally:
        places.close()
    _say(f"\n{table.markdown(done)}")
    return 0 if all(row.is_well for row in done) else 1


def _options(names: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    parser.add_argument(
        "--short", action="store_true", help="seconds, not half minutes"
    )
    parser.add_argument("--json", type=Path, help="where to write the figures")
    seed = random.randrange(1_000_000)
    parser.add_argument("--seed", type=int, default=seed, help="of random moments")
    options = parser.parse_args()
    if unknown := set(options.names) - set(names):
        parser.error(f"no such fault: {', '.join(sorted(unknown))}")
    return options


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
