"""Cases of cancer pathways, as they are and as plain Python counts them."""

import json
from datetime import date, timedelta
from random import Random

from sqlalchemy import insert

from kpi import schema
from kpi.period import month_number
from kpi.warehouse import Warehouse, draft_engine
from tests import builders as make
from tests.app import rows
from tests.builders import CLINIC, SECOND_CLINIC

TODAY = date(2026, 9, 30)
"""The last day that the files tell of; the build is of 2026-11-01."""
MEASURED = ("kirurgi", "lakemedel", "palliativ", "avslutande_samtal")
NAMES = {
    "lunga": "Lungcancer",
    "brost": "Bröstcancer",
    "melanom": "Melanom",
    "vulva": "Vulvacancer",
}

# (pathway, extended) -> ending -> days, on TODAY
REGISTER = {
    ("lunga", False): {"palliativ": 20, "kirurgi": 40},
    ("lunga", True): {"kirurgi": 60},
    ("brost", False): {"kirurgi": 28},
    ("vulva", False): {"kirurgi": 30},
}
_NOT_IN_FORCE = [
    # The region's own register goes before the one that ships, and this has ended.
    ("shipped", "lunga", "kirurgi", False, 99, make.OPEN, make.NEVER_ENDS),
    ("register", "lunga", "kirurgi", False, 5, make.OPEN, date(2025, 12, 31)),
    ("register", "lunga", "kirurgi", False, 7, date(2026, 10, 1), make.NEVER_ENDS),
    ("register", "melanom", "kirurgi", False, None, make.OPEN, make.NEVER_ENDS),
    ("other", "brost", "lakemedel", False, 1, make.OPEN, make.NEVER_ENDS),
]


def case(fall_id, since, *days, svf="lunga", unit=CLINIC, ending="kirurgi", **changes):
    """Return a case from the days of visit, conference, decision and end.

    An end of None is an open case; None before it, a date that is missing.
    """
    visit, conference, decision, end = (
        None if one is None else since + timedelta(one) for one in days
    )
    day = end or since
    extended = changes.get("utokad_utredning", False)
    most = REGISTER.get((svf, extended), {}).get(ending) if end else None
    is_measured = end is not None and ending in MEASURED
    fine = {
        "load_id": "a",
        "row_number": abs(hash(fall_id)) % 10**9,
        "fall_id": fall_id,
        "enhet_id": unit,
        "first_month": month_number(day),
        "last_month": month_number(day),
        "datum": day,
        "svf": svf,
        "datum_valgrundad_misstanke": since,
        "datum_forsta_besok": visit,
        "datum_mdk": conference,
        "datum_behandlingsbeslut": decision,
        "datum_avslut": end,
        "utokad_utredning": False,
        "avvikelse": None,
        "avslut": ending if end else None,
        "ledtid_dagar": None if end is None else float((end - since).days),
        "max_dagar": None if most is None else float(most),
        "ar_matbart_avslut": is_measured,
        "ingar_i_ledtid": is_measured and most is not None,
        "inom_max": bool(end and most is not None and (end - since).days <= most),
        "ar_oppen": end is None,
        "lan": "10",
        "kon": "K",
        "alder": 97.0,
    }
    return fine | changes


def waiting(fall_id, days, **changes):
    """Return an open case that has waited so many days, with a first visit."""
    visit = min(5, days)
    since = TODAY - timedelta(days)
    return case(fall_id, since, visit, None, None, None, **changes)


def random_cases(number, seed=4):
    """Return cases of every sort, in every order."""
    draw = Random(seed)
    found = []
    for at in range(number):
        since = date(2025, 5, 1) + timedelta(draw.randrange(518))
        steps = [draw.choice((None, draw.randrange(-2, 40))) for _ in range(3)]
        length = draw.choice((None, draw.randrange(120)))
        if length is not None and since + timedelta(length) > TODAY:
            length = None
        endings = (*MEASURED, "misstanke_avskriven", "kriterier_ej_uppfyllda")
        found.append(
            case(
                f"R-{at:04}",
                since,
                *steps,
                length,
                svf=draw.choice(("lunga", "brost", "melanom") * 6 + ("vulva",)),
                unit=draw.choice((CLINIC, CLINIC, SECOND_CLINIC)),
                ending=draw.choice(endings),
                utokad_utredning=draw.random() < 0.2,
                avvikelse=draw.choice((None, None, None, "PvV", "MoV", "VoV")),
            )
        )
    return found


def warehouse(folder, cases) -> Warehouse:
    """Write a warehouse with these cases, and the register."""
    filled = make.warehouse(folder)
    loads = ("a", "old", "register", "shipped")
    kinds = {"register": "ledtider", "shipped": "ledtider", "other": "ledtider"}
    rows.add(
        filled,
        schema.load,
        *(
            rows.load(
                one,
                sequence=at,
                dataset=kinds.get(one, "svf_fall"),
                producer="reference" if one == "shipped" else "svf",
                last_day=None if one in kinds else TODAY,
                missing_columns=",,",
            )
            for at, one in enumerate((*loads, "other"))
        ),
    )
    rows.add(filled, schema.build_load, *rows.in_build(*loads))
    rows.add(filled, schema.unit_path, *rows.PATHS)
    replaced = case("GAMMAL", TODAY, 1, 1, 1, None, load_id="old", row_number=1)
    superseded = {"load_id": "old", "row_number": 1, "by_load_id": "a"}
    rows.add(filled, schema.superseded, superseded)
    rows.add(filled, schema.FACTS["svf_fall"], replaced, *cases)
    rows.add(filled, schema.ledtider, *_register())
    content = [
        {"slug": slug, "namn": name, "namn_en": f"{name} (en)"}
        for slug, name in NAMES.items()
    ]
    engine = draft_engine(filled.path, memory_limit="1GB", threads=1)
    with engine.begin() as connection:
        named = {"build_id": make.BUILD, "name": "pathways"}
        row = named | {"content": json.dumps(content)}
        connection.execute(insert(schema.definition), [row])
    engine.dispose()
    return filled


def _register():
    in_force = [
        ("register", svf, ending, extended, days, make.OPEN, make.NEVER_ENDS)
        for (svf, extended), endings in REGISTER.items()
        for ending, days in endings.items()
        if (svf, ending, extended) != ("lunga", "kirurgi", False)
    ]
    since, until = date(2026, 1, 1), date(2026, 9, 30)
    in_force.append(("register", "lunga", "kirurgi", False, 40, since, until))
    names = ("load_id", "svf", "avslut", "utokad_utredning", "max_dagar")
    return [
        dict(zip((*names, "giltig_fran", "giltig_till"), one, strict=True))
        | {"row_number": at, "kalla": "på papper"}
        for at, one in enumerate([*in_force, *_NOT_IN_FORCE])
    ]
