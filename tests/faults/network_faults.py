"""Faults of the network between people and the server, on real IP packets."""

from tests.faults.deployments import behind_a_wire
from tests.faults.table import Run, fault
from tests.support.wire import Wire


def _wire(run: Run) -> Wire:
    assert run.deployment.wire is not None
    return run.deployment.wire


async def _is_bad(run: Run, **how: float) -> None:
    wire = _wire(run)
    wire.n_lost = wire.n_doubled = wire.n_carried = 0

    def spoil() -> None:
        for name, value in how.items():
            setattr(wire, name, value)

    await run.lasts(spoil, wire.heal)
    run.notes.append(
        f"{wire.n_carried} packets, {wire.n_lost} lost, {wire.n_doubled} doubled"
    )


@fault("packets-lost", behind_a_wire)
async def packets_lost(run: Run) -> None:
    """Network: 10 % of all packets are lost, either way."""
    await _is_bad(run, loss=0.1)


@fault("packets-delayed", behind_a_wire)
async def packets_delayed(run: Run) -> None:
    """Network: packets are 100 to 300 ms late and overtake each other."""
    await _is_bad(run, delay_s=0.1, jitter_s=0.2)


@fault("packets-doubled", behind_a_wire)
async def packets_doubled(run: Run) -> None:
    """Network: 20 % of all packets come twice, 2 % are lost."""
    await _is_bad(run, doubling=0.2, loss=0.02)


@fault("half-open", behind_a_wire)
async def half_open(run: Run) -> None:
    """Network: the wire is cut, no end is told: half-open sockets; then whole again."""
    wire = _wire(run)

    def cut() -> None:
        wire.is_cut = True

    await run.lasts(cut, wire.heal)
