"""`/api/v1/steps`: the steps of a unit, in the order they are due."""

from app.api.answer import Address, Answer, Listed
from app.api.named import named_unit, quarter_of
from app.api.parameters import LANG, THE_UNIT, Given
from app.columns import in_answer
from app.outcome.answer import QUARTER
from app.pages.steps.find import steps_in
from app.pages.steps.words import COLUMNS
from app.queries.frame import read_frame
from app.queries.reader import Reader


def answer_steps(reader: Reader, given: Given) -> Answer:
    """Return the steps asked for."""
    frame = read_frame(reader)
    unit, quarter = named_unit(frame, given["unit"]), quarter_of(frame, given)
    return Answer(frame.build, {"steps": steps_in(reader, frame, unit, quarter)})


STEPS = Address(
    "steps",
    "Steps of the plans, in the order they are due.",
    (QUARTER, THE_UNIT, LANG),
    answer_steps,
    lists=(Listed("steps", "PlanStep", in_answer(COLUMNS)),),
    has_csv=True,
)
