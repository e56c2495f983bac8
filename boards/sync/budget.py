"""A token bucket: how much somebody may do, and how long to wait for more. Pure."""


class Budget:
    """Tokens that grow with time up to a burst.

    Args:
        per_s: tokens that grow in a second.
        burst: tokens at the most, and at the start.
        now: the present, in seconds on any scale that never goes back.
    """

    def __init__(self, per_s: float, burst: float, now: float) -> None:
        self._per_s = per_s
        self._burst = burst
        self._tokens = burst
        self._at = now

    @property
    def used_at(self) -> float:
        """When something was asked for last."""
        return self._at

    def take(self, now: float, n: float = 1.0) -> float:
        """Take tokens if there are enough; what exceeds the burst is the burst.

        Returns:
            0 when they were taken, else the seconds until there are enough.
        """
        grown = self._tokens + (now - self._at) * self._per_s
        self._tokens, self._at = min(grown, self._burst), now
        n = min(n, self._burst)
        if self._tokens >= n:
            self._tokens -= n
            return 0.0
        return (n - self._tokens) / self._per_s
