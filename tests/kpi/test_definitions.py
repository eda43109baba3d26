import json
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
import yaml

from kpi.definitions import Definitions, Indicator, load_definitions
from kpi.errors import DefinitionError
from kpi.model import Text
from kpi.period import EXPECTED, Period

FINE = """\
plans:
  - id: plan
    title: {sv: Plan, en: Plan}
    region: "0010"
    valid: 2025–2026


indicators:
  - id: svf_lead_time
    name: {sv: Ledtid, en: Lead time}
    why: {sv: Därför, en: Because}
    plans: [{plan: plan, section: Mål 5, quotation: ledtidsmål}]
    area: cancer
    responsible: {sv: Någon, en: Someone}
    numerator: {sv: Inom, en: Within}
    denominator: {sv: Alla, en: All}
    kind: proportion
    unit: {sv: "%", en: "%"}
    direction: higher
    measure:
      dataset: svf_fall
      numerator: {where: {inom_max: true}}
      denominator: {where: {ingar_i_ledtid: true, svf: {not_in: [aml]}}}
    breakdowns: [{by: svf}]
    frequency: quarterly
    unit_kinds: [region, klinik]
    minimum_denominator: 5
    tolerance: 5
    targets:
      - {level: local, rule: ">=", value: 55, since: 2026Q1, plan: plan, section: a}
      - {level: national, rule: ">=", value: 80, since: 2015, plan: plan, section: a}
    breaks:
      - {since: 2025Q2, text: {sv: Nytt system, en: New system}}
      - {since: 2024Q2, text: {sv: Ny kod, en: New code}}
    review: {owner: {sv: A, en: A}, reviewed: 2026-01-15, next_review: 2027-01-15}
"""


def load(folder, text):
    path = folder / "d.yaml"
    path.write_text(text, encoding="utf-8")
    return load_definitions(path)


def faults_of(folder, text):
    with pytest.raises(DefinitionError) as caught:
        load(folder, text)
    return [one.replace(f"{folder}/", "") for one in caught.value.faults]


def changed(old, new):
    assert FINE.count(old) == 1, old
    return FINE.replace(old, new)


def test_a_file_that_is_fine_loads(tmp_path):
    definitions = load(tmp_path, FINE)
    (indicator,) = definitions.indicators
    assert indicator.id == "svf_lead_time"
    assert indicator.decimals == 1
    assert indicator.targets[0].since == Period.parse("2026Q1")
    assert indicator.targets[1].since == Period.parse("2015")
    assert indicator.review.reviewed == date(2026, 1, 15)


def test_definitions_read_back_what_they_write_as_json(tmp_path):
    definitions = load(tmp_path, FINE)
    written = definitions.model_dump_json(by_alias=True)
    assert Definitions.model_validate_json(written) == definitions
    condition = json.loads(written)["indicators"][0]["measure"]["denominator"]
    assert condition["where"]["svf"]["not_in"] == ["aml"]


def test_the_shipped_catalogue_reads_back_what_it_writes_as_json():
    shipped = Path(__file__).parents[2] / "indicators.yaml"
    definitions = load_definitions(shipped)
    written = definitions.model_dump_json(by_alias=True)
    assert Definitions.model_validate_json(written) == definitions


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "direction: higher",
            "direction: up",
            "d.yaml:19: indicators.svf_lead_time.direction: Input should be 'higher', "
            "'lower' or "
            "'neutral', got 'up'",
        ),
        (
            "direction: higher",
            "direction: higher\n    chart: u",
            "d.yaml:20: indicators.svf_lead_time.chart: expected a chart that fits "
            "the kind "
            "proportion and its counts: none, p, p_prime, run, xmr, got 'u'",
        ),
        (
            "direction: higher",
            "direction: higher\n    chart: pie",
            "d.yaml:20: indicators.svf_lead_time.chart: Input should be 'none', "
            "'run', 'xmr', 'p', "
            "'p_prime', 'u', 'u_prime', 'c', 'g' or 't', got 'pie'",
        ),
        (
            "tolerance: 5",
            "tolerence: 5",
            "d.yaml:28: indicators.svf_lead_time.tolerence: Extra inputs are not "
            "permitted, got 5",
        ),
        (
            "value: 55,",
            "value: 55 %,",
            "d.yaml:30: indicators.svf_lead_time.targets.0.value: Input should be a "
            "valid number, "
            "got '55 %'",
        ),
        (
            "since: 2026Q1",
            "since: 2026Q5",
            f"d.yaml:30: indicators.svf_lead_time.targets.0.since: expected a period "
            f"such as "
            f"{EXPECTED}, got '2026Q5'",
        ),
        (
            "since: 2026Q1",
            "since: no",
            f"d.yaml:30: indicators.svf_lead_time.targets.0.since: expected a period "
            f"such as "
            f"{EXPECTED}, got 'no'",
        ),
        (
            "minimum_denominator: 5",
            "minimum_denominator: 05",
            "d.yaml:27: indicators.svf_lead_time.minimum_denominator: Input should be "
            "a valid "
            "integer, got '05'",
        ),
        (
            "minimum_denominator: 5",
            "minimum_denominator: 12:30",
            "d.yaml:27: indicators.svf_lead_time.minimum_denominator: Input should be "
            "a valid "
            "integer, got '12:30'",
        ),
        (
            "inom_max: true",
            "inom_max: no",
            "d.yaml:20: indicators.svf_lead_time.measure.svf_fall: inom_max holds "
            "flag, got 'no'",
        ),
        (
            "reviewed: 2026-01-15",
            "reviewed: n/a",
            "d.yaml:35: indicators.svf_lead_time.review.reviewed: Input should be a "
            "valid date, "
            "got 'n/a'",
        ),
        (
            "next_review: 2027-01-15",
            "next_review: 2026-01-15",
            "d.yaml:35: indicators.svf_lead_time.review: next_review 2026-01-15 is "
            "not after "
            "reviewed 2026-01-15",
        ),
        (
            "    area: cancer\n",
            "",
            "d.yaml:9: indicators.svf_lead_time.area: Field required",
        ),
        (
            "id: svf_lead_time",
            "id: Svf-Ledtid",
            "d.yaml:9: indicators.0.id: String should match pattern "
            "'^[a-z][a-z0-9_]*$', got 'Svf-Ledtid'",
        ),
        (
            "plans: [{plan: plan,",
            "plans: [{plan: plam,",
            "d.yaml:12: indicators.svf_lead_time.plans.0.plan: expected one of the "
            "plans ['plan'], "
            "got 'plam'",
        ),
        (
            "since: 2015, plan: plan",
            "since: 2015, plan: other",
            "d.yaml:31: indicators.svf_lead_time.targets.1.plan: expected one of the "
            "plans "
            "['plan'], got 'other'",
        ),
        (
            "kind: proportion",
            "kind: rate",
            "d.yaml:9: indicators.svf_lead_time: `per` belongs to the kind rate, and "
            "only to it",
        ),
        (
            "kind: proportion",
            "kind: proportion\n    scale: [0, 100]",
            "d.yaml:9: indicators.svf_lead_time: `scale` belongs to the kind mean",
        ),
        (
            "direction: higher",
            "direction: neutral",
            "d.yaml:9: indicators.svf_lead_time: a neutral indicator has no better or "
            "worse, so it "
            "takes no targets",
        ),
        (
            "by: svf",
            "by: profession",
            "d.yaml:9: indicators.svf_lead_time: svf_fall has no dimension "
            "'profession'; it has "
            "svf, ending, investigation, sex, age_group",
        ),
        (
            'level: local, rule: ">="',
            "level: local, rule: better_rank_than",
            "d.yaml:9: indicators.svf_lead_time: the rule better_rank_than and the "
            "kind rank go "
            "together",
        ),
        (
            "kind: proportion",
            "kind: count",
            "d.yaml:9: indicators.svf_lead_time: the kind count and the measure's "
            "denominator "
            "disagree",
        ),
        (
            "inom_max: true",
            "inom_maxx: true",
            "d.yaml:20: indicators.svf_lead_time.measure.svf_fall: svf_fall has no "
            "column "
            "'inom_maxx' to use; it has svf, kva_start",
        ),
    ],
)
def test_a_fault_is_told_with_its_line_and_in_words(tmp_path, old, new, fault):
    found = faults_of(tmp_path, changed(old, new))
    assert any(one.startswith(fault) for one in found), found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "value: 55,",
            "value: 1,5,",
            "d.yaml:30: indicators.svf_lead_time.targets.0.value: expected a decimal "
            "point, got a comma; write 1.5",
        ),
        (
            "tolerance: 5",
            "tolerance: 2,5",
            "d.yaml:28: indicators.svf_lead_time.tolerance: Input should be a valid "
            "number, got '2,5'; write 2.5",
        ),
    ],
)
def test_a_decimal_comma_is_told_as_one(tmp_path, old, new, fault):
    assert faults_of(tmp_path, changed(old, new)) == [fault]


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ("tolerance: 5", "tolerance: 5\n    tolerence: 5", "did you mean `tolerance`?"),
        ("since: 2026Q1,", "since: 2026Q1, due: 2026,", "did you mean `until`?"),
        ("{by: svf}", "{by: svf, x: 1}", "expected one of by, categories, measure"),
        ("inom_max: true}", "inom_max: {inn: 1}}", "did you mean `in`?"),
    ],
)
def test_a_key_that_is_not_known_is_told_with_those_that_are(tmp_path, old, new, meant):
    found = faults_of(tmp_path, changed(old, new))
    assert any(
        "Extra inputs are not permitted" in one and one.endswith(meant) for one in found
    ), found


def test_a_region_with_a_leading_zero_needs_no_quotes(tmp_path):
    (plan,) = load(tmp_path, changed('region: "0010"', "region: 0010")).plans
    assert plan.region == "0010"


def test_all_faults_are_told_at_once(tmp_path):
    text = changed("direction: higher", "direction: up")
    text = text.replace("tolerance: 5", "tolerence: 5").replace("55,", "55 %,")
    found = faults_of(tmp_path, text)
    assert {one.split(": ")[1] for one in found} == {
        "indicators.svf_lead_time.direction",
        "indicators.svf_lead_time.tolerence",
        "indicators.svf_lead_time.targets.0.value",
    }


def test_all_faults_of_one_indicator_are_told_together(tmp_path):
    text = changed("kind: proportion", "kind: count\n    per: 1000\n    scale: [0, 1]")
    (fault,) = faults_of(tmp_path, text)
    assert fault.count(";") == 2


def test_an_id_stands_once(tmp_path):
    (at, item) = FINE.split("indicators:\n")
    text = f"{at}indicators:\n{item}\n{item}"
    (fault,) = faults_of(tmp_path, text)
    assert fault.endswith(
        "indicators.svf_lead_time.id: 'svf_lead_time' is defined twice"
    )


def test_a_key_stands_once(tmp_path):
    text = changed("tolerance: 5", "tolerance: 5\n    tolerance: 3")
    assert faults_of(tmp_path, text) == [
        "d.yaml:29: indicators.svf_lead_time.tolerance: the key 'tolerance' stands "
        "twice; keep one"
    ]


@pytest.mark.parametrize("text", ["", "- 1\n", "just words\n"])
def test_something_else_than_definitions_is_refused(tmp_path, text):
    (fault,) = faults_of(tmp_path, text)
    assert "d.yaml:1: (file): Input should be a valid dictionary" in fault


# What holds an indicator together.


def indicator(**changes):
    """An indicator that is fine but for the changes; None takes a key away."""
    fine = deepcopy(yaml.safe_load(FINE)["indicators"][0])
    for target in fine["targets"]:
        target["since"] = str(target["since"])
    fine |= changes
    fine = {name: value for name, value in fine.items() if value is not None}
    return Indicator.model_validate(fine)


def fault_of(**changes):
    with pytest.raises(ValueError, match="Value error") as caught:
        indicator(**changes)
    return str(caught.value)


KOLADA = {"dataset": "kolada", "kpi": "N79178", "statistic": "rank"}
RANK_TARGET = {
    "level": "local",
    "rule": "better_rank_than",
    "value": 20,
    "since": "2025",
    "plan": "plan",
    "section": "a",
}


def test_an_active_indicator_needs_a_measure():
    said = fault_of(measure=None, breakdowns=[])
    assert "an active indicator needs a measure" in said
    one = indicator(measure=None, breakdowns=[], lifecycle="under_development")
    assert one.measure is None


def test_a_rank_comes_from_a_rank_and_is_judged_by_rank():
    one = indicator(
        kind="rank",
        measure=KOLADA,
        breakdowns=[],
        direction="lower",
        targets=[RANK_TARGET],
    )
    assert one.kind == "rank"
    assert "the statistic rank and the kind rank go together" in fault_of(
        measure=KOLADA, breakdowns=[], targets=[]
    )
    assert "better_rank_than and the kind rank go together" in fault_of(
        kind="rank", measure=KOLADA, breakdowns=[]
    )


def test_a_value_that_is_no_rank_is_no_rank():
    measure = KOLADA | {"statistic": "value"}
    assert indicator(measure=measure, breakdowns=[]).kind == "proportion"
    said = fault_of(kind="rank", measure=measure, breakdowns=[], targets=[])
    assert "the statistic rank and the kind rank go together" in said


def test_breakdowns_need_a_dataset_with_dimensions():
    said = fault_of(measure=KOLADA, kind="rank", targets=[])
    assert "breakdowns need a dataset with dimensions" in said


REPORTED = {"dataset": "matningar"}
FALLS = {"fall": {"sv": "Fall", "en": "Falls"}}


def test_what_is_reported_is_told_apart_by_categories_of_its_own():
    one = indicator(
        measure=REPORTED, breakdowns=[{"by": "category", "categories": FALLS}]
    )
    assert one.categories["fall"].en == "Falls"
    assert indicator().categories == {}
    said = fault_of(measure=REPORTED, breakdowns=[{"by": "svf"}])
    assert "matningar has no dimension 'svf'; it has category" in said


@pytest.mark.parametrize(
    ("breakdown", "expected"),
    [
        ({"by": "category"}, "belong to the dimension category, and only to it"),
        ({"by": "svf", "categories": FALLS}, "and only to it"),
        (
            {"by": "category", "categories": FALLS | {"alla": FALLS["fall"]}},
            "'alla' stands for all, and is no category",
        ),
        (
            {
                "by": "category",
                "categories": FALLS,
                "measure": {"dataset": "ppm", "numerator": {}, "denominator": {}},
            },
            "what is reported is broken down by its own rows, not another's",
        ),
    ],
)
def test_categories_belong_to_what_is_reported(breakdown, expected):
    assert expected in fault_of(measure=REPORTED, breakdowns=[breakdown])


def test_what_is_done_once_has_no_categories():
    by_category = [{"by": "category", "categories": FALLS}]
    said = fault_of(measure=REPORTED, breakdowns=by_category, frequency="once")
    assert "what is done once has no categories" in said


def test_a_category_is_called_the_same_everywhere(tmp_path):
    definitions = yaml.safe_load(FINE)
    [one] = definitions["indicators"]
    one["measure"] = REPORTED
    for target in one["targets"]:
        target["since"] = str(target["since"])
    other = one | {"id": "other"}
    for each, name in ((one, "Fall"), (other, "Fallolyckor")):
        names = {"sv": name, "en": "Falls"}
        each["breakdowns"] = [{"by": "category", "categories": {"fall": names}}]
    definitions["indicators"] = [one, other]
    [fault] = faults_of(tmp_path, yaml.safe_dump(definitions, allow_unicode=True))
    assert "the category 'fall' is called 'Fall' elsewhere, got 'Fallolyckor'" in fault


def test_a_dimension_may_live_in_another_dataset():
    other = {"dataset": "bhk_moment", "numerator": {}, "denominator": {}}
    one = indicator(breakdowns=[{"by": "item", "measure": other}])
    assert one.breakdowns[0].measure.dataset == "bhk_moment"
    none = {"dataset": "ppm", "numerator": {}, "denominator": {}}
    said = fault_of(breakdowns=[{"by": "item", "measure": none}])
    assert "ppm has no dimension 'item'; it has none" in said


def test_a_breakdowns_own_measure_is_held_to_the_kind_too():
    other = {"dataset": "bhk_moment", "numerator": {}}
    assert "denominator" in fault_of(breakdowns=[{"by": "item", "measure": other}])


@pytest.mark.parametrize("scale", [[100, 0], [1, 1]])
def test_a_scale_goes_upwards(scale):
    with pytest.raises(ValueError, match="scale"):
        indicator(kind="mean", scale=scale)


def test_a_rate_is_given_per_so_many_and_a_mean_may_have_a_scale():
    assert indicator(kind="rate", per=1000).per == 1000
    assert indicator(kind="mean", scale=[1, 5]).scale == (1, 5)


@pytest.mark.parametrize(
    ("frequency", "months"),
    [("monthly", 1), ("quarterly", 3), ("tertially", 4), ("yearly", 12), ("once", 120)],
)
def test_the_frequency_says_how_many_months_may_pass(frequency, months):
    assert indicator(frequency=frequency).months_expected() == months


@pytest.mark.parametrize(
    ("since", "until", "breaks"),
    [
        ("2024Q1", "2026Q1", ["2024Q2", "2025Q2"]),
        ("2024Q2", "2024Q2", ["2024Q2"]),
        ("2024Q3", "2025Q1", []),
        ("2025-04", "2025-04", ["2025Q2"]),
        ("2025-05", "2025-12", []),
    ],
)
def test_breaks_are_found_in_order(since, until, breaks):
    found = indicator().breaks_within(Period.parse(since), Period.parse(until))
    assert [str(one.since) for one in found] == breaks


@pytest.mark.parametrize(("region", "breaks"), [("0010", 2), ("0007", 1), (None, 2)])
def test_a_break_of_one_region_is_no_break_in_another(region, breaks):
    text = {"sv": "Nytt system", "en": "New system"}
    everywhere = {"since": "2023Q4", "text": text}
    in_blekinge = {"since": "2025Q1", "text": text, "region": "0010"}
    one = indicator(breaks=[everywhere, in_blekinge])
    assert len(one.in_region(region).breaks) == breaks


def test_its_own_words_say_who_answers_where_no_plan_names_anybody():
    theirs, ours = (Text(sv=name, en=name) for name in ("LPPL", "Analysenheten"))
    assert indicator(responsible=ours).answered_by([]) == [ours]
    assert indicator(responsible=ours).answered_by([theirs]) == [theirs]
    assert indicator(responsible=None).answered_by([]) == []


def test_an_indicator_is_found_by_its_id(tmp_path):
    definitions = load(tmp_path, FINE)
    assert definitions.indicator("svf_lead_time").id == "svf_lead_time"
    with pytest.raises(KeyError, match="other"):
        definitions.indicator("other")


def test_a_definition_may_name_its_control_chart(tmp_path):
    text = changed("direction: higher", "direction: higher\n    chart: xmr")
    assert load(tmp_path, text).indicators[0].chart == "xmr"
    assert indicator().chart is None


def test_a_chart_of_counts_does_not_fit_values_without_whole_counts():
    said = fault_of(chart="p", averaged_over_time=["numerator"])
    assert "none, run, xmr" in said
    assert indicator(chart="xmr", averaged_over_time=["numerator"]).chart == "xmr"


def test_what_nobody_has_given_may_be_left_out(tmp_path):
    text = changed("    tolerance: 5\n", "")
    text = text.replace("    responsible: {sv: Någon, en: Someone}\n", "")
    text = text[: text.index("    review:")]
    (indicator,) = load(tmp_path, text).indicators
    assert indicator.tolerance == 0
    assert indicator.responsible is None
    assert indicator.review is None


def test_a_place_in_a_plan_needs_the_plans_words(tmp_path):
    assert faults_of(tmp_path, changed(", quotation: ledtidsmål", "")) == [
        "d.yaml:12: indicators.svf_lead_time.plans.0.quotation: Field required"
    ]


def test_what_ships_stands_in_a_plan(tmp_path):
    place = "    plans: [{plan: plan, section: Mål 5, quotation: ledtidsmål}]\n"
    [fault] = faults_of(tmp_path, changed(place, ""))
    assert fault.endswith(
        "indicators.svf_lead_time.plans: expected where a plan asks for it, or which "
        "plan it belongs to"
    )


@pytest.mark.parametrize(("region", "is_told"), [("0010", True), ("0007", False)])
def test_what_is_chosen_of_a_break_is_told_where_the_break_is(
    tmp_path, region, is_told
):
    text = changed(
        "{since: 2025Q2, text",
        '{since: 2025Q2, region: "0010", chosen: {sv: Ungefär, en: About}, text',
    )
    (indicator,) = load(tmp_path, text).indicators
    there = indicator.in_region(region).chosen_here
    assert [words.sv for words in there] == ["Ungefär"] * is_told


def test_internal_control_names_a_plan_that_there_is(tmp_path):
    text = FINE + (
        "    internal_control: {plan: other, section: a, quotation: internkontroll}\n"
    )
    assert faults_of(tmp_path, text) == [
        "d.yaml:36: indicators.svf_lead_time.internal_control.plan: expected one of "
        "the plans ['plan'], got 'other'"
    ]


def test_a_plan_is_of_a_region_that_there_is(tmp_path):
    (fault,) = faults_of(tmp_path, changed('"0010"', '"0011"'))
    assert "plans.plan.region" in fault
    assert "a region's id in Kolada such as 0010, got '0011'" in fault


def test_what_is_switched_off_is_not_in_use(tmp_path):
    text = changed("frequency:", "lifecycle: switched_off\n    frequency:")
    definitions = load(tmp_path, text)
    assert [one.id for one in definitions.indicators] == ["svf_lead_time"]
    assert definitions.in_use().indicators == []
