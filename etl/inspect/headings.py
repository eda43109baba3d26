"""What systems call the columns of the datasets."""

from difflib import SequenceMatcher

from etl.folding import folded
from kpi.vocabulary import DatasetName

_CALLED: dict[str, str] = {
    "fall_id": "ärende, ärendenr, ärendenummer, nr, id, registerpost, registerpostid, "
    "förlopp id, remissid, löpnr, löpnummer",
    "enhet_id": "enhet, vårdenhet, avdelning, klinik, mottagning, vårdcentral, hsa id, "
    "enhetens id, utredande enhet, ansvarig enhet, arbetsplats, organisation, "
    "medicinskt ansvarig enhet, verksamhet, sjukhus, unit",
    "svf": "förlopp, vårdförlopp, svf typ, diagnos, cancerform, cancertyp, process",
    "kva_start": "startkod, kvå start, start åtgärdskod, start",
    "datum_valgrundad_misstanke": "välgrundad misstanke, vgm, datum vm, startdatum, "
    "svf start, datum välgrundad misstanke",
    "datum_forsta_besok": "första besök, besök specialiserad vård",
    "datum_mdk": "mdk, multidisciplinär konferens",
    "datum_behandlingsbeslut": "behandlingsbeslut, beslut om behandling",
    "datum_avslut": "avslutad, avslutsdatum, slutdatum, behandlingsstart, "
    "start av behandling, svf slut, datum start behandling",
    "kva_avslut": "avslut, avslutskod, avslutsorsak, orsak, utfall, kvå avslut",
    "utokad_utredning": "utökad, utökad utredning",
    "kon": "kön, sex",
    "alder": "ålder, ålder vid start",
    "lan": "län, länskod, hemlän",
    "period": "månad, kvartal, tid, tidsperiod, mätperiod, år månad",
    "antal_svf_behandling": "behandlade, antal behandlade, inkluderade, via svf",
    "beraknat_antal_cancerfall": "cancerfall, beräknat antal, nya fall, förväntat",
    "kontakt_id": "kontakt, vårdkontakt, besök id, vårdtillfälle, id, nr",
    "datum": "besöksdatum, kontaktdatum, utskrivningsdatum, dag, tidpunkt",
    "vardform": "vårdform, kontakttyp",
    "antal_lakemedel": "läkemedel, antal läkemedel",
    "kva_kod": "åtgärd, åtgärdskod, kvå, kvå kod",
    "lakemedelsberattelse": "läkemedelsberättelse, berättelse",
    "lakemedelslista": "läkemedelslista, lista",
    "enkat": "enkät, undersökning, mätning",
    "dimension": "frågeområde, område, fråga",
    "antal_svar": "svar, antal svarande, svarande, n",
    "poang": "poäng, medel, medelvärde, resultat, index, värde",
    "matdatum": "mätdatum, observationsdatum, datum, dag, datum för observation",
    "yrkeskategori": "yrke, yrkesgrupp, profession, befattning",
    "observations_id": "observation, observation id, svar id, nr, id",
    "h1": "desinfektion före, handdesinfektion före, före",
    "h2": "desinfektion efter, handdesinfektion efter, efter",
    "h3": "handskar, handskar vid behov",
    "h4": "förkläde, plastförkläde, skyddsrock, förkläde vid behov",
    "k1": "arbetsdräkt, kortärmad arbetsdräkt, kortärmat",
    "k2": "naglar, korta naglar, fri från nagellack",
    "k3": "ringar, fri från ringar, ringar klocka, smycken",
    "k4": "hår, håret uppsatt, uppsatt hår",
    "matning": "mätning, typ av mätning",
    "antal_observerade": "observerade, antal patienter, totalt, obs, inneliggande",
    "antal_uppfyller": "uppfyller, med trycksår, med, antal med",
    "indikator": "mått, nyckeltal, indikatorns id",
    "slag": "typ, kategori, händelsetyp, typ av händelse",
    "taljare": "täljare, antal, uppfyller, antal ja",
    "namnare": "nämnare, totalt, av, antal totalt, underlag",
    "varde": "värde, resultat, andel, procent, utfall",
    "kommentar": "kommentar, anmärkning, notering",
    "namn": "benämning, enhetsnamn, enhetens namn, enhet",
    "typ": "slag, nivå, enhetstyp, kategori",
    "overordnad": "överordnad enhet, del av, tillhör, ingår i, förälder, parent",
    "giltig_fran": "från, fr o m, giltig från, startdatum, gäller från",
    "giltig_till": "till, t o m, giltig till, slutdatum, gäller till",
    "ersatt_av": "ersatt av, ny enhet, efterträdare",
    "kolada_id": "kolada, kommunkod, regionkod",
    "avslut": "avslut, behandling, behandlingsform",
    "max_dagar": "dagar, maximal ledtid, maxtid, ledtid dagar",
    "kalla": "källa, hänvisning",
}
_OF_A_REGISTER = {"enhet_id": "hsa id, hsaid, enhetens id, id, hsa, kod, enhetskod"}
_LEAST_LIKE = 0.8

_SUBJECTS = {
    DatasetName.UNITS: "enheter hsa katalog organisation",
    DatasetName.LEAD_TIMES: "ledtider maxtider",
    DatasetName.CASES: "svf cancer vardforlopp samordning inca",
    DatasetName.INCLUSION: "inklusion",
    DatasetName.CONTACTS: "cosmic lakemedel kontakter lakemedelsgenomgang",
    DatasetName.PREM: "prem patientenkat",
    DatasetName.BHK: "bhk hygien basala kladregler",
    DatasetName.PPM: "ppm trycksar punktprevalens",
    DatasetName.REPORTED: "synergi avvikelser avvikelse lexmaria personal hse",
}


def likeness(heading: str, field: str, dataset: str) -> float:
    """Return how much a heading looks like a column of a dataset, 0-1."""
    written = folded(heading)
    names = _CALLED.get(field, "")
    if dataset == DatasetName.UNITS:
        names = _OF_A_REGISTER.get(field, names)
    called = [field, *filter(None, map(folded, names.split(",")))]
    if written == field:
        return 1.0
    if written in called:
        return 0.95
    words = set(written.split("_"))
    within = [
        len(set(name.split("_"))) / len(words)
        for name in called
        if set(name.split("_")) < words
    ]
    alike = max(SequenceMatcher(None, written, name).ratio() for name in called)
    return max(
        0.6 + 0.3 * max(within) if within else 0.0,
        0.8 * alike if alike >= _LEAST_LIKE else 0.0,
    )


def is_about(dataset: str, names: str) -> bool:
    """Say whether a file's name and those of its sheets tell of a dataset."""
    written = folded(names)
    return any(word in written for word in _SUBJECTS[DatasetName(dataset)].split())
