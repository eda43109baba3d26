INSERT INTO outcome BY NAME
WITH ever AS (
    SELECT place, max(first_month) AS latest_month
    FROM total JOIN line USING (line) JOIN period USING (nr) WHERE "by" = ''
    GROUP BY place
),
basis AS (
    SELECT line, nr, bool_or(remark = 'rejected_rows') AS has_rejected, CAST(to_json(
        list(struct_pack(kind := remark, number := number, unit := nullif(under, ''))
            ORDER BY remark, under)) AS VARCHAR) AS basis
    FROM basis_told GROUP BY line, nr
),
-- A year earlier: only a whole period is compared with; a sum only of all its months;
-- nothing over a break.
earlier AS (
    SELECT line, later.nr AS nr, value
    FROM valued
    JOIN period USING (nr)
    JOIN period AS later ON later.before = period.nr
    JOIN line USING (line)
    JOIN rule USING (indicator)
    JOIN lifetime USING (unit)
    ANTI JOIN broken ON broken.line = valued.line AND broken.nr = later.nr
    WHERE is_whole AND NOT (grows_with_time
        AND (born > period.first_month OR gone < later.last_month))
),
comparable_months AS (SELECT * FROM same_months ANTI JOIN broken USING (line, nr)),
aimed AS (
    SELECT valued.*,
        coalesce(own.best.rule, national.best.rule) AS target_rule,
        CASE WHEN coalesce(own.best.rule, national.best.rule) = 'better_than_last_year'
            THEN earlier.value
            ELSE CASE WHEN own.best IS NOT NULL THEN own.best.value
                ELSE national.best.value END
        END AS target,
        CASE WHEN own.best IS NOT NULL THEN 'local'
            WHEN national.best IS NOT NULL THEN 'national' END AS target_level,
        coalesce(own.best.due, national.best.due)
            <= least(period.last_month, last_month_over) AS is_due,
        national.best.due
            <= least(period.last_month, last_month_over) AS is_national_due,
        CASE WHEN own.best IS NOT NULL THEN national.best.rule END AS national_rule,
        CASE WHEN own.best IS NOT NULL THEN
            CASE WHEN national.best.rule = 'better_than_last_year'
                THEN earlier.value
                ELSE national.best.value END
        END AS national_target,
        comparable_months.value AS same_months_before
    FROM valued
    CROSS JOIN (SELECT last_month_over FROM this_build)
    JOIN period USING (nr)
    LEFT JOIN aim AS own ON own.level = 'local'
        AND own.line = valued.line AND own.nr = valued.nr
    LEFT JOIN aim AS national ON national.level = 'national'
        AND national.line = valued.line AND national.nr = valued.nr
    LEFT JOIN earlier ON earlier.line = valued.line AND earlier.nr = valued.nr
    LEFT JOIN comparable_months ON comparable_months.line = valued.line
        AND comparable_months.nr = valued.nr
),
stated AS (
SELECT (SELECT build_id FROM this_build) AS build_id, judged.place, nr, line,
    target_rule IS NOT NULL OR is_step AS is_aimed, indicator, unit, period_kind,
    period, first_month, last_month, "by", by_value,
    CASE WHEN value IS NOT NULL AND is_counted THEN numerator END AS numerator,
    CASE WHEN value IS NULL THEN NULL
        WHEN is_counted THEN denominator ELSE own_value_among END AS denominator,
    value, lower, upper,
    target, CASE WHEN target IS NOT NULL THEN target_rule END AS target_rule,
    CASE WHEN target IS NOT NULL THEN target_level END AS target_level,
    CASE
        WHEN lifecycle = 'paused' THEN 'paused'
        WHEN value IS NOT NULL THEN assess_known(value, target, target_rule, direction,
            tolerance, kind, is_whole, only_grows, is_step, is_due)
        WHEN lifecycle = 'under_development' THEN 'under_development'
        WHEN showing = 'too_few' THEN 'too_few'
        -- How many cases a masked part holds is not known, so there may be some.
        WHEN has_masked THEN 'masked'
        WHEN showing = 'no_cases' THEN 'too_few'
        WHEN is_planned THEN 'planned'
        WHEN value_months IS NOT NULL THEN 'other_periods'
        WHEN has_value_only IS NOT NULL AND has_value_only THEN 'not_reported'
        WHEN NOT is_expected THEN 'not_measured'
        WHEN is_rejected THEN 'rejected'
        WHEN not_nested_months IS NOT NULL THEN 'other_periods'
        ELSE 'not_reported'
    END AS status,
    national_target,
    CASE WHEN national_target IS NOT NULL THEN national_rule END AS national_rule,
    CASE WHEN value IS NOT NULL AND national_target IS NOT NULL
        THEN assess_known(value, national_target, national_rule, direction, tolerance,
            kind, is_whole, only_grows, is_step, is_national_due)
    END AS national_status,
    CASE
        WHEN lifecycle = 'paused' THEN 'paused'
        WHEN value IS NOT NULL AND has_masked THEN 'partly_masked'
        WHEN value IS NOT NULL AND is_partial THEN 'periods_missing'
        WHEN value IS NOT NULL AND units_reporting < units_expected THEN 'units_missing'
        WHEN value IS NOT NULL AND is_step THEN NULL
        WHEN value IS NOT NULL AND NOT is_whole THEN 'ongoing'
        WHEN value IS NOT NULL THEN NULL
        WHEN lifecycle = 'under_development' THEN 'under_development'
        WHEN showing = 'too_few' THEN 'too_few'
        WHEN has_masked THEN 'masked'
        WHEN showing = 'no_cases' THEN 'no_cases'
        WHEN is_planned THEN 'planned'
        WHEN has_value_only IS NOT NULL AND has_value_only THEN 'no_counts'
        WHEN NOT is_expected THEN 'not_measured'
        WHEN is_rejected THEN 'rejected'
        WHEN not_nested_months IS NOT NULL THEN 'not_nested'
        WHEN latest_month IS NULL THEN 'never_reported'
        ELSE 'not_reported'
    END AS reason,
    nullif(units_reporting, 0) AS units_reporting, units_expected,
    coalesce(has_predecessors, false) AS has_predecessors, basis,
    CASE WHEN value IS NOT NULL THEN is_whole END AS is_whole,
    same_months_before,
    CASE WHEN value IS NULL THEN
        CASE coalesce(value_months, not_nested_months)
            WHEN 1 THEN 'month' WHEN 3 THEN 'quarter' WHEN 4 THEN 'tertial'
            WHEN 6 THEN 'half' WHEN 12 THEN 'year' END
    END AS reported_as,
    CASE WHEN value IS NOT NULL AND reported_in <> period THEN reported_in END
        AS reported_in
FROM (
    SELECT *,
        -- Rows without a readable time are taken to be later than what has been read.
        coalesce(has_rejected, false) OR (doubtful.unit IS NOT NULL AND "by" = ''
            AND (latest_month IS NULL OR first_month > latest_month)) AS is_rejected,
        is_step AND target IS NOT NULL AND NOT is_due AS is_planned,
        CASE
            WHEN is_step THEN target IS NOT NULL
            WHEN len(measured_quarters) > 0 AND period_kind IN ('month', 'quarter')
                THEN list_contains(measured_quarters, 'Q' || (last_month % 12 // 3 + 1))
            WHEN period_kind = 'month' THEN months_expected = 1 OR monthly.line IS NOT NULL
            ELSE last_month - first_month + 1 >= months_expected
        END AS is_expected
    FROM aimed
    JOIN period USING (nr)
    JOIN line USING (line)
    JOIN (SELECT indicator, kind, lifecycle, direction, tolerance, months_expected,
        measured_quarters, only_grows, is_step FROM rule) USING (indicator)
    LEFT JOIN step_report USING (line, nr)
    LEFT JOIN monthly USING (line)
    LEFT JOIN basis USING (line, nr)
    LEFT JOIN ever USING (place)
    LEFT JOIN doubtful USING (indicator, unit)
) AS judged
)
-- A target that has ended without being met is told of until there is another.
SELECT * EXCLUDE (place, nr, line, is_aimed, ended),
    CASE WHEN ended.is_missed THEN ended.period END AS ended_in,
    CASE WHEN ended.is_missed THEN ended.target END AS ended_target,
    CASE WHEN ended.is_missed THEN ended.rule END AS ended_rule
FROM (
    SELECT *, CASE WHEN NOT is_aimed THEN last_value(CASE WHEN is_aimed THEN struct_pack(
            period := period, target := target, rule := target_rule,
            is_missed := coalesce(status IN ('near', 'not_met'), false)) END IGNORE NULLS)
        OVER (PARTITION BY line, period_kind ORDER BY first_month
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) END AS ended
    FROM stated
)
-- As most pages ask: totals apart from breakdowns, so that whole parts of the table are
-- passed over. Periods and lines have their numbers in the order of their names.
ORDER BY "by", place, nr, line;

-- Once more for the pages of a unit: there all rows of the unit stand together, here its
-- rows of every indicator stand apart.
INSERT INTO unit_outcome BY NAME
SELECT *, left(sha256(unit), 8) AS unit_key FROM outcome
WHERE build_id = (SELECT build_id FROM this_build) AND "by" = ''
ORDER BY unit_key, unit, indicator, period_kind, first_month;
