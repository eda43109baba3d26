-- Value, interval, and whether they are shown. Small numbers are taken away here, so that
-- they never leave the build.
CREATE OR REPLACE TEMP TABLE valued AS
WITH counted AS (
    FROM grid
    FULL JOIN total USING (line, nr)
    LEFT JOIN expected USING (line, nr)
),
measured AS (
    SELECT counted.*, rule.kind, rule.scale_lowest, rule.scale_highest, rule.per,
        rule.minimum, rule.lifecycle, coalesce(has_counts, false) AS is_counted,
        CASE
            WHEN NOT coalesce(has_counts, false) THEN own_value
            WHEN rule.kind = 'count' THEN numerator
            WHEN denominator = 0 THEN NULL
            WHEN rule.kind = 'proportion' THEN 100.0 * numerator / denominator
            WHEN rule.kind = 'rate' THEN CAST(rule.per AS DOUBLE) * numerator / denominator
            ELSE numerator / denominator
        END AS raw_value
    FROM counted JOIN line USING (line) JOIN rule USING (indicator)
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
    has_value_only, has_masked, is_partial, units_reporting, units_expected,
    has_predecessors,
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
