-- Units that are expected: they exist in the period and had facts in it or in the twelve
-- months before. As kpi.coverage.adds_up: a number lacks those that have told nothing, in
-- a period of whatever length.
CREATE OR REPLACE TEMP TABLE presence AS
SELECT DISTINCT indicator, unit_id,
    unnest(range(first_month // 3, last_month // 3 + 1)) AS quarter
FROM part
WHERE "by" = '' AND NOT is_public;

CREATE OR REPLACE TEMP TABLE expected AS
WITH present AS (
    SELECT DISTINCT presence.indicator, presence.unit_id, period.nr, rule.adds_up,
        make_date(period.first_month // 12, period.first_month % 12 + 1, 1) AS first_day,
        last_day(make_date(period.last_month // 12, period.last_month % 12 + 1, 1))
            AS final_day
    FROM presence
    JOIN rule USING (indicator)
    JOIN period ON presence.quarter
            BETWEEN period.first_month // 3 - 4 AND period.last_month // 3
        AND (rule.adds_up OR (period.period_kind <> 'month'
            AND period.last_month - period.first_month + 1 >= rule.months_expected))
),
-- Wherever it stood: a unit that has moved within the period has told there or here.
counted AS (
    SELECT indicator, unit_id, nr, bool_or("by" = '') AS has_total
    FROM unit_sum JOIN series USING (series)
    WHERE has_counts
    GROUP BY indicator, unit_id, nr
)
SELECT line, nr, count(DISTINCT present.unit_id) AS units_expected,
    bool_or(adds_up AND NOT coalesce(has_total, false)) AS lacks_totals,
    bool_or(adds_up AND has_total IS NULL) AS lacks_units
FROM present
LEFT JOIN counted USING (indicator, unit_id, nr)
JOIN unit_path ON unit_path.unit_id = present.unit_id
    AND unit_path.build_id = (SELECT build_id FROM this_build)
    AND NOT unit_path.is_succession
    AND unit_path.valid_from <= final_day AND unit_path.valid_to >= first_day
JOIN line ON line.indicator = present.indicator AND line.unit = unit_path.ancestor_id
    AND line."by" = ''
GROUP BY line, nr;

-- Every indicator x unit x period has a row, so that a gap is seen as a gap: the grid of
-- what is expected, together with everything that was counted.
CREATE OR REPLACE TEMP TABLE grid AS
SELECT line.line, period.nr
FROM rule
JOIN applies USING (indicator)
JOIN lifetime USING (unit_kind)
JOIN line ON line.indicator = rule.indicator AND line.unit = lifetime.unit
    AND line."by" = ''
JOIN period ON period.last_month >= lifetime.born AND period.first_month <= lifetime.gone
JOIN reach ON period.last_month >= reach.first_month
    AND period.first_month <= reach.last_month
LEFT JOIN monthly ON monthly.line = line.line
WHERE CASE period.period_kind
    WHEN 'month' THEN rule.lifecycle = 'active' AND (rule.months_expected = 1
        OR coalesce(period.first_month >= monthly.since, false))
    WHEN 'half' THEN rule.months_expected = 6
    ELSE true
END;
