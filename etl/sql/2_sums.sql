-- Parts -> what each unit itself adds to each period that holds the part whole. A stock,
-- such as inhabitants, is averaged over the months it was given for instead of summed.
CREATE OR REPLACE TEMP TABLE unit_sum AS
WITH placed AS (
    SELECT part.*, period.period_kind, period.period,
        period.first_month AS period_first, period.last_month AS period_last,
        rule.averages_numerator, rule.averages_denominator,
        part.last_month - part.first_month + 1 AS months,
        -- Of the whole unit: a move within the period divides a stock, not doubles it.
        sum(part.last_month - part.first_month + 1)
            FILTER (part.numerator IS NOT NULL) OVER same_unit AS numerator_months,
        sum(part.last_month - part.first_month + 1)
            FILTER (part.denominator IS NOT NULL) OVER same_unit AS denominator_months,
        count(part.numerator) OVER same_unit AS numerator_parts,
        rule.is_by_period, rule.months_expected
    FROM part
    JOIN rule USING (indicator)
    JOIN period ON period.first_month <= part.first_month
        AND part.last_month <= period.last_month
        -- Half-years are for what is measured by the half-year.
        AND (period.period_kind <> 'half' OR rule.months_expected = 6)
    WINDOW same_unit AS (PARTITION BY part.indicator, part.unit_id, part."by",
        part.by_value, period.period_kind, period.period)
)
SELECT indicator, unit_id, path_from, "by", by_value, period_kind, period,
    period_first AS first_month, period_last AS last_month,
    CASE WHEN any_value(averages_numerator)
        THEN sum(numerator * months / numerator_months)
        ELSE sum(numerator) END AS numerator,
    CASE WHEN any_value(averages_denominator)
        THEN sum(denominator * months / denominator_months)
        ELSE sum(denominator) END AS denominator,
    -- A value without counts stands for its own unit and period, and is never added up.
    max(value) FILTER (first_month = period_first AND last_month = period_last
        AND period_kind <> 'rolling') AS own_value,
    max(denominator) FILTER (value IS NOT NULL) AS own_value_among,
    bool_or(value IS NOT NULL) AS has_value_only,
    bool_or(is_masked) AS has_masked,
    bool_or(numerator IS NOT NULL AND value IS NULL) AS has_counts,
    -- Some of the months, and fewer measurements than there should be.
    bool_or(is_by_period AND "by" = ''
        AND numerator_months < period_last - period_first + 1
        AND numerator_parts < (period_last - period_first + 1) // months_expected)
        AS is_partial
FROM placed
GROUP BY ALL;

-- What units add -> the unit and every unit above it, by the tree in force on the day of
-- the facts, and the unit's successors.
CREATE OR REPLACE TEMP TABLE total AS
SELECT indicator, ancestor_id AS unit, "by", by_value, period_kind, period,
    unit_sum.first_month, unit_sum.last_month,
    sum(numerator) FILTER (has_counts) AS numerator,
    sum(denominator) FILTER (has_counts) AS denominator,
    max(own_value) FILTER (distance = 0 AND NOT is_succession) AS own_value,
    max(own_value_among) FILTER (distance = 0 AND NOT is_succession) AS own_value_among,
    bool_or(has_value_only) AS has_value_only,
    bool_or(has_masked) AS has_masked,
    bool_or(has_counts) AS has_counts,
    bool_or(is_partial) AS is_partial,
    count(DISTINCT unit_id) FILTER (has_counts OR has_value_only)
        AS units_reporting,
    sum(numerator) FILTER (has_counts AND is_succession) AS inherited,
    sum(denominator) FILTER (has_counts AND is_succession) AS inherited_of,
    bool_or(is_succession) AS has_predecessors
FROM unit_sum
JOIN unit_path USING (unit_id)
WHERE unit_path.build_id = (SELECT build_id FROM this_build)
    AND unit_path.valid_from = unit_sum.path_from
GROUP BY ALL;

-- Units that are expected: they exist in the period and had facts in it or in the twelve
-- months before.
CREATE OR REPLACE TEMP TABLE presence AS
SELECT DISTINCT indicator, unit_id,
    unnest(range(first_month // 3, last_month // 3 + 1)) AS quarter
FROM part
WHERE "by" = '' AND NOT is_public;

CREATE OR REPLACE TEMP TABLE expected AS
SELECT presence.indicator, unit_path.ancestor_id AS unit, '' AS "by",
    period.period_kind, period.period, count(DISTINCT presence.unit_id) AS units_expected
FROM presence
JOIN rule USING (indicator)
JOIN period ON presence.quarter BETWEEN period.first_month // 3 - 4 AND period.last_month // 3
    AND period.period_kind <> 'month'
    AND period.last_month - period.first_month + 1 >= rule.months_expected
JOIN unit_path ON unit_path.unit_id = presence.unit_id
    AND unit_path.build_id = (SELECT build_id FROM this_build)
    AND NOT unit_path.is_succession
    AND unit_path.valid_from
        <= last_day(make_date(period.last_month // 12, period.last_month % 12 + 1, 1))
    AND unit_path.valid_to
        >= make_date(period.first_month // 12, period.first_month % 12 + 1, 1)
GROUP BY ALL;
