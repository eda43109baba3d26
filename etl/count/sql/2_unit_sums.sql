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
        range(part.first_month, part.last_month + 1) AS each_month,
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
        -- Units that became one may report the same month each; it is still one month.
        len(list_distinct(flatten(list(each_month)
            FILTER (numerator IS NOT NULL) OVER same_unit))) AS numerator_months,
        len(list_distinct(flatten(list(each_month)
            FILTER (denominator IS NOT NULL) OVER same_unit))) AS denominator_months,
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
