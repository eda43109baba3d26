"""A `data/region.yaml` to begin with: everything that can be decided, as comments.

The comments are in Swedish, as the region's own words are. After
`#` and one space stands what is told; all else is an example, which holds without its
`#`.
"""

from pathlib import Path

from kpi.definitions import Definitions
from kpi.errors import SettingError
from kpi.vocabulary import REGION_NAMES

_TOP = """\
# yaml-language-server: $schema=../docs/region.schema.json
#
# Vad regionen själv bestämmer. Det läggs ovanpå det som följer med Målbild och står
# kvar när programmet uppgraderas. Allt kan utelämnas; en rad som börjar med # gäller
# inte. Ta bort tecknet # framför en rad, och framför dem som hör till den, för att
# använda den. `python -m etl check` visar varje fel med radnummer.
# Engelska texter behövs inte: utan dem visas de svenska i båda språken.
"""

_REST = """
# Egna målvärden, per indikator. Från `since` går de före planernas lokala mål.
# `unit` är en enhets id i enhetsregistret; utan den gäller målet alla.
# `stretch` är en nivå bortom målet: den visas, men utfallet bedöms efter `value`.
#targets:
#  svf_lead_time:
#    - {rule: ">=", value: 60, stretch: 75, since: 2026, decided: Nämnden § 12}
#    - {rule: ">=", value: 70, since: 2026Q3, unit: SE2321000065-K01}
#    - {rule: ">=", value: 50, since: 2026, until: 2027, svf: prostata}

# Indikatorer som inte mäts just nu, och varför. De visas, men väntas inte.
#paused:
#  safety_engagement: Enkäten görs om under 2027.

# Indikatorer som regionen inte alls vill ha.
#switched_off: [mdt_conference_lung_cancer]

# Egna namn på indikatorer som följer med.
#names:
#  svf_lead_time: Väntetid vid misstänkt cancer

# Tidpunkter då värden före och efter inte kan jämföras.
#breaks:
#  medication_reviews:
#    - {since: 2026Q2, text: Nytt journalsystem}

# Minsta nämnare som visas.
#minimum_denominators: {svf_lead_time: 10}

# Maximala ledtider, per förlopp. De går före alla register.
#lead_times:
#  prostata:
#    - {ending: kirurgi, days: 61, since: 2026-01-01}
#    - {ending: kirurgi, extended: true, days: 68, since: 2026-01-01}

# Vad enhetsregistret skriver i kolumnen typ, och vilket slag det är: region, omrade,
# sjukhus, klinik, vardcentral, avdelning eller folktandvard.
#unit_kinds: {distrikt: omrade}

# Egna planer, med vad som ska göras och vilka indikatorer som följer upp det.
#own_plans:
#  - id: our_plan
#    title: Vår plan
#    date: 2026-02-10
#    valid: 2026–2028
#    activities:
#      - id: shorter_waits
#        section: Kortare väntan
#        text: Mottagningen öppnar en dag till i veckan.
#        responsible: [Verksamhetschefen]
#        since: 2026Q2
#        until: 2026-12
#        followed_up_by: [svf_lead_time]

# Egna indikatorer. Denna räknas av enheterna själva, i en fil i matningar/.
#own_indicators:
#  - id: comments_answered_in_time
#    name: Synpunkter som besvarats inom en månad
#    why: Den som hör av sig ska få svar.
#    area: patient_safety
#    numerator: Besvarade inom en månad
#    denominator: Alla synpunkter
#    kind: proportion
#    unit: "%"
#    direction: higher
#    measure: {dataset: matningar}
#    frequency: quarterly
#    unit_kinds: [region, sjukhus, klinik]
#    minimum_denominator: 5
"""


def scaffold(definitions: Definitions, kolada_id: str | None) -> str:
    """Return a file to begin with.

    Args:
        definitions: Those that ship, whose plans are told.
        kolada_id: Which region it is for; None leaves it to the register of units.
    """
    names = [
        f"# - {plan.id} ({REGION_NAMES[plan.region]}): {plan.title.sv}"
        for plan in definitions.plans
    ]
    shown = kolada_id or "0007"
    mark = "" if kolada_id else "#"
    called = REGION_NAMES[shown]
    lines = [
        _TOP,
        "# Regionens id i Kolada. Utan det gäller det som står i enhetsregistret.",
        f'{mark}kolada_id: "{shown}"',
        f"#name: {called}",
        "",
        "# När någon senast gick igenom vad en uppgradering har ändrat.",
        "#looked_over: 2026-12-01",
        "",
        "# Planer som används. Utan raden: regionens egna. `all` är alla. Det finns",
        *names,
        f"#plans_in_use: [{', '.join(plan.id for plan in definitions.plans)}]",
        "",
        "# Indikatorer som används fast de inte står i någon plan som används.",
        "#further_indicators: [svf_inclusion]",
    ]
    return "\n".join(lines) + "\n" + _REST


def write_scaffold(path: Path, definitions: Definitions, kolada_id: str | None) -> None:
    """Write a file to begin with, never over one that there is.

    Raises:
        SettingError: there is a file already.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(scaffold(definitions, kolada_id))
    except FileExistsError:
        raise SettingError(
            f"{path} is there already, and nothing was written; edit it, or name "
            "another file with --out"
        ) from None
