-- What is left out of outcomes, or told under another id, summed as outcomes are: over
-- every period that holds it whole, and up the tree.
CREATE OR REPLACE TEMP TABLE basis_sum AS
SELECT left_out.indicator, ancestor_id AS unit, nr, remark, under,
    CAST(sum(number) AS BIGINT) AS number
FROM left_out
JOIN unit_path ON unit_path.unit_id = left_out.unit_id
    AND unit_path.valid_from = left_out.path_from
    AND unit_path.build_id = (SELECT build_id FROM this_build)
JOIN period ON period.first_month <= left_out.first_month
    AND left_out.last_month <= period.last_month
GROUP BY ALL;

-- Rows of cases are people: few are told without their number, and so are all where the
-- outcome is hidden. Where the few among the units below a unit could be worked out from
-- the others, the least of the others is told without its number as well, with all below.
CREATE OR REPLACE TEMP TABLE basis_told AS
WITH weighed AS (
    SELECT basis_sum.*, line.line, place.parent_id, concerned.is_of_cases, rule.minimum,
        concerned.is_of_cases AND (number < rule.minimum
            OR coalesce(valued.showing = 'too_few', false)
            OR (valued.value IS NULL AND coalesce(valued.has_masked, false))) AS is_few
    FROM basis_sum
    JOIN rule USING (indicator)
    JOIN (SELECT DISTINCT indicator, is_of_cases FROM concerned) AS concerned
        USING (indicator)
    JOIN line USING (indicator, unit)
    LEFT JOIN valued ON valued.line = line.line AND valued.nr = basis_sum.nr
    LEFT JOIN unit AS place ON place.unit_id = basis_sum.unit AND place.is_current
        AND place.build_id = (SELECT build_id FROM this_build)
    WHERE line."by" = ''
),
beside AS (
    SELECT *, sum(number) FILTER (is_few) OVER siblings AS few_in_all,
        row_number() OVER (
            PARTITION BY indicator, nr, remark, under, parent_id, is_few
            ORDER BY number, unit) AS nth
    FROM weighed
    WINDOW siblings AS (PARTITION BY indicator, nr, remark, under, parent_id)
),
least AS (
    SELECT * FROM beside
    WHERE is_of_cases AND NOT is_few AND nth = 1 AND parent_id IS NOT NULL
        AND few_in_all BETWEEN 1 AND minimum - 1
),
below_least AS (
    SELECT DISTINCT indicator, unit_path.unit_id AS unit, nr, remark, under,
        true AS is_below
    FROM least JOIN unit_path ON unit_path.ancestor_id = least.unit
        AND unit_path.build_id = (SELECT build_id FROM this_build)
)
SELECT line, nr, remark, under,
    CASE WHEN NOT is_few AND is_below IS NULL THEN number END AS number
FROM beside LEFT JOIN below_least USING (indicator, unit, nr, remark, under);

-- Units of which all is rejected that may be of any period.
CREATE OR REPLACE TEMP TABLE doubtful AS
WITH concerns AS (
    SELECT concerned.indicator, unplaced.unit
    FROM unplaced JOIN concerned USING (dataset)
    WHERE build_id = (SELECT build_id FROM this_build)
        AND unplaced.subject IS NOT DISTINCT FROM concerned.subject
)
SELECT DISTINCT indicator, ancestor_id AS unit
FROM concerns JOIN unit_path ON unit_path.unit_id = concerns.unit
    AND unit_path.build_id = (SELECT build_id FROM this_build)
UNION
-- Whose they are is not known, but a region is handed in as a whole.
SELECT DISTINCT indicator, unit_id
FROM concerns JOIN unit ON parent_id IS NULL
    AND build_id = (SELECT build_id FROM this_build)
WHERE concerns.unit IS NULL;
