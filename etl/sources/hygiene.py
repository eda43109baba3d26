"""Observed hygiene (BHK) and point-prevalence measurements (PPM)."""

from etl.sources.layout import NOT_APPLICABLE, Fault, Field, FieldType, Layout, optional
from kpi.schema import BHK_ITEMS
from kpi.vocabulary import DatasetName, Rejection

MAY_NOT_APPLY = ("h3", "h4")
"""The items that there may be nothing to do for."""


def _all_correct(items: tuple[str, ...]) -> str:
    return " AND ".join(f"coalesce({item}, true)" for item in items)


BHK = Layout(
    dataset=DatasetName.BHK,
    pattern=r"bhk/bhk.*",
    fields=(
        Field("matdatum", FieldType.DATE),
        Field("enhet_id", FieldType.UNIT),
        Field("yrkeskategori", needs_value=False),
        optional("observations_id"),
        *(Field(item, FieldType.ITEM, needs_value=False) for item in BHK_ITEMS),
    ),
    faults=(
        *(
            Fault(Rejection.MISSING_VALUE, item, f"text_{item} IS NULL", "1 or 0")
            for item in BHK_ITEMS
        ),
        *(
            Fault(
                Rejection.UNKNOWN_CODE,
                item,
                f"upper(text_{item}) IN {NOT_APPLICABLE}",
                "1 or 0; only h3 and h4 can be not applicable",
            )
            for item in BHK_ITEMS
            if item not in MAY_NOT_APPLY
        ),
    ),
    derived={
        "datum": "matdatum",
        "yrkeskategori": "lower(yrkeskategori)",
        "alla_ratt": _all_correct(BHK_ITEMS),
        "hygien_ratt": _all_correct(BHK_ITEMS[:4]),
        "kladsel_ratt": _all_correct(BHK_ITEMS[4:]),
    },
    observation="observations_id",
)

PPM = Layout(
    dataset=DatasetName.PPM,
    pattern=r"ppm/ppm.*",
    fields=(
        Field("matdatum", FieldType.DATE),
        Field("enhet_id", FieldType.UNIT),
        Field(
            "matning",
            FieldType.CODE,
            codes=("trycksar", "trycksar_sjukhusforvarvade", "infarter", "urinkateter"),
        ),
        Field(
            "antal_observerade",
            FieldType.INTEGER,
            lowest=0,
            may_be_masked=True,
            is_count=True,
        ),
        Field(
            "antal_uppfyller",
            FieldType.INTEGER,
            lowest=0,
            may_be_masked=True,
            is_count=True,
        ),
    ),
    faults=(
        Fault(
            Rejection.NUMERATOR_OVER_DENOMINATOR,
            "antal_uppfyller",
            "antal_uppfyller > antal_observerade",
            "at most antal_observerade",
        ),
    ),
    derived={"datum": "matdatum"},
    key=("enhet_id", "matning", "datum"),
    replaces=("enhet_id", "matning"),
)
