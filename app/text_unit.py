"""The words of a unit's page."""

from app import text

INDICATORS = "Enhetens indikatorer"
ABOUT = "Om enheten"
KIND = "Typ"
PART_OF = "Hör till"
UNITS_BELOW = "Underliggande enheter"
FORMERLY = "Tidigare namn och plats"
REPLACES = "Ersätter"
LATEST = "Senaste utfall"
RHYTHM = "Eftersläpande"
COVERAGE = "Täckning och leveranser"
NO_INDICATORS = "Inga indikatorer gäller den här enheten."
NO_INDICATORS_HELP = "Måtten följs upp på en annan nivå. Se i stället:"
OVERVIEW_LINK = "Som tabell i översikten"
HIDDEN = "Utan värde"


def lead(kind: str, quarter: str) -> str:
    """Return the line under the unit's name."""
    return f"{text.capital(kind)}, {quarter}"


def ended(day: str) -> str:
    """Say that the unit has ended."""
    return f"Enheten upphörde {day}."


def follows(name: str) -> str:
    """Say which unit took over."""
    return f"Historiken följer med till {name}."


def place(rank: int, units: int, kinds: str) -> str:
    """Return a place among units: `3 av 11 vårdcentraler`."""
    return f"Plats {rank} av {units} {kinds}"


def overlapping(number: int) -> str:
    """Say how uncertain the place is."""
    if number == 0:
        return "inget annat intervall överlappar"
    others = "annan" if number == 1 else "andra"
    return f"intervallet överlappar {number} {others}"


def latest(period: str) -> str:
    """Say what the latest outcome is of."""
    return f"Senaste utfall: {period}"


def without_value(number: int) -> str:
    """Say how many indicators have no value."""
    return f"{number} indikatorer utan värde"


def formerly(name: str, parent: str, until: str) -> str:
    """Say what the unit was called and belonged to until a day."""
    return f"{name}, under {parent}, t.o.m. {until}"
