"""Words for the codes of a build: datasets, columns, reasons and checks."""

from app.words.language import lazy_gettext as _l

DATASET: dict[str, str] = {
    "enheter": _l("Enhetsregister"),
    "svf_fall": _l("Vårdförlopp, fall"),
    "svf_inklusion": _l("Vårdförlopp, inklusion"),
    "ledtider": _l("Register över maximala ledtider"),
    "kontakter": _l("Läkemedelskontakter"),
    "prem": _l("Patientenkät (PREM)"),
    "bhk": _l("Basala hygienrutiner och klädregler"),
    "bhk_moment": _l("Basala hygienrutiner och klädregler, per moment"),
    "ppm": _l("Punktprevalensmätningar"),
    "matningar": _l("Mätningar som enheterna har räknat"),
    "kolada": _l("Kolada"),
}

REJECTED_FOR: dict[str, str] = {
    "too_many_columns": _l("Raden har fler celler än rubrikraden"),
    "too_few_columns": _l("Raden har färre celler än rubrikraden"),
    "missing_value": _l("Ett värde saknas"),
    "cell_error": _l("Cellen visar ett fel"),
    "unsaved_formula": _l("Formel utan sparat värde"),
    "unknown_code": _l("Okänd kod"),
    "not_a_date": _l("Inte ett datum"),
    "not_a_period": _l("Inte en period"),
    "not_a_number": _l("Inte ett tal"),
    "not_a_unit_id": _l("Inte ett HSA-id"),
    "not_a_kolada_id": _l("Inte ett Kolada-id"),
    "not_a_region": _l("Inte en region i Kolada"),
    "out_of_range": _l("Talet ligger utanför det möjliga"),
    "future_date": _l("Dagen eller perioden har inte varit än"),
    "unknown_unit": _l("Enheten finns inte i enhetsregistret"),
    "unit_not_in_force": _l("Enheten gällde inte då"),
    "unknown_indicator": _l("Okänd indikator"),
    "numerator_over_denominator": _l("Täljaren är större än nämnaren"),
    "contradiction": _l("Värdet stämmer inte med täljare och nämnare"),
    "negative_lead_time": _l("Förloppet slutar innan det börjar"),
    "period_backwards": _l("Perioden slutar innan den börjar"),
    "own_parent": _l("Enheten är sin egen överordnade"),
    "duplicate": _l("Raden finns flera gånger"),
    "overlapping_period": _l("Perioden överlappar en annan rad"),
    "cannot_be_added": _l("Värdet kan inte läggas ihop med efterträdarens"),
    "declared_error": _l("Känt fel i källan"),
}

DETAIL: dict[str, str] = {
    "svf": _l("Vårdförlopp"),
    "ledtid_dagar": _l("Ledtid, dagar"),
    "max_dagar": _l("Högst, dagar"),
    "vardform": _l("Vårdform"),
    "enkat": _l("Enkät"),
    "dimension": _l("Frågeområde"),
    "yrkeskategori": _l("Yrkeskategori"),
    "moment": _l("Moment"),
    "matning": _l("Mätning"),
    "slag": _l("Slag"),
}
DIMENSION_OF_DETAIL = {
    "svf": "svf",
    "vardform": "care_form",
    "dimension": "dimension",
    "yrkeskategori": "profession",
    "moment": "item",
    "slag": "category",
}

CHECKS: dict[str, str] = {
    "coverage_gap": _l("Uppehåll i rapporteringen"),
    "no_known_maximum": _l("Avslutade förlopp utan känd maximal ledtid"),
    "review_overdue": _l("Definitionen skulle ha setts över"),
    "no_data": _l("Aktiv indikator som ingen fil har uppgifter till"),
    "sheet_not_read": _l("Ett blad i en arbetsbok har inte lästs"),
    "no_total": _l("Offentliga värden utan något för båda könen tillsammans"),
    "file_ignored": _l("En fil har inte lästs"),
    "file_twice": _l("Samma fil finns på två ställen och räknas en gång"),
    "counted_twice": _l("Samma fall, kontakt eller mätning från flera källor"),
    "no_rows": _l("En fil utan rader"),
    "no_last_line_end": _l("Sista raden i en fil saknar radslut"),
    "ends_early": _l("Rader som slutar före de sista kolumnerna"),
    "rows_left_out": _l("Rader som en mappning lämnar utanför"),
    "fractional_count": _l("Antal med exakt tre decimaler, kanske tusental"),
    "total_of_units": _l("Rader som verkar vara summor av enheter i samma fil"),
    "reported_at_two_levels": _l(
        "Rapporterat både av enheten och av enheter under den"
    ),
}

LOSSES: dict[str, str] = {
    "register_rejected": _l("Rader i enhetsregistret är avvisade"),
    "file_rejected": _l("Många rader i filen är avvisade"),
    "producer_gone": _l("Alla filer från källan är borta"),
    "file_gone": _l("Filen är borta"),
    "more_replaced": _l("Filen ersätter fler rader än den har"),
    "unit_silent": _l("Enheten har inga rader kvar"),
    "facts_lost": _l("Mycket färre rader i datamängden"),
    "values_lost": _l("Mycket färre värden för enheten"),
    "values_moved": _l("Värden har flyttat sig utanför sina intervall"),
}
