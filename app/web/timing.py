"""Where the time of an answer goes: a `Server-Timing` header if MALBILD_PROFILE=1.

Browsers show it among what they say of a request. A step that another step is part of
does not count the other's time, so the steps add up to the whole.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from time import perf_counter
from typing import ParamSpec, TypeVar

from flask import Flask, Response
from sqlalchemy import Engine, event

SETTING = "MALBILD_PROFILE"

QUERY, PRESENT, DRAW, SERIALISE = "query", "present", "draw", "serialise"

_P = ParamSpec("_P")
_T = TypeVar("_T")


class _Clock:
    """The milliseconds of each step of an answer; all that is no other is PRESENT."""

    def __init__(self) -> None:
        self.spent_ms = dict.fromkeys((QUERY, PRESENT, DRAW, SERIALISE), 0.0)
        self._steps = [PRESENT]
        self._since = perf_counter()

    def begin(self, step: str) -> None:
        self._count()
        self._steps.append(step)

    def end(self) -> None:
        self._count()
        self._steps.pop()

    def _count(self) -> None:
        now = perf_counter()
        self.spent_ms[self._steps[-1]] += (now - self._since) * 1000
        self._since = now


_clock: ContextVar[_Clock | None] = ContextVar("clock", default=None)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Count the time within as one of the steps."""
    clock = _clock.get()
    if clock is None:
        yield
        return
    clock.begin(name)
    try:
        yield
    finally:
        clock.end()


def drawing(figure: Callable[_P, _T]) -> Callable[_P, _T]:
    """Count the time of a function as drawing."""

    @wraps(figure)
    def timed(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        with step(DRAW):
            return figure(*args, **kwargs)

    return timed


def register_timing(server: Flask) -> None:
    """Say with every answer where its time went, if the setting asks for it.

    To be called before all else that changes answers: what is registered later, such as
    compression, then counts too.
    """
    if os.environ.get(SETTING) != "1":
        return
    server.before_request(_start)
    server.after_request(_say)
    for moment, listener in _QUERIES:
        if not event.contains(Engine, moment, listener):
            event.listen(Engine, moment, listener)


def _start() -> None:
    _clock.set(_Clock())


def _say(response: Response) -> Response:
    if clock := _clock.get():
        _clock.set(None)
        clock.end()
        durations = (f"{name};dur={ms:.1f}" for name, ms in clock.spent_ms.items())
        response.headers["Server-Timing"] = ", ".join(durations)
    return response


def _query_begins(*_: object) -> None:
    if clock := _clock.get():
        clock.begin(QUERY)


def _query_ends(*_: object) -> None:
    if clock := _clock.get():
        clock.end()


_QUERIES = (
    ("before_cursor_execute", _query_begins),
    ("after_cursor_execute", _query_ends),
    ("handle_error", _query_ends),
)
