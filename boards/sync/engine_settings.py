"""What an operator can set about the engine; read at the edge, passed in."""

from dataclasses import dataclass

from boards.sync.protocol import Limits
from boards.sync.rooms import Intervals


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """What an operator can set about the engine."""

    intervals: Intervals
    limits: Limits
    live_ms: int  # while there is no crowd
    live_frames_per_s: int  # of all clients; above it they are told to wait longer
    crowd: int  # sessions of one board, see `Room`
    snapshot_every: int
    snapshot_url: str  # with `{board_id}` and `{seq}`
