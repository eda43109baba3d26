"""What the values of the dimensions are called; pathways have names of their own."""

_SEX = {"K": "Kvinnor", "M": "Män"}
_PROFESSION = {
    "lakare": "Läkare",
    "sjukskoterska": "Sjuksköterska",
    "underskoterska": "Undersköterska",
    "ovrig": "Övriga",
}
_SURVEY_DIMENSION = {
    "delaktighet_involvering": "Delaktighet och involvering",
    "emotionellt_stod": "Emotionellt stöd",
    "helhetsintryck": "Helhetsintryck",
    "information_kunskap": "Information och kunskap",
    "kontinuitet_koordinering": "Kontinuitet och koordinering",
    "respekt_bemotande": "Respekt och bemötande",
    "tillganglighet": "Tillgänglighet",
}
_CARE_FORM = {
    "oppen": "Öppen vård",
    "sluten": "Sluten vård",
    "hemsjukvard": "Hemsjukvård",
}
_ITEM = {
    "h1": "Desinfektion före patientnära arbete",
    "h2": "Desinfektion efter patientnära arbete",
    "h3": "Handskar används rätt",
    "h4": "Plastförkläde eller skyddsrock används rätt",
    "k1": "Korrekt arbetsdräkt",
    "k2": "Kort ärm",
    "k3": "Fri från ringar, klockor och armband",
    "k4": "Kort eller uppsatt hår",
}

VALUES: dict[str, dict[str, str]] = {
    "sex": _SEX,
    "care_form": _CARE_FORM,
    "item": _ITEM,
    "profession": _PROFESSION,
    "dimension": _SURVEY_DIMENSION,
}
