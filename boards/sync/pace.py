"""The pace: how often clients are asked to tell what they do. One for a process.

What a crowd tells costs more than what it is told, so the more of them do something the
more rarely each of them tells it, and their pages fill the time between (live frames
carry all points, so nothing of a stroke is missing). The wanted number of frames is
halved and halved again while the process cannot keep up, and grows back by itself.
Pure: called by the engine, with the time.
"""

LOOK_S = 0.25  # how soon a crowd that begins to draw is noticed
MOST_MS = 250  # four a second still show who is there and where
LATE_S = 0.05  # a process whose timers are later than that has too much to do
LESS, MORE = 0.8, 1.05  # of the frames, at each look
LEAST_SHARE = 0.1
REST_MIN_S = 0.002  # lets a burst of frames share one flush
REST_MAX_S = 0.033  # slower than 30 a second would look like stutter
PICTURE_S = 0.016
CALM = 1.2  # small changes are not told


class LivePace:
    """See the module.

    Args:
        least_ms: the pace while there is no crowd.
        frames_per_s: how many live frames of all clients are welcome in a second.
        now: the present, in seconds on any scale that never goes back.

    Attributes:
        ms: how long a client is to wait between two live frames.
        share: of the frames that are welcome, how many came lately; may exceed 1.
    """

    def __init__(self, *, least_ms: int, frames_per_s: int, now: float) -> None:
        self.ms = least_ms
        self._least_ms = least_ms
        self._frames_per_s = frames_per_s
        self.share = 0.0
        self._welcome = 1.0  # of `frames_per_s`
        self._n_frames = 0
        self._late_s = 0.0
        self._looked_at = now

    def note(self) -> None:
        """A client told something."""
        self._n_frames += 1

    def look(self, now: float, late_s: float) -> bool:
        """Think again, if it is time.

        Args:
            now: as above.
            late_s: how much later than asked for a timer came.

        Returns:
            Whether `ms` has changed, so that clients should be told.
        """
        self._late_s = max(self._late_s, late_s)
        passed_s = now - self._looked_at
        if passed_s < LOOK_S:
            return False
        told_per_s = self._n_frames / passed_s
        n_telling = told_per_s * self.ms / 1_000
        late_s, self._late_s = self._late_s, 0.0
        self._looked_at, self._n_frames = now, 0
        if late_s > LATE_S:
            self._welcome = max(self._welcome * LESS, LEAST_SHARE)
        else:
            self._welcome = min(self._welcome * MORE, 1.0)
        welcome_per_s = self._frames_per_s * self._welcome
        self.share = told_per_s / welcome_per_s
        return self._choose(1_000 * n_telling / welcome_per_s)

    def rest_s(self, took_s: float) -> float:
        """How long to send nothing after a sending to all that took so long.

        As good as not where all watch and few tell; nearly as long where much comes in
        meanwhile, and then at least as long as a screen shows one picture: each board
        is sent to once for all that its people told in that time.
        """
        is_busy = min(self.share, 1.0)
        rest_s = is_busy * max(0.8 * took_s, PICTURE_S)
        return min(max(rest_s, REST_MIN_S), REST_MAX_S)

    def _choose(self, wanted_ms: float) -> bool:
        """Slower at once, faster step by step, and never for little."""
        before = self.ms
        wanted = min(max(wanted_ms, self._least_ms), MOST_MS)
        if wanted > before * CALM:
            self.ms = round(wanted)
        elif wanted * CALM < before:
            self.ms = round(max(wanted, before / CALM))
        return self.ms != before
