"""A visit: what a page is asked for, and what it is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from dash.development.base_component import Component

from app.address import Selection, address, identifier, unit_id
from app.design import missing
from app.design.missing import Way
from app.queries.frame import Frame, read_frame
from app.queries.reader import Reader
from app.queries.units import UnitRow
from app.queries.unknown import UnknownIndicator, UnknownUnit
from kpi.definitions import Indicator
from kpi.period import Period


@dataclass(frozen=True)
class Visit:
    """What `content` of every page is given.

    What is named and is not there is raised when it is looked for. The router, which
    makes the visit, says so in words (`app/site/unknown.py`).

    Attributes:
        reader: Of the newest build; open as long as the page is made.
        params: The query of the address.
        path: What the path of the address names, by the page's template.
    """

    reader: Reader
    params: Mapping[str, str]
    path: Mapping[str, str]

    @cached_property
    def frame(self) -> Frame:
        """The build with its definitions and units."""
        return read_frame(self.reader)

    @cached_property
    def selection(self) -> Selection:
        """What was chosen, as far as it makes sense."""
        return Selection.read(self.params)

    @property
    def unit(self) -> UnitRow:
        """The unit chosen, or the region if none was.

        Raises:
            UnknownUnit: there is no such unit, or none at all.
        """
        unit = self.frame.unit_or_top(self.selection.unit)
        if unit is None:
            raise UnknownUnit(self.selection.unit or "")
        return unit

    def unit_named(self, written: str) -> UnitRow:
        """Return the unit with this id, however it is written.

        Raises:
            UnknownUnit: there is none.
        """
        unit = self.frame.units.find(unit_id(written))
        if unit is None:
            raise UnknownUnit(written)
        return unit

    def indicator_named(self, written: str | None) -> Indicator:
        """Return the indicator with this id.

        Raises:
            UnknownIndicator: there is none.
        """
        indicator = self.frame.indicator(identifier(written))
        if indicator is None:
            raise UnknownIndicator(written or "")
        return indicator

    @property
    def quarter(self) -> Period:
        """The quarter to show: what was chosen, or the nearest that can be shown."""
        return missing.quarter_shown(self.frame, self.selection)

    @property
    def period(self) -> Period:
        """The period to show, of any length: what was chosen if data reach it."""
        return missing.period_shown(self.frame, self.selection)

    def notice_of_quarter(self, way: Way) -> Component | None:
        """Return what to tell if another quarter was chosen than can be shown."""
        return missing.quarter_notice(self.frame, self.selection, way)

    def notice_of_unit(self) -> Component | None:
        """Return what to tell if something else than a unit was chosen."""
        return missing.other_unit(self.params.get("unit"), self.unit)

    def way_from(self, path: str) -> Way:
        """Return the way to the same choices on a page in another quarter."""
        return lambda period: address(path, {**self.params, "period": period})

    def in_build_chosen(self) -> "Visit":
        """Return the visit with the build that the address names; else the newest.

        Raises:
            UnknownBuild: the warehouse does not hold it.
        """
        return replace(self, reader=self.reader.of_build(self.params.get("build")))
