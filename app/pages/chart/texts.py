"""The words of a control chart."""

from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext
from kpi.spc.choice import Why
from kpi.spc.points import Assurance, ChartKind, Signal, Variation

CONTROL_CHART = _l("Styrdiagram")
CONTROL_CHART_LEAD = _l(
    "Visar om ett utfall har förändrats mer än slumpen förklarar, och om målet hålls."
)
UNTIL = _l("Till och med")
CHART_KIND = _l("Diagram")
BASELINE = _l("Gränsernas underlag")
WHY_CHART = _l("Varför det")
PERIODS = _l("Mätpunkter")
CENTRE = _l("Mittlinje")
LIMITS = _l("Gränser")
INTERVALS = _l("Intervall")
SIGNAL = _l("Signal")
VARIATION_NOW = _l("Förändring")
NO_CHART = _l("Kan inte bedömas")
NOT_SAID = _l("Kan inte sägas")
BAND_LIMITS = _l(
    "Bandet är gränserna: tre standardavvikelser från mittlinjen. Trianglar visar "
    "signaler, uppåt för bättre och nedåt för sämre, romber en förändring som varken "
    "är bättre eller sämre."
)
BAND_INTERVALS = _l("Bandet är 95 %-intervall.")
LINE_MEDIAN = _l(
    "Den heldragna linjen är medianen. Trianglar visar signaler, uppåt för bättre och "
    "nedåt för sämre."
)
BREAKS_APART = _l("Varje del mellan brott räknas för sig.")

ALIKE = _l(
    "För många av mätpunkterna är lika för att deras ordning ska kunna visa om något "
    "har förändrats."
)

SIGNALS: dict[Signal, str] = {
    Signal.OUTSIDE: _l("utanför gränserna"),
    Signal.TREND: _l("sju i rad åt samma håll"),
    Signal.TWO_OF_THREE: _l("två av tre nära samma gräns"),
    Signal.SHIFT: _l("sju i rad på samma sida om mittlinjen"),
    Signal.LONG_RUN: _l("ovanligt många i rad på samma sida om mittlinjen"),
    Signal.FEW_CROSSINGS: _l("ovanligt få växlingar över mittlinjen"),
}

CHARTS: dict[ChartKind, str] = {
    ChartKind.NONE: _l("inget diagram"),
    ChartKind.RUN: _l("seriediagram"),
    ChartKind.XMR: _l("styrdiagram för enskilda värden (XmR)"),
    ChartKind.P: _l("styrdiagram för andelar (p)"),
    ChartKind.P_PRIME: _l("styrdiagram för andelar med vidgade gränser (p′)"),
    ChartKind.U: _l("styrdiagram för händelser per antal (u)"),
    ChartKind.U_PRIME: _l("styrdiagram för händelser med vidgade gränser (u′)"),
    ChartKind.C: _l("styrdiagram för antal (c)"),
    ChartKind.G: _l("styrdiagram för fall mellan händelser (g)"),
    ChartKind.T: _l("styrdiagram för dagar mellan händelser (t)"),
}

WHY: dict[Why, str] = {
    Why.DECLARED: _l("Valt i indikatorns definition."),
    Why.NOT_A_PROCESS: _l("En placering eller ett steg har ingen variation att mäta."),
    Why.TOO_FEW_POINTS: _l(
        "Det behövs minst 10 mätpunkter efter det senaste brottet för att säga något "
        "om deras ordning. Därför visas bara värdena med sina intervall."
    ),
    Why.SHORT_SERIES: _l(
        "Med 10–19 mätpunkter är gränser osäkra. Därför bedöms bara punkternas ordning "
        "kring medianen."
    ),
    Why.FEW_NEIGHBOURS: _l(
        "För få av värdena följer direkt på varandra för att sätta gränser efter hur "
        "mycket de skiljer. Därför bedöms bara punkternas ordning kring medianen."
    ),
    Why.NO_COUNTS: _l(
        "Värdena kommer inte ur antal som kan bedömas. Därför sätts gränserna efter "
        "hur mycket värdena brukar skilja från ett till nästa."
    ),
    Why.RARE_EVENTS: _l(
        "Händelserna är så sällsynta att gränser inte säger något. Därför bedöms bara "
        "punkternas ordning kring medianen, om inte för många av dem är lika."
    ),
    Why.VARIES_AS_COUNTS: _l(
        "Värdena varierar så mycket som antalen förklarar. Gränserna följer antalen."
    ),
    Why.VARIES_MORE: _l(
        "Värdena varierar mer än antalen förklarar. Gränserna är vidgade efter det."
    ),
}


def title(name: str, unit: str) -> str:
    """Return the heading of a control chart."""
    return f"{name}, {unit}"


def measured(number: int, hidden: int, kinds: str) -> str:
    """Say how many points there are, and of what length."""
    if hidden:
        words = _("{number} med värde, {hidden} utan ({kinds})")
        return words.format(number=number, hidden=hidden, kinds=kinds)
    return _("{number} ({kinds})").format(number=number, kinds=kinds)


def changed(variation: Variation, period: str, signals: list[str]) -> str:
    """Say what the last point of a chart shows."""
    why = text.listed(signals)
    match variation:
        case Variation.CONCERNING:
            words = _("Sämre än slumpen förklarar ({period}): {why}.")
        case Variation.IMPROVING:
            words = _("Bättre än slumpen förklarar ({period}): {why}.")
        case Variation.NEUTRAL:
            words = _("Förändrat mer än slumpen förklarar ({period}): {why}.")
        case _:
            words = _("Inget tyder på en förändring ({period}).")
    return words.format(period=period, why=why)


def held(assurance: Assurance | None, target: str, is_still: bool) -> str:
    """Say what the target can expect of the process as it is.

    Args:
        assurance: None where that cannot be said.
        target: In words.
        is_still: Whether the process has not varied at all: then there is only what has
            been, and no measure of what may come.
    """
    match assurance:
        case Assurance.PASSING if is_still:
            words = _("Målet {target} har nåtts varje gång.")
        case Assurance.FAILING if is_still:
            words = _("Målet {target} har inte nåtts någon gång: något måste ändras.")
        case Assurance.PASSING:
            words = _("Så som det är nu nås målet {target} varje gång.")
        case Assurance.FAILING:
            words = _("Så som det är nu nås inte målet {target}: något måste ändras.")
        case Assurance.HIT_OR_MISS:
            words = _("Så som det är nu avgör slumpen om målet {target} nås.")
        case _:
            words = _(
                "Om målet {target} nås så som det är nu kan inte sägas: utfallet har "
                "inte varit stabilt tillräckligt länge."
            )
    return words.format(target=target)


def reached(met: int, number: int, kinds: str, since: str) -> str:
    """Say how often the target then in force was reached, where chance decides it."""
    words = _(
        "Sedan {since} har det mål som gällde då nåtts {met} av {number} {kinds}."
    )
    return words.format(since=since, met=met, number=number, kinds=kinds)


def centre_label(kind: ChartKind, value: str) -> str:
    """Return what stands at the end of the centre line."""
    match kind:
        case ChartKind.RUN | ChartKind.G:
            return _("Median {value}").format(value=value)
        case _:
            return _("Mittlinje {value}").format(value=value)


def baseline(periods: int) -> str:
    """Say which points the limits are made of."""
    words = _(
        "De första {number} mätpunkterna, och efter ett brott de första {number} efter "
        "det. Gränserna ligger sedan fast."
    )
    return words.format(number=periods)


def older(number: int) -> str:
    """Return what older points of the table stand under."""
    words = ngettext("{number} äldre mätpunkt", "{number} äldre mätpunkter", number)
    return words.format(number=number)


def too_short(number: int, has_breaks: bool) -> str:
    """Say that a series is too short to be judged."""
    if has_breaks:
        words = ngettext(
            "{number} mätpunkt efter det senaste brottet är för lite för att bedöma om "
            "något har förändrats.",
            "{number} mätpunkter efter det senaste brottet är för lite för att bedöma "
            "om något har förändrats.",
            number,
        )
    else:
        words = ngettext(
            "{number} mätpunkt är för lite för att bedöma om något har förändrats.",
            "{number} mätpunkter är för lite för att bedöma om något har förändrats.",
            number,
        )
    return words.format(number=number)
