"""The words of the help about the pages of the analysis."""

from app.words.answers import ANSWERS, Answer, now, what
from app.words.language import lazy_gettext as _l

ANALYSIS_PAGES: dict[str, tuple[Answer, ...]] = {
    "analysis": (
        what(
            _l(
                "Alla mål som inte nås och alla utfall som har blivit sämre i ett "
                "kvartal, i en enhet och allt under den."
            )
        ),
        Answer(
            _l("Är målet nått, har något ändrats, och håller målet?"),
            (
                _l(
                    "Det är tre frågor, och de har var sitt svar. Ett mål kan missas "
                    "utan att något har ändrats. Ett utfall kan bli sämre och ändå nå "
                    "målet."
                ),
            ),
        ),
        Answer(
            _l("Kan det vara slumpen?"),
            (
                _l(
                    "I en lång lista finns alltid några signaler som bara är slump. "
                    "Över listan står ungefär hur många. Välj Säkrast först för att "
                    "börja med dem som slumpen förklarar sämst."
                ),
            ),
        ),
        now(
            _l("Börja överst: där är det flest fall som saknas till målet."),
            _l("Öppna styrdiagrammet för att se om något har ändrats, och när."),
            _l("Jämför enheter för att se om det är en enhet eller alla."),
            _l("Välj Kopiera adressen för att dela just den här vyn."),
        ),
    ),
    "control_chart": (
        what(
            _l(
                "Ett utfall över tid i en enhet, med gränserna för vad slumpen brukar "
                "ge. Det som går utanför dem är en signal."
            )
        ),
        Answer(
            _l("Vad är en signal?"),
            (
                _l(
                    "En punkt utanför gränserna, sju i rad på samma sida om "
                    "mittlinjen, sju i rad åt samma håll, eller två av tre nära samma "
                    "gräns. Utan signal finns inget skäl att söka en orsak till just "
                    "den punkten."
                ),
            ),
        ),
        Answer(
            _l("Varför finns det inga gränser?"),
            (
                _l(
                    "Med 10–19 mätpunkter bedöms bara deras ordning. Med färre visas "
                    "bara värdena och deras intervall. Under diagrammet står vilket "
                    "diagram det är, och varför."
                ),
            ),
        ),
        ANSWERS["breaks"],
        now(
            _l("Läs meningen över diagrammet: den säger om något har ändrats."),
            _l("Sök en orsak till en signal vid tiden då den började."),
            _l(
                "Utan signaler men med ett mål som inte hålls: ändra arbetssättet. Att "
                "vänta hjälper inte."
            ),
        ),
    ),
    "funnel": (
        what(
            _l(
                "Enheter av samma slag i en period, efter storlek eller efter värde, "
                "och vilka som skiljer sig mer än slumpen förklarar."
            )
        ),
        Answer(
            _l("Hur läser jag de två diagrammen?"),
            (
                _l(
                    "Trattdiagrammet har många fall till höger. Där är gränserna "
                    "smala, för där betyder slumpen mindre. Larvdiagrammet har "
                    "enheterna i ordning, var och en med sitt intervall."
                ),
            ),
        ),
        Answer(
            _l("Vem är bäst?"),
            (
                _l(
                    "Oftast går det inte att säga. Bredvid varje plats står de platser "
                    "som enheten lika gärna kan ha. Överlappar de är ordningen osäker."
                ),
            ),
        ),
        now(
            _l("Se först på enheter utanför gränserna."),
            _l("Läs meningen över diagrammet: så många ger slumpen ensam."),
            _l("Välj en enhet för att se hur den har ändrats över tid."),
        ),
    ),
}
"""By the page, as `app.site.page_answers.PAGES`."""
