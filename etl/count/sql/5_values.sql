-- Value, interval, and whether they are shown. Small numbers are taken away here, so that
-- they never leave the build.
CREATE OR REPLACE TEMP TABLE valued AS
WITH counted AS (
    SELECT *, not_nested.months AS not_nested_months
    FROM grid
    FULL JOIN total USING (line, nr)
    LEFT JOIN expected USING (line, nr)
    LEFT JOIN not_nested USING (line, nr)
),
lacking AS (
    -- A unit may tell parts of a month, and the total of a quarter alone.
    SELECT place, nr, lacks_totals, lacks_units
    FROM expected JOIN line USING (line)
),
measured AS (
    -- A part of a breakdown may be empty in a month, or in a unit: of one that lacks some
    -- it is told, and it is judged as its total is.
    SELECT counted.* REPLACE (partial.place IS NOT NULL OR coalesce(is_partial, false)
            AS is_partial),
        -- Whose reports say which months they cover has told of all of them; of cases it
        -- is known only how far they reach. What is published is of a whole year, and so
        -- is what is given as the value of a term.
        NOT coalesce(partial.is_short, false)
            AND NOT coalesce(
                CASE line."by" WHEN '' THEN lacking.lacks_totals
                    ELSE lacking.lacks_units END, false)
            AND (rule.is_published
            OR coalesce(is_given, false)
            OR least(period.last_month, gone) <= CASE
                WHEN rule.is_by_period THEN last_month_over
                ELSE least(last_month_over, reach.last_month) END) AS is_whole,
        rule.kind, rule.scale_lowest, rule.scale_highest, rule.per,
        rule.minimum, rule.lifecycle, coalesce(has_counts, false) AS is_counted,
        CASE
            WHEN NOT coalesce(has_counts, false) THEN own_value
            ELSE value_of(rule.kind, rule.per, numerator, denominator)
        END AS raw_value
    FROM counted
    JOIN line USING (line)
    JOIN rule USING (indicator)
    JOIN period USING (nr)
    JOIN lifetime ON lifetime.unit = line.unit
    CROSS JOIN (SELECT last_month_over FROM this_build)
    CROSS JOIN (SELECT last_month FROM reach) AS reach
    LEFT JOIN partial USING (place, nr)
    LEFT JOIN lacking USING (place, nr)
),
judged AS (
    SELECT *,
        CASE
            WHEN lifecycle = 'paused' THEN NULL
            WHEN NOT is_counted THEN CASE WHEN raw_value IS NOT NULL THEN 'shown' END
            ELSE showing_of(kind, minimum, numerator, denominator)
        END AS showing
    FROM measured
)
SELECT line, nr, numerator, denominator, own_value_among, is_counted, showing,
    has_value_only, value_months, has_masked, is_partial, units_reporting,
    units_expected, has_predecessors, is_whole, told, told_by_all, not_nested_months,
    CASE WHEN showing = 'shown' THEN raw_value END AS value,
    CASE WHEN showing = 'shown' AND is_counted THEN
        CASE kind
            WHEN 'proportion' THEN 100 * coalesce(share_interval.lower,
                wilson_lower(numerator, denominator))
            WHEN 'rate' THEN per * poisson_lower(numerator) / denominator
            WHEN 'count' THEN poisson_lower(numerator)
            WHEN 'mean' THEN scale_lowest + (scale_highest - scale_lowest) * wilson_lower(
                (numerator - scale_lowest * denominator) / (scale_highest - scale_lowest),
                denominator)
        END
    END AS lower,
    CASE WHEN showing = 'shown' AND is_counted THEN
        CASE kind
            WHEN 'proportion' THEN 100 * coalesce(share_interval.upper,
                wilson_upper(numerator, denominator))
            WHEN 'rate' THEN per * poisson_upper(numerator) / denominator
            WHEN 'count' THEN poisson_upper(numerator)
            WHEN 'mean' THEN scale_lowest + (scale_highest - scale_lowest) * wilson_upper(
                (numerator - scale_lowest * denominator) / (scale_highest - scale_lowest),
                denominator)
        END
    END AS upper
FROM judged
LEFT JOIN share_interval USING (numerator, denominator);

-- As kpi.coverage.same_months: what is not whole is compared with the same months a year
-- earlier, where the units below have told of the same ones, and these were whole then,
-- as periods of one length. Of cases it is known only how far they reach.
CREATE OR REPLACE TEMP TABLE same_months AS
WITH part_of AS (
    SELECT line, nr, kind, per, minimum, averages_numerator, averages_denominator,
        is_by_period, period.first_month - 12 AS since, period.last_month - 12 AS until,
        CASE WHEN is_by_period THEN told
            ELSE month_bits(period.first_month,
                least(period.last_month, last_month_over, reach.last_month),
                period.first_month) END AS months
    FROM valued
    JOIN line USING (line)
    JOIN rule USING (indicator)
    JOIN period USING (nr)
    JOIN lifetime USING (unit)
    CROSS JOIN (SELECT last_month_over FROM this_build)
    CROSS JOIN (SELECT last_month FROM reach) AS reach
    WHERE value IS NOT NULL AND valued.is_counted AND NOT is_whole AND "by" = ''
        AND NOT coalesce(has_masked, false)
        AND (NOT is_by_period OR (told & ~told_by_all) = 0)
        AND NOT (grows_with_time AND (born > period.first_month - 12
            OR gone < period.last_month
            OR coalesce(units_reporting < units_expected, false)))
),
summed AS (
    SELECT part_of.line, part_of.nr, any_value(kind) AS kind, any_value(per) AS per,
        any_value(minimum) AS minimum,
        exact_sum(CASE WHEN averages_numerator THEN numerator * length
            ELSE numerator END) / any_value(CASE WHEN averages_numerator
                THEN bit_count(months) ELSE 1 END) AS numerator,
        exact_sum(CASE WHEN averages_denominator THEN denominator * length
            ELSE denominator END) / any_value(CASE WHEN averages_denominator
                THEN bit_count(months) ELSE 1 END) AS denominator
    FROM part_of
    JOIN (
        SELECT line, numerator, denominator, is_whole, has_masked, period_kind,
            first_month, last_month, last_month - first_month + 1 AS length
        FROM valued JOIN period USING (nr)
        WHERE is_counted AND period_kind NOT IN ('year', 'rolling')
    ) AS earlier ON earlier.line = part_of.line
        AND earlier.first_month >= since AND earlier.last_month <= until
        AND (month_bits(earlier.first_month, earlier.last_month, since) & ~months) = 0
    WHERE is_by_period OR period_kind = 'month'
    GROUP BY part_of.line, part_of.nr, period_kind
    HAVING bool_and(earlier.is_whole AND NOT coalesce(earlier.has_masked, false))
        AND (NOT any_value(is_by_period) OR any_value(months)
            = bit_or(month_bits(earlier.first_month, earlier.last_month, since)))
)
SELECT line, nr, max(value_of(kind, per, numerator, denominator)) AS value
FROM summed
WHERE showing_of(kind, minimum, numerator, denominator) = 'shown'
GROUP BY line, nr;
