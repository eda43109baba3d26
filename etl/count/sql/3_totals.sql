-- A line is what is shown of a unit, period after period: counted, or only expected.
-- `place` is the same for the total of a unit and its breakdowns.
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
-- the facts, and the unit's successors. Of a stock a unit has its share of the time in
-- which there was one of them: what closed in April and what opened in May are one.
CREATE OR REPLACE TEMP TABLE total AS
SELECT line, nr,
    exact_sum(CASE WHEN has_counts THEN numerator
        * coalesce(bit_count(numerator_lived), 1) END)
        / coalesce(bit_count(bit_or(numerator_lived) FILTER (has_counts)), 1)
        AS numerator,
    exact_sum(CASE WHEN has_counts THEN denominator
        * coalesce(bit_count(denominator_lived), 1) END)
        / coalesce(bit_count(bit_or(denominator_lived) FILTER (has_counts)), 1)
        AS denominator,
    max(own_value) FILTER (is_own) AS own_value,
    max(own_value_among) FILTER (is_own) AS own_value_among,
    max(value_months) FILTER (is_own) AS value_months,
    bool_or(has_value_only) AS has_value_only,
    bool_or(has_masked) AS has_masked,
    bool_or(has_counts) AS has_counts,
    bool_or(is_partial) AS is_partial,
    bit_or(covered) AS covered,
    bool_and(is_given) AS is_given,
    bit_or(told) AS told,
    bit_and(told_or_gone) AS told_by_all,
    count(DISTINCT unit_nr) FILTER (has_counts OR has_value_only) AS units_reporting,
    exact_sum(CASE WHEN has_counts AND is_succession THEN numerator END) AS inherited,
    exact_sum(CASE WHEN has_counts AND is_succession THEN denominator END) AS inherited_of,
    bool_or(is_succession) AS has_predecessors
FROM unit_sum
JOIN (SELECT line, series, unit_nr, is_own, is_succession
    FROM reaching JOIN line USING (indicator, unit, "by", by_value)) USING (series)
GROUP BY line, nr;

-- Where reports from the unit, or below it, do not fit in a period.
CREATE OR REPLACE TEMP TABLE not_nested AS
SELECT line, nr, max(months) AS months
FROM unfitting
JOIN reaching USING (series)
JOIN line USING (indicator, unit, "by", by_value)
GROUP BY line, nr;

-- Where reports of months are missing, and, as kpi.coverage.is_whole, whether what there
-- is stands for the period all the same. Parts of a breakdown may be empty: its total tells.
CREATE OR REPLACE TEMP TABLE partial AS
SELECT place, nr,
    grows_with_time OR (month_bits(greatest(period.first_month, born),
        least(period.last_month, gone), period.first_month) & ~covered) <> 0 AS is_short
FROM total
JOIN line USING (line)
JOIN lifetime USING (unit)
JOIN rule USING (indicator)
JOIN period USING (nr)
WHERE is_partial AND "by" = '';

-- As kpi.coverage.is_reported_by_month: lines in which a month without a value is a gap.
CREATE OR REPLACE TEMP TABLE monthly AS
SELECT line, min(since) AS since
FROM (
    SELECT line, min(first_month) AS since, count(*) AS months
    FROM total
    JOIN period USING (nr)
    JOIN line USING (line)
    WHERE period_kind = 'month' AND "by" = ''
    GROUP BY line, first_month // 3
)
GROUP BY line
HAVING max(months) = 3;

-- When what is known of a step was reported, of several units last.
CREATE OR REPLACE TEMP TABLE step_report AS
SELECT line, last_report.nr,
    arg_max(stated.period, (stated.last_month, stated.first_month)) AS reported_in
FROM last_report
JOIN reaching USING (series)
JOIN line USING (indicator, unit, "by", by_value)
JOIN period AS stated ON stated.first_month = last_report.first_month
    AND stated.last_month = last_report.last_month AND stated.period_kind <> 'rolling'
GROUP BY line, last_report.nr;
