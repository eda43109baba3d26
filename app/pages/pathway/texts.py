"""The words of the cancer pathways: step by step, and case by case."""

from collections.abc import Mapping, Sequence

from app.queries.pathway import Step
from app.queries.pathway_cases import Group
from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext

LEAD = _l(
    "Var i vårdförloppet dagarna går, hur länge patienterna väntar, och vilka öppna "
    "fall som snart passerar sin maximala ledtid."
)
EVERY_PATHWAY = _l("Alla vårdförlopp")
PATHWAY = _l("Vårdförlopp")
WAITED_FOR = _l("Väntan")
EVERY_WAIT = _l("Alla fall (nationellt mått)")
WITHOUT = _l("Utan PvV och MoV (lokal vy)")
DAYS_AHEAD = _l("Framåt")
LOCAL_VIEW = _l("Lokal vy utan PvV och MoV")
LOCAL_VIEW_HELP = _l(
    "Fall med patientvald (PvV) eller medicinskt orsakad väntan (MoV) är borttagna "
    "överallt på sidan. Det nationella måttet tar inte bort några fall."
)
NO_PATHWAY = _l("Vårdförloppet finns inte. Alla visas.")
NO_CASES = _l("Inga förlopp har avslutats i perioden")
TOO_FEW = _l("För få fall för att visas")
TOO_FEW_HELP = _l("Välj en längre period, fler vårdförlopp eller en enhet ovanför.")
FEW = _l("för få")

STEPS = _l("Stegen")
STEP = _l("Steg")
CASES = _l("Fall")
CASES_HINT = _l("Fall med båda datumen.")
MEDIAN = _l("Median, dagar")
P90 = _l("90:e percentil")
P90_HINT = _l("Nio av tio fall tog steget inom så många dagar.")
YEAR_BEFORE = _l("Ett år tidigare")
YEAR_BEFORE_HINT = _l("Median, dagar, samma period ett år tidigare.")
MISSING = _l("Utan datum")
MISSING_HINT = _l("Fall som saknar något av datumen. De fylls aldrig i.")
BACKWARDS = _l("I omvänd ordning")
BACKWARDS_HINT = _l(
    "Fall där det senare datumet ligger före det tidigare. Räknas inte."
)
IN_TIME_NATIONAL = _l("Inom maximal ledtid (nationellt mått)")
IN_TIME_LOCAL = _l(
    "Inom maximal ledtid, utan patientvald (PvV) eller medicinskt orsakad väntan "
    "(MoV): lokalt mått"
)
MAXIMUM = _l("Maximal ledtid")
ENDING = _l("Avslut")
ORDINARY = _l("Dagar")
EXTENDED = _l("Utökad utredning")
EXTENDED_HINT = _l("Dagar efter utökad utredning.")
CHOOSE_ONE = _l("Välj ett vårdförlopp för att se dess maximala ledtid.")

CURVE = _l("Väntetid")
WAITING_AXIS = _l("Dagar sedan välgrundad misstanke")
DAYS = _l("Dagar")
STILL_WAITING = _l("Väntar fortfarande")
AT_RISK = _l("Fall som väntat så länge")
MEDIAN_WAIT = _l("Hälften väntar inte längre")
NINE_IN_TEN = _l("Nio av tio väntar inte längre")
NOT_REACHED = _l("så långt når inte kurvan")
SUSPECTED = _l("Fall med misstanke i perioden")

INDICATOR = _l("Ledtid som indikator")

STEP_NAMES: dict[Step, str] = {
    Step.FIRST_VISIT: _l("Välgrundad misstanke till första besök"),
    Step.CONFERENCE: _l("Första besök till multidisciplinär konferens"),
    Step.DECISION: _l("Multidisciplinär konferens till behandlingsbeslut"),
    Step.START: _l("Behandlingsbeslut till start av behandling"),
    Step.WHOLE: _l("Hela förloppet"),
}
_STEP_PHRASES: dict[Step, str] = {
    Step.FIRST_VISIT: _l("från välgrundad misstanke till första besök"),
    Step.CONFERENCE: _l("från första besök till multidisciplinär konferens"),
    Step.DECISION: _l("från multidisciplinär konferens till behandlingsbeslut"),
    Step.START: _l("från behandlingsbeslut till start av behandling"),
}
STEP_COLUMNS: dict[Step, str] = {
    Step.FIRST_VISIT: _l("Till första besök"),
    Step.CONFERENCE: _l("Till konferens"),
    Step.DECISION: _l("Till beslut"),
    Step.START: _l("Till start"),
}
OPEN = _l("Öppna fall")
UNIT = _l("Enhet")
PASSED = _l("Har passerat sin sista maximala ledtid")
CASE = _l("Nr i listan")
WAITED = _l("Väntat, dagar")
LEFT = _l("Dagar kvar")
OVER = _l("Dagar över")
BY_ENDING = _l("Beroende på avslut")
REACHED = _l("Har nått")
NONE_PASSED = _l("Inget fall att visa har passerat sin sista maximala ledtid.")
WHICH_MAXIMUM = _l(
    "Den maximala ledtiden beror på hur förloppet slutar, och det vet ingen förrän det "
    "är slut. Dagar kvar räknas till nästa maximala ledtid i registret för fallets "
    "vårdförlopp, och dagar över från den sista, med eller utan utökad utredning så "
    "som det är registrerat nu."
)
ENDED = _l("Avslutade fall")
ENDED_HELP = _l(
    "Fall som avslutades i perioden med start av behandling, eller på annat sätt som "
    "ledtiden mäts till. Längst först, dagar för varje steg."
)
MAXIMUM_HELP = _l(
    "Välj ett vårdförlopp för att se fallens maximala ledtid. Bland flera skulle den "
    "visa vilket vårdförlopp fallet hör till."
)
IS_WITHIN = _l("Inom maximal ledtid")
LEAD_TIME = _l("Ledtid, dagar")
MAXIMUM_DAYS = _l("Högst, dagar")
YES, NO = _l("ja"), _l("nej")
NO_MAXIMUM = _l("ingen känd")
PLACES = (
    _l("Välgrundad misstanke"),
    _l("Första besök"),
    _l("Multidisciplinär konferens"),
    _l("Behandlingsbeslut"),
)
"""How far an open case has come."""


def title(pathway: str, unit: str, period: str) -> str:
    """Return the heading of the page."""
    return f"{pathway}: {unit}, {period}"


def some_days(days: float) -> str:
    """Return a number of days with its unit: `1 dag`, `2,5 dagar`."""
    words = ngettext("{days} dag", "{days} dagar", 1 if days == 1 else 2)
    return words.format(days=days_words(days))


def days_words(days: float | None) -> str:
    """Return a number of days, with a decimal only where there is one to tell."""
    if days is None:
        return text.NO_VALUE
    rounded = round(days, 1)
    return text.number(rounded, 0 if rounded == int(rounded) else 1)


def share(within: int, counted: int) -> str:
    """Return a share with its counts: `41,5 % (71 av 171)`."""
    return _("{share} ({within} av {counted})").format(
        share=text.per_cent(100 * within / counted),
        within=text.number(within),
        counted=text.number(counted),
    )


def lost(steps: Sequence[Step], median: float, period: str) -> str:
    """Say in which step most days go, or in which ones alike."""
    words = (
        _("Mest tid går {step}: i median {days} ({period}).")
        if len(steps) == 1
        else _("Mest tid går {step}: i median {days} vardera ({period}).")
    )
    step = text.listed(_STEP_PHRASES[one] for one in steps)
    return words.format(step=step, days=some_days(median), period=period)


def same_as_before() -> str:
    """Say that a step takes as long as a year earlier."""
    return _("Det är lika länge som ett år tidigare.")


def than_before(difference: float, before: float, is_sure: bool) -> str:
    """Say how much longer or shorter a step takes than a year earlier."""
    if difference > 0 and is_sure:
        words = _("Det är {days} längre än ett år tidigare ({before}).")
    elif difference > 0:
        words = _(
            "Det är {days} längre än ett år tidigare ({before}), men skillnaden kan "
            "bero på slumpen."
        )
    elif is_sure:
        words = _("Det är {days} kortare än ett år tidigare ({before}).")
    else:
        words = _(
            "Det är {days} kortare än ett år tidigare ({before}), men skillnaden kan "
            "bero på slumpen."
        )
    return words.format(days=some_days(abs(difference)), before=some_days(before))


def population(cases: int) -> str:
    """Say which cases the steps are of."""
    words = ngettext(
        "{cases} förlopp avslutades i perioden med start av behandling, eller på annat "
        "sätt som ledtiden mäts till.",
        "{cases} förlopp avslutades i perioden med start av behandling, eller på annat "
        "sätt som ledtiden mäts till.",
        cases,
    )
    return words.format(cases=text.number(cases))


def half_answered(days: float, lower: float | None, upper: float | None) -> str:
    """Say after how long half of the cases no longer wait."""
    if lower is None or upper is None:
        words = _(
            "Hälften har börjat behandlas eller fått ett annat besked inom {days}."
        )
        return words.format(days=some_days(days))
    words = _(
        "Hälften har börjat behandlas eller fått ett annat besked inom {days} (95 %-"
        "intervall {low}–{high})."
    )
    return words.format(
        days=some_days(days), low=days_words(lower), high=days_words(upper)
    )


def not_half() -> str:
    """Say that the curve does not come down to a half."""
    return _(
        "Färre än hälften har börjat behandlas eller fått ett annat besked så långt "
        "kurvan når."
    )


def waits_longer(share: float, days: int, which: str) -> str:
    """Say how many still wait after a maximum.

    Args:
        share: 0-1.
        days: The maximum.
        which: `only`, `shortest` or `longest` of the pathway's maxima.
    """
    match which:
        case "only":
            words = _("{share} väntar fortfarande efter {days}, den maximala ledtiden.")
        case "shortest":
            words = _(
                "{share} väntar fortfarande efter {days}, den kortaste maximala "
                "ledtiden."
            )
        case _:
            words = _(
                "{share} väntar fortfarande efter {days}, den längsta maximala "
                "ledtiden."
            )
    return words.format(days=some_days(days), share=text.per_cent(100 * share, 0))


def curve_about(today: str, minimum: int) -> str:
    """Say how the curve is made."""
    words = _(
        "Kurvan visar hur stor andel av fallen med misstanke i perioden som "
        "fortfarande väntar, skattad enligt Kaplan–Meier. Väntan är slut när "
        "behandlingen startar eller förloppet avslutas på annat sätt, till exempel för "
        "att misstanken avskrivs; därför är dagarna andra än i Stegen, som bara räknar "
        "avslut som ledtiden mäts till. Bandet är 95 %-intervall. Öppna fall räknas så "
        "länge de hade väntat {today}. Kurvan slutar där färre än {minimum} fall har "
        "väntat."
    )
    return words.format(today=today, minimum=minimum)


def maximum_line(days: int) -> str:
    """Return what stands at a maximum in the curve."""
    return _("Högst {days}").format(days=some_days(days))


def soon(days: int) -> str:
    """Return the heading of the open cases that soon pass a maximum."""
    return _("Passerar en maximal ledtid inom {days} dagar").format(days=days)


def none_soon(days: int) -> str:
    """Say that no open case soon passes a maximum."""
    words = _("Inget fall att visa passerar en maximal ledtid inom {days} dagar.")
    return words.format(days=days)


def open_told(counts: Mapping[Group, int], days: int) -> str:
    """Say how the open cases stand."""
    number = sum(counts.values())
    if not number:
        return _("Inga öppna fall att visa.")
    words = _(
        "Av {number} öppna fall passerar {soon} en maximal ledtid inom {days} dagar, "
        "och {passed} har redan passerat sin sista."
    )
    return words.format(
        number=number,
        soon=counts[Group.SOON],
        days=days,
        passed=counts[Group.PASSED],
    )


def counted_until(day: str) -> str:
    """Say which day the open cases are counted from."""
    words = _(
        "Räknat till och med {day}, den sista dag som filerna berättar om. Ett fall "
        "kan ha avslutats sedan dess."
    )
    return words.format(day=day)


def unknown_maximum(number: int) -> str:
    """Say how many open cases have no maximum in the register."""
    words = ngettext(
        "{number} öppet fall saknar maximal ledtid i registret och visas inte.",
        "{number} öppna fall saknar maximal ledtid i registret och visas inte.",
        number,
    )
    return words.format(number=number)


def not_listed(minimum: int) -> str:
    """Say which cases are not listed one by one."""
    words = _(
        "Fall visas inte om enheten har haft färre än {minimum} fall i vårdförloppet "
        "under tolv månader."
    )
    return words.format(minimum=minimum)


def left(days: int) -> str:
    """Return how many days are left, or since when there are none."""
    if days < 0:
        words = ngettext(
            "passerad för {days} dag sedan", "passerad för {days} dagar sedan", -days
        )
        return words.format(days=-days)
    return ngettext("{days} dag kvar", "{days} dagar kvar", days).format(days=days)


def left_of(endings: list[str], days: int) -> str:
    """Return what is left if a pathway ends in one of some ways."""
    return f"{text.capital(text.listed(endings))}: {left(days)}"
