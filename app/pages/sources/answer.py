"""`/api/v1/builds`, `/losses`, `/findings`: what is known of the builds themselves."""

from app.api.answer import Address, Answer, Listed
from app.api.named import chosen_build
from app.api.parameters import LANG, OF_LISTS, Given
from app.columns import BUILD, Field, count, integer, perhaps, text
from app.queries.loads import findings, losses
from app.queries.reader import Reader, builds
from kpi.vocabulary import Finding, Loss

_BUILD = (
    text("build", "Id of the build, to ask other addresses for.", read="build_id"),
    text("built_at", "When it was published, UTC.", read=lambda row: f"{row.built_at}"),
    text("as_of", "Later days were in the future.", read=lambda row: f"{row.as_of}"),
    Field("is_demo", "boolean", "Synthetic demo data."),
)
_PLACE = (
    perhaps("indicator", "Id of the indicator, where it is about one."),
    perhaps("unit", "Id of the unit, where it is about one."),
    perhaps("period", "The period, where it is about one."),
)
_LOSS = (
    text("kind", "What there is less of than in the build before.", Loss),
    perhaps("dataset", "Of source rows, where it is about one."),
    perhaps("producer", "Folder of the files, where it is about one."),
    perhaps("file", "The file, where it is about one."),
    *_PLACE,
    integer("count", "How many rows or values; null where `now` says it."),
    count("before", "Rows, facts, values or a value in the build before."),
    count("now", "The same in this build."),
    perhaps(
        "accepted",
        "Why it was published though it was more than the limits allow; null for what "
        "is within them.",
    ),
    BUILD,
)
_FINDING = (
    text("check", "What was noticed.", Finding),
    *_PLACE,
    integer("count", "Of how many rows, cases or units; null where it is of none."),
    text("message", "In words, in English, as the log of the build has it."),
    BUILD,
)


def every_build(reader: Reader, given: Given) -> Answer:
    """Return every build of the warehouse, newest first."""
    return Answer(reader.build, {"builds": builds(reader)})


def losses_of_build(reader: Reader, given: Given) -> Answer:
    """Return what a build has less of than the one before it."""
    reader = chosen_build(reader, given["build"])
    return Answer(reader.build, {"losses": losses(reader)})


def findings_of_build(reader: Reader, given: Given) -> Answer:
    """Return what the checks of a build noticed."""
    reader = chosen_build(reader, given["build"])
    return Answer(reader.build, {"findings": findings(reader)})


BUILDS = Address(
    "builds",
    "Every build of the warehouse, newest first.",
    (LANG,),
    every_build,
    lists=(Listed("builds", "Build", _BUILD),),
    has_csv=True,
)
LOSSES = Address(
    "losses",
    "What a build has less of than the one before it, and why that was accepted.",
    OF_LISTS,
    losses_of_build,
    lists=(Listed("losses", "Loss", _LOSS),),
    has_csv=True,
)
FINDINGS = Address(
    "findings",
    "What the checks of a build noticed without stopping it.",
    OF_LISTS,
    findings_of_build,
    lists=(Listed("findings", "Finding", _FINDING),),
    has_csv=True,
)
