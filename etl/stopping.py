"""Ctrl+C and SIGTERM: what is being done ends in an orderly way, and says so."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_STOPPED = {signal.SIGINT: "interrupted", signal.SIGTERM: "told to stop"}


class Stop:
    """Whether somebody has asked the program to stop, and by which signal.

    Attributes:
        signal: The signal; None if nobody has.
    """

    def __init__(self) -> None:
        self.signal: int | None = None

    def note(self, number: int, _: FrameType | None) -> None:
        """Take the signal: end what is being done, which clears up after itself."""
        self.signal = number
        raise KeyboardInterrupt

    @property
    def words(self) -> str:
        """What happened, for a person."""
        assert self.signal is not None
        return f"{_STOPPED[signal.Signals(self.signal)]}: nothing has been published"

    @property
    def code(self) -> int:
        """The exit code that shells give to a program ended by the signal."""
        assert self.signal is not None
        return 128 + self.signal


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Let Ctrl+C and SIGTERM end what is done within in an orderly way.

    The engine answers a signal with an exception of its own, so it is the `Stop` that
    tells whether one came.
    """
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, stop.note) for number in _STOPPED}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
