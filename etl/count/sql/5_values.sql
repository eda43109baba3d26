-- Value, interval, and whether they are shown. Small numbers are taken away here, so that
-- they never leave the build.
CREATE OR REPLACE TEMP TABLE valued AS
WITH counted AS (
    SELECT * EXCLUDE (is_partial), not_nested.months AS not_nested_months
    FROM grid
    FULL JOIN total USING (line, nr)
    LEFT JOIN expected USING (line, nr)
    LEFT JOIN not_nested USING (line, nr)
),
measured AS (
    SELECT counted.*, partial.place IS NOT NULL AS is_partial,
        -- Whose reports say which months they cover has told of all of them; of cases it
        -- is known only how far they reach. What is published is of a whole year.
        NOT coalesce(partial.is_short, false) AND (rule.is_published
            OR period.last_month <= CASE WHEN rule.is_by_period THEN last_month_over
                ELSE least(last_month_over, reach.last_month) END) AS is_whole,
        rule.kind, rule.scale_lowest, rule.scale_highest, rule.per,
        rule.minimum, rule.lifecycle, coalesce(has_counts, false) AS is_counted,
        CASE
            WHEN NOT coalesce(has_counts, false) THEN own_value
            WHEN rule.kind = 'count' THEN numerator
            WHEN denominator = 0 THEN NULL
            WHEN rule.kind = 'proportion' THEN 100.0 * numerator / denominator
            WHEN rule.kind = 'rate' THEN CAST(rule.per AS DOUBLE) * numerator / denominator
            ELSE numerator / denominator
        END AS raw_value
    FROM counted
    JOIN line USING (line)
    JOIN rule USING (indicator)
    JOIN period USING (nr)
    CROSS JOIN (SELECT last_month_over FROM this_build)
    CROSS JOIN (SELECT last_month FROM reach) AS reach
    LEFT JOIN partial USING (place, nr)
),
judged AS (
    SELECT *,
        CASE
            WHEN lifecycle = 'paused' THEN NULL
            WHEN raw_value IS NULL AND NOT is_counted THEN NULL
            WHEN is_counted AND kind <> 'count' AND denominator = 0 THEN 'no_cases'
            WHEN is_counted AND kind = 'count' AND numerator > 0 AND numerator < minimum
                THEN 'too_few'
            WHEN is_counted AND kind <> 'count' AND denominator < minimum THEN 'too_few'
            ELSE 'shown'
        END AS showing
    FROM measured
)
SELECT line, nr, numerator, denominator, own_value_among, is_counted, showing,
    has_value_only, value_months, has_masked, is_partial, units_reporting,
    units_expected, has_predecessors, is_whole, not_nested_months,
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
