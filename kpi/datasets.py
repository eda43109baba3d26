"""What the definitions may refer to: datasets, their columns and dimensions.

A dataset is a table of facts. It keeps the column names of the source file it comes
from; columns worked out when the file is read are marked as derived. Definitions name
these columns in conditions, so a misspelt one is found before anything is built.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class ColumnType(StrEnum):
    """What a column of a dataset holds."""

    TEXT = "text"
    WORDS = "words"  # several codes in one text, separated by a space
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a dataset.

    Attributes:
        type: What it holds.
        meaning: One line for `docs/indicators.md`.
        is_derived: Worked out when the file is read, not found in it.
    """

    type: ColumnType
    meaning: str
    is_derived: bool = False


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table of facts.

    Attributes:
        id: Name of the table and of the source layout.
        columns: What conditions may refer to.
        dimensions: Dimension, as written in `by=`, -> the column that holds it.
        is_counted: A row holds counts of many, and so adds up by `sum`; otherwise a
            row is one case.
        dated_by: Column with the fact's date; None where rows carry a period.
        own_totals: Dimensions for which the producer reports a total of its own
            (rows without a value), which goes before the sum of the parts.
        subject: Columns that say what a row measures, where a file holds several
            measures; empty where every row is of the same kind.
    """

    id: str
    columns: dict[str, Column]
    dimensions: dict[str, str] = field(default_factory=dict)
    is_counted: bool = False
    dated_by: str | None = None
    own_totals: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()

    @property
    def own_total_columns(self) -> tuple[str, ...]:
        """The columns that are empty in a row of the producer's own total."""
        return tuple(self.dimensions[name] for name in self.own_totals)


def _text(meaning: str, derived: bool = False) -> Column:
    return Column(ColumnType.TEXT, meaning, derived)


def _number(meaning: str, derived: bool = False) -> Column:
    return Column(ColumnType.NUMBER, meaning, derived)


def _date(meaning: str) -> Column:
    return Column(ColumnType.DATE, meaning)


def _flag(meaning: str, derived: bool = False) -> Column:
    return Column(ColumnType.FLAG, meaning, derived)


AGE_GROUPS = ("0-17", "18-64", "65-74", "75-84", "85-")

PERSONAL = frozenset(
    {
        *("fall_id", "kontakt_id", "observations_id", "kon", "alder", "aldersgrupp"),
        *("lan", "kommentar"),
    }
)
"""Columns whose values are never shown: they are about one person, or free text."""

TELLS_OF_A_PERSON = rf"\b({'|'.join(sorted(PERSONAL))})="
"""Pattern of a rejection's message, in Python and SQL, that repeats such a value: it
tells every fault of a row, each as column='value': expected ..."""

_PERSON = {
    "kon": _text("sex, K or M"),
    "alder": _number("age in years"),
    "aldersgrupp": _text(f"age group: {', '.join(AGE_GROUPS)}", derived=True),
}

DATASETS = {
    dataset.id: dataset
    for dataset in (
        Dataset(
            "svf_fall",
            {
                "svf": _text("pathway"),
                "kva_start": _text("KVÅ code that opened the pathway"),
                "datum_valgrundad_misstanke": _date("well-founded suspicion"),
                "datum_forsta_besok": _date("first visit in specialised care"),
                "datum_mdk": _date("multidisciplinary conference"),
                "datum_behandlingsbeslut": _date("decision on treatment"),
                "datum_avslut": _date("end of the pathway; empty = open"),
                "kva_avslut": _text("KVÅ code that ended the pathway"),
                "utokad_utredning": _flag("after extended investigation"),
                "avvikelse": _text("PvV, MoV, VoV or empty"),
                "lan": _text("county code of residence"),
                **_PERSON,
                "utredning": _text("ordinarie or utokad", derived=True),
                "avslut": _text("which ending, from the KVÅ suffix", derived=True),
                "ledtid_dagar": _number("calendar days, suspicion to end", True),
                "max_dagar": _number("maximum in force on the day it ended", True),
                "ar_matbart_avslut": _flag("its ending belongs to the measure", True),
                "ingar_i_ledtid": _flag("such an ending with a known maximum", True),
                "inom_max": _flag("ledtid_dagar <= max_dagar", True),
                "ar_oppen": _flag("not ended yet", True),
                "ar_startad_behandling": _flag("ended by start of treatment", True),
            },
            {
                "svf": "svf",
                "ending": "avslut",
                "investigation": "utredning",
                "sex": "kon",
                "age_group": "aldersgrupp",
            },
            dated_by="datum",
        ),
        Dataset(
            "svf_inklusion",
            {
                "svf": _text("pathway; empty = all pathways"),
                "antal_svf_behandling": _number("pathways that led to treatment"),
                "beraknat_antal_cancerfall": _number("expected number of cases"),
            },
            {"svf": "svf"},
            is_counted=True,
            own_totals=("svf",),
        ),
        Dataset(
            "kontakter",
            {
                "vardform": _text("oppen, sluten or hemsjukvard"),
                "antal_lakemedel": _number("number of medicines"),
                "kva_kod": Column(ColumnType.WORDS, "KVÅ codes of the contact"),
                "lakemedelsberattelse": _flag("medicine report given"),
                "lakemedelslista": _flag("printed medicine list given"),
                **_PERSON,
            },
            {"care_form": "vardform", "sex": "kon", "age_group": "aldersgrupp"},
            dated_by="datum",
        ),
        Dataset(
            "prem",
            {
                "enkat": _text("survey: svf, primarvard, oppen, sluten or akut"),
                "dimension": _text("one of the seven NPE dimensions"),
                "svf": _text("pathway; empty = all"),
                "antal_svar": _number("answers"),
                "poang": _number("score 0-100"),
                "poang_summa": _number("poang x antal_svar", derived=True),
            },
            {"svf": "svf", "dimension": "dimension"},
            is_counted=True,
            own_totals=("svf",),
            subject=("enkat", "dimension"),
        ),
        Dataset(
            "bhk",
            {
                "yrkeskategori": _text("profession"),
                "alla_ratt": _flag("all applicable items correct", derived=True),
                "hygien_ratt": _flag("applicable h1-h4 correct", derived=True),
                "kladsel_ratt": _flag("k1-k4 correct", derived=True),
            },
            {"profession": "yrkeskategori"},
            dated_by="datum",
        ),
        Dataset(
            "bhk_moment",
            {
                "moment": _text("h1-h4, k1-k4"),
                "ratt": _flag("the item was correct"),
                "yrkeskategori": _text("profession"),
            },
            {"item": "moment", "profession": "yrkeskategori"},
            dated_by="datum",
        ),
        Dataset(
            "ppm",
            {
                "matning": _text("what was measured"),
                "antal_observerade": _number("observed"),
                "antal_uppfyller": _number("of them, meet the criterion"),
            },
            is_counted=True,
            dated_by="datum",
            subject=("matning",),
        ),
        Dataset(
            "matningar",
            {
                "slag": _text("category; empty = all"),
                "taljare": _number("numerator"),
                "namnare": _number("denominator"),
                "varde": _number("value, where there are no counts"),
            },
            {"category": "slag"},
            is_counted=True,
            own_totals=("category",),
            subject=("indikator",),
        ),
        Dataset("kolada", {"value": _number("yearly value of a region")}),
    )
}

DIMENSIONS = tuple(
    dict.fromkeys(name for dataset in DATASETS.values() for name in dataset.dimensions)
)
