-- The same rules as kpi/intervals.py and kpi/assessment.py; the tests compare them.
CREATE OR REPLACE TEMP MACRO wilson_lower(x, n) AS CASE WHEN x = 0 THEN 0.0 ELSE
    (2 * x + {z} * {z} - {z} * sqrt({z} * {z} + 4 * x * (n - x) / n)) / (2 * (n + {z} * {z}))
END;

CREATE OR REPLACE TEMP MACRO wilson_upper(x, n) AS CASE WHEN x = n THEN 1.0 ELSE
    (2 * x + {z} * {z} + {z} * sqrt({z} * {z} + 4 * x * (n - x) / n)) / (2 * (n + {z} * {z}))
END;

CREATE OR REPLACE TEMP MACRO byar_lower(x) AS CASE WHEN x > 0 THEN greatest(0.0,
    x * pow(1 - 1 / (9 * x) - {z} / (3 * sqrt(x)), 3)) ELSE 0.0 END;

CREATE OR REPLACE TEMP MACRO byar_upper(x) AS
    (x + 1) * pow(1 - 1 / (9 * (x + 1)) + {z} / (3 * sqrt(x + 1)), 3);

-- Exact of fewer than ten whole events; the bounds are the kernel's own.
CREATE OR REPLACE TEMP MACRO poisson_lower(x) AS
    CASE WHEN x < {events} AND x = floor(x) THEN {exact_lower}[CAST(x AS INTEGER) + 1]
    ELSE byar_lower(x) END;

CREATE OR REPLACE TEMP MACRO poisson_upper(x) AS
    CASE WHEN x < {events} AND x = floor(x) THEN {exact_upper}[CAST(x AS INTEGER) + 1]
    ELSE byar_upper(x) END;

CREATE OR REPLACE TEMP MACRO target_shortfall(value, target, rule, direction) AS
    CASE rule
        WHEN '>=' THEN target - value
        WHEN '<=' THEN value - target
        WHEN 'better_rank_than' THEN value - target
        WHEN '=' THEN abs(value - target)
        WHEN 'better_than_last_year' THEN
            CASE WHEN direction = 'lower' THEN value - target ELSE target - value END
    END;

CREATE OR REPLACE TEMP MACRO assess(value, target, rule, direction, tolerance) AS CASE
    WHEN target IS NULL OR rule IS NULL THEN 'no_target'
    WHEN target_shortfall(value, target, rule, direction) < -1e-9 THEN 'met'
    WHEN target_shortfall(value, target, rule, direction) <= 1e-9
        AND rule NOT IN ('better_than_last_year', 'better_rank_than') THEN 'met'
    WHEN tolerance > 0
        AND target_shortfall(value, target, rule, direction) <= tolerance + 1e-9 THEN 'near'
    ELSE 'not_met'
END;

CREATE OR REPLACE TEMP MACRO is_settled(value, target, rule, direction, kind) AS
    CASE rule
        WHEN '>=' THEN value - target >= -1e-9
        WHEN '<=' THEN value - target > 1e-9
        WHEN '=' THEN value - target > 1e-9
            OR (kind = 'milestone' AND value - target >= -1e-9)
        WHEN 'better_than_last_year' THEN CASE WHEN direction = 'lower'
            THEN value - target >= -1e-9 ELSE value - target > 1e-9 END
        ELSE false
    END;

CREATE OR REPLACE TEMP MACRO assess_so_far(
    value, target, rule, direction, tolerance, kind, is_whole, only_grows
) AS CASE
    WHEN target IS NULL OR rule IS NULL OR is_whole
        OR (only_grows AND is_settled(value, target, rule, direction, kind))
        THEN assess(value, target, rule, direction, tolerance)
    ELSE 'not_judged'
END;

-- Of what has a value; a step as kpi.steps.assess_step.
CREATE OR REPLACE TEMP MACRO assess_known(
    value, target, rule, direction, tolerance, kind, is_whole, only_grows, is_step, is_due
) AS CASE
    WHEN NOT is_step OR target IS NULL OR rule IS NULL THEN assess_so_far(
        value, target, rule, direction, tolerance, kind, is_whole, only_grows)
    WHEN is_due OR assess(value, target, rule, direction, tolerance) = 'met'
        THEN assess(value, target, rule, direction, tolerance)
    ELSE 'planned'
END;

-- Months of a period as bits, so that months reported twice are months once.
CREATE OR REPLACE TEMP MACRO month_bits(first_month, last_month, period_first) AS
    CASE WHEN last_month >= first_month
        THEN ((1::BIGINT << (last_month - first_month + 1)) - 1)
            << (first_month - period_first)
        ELSE 0::BIGINT END;

-- A value of the indicator's own kind; a denominator of nothing gives none.
CREATE OR REPLACE TEMP MACRO value_of(kind, per, numerator, denominator) AS CASE
    WHEN kind = 'count' THEN numerator
    WHEN denominator = 0 THEN NULL
    WHEN kind = 'proportion' THEN 100.0 * numerator / denominator
    WHEN kind = 'rate' THEN CAST(per AS DOUBLE) * numerator / denominator
    ELSE numerator / denominator
END;

-- Small numbers are taken away before they leave the build.
CREATE OR REPLACE TEMP MACRO showing_of(kind, minimum, numerator, denominator) AS CASE
    WHEN kind <> 'count' AND denominator = 0 THEN 'no_cases'
    WHEN kind = 'count' AND numerator > 0 AND numerator < minimum THEN 'too_few'
    WHEN kind <> 'count' AND denominator < minimum THEN 'too_few'
    ELSE 'shown'
END;

-- Whole numbers of 2^-60 add up to the same in whatever order the rows come, as fractions
-- in floating point do not; counts, being whole, are as they were.
CREATE OR REPLACE TEMP MACRO exact_sum(x) AS
    CAST(sum(CAST(x * 1152921504606846976.0::DOUBLE AS HUGEINT)) AS DOUBLE)
    / 1152921504606846976.0::DOUBLE;
