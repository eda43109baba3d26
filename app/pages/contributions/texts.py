"""The words of contributions: which parts a gap or a change comes from."""

from app.pages.contributions.question import Why
from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext

LEAD = _l(
    "Visar vilka delar som står för avvikelsen från målet, eller för förändringen "
    "sedan en tidigare period."
)
CASES_HINT = _l(
    "Så många fall från målet är delen, mätt mot helhetens mål. Minus är fall till "
    "godo. Raderna summerar till helheten."
)
MISSING = _l("Fall som saknas")
TOO_MANY = _l("Fall för många")
CUMULATIVE = _l("Andel, löpande")
CUMULATIVE_HINT = _l(
    "Den här delen och de ovanför, av allt som drar åt samma håll som helheten. Räknat "
    "före avrundning till hela fall."
)
CONTRIBUTION = _l("Bidrag, fall")
CONTRIBUTION_HINT = _l(
    "Så många fall av förändringen som delen står för, av periodens fall."
)
RATE = _l("Varav utfallet")
RATE_HINT = _l("Delens eget utfall har ändrats.")
MIX = _l("Varav fördelningen")
MIX_HINT = _l("Delens andel av fallen har ändrats.")
SINCE = _l("Jämför med")
SINCE_TARGET = _l("Målet")
TOGETHER = _l("Alla delar")
BEFORE = _l("Utfall då")
FEW = _l("Övriga")
UNKNOWN = _l("Uppgift saknas")
SURE = _l("Är det säkert?")
UNITS = _l("enhet")
BACK_A_STEP = _l("Backa ett steg")
LONGER = _l("Räkna på rullande 12 månader")
EACH_TO_TARGET = _l("Varje del är mätt mot helhetens mål.")
OF_THE_LATER = _l("Fallen är av den senare periodens alla fall.")
OTHER_WHOLE = _l(
    "Delarna räknas för sig i källan. Här är helheten summan av dem, som kan skilja "
    "sig från indikatorns utfall."
)
HAS_BREAK = _l(
    "Mellan perioderna finns ett brott. Då är de inte jämförbara, och förändringen kan "
    "bero på det."
)
MAY_BE_CHANCE = _l("Skillnaden mellan perioderna kan bero på slumpen.")
MET_EVERYWHERE = _l("Målet nås, och ingen del ligger fel.")
ALL_FEW = _l("Delarna har för få fall var för sig för att visas.")
LARGEST_FIRST = _l("Störst bidrag först.")

WHY: dict[Why, str] = {
    Why.NOT_COUNTED: _l("Indikatorn kan inte delas upp så här"),
    Why.NO_OUTCOME: _l("Inget utfall att dela upp"),
    Why.TOO_FEW: _l("För få fall"),
    Why.NO_CASES: _l("Inga fall i urvalet"),
    Why.NOTHING_TO_COMPARE: _l("Inget att jämföra med"),
}
WHY_HELP: dict[Why, str] = {
    Why.NOT_COUNTED: _l(
        "Bidrag räknas ur täljare och nämnare. Måttet är inte en andel eller en "
        "frekvens med antal i datalagret."
    ),
    Why.NO_OUTCOME: _l("Välj en annan period eller en annan enhet."),
    Why.TOO_FEW: _l(
        "Urvalet har så få fall att det kunde peka ut en person. Backa ett steg eller "
        "välj en längre period."
    ),
    Why.NO_CASES: _l("Backa ett steg eller välj en annan period."),
    Why.NOTHING_TO_COMPARE: _l(
        "Indikatorn har varken ett målvärde i talform eller en tidigare period."
    ),
}


def title(name: str, place: str, period: str) -> str:
    """Return the heading: indicator, where and when."""
    return f"{name}: {place}, {period}"


def own(unit: str) -> str:
    """Return what a unit's own facts are called, beside the units below it."""
    return _("{unit}, egna rader").format(unit=unit)


def missing_cases(part: str, cases: int, gap: int) -> str:
    """Say how much of what is missing the largest part stands for."""
    if gap == 1 == cases:
        return _("{part} står för det fall som saknas till målet.").format(part=part)
    if cases > gap:
        words = ngettext(
            "{part} saknar {cases} fall. Andra delar har fall till godo, så "
            "tillsammans saknas {gap} fall till målet.",
            "{part} saknar {cases} fall. Andra delar har fall till godo, så "
            "tillsammans saknas {gap} fall till målet.",
            gap,
        )
    else:
        words = ngettext(
            "{part} står för {cases} av det fall som saknas till målet.",
            "{part} står för {cases} av de {gap} fall som saknas till målet.",
            gap,
        )
    return words.format(part=part, cases=text.number(cases), gap=text.number(gap))


def excess_cases(part: str, cases: int, gap: int) -> str:
    """Say the same where there should be fewer cases."""
    if gap == 1 == cases:
        return _("{part} står för det fall som är för mycket för målet.").format(
            part=part
        )
    if cases > gap:
        words = ngettext(
            "{part} har {cases} fall för många. Andra delar har färre än målet "
            "tillåter, så tillsammans är det {gap} fall för mycket.",
            "{part} har {cases} fall för många. Andra delar har färre än målet "
            "tillåter, så tillsammans är det {gap} fall för många.",
            gap,
        )
    else:
        words = ngettext(
            "{part} står för {cases} av det fall som är för mycket för målet.",
            "{part} står för {cases} av de {gap} fall som är för många för målet.",
            gap,
        )
    return words.format(part=part, cases=text.number(cases), gap=text.number(gap))


def met_but(part: str, cases: int) -> str:
    """Say that the whole reaches its target and a part does not."""
    words = ngettext(
        "Målet nås av helheten, men {part} är {cases} fall från det.",
        "Målet nås av helheten, men {part} är {cases} fall från det.",
        cases,
    )
    return words.format(part=part, cases=text.number(cases))


def part_may_be_chance(part: str) -> str:
    """Say that a part's own distance to the target may be chance."""
    words = _("Skillnaden mellan {part} och målet kan bero på slumpen.")
    return words.format(part=part)


def only_part(part: str, sentence: str) -> str:
    """Say that there is one part only."""
    return _("Alla fall hör till en del: {part}. {sentence}").format(
        part=part, sentence=sentence
    )


def gap_alone(cases: int, is_missing: bool) -> str:
    """Say how large a gap is, without its parts."""
    if cases <= 0:
        return _("Målet nås.")
    if is_missing:
        words = ngettext(
            "{cases} fall saknas till målet.", "{cases} fall saknas till målet.", cases
        )
    else:
        words = ngettext(
            "{cases} fall är för mycket för målet.",
            "{cases} fall är för många för målet.",
            cases,
        )
    return words.format(cases=text.number(cases))


def risen(before: str, now: str, since: str) -> str:
    """Say that the whole has risen."""
    words = _("Utfallet har stigit från {before} till {now} sedan {since}.")
    return words.format(before=before, now=now, since=since)


def fallen(before: str, now: str, since: str) -> str:
    """Say that the whole has fallen."""
    words = _("Utfallet har sjunkit från {before} till {now} sedan {since}.")
    return words.format(before=before, now=now, since=since)


def unchanged(now: str, since: str) -> str:
    """Say that the whole is the same."""
    words = _("Utfallet är detsamma som {since}: {now}.")
    return words.format(now=now, since=since)


def mostly(part: str, cases: str, total: str) -> str:
    """Say which part has changed the whole the most."""
    words = _("Mest har {part} bidragit: {cases} av {total} fall.")
    return words.format(part=part, cases=cases, total=total)


def against_others(part: str, cases: str, total: str) -> str:
    """Say the same where the other parts together have gone the other way."""
    words = _(
        "Mest har {part} bidragit: {cases} fall. Andra delar drar åt andra hållet, så "
        "tillsammans är det {total}."
    )
    return words.format(part=part, cases=cases, total=total)


def rate_and_mix(rate: str, mix: str) -> str:
    """Split the change of the whole, in cases."""
    words = _(
        "Av förändringen beror {rate} fall på utfallet i delarna och {mix} på att "
        "fallen är annorlunda fördelade mellan dem."
    )
    return words.format(rate=rate, mix=mix)


def pooled(number: int) -> str:
    """Say how many parts are told as one."""
    words = ngettext(
        "{number} del ingår i raden ”{few}”.",
        "{number} delar är sammanlagda i raden ”{few}”, så att ingen person går att "
        "peka ut.",
        number,
    )
    return words.format(number=number, few=FEW)


def few_parts(number: int) -> str:
    """Return what the row of parts told as one is called."""
    words = ngettext(
        "Övriga ({number} del)",
        "Övriga ({number} delar)",
        number,
    )
    return words.format(number=number)


def silent(names: list[str]) -> str:
    """Say which units should have reported and have not."""
    words = ngettext(
        "{names} har inte rapporterat och är inte med.",
        "{names} har inte rapporterat och är inte med.",
        len(names),
    )
    return words.format(names=text.listed(names))


def most_drawn(number: int) -> str:
    """Say that the chart leaves out the smallest contributions."""
    return _("De {number} första visas. Alla står i tabellen.").format(number=number)


def no_such_way(dimension: str) -> str:
    """Say that an indicator cannot be told apart by a dimension."""
    words = _("Indikatorn kan inte delas upp efter {dimension}. Det valet gäller inte.")
    return words.format(dimension=dimension)


def no_such_since(written: str) -> str:
    """Say that there is no earlier period as asked for."""
    words = _("Det finns ingen tidigare period {period} att jämföra med.")
    return words.format(period=written)


def by_heading(way: str) -> str:
    """Return the heading of the parts."""
    return _("Bidrag per {way}").format(way=way)
