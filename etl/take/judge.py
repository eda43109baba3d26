"""Raw rows -> typed rows, each with its faults: SQL made from a layout.

The SQL is built in four nested steps, each a SELECT over the one inside it:

    raw     the text as it stands in the file
    cleaned text_<name>: trimmed, NULL where the text means "no value"
    typed   <name>: the value, NULL where there is none or it cannot be read
    judged  fault: number of the first fault, NULL for a row that becomes a fact
"""

import re
from collections.abc import Mapping
from datetime import date

from etl.files.raw import SPACES
from etl.folding import folded_in_sql
from etl.quoting import sql_text
from etl.sources.layout import NOT_APPLICABLE, Fault, Field, FieldType, Layout
from etl.take.cast import COUNTED_MONTH, Setting, codes_of, months_of, value_of
from etl.take.everyday import MONTH_OR_QUARTER, may_be_either
from kpi.vocabulary import Rejection

NO_VALUE = ("", "-", "UNK", "INV", "MSK")
MASKED = "MSK"

OLDEST = "DATE '1990-01-01'"
"""No file goes further back; an older day is a slip, and would stretch every series."""

_EXPECTED = {
    FieldType.TEXT: (
        Rejection.MISSING_VALUE,
        "a value; this is how other programs write that there is none",
    ),
    FieldType.WORDS: (
        Rejection.UNKNOWN_CODE,
        "KVÅ codes such as XV015, separated by a space, or an empty cell",
    ),
    FieldType.DATE: (
        Rejection.NOT_A_DATE,
        "a date such as 2026-03-31, 20260331 or 31.3.2026",
    ),
    FieldType.PERIOD: (
        Rejection.NOT_A_PERIOD,
        "a period such as 2026Q1, kv 1 2026, 2026-03, mars 2026, 2026T1, 2026H1 or "
        "2026",
    ),
    FieldType.INTEGER: (Rejection.NOT_A_NUMBER, "a whole number"),
    FieldType.NUMBER: (Rejection.NOT_A_NUMBER, "a number such as 83,4"),
    FieldType.YES_NO: (Rejection.UNKNOWN_CODE, "J or N, or Ja or Nej"),
    FieldType.ITEM: (Rejection.UNKNOWN_CODE, "1, 0 or NA, or Ja or Nej"),
    FieldType.UNIT: (Rejection.NOT_A_UNIT_ID, "an HSA-id such as SE2321000081-DEMO001"),
}


_DAYS_COUNTED = (
    "it may be the number that a spreadsheet has for a day; show the column as dates "
    "before it is exported"
)
_UNSETTLED = "no date in the file settles which is the day and which the month"

# What Excel shows in a cell that it cannot work out, in English or Swedish: `#N/A`,
# `#DIV/0!`, `#SAKNAS!`, `#####` where a column is too narrow; LibreOffice `Err:502`.
_ERROR = "#([A-ZÅÄÖ0-9/_]+[!?]|N/A|GETTING_DATA|#+)|(ERR|FEL):[0-9]{3}"


def faults_of(layout: Layout, setting: Setting) -> list[Fault]:
    """Return every fault a row of the layout can have, in the order they are named."""
    faults = [
        Fault(
            Rejection.TOO_MANY_COLUMNS,
            "",
            "too_long",
            "as many cells as the header has",
        ),
        Fault(
            Rejection.TOO_FEW_COLUMNS,
            "",
            "too_short",
            "as many cells as the header has",
        ),
    ]
    for field in layout.fields:
        faults += _faults_of_field(field, setting)
        if field.type is FieldType.PERIOD and setting.period_months:
            # What is told of a year alone is in none of its months.
            is_other = f"last_month - first_month + 1 <> {setting.period_months}"
            expected = f"a day, or a period of {setting.period_months} months"
            faults.append(Fault(Rejection.NOT_A_PERIOD, field.name, is_other, expected))
    faults += layout.faults
    if layout.is_of_unit:
        faults += _unit_faults()
    return faults


def _faults_of_field(field: Field, setting: Setting) -> list[Fault]:
    name, cleaned = field.name, f"text_{field.name}"
    faults = [
        Fault(
            Rejection.CELL_ERROR,
            name,
            _has_error(name),
            "a value; the cell holds an error",
        ),
        Fault(
            Rejection.UNSAVED_FORMULA,
            name,
            _has_unsaved_formula(name),
            "a value; the cell holds a formula without a saved value; open the file in "
            "Excel and save it",
        ),
    ]
    if field.needs_value:
        masked = " AND NOT is_masked" if field.may_be_masked else ""
        empty = f"{cleaned} IS NULL AND NOT {_is_unread(name)}{masked}"
        faults.append(Fault(Rejection.MISSING_VALUE, name, empty, "a value"))
    if field.type is FieldType.CODE:
        expected = ", ".join(codes_of(field, setting))
        unread = (Rejection.UNKNOWN_CODE, f"one of {expected}")
        if "@svf" in field.codes:
            unread = (
                Rejection.UNKNOWN_CODE,
                "a pathway of data/reference/svf.csv, by its slug or its name",
            )
    elif field.type is FieldType.TEXT and not field.needs_value:
        return faults
    else:
        unread = _EXPECTED[field.type]
    when = f"{cleaned} IS NOT NULL AND {name} IS NULL"
    known = ""
    if field.type is FieldType.UNIT and setting.mapping:
        unread = (
            Rejection.NOT_A_UNIT_ID,
            "an HSA-id, or what one unit alone is called in the register; name the "
            f"unit under `units` in {setting.mapping}",
        )
        known = _units_called(cleaned, setting.shared_names)
    if field.type is FieldType.ITEM:
        when += f" AND upper({cleaned}) NOT IN {NOT_APPLICABLE}"
    if field.type is FieldType.DATE:
        known = (
            f"CASE WHEN {may_be_either(cleaned)} THEN '{_UNSETTLED}' "
            f"WHEN regexp_full_match({cleaned}, '[345][0-9]{{4}}') "
            f"THEN '{_DAYS_COUNTED}' END"
        )
    if field.type is FieldType.PERIOD:
        when = f"{cleaned} IS NOT NULL AND first_month IS NULL"
        known = (
            f"CASE WHEN regexp_full_match({cleaned}, '{MONTH_OR_QUARTER}') THEN "
            "'it may be a month or a quarter; write 2026-03 or 2026Q3' "
            f"WHEN {may_be_either(cleaned)} THEN '{_UNSETTLED}' END"
        )
    faults.append(Fault(unread[0], name, when, unread[1], known))
    faults += _bound_faults(field)
    return faults


def _units_called(text: str, shared_names: Mapping[str, tuple[str, ...]]) -> str:
    """Return SQL of which units are called so, where several are."""
    if not shared_names:
        return "NULL"
    whens = " ".join(
        f"WHEN {sql_text(name)} THEN {sql_text(', '.join(units) + ' are called so')}"
        for name, units in shared_names.items()
    )
    return f"CASE {folded_in_sql(text)} {whens} END"


def _has_error(name: str) -> str:
    """Return SQL that holds where Excel shows an error in the place of a value."""
    shown = f"upper(trim(raw_{name}, '{SPACES}'))"
    sign = f"(contains(raw_{name}, '#') OR contains(raw_{name}, ':'))"
    return f"{sign} AND regexp_full_match({shown}, '{_ERROR}')"


def _has_unsaved_formula(name: str) -> str:
    """Return SQL that holds where the file has a formula, and no value of it."""
    return f"contains(unsaved, ',{name},') AND starts_with(raw_{name}, '=')"


def _is_unread(name: str) -> str:
    """Return SQL that holds where nobody can say which value a cell has, or if any."""
    either = f"({_has_error(name)}) OR ({_has_unsaved_formula(name)})"
    return f"coalesce({either}, false)"


def _bound_faults(field: Field) -> list[Fault]:
    name = field.name
    faults = []
    if field.lowest is not None:
        expected = f"{field.lowest:g} or more"
        faults.append(
            Fault(Rejection.OUT_OF_RANGE, name, f"{name} < {field.lowest}", expected)
        )
    if field.highest is not None:
        expected = f"{field.highest:g} or less"
        faults.append(
            Fault(Rejection.OUT_OF_RANGE, name, f"{name} > {field.highest}", expected)
        )
    if field.type is FieldType.DATE and not field.may_be_future:
        faults.append(
            Fault(Rejection.FUTURE_DATE, name, f"{name} > as_of", "a day that has been")
        )
        faults.append(
            Fault(
                Rejection.OUT_OF_RANGE, name, f"{name} < {OLDEST}", "a day since 1990"
            )
        )
    if field.type is FieldType.PERIOD:
        faults.append(
            Fault(
                Rejection.OUT_OF_RANGE,
                name,
                f"make_date(first_month // 12, 1, 1) < {OLDEST}",
                "a period since 1990",
            )
        )
        faults.append(
            Fault(
                Rejection.FUTURE_DATE,
                name,
                "make_date(first_month // 12, first_month % 12 + 1, 1) > as_of",
                "a period that has begun",
            )
        )
    return faults


_KNOWN_OF_UNIT = """CASE
    WHEN counts_on < known_from THEN 'it begins ' || known_from
    WHEN counts_on <= known_to THEN 'it, or a unit above it, is not there on that day'
    WHEN known_successor IS NULL THEN 'it ended ' || known_to
        || '; name the unit that took over in ersatt_av, or mend the id'
    ELSE 'it ended ' || known_to || '; ' || known_successor
        || ', which took over, has no place in the tree on that day either'
END"""


def _unit_faults() -> list[Fault]:
    return [
        Fault(
            Rejection.UNKNOWN_UNIT,
            "enhet_id",
            "enhet_id IS NOT NULL AND known_unit IS NULL",
            "a unit in enheter/enheter*.csv; add it there",
        ),
        Fault(
            Rejection.UNIT_NOT_IN_FORCE,
            "enhet_id",
            "known_unit IS NOT NULL AND counts_on IS NOT NULL AND path_unit IS NULL",
            "a unit that exists, with every unit above it, at that time",
            _KNOWN_OF_UNIT,
        ),
    ]


def judged(
    layout: Layout, raw: str, setting: Setting, faults: list[Fault], day: str
) -> str:
    """Return SQL of the typed rows of a file with the number of their first fault.

    Args:
        layout: Of the file.
        raw: SQL of the raw rows, as `etl.files.read` gives them.
        setting: What the rows are judged against.
        faults: What can be wrong with a row, counted from 0.
        day: SQL of the fact's day in the unit tree, over the typed columns; ignored
            for reported periods, which count where the unit stood last.
    """
    wrong = ", ".join(f"coalesce({fault.when}, false)" for fault in faults)
    unit_joins = ""
    if layout.is_of_unit:
        unit_joins = (
            "LEFT JOIN register_unit ON known_unit = enhet_id "
            "LEFT JOIN register_span ON path_unit = counted_unit "
            "AND counts_on BETWEEN path_from AND path_to"
        )
    return (
        "SELECT *, nullif(list_position(is_wrong, true), 0) - 1 AS fault "
        f"FROM (SELECT *, [{wrong}] AS is_wrong "
        f"FROM ({_placed(layout, raw, setting, day)}) {unit_joins} {layout.joins})"
    )


def place_of(layout: Layout, day: str) -> str:
    """Return SQL of where a rejected row would have counted, as far as can be read.

    Columns `own_unit`, `own_first_month` and `own_last_month`; NULL for a unit that is
    not in the register, and for a time that cannot be read or cannot be right.
    """
    if not layout.is_of_unit:
        return "NULL AS own_unit, NULL AS own_first_month, NULL AS own_last_month"
    unit = "CASE WHEN known_unit IS NOT NULL THEN counted_unit END AS own_unit"
    if layout.is_by_period:
        known = f"first_day BETWEEN {OLDEST} AND as_of"
        months = ("first_month", "last_month")
    else:
        months = (COUNTED_MONTH, COUNTED_MONTH)
        unread = [
            f"(text_{field.name} IS NULL OR {field.name} IS NOT NULL)"
            for field in layout.fields
            if field.type is FieldType.DATE and field.name in re.findall(r"\w+", day)
        ]
        known = " AND ".join((*unread, f"counts_on BETWEEN {OLDEST} AND as_of"))
    first, last = (f"CASE WHEN {known} THEN {month} END" for month in months)
    return f"{unit}, {first} AS own_first_month, {last} AS own_last_month"


def has_thousandths(layout: Layout) -> str:
    """Return SQL that holds for a count written with exactly three decimals.

    It was read as the decimals it has; English writes 1,234 and German 1.234 for more
    than a thousand.
    """
    written = [
        f"regexp_full_match(trim(raw_{field.name}, '{SPACES}'), "
        "'[-+]?[0-9]{1,3}[.,][0-9]{3}')"
        for field in layout.fields
        if field.is_count
    ]
    return f"coalesce({' OR '.join(written)}, false)" if written else "false"


def no_longer_future(layout: Layout, faults: list[Fault]) -> str:
    """Return SQL of the day from which a row rejected as future is so no more."""
    days = [
        field.name
        for field in layout.fields
        if field.type is FieldType.DATE and not field.may_be_future
    ]
    if layout.is_by_period:
        days.append("make_date(first_month // 12, first_month % 12 + 1, 1)")
    numbers = [
        str(n)
        for n, fault in enumerate(faults)
        if fault.reason is Rejection.FUTURE_DATE
    ]
    if not days or not numbers:
        return "NULL::DATE"
    listed = ", ".join(numbers)
    return f"CASE WHEN fault IN ({listed}) THEN greatest({', '.join(days)}) END"


def _placed(layout: Layout, raw: str, setting: Setting, day: str) -> str:
    """Return SQL of typed rows with their day, and the unit whose facts they are."""
    typed = _typed(layout, raw, setting)
    if not layout.is_of_unit:
        return typed
    if not layout.is_by_period:
        return (
            "SELECT placed.*, coalesce(heir_unit, enhet_id) AS counted_unit "
            f"FROM ({layout.placed(typed, day)}) AS placed "
            "LEFT JOIN register_heir ON heir_of = enhet_id "
            "AND counts_on BETWEEN heir_from AND heir_to"
        )
    return _PLACED_BY_PERIOD.format(typed=typed)


# A unit that closed within the period still counts where it stood last. One that was
# not there at all is stood for by the first of its successors that was.
_PLACED_BY_PERIOD = """
SELECT named.*, CASE WHEN ended < first_day THEN first_day
    ELSE least(final_day, coalesce(ended, DATE '9999-12-31')) END AS counts_on
FROM (
    SELECT dated.*, coalesce(
        CASE WHEN NOT EXISTS (SELECT 1 FROM register_span WHERE path_unit = enhet_id
                AND path_from <= final_day AND path_to >= first_day)
            THEN (SELECT arg_min(heir_unit, heir_from) FROM register_heir
                WHERE heir_of = enhet_id
                AND heir_from <= final_day AND heir_to >= first_day) END,
        enhet_id) AS counted_unit
    FROM (
        SELECT typed.*, make_date(first_month // 12, first_month % 12 + 1, 1)
            AS first_day, last_day(make_date(last_month // 12, last_month % 12 + 1, 1))
            AS final_day FROM ({typed}) AS typed
    ) AS dated
) AS named
LEFT JOIN register_end ON ended_unit = counted_unit
"""


def _typed(layout: Layout, raw: str, setting: Setting) -> str:
    columns = [
        f"{value} AS {field.name}"
        for field in layout.fields
        if (value := value_of(field, setting)) is not None
    ]
    for field in layout.fields:
        if field.type is FieldType.PERIOD:
            columns += months_of(f"text_{field.name}")
    cleaned = _cleaned(layout, raw, setting.as_of)
    return f"SELECT *, {', '.join(columns)} FROM ({cleaned})"


def _cleaned(layout: Layout, raw: str, as_of: date) -> str:
    columns = []
    masked = ["false"]
    for field in layout.fields:
        raw_text = f"raw_{field.name}"
        trimmed = f"trim({raw_text}, '{SPACES}')"
        # Trimming is dear, and most cells neither begin nor end with a space.
        columns.append(
            f"CASE WHEN {_is_unread(field.name)} THEN NULL "
            f"WHEN {begins_and_ends_seen(raw_text)} "
            f"THEN {_unless_token(raw_text)} "
            f"WHEN {raw_text} <> '' THEN {_unless_token(trimmed)} END"
            f" AS text_{field.name}"
        )
        if field.may_be_masked:
            masked.append(f"upper({trimmed}) = '{MASKED}'")
    flags = " OR ".join(f"coalesce({condition}, false)" for condition in masked)
    return (
        f"SELECT *, {', '.join(columns)}, {flags} AS is_masked, "
        f"DATE '{as_of}' AS as_of FROM ({raw})"
    )


def begins_and_ends_seen(text: str) -> str:
    """Return SQL that holds where trimming changes nothing, told by two signs."""
    return (
        f"unicode({text}) BETWEEN {ord('!')} AND {ord('~')} "
        f"AND unicode(right({text}, 1)) BETWEEN {ord('!')} AND {ord('~')}"
    )


def _unless_token(text: str) -> str:
    """Return SQL of a text, or NULL where it stands for no value."""
    # One comparison after the other: an IN of this length becomes a join per column.
    tokens = " ".join(f"WHEN upper({text}) = '{token}' THEN NULL" for token in NO_VALUE)
    longest = max(map(len, NO_VALUE))
    return f"CASE WHEN strlen({text}) > {longest} THEN {text} {tokens} ELSE {text} END"
