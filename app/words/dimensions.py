"""What the values of the dimensions are called; pathways have names of their own."""

from app.words.language import lazy_gettext as _l
from app.words.language import lazy_pgettext

_SEX = {"K": _l("Kvinnor"), "M": _l("Män")}
_PROFESSION = {
    "lakare": _l("Läkare"),
    "sjukskoterska": _l("Sjuksköterska"),
    "underskoterska": _l("Undersköterska"),
    "ovrig": _l("Övriga"),
}
_SURVEY_DIMENSION = {
    "delaktighet_involvering": _l("Delaktighet och involvering"),
    "emotionellt_stod": _l("Emotionellt stöd"),
    "helhetsintryck": _l("Helhetsintryck"),
    "information_kunskap": _l("Information och kunskap"),
    "kontinuitet_koordinering": _l("Kontinuitet och koordinering"),
    "respekt_bemotande": _l("Respekt och bemötande"),
    "tillganglighet": lazy_pgettext("survey", "Tillgänglighet"),
}
_CARE_FORM = {
    "oppen": _l("Öppen vård"),
    "sluten": _l("Sluten vård"),
    "hemsjukvard": _l("Hemsjukvård"),
}
_ITEM = {
    "h1": _l("Desinfektion före patientnära arbete"),
    "h2": _l("Desinfektion efter patientnära arbete"),
    "h3": _l("Handskar används rätt"),
    "h4": _l("Plastförkläde eller skyddsrock används rätt"),
    "k1": _l("Korrekt arbetsdräkt"),
    "k2": _l("Kort ärm"),
    "k3": _l("Fri från ringar, klockor och armband"),
    "k4": _l("Kort eller uppsatt hår"),
}

ENDINGS: dict[str, str] = {
    "kirurgi": _l("kirurgi"),
    "lakemedel": _l("läkemedel"),
    "stralning": _l("strålning"),
    "palliativ": _l("palliativ vård"),
    "annan": _l("annan behandling"),
    "exspektans": _l("exspektans"),
    "ingen_ytterligare_atgard": _l("ingen ytterligare åtgärd"),
    "avslutande_samtal": _l("avslutande samtal"),
}
_INVESTIGATION = {
    "ordinarie": _l("Utan utökad utredning"),
    "utokad": _l("Med utökad utredning"),
}

VALUES: dict[str, dict[str, str]] = {
    "ending": ENDINGS,
    "investigation": _INVESTIGATION,
    "sex": _SEX,
    "care_form": _CARE_FORM,
    "item": _ITEM,
    "profession": _PROFESSION,
    "dimension": _SURVEY_DIMENSION,
}
