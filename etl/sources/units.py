"""Units: who belongs to whom, and when."""

from etl.sources.layout import Fault, Field, FieldType, Layout, optional
from etl.sources.unit_tree import build_register
from kpi.model import UnitKind
from kpi.vocabulary import KOLADA_REGIONS, DatasetName, Rejection

HSA_ID = r"^SE(16)?\d{10}-[0-9A-Za-z]+$"

_KINDS: dict[str, tuple[str, ...]] = {
    UnitKind.AREA: ("förvaltning", "verksamhetsområde", "division"),
    UnitKind.HOSPITAL: ("lasarett",),
    UnitKind.HEALTH_CENTRE: ("hälsocentral",),
    UnitKind.WARD: ("vårdavdelning",),
    UnitKind.DENTAL: ("tandvård",),
}
"""What regions call the kinds of units, where it can be one of them only."""

UNITS = Layout(
    dataset=DatasetName.UNITS,
    pattern=r"enheter/enheter.*",
    fields=(
        Field("enhet_id"),
        Field("namn"),
        Field("typ", FieldType.CODE, codes=tuple(UnitKind), names=_KINDS),
        Field("overordnad", needs_value=False),
        optional("giltig_fran", FieldType.DATE, may_be_future=True),
        optional("giltig_till", FieldType.DATE, may_be_future=True),
        optional("ersatt_av"),
        optional("kolada_id"),
    ),
    faults=(
        *(
            Fault(
                Rejection.NOT_A_UNIT_ID,
                name,
                f"text_{name} IS NOT NULL"
                f" AND NOT regexp_full_match(text_{name}, '{HSA_ID}', 'i')",
                "an HSA-id such as SE2321000081-DEMO001",
            )
            for name in ("enhet_id", "overordnad", "ersatt_av")
        ),
        Fault(
            Rejection.PERIOD_BACKWARDS,
            "giltig_till",
            "giltig_till < giltig_fran",
            "a day on or after giltig_fran",
        ),
        Fault(
            Rejection.MISSING_VALUE,
            "overordnad",
            "overordnad IS NULL AND typ <> 'region'",
            "the unit above it; only a region may be without",
        ),
        Fault(
            Rejection.OWN_PARENT,
            "overordnad",
            "upper(overordnad) = upper(enhet_id)",
            "another unit than itself",
        ),
        Fault(
            Rejection.NOT_A_KOLADA_ID,
            "kolada_id",
            "NOT regexp_full_match(text_kolada_id, '[0-9]{4}')",
            "four digits such as 0010",
        ),
        Fault(
            Rejection.NOT_A_REGION,
            "kolada_id",
            "regexp_full_match(text_kolada_id, '[0-9]{4}')"
            f" AND text_kolada_id NOT IN {KOLADA_REGIONS[1:]}",
            "the id of a region in Kolada, 0001-0025",
        ),
    ),
    derived={
        "enhet_id": "upper(text_enhet_id)",
        "overordnad": "upper(text_overordnad)",
        "ersatt_av": "upper(text_ersatt_av)",
        "giltig_fran": "coalesce(giltig_fran, DATE '0001-01-01')",
        "giltig_till": "coalesce(giltig_till, DATE '9999-12-31')",
    },
    key=("enhet_id", "giltig_fran"),
    replaces=("enhet_id",),
    replaces_period=False,
    register=build_register,
    is_shared=True,
    is_ground=True,
)
