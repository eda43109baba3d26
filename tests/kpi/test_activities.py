"""The loader of activities: each fault with its line."""

from pathlib import Path

import pytest

from kpi.activities import Activities, ActivityStatus, Timing, load_activities
from kpi.definitions import load_definitions
from kpi.errors import DefinitionError
from kpi.period import Period

ROOT = Path(__file__).parents[2]
DEFINITIONS = load_definitions(ROOT / "indicators.yaml")

FINE = """\
documents:
  - plan: cancer_blekinge
    region: Region Blekinge
    title: {sv: Plan, en: Plan}
    date: "2025-11"
    date_kind: revision
    sections:
      - id: testing
        name: {sv: Testning, en: Testing}
      - id: pilot
        name: {sv: Pilot, en: Pilot}
        part_of: testing
roles:
  - id: lppl
    name: {sv: LPPL, en: LPPL}
activities:
  - id: start_testing
    plan: cancer_blekinge
    section: pilot
    kind: goal
    number: "1"
    quote: {sv: Testning införs., en: Testing is introduced.}
    responsible:
      - {sv: LPPL., en: LPPL.}
    roles: [lppl]
    timeline: {sv: Q2/Q3 2026, en: Q2/Q3 2026}
    since: 2026Q2
    until: 2026Q3
    status: ongoing
    status_quote: {sv: Pågående, en: Ongoing}
    followed_up_by: [svf_lead_time]
    proposed:
      - indicator: svf_inclusion
        why: {sv: Samma sak., en: The same.}
  - id: part_of_testing
    plan: cancer_blekinge
    section: pilot
    kind: goal
    part_of: start_testing
    quote: {sv: Först en pilot., en: First a pilot.}
  - id: older_goal
    plan: cancer_blekinge
    section: testing
    kind: ended_goal
    number: "1"
    quote: {sv: Äldre mål., en: An older goal.}
    status: replaced
    status_quote: {sv: Se mål 1., en: See goal 1.}
    followed_up_by:
      - {indicator: svf_lead_time, svf: aggstock, period: 2025}
    replaced_by: start_testing
"""
LINES = {line.strip(): at for at, line in enumerate(FINE.splitlines(), start=1)}


@pytest.fixture
def load(tmp_path):
    path = tmp_path / "activities.yaml"

    def load_changed(*changes):
        text = FINE
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
        return load_activities(path, DEFINITIONS)

    return load_changed


def faults(load, *changes):
    with pytest.raises(DefinitionError) as caught:
        load(*changes)
    return [fault.split("activities.yaml:", 1)[1] for fault in caught.value.faults]


def test_a_whole_file_loads_in_its_order(load):
    loaded = load()
    ids = ["start_testing", "part_of_testing", "older_goal"]
    assert [activity.id for activity in loaded.activities] == ids
    assert loaded.activity("start_testing").status is ActivityStatus.ONGOING
    assert [activity.id for activity in loaded.of_plan("cancer_blekinge")] == ids
    assert loaded.of_plan("medicines_blekinge") == []


def test_the_way_to_a_section_begins_with_the_outermost(load):
    document = load().document("cancer_blekinge")
    assert [section.id for section in document.way_to("pilot")] == ["testing", "pilot"]
    assert [section.id for section in document.way_to("testing")] == ["testing"]


def test_under_a_heading_stands_what_is_under_those_below_it_too(load):
    def under(section):
        return [one.id for one in load().under("cancer_blekinge", section)]

    assert under("testing") == ["start_testing", "part_of_testing", "older_goal"]
    assert under("pilot") == ["start_testing", "part_of_testing"]


def test_who_answers_is_said_by_what_a_plan_follows_up_in_its_own_time(load):
    answered = load().answered_for({"cancer_blekinge"})
    # Neither the indicator that is proposed, nor that of the goal that has ended.
    assert {name: [one.id for one in some] for name, some in answered.items()} == {
        "svf_lead_time": ["start_testing"]
    }
    assert load().answered_for({"medicines_blekinge"}) == {}


def test_a_link_is_an_id_alone_or_says_of_what_and_when(load):
    loaded = load()
    (link,) = loaded.activity("start_testing").followed_up_by
    assert (link.indicator, link.svf, link.period) == ("svf_lead_time", None, None)
    (link,) = loaded.activity("older_goal").followed_up_by
    assert (link.svf, str(link.period)) == ("aggstock", "2025")


def test_what_is_stored_with_a_build_is_what_was_read(load):
    loaded = load()
    assert Activities.model_validate_json(loaded.model_dump_json()) == loaded


def test_the_links_of_the_plan_stand_before_those_proposed(load):
    links = load().activity("start_testing").links
    assert [link.indicator for link in links] == ["svf_lead_time", "svf_inclusion"]


def test_of_definitions_of_ones_own_only_what_they_name_is_left(load):
    few = DEFINITIONS.model_copy(
        update={
            "indicators": [
                indicator
                for indicator in DEFINITIONS.indicators
                if indicator.id == "svf_inclusion"
            ]
        }
    )
    left = load().within(few).activity("start_testing")
    assert left.followed_up_by == []
    assert [link.indicator for link in left.proposed] == ["svf_inclusion"]
    none = load().within(DEFINITIONS.model_copy(update={"plans": []}))
    assert (none.activities, none.documents) == ([], [])


@pytest.mark.parametrize(
    ("at", "timing"),
    [
        ("2026Q1", Timing.PLANNED),
        ("2026Q2", Timing.DUE),
        ("2026Q3", Timing.DUE),
        ("2026Q4", Timing.PASSED),
    ],
)
def test_a_quarter_is_before_within_or_after_the_time_of_the_plan(load, at, timing):
    assert load().activity("start_testing").timing(Period.parse(at)) is timing


def test_what_has_no_time_in_the_plan_has_no_timing(load):
    assert load().activity("older_goal").timing(Period.parse("2026Q1")) is None


def test_an_unknown_activity_or_plan_is_a_key_error(load):
    with pytest.raises(KeyError, match="missing"):
        load().activity("missing")
    with pytest.raises(KeyError, match="missing"):
        load().document("missing")


@pytest.mark.parametrize(
    ("line", "change", "fault"),
    [
        pytest.param(
            "followed_up_by: [svf_lead_time]",
            "followed_up_by: [svf_led_time]",
            "activities.start_testing.followed_up_by.0: no indicator has the id "
            "'svf_led_time' in the definitions",
            id="an unknown indicator",
        ),
        pytest.param(
            "- {indicator: svf_lead_time, svf: aggstock, period: 2025}",
            "- {indicator: prem_svf_rank, svf: aggstock, period: 2025}",
            "activities.older_goal.followed_up_by.0: 'prem_svf_rank' is not broken "
            "down by `svf`",
            id="a pathway of an indicator that has none",
        ),
        pytest.param(
            "- {indicator: svf_lead_time, svf: aggstock, period: 2025}",
            "- {indicator: svf_lead_time, svf: aggstock}",
            "activities.older_goal.followed_up_by.0: the outcome of a pathway is of a "
            "period; name `period`",
            id="a pathway without a period",
        ),
        pytest.param(
            "until: 2026Q3",
            "untill: 2026Q3",
            "activities.start_testing.untill: Extra inputs are not permitted, got "
            "'2026Q3'; did you mean `until`?",
            id="a misspelt key",
        ),
        pytest.param(
            "until: 2026Q3",
            "due: 2026Q3",
            "activities.start_testing.due: Extra inputs are not permitted, got "
            "'2026Q3'; did you mean `until`?",
            id="a due date",
        ),
        pytest.param(
            "roles: [lppl]",
            "roles: [lpp]",
            "activities.start_testing.roles.0: expected a role that is listed in "
            "`roles`, got 'lpp'",
            id="an unknown role",
        ),
        pytest.param(
            "part_of: start_testing",
            "part_of: older_goal",
            "activities.part_of_testing.part_of: expected the id of a statement "
            "before it in the same section, got 'older_goal'",
            id="part of what stands elsewhere",
        ),
        pytest.param(
            "part_of: testing",
            "part_of: pilot",
            "documents.0.sections.pilot.part_of: expected a section that stands "
            "before it in the same document, got 'pilot'",
            id="a section within itself",
        ),
        pytest.param(
            "replaced_by: start_testing",
            "replaced_by: older_goal",
            "activities.older_goal.replaced_by: expected the id of another activity, "
            "got 'older_goal'",
            id="replaced by itself",
        ),
        pytest.param(
            "name: {sv: Testning, en: Testing}",
            "name: {sv: Testning}",
            "documents.0.sections.testing.name.en: Field required",
            id="one language alone",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(load, line, change, fault):
    assert faults(load, (line, change)) == [f"{LINES[line]}: {fault}"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param(
            ("    status_quote: {sv: Pågående, en: Ongoing}\n", ""),
            "a status is what the plan writes; quote it in `status_quote`",
            id="a status that the plan does not write",
        ),
        pytest.param(
            ("    roles: [lppl]\n", ""),
            "`responsible` and `roles` go together: the words, and whom they mean",
            id="words without a role",
        ),
        pytest.param(
            ("    since: 2026Q2", "    support_roles: [lppl]\n    since: 2026Q2"),
            "`support` and `support_roles` go together",
            id="a support role without words",
        ),
        pytest.param(
            ("    since: 2026Q2", "    recipient_roles: [lppl]\n    since: 2026Q2"),
            "`recipients` and `recipient_roles` go together",
            id="a role reported to without words",
        ),
        pytest.param(
            ("    timeline: {sv: Q2/Q3 2026, en: Q2/Q3 2026}\n", ""),
            "a time is what the plan writes; quote it in `timeline`",
            id="a time that the plan does not write",
        ),
        pytest.param(
            ("until: 2026Q3", "until: 2026Q1"),
            "until 2026Q1 lies before since 2026Q2",
            id="an end before the start",
        ),
        pytest.param(
            ("indicator: svf_inclusion", "indicator: svf_lead_time"),
            "'svf_lead_time' stands twice; keep it once",
            id="an indicator twice",
        ),
    ],
)
def test_what_does_not_hold_together_is_a_fault_of_the_activity(load, change, fault):
    at = LINES["- id: start_testing"]
    assert faults(load, change) == [f"{at}: activities.start_testing: {fault}"]


def test_a_replaced_goal_says_by_what(load):
    (fault,) = faults(load, ("    replaced_by: start_testing\n", ""))
    assert fault.endswith("activities.older_goal: a replaced goal needs `replaced_by`")


def test_a_section_belongs_to_the_document_of_its_plan(load):
    (fault,) = faults(load, ("section: testing", "section: test"))
    assert fault.endswith(
        "activities.older_goal.section: expected a section of the document of "
        "'cancer_blekinge', got 'test'"
    )


def test_an_id_or_a_number_may_stand_only_once(load):
    (fault,) = faults(load, ("id: part_of_testing", "id: start_testing"))
    assert fault.endswith("'start_testing' is defined twice")
    (fault,) = faults(load, ("kind: ended_goal", "kind: goal"))
    assert fault.endswith("cancer_blekinge already has the goal '1': 'start_testing'")


def test_an_unknown_status_is_named_with_the_known_ones(load):
    (fault,) = faults(load, ("status: ongoing", "status: stopped"))
    assert "'waiting'" in fault
    assert fault.endswith("got 'stopped'")


def test_every_fault_is_told_at_once(load):
    written = faults(
        load,
        ("[svf_lead_time]", "[svf_led_time]"),
        ("replaced_by: start_testing", "replaced_by: nothing"),
    )
    assert len(written) == 2


def test_a_missing_file_is_a_fault(tmp_path):
    with pytest.raises(DefinitionError, match="does not exist"):
        load_activities(tmp_path / "activities.yaml", DEFINITIONS)
