"""Time-outs, attempts and pace towards a server that others use too."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a server is asked, and how long it is waited for.

    Attributes:
        connect_seconds: Time-out for reaching the server.
        read_seconds: Time-out between two pieces of an answer.
        tries: Attempts for one page, the first one included.
        first_wait_seconds: Wait before the second attempt; doubled for each one after.
        total_wait_seconds: Most waiting between the attempts for one page. It starts
            anew with each page, because a page that arrived is progress.
        requests_per_second: Never asked more often, attempts and redirects included.
        sleep: Waits that many seconds.
        clock: Seconds that only go forward.
        chance: A number from 0 up to 1, for the jitter.
    """

    connect_seconds: float = 10.0
    read_seconds: float = 60.0
    tries: int = 6
    first_wait_seconds: float = 1.0
    total_wait_seconds: float = 300.0
    requests_per_second: float = 5.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random

    def wait_seconds(self, attempt: int) -> float:
        """Return the wait after the given failed attempt, the first being 1.

        Between half the doubled wait and all of it, so that many clients cut off at
        the same moment do not come back at the same moment.
        """
        longest = self.first_wait_seconds * 2.0 ** (attempt - 1)
        return longest * (1 + self.chance()) / 2
