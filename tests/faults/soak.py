"""`python -m tests.faults.soak --minutes 60`: churn, and whether anything grows.

Two processes on Redis and PostgreSQL; a crowd draws on board after board, is
cut and comes back, people come and go. Memory, descriptors and threads of each process
are sampled; at the end the figures go to a JSON file and an SVG graph. Exits 1 when
the last quarter lies above the second by more than the bounds below.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean

import django
import psutil

SAMPLE_S = 5.0
VISIT_ENTRIES = 150  # acknowledged on a board before everybody goes to the next
MIB = 1024 * 1024
# What may come on top between the second quarter and the last: caches fill up slowly.
MAY_GROW = {"memory_mib": 24.0, "descriptors": 12.0, "threads": 6.0}
# As it runs for others; and one address makes all the boards.
SETTINGS = {"DJANGO_DEBUG": "false", "BOARD_THROTTLE_CREATE": "100000/hour"}
WIDTH, HEIGHT, MARGIN = 720, 150, 44  # of one graph, px
COLORS = ("#2563eb", "#d97706")


@dataclass(frozen=True, slots=True)
class Sample:
    """One process at one moment, `at_s` seconds after the beginning."""

    process: int
    at_s: float
    memory_mib: float
    descriptors: float
    threads: float


def main() -> int:
    """Soak, write what was seen, and say whether it stayed flat."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--json", type=Path, default=Path("var/soak.json"))
    parser.add_argument("--svg", type=Path, default=Path("var/soak.svg"))
    options = parser.parse_args()
    for file in (options.json, options.svg):  # not after an hour
        file.parent.mkdir(parents=True, exist_ok=True)
    samples, n_boards = asyncio.run(_soak(60 * options.minutes))
    grown = {name: _growth(samples, name) for name in MAY_GROW}
    figures = {
        "seconds": round(samples[-1].at_s),
        "boards": n_boards,
        "grown": grown,
        "samples": [asdict(sample) for sample in samples],
    }
    options.json.write_text(json.dumps(figures) + "\n")
    options.svg.write_text(graph(samples))
    sys.stdout.write(f"{n_boards} boards, {samples[-1].at_s:.0f} s, grown: {grown}\n")
    return 0 if all(grown[name] <= MAY_GROW[name] for name in grown) else 1


async def _soak(seconds: float) -> tuple[list[Sample], int]:
    # Imported here because the engine's modules need Django's settings first.
    from tests.faults.deployments import behind_a_gate
    from tests.support.storm import Crowd, storming

    samples: list[Sample] = []
    n_boards, chance = 0, random.Random(1)
    with behind_a_gate(SETTINGS) as deployment:
        sampling = asyncio.create_task(
            _sample([server.pid for server in deployment.servers], samples)
        )
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            here = await asyncio.to_thread(deployment.with_a_new_board)
            urls, key = here.socket_urls, here.board.key
            async with storming(urls, Crowd(16, 4), key) as storm:
                for _ in range(3):
                    await storm.grows(VISIT_ENTRIES // 3)
                    for client in chance.sample(storm.clients, 4):
                        await client.cut()
                await storm.settle()
                await asyncio.to_thread(storm.check, here.board)
            n_boards += 1
        sampling.cancel()
    return samples, n_boards


async def _sample(pids: Sequence[int], samples: list[Sample]) -> None:
    began = time.monotonic()
    processes = [psutil.Process(pid) for pid in pids]
    while True:
        for number, process in enumerate(processes):
            memory = process.memory_info().rss / MIB
            files, threads = process.num_fds(), process.num_threads()
            at_s = time.monotonic() - began
            samples.append(Sample(number, at_s, memory, files, threads))
        await asyncio.sleep(SAMPLE_S)


def _growth(samples: Sequence[Sample], name: str) -> float:
    """The mean of the last quarter over that of the second, of the worse process."""
    end = samples[-1].at_s

    def quarter(process: int, number: int) -> float:
        first, last = end * number / 4, end * (number + 1) / 4
        values = [
            getattr(sample, name)
            for sample in samples
            if sample.process == process and first <= sample.at_s <= last
        ]
        return mean(values) if values else 0.0

    processes = {sample.process for sample in samples}
    return round(max(quarter(p, 3) - quarter(p, 1) for p in processes), 1)


def graph(samples: Sequence[Sample]) -> str:
    """Three graphs below each other: memory, descriptors, threads."""
    titles = {
        "memory_mib": "Memory (MiB)",
        "descriptors": "Descriptors",
        "threads": "Threads",
    }
    parts = [_lines(samples, name, n * HEIGHT) for n, name in enumerate(titles)]
    words = [
        f'<text x="{MARGIN}" y="{n * HEIGHT + 16}">{title}</text>'
        for n, title in enumerate(titles.values())
    ]
    minutes = samples[-1].at_s / 60
    height = HEIGHT * len(titles)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height + 20}"'
        ' font-family="sans-serif" font-size="12" fill="#555">'
        f'<rect width="{WIDTH}" height="{height + 20}" fill="#fff"/>'
        f"{''.join(parts)}{''.join(words)}"
        f'<text x="{WIDTH - 12}" y="{height + 12}" text-anchor="end">'
        f"{minutes:.0f} minutes, one line for each process</text></svg>\n"
    )


def _lines(samples: Sequence[Sample], name: str, top: int) -> str:
    """One graph with its scale, from nought to the most."""

    def read(sample: Sample) -> float:
        return float(getattr(sample, name))

    most, end = max(map(read, samples)) * 1.1, samples[-1].at_s or 1.0
    floor, tall = top + HEIGHT - 10, HEIGHT - 40
    drawn = [
        f'<path d="M{MARGIN} {floor}H{WIDTH - 10}" stroke="#ccc"/>',
        f'<text x="{MARGIN - 6}" y="{floor}" text-anchor="end">0</text>',
        f'<text x="{MARGIN - 6}" y="{floor - tall + 8}" text-anchor="end">'
        f"{most:.0f}</text>",
    ]
    for process, color in enumerate(COLORS):
        points = " ".join(
            f"{MARGIN + (WIDTH - MARGIN - 10) * one.at_s / end:.1f},"
            f"{floor - tall * read(one) / most:.1f}"
            for one in samples
            if one.process == process
        )
        drawn.append(
            f'<polyline points="{points}" fill="none" stroke="{color}"'
            ' stroke-width="1.5"/>'
        )
    return "".join(drawn)


if __name__ == "__main__":
    sys.exit(main())
