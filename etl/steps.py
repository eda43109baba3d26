"""What a build is doing, shown while it does it, and how long each step took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

from etl.words.spoken import spoken


class Steps:
    """A progress bar over the bytes to read, and seconds by step.

    Args:
        total_bytes: Of all files that may have to be read.
        is_quiet: Show nothing.
    """

    def __init__(self, total_bytes: int = 0, *, is_quiet: bool = True) -> None:
        self.seconds: dict[str, float] = {}
        self._bar = tqdm(
            total=total_bytes,
            unit="B",
            unit_scale=True,
            unit_divisor=1024,
            file=sys.stderr,
            disable=is_quiet or None,
            leave=False,
        )

    @contextmanager
    def step(self, name: str, *, is_shown: bool = True) -> Iterator[None]:
        """Time a step of the build."""
        started = time.perf_counter()
        if is_shown:
            self._bar.set_description(spoken(name))
        try:
            yield
        finally:
            spent = time.perf_counter() - started
            self.seconds[name] = self.seconds.get(name, 0.0) + spent

    @contextmanager
    def reading(self, name: str, size: int) -> Iterator[None]:
        """Name the file that is read, and move the bar by its size."""
        self._bar.set_description(name[-40:])
        yield
        self._bar.update(size)

    def close(self) -> None:
        """Take the bar away."""
        self._bar.close()
