"""The words of the warehouse: what `etl` may write and `app` has words for.

Each is kept as its value. `tests/test_vocabulary.py` holds both sides against them.
"""

from enum import StrEnum

SHIPPED = "reference"
"""The producer of what ships with the program; no region's own files have it."""

DECIDED = "region.yaml"
"""The producer of what a region has decided, which goes before all files."""


class DatasetName(StrEnum):
    """A kind of source rows; the name of its layout and of its table of facts."""

    UNITS = "enheter"
    LEAD_TIMES = "ledtider"
    CASES = "svf_fall"
    INCLUSION = "svf_inklusion"
    CONTACTS = "kontakter"
    PREM = "prem"
    BHK = "bhk"
    BHK_ITEMS = "bhk_moment"
    PPM = "ppm"
    REPORTED = "matningar"
    KOLADA = "kolada"


class Rejection(StrEnum):
    """Why a row of a source file is no fact."""

    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_FEW_COLUMNS = "too_few_columns"
    MISSING_VALUE = "missing_value"
    CELL_ERROR = "cell_error"
    UNSAVED_FORMULA = "unsaved_formula"
    UNKNOWN_CODE = "unknown_code"
    NOT_A_DATE = "not_a_date"
    NOT_A_PERIOD = "not_a_period"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_UNIT_ID = "not_a_unit_id"
    NOT_A_KOLADA_ID = "not_a_kolada_id"
    NOT_A_REGION = "not_a_region"
    OUT_OF_RANGE = "out_of_range"
    FUTURE_DATE = "future_date"
    UNKNOWN_UNIT = "unknown_unit"
    UNIT_NOT_IN_FORCE = "unit_not_in_force"
    UNKNOWN_INDICATOR = "unknown_indicator"
    NUMERATOR_OVER_DENOMINATOR = "numerator_over_denominator"
    CONTRADICTION = "contradiction"
    NEGATIVE_LEAD_TIME = "negative_lead_time"
    PERIOD_BACKWARDS = "period_backwards"
    OWN_PARENT = "own_parent"
    DUPLICATE = "duplicate"
    OVERLAPPING_PERIOD = "overlapping_period"
    CANNOT_BE_ADDED = "cannot_be_added"
    DECLARED_ERROR = "declared_error"


class Finding(StrEnum):
    """What a check has seen that a reader should know of."""

    COVERAGE_GAP = "coverage_gap"
    NO_KNOWN_MAXIMUM = "no_known_maximum"
    REVIEW_OVERDUE = "review_overdue"
    NO_DATA = "no_data"
    REPORTED_AT_TWO_LEVELS = "reported_at_two_levels"
    SHEET_NOT_READ = "sheet_not_read"
    NO_TOTAL = "no_total"
    FILE_IGNORED = "file_ignored"
    FILE_TWICE = "file_twice"
    COUNTED_TWICE = "counted_twice"
    NO_ROWS = "no_rows"
    ENDS_EARLY = "ends_early"
    ROWS_LEFT_OUT = "rows_left_out"
    NO_LAST_LINE_END = "no_last_line_end"
    FRACTIONAL_COUNT = "fractional_count"
    TOTAL_OF_UNITS = "total_of_units"


OF_A_FILE = frozenset(
    {
        Finding.SHEET_NOT_READ,
        Finding.NO_TOTAL,
        Finding.FILE_IGNORED,
        Finding.FILE_TWICE,
        Finding.COUNTED_TWICE,
        Finding.NO_ROWS,
        Finding.ENDS_EARLY,
        Finding.ROWS_LEFT_OUT,
        Finding.NO_LAST_LINE_END,
        Finding.FRACTIONAL_COUNT,
        Finding.TOTAL_OF_UNITS,
    }
)
"""Findings about one file, each told in words of its own."""


class Loss(StrEnum):
    """What a build has less of than the one before it, or has otherwise."""

    REGISTER_REJECTED = "register_rejected"
    FILE_REJECTED = "file_rejected"
    PRODUCER_GONE = "producer_gone"
    FILE_GONE = "file_gone"
    MORE_REPLACED = "more_replaced"
    UNIT_SILENT = "unit_silent"
    FACTS_LOST = "facts_lost"
    VALUES_LOST = "values_lost"
    VALUES_MOVED = "values_moved"


class Remark(StrEnum):
    """What is not in an outcome, or is in it under another name than its own."""

    NO_MAXIMUM = "no_maximum"
    EXCEPTED = "excepted"
    NO_ANSWER = "no_answer"
    REJECTED_ROWS = "rejected_rows"
    PREDECESSOR_ROWS = "predecessor_rows"
    UNITS_MISSING = "units_missing"


class Area(StrEnum):
    """A field of the plans."""

    CANCER = "cancer"
    MEDICINES = "medicines"
    PATIENT_SAFETY = "patient_safety"


class Level(StrEnum):
    """Who sets a target."""

    NATIONAL = "national"
    LOCAL = "local"


NATION = "0000"
"""Riket's id in Kolada."""

# 00 and the county code; 02, 11, 15 and 16 are no more.
REGION_NAMES = {
    "0001": "Region Stockholm",
    "0003": "Region Uppsala",
    "0004": "Region Sörmland",
    "0005": "Region Östergötland",
    "0006": "Region Jönköpings län",
    "0007": "Region Kronoberg",
    "0008": "Region Kalmar län",
    "0009": "Region Gotland",
    "0010": "Region Blekinge",
    "0012": "Region Skåne",
    "0013": "Region Halland",
    "0014": "Västra Götalandsregionen",
    "0017": "Region Värmland",
    "0018": "Region Örebro län",
    "0019": "Region Västmanland",
    "0020": "Region Dalarna",
    "0021": "Region Gävleborg",
    "0022": "Region Västernorrland",
    "0023": "Region Jämtland Härjedalen",
    "0024": "Region Västerbotten",
    "0025": "Region Norrbotten",
}
KOLADA_REGIONS = (NATION, *REGION_NAMES)
"""Ids of Riket and the 21 regions in Kolada; every other id is of a municipality."""
