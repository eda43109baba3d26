-- A series is what a unit adds to a total or breakdown while its way up is the same;
-- `whole` is the same for all of a unit's, whatever its way up.
CREATE OR REPLACE TEMP TABLE series AS
SELECT row_number() OVER () AS series, dense_rank() OVER (ORDER BY unit_id) AS unit_nr,
    dense_rank() OVER (ORDER BY indicator, unit_id, "by", by_value) AS whole, *
FROM (SELECT DISTINCT indicator, unit_id, path_from, "by", by_value FROM part);

-- A unit's first and last month.
CREATE OR REPLACE TEMP TABLE lifetime AS
SELECT unit_id AS unit, any_value(kind ORDER BY valid_from DESC) AS unit_kind,
    min(date_part('year', valid_from) * 12 + date_part('month', valid_from) - 1) AS born,
    max(date_part('year', valid_to) * 12 + date_part('month', valid_to) - 1) AS gone
FROM unit
WHERE build_id = (SELECT build_id FROM this_build)
GROUP BY ALL;

-- Half-years are for what is measured, or reported by somebody, by the half-year.
CREATE OR REPLACE TEMP TABLE halved AS
SELECT indicator FROM rule WHERE months_expected = 6
UNION
SELECT indicator FROM part JOIN rule USING (indicator)
WHERE last_month - first_month + 1 = 6 AND NOT is_step;

-- As kpi.coverage.is_dated: measurements on dates, never two in one term.
CREATE OR REPLACE TEMP TABLE dated AS
SELECT whole
FROM (
    SELECT whole, count(DISTINCT first_month) AS reports
    FROM part
    JOIN series USING (indicator, unit_id, path_from, "by", by_value)
    JOIN rule USING (indicator)
    WHERE is_by_period AND may_be_dated
    GROUP BY whole, first_month // months_expected
)
GROUP BY whole
HAVING max(reports) = 1;

-- As kpi.coverage.nests: where a unit has reports that do not fill a period end to end.
CREATE OR REPLACE TEMP TABLE unfitting AS
SELECT series, whole, nr, max(stretch.months) AS months
FROM (
    SELECT DISTINCT series, whole, indicator, part.first_month, part.last_month,
        part.last_month - part.first_month + 1 AS months
    FROM part
    JOIN series USING (indicator, unit_id, path_from, "by", by_value)
    JOIN rule USING (indicator)
    WHERE part.last_month > part.first_month AND NOT rule.is_step
) AS stretch
JOIN period ON period.first_month <= stretch.last_month
    AND stretch.first_month <= period.last_month
    AND (stretch.first_month < period.first_month
        OR period.last_month < stretch.last_month
        OR period.first_month % stretch.months <> 0
        OR (period.last_month + 1) % stretch.months <> 0)
WHERE period.period_kind <> 'half' OR indicator IN (SELECT indicator FROM halved)
GROUP BY series, whole, nr;

-- Parts -> what each unit itself adds to each period that holds the part whole. A stock,
-- such as inhabitants, is averaged over the months it was given for instead of summed.
CREATE OR REPLACE TEMP TABLE unit_sum AS
WITH held AS (
    SELECT stretch.*, period.nr, period.period_kind,
        period.first_month AS period_first, period.last_month AS period_last,
        period_kind <> 'rolling' AND stretch.first_month = period.first_month
            AND stretch.last_month = period.last_month AS is_same
    FROM (SELECT DISTINCT first_month, last_month FROM part) AS stretch
    JOIN period ON period.first_month <= stretch.first_month
        AND stretch.last_month <= period.last_month
),
placed AS (
    SELECT series.series, series.whole, series.unit_id, held.nr, held.is_same,
        held.period_first, held.period_last,
        part.first_month, part.last_month,
        part.numerator, part.denominator, part.value, part.is_masked,
        part.last_month - part.first_month + 1 AS months,
        rule.averages_numerator, rule.averages_denominator, rule.months_expected,
        rule.may_be_dated,
        averages_numerator OR averages_denominator OR is_by_period AS is_by_months
    FROM part
    JOIN series USING (indicator, unit_id, path_from, "by", by_value)
    JOIN rule USING (indicator)
    JOIN held USING (first_month, last_month)
    WHERE NOT rule.is_step
        AND (held.period_kind <> 'half' OR indicator IN (SELECT indicator FROM halved))
),
measured AS (
    SELECT *,
        -- Of the whole unit: a move within the period divides a stock, not doubles it.
        -- Units that became one may report the same month each; it is still one month.
        bit_count(bit_or(month_bits(first_month, last_month, period_first))
            FILTER (numerator IS NOT NULL) OVER same_unit) AS numerator_months,
        bit_count(bit_or(month_bits(first_month, last_month, period_first))
            FILTER (denominator IS NOT NULL) OVER same_unit) AS denominator_months,
        count(DISTINCT first_month) FILTER (numerator IS NOT NULL OR is_masked)
            OVER same_unit AS reports,
        bit_or(CASE WHEN numerator IS NOT NULL OR is_masked
            THEN month_bits(first_month, last_month, period_first) ELSE 0 END)
            OVER same_unit AS covered,
        bit_or(CASE WHEN may_be_dated AND months >= least(months_expected, 12)
            THEN month_bits(first_month, last_month, period_first) ELSE 0 END)
            OVER same_unit AS given
    FROM placed
    WHERE is_by_months
    WINDOW same_unit AS (PARTITION BY whole, nr)
),
judged AS (
    SELECT measured.*, unfitting.whole IS NOT NULL AS is_unfitting,
        month_bits(greatest(period_first, born), least(period_last, gone), period_first)
            AS lived,
        -- As kpi.coverage.has_as_many_as_promised.
        dated.whole IS NOT NULL AND reports >= (period_last - period_first + 1)
            // months_expected AS is_measured,
        -- As kpi.coverage.is_filled: nothing is missing of before and after the unit.
        (lived & ~covered) = 0 AS is_filled,
        -- As kpi.coverage.is_given.
        (lived & ~given) = 0 AS is_given
    FROM measured
    JOIN lifetime ON lifetime.unit = measured.unit_id
    LEFT JOIN dated USING (whole)
    LEFT JOIN (SELECT DISTINCT whole, nr FROM unfitting) AS unfitting USING (whole, nr)
)
SELECT series, nr,
    -- Summed before divided: an average that is whole stays so.
    exact_sum(CASE WHEN averages_numerator THEN numerator * months ELSE numerator END)
        / any_value(CASE WHEN averages_numerator THEN numerator_months ELSE 1 END)
        AS numerator,
    exact_sum(CASE WHEN averages_denominator
        THEN denominator * months ELSE denominator END)
        / any_value(CASE WHEN averages_denominator THEN denominator_months ELSE 1 END)
        AS denominator,
    -- A value without counts stands for its own unit and period, and is never added up.
    max(value) FILTER (is_same) AS own_value,
    max(denominator) FILTER (value IS NOT NULL) AS own_value_among,
    bool_or(value IS NOT NULL) AS has_value_only,
    max(months) FILTER (value IS NOT NULL) AS value_months,
    bool_or(is_masked) AS has_masked,
    bool_or(numerator IS NOT NULL AND value IS NULL) AS has_counts,
    bool_or(numerator IS NOT NULL AND NOT is_filled AND NOT is_measured) AS is_partial,
    bit_or(CASE WHEN is_filled OR is_measured THEN -1 ELSE covered END)
        FILTER (numerator IS NOT NULL) AS covered,
    bool_and(is_given) AS is_given,
    -- The months that are told of, and with them those in which there was no unit.
    bit_or(covered) FILTER (numerator IS NOT NULL) AS told,
    bit_or(covered | ~lived) FILTER (numerator IS NOT NULL) AS told_or_gone,
    any_value(CASE WHEN averages_numerator THEN lived END) AS numerator_lived,
    any_value(CASE WHEN averages_denominator THEN lived END) AS denominator_lived
FROM (
    -- What does not nest is no part of the period, unless other reports fill it.
    SELECT * FROM judged WHERE NOT is_unfitting OR is_filled
    UNION ALL BY NAME
    SELECT *, true AS is_filled FROM placed WHERE NOT is_by_months
)
GROUP BY series, nr;

-- As kpi.steps: what was last reported of a step stands until the next report.
CREATE OR REPLACE TEMP TABLE last_report AS
SELECT whole, series, nr, part.first_month, part.last_month,
    part.numerator, part.denominator, part.value, part.is_masked
FROM part
JOIN series USING (indicator, unit_id, path_from, "by", by_value)
JOIN rule USING (indicator)
JOIN period ON part.last_month <= period.last_month
    AND period.period_kind NOT IN ('month', 'half')
WHERE rule.is_step
-- More than one, where units that became one report for the same period.
QUALIFY rank() OVER (PARTITION BY whole, nr
    ORDER BY part.last_month DESC, part.first_month DESC) = 1;

INSERT INTO unit_sum BY NAME
SELECT series, nr, numerator, denominator, value AS own_value,
    CASE WHEN value IS NOT NULL THEN denominator END AS own_value_among,
    value IS NOT NULL AS has_value_only, is_masked AS has_masked,
    numerator IS NOT NULL AND value IS NULL AS has_counts, false AS is_partial,
    CASE WHEN numerator IS NOT NULL THEN -1 END AS covered
FROM last_report;
