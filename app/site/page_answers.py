"""The words of the help about each page: what it shows and what to do now."""

from app.words.answers import ANSWERS, Answer, now, what
from app.words.answers import now as _now
from app.words.answers import what as _what
from app.words.language import lazy_gettext as _l

PAGES: dict[str, tuple[Answer, ...]] = {
    "overview": (
        _what(
            _l(
                "Alla indikatorer för en enhet och ett kvartal. Mått som mäts mer "
                "sällan visar sin senaste period."
            )
        ),
        ANSWERS["symbols"],
        ANSWERS["no_value"],
        ANSWERS["gap"],
        _now(
            _l("Välj enhet och kvartal överst."),
            _l("Välj Störst avvikelse först under Ordning."),
            _l(
                "Öppna en indikator som inte når målet för att se vilka enheter det är."
            ),
        ),
    ),
    "map": (
        _what(
            _l(
                "Status för varje indikator (rader) och enhet (kolumner). En tom ruta "
                "är ett mått som enheten inte har."
            )
        ),
        ANSWERS["symbols"],
        _now(
            _l("Välj ett område och en enhetstyp så att kartan får plats på skärmen."),
            _l("Leta efter rader med många ✗: då gäller det fler än en enhet."),
            _l("Leta efter kolumner med många ?: där saknas rapporter."),
            _l("Välj en ruta för att se utfallet."),
        ),
    ),
    "indicator": (
        _what(
            _l(
                "En indikator i en enhet: utfallet mot målet, utvecklingen, andra "
                "enheter och hur det mäts."
            )
        ),
        ANSWERS["interval"],
        ANSWERS["breaks"],
        ANSWERS["targets"],
        _now(
            _l("Se om intervallet rymmer målet."),
            _l("Se under Jämför enheter vilka enheter som ligger längst från målet."),
            _l("Välj Visa underlag för att följa siffran till raderna."),
        ),
    ),
    "unit": (
        _what(
            _l(
                "Enhetens indikatorer ett kvartal, dess plats bland liknande enheter "
                "och vad enheten har hetat och hört till."
            )
        ),
        ANSWERS["no_value"],
        Answer(
            _l("Vad betyder platsen?"),
            (
                _l(
                    "Ordningen bland enheter av samma slag, där 1 är bäst. Överlappar "
                    "intervallen kan ordningen bero på slumpen."
                ),
            ),
        ),
        ANSWERS["coverage"],
        _now(
            _l("Börja med korten som inte når målet."),
            _l("Välj kortets rubrik för att se hela indikatorn för enheten."),
            _l("Se under Täckning och leveranser om något saknas."),
        ),
    ),
    "sources": (
        _what(
            _l(
                "Filerna som siffrorna kommer från, rader som inte gick att räkna och "
                "vilka enheter som har rapporterat."
            )
        ),
        Answer(
            _l("Vad är en avvisad rad?"),
            (
                _l(
                    "En rad som inte gick att räkna, till exempel för att enheten är "
                    "okänd. Den ingår inte i något utfall. Skälet står vid raden."
                ),
            ),
        ),
        ANSWERS["coverage"],
        _now(
            _l(
                "Se om den senaste filen för varje datamängd är så ny som den ska vara."
            ),
            _l("Se om andelen avvisade rader har ökat, och av vilket skäl."),
            _l("Be den som lämnar filen att rätta och skicka den igen."),
        ),
    ),
    "lineage": (
        _what(
            _l(
                "Ett enda utfall: hur det räknas, och enheterna, filerna och raderna "
                "bakom det."
            )
        ),
        ANSWERS["counting"],
        Answer(
            _l("Varför visas inte alla rader?"),
            (
                _l(
                    "Är det för få fall visas inga rader, eftersom de kunde peka ut en "
                    "person. Uppgifter om enskilda patienter visas aldrig."
                ),
            ),
        ),
        _now(
            _l("Jämför täljare och nämnare med den egna enhetens siffror."),
            _l("Se om en rad saknas, är dubblerad eller hör till en annan enhet."),
            _l("Är något fel: tala om för den som lämnar filen vilken fil och rad."),
        ),
    ),
    "plans": (
        _what(
            _l(
                "Mål och aktiviteter i planerna, hur långt de har kommit enligt "
                "planerna och indikatorerna som följer upp dem."
            )
        ),
        Answer(
            _l("Är en aktivitets status ett utfall?"),
            (
                _l(
                    "Nej. Den säger vad planen själv skriver. Om vården når målet "
                    "säger indikatorernas status."
                ),
            ),
        ),
        ANSWERS["targets"],
        _now(
            _l("Välj en plan och den som är ansvarig."),
            _l("Jämför aktiviteter som är klara med om indikatorn når målet."),
            _l("Ta upp aktiviteter som inte är påbörjade med den som är ansvarig."),
        ),
    ),
    "contributions": (
        _what(
            _l(
                "Vilka delar som står för avvikelsen från målet, eller för "
                "förändringen sedan en tidigare period, räknat i fall."
            )
        ),
        Answer(
            _l("Vad är utfallet och vad är fördelningen?"),
            (
                _l(
                    "Helheten kan ändras på två sätt: delarnas eget utfall ändras, "
                    "eller fler fall hör till delar som ligger högt eller lågt."
                ),
            ),
        ),
        Answer(
            _l("Varför är några delar sammanlagda?"),
            (
                _l(
                    "De har för få fall var för sig. Ibland ingår en större del, så "
                    "att ingen går att räkna ut ur de andra."
                ),
            ),
        ),
        _now(
            _l("Börja med den översta delen. Välj den för att dela upp den vidare."),
            _l("Välj något annat under Dela upp efter, i vilken ordning som helst."),
            _l("Gå tillbaka med länkarna ovanför rubriken."),
            _l("Se om intervallet rymmer målet. Då kan avvikelsen bero på slumpen."),
        ),
    ),
    "pathway": (
        _what(
            _l(
                "Hur lång tid varje steg i vårdförloppen tar, hur länge patienterna "
                "väntar, och vilka fall det gäller."
            )
        ),
        Answer(
            _l("Varför finns det flera maximala ledtider?"),
            (
                _l(
                    "De beror på vårdförloppet, på vilken behandling det blir och på "
                    "om utredningen har utökats. För ett öppet fall vet ingen ännu "
                    "vilken som gäller, så dagar kvar räknas till nästa."
                ),
            ),
        ),
        Answer(
            _l("Vad är PvV och MoV?"),
            (
                _l(
                    "Patientvald och medicinskt orsakad väntan. Det nationella måttet "
                    "tar inte bort sådana fall. Den lokala vyn gör det, så att väntan "
                    "som vården råder över syns för sig."
                ),
            ),
        ),
        _now(
            _l("Börja med de öppna fallen: bara de kan ännu bli klara i tid."),
            _l("Se i vilket steg mest tid går, och om det har blivit längre."),
            _l("Välj ett vårdförlopp och en enhet för att se var det gäller."),
        ),
    ),
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
"""By the page: three to five answers, the last one about what to do."""
