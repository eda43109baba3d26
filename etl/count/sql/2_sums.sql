-- A series is what a unit adds to a total or breakdown while its way up is the same;
-- `whole` is the same for all of a unit's, whatever its way up.
CREATE OR REPLACE TEMP TABLE series AS
SELECT row_number() OVER () AS series, dense_rank() OVER (ORDER BY unit_id) AS unit_nr,
    dense_rank() OVER (ORDER BY indicator, unit_id, "by", by_value) AS whole, *
FROM (SELECT DISTINCT indicator, unit_id, path_from, "by", by_value FROM part);

-- Parts -> what each unit itself adds to each period that holds the part whole. A stock,
-- such as inhabitants, is averaged over the months it was given for instead of summed.
CREATE OR REPLACE TEMP TABLE unit_sum AS
WITH held AS (
    SELECT stretch.*, period.nr, period.period_kind,
        period.last_month - period.first_month + 1 AS period_months,
        period_kind <> 'rolling' AND stretch.first_month = period.first_month
            AND stretch.last_month = period.last_month AS is_same
    FROM (SELECT DISTINCT first_month, last_month FROM part) AS stretch
    JOIN period ON period.first_month <= stretch.first_month
        AND stretch.last_month <= period.last_month
),
placed AS (
    SELECT series.series, series.whole, held.nr, held.period_months, held.is_same,
        part.numerator, part.denominator, part.value, part.is_masked,
        part.last_month - part.first_month + 1 AS months,
        rule.averages_numerator, rule.averages_denominator, rule.months_expected,
        rule.is_by_period AND "by" = '' AS is_expected_whole,
        averages_numerator OR averages_denominator OR is_by_period AS is_by_months
    FROM part
    JOIN series USING (indicator, unit_id, path_from, "by", by_value)
    JOIN rule USING (indicator)
    JOIN held USING (first_month, last_month)
    -- Half-years are for what is measured by the half-year.
    WHERE held.period_kind <> 'half' OR rule.months_expected = 6
),
measured AS (
    SELECT *,
        -- Of the whole unit: a move within the period divides a stock, not doubles it.
        sum(months) FILTER (numerator IS NOT NULL) OVER same_unit AS numerator_months,
        sum(months) FILTER (denominator IS NOT NULL) OVER same_unit
            AS denominator_months,
        count(numerator) OVER same_unit AS numerator_parts
    FROM placed
    WHERE is_by_months
    WINDOW same_unit AS (PARTITION BY whole, nr)
)
SELECT series, nr,
    exact_sum(CASE WHEN averages_numerator
        THEN numerator * months / numerator_months ELSE numerator END) AS numerator,
    exact_sum(CASE WHEN averages_denominator
        THEN denominator * months / denominator_months ELSE denominator END)
        AS denominator,
    -- A value without counts stands for its own unit and period, and is never added up.
    max(value) FILTER (is_same) AS own_value,
    max(denominator) FILTER (value IS NOT NULL) AS own_value_among,
    bool_or(value IS NOT NULL) AS has_value_only,
    bool_or(is_masked) AS has_masked,
    bool_or(numerator IS NOT NULL AND value IS NULL) AS has_counts,
    -- Some of the months, and fewer measurements than there should be.
    bool_or(is_expected_whole AND numerator_months < period_months
        AND numerator_parts < period_months // months_expected) AS is_partial
FROM (FROM measured UNION ALL BY NAME FROM placed WHERE NOT is_by_months)
GROUP BY series, nr;

-- A line is what is shown of a unit, period after period: counted, or only expected.
-- `place` is the same for the total of a unit and its breakdowns.
CREATE OR REPLACE TEMP TABLE lifetime AS
SELECT unit_id AS unit, any_value(kind ORDER BY valid_from DESC) AS unit_kind,
    min(date_part('year', valid_from) * 12 + date_part('month', valid_from) - 1) AS born,
    max(date_part('year', valid_to) * 12 + date_part('month', valid_to) - 1) AS gone
FROM unit
WHERE build_id = (SELECT build_id FROM this_build)
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE reaching AS
SELECT series, unit_nr, indicator, ancestor_id AS unit, "by", by_value,
    distance = 0 AND NOT is_succession AS is_own, is_succession
FROM series
JOIN unit_path ON unit_path.unit_id = series.unit_id
    AND unit_path.valid_from = series.path_from
WHERE unit_path.build_id = (SELECT build_id FROM this_build);

CREATE OR REPLACE TEMP TABLE line AS
SELECT row_number() OVER (ORDER BY indicator, unit, "by", by_value) AS line,
    dense_rank() OVER (ORDER BY indicator, unit) AS place, *
FROM (
    SELECT indicator, unit, "by", by_value FROM reaching
    UNION
    SELECT indicator, unit, '', '' FROM applies JOIN lifetime USING (unit_kind)
);

-- What units add -> the unit and every unit above it, by the tree in force on the day of
-- the facts, and the unit's successors.
CREATE OR REPLACE TEMP TABLE total AS
SELECT line, nr,
    exact_sum(CASE WHEN has_counts THEN numerator END) AS numerator,
    exact_sum(CASE WHEN has_counts THEN denominator END) AS denominator,
    max(own_value) FILTER (is_own) AS own_value,
    max(own_value_among) FILTER (is_own) AS own_value_among,
    bool_or(has_value_only) AS has_value_only,
    bool_or(has_masked) AS has_masked,
    bool_or(has_counts) AS has_counts,
    bool_or(is_partial) AS is_partial,
    count(DISTINCT unit_nr) FILTER (has_counts OR has_value_only) AS units_reporting,
    exact_sum(CASE WHEN has_counts AND is_succession THEN numerator END) AS inherited,
    exact_sum(CASE WHEN has_counts AND is_succession THEN denominator END) AS inherited_of,
    bool_or(is_succession) AS has_predecessors
FROM unit_sum
JOIN (SELECT line, series, unit_nr, is_own, is_succession
    FROM reaching JOIN line USING (indicator, unit, "by", by_value)) USING (series)
GROUP BY line, nr;

-- Units that are expected: they exist in the period and had facts in it or in the twelve
-- months before.
CREATE OR REPLACE TEMP TABLE presence AS
SELECT DISTINCT indicator, unit_id,
    unnest(range(first_month // 3, last_month // 3 + 1)) AS quarter
FROM part
WHERE "by" = '' AND NOT is_public;

CREATE OR REPLACE TEMP TABLE expected AS
SELECT line, nr, count(DISTINCT present.unit_id) AS units_expected
FROM (
    SELECT DISTINCT presence.indicator, presence.unit_id, period.nr,
        make_date(period.first_month // 12, period.first_month % 12 + 1, 1) AS first_day,
        last_day(make_date(period.last_month // 12, period.last_month % 12 + 1, 1))
            AS final_day
    FROM presence
    JOIN rule USING (indicator)
    JOIN period ON presence.quarter
            BETWEEN period.first_month // 3 - 4 AND period.last_month // 3
        AND period.period_kind <> 'month'
        AND period.last_month - period.first_month + 1 >= rule.months_expected
) AS present
JOIN unit_path ON unit_path.unit_id = present.unit_id
    AND unit_path.build_id = (SELECT build_id FROM this_build)
    AND NOT unit_path.is_succession
    AND unit_path.valid_from <= final_day AND unit_path.valid_to >= first_day
JOIN line ON line.indicator = present.indicator AND line.unit = unit_path.ancestor_id
    AND line."by" = ''
GROUP BY line, nr;
