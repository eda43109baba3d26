"""The register of maximum lead times, as it is in force on a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, Subquery, case, func, literal, select

from app.queries.counted import is_active
from app.queries.kept import kept
from app.queries.reader import Reader
from kpi import schema
from kpi.vocabulary import DECIDED, SHIPPED


@dataclass(frozen=True, slots=True)
class Maximum:
    """A maximum lead time in force, for one way of ending a pathway."""

    svf: str
    is_extended: bool
    ending: str
    days: int


@kept
def maxima(reader: Reader, day: date) -> list[Maximum]:
    """Return the maxima in force on a day, of each pathway the shortest first."""
    subquery = in_force(reader, day)
    columns = subquery.c
    statement = select(columns.svf, columns.utokad, columns.avslut, columns.max_dagar)
    statement = statement.order_by(
        columns.svf, columns.utokad, columns.max_dagar, columns.avslut
    )
    return [Maximum(*row) for row in reader.connection.execute(statement)]


def in_force(reader: Reader, day: date) -> Subquery:
    """Return the register on a day, by the rule of the build.

    What the region has decided goes before its own register, that before the one that
    ships with the program, a newer file before an older, and a later start before an
    earlier.
    """
    register, load = schema.ledtider, schema.load
    columns = register.c
    place = func.row_number().over(
        partition_by=(columns.svf, columns.avslut, columns.utokad_utredning),
        order_by=(
            case(
                (load.c.producer == DECIDED, 0),
                (load.c.producer == SHIPPED, 2),
                else_=1,
            ),
            load.c.sequence.desc(),
            columns.giltig_fran.desc(),
        ),
    )
    ranked = (
        select(
            columns.svf,
            columns.avslut,
            columns.utokad_utredning.label("utokad"),
            columns.max_dagar,
            place.label("place"),
        )
        .join_from(register, load, load.c.load_id == columns.load_id)
        .where(
            is_active(reader, register),
            columns.max_dagar.is_not(None),
            literal(day, Date).between(columns.giltig_fran, columns.giltig_till),
        )
        .subquery()
    )
    return select(ranked).where(ranked.c.place == 1).subquery("in_force")
