-- The periods that outcomes are worked out for: those the facts reach into. Yearly
-- public values go further back than a region's own facts and do not stretch the range.
-- Later periods of which all is rejected are there to say so.
CREATE OR REPLACE TEMP TABLE reach AS
SELECT min(first_month) AS first_month, max(last_month) AS last_month
FROM (
    SELECT first_month, last_month FROM part WHERE NOT is_public
    UNION ALL
    SELECT first_month, last_month FROM left_out
    WHERE remark = 'rejected_rows' AND first_month >= coalesce(
        (SELECT min(first_month) FROM part WHERE NOT is_public), 0)
    UNION ALL
    -- What is known beforehand, where only some of the facts are counted.
    SELECT first_month, last_month FROM given_reach
);

CREATE OR REPLACE TEMP TABLE period AS
WITH month AS (
    SELECT unnest(range(first_month - first_month % 12, last_month - last_month % 12 + 12))
        AS month
    FROM reach
),
calendar AS (
    SELECT 'month' AS period_kind, month AS first_month, month AS last_month FROM month
    UNION ALL
    SELECT 'quarter', month, month + 2 FROM month WHERE month % 3 = 0
    UNION ALL
    SELECT 'tertial', month, month + 3 FROM month WHERE month % 4 = 0
    UNION ALL
    SELECT 'half', month, month + 5 FROM month WHERE month % 6 = 0
    UNION ALL
    SELECT 'year', month, month + 11 FROM month WHERE month % 12 = 0
)
SELECT calendar.* FROM calendar, reach
WHERE calendar.first_month <= reach.last_month
    AND calendar.last_month >= reach.first_month
UNION ALL
-- Twelve months that begin before the first facts would be a hidden gap.
SELECT 'rolling', month - 9, month + 2 FROM month, reach
WHERE month % 3 = 0
    AND month - 9 >= reach.first_month - reach.first_month % 3
    AND month <= reach.last_month
UNION ALL
-- Years that only public values reach.
SELECT DISTINCT 'year', part.first_month, part.last_month FROM part, reach
WHERE is_public AND (
    reach.first_month IS NULL
    OR part.last_month < reach.first_month - reach.first_month % 12
    OR part.first_month > reach.last_month
);

ALTER TABLE period ADD COLUMN period VARCHAR;

UPDATE period SET period = CASE period_kind
    WHEN 'month' THEN CAST(last_month // 12 AS VARCHAR) || '-'
        || lpad(CAST(last_month % 12 + 1 AS VARCHAR), 2, '0')
    WHEN 'quarter' THEN CAST(last_month // 12 AS VARCHAR) || 'Q'
        || CAST(last_month % 12 // 3 + 1 AS VARCHAR)
    WHEN 'tertial' THEN CAST(last_month // 12 AS VARCHAR) || 'T'
        || CAST(last_month % 12 // 4 + 1 AS VARCHAR)
    WHEN 'half' THEN CAST(last_month // 12 AS VARCHAR) || 'H'
        || CAST(last_month % 12 // 6 + 1 AS VARCHAR)
    WHEN 'year' THEN CAST(last_month // 12 AS VARCHAR)
    ELSE 'R12-' || CAST(last_month // 12 AS VARCHAR) || 'Q'
        || CAST(last_month % 12 // 3 + 1 AS VARCHAR)
END;

-- Numbered by kind and time; `before` is the same period a year earlier. From here on, what
-- is summed and joined has numbers for names, which costs a fraction of the words.
CREATE OR REPLACE TEMP TABLE period AS
WITH numbered AS (
    SELECT row_number() OVER (ORDER BY period_kind, first_month, last_month) AS nr, *
    FROM period
)
SELECT numbered.*, earlier.nr AS before
FROM numbered
LEFT JOIN numbered AS earlier ON earlier.period_kind = numbered.period_kind
    AND earlier.first_month = numbered.first_month - 12;
