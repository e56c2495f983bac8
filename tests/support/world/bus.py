"""A bus that loses, doubles, delays and reorders, as the world says.

The exchange holds what was published and not yet delivered, one parcel for each
receiver. Everything is encoded on the way, so that no two processes share an object.
"""

from dataclasses import dataclass

import msgspec

from boards.sync.bus import OnPublication, Publication
from tests.support.world.journal import Gate

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Publication] = msgspec.json.Decoder(Publication)


@dataclass(eq=False, slots=True)
class Parcel:
    """One publication on its way to one process."""

    receiver: "FakeBus"
    body: bytes


class Exchange:
    """What is between the processes."""

    def __init__(self) -> None:
        self.parcels: list[Parcel] = []
        self.subscribers: dict[str, dict[FakeBus, None]] = {}

    def send(self, sender: "FakeBus", publication: Publication) -> None:
        """Make a parcel for everybody who has the board open."""
        if sender.is_cut:
            return
        body = _encoder.encode(publication)
        for receiver in self.subscribers.get(publication.board, {}):
            if not receiver.is_cut:
                self.parcels.append(Parcel(receiver, body))

    def forget(self, bus: "FakeBus", board_id: str | None = None) -> None:
        """Drop subscriptions without a word, as an expired group or a crash does."""
        for id_, buses in list(self.subscribers.items()):
            if board_id is None or id_ == board_id:
                buses.pop(bus, None)
                if not buses:
                    del self.subscribers[id_]
        if board_id is None:
            self.parcels = [p for p in self.parcels if p.receiver is not bus]


class FakeBus:
    """One process's bus on the exchange; see `boards.sync.bus.Bus`.

    Attributes:
        is_cut: nothing comes or goes.
        is_loud: whether a cut is noticed by whoever uses the bus.
    """

    def __init__(self, exchange: Exchange, gate: Gate) -> None:
        self._exchange = exchange
        self._gate = gate
        self._hear: OnPublication = lambda publication: None
        self._is_lost = False
        self._is_stopped = False
        self.is_cut = False
        self.is_loud = False

    def listen(self, hear: OnPublication) -> None:
        """See `Bus`."""
        self._hear = hear

    async def open(self, board_id: str) -> bool:
        """See `Bus`."""
        await self._gate("bus open")
        if self.is_cut and self.is_loud:
            self._is_lost = True
            return False
        self._exchange.subscribers.setdefault(board_id, {})[self] = None
        return True

    async def close(self, board_id: str) -> None:
        """See `Bus`."""
        await self._gate("bus close")
        self._exchange.forget(self, board_id)

    def publish(self, publication: Publication) -> None:
        """See `Bus`."""
        if self._is_stopped:
            return
        if self.is_cut and self.is_loud:
            self._is_lost = True
        self._exchange.send(self, publication)

    def take_loss(self) -> bool:
        """See `Bus`."""
        was_lost, self._is_lost = self._is_lost, False
        return was_lost

    async def stop(self) -> None:
        """See `Bus`."""
        self.die()

    def die(self) -> None:
        """Say and hear nothing from now on."""
        self._is_stopped = True
        self._exchange.forget(self)

    def receive(self, body: bytes) -> None:
        """Hand over a parcel."""
        if not self._is_stopped:
            self._hear(_decoder.decode(body))
