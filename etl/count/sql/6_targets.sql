-- The target in force at the end of each period of the length it is for: of the same
-- level the one for the unit goes before the one for the pathway before the general one.
-- Local targets hold in the region whose plan sets them: the nearest above, where a region
-- lies in another one. Of a step, as kpi.steps.step_target, the next one due, or the last.
CREATE OR REPLACE TEMP TABLE home AS
SELECT unit_path.unit_id AS unit,
    arg_max(region.kolada_id, (unit_path.valid_to, NOT unit_path.is_succession,
        -unit_path.distance, region.unit_id)) AS kolada_id
FROM unit_path
JOIN unit AS region ON region.unit_id = unit_path.ancestor_id
    AND region.build_id = unit_path.build_id
WHERE unit_path.build_id = (SELECT build_id FROM this_build)
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE aim AS
SELECT line.line, period.nr, target.level,
    arg_max(struct_pack(rule := target.rule, value := target.value,
            due := target.last_month),
        (target.unit IS NOT NULL, target.svf IS NOT NULL, CASE
            WHEN NOT is_step THEN target.first_month
            WHEN target.last_month < period.last_month THEN target.last_month - {forever}
            ELSE -target.last_month END)) AS best
FROM line
JOIN target USING (indicator)
JOIN rule USING (indicator)
JOIN home ON home.unit = line.unit
JOIN period ON (is_step
        OR period.last_month BETWEEN target.first_month AND target.last_month)
    AND period.last_month - period.first_month + 1
        = coalesce(target.months, period.last_month - period.first_month + 1)
WHERE (target.svf IS NULL OR ("by" = 'svf' AND by_value = target.svf))
    AND (target.unit IS NULL OR target.unit = line.unit)
    AND (target.level = 'national' OR home.kolada_id IS NULL
        OR target.region = home.kolada_id)
GROUP BY ALL;

-- Periods that are not comparable with the same ones a year earlier, as
-- kpi.coverage.is_broken.
CREATE OR REPLACE TEMP TABLE broken AS
SELECT DISTINCT line.line, period.nr
FROM line
JOIN break USING (indicator)
JOIN home ON home.unit = line.unit
JOIN period ON break.since > period.first_month - 12
    AND break.since <= period.last_month
WHERE break.region IS NULL OR home.kolada_id IS NULL OR break.region = home.kolada_id;
