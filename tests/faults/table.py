"""The table of faults: each is done to a crowd at work, and what it cost is a row.

A fault is a coroutine that breaks something, heals it, and waits until all is well
again. Around it the crowd draws; after it every acknowledged change must be in the
journal exactly once, and every copy equal: each socket's, the journal's fold, the
snapshot and its tail, REST's elements. That is what `held` in a row says.
"""

import asyncio
import os
import platform
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from tests.faults.deployments import Deployment, Place
from tests.support.services import Missing
from tests.support.storm import Crowd, Storm, in_thread, storming

HELD = "held"


@dataclass(frozen=True, slots=True)
class Form:
    """How large and how long a run of a fault is."""

    name: str
    crowd: Crowd
    calm_entries: int  # acknowledged before a fault, and after it
    lasts_s: float  # how long a fault lasts that does not end by itself
    n_sockets: int  # of those that come back all at once


SHORT = Form("short", Crowd(8, 4), 20, 1.0, 100)
LONG = Form("long", Crowd(24, 6), 100, 30.0, 5_000)


@dataclass(slots=True)
class Run:
    """One fault being done: to what, before whom, and what it cost.

    Attributes:
        random: decides moments; seeded, and the seed is in the row.
        recovery_s: from the end of the fault until new changes of every process were
            at every socket.
        n_during: changes acknowledged while the fault lasted.
        notes: what else is worth a word.
    """

    deployment: Deployment
    storm: Storm
    form: Form
    random: random.Random
    recovery_s: float | None = None
    fault_s: float = 0.0
    n_during: int = 0
    notes: list[str] = field(default_factory=list)

    async def at_random(self) -> None:
        """Wait for a moment that nobody chose."""
        await self.storm.grows(self.random.randint(1, self.form.calm_entries))
        await asyncio.sleep(self.random.random() * 0.1)

    async def lasts(
        self,
        begin: Callable[[], object],
        end: Callable[[], object],
        seconds: float | None = None,
    ) -> None:
        """Break, let the crowd go on for so long, heal, and see all recover."""
        n_before, began = len(self.storm.acknowledged), time.monotonic()
        await in_thread(begin)
        try:
            wanted = self.form.lasts_s if seconds is None else seconds
            await self.storm.lasts_until(time.monotonic() + wanted)
        finally:
            await in_thread(end)
            self.n_during += len(self.storm.acknowledged) - n_before
        self.fault_s += time.monotonic() - began
        await self.recovers()

    async def recovers(self) -> None:
        """Wait until a new change of every process is at every socket; how long."""
        took = await self.storm.reaches(self.storm.clients)
        self.recovery_s = max(took, self.recovery_s or 0.0)


Breaking = Callable[[Run], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One row to be: its name, its place, what is done, and in words."""

    name: str
    place: Place
    breaks: Breaking
    says: str


@dataclass(slots=True)
class Row:
    """What came of a fault; times in seconds."""

    fault: str
    says: str
    result: str
    form: str
    fault_s: float = 0.0
    recovery_s: float | None = None
    n_during: int = 0
    n_acknowledged: int = 0
    n_sockets: int = 0
    n_reconnects: int = 0
    seed: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        """Whether nothing was lost, or nothing could be tried."""
        return self.result == HELD or self.result.startswith("not tried")


FAULTS: dict[str, Fault] = {}


def fault(name: str, place: Place) -> Callable[[Breaking], Breaking]:
    """Add a coroutine to the table; the first line of its docstring says what it is."""

    def add(breaks: Breaking) -> Breaking:
        says = (breaks.__doc__ or name).strip().splitlines()[0].rstrip(".")
        FAULTS[name] = Fault(name, place, breaks, says)
        return breaks

    return add


class Places:
    """Keeps a deployment for the faults that follow each other on the same kind."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._place: Place | None = None
        self._deployment: Deployment | None = None

    def get(self, place: Place) -> Deployment:
        """A deployment of that kind with a new board."""
        if self._deployment is None or self._place is not place:
            self.close()
            self._place = place
            self._deployment = self._stack.enter_context(place())
        return self._deployment.with_a_new_board()

    def close(self) -> None:
        """End what runs; the next fault gets processes of its own."""
        self._deployment = None
        self._stack.close()


async def run_fault(found: Fault, form: Form, places: Places, seed: int) -> Row:
    """Do one fault and check everything; never raises for what the fault brought."""
    row = Row(found.name, found.says, HELD, form.name, seed=seed)
    try:
        deployment = await asyncio.to_thread(places.get, found.place)
        async with storming(
            deployment.socket_urls, form.crowd, deployment.board.key
        ) as storm:
            run = Run(deployment, storm, form, random.Random(seed))
            try:
                await storm.grows(form.calm_entries)
                await found.breaks(run)
                await storm.grows(form.calm_entries)
                await storm.settle()
                await asyncio.to_thread(storm.check, deployment.board)
            finally:
                _fill(row, run)
    except Missing as missing:
        row.result = f"not tried: {missing}"
    except Exception as failure:  # noqa: BLE001 - an outermost edge: the next fault is tried
        row.result = f"FAILED: {type(failure).__name__}: {failure}"[:2_000]
        await asyncio.to_thread(places.close)
    return row


def _fill(row: Row, run: Run) -> None:
    row.fault_s, row.recovery_s = round(run.fault_s, 1), run.recovery_s
    if run.recovery_s is not None:
        row.recovery_s = round(run.recovery_s, 2)
    row.n_during, row.notes = run.n_during, run.notes
    row.n_acknowledged = len(run.storm.acknowledged)
    row.n_sockets = len(run.storm.clients)
    row.n_reconnects = sum(max(0, c.n_visits - 1) for c in run.storm.clients)


def figures(rows: Sequence[Row]) -> dict[str, object]:
    """All rows as JSON has them, with when and where."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {_n_cores()} cores",
        "system": f"Linux {platform.release()}, Python {platform.python_version()}",
        "rows": [asdict(row) for row in rows],
    }


def markdown(rows: Sequence[Row]) -> str:
    """The table as a page shows it."""
    lines = [
        "| fault | result | lasted | recovery | acknowledged meanwhile / in all |"
        " sockets (came back) |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for row in rows:
        notes = f" ({'; '.join(row.notes)})" if row.notes else ""
        recovery = "none" if row.recovery_s is None else f"{row.recovery_s:.2f} s"
        result = row.result.splitlines()[0][:160].replace("|", "/")
        lines.append(
            f"| {row.says} | {result}{notes} | {row.fault_s:.1f} s | {recovery} |"
            f" {row.n_during} / {row.n_acknowledged} |"
            f" {row.n_sockets} ({row.n_reconnects}) |"
        )
    return "\n".join(lines) + "\n"


def _n_cores() -> int:
    return len(os.sched_getaffinity(0))
