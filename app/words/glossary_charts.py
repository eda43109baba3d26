"""The words of the glossary about control charts and the comparison of units."""

from app.words.language import lazy_gettext as _l
from app.words.term import Term

CHART_TERMS: dict[str, Term] = {
    "caterpillar_plot": Term(
        "larvdiagram",
        "caterpillar plot",
        _l("Enheter i ordning efter värde, var och en med sitt intervall."),
    ),
    "centre_line": Term(
        "mittlinje",
        "centre line",
        _l("Den nivå som ett styrdiagrams värden varierar kring."),
    ),
    "control_chart": Term(
        "styrdiagram",
        "control chart",
        _l("Ett utfall över tid med gränserna för vad slumpen brukar ge."),
    ),
    "control_limits": Term(
        "styrgränser",
        "control limits",
        _l(
            "Gränserna i ett styrdiagram: tre standardavvikelser från mittlinjen, så "
            "långt som slumpen sällan når."
        ),
    ),
    "false_alarm": Term(
        "falskt larm",
        "false alarm",
        _l("En signal som bara är slump. I en lång lista finns alltid några."),
    ),
    "funnel_plot": Term(
        "trattdiagram",
        "funnel plot",
        _l(
            "Enheter efter storlek och värde, med gränser som är smalare ju fler fall "
            "en enhet har."
        ),
    ),
    "overdispersion": Term(
        "överdispersion",
        "overdispersion",
        _l("Att värden varierar mer än slumpen förklarar. Då vidgas gränserna."),
    ),
    "run_chart": Term(
        "seriediagram",
        "run chart",
        _l(
            "Ett utfall över tid kring sin median, utan gränser. Används när "
            "mätpunkterna är för få för ett styrdiagram."
        ),
    ),
    "signal": Term(
        "signal",
        "signal",
        _l("En punkt, eller flera i rad, som slumpen sällan ger."),
    ),
}
