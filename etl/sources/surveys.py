"""PREM: what patients answered."""

from etl.sources.layout import FORMS_OF_CARE, Fault, Field, FieldType, Layout, optional
from kpi.vocabulary import DatasetName, Rejection

DIMENSIONS = (
    "helhetsintryck",
    "emotionellt_stod",
    "delaktighet_involvering",
    "respekt_bemotande",
    "kontinuitet_koordinering",
    "information_kunskap",
    "tillganglighet",
)

PREM = Layout(
    dataset=DatasetName.PREM,
    pattern=r"prem/prem.*",
    fields=(
        Field("period", FieldType.PERIOD),
        Field("enhet_id", FieldType.UNIT),
        Field(
            "enkat",
            FieldType.CODE,
            codes=("svf", "primarvard", "oppen", "sluten", "akut"),
            names=FORMS_OF_CARE,
        ),
        Field("dimension", FieldType.CODE, codes=DIMENSIONS),
        optional("svf", FieldType.CODE, codes=("@svf", "alla")),
        Field(
            "antal_svar", FieldType.INTEGER, lowest=0, may_be_masked=True, is_count=True
        ),
        Field(
            "poang",
            FieldType.NUMBER,
            needs_value=False,
            lowest=0,
            highest=100,
            may_be_masked=True,
        ),
    ),
    faults=(
        Fault(
            Rejection.MISSING_VALUE,
            "poang",
            "antal_svar > 0 AND text_poang IS NULL AND NOT is_masked",
            "the mean score of the answers, 0-100",
        ),
    ),
    derived={
        "svf": "nullif(svf, 'alla')",
        "poang_summa": "coalesce(poang * antal_svar, 0)",
    },
    key=("enhet_id", "enkat", "dimension", "svf", "period"),
    replaces=("enhet_id", "enkat"),
)
