"""The pages drawn last, kept until the warehouse is replaced.

What a build shows does not change. The first page of a visit is asked for twice, as the
first answer and again by Dash, and many people open the same overview.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache

from app.queries.reader import edition
from app.site.frame import Shown
from app.web import preferences
from app.web.markup import solid
from app.web.timing import SERIALISE, step
from kpi.errors import WarehouseError
from kpi.warehouse import Warehouse

MOST = 64
"""Of each worker; a page takes at most some hundred kilobytes."""

_Draw = Callable[[str, str], Shown]


class KeptPages:
    """Pages by address and by what the visitor prefers.

    Args:
        warehouse: What is shown.
        draw: Returns what a path and a query show.
    """

    def __init__(self, warehouse: Warehouse, draw: _Draw) -> None:
        self._warehouse = warehouse
        self._draw = draw
        self._edition: Hashable = None

    def shown(self, pathname: str, search: str) -> Shown:
        """Return what an address shows, its parts with as few components as can be."""
        try:
            published = edition(self._warehouse)
        except WarehouseError:
            return self._drawn(pathname, search)  # says what is wrong, this time
        if published is not self._edition:
            self._kept = lru_cache(MOST)(self._for_visitor)
            self._edition = published
        return self._kept(pathname, search, tuple(preferences.attributes().items()))

    def _for_visitor(self, pathname: str, search: str, _: object) -> Shown:
        return self._drawn(pathname, search)

    def _drawn(self, pathname: str, search: str) -> Shown:
        drawn = self._draw(pathname, search)
        with step(SERIALISE):
            return Shown(*(solid(part) for part in drawn))
