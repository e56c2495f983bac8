"""A wire between two network namespaces that loses, delays and doubles packets.

Real IP packets, between two TUN devices, carried by a thread of this process: what
`tc netem` does where the kernel has it. One end is here, the other in a namespace of
its own, in which a server is started. Needs root and `/dev/net/tun`.
"""

import fcntl
import heapq
import itertools
import os
import random
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.support.services import Missing
from tests.support.waiting import free_port

ROOT_ADDRESS, SERVER_ADDRESS = "10.203.77.1", "10.203.77.2"
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
PACKET_BYTES = 65_536
IDLE_S = 0.05


@dataclass(slots=True)
class Wire:
    """What the wire does to each packet, either way.

    Attributes:
        loss, doubling: how many of a packet get lost, or come twice; 0…1.
        delay_s, jitter_s: how late it comes, and how much later by chance: with jitter
            packets overtake each other.
        is_cut: nothing gets through, and nobody is told.
    """

    namespace: str
    port: int
    ends: tuple[int, int]
    loss: float = 0.0
    doubling: float = 0.0
    delay_s: float = 0.0
    jitter_s: float = 0.0
    is_cut: bool = False
    n_lost: int = 0
    n_doubled: int = 0
    n_carried: int = 0
    _random: random.Random = field(default_factory=lambda: random.Random(7))
    _is_over: bool = False

    def heal(self) -> None:
        """A good wire again."""
        self.loss = self.doubling = self.delay_s = self.jitter_s = 0.0
        self.is_cut = False

    def serve_command(self) -> list[str]:
        """How a server is started at the far end."""
        serve = ["manage.py", "serve", "--host", SERVER_ADDRESS, "--port"]
        inside = ["ip", "netns", "exec", self.namespace]
        return [*inside, sys.executable, *serve, str(self.port)]

    def stop(self) -> None:
        """Carry nothing any more."""
        self._is_over = True

    def carry(self) -> None:
        """The thread's work: take packets at one end, let them out at the other."""
        waiting: list[tuple[float, int, int, bytes]] = []  # due, order, end, packet
        numbers = itertools.count()
        while not self._is_over:
            now = time.monotonic()
            rest_s = waiting[0][0] - now if waiting else IDLE_S
            ready, _, _ = select.select(self.ends, [], [], max(0.0, min(rest_s, 0.05)))
            for end in ready:
                packet = os.read(end, PACKET_BYTES)
                other = self.ends[1] if end == self.ends[0] else self.ends[0]
                for due in self._dues():
                    heapq.heappush(waiting, (due, next(numbers), other, packet))
            while waiting and waiting[0][0] <= time.monotonic():
                _, _, end, packet = heapq.heappop(waiting)
                os.write(end, packet)
                self.n_carried += 1

    def _dues(self) -> list[float]:
        """When a packet that comes now goes out: never, once or twice."""
        if self.is_cut or self._random.random() < self.loss:
            self.n_lost += 1
            return []
        n_copies = 1 + (self._random.random() < self.doubling)
        self.n_doubled += n_copies - 1
        now = time.monotonic()
        return [
            now + self.delay_s + self.jitter_s * self._random.random()
            for _ in range(n_copies)
        ]


@contextmanager
def wired() -> Iterator[Wire]:
    """A namespace and a wire to it; both end with the block.

    Raises:
        Missing: when this user or kernel has no namespaces or no TUN devices.
    """
    name = f"board-{os.getpid()}"
    near, far = f"near{os.getpid()}"[:15], f"far{os.getpid()}"[:15]
    _run("ip", "netns", "add", name)
    ends: list[int] = []
    try:
        ends = [_tun(near), _tun(far)]
        _run("ip", "link", "set", far, "netns", name)
        _up([], near, ROOT_ADDRESS, SERVER_ADDRESS)
        _up(["ip", "netns", "exec", name], far, SERVER_ADDRESS, ROOT_ADDRESS)
        _run("ip", "netns", "exec", name, "ip", "link", "set", "lo", "up")
        wire = Wire(name, free_port(), (ends[0], ends[1]))
        thread = threading.Thread(target=wire.carry, daemon=True)
        thread.start()
        try:
            yield wire
        finally:
            wire.stop()
            thread.join()
    finally:
        for end in ends:
            os.close(end)
        _run("ip", "netns", "del", name)


def _up(inside: list[str], device: str, here: str, there: str) -> None:
    _run(*inside, "ip", "addr", "add", here, "peer", there, "dev", device)
    _run(*inside, "ip", "link", "set", device, "up")


def _tun(name: str) -> int:
    try:
        end = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(
            end, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI)
        )
    except OSError as fault:
        raise Missing(f"there are no TUN devices here: {fault}") from fault
    return end


def _run(*words: str) -> None:
    try:
        subprocess.run(words, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as fault:
        said = getattr(fault, "stderr", "") or str(fault)
        raise Missing(f"no network namespaces here: {said.strip()}") from fault
