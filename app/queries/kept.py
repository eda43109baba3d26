"""What is read of a warehouse once, and remembered until it is replaced.

A published warehouse does not change, and a new one has another engine.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

MOST = 256
"""Of each function; then it begins anew. Visitors choose what some are asked for."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


def kept(
    read: Callable[Concatenate[Connection, _P], _T],
) -> Callable[Concatenate[Connection, _P], _T]:
    """Remember what a function reads, by what it is asked for.

    For what many pages need and there is little of.
    """
    known: WeakKeyDictionary[Engine, dict[object, _T]] = WeakKeyDictionary()

    @wraps(read)
    def remembered(connection: Connection, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        own = known.setdefault(connection.engine, {})
        asked = (args, tuple(kwargs.items()))
        found = own.get(asked)
        if found is None:
            if len(own) >= MOST:
                own.clear()
            found = own[asked] = read(connection, *args, **kwargs)
        return found

    return remembered
