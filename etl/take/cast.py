"""Text of a cell -> typed value, as SQL; NULL where the text cannot be read so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from etl.files.raw import SPACES
from etl.sources.layout import KVA_CODE, Field, FieldType
from etl.sources.units import HSA_ID
from etl.take.everyday import (
    code_of,
    codes_by_name,
    day_of,
    months_of_everyday,
    names_in,
    yes_or_no,
)

# Between thousands: a space, a no-break space or a narrow no-break space.
_GAP = " \u00a0\u202f"
_NUMBER = f"[-+]?([0-9]+|[0-9]{{1,3}}([{_GAP}][0-9]{{3}})+)([.,][0-9]+)?"
_INTEGER = f"[-+]?([0-9]{{1,15}}|[0-9]{{1,3}}([{_GAP}][0-9]{{3}})+)([.,]0+)?"


NO_WORDS = (
    *("NULL", "(NULL)", "<NULL>", "NA", "<NA>", "N/A", "NAN", "NONE", "NIL"),
    *("N.A.", "N.A", ".", "..", "...", "?", "--", "–", "—", "(BLANK)", "(TOM)"),
    "SAKNAS",
)
"""How other programs and people write in words that there is no value. None of them is
an agreed sign of it, so that no value is worked out from one: a row that needs one is
rejected, and a free text that counts for nothing is left out."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a file is judged against.

    Attributes:
        pathways: The known slugs of `svf`, and the names of each.
        as_of: Later days are in the future.
        is_day_first: Whether `3/4/2024` is the third of April in the file, or the
            fourth of March; None where it does not settle that.
        mapping: What the file is read by; empty for none.
        shared_names: What several units are called, as it is compared -> their ids;
            only where a file may have names of units.
        period_months: How many months a period has, where the mapping says so; None
            where any will do.
    """

    pathways: Mapping[str, tuple[str, ...]]
    as_of: date
    is_day_first: bool | None = None
    mapping: str = ""
    shared_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    period_months: int | None = None


def codes_of(field: Field, setting: Setting) -> tuple[str, ...]:
    """Return the codes a field may hold; `@svf` stands for the known pathways."""
    codes: list[str] = []
    for code in field.codes:
        codes += [*setting.pathways] if code == "@svf" else [code]
    return tuple(codes)


def value_of(field: Field, setting: Setting) -> str | None:
    """Return SQL of a field's value from `text_<name>`; None for a period."""
    text = f"text_{field.name}"
    match field.type:
        case FieldType.TEXT:
            listed = ", ".join(f"'{word}'" for word in NO_WORDS)
            # An IN of this length becomes a join per column.
            return (
                f"CASE WHEN NOT list_contains([{listed}], upper({text})) "
                f"THEN {text} END"
            )
        case FieldType.WORDS:
            words = (
                f"upper(trim(regexp_replace({text}, '[{SPACES},;|/+&]+', ' ', 'g')))"
            )
            listed = f"'{KVA_CODE}( {KVA_CODE})*'"
            return f"CASE WHEN regexp_full_match({words}, {listed}) THEN {words} END"
        case FieldType.UNIT:
            return (
                f"CASE WHEN regexp_full_match({text}, '{HSA_ID}', 'i') "
                f"THEN upper({text}) END"
            )
        case FieldType.CODE:
            codes = codes_of(field, setting)
            whens = " ".join(f"WHEN '{code.lower()}' THEN '{code}'" for code in codes)
            return f"CASE lower({text}) {whens} ELSE {_named(field, setting)} END"
        case FieldType.DATE:
            return day_in(text, setting.is_day_first)
        case FieldType.INTEGER:
            return _number(text, _INTEGER, "BIGINT")
        case FieldType.NUMBER:
            return _number(text, _NUMBER, "DOUBLE")
        case FieldType.YES_NO | FieldType.ITEM:
            return yes_or_no(text)
    return None


def day_in(text: str, is_day_first: bool | None) -> str:
    """Return SQL of the day that a text names; NULL for none.

    Args:
        text: SQL of the text.
        is_day_first: As in `Setting`.
    """
    return f"coalesce({_date(text)}, {day_of(text, is_day_first)})"


def _named(field: Field, setting: Setting) -> str:
    """Return SQL of the code that a cell calls by one of its names."""
    return code_of(f"text_{field.name}", names_of(field, setting))


def names_of(field: Field, setting: Setting) -> dict[str, str]:
    """Return what the codes of a field are called -> the code."""
    names = {code: list(field.names.get(code, ())) for code in codes_of(field, setting)}
    if "@svf" in field.codes:
        for slug, called in setting.pathways.items():
            names[slug] += [way for name in called for way in names_in(name)]
    return codes_by_name(names)


_SECONDS = r"[0-5][0-9]([.,][0-9]+)?"
_CLOCK = r"[T ]([01][0-9]|2[0-3])"
_CLOCK += f"(:[0-5][0-9](:{_SECONDS})?|[0-5][0-9]({_SECONDS})?)?"
_CLOCK += r"(Z|[-+][0-9]{2}(:?[0-9]{2})?)?"


def _date(text: str) -> str:
    dashed = f"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_CLOCK}"
    compact = f"[0-9]{{8}}({_CLOCK})?"
    whole = f"TRY_CAST({text} AS DATE)"
    first = f"TRY_CAST(left({text}, 10) AS DATE)"
    joined = (
        "TRY_CAST(concat_ws('-', "
        f"left({text}, 4), substr({text}, 5, 2), substr({text}, 7, 2)) AS DATE)"
    )
    # A date that is written back the same way needs no pattern to be trusted.
    day = (
        f"CASE WHEN strlen({text}) = 10 AND CAST({whole} AS VARCHAR) = {text} "
        f"THEN {whole} WHEN regexp_full_match({text}, '{dashed}') "
        f"THEN {_in_sweden(first, text)} "
        f"WHEN regexp_full_match({text}, '{compact}') "
        f"THEN {_in_sweden(joined, text)} END"
    )
    return f"CASE WHEN {text} >= '0001' THEN {day} END"


def _in_sweden(day: str, text: str) -> str:
    """Return SQL of the day in Sweden at a time that says how far from UTC it is.

    A time that does not say so is Swedish, and is cut off.
    """
    zone = f"regexp_extract({text}, '[T ].*?(Z|[-+][0-9]{{2}}(:?[0-9]{{2}})?)$', 1)"
    hours = f"CAST(regexp_extract({text}, '[T ]([0-9]{{2}})', 1) AS INTEGER)"
    minutes = (
        f"CAST('0' || regexp_extract({text}, '[T ][0-9]{{2}}:?([0-5][0-9])', 1)"
        " AS INTEGER)"
    )
    ahead = (
        f"CASE WHEN {zone} = 'Z' THEN 0 ELSE CAST(left({zone}, 1) || '1' AS INTEGER) "
        f"* (60 * CAST(substr({zone}, 2, 2) AS INTEGER) + CAST('0' || "
        f"regexp_extract({zone}, '^...:?([0-9]{{2}})$', 1) AS INTEGER)) END"
    )
    utc = f"CAST({day} AS TIMESTAMP) + to_minutes(60 * {hours} + {minutes} - ({ahead}))"
    local = f"timezone('Europe/Stockholm', timezone('UTC', {utc}))"
    return f"CASE WHEN {zone} = '' THEN {day} ELSE CAST({local} AS DATE) END"


def _number(text: str, pattern: str, type_: str) -> str:
    whole = f"TRY_CAST({text} AS BIGINT)"
    plain = f"replace(regexp_replace({text}, '[{_GAP}]', '', 'g'), ',', '.')"
    number = f"TRY_CAST({plain} AS DOUBLE)"
    return (
        f"CASE WHEN CAST({whole} AS VARCHAR) = {text} THEN CAST({whole} AS {type_}) "
        f"WHEN regexp_full_match({text}, '{pattern}') AND abs({number}) < 1e15 "
        f"THEN TRY_CAST({number} AS {type_}) END"
    )


def months_of(text: str) -> list[str]:
    """Return SQL of a period's first and last month, as kpi.period counts them."""
    year = f"CAST(left({text}, 4) AS INTEGER)"
    agreed = {
        "[12][0-9]{3}[QqKk][1-4]": (3, f"CAST(right({text}, 1) AS INTEGER)"),
        "[12][0-9]{3}[Tt][1-3]": (4, f"CAST(right({text}, 1) AS INTEGER)"),
        "[12][0-9]{3}[Hh][12]": (6, f"CAST(right({text}, 1) AS INTEGER)"),
        "[12][0-9]{3}-(0[1-9]|1[0-2])": (1, f"CAST(right({text}, 2) AS INTEGER)"),
        "[12][0-9]{3}": (12, "1"),
    }
    forms = [
        (f"regexp_full_match({text}, '{form}')", months, year, number)
        for form, (months, number) in agreed.items()
    ]
    forms += months_of_everyday(text)
    first = " ".join(
        f"WHEN {holds} THEN {year} * 12 + ({number} - 1) * {months}"
        for holds, months, year, number in forms
    )
    last = " ".join(
        f"WHEN {holds} THEN {year} * 12 + {number} * {months} - 1"
        for holds, months, year, number in forms
    )
    return [f"CASE {first} END AS first_month", f"CASE {last} END AS last_month"]


COUNTED_MONTH = "date_part('year', counts_on) * 12 + date_part('month', counts_on) - 1"
"""SQL of the month that a dated row counts in; `kpi.period.month_number`."""


def written_period() -> str:
    """Return SQL of the written form of `first_month` and `last_month`."""
    year = "CAST(last_month // 12 AS VARCHAR)"
    return (
        "CASE last_month - first_month + 1 "
        f"WHEN 1 THEN {year} || '-' || "
        "lpad(CAST(last_month % 12 + 1 AS VARCHAR), 2, '0') "
        f"WHEN 3 THEN {year} || 'Q' || CAST(last_month % 12 // 3 + 1 AS VARCHAR) "
        f"WHEN 4 THEN {year} || 'T' || CAST(last_month % 12 // 4 + 1 AS VARCHAR) "
        f"WHEN 6 THEN {year} || 'H' || CAST(last_month % 12 // 6 + 1 AS VARCHAR) "
        f"ELSE {year} END"
    )
