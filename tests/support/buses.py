"""Channel layers of every kind, as `board_server` configures them, and buses on them.

One layer object stands for one process: over Redis each process has its own, in memory
they share one.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.module_loading import import_string

from board_server.env import Env, Layer
from board_server.layers import channel_layers
from boards.sync.bus import LayerBus, Lines, Publication
from boards.sync.clock import Clock, SystemClock
from tests.support.waiting import until_async

MakeLayer = Callable[[], Any]  # Channels has no types


def layer_maker(kind: Layer, urls: Sequence[str] = (), **env: Any) -> MakeLayer:
    """A function that makes the layer of one more process."""
    config = channel_layers(Env(board_layer=kind, redis_url=" ".join(urls), **env))
    backend = import_string(config["default"]["BACKEND"])

    def make() -> Any:
        return backend(**config["default"]["CONFIG"])

    if kind is not Layer.MEMORY:
        return make
    shared = make()
    return lambda: shared


class Listener:
    """One process's bus, and what it heard."""

    def __init__(self, layer: Any, clock: Clock | None = None) -> None:
        self.bus = LayerBus(layer, clock or SystemClock())
        self.heard: list[Publication] = []
        self.bus.listen(self.heard.append)

    def entries(self, board_id: str) -> list[str]:
        """The stored entries that were heard of a board."""
        return [
            bytes(raw).decode()
            for publication in self.heard
            if isinstance(publication, Lines) and publication.board == board_id
            for raw in publication.entries
        ]

    async def until_heard(self, n: int, *, within_s: float = 10.0) -> None:
        """Wait until that many publications were heard."""
        await until_async(
            lambda: len(self.heard) >= n,
            within_s=within_s,
            what=f"{n} publications, not {len(self.heard)}",
        )

    async def until_hears(
        self, publish: Callable[[str], None], *, within_s: float = 15.0
    ) -> None:
        """Publish marks until one comes through: the bus works (again)."""
        n_tries = 0

        def came_through() -> bool:
            nonlocal n_tries
            n_tries += 1
            publish(f'"mark-{n_tries}"')
            return any(text.startswith('"mark') for text in self.all_entries())

        await until_async(came_through, within_s=within_s, what="a mark came through")

    def all_entries(self) -> list[str]:
        """The stored entries that were heard of all boards."""
        return [
            bytes(raw).decode()
            for publication in self.heard
            if isinstance(publication, Lines)
            for raw in publication.entries
        ]
