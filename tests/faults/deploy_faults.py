"""A deploy under load: the old code and the new side by side on one database."""

import asyncio
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.faults.deployments import N_PROCESSES, Deployment
from tests.faults.table import Run, fault
from tests.support.convergence import RestBoard
from tests.support.gate import gate_to
from tests.support.server import ROOT, Server, manage, running_server
from tests.support.services import Missing, running_postgres, running_redis
from tests.support.storm import in_thread

N_COMMITS_BACK = 40  # about a day's work, where there is no tag to go back to


@contextmanager
def of_old_code() -> Iterator[Deployment]:
    """Two processes of an older commit, each behind a gate.

    Raises:
        Missing: in a checkout without history.
    """
    with ExitStack() as stack:
        old, version = stack.enter_context(_older_code())
        redis = stack.enter_context(running_redis())
        postgres = stack.enter_context(running_postgres())
        env = {
            "DATABASE_URL": postgres.new_database(),
            "BOARD_LAYER": "pubsub",
            "REDIS_URL": redis.url,
        }
        manage("migrate", "-v", "0", env=env, root=old)
        servers = [
            stack.enter_context(running_server(env, root=old))
            for _ in range(N_PROCESSES)
        ]
        gates = [stack.enter_context(gate_to(server.port)) for server in servers]
        board = RestBoard.create(servers[0].url, title="Faults")
        made = Deployment(servers, board, [redis], postgres, gates=gates, later=stack)
        made.version = version
        yield made


@contextmanager
def _older_code() -> Iterator[tuple[Path, str]]:
    with tempfile.TemporaryDirectory(prefix="board-old-") as folder:
        path = Path(folder) / "old"
        commit = _git("describe", "--tags", "--abbrev=0", "HEAD^") or _git(
            "rev-parse", "--short", f"HEAD~{N_COMMITS_BACK}"
        )
        if not commit:
            raise Missing("the checkout has no older commit")
        _git("worktree", "add", "--detach", str(path), commit)
        try:
            yield path, commit
        finally:
            _git("worktree", "remove", "--force", str(path))


def _git(*words: str) -> str:
    done = subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else ""


@fault("deploy", of_old_code)
async def deploy(run: Run) -> None:
    """Deploy under load: old code and new side by side on one database, then new."""
    deployment = run.deployment
    assert deployment.later is not None
    olds, env = deployment.servers, _shared(deployment)
    run.notes.append(f"from {deployment.version}")
    await in_thread(lambda: manage("migrate", "-v", "0", env=env))
    await run.recovers()  # the old code on the new schema
    for number, (old, gate) in enumerate(zip(olds, deployment.gates, strict=True)):
        new = await asyncio.to_thread(
            deployment.later.enter_context, running_server(env)
        )
        gate_move = partial(gate.move, new.port)
        await run.lasts(partial(_hand_over, gate_move, old), lambda: None)
        olds[number] = new  # after the first: both side by side
        deployment.board = replace(deployment.board, url=new.url)


def _hand_over(move: Callable[[], None], old: Server) -> None:
    move()
    old.stop()


def _shared(deployment: Deployment) -> dict[str, str]:
    names = ("DATABASE_URL", "BOARD_LAYER", "REDIS_URL")
    return {name: deployment.servers[0].env[name] for name in names}
