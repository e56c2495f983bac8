"""`python -m tests.world --seeds 20000`: the nightly run of the seeded world."""

import argparse
import os
import sys
import time

import django


def main() -> int:
    """Run seeds until all are done or the time is over; 1 when one failed."""
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    # Imported here because the engine's modules need Django's settings first.
    from tests.support.world.runner import run_seed

    started_at = time.monotonic()
    n_run = n_failed = 0
    for seed in range(options.first, options.first + options.seeds):
        failure = run_seed(seed)
        n_run += 1
        if failure is not None:
            n_failed += 1
            sys.stdout.write(f"{failure}\n")
        took_s = time.monotonic() - started_at
        if n_run % 500 == 0:
            sys.stdout.write(f"{n_run} seeds, {n_failed} failed, {took_s:.0f} s\n")
            sys.stdout.flush()
        if n_failed >= options.failures or took_s > 60 * options.minutes:
            break
    took_s = time.monotonic() - started_at
    sys.stdout.write(f"{n_run} seeds, {n_failed} failed, {took_s:.0f} s\n")
    return 1 if n_failed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.world", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20_000, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument(
        "--minutes", type=float, default=1_000.0, help="stop after that long"
    )
    parser.add_argument(
        "--failures", type=int, default=3, help="stop after that many failures"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
