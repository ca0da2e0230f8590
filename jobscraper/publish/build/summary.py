"""What the pages of the site need beside the archive's own tables: a narrow table to search, and small summaries.

Pay is compared by its **starting pay**: the lower end of the full-time pay a year, in pounds, as an advert prints it. A
middle of a range is printed nowhere, and ranges that are open upwards have none. Only employees' pay is compared: adverts for others (an
agency's worker, a contractor, a firefighter on call, an apprentice, a volunteer) have no starting pay, and are counted
beside it; where nothing is told, somebody is taken for an employee. Quartiles are those that `quantile()` gives in SQL, of
the amounts to the penny, rounded to pounds at the end. docs/decisions/site.md says why.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby, product
from math import expm1, log
from operator import itemgetter
from statistics import linear_regression

import attrs

from jobscraper.publish.quantiles import quartiles, whole

ALL = "all"
RECENT = "last 12 months"
LEFT_OUT = ("no_amount", "no_full_time_year", "upper_end_only", "other_currency", "other_engagement")
"""Why an advert has no starting pay, in the columns of `pay_summary`."""

_IS_COMPARED = "coalesce(engagement, 'employee') = 'employee'"
_LOWEST_PAY = "CASE WHEN salary_currency = 'GBP' THEN CAST(salary_annual_min AS INTEGER) END"
STARTING_PAY = f"CASE WHEN salary_currency = 'GBP' AND {_IS_COMPARED} THEN salary_annual_min END"
_WHY_NOT = f"""CASE
    WHEN NOT {_IS_COMPARED} THEN 'other_engagement'
    WHEN salary_annual_min IS NOT NULL THEN CASE WHEN salary_currency = 'GBP' THEN NULL ELSE 'other_currency' END
    WHEN salary_annual_max IS NOT NULL THEN 'upper_end_only'
    WHEN salary_min IS NOT NULL OR salary_max IS NOT NULL THEN 'no_full_time_year'
    ELSE 'no_amount' END"""

_TABLES = """
CREATE TABLE code (
    field TEXT NOT NULL, value TEXT NOT NULL, code INTEGER NOT NULL, PRIMARY KEY (field, value)) STRICT;

CREATE TABLE listing (
    advert INTEGER PRIMARY KEY, open INTEGER NOT NULL, region INTEGER, kind INTEGER, employer INTEGER, lad INTEGER,
    contract INTEGER, pattern INTEGER NOT NULL, grade INTEGER, engagement INTEGER, starting_pay REAL,
    lowest_pay INTEGER, top_pay INTEGER, listed INTEGER NOT NULL, closes INTEGER, days_open INTEGER, extended INTEGER NOT NULL) STRICT;

CREATE TABLE pay_summary (
    period TEXT NOT NULL, region TEXT NOT NULL, kind TEXT NOT NULL, adverts INTEGER NOT NULL, n INTEGER NOT NULL,
    lower_quartile INTEGER, median INTEGER, upper_quartile INTEGER, no_amount INTEGER NOT NULL,
    no_full_time_year INTEGER NOT NULL, upper_end_only INTEGER NOT NULL, other_currency INTEGER NOT NULL,
    other_engagement INTEGER NOT NULL,
    PRIMARY KEY (period, region, kind)) STRICT;

CREATE TABLE grade_summary (
    period TEXT NOT NULL, pay_scale TEXT NOT NULL, point TEXT NOT NULL, adverts INTEGER NOT NULL, n INTEGER NOT NULL,
    lower_quartile INTEGER, median INTEGER, upper_quartile INTEGER, other_engagement INTEGER NOT NULL, PRIMARY KEY (period, pay_scale, point)) STRICT;

CREATE TABLE open_summary (
    period TEXT NOT NULL, region TEXT NOT NULL, kind TEXT NOT NULL, n INTEGER NOT NULL, lower_quartile INTEGER,
    median INTEGER, upper_quartile INTEGER, PRIMARY KEY (period, region, kind)) STRICT;

CREATE TABLE employer_summary (
    employer_id TEXT NOT NULL REFERENCES employer(id), period TEXT NOT NULL, adverts INTEGER NOT NULL,
    open INTEGER NOT NULL, withdrawn INTEGER NOT NULL, region TEXT, n INTEGER NOT NULL, lower_quartile INTEGER,
    median INTEGER, upper_quartile INTEGER, other_engagement INTEGER NOT NULL,
    PRIMARY KEY (employer_id, period)) STRICT;

CREATE TABLE place_summary (
    lad_code TEXT NOT NULL, kind TEXT NOT NULL, period TEXT NOT NULL, adverts INTEGER NOT NULL, open INTEGER NOT NULL,
    n INTEGER NOT NULL, lower_quartile INTEGER, median INTEGER, upper_quartile INTEGER,
    other_engagement INTEGER NOT NULL, PRIMARY KEY (lad_code, kind, period)) STRICT;

CREATE TABLE week (week TEXT PRIMARY KEY, listed INTEGER NOT NULL, ended INTEGER NOT NULL, open INTEGER NOT NULL) STRICT;

CREATE TABLE post (
    employer_id TEXT NOT NULL REFERENCES employer(id), title TEXT NOT NULL, adverts INTEGER NOT NULL,
    first_listed TEXT NOT NULL, first_pay INTEGER NOT NULL, last_listed TEXT NOT NULL, last_pay INTEGER NOT NULL,
    change_a_year_percent REAL NOT NULL, PRIMARY KEY (employer_id, title)) STRICT;

CREATE TABLE fill_rate (
    source_id TEXT PRIMARY KEY REFERENCES source(id), adverts INTEGER NOT NULL, open INTEGER NOT NULL,
    employer INTEGER NOT NULL, place INTEGER NOT NULL, pay_text INTEGER NOT NULL, pay INTEGER NOT NULL,
    closing INTEGER NOT NULL, description INTEGER NOT NULL) STRICT
"""

_CODES = {
    "region": "SELECT region FROM advert WHERE region IS NOT NULL GROUP BY 1 ORDER BY 1",
    "kind": "SELECT kind FROM employer GROUP BY 1 ORDER BY 1",
    "contract": "SELECT contract_type FROM advert WHERE contract_type IS NOT NULL GROUP BY 1 ORDER BY 1",
    "engagement": "SELECT engagement FROM advert WHERE engagement IS NOT NULL GROUP BY 1 ORDER BY 1",
    "lad": "SELECT lad_code FROM advert WHERE lad_code IS NOT NULL GROUP BY 1 ORDER BY 1",
    "grade": "SELECT pay_scale || ' ' || pay_point_min FROM advert WHERE pay_scale || pay_point_min IS NOT NULL GROUP BY 1",
}

# `listed` and `closes` are days as numbers, 20261126, because they are compared a million times in a search.
_LISTING = f"""
INSERT INTO listing
SELECT advert.rowid, open, region.code, kind.code, employer.rowid, lad.code, contract.code,
    coalesce((SELECT bits FROM temp.pattern WHERE pattern.text = working_pattern), 0), grade.code,
    engaged.code, {STARTING_PAY}, {_LOWEST_PAY},
    CASE WHEN salary_currency = 'GBP' THEN CAST(coalesce(salary_annual_max, salary_annual_min) AS INTEGER) END,
    CAST(replace(substr(advert.first_seen, 1, 10), '-', '') AS INTEGER),
    CAST(replace(substr(closes_at, 1, 10), '-', '') AS INTEGER),
    CAST(julianday(ended_at) - julianday(advert.first_seen) + 0.5 AS INTEGER),
    coalesce(extensions.n, 0)
FROM advert
LEFT JOIN employer ON employer.id = employer_id
LEFT JOIN code AS region ON region.field = 'region' AND region.value = advert.region
LEFT JOIN code AS kind ON kind.field = 'kind' AND kind.value = employer.kind
LEFT JOIN code AS lad ON lad.field = 'lad' AND lad.value = advert.lad_code
LEFT JOIN code AS contract ON contract.field = 'contract' AND contract.value = contract_type
LEFT JOIN code AS engaged ON engaged.field = 'engagement' AND engaged.value = engagement
LEFT JOIN code AS grade ON grade.field = 'grade' AND grade.value = pay_scale || ' ' || pay_point_min
LEFT JOIN temp.extensions ON extensions.advert_id = advert.id"""

_EXTENSIONS = """
CREATE TEMP TABLE extensions AS
SELECT advert_id, count(*) AS n FROM event WHERE kind = 'extended' GROUP BY advert_id"""

_INDEXES = (
    "listing_employer ON listing(employer, advert)",
    "listing_lad ON listing(lad, advert)",
    "listing_open ON listing(open, advert)",
    "listing_listed ON listing(listed, advert)",
    "listing_closes ON listing(closes, advert)",
    "listing_top_pay ON listing(top_pay, advert)",
    "listing_lowest_pay ON listing(lowest_pay, advert)",
    "listing_extended ON listing(extended, advert) WHERE extended > 0",
    "temp.extensions_advert ON extensions(advert_id)",
)

_PAID = f"""
SELECT substr(first_seen, 1, 10), coalesce(region, ''), coalesce(kind, ''), {STARTING_PAY} AS starting_pay, {_WHY_NOT}
FROM advert LEFT JOIN employer ON employer.id = employer_id ORDER BY starting_pay"""

_OF_EMPLOYERS = f"""
SELECT substr(first_seen, 1, 10), employer_id, region, {STARTING_PAY} AS starting_pay, open, status = 'withdrawn', {_IS_COMPARED}
FROM advert WHERE employer_id IS NOT NULL ORDER BY starting_pay"""

_OF_PLACES = f"""
SELECT substr(first_seen, 1, 10), lad_code, coalesce(kind, ''), {STARTING_PAY} AS starting_pay, open, status = 'withdrawn', {_IS_COMPARED}
FROM advert LEFT JOIN employer ON employer.id = employer_id WHERE lad_code IS NOT NULL ORDER BY starting_pay"""

_GRADED = f"""
SELECT substr(first_seen, 1, 10), pay_scale, pay_point_min, {STARTING_PAY} AS starting_pay, {_IS_COMPARED}
FROM advert WHERE pay_scale IS NOT NULL AND pay_point_min IS NOT NULL ORDER BY starting_pay"""

_OPEN = """
SELECT substr(first_seen, 1, 10), coalesce(advert.region, ''), coalesce(employer.kind, ''), days_open
FROM advert JOIN listing ON listing.advert = advert.rowid LEFT JOIN employer ON employer.id = employer_id
WHERE days_open IS NOT NULL ORDER BY days_open"""

# What is open at the end of a week is what has been listed less what has ended up to then. What no run has ended yet,
# but is past its closing time, ended then, or when it was listed in spite of that.
_WEEKS = """
WITH moved AS (
    SELECT date(live_from, '-6 days', 'weekday 1') AS week, 1 AS listed, 0 AS ended FROM live_period
    UNION ALL
    SELECT date(live_to, '-6 days', 'weekday 1'), 0, 1 FROM live_period WHERE live_to IS NOT NULL
    UNION ALL
    SELECT date(max(live_from, closes_at), '-6 days', 'weekday 1'), 0, 1 FROM live_period
    JOIN advert ON advert.id = advert_id WHERE live_to IS NULL AND status = 'live' AND NOT open)
INSERT INTO week
SELECT week, sum(listed), sum(ended), sum(sum(listed) - sum(ended)) OVER (ORDER BY week) FROM moved GROUP BY week"""

_OF_POSTS = f"""
SELECT employer_id, title, substr(first_seen, 1, 10), julianday(first_seen), {STARTING_PAY} AS pay FROM advert
WHERE employer_id IS NOT NULL AND title IS NOT NULL AND {STARTING_PAY} > 0 ORDER BY employer_id, title, first_seen, rowid"""
_HALF_A_YEAR, _YEAR = 183, 365.25

_FILL_RATES = """
INSERT INTO fill_rate
SELECT source_id, count(*), sum(open), count(employer_id), count(region), count(salary_text),
    count(coalesce(salary_min, salary_max, salary_annual_min)), count(closes_at), count(advert_text.advert_id)
FROM advert LEFT JOIN advert_text ON advert_text.advert_id = advert.id GROUP BY source_id"""


Cell = tuple[str, str, str]
"""Period, region, kind of employer."""


def periods(day: date, today: date) -> Iterator[str]:
    """The periods that a day belongs to: `all`, `2026`, `2026-Q3`, and the last 12 months."""
    yield ALL
    yield str(day.year)
    yield f"{day.year}-Q{(day.month + 2) // 3}"
    if today - timedelta(days=365) < day <= today:
        yield RECENT


def summarise(db: sqlite3.Connection, as_of: str) -> None:
    """Add the tables to a snapshot whose adverts stand in the order in which they were first seen.

    :param as_of: the last moment that the archive saw, in ISO 8601; the last 12 months end there.
    """
    today = datetime.fromisoformat(as_of).date()
    for statement in _TABLES.split(";\n\n"):
        db.execute(statement)
    _add_codes(db)
    db.execute(_EXTENSIONS)
    db.execute(f"CREATE INDEX {_INDEXES[-1]}")
    db.execute(_LISTING)
    for index in _INDEXES[:-1]:
        db.execute(f"CREATE INDEX {index}")
    for statement in (_WEEKS, _FILL_RATES):
        db.execute(statement)
    _summarise_posts(db)
    _summarise_pay(db, today)
    _summarise_employers(db, today)
    _summarise_places(db, today)
    _summarise_grades(db, today)
    _summarise_days_open(db, today)


def _add_codes(db: sqlite3.Connection) -> None:
    for field, query in _CODES.items():
        values = [value for (value,) in db.execute(query)]
        _add_code(db, field, ((value, number) for number, value in enumerate(values, 1)))
    texts = [text for (text,) in db.execute("SELECT DISTINCT working_pattern FROM advert WHERE working_pattern <> ''")]
    bits = {name: 1 << number for number, name in enumerate(sorted({one for it in texts for one in it.split(", ")}))}
    _add_code(db, "pattern", bits.items())
    db.execute("CREATE TEMP TABLE pattern (text TEXT PRIMARY KEY, bits INTEGER)")
    of_text = ((text, sum(bits[one] for one in set(text.split(", ")))) for text in texts)
    db.executemany("INSERT INTO temp.pattern VALUES (?, ?)", of_text)


def _add_code(db: sqlite3.Connection, field: str, codes: Iterable[tuple[str, int]]) -> None:
    db.executemany("INSERT INTO code VALUES (?, ?, ?)", ((field, value, code) for value, code in codes))


def _summarise_pay(db: sqlite3.Connection, today: date) -> None:
    amounts: defaultdict[Cell, array[float]] = defaultdict(lambda: array("d"))
    left_out: Counter[tuple[str, str, str, str]] = Counter()
    for day, region, kind, pay, why_not in db.execute(_PAID):
        for key in _cells(date.fromisoformat(day), today, region, kind):
            if why_not is None:
                amounts[key].append(pay)
            else:
                left_out[(*key, why_not)] += 1
    rows = []
    for key in sorted(amounts.keys() | {(period, region, kind) for period, region, kind, _ in left_out}):
        without = [left_out[(*key, why)] for why in LEFT_OUT]
        found = quartiles(amounts[key])
        rows.append((*key, found.n + sum(without), found.n, found.lower, found.median, found.upper, *without))
    db.executemany(f"INSERT INTO pay_summary VALUES ({', '.join('?' * 13)})", rows)


def _summarise_employers(db: sqlite3.Connection, today: date) -> None:
    groups: defaultdict[tuple[str, str], _Group] = defaultdict(_Group)
    regions: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for day, employer, region, pay, is_open, is_withdrawn, is_compared in db.execute(_OF_EMPLOYERS):
        for period in _long_periods(date.fromisoformat(day), today):
            groups[(employer, period)].add(pay, is_open, is_withdrawn, is_compared)
            if region:
                regions[(employer, period)][region] += 1
    rows = (
        (
            *key,
            group.adverts,
            group.open,
            group.withdrawn,
            next((name for name, _ in regions[key].most_common(1)), None),
            *group.spread(),
            group.others,
        )
        for key, group in sorted(groups.items())
    )
    db.executemany(f"INSERT INTO employer_summary VALUES ({', '.join('?' * 11)})", rows)


def _summarise_places(db: sqlite3.Connection, today: date) -> None:
    groups: defaultdict[tuple[str, str, str], _Group] = defaultdict(_Group)
    for day, place, kind, pay, is_open, is_withdrawn, is_compared in db.execute(_OF_PLACES):
        for period, one in product(_long_periods(date.fromisoformat(day), today), {kind, ALL} - {""}):
            groups[(place, one, period)].add(pay, is_open, is_withdrawn, is_compared)
    rows = ((*key, group.adverts, group.open, *group.spread(), group.others) for key, group in sorted(groups.items()))
    db.executemany(f"INSERT INTO place_summary VALUES ({', '.join('?' * 10)})", rows)


def _long_periods(day: date, today: date) -> Iterator[str]:
    """The periods of a day but its quarter, in which one employer or place has few adverts."""
    return (period for period in periods(day, today) if "Q" not in period)


@attrs.define
class _Group:
    """Adverts as they are counted; their pay comes in ascending order. `others` are not of employees."""

    adverts: int = 0
    open: int = 0
    withdrawn: int = 0
    others: int = 0
    pay: array[float] = attrs.field(factory=lambda: array("d"))

    def add(self, pay: float | None, is_open: int, is_withdrawn: int, is_compared: int) -> None:
        self.adverts += 1
        self.others += not is_compared
        self.open += is_open
        self.withdrawn += is_withdrawn
        if pay is not None:
            self.pay.append(pay)

    def spread(self) -> tuple[int | None, ...]:
        return attrs.astuple(quartiles(self.pay))


def _summarise_grades(db: sqlite3.Connection, today: date) -> None:
    amounts: defaultdict[tuple[str, ...], array[float]] = defaultdict(lambda: array("d"))
    adverts: Counter[tuple[str, ...]] = Counter()
    others: Counter[tuple[str, ...]] = Counter()
    for day, scale, point, pay, is_compared in db.execute(_GRADED):
        for period in periods(date.fromisoformat(day), today):
            adverts[(period, scale, point)] += 1
            others[(period, scale, point)] += not is_compared
            if pay is not None:
                amounts[(period, scale, point)].append(pay)
    rows = (
        (*key, count, *attrs.astuple(quartiles(amounts[key])), others[key]) for key, count in sorted(adverts.items())
    )
    db.executemany("INSERT INTO grade_summary VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _summarise_posts(db: sqlite3.Connection) -> None:
    """The same title at the same employer, advertised with pay at least half a year apart.

    Its change a year is that of the line through all its adverts (least squares of the logarithms of pay), so that one
    advert at either end does not decide it.
    """
    for (employer, title), found in groupby(db.execute(_OF_POSTS), key=itemgetter(0, 1)):
        _, _, days, moments, pay = zip(*found, strict=True)
        if moments[-1] - moments[0] >= _HALF_A_YEAR:
            slope = linear_regression([it / _YEAR for it in moments], [log(it) for it in pay]).slope
            row = (employer, title, len(pay), days[0], whole(pay[0]), days[-1], whole(pay[-1]), 100 * expm1(slope))
            db.execute("INSERT INTO post VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def _summarise_days_open(db: sqlite3.Connection, today: date) -> None:
    days: defaultdict[tuple[str, ...], array[float]] = defaultdict(lambda: array("d"))
    for day, region, kind, count in db.execute(_OPEN):
        for key in _cells(date.fromisoformat(day), today, region, kind):
            days[key].append(count)
    rows = ((*key, *attrs.astuple(quartiles(found))) for key, found in sorted(days.items()))
    db.executemany("INSERT INTO open_summary VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _cells(day: date, today: date, region: str, kind: str) -> Iterator[Cell]:
    """The cells that an advert counts in: each of its periods, its region and all, its kind and all."""
    regions, kinds = ({region, ALL} - {""}, {kind, ALL} - {""})
    return product(periods(day, today), regions, kinds)
