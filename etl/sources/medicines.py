"""Care contacts at which a medication review may be due."""

from etl.sources.layout import (
    FORMS_OF_CARE,
    PSEUDONYM,
    SEXES,
    Field,
    FieldType,
    Layout,
    optional,
)
from kpi.vocabulary import DatasetName

CONTACTS = Layout(
    dataset=DatasetName.CONTACTS,
    pattern=r"lakemedel/kontakter.*",
    fields=(
        Field("kontakt_id", about=PSEUDONYM),
        Field("enhet_id", FieldType.UNIT),
        Field("datum", FieldType.DATE),
        Field(
            "vardform",
            FieldType.CODE,
            codes=("oppen", "sluten", "hemsjukvard"),
            names=FORMS_OF_CARE,
        ),
        Field("alder", FieldType.INTEGER, lowest=0, highest=125),
        Field(
            "antal_lakemedel", FieldType.INTEGER, lowest=0, highest=200, is_count=True
        ),
        optional("kon", FieldType.CODE, codes=("K", "M"), names=SEXES),
        Field("kva_kod", FieldType.WORDS, needs_value=False),
        optional("lakemedelsberattelse", FieldType.YES_NO),
        optional("lakemedelslista", FieldType.YES_NO),
    ),
    key=("kontakt_id",),
    observation="kontakt_id",
    replaces_also="old.kontakt_id = new.kontakt_id",
)
