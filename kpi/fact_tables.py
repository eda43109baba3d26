"""The tables of facts: one for each dataset, and the registers beside them.

Facts keep the column names of the files they come from, so that a number can be
followed back to a column without a dictionary.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    Integer,
    SmallInteger,
    String,
    Table,
)

from kpi.datasets import DATASETS, ColumnType
from kpi.tables import key, table

_TYPES = {
    ColumnType.TEXT: String,
    ColumnType.WORDS: String,
    ColumnType.NUMBER: Double,
    ColumnType.DATE: Date,
    ColumnType.FLAG: Boolean,
}
_KEYS = {
    "svf_fall": ("fall_id",),
    "kontakter": ("kontakt_id",),
    "bhk": ("observations_id",),
    "matningar": ("indikator", "kommentar"),
    "kolada": ("kpi", "kolada_region_id", "region"),
}

IN_FILE = "enhet_i_filen"
"""The unit of a row as its file has it, where a successor of the unit counts it."""


def _facts(dataset_id: str) -> Table:
    """Return the table of a dataset: where each row stands, then its columns."""
    dataset = DATASETS[dataset_id]
    is_of_unit = dataset_id != "kolada"
    months = [key("first_month", Integer), key("last_month", Integer)]
    place = [key("enhet_id"), *months]
    place.append(Column("datum", Date, nullable=False, comment="its day in the tree"))
    place.append(
        Column(
            IN_FILE,
            String,
            comment="the id of the row where enhet_id is its successor; else empty",
        )
    )
    if is_of_unit and not dataset.dated_by:
        place.append(Column("period", String, nullable=False))
    if dataset_id == "kolada":
        place = [key("year", SmallInteger)]
    if dataset.is_counted:
        place.append(Column("ar_maskerad", Boolean, comment="MSK in the file"))
    if dataset.own_totals:
        place.append(Column("ar_total", Boolean, comment="counts in the unit's total"))
    return table(
        dataset_id,
        f"Facts of {dataset_id}: one row per accepted source row.",
        key("load_id"),
        key("row_number", BigInteger),
        *(Column(name, String) for name in _KEYS.get(dataset_id, ())),
        *place,
        *(
            Column(name, _TYPES[column.type])
            for name, column in dataset.columns.items()
        ),
    )


BHK_ITEMS = ("h1", "h2", "h3", "h4", "k1", "k2", "k3", "k4")

enheter = table(
    "enheter",
    "Facts of enheter: one row per unit and time, as the file says.",
    key("load_id"),
    key("row_number", BigInteger),
    key("enhet_id"),
    key("namn"),
    key("typ"),
    Column("overordnad", String),
    key("giltig_fran", Date),
    key("giltig_till", Date),
    Column("ersatt_av", String),
    Column("kolada_id", String),
)

ledtider = table(
    "ledtider",
    "Facts of ledtider: maximum lead times and when they are in force.",
    key("load_id"),
    key("row_number", BigInteger),
    key("svf"),
    key("avslut"),
    key("utokad_utredning", Boolean),
    Column("max_dagar", Integer, comment="None = a place to fill in"),
    key("giltig_fran", Date),
    key("giltig_till", Date),
    Column("kalla", String),
)

FACTS = {name: _facts(name) for name in DATASETS if name != "bhk_moment"}
for _item in BHK_ITEMS:
    FACTS["bhk"].append_column(Column(_item, Boolean, comment="None = not applicable"))
