"""What is read of a warehouse once, and remembered until it is replaced.

A published warehouse does not change, and a new one has another engine.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from app.queries.reader import Reader

MOST = 256
"""Of each function; then the first goes. Visitors choose what some are asked for."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Memory(Generic[_T]):
    """Answers by what was asked for, of each warehouse by itself.

    Args:
        most: How many of each warehouse.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: WeakKeyDictionary[object, OrderedDict[Hashable, _T]] = (
            WeakKeyDictionary()
        )

    def answer(self, engine: object, key: Hashable, read: Callable[[], _T]) -> _T:
        """Return what is remembered, or what is read now."""
        answers = self._known.setdefault(engine, OrderedDict())
        answer = answers.get(key)
        if answer is None:
            answer = answers[key] = read()
            while len(answers) > self._most:
                answers.popitem(last=False)
        return answer


def keeping(
    most: int,
) -> Callable[
    [Callable[Concatenate["Reader", _P], _T]], Callable[Concatenate["Reader", _P], _T]
]:
    """Remember what a function reads, by build and scope and what it is asked for."""

    def kept(
        read: Callable[Concatenate["Reader", _P], _T],
    ) -> Callable[Concatenate["Reader", _P], _T]:
        memory: Memory[_T] = Memory(most)

        @wraps(read)
        def remembered(reader: "Reader", /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
            key = (reader.build_id, reader.scope, args, tuple(kwargs.items()))
            return memory.answer(
                reader.connection.engine, key, lambda: read(reader, *args, **kwargs)
            )

        return remembered

    return kept


FEW = 4
"""Of what is long, such as all files of a build: those of so many builds."""

kept = keeping(MOST)
"""For what many pages need and there is little of."""
