-- The questions of the site (jobscraper/publish/questions.toml) for DuckDB, over the Parquet files of an export. Nothing
-- here needs the summaries that a snapshot has: every answer is counted from the adverts. A question begins at the line
-- `-- question: NAME`; its parameters, `$words` and so on, mean what they mean on the site. Run the first part once, in
-- the folder of the files (`site/exports` after `jobscraper publish`, or what /download gave).

CREATE OR REPLACE VIEW snapshot AS SELECT *, CAST(substr(as_of, 1, 10) AS DATE) AS day FROM 'snapshot.parquet';
CREATE OR REPLACE VIEW employer AS SELECT * FROM 'employer.parquet';
CREATE OR REPLACE VIEW source AS SELECT * FROM 'source.parquet';
CREATE OR REPLACE VIEW advert_text AS SELECT * FROM 'advert_text.parquet';
CREATE OR REPLACE VIEW pay_scale_point AS SELECT * FROM 'pay_scale_point.parquet';
CREATE OR REPLACE VIEW issue AS SELECT * FROM 'issue.parquet';
CREATE OR REPLACE VIEW event AS SELECT * FROM 'event-*.parquet';
CREATE OR REPLACE VIEW live_period AS SELECT * FROM 'live_period-*.parquet';
CREATE OR REPLACE VIEW run AS SELECT * FROM 'run-*.parquet';

-- An advert with the kind of its employer, its starting pay, and the day on which it was first seen. Only
-- employees' pay is compared: an agency's or contractor's rate, a retainer, an apprentice's pay is no starting pay.
CREATE OR REPLACE VIEW advert AS
SELECT advert.*, employer.name AS employer, employer.kind, first_day, advert.open = 1 AS is_open,
    first_day > snapshot.day - 365 AND first_day <= snapshot.day AS is_recent,
    coalesce(engagement, 'employee') = 'employee' AS is_compared,
    CASE WHEN salary_currency = 'GBP' AND is_compared THEN salary_annual_min END AS starting_pay
FROM (SELECT *, CAST(substr(first_seen, 1, 10) AS DATE) AS first_day FROM 'advert-*.parquet') AS advert
CROSS JOIN snapshot LEFT JOIN employer ON employer.id = employer_id;

-- Every word as a word of the text, whatever its case and accents. The index of the site knows words by their stems, and
-- finds `nurses` for `nurse` too.
CREATE OR REPLACE MACRO has_words(printed, words) AS
    list_bool_and([regexp_matches(strip_accents(lower(printed)), '\b' || regexp_escape(word) || '\b')
        FOR word IN string_split(strip_accents(lower(words)), ' ')]);
CREATE OR REPLACE MACRO whole_quantile(amount, share) AS CAST(round(quantile_cont(amount, share)) AS BIGINT);
CREATE OR REPLACE MACRO seconds(moment) AS epoch(CAST(rtrim(moment, 'Z') AS TIMESTAMP));

-- question: pay_most
SELECT employer_id, employer, count(*) AS adverts, whole_quantile(starting_pay, 0.5) AS median_starting_pay_gbp,
    CAST(round(min(starting_pay)) AS BIGINT) AS lowest_gbp, CAST(round(max(starting_pay)) AS BIGINT) AS highest_gbp
FROM advert
WHERE has_words(title, $words) AND starting_pay IS NOT NULL AND employer_id IS NOT NULL
  AND ($region = '' OR region = $region)
GROUP BY employer_id, employer HAVING count(*) > 1
ORDER BY median_starting_pay_gbp DESC, adverts DESC LIMIT 50;

-- question: pay_by_region
SELECT region, count(*) AS adverts, whole_quantile(starting_pay, 0.25) AS lower_quartile_gbp,
    whole_quantile(starting_pay, 0.5) AS median_gbp, whole_quantile(starting_pay, 0.75) AS upper_quartile_gbp
FROM advert
WHERE has_words(title, $words) AND starting_pay IS NOT NULL AND region IS NOT NULL
GROUP BY region ORDER BY median_gbp DESC LIMIT 50;

-- question: pay_over_time
SELECT year(first_day) || '-Q' || quarter(first_day) AS quarter, count(*) AS adverts,
    count(starting_pay) AS with_starting_pay, whole_quantile(starting_pay, 0.25) AS lower_quartile_gbp,
    whole_quantile(starting_pay, 0.5) AS median_gbp, whole_quantile(starting_pay, 0.75) AS upper_quartile_gbp
FROM advert
WHERE ($region = '' OR region = $region) AND ($kind = '' OR kind = $kind)
GROUP BY 1 ORDER BY 1 DESC LIMIT 100;

-- question: same_post
WITH post AS (
    SELECT employer, title, count(*) AS adverts, min(first_seen) AS first_listed, max(first_seen) AS last_listed,
        CAST(round(arg_min(starting_pay, first_seen)) AS BIGINT) AS first_pay,
        CAST(round(arg_max(starting_pay, first_seen)) AS BIGINT) AS last_pay,
        100 * exp(regr_slope(ln(starting_pay), seconds(first_seen) / (365.25 * 86400))) - 100 AS change_a_year_percent
    FROM advert WHERE employer_id IS NOT NULL AND title IS NOT NULL AND starting_pay > 0
    GROUP BY employer_id, employer, title)
SELECT employer, title, adverts, substr(first_listed, 1, 10) AS first_listed, first_pay AS first_pay_gbp,
    substr(last_listed, 1, 10) AS last_listed, last_pay AS last_pay_gbp,
    round(change_a_year_percent, 1) AS change_a_year_percent,
    round(100 * ((100 + change_a_year_percent) / (100 + CAST($prices AS DOUBLE)) - 1), 1) AS real_change_a_year_percent
FROM post
WHERE adverts >= CAST($least AS INTEGER)
  AND seconds(last_listed) - seconds(first_listed) >= 183 * 86400
ORDER BY adverts DESC, real_change_a_year_percent DESC LIMIT 100;

-- question: points_of_a_scale
SELECT advert.pay_scale, pay_point_min AS point, count(*) AS adverts, count(starting_pay) AS with_starting_pay,
    whole_quantile(starting_pay, 0.5) AS median_gbp,
    (SELECT min(annual_min) FROM pay_scale_point AS register WHERE register.pay_scale = advert.pay_scale
        AND register.point = advert.pay_point_min 
        AND (SELECT strftime(day, '%Y-%m-%d') FROM snapshot) BETWEEN valid_from AND valid_to) AS register_lowest_gbp
FROM advert
WHERE is_recent AND advert.pay_scale IS NOT NULL AND pay_point_min IS NOT NULL
  AND ($scale = '' OR advert.pay_scale = $scale)
GROUP BY advert.pay_scale, pay_point_min ORDER BY advert.pay_scale, median_gbp LIMIT 200;

-- question: resalaried
SELECT event.at AS observed, advert.id AS advert_id, advert.title, advert.employer_text AS employer, event.detail
FROM event JOIN advert ON advert.id = event.advert_id
WHERE event.kind = 'resalaried'
  AND event.at >= (SELECT strftime(day - CAST($days AS INTEGER), '%Y-%m-%d') FROM snapshot)
ORDER BY event.at DESC LIMIT 100;

-- question: extended_often
SELECT advert.id AS advert_id, advert.title, advert.employer_text AS employer, count(*) AS times_extended,
    advert.status, substr(advert.first_seen, 1, 10) AS first_seen
FROM event JOIN advert ON advert.id = event.advert_id
WHERE event.kind = 'extended'
GROUP BY ALL HAVING count(*) > CAST($times AS INTEGER)
ORDER BY times_extended DESC, first_seen DESC LIMIT 100;

-- question: days_open
WITH ended AS (
    SELECT *, CAST(floor((seconds(ended_at) - seconds(first_seen)) / 86400 + 0.5) AS BIGINT) AS days
    FROM advert WHERE ended_at IS NOT NULL)
SELECT kind AS kind_of_employer, count(*) AS ended_adverts, whole_quantile(days, 0.25) AS lower_quartile_days,
    whole_quantile(days, 0.5) AS median_days, whole_quantile(days, 0.75) AS upper_quartile_days
FROM ended
WHERE kind IS NOT NULL AND ($period = '' OR is_recent) AND ($region = '' OR region = $region)
GROUP BY kind ORDER BY median_days DESC, kind LIMIT 50;

-- question: withdrawn_most
SELECT employer_id, employer, count_if(status = 'withdrawn') AS withdrawn, count(*) AS adverts,
    round(100 * count_if(status = 'withdrawn') / count(*), 1) AS withdrawn_percent
FROM advert
WHERE employer_id IS NOT NULL AND ($period = '' OR is_recent)
GROUP BY employer_id, employer
HAVING count_if(status = 'withdrawn') > 0 AND count(*) >= CAST($least AS INTEGER)
ORDER BY withdrawn DESC, withdrawn_percent DESC LIMIT 50;

-- question: live_on
WITH asked AS (SELECT CASE $day WHEN '' THEN day ELSE CAST(nullif($day, '') AS DATE) END AS day FROM snapshot)
SELECT advert.id AS advert_id, advert.title, advert.employer_text AS employer, live_from, live_to
FROM live_period JOIN advert ON advert.id = live_period.advert_id CROSS JOIN asked
WHERE live_from < strftime(asked.day + 1, '%Y-%m-%d') AND live_from >= strftime(asked.day - 365, '%Y-%m-%d')
  AND coalesce(live_to, '9999') > strftime(asked.day, '%Y-%m-%d')
ORDER BY live_from DESC LIMIT 100;

-- question: closing_soon
SELECT advert.id AS advert_id, title, employer_text AS employer, location_text AS location, salary_text AS pay, closes_at
FROM advert LEFT JOIN advert_text ON advert_text.advert_id = advert.id CROSS JOIN snapshot
WHERE is_open AND has_words(concat_ws(' ', title, employer_text, location_text, description), $words)
  AND CAST(substr(closes_at, 1, 10) AS DATE) BETWEEN snapshot.day AND snapshot.day + CAST($days AS INTEGER)
ORDER BY substr(closes_at, 1, 10), advert.id LIMIT 100;

-- question: adverts_by_week
WITH moved AS (
    SELECT live_from AS moment, 1 AS listed, 0 AS ended FROM live_period
    UNION ALL SELECT live_to, 0, 1 FROM live_period WHERE live_to IS NOT NULL
    UNION ALL SELECT greatest(live_from, closes_at), 0, 1 FROM live_period JOIN advert ON advert.id = advert_id
    WHERE live_to IS NULL AND status = 'live' AND NOT is_open),
by_week AS (
    SELECT strftime(date_trunc('week', CAST(substr(moment, 1, 10) AS DATE)), '%Y-%m-%d') AS week,
        sum(listed) AS listed, sum(ended) AS ended
    FROM moved GROUP BY 1)
SELECT week, listed, ended, sum(listed - ended) OVER (ORDER BY week) AS open_at_its_end
FROM by_week ORDER BY week DESC LIMIT 260;

-- question: most_open
SELECT employer_id, employer, kind, count_if(is_open) AS open_adverts,
    CASE WHEN count(starting_pay) FILTER (is_recent) >= 10
        THEN CAST(round(quantile_cont(starting_pay, 0.5) FILTER (is_recent)) AS BIGINT) END AS median_starting_pay_gbp
FROM advert
WHERE employer_id IS NOT NULL AND ($kind = '' OR kind = $kind)
GROUP BY employer_id, employer, kind HAVING count_if(is_open) > 0
ORDER BY open_adverts DESC, employer LIMIT 50;

-- question: contracts
SELECT contract_type AS contract, count(*) AS open_adverts,
    round(100 * count(*) / sum(count(*)) OVER (), 1) AS percent_of_those_that_print_one
FROM advert
WHERE is_open AND contract_type IS NOT NULL AND ($kind = '' OR kind = $kind)
GROUP BY contract_type ORDER BY open_adverts DESC LIMIT 50;

-- question: flexible
WITH printed AS (
    SELECT id, unnest(list_distinct(string_split(working_pattern, ', '))) AS pattern
    FROM advert WHERE is_open AND working_pattern <> '')
SELECT pattern, count(*) AS open_adverts,
    round(100 * count(*) / (SELECT count(DISTINCT id) FROM printed), 1) AS percent_of_those_that_print_one
FROM printed GROUP BY pattern ORDER BY open_adverts DESC, pattern LIMIT 50;

-- question: pay_printed
SELECT kind AS kind_of_employer, count(*) AS adverts, count(starting_pay) AS with_starting_pay,
    round(100 * count(starting_pay) / count(*), 1) AS percent,
    count_if(is_compared AND coalesce(salary_min, salary_max, salary_annual_min, salary_annual_max) IS NULL) AS no_amount,
    count_if(is_compared AND coalesce(salary_annual_min, salary_annual_max) IS NULL
        AND coalesce(salary_min, salary_max) IS NOT NULL) AS no_full_time_year,
    count_if(is_compared AND salary_annual_min IS NULL AND salary_annual_max IS NOT NULL) AS upper_end_only,
    count_if(is_compared AND salary_annual_min IS NOT NULL AND starting_pay IS NULL) AS other_currency,
    count_if(NOT is_compared) AS other_engagement
FROM advert
WHERE kind IS NOT NULL AND ($period = '' OR is_recent)
GROUP BY kind ORDER BY percent DESC LIMIT 50;

-- question: printed_by_source
SELECT source.title AS source, count(*) AS adverts, count_if(is_open) AS open,
    round(100 * count(employer_id) / count(*)) AS employer_percent, round(100 * count(region) / count(*)) AS region_percent,
    round(100 * count(salary_text) / count(*)) AS pay_printed_percent,
    round(100 * count(coalesce(salary_min, salary_max, salary_annual_min)) / count(*)) AS amount_percent,
    round(100 * count(closes_at) / count(*)) AS closing_date_percent,
    round(100 * count(advert_text.advert_id) / count(*)) AS text_percent
FROM advert JOIN source ON source.id = source_id LEFT JOIN advert_text ON advert_text.advert_id = advert.id
GROUP BY source_id, source.title ORDER BY adverts DESC LIMIT 200;

-- question: not_read
WITH last AS (SELECT source_id, max(started) AS started FROM run GROUP BY source_id)
SELECT run.source_id, kind, field, count(*) AS issues, min(text) AS example
FROM last JOIN run USING (source_id, started) JOIN issue ON issue.run_id = run.id
GROUP BY run.source_id, kind, field ORDER BY issues DESC LIMIT 200;
