"""The tables of archive.db, as migrations: names and meanings are a promise to the people who write SQL.

Money is in the unit of `salary_currency`; dates are ISO 8601; instants are UTC (`2026-11-23T17:00:00Z`); booleans are
0/1. The columns of `advert` stand in the order in which a reader wants to see them.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from jobscraper.files.folders import ARCHIVE_ID

migrations = Migrations("jobscraper")

APPLICATION_ID = ARCHIVE_ID
"""Tells our files from other SQLite files."""


@migrations()
def m001_first_light(db: Database) -> None:
    """Sources, runs, captures, adverts with their parts, places and history."""
    for statement in _FIRST_LIGHT.split(";\n\n"):
        db.execute(statement)


@migrations()
def m002_terms(db: Database) -> None:
    """How long, how many weeks, how much of a full post; and when a part first printed its dates.

    A part that was stored earlier was last changed in the capture that it names: `capture_id` moves only with the text.
    """
    for statement in _TERMS.split(";\n\n"):
        db.execute(statement)


@migrations()
def m003_advertisers_and_merged_employers(db: Database) -> None:
    """Who advertised for the employer, and which row an employer's row has joined."""
    db.execute("ALTER TABLE advert ADD COLUMN advertiser_text TEXT")
    db.execute("ALTER TABLE employer ADD COLUMN merged_into TEXT REFERENCES employer(id)")
    db.execute("CREATE INDEX employer_merged_into ON employer(merged_into)")


@migrations()
def m004_captures_that_refer(db: Database) -> None:
    """Which capture holds the body of one that has none, and the validators for the next conditional request."""
    for column in ("refers_to", "etag", "last_modified"):
        db.execute(f"ALTER TABLE capture ADD COLUMN {column} TEXT")
    db.execute("CREATE INDEX capture_url ON capture(url, fetched_at)")


@migrations()
def m005_live_periods(db: Database) -> None:
    """When each advert was live, so that any day can be asked for; indexes that a sighting need not touch.

    The periods of an archive that is older than this table follow from its events.
    """
    for statement in _LIVE_PERIODS.split(";\n\n"):
        db.execute(statement)


@migrations()
def m006_days_and_pay_scales(db: Database) -> None:
    """Which adverts were live on a day, as a view; the points of national pay scales, to join with."""
    for statement in _DAYS_AND_PAY_SCALES.split(";\n\n"):
        db.execute(statement)


@migrations()
def m007_expectations_and_urls(db: Database) -> None:
    """What is expected of a source and how to name it; the URLs of an advert, which boards change."""
    for statement in _EXPECTATIONS_AND_URLS.split(";\n\n"):
        db.execute(statement)


@migrations()
def m008_what_may_be_republished(db: Database) -> None:
    """Whether the terms of a source let its adverts be published again; whoever crawled so far knew of none that forbid it."""
    db.execute("ALTER TABLE source ADD COLUMN may_republish INTEGER NOT NULL DEFAULT 1")


@migrations()
def m009_what_runs_found(db: Database) -> None:
    """How many of a run's adverts print each field, so that a field that is lost is seen; 0 where nobody counted yet."""
    for field in ("title", "salary", "employer", "location", "closes"):
        db.execute(f"ALTER TABLE run ADD COLUMN with_{field} INTEGER NOT NULL DEFAULT 0")


@migrations()
def m010_when_to_ask_again(db: Database) -> None:
    """Before when a source is not to be asked again: what its board asked for, or the end of a day on which it refused."""
    db.execute("ALTER TABLE run ADD COLUMN retry_after TEXT")


@migrations()
def m011_what_was_forgotten(db: Database) -> None:
    """Adverts that were forgotten at somebody's wish, so that they do not come back."""
    db.execute(
        "CREATE TABLE tombstone (advert_id TEXT PRIMARY KEY, url TEXT, reason TEXT NOT NULL, forgotten_at TEXT NOT NULL)"
        " STRICT"
    )


@migrations()
def m012_engagement(db: Database) -> None:
    """As what somebody is engaged, for only employees' pay is compared; NULL until an advert is read again."""
    db.execute(f"ALTER TABLE advert ADD COLUMN engagement TEXT CHECK (engagement IN ({ENGAGEMENTS}))")


ENGAGEMENTS = "'employee', 'agency', 'contractor', 'retained', 'apprentice', 'volunteer'"


@migrations()
def m013_pages_that_were_lost(db: Database) -> None:
    """How many adverts' own pages gave no advert, which a run of a board of thousands tolerates; nobody counted before."""
    db.execute("ALTER TABLE run ADD COLUMN pages_lost INTEGER NOT NULL DEFAULT 0")


@migrations()
def m014_other_references(db: Database) -> None:
    """The references that a board gave an advert later, with the capture in which its old address leads to the new one."""
    for statement in _OTHER_REFERENCES.split(";\n\n"):
        db.execute(statement)


LIVE_ON_DAY = """CREATE VIEW live_on_day AS
SELECT day.day, live_period.advert_id
FROM day CROSS JOIN live_period
WHERE live_period.live_from < date(day.day, '+1 day') AND coalesce(live_period.live_to, '9999') > day.day"""
"""`CROSS JOIN`, so that SQLite looks up the day first and reads the periods once."""


_FIRST_LIGHT = """
CREATE TABLE source (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    homepage TEXT NOT NULL,
    licence TEXT,
    licence_url TEXT,
    confirmed INTEGER NOT NULL,
    lists_everything INTEGER NOT NULL
) STRICT;

CREATE TABLE run (
    id TEXT PRIMARY KEY,
    source_id TEXT NOT NULL REFERENCES source(id),
    verdict TEXT CHECK (verdict IN ('complete', 'partial', 'blocked', 'broken', 'empty')),
    started TEXT NOT NULL,
    finished TEXT,
    pages INTEGER NOT NULL DEFAULT 0,
    adverts_listed INTEGER,
    adverts_seen INTEGER NOT NULL DEFAULT 0,
    adverts_new INTEGER NOT NULL DEFAULT 0,
    adverts_changed INTEGER NOT NULL DEFAULT 0,
    adverts_ended INTEGER NOT NULL DEFAULT 0,
    contacts_removed INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    errors INTEGER NOT NULL DEFAULT 0,
    stop_reason TEXT,
    code_version TEXT NOT NULL
) STRICT;

CREATE INDEX run_source ON run(source_id, started);

CREATE TABLE capture (
    id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run(id),
    url TEXT NOT NULL,
    method TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    digest TEXT NOT NULL,
    warc_file TEXT NOT NULL,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL
) STRICT;

CREATE INDEX capture_run ON capture(run_id);

CREATE TABLE employer (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL
) STRICT;

CREATE TABLE employer_alias (
    employer_text TEXT PRIMARY KEY,
    employer_id TEXT NOT NULL REFERENCES employer(id)
) STRICT;

CREATE INDEX employer_alias_employer ON employer_alias(employer_id);

CREATE TABLE place (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    lad_code TEXT,
    lad_name TEXT,
    region TEXT,
    nation TEXT,
    latitude REAL,
    longitude REAL
) STRICT;

CREATE TABLE advert (
    id TEXT PRIMARY KEY,
    title TEXT,
    employer_text TEXT,
    location_text TEXT,
    salary_text TEXT,
    salary_annual_min REAL,
    salary_annual_max REAL,
    closes_at TEXT,
    status TEXT NOT NULL CHECK (status IN ('live', 'closed', 'withdrawn', 'unknown')),
    url TEXT,
    source_id TEXT NOT NULL REFERENCES source(id),
    source_ref TEXT NOT NULL,
    employer_id TEXT REFERENCES employer(id),
    department TEXT,
    category TEXT,
    lad_code TEXT,
    lad_name TEXT,
    region TEXT,
    nation TEXT,
    postcode TEXT,
    latitude REAL,
    longitude REAL,
    workplace TEXT CHECK (workplace IN ('on_site', 'hybrid', 'remote')),
    salary_min REAL,
    salary_max REAL,
    salary_currency TEXT,
    salary_period TEXT,
    salary_basis TEXT,
    salary_actual_min REAL,
    salary_actual_max REAL,
    salary_qualifier TEXT,
    salary_extras TEXT,
    salary_source TEXT,
    grade_text TEXT,
    pay_scale TEXT,
    pay_point_min TEXT,
    pay_point_max TEXT,
    contract_type TEXT,
    working_pattern TEXT,
    hours_per_week REAL,
    posted_on TEXT,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    ended_at TEXT,
    reference TEXT,
    apply_url TEXT,
    vacancy_id TEXT,
    capture_id TEXT NOT NULL REFERENCES capture(id),
    evidence TEXT NOT NULL,
    normaliser_version TEXT NOT NULL,
    UNIQUE (source_id, source_ref)
) STRICT;

CREATE INDEX advert_employer ON advert(employer_id);

CREATE INDEX advert_capture ON advert(capture_id);

CREATE INDEX advert_status ON advert(source_id, status, last_seen);

CREATE TABLE advert_text (
    advert_id TEXT PRIMARY KEY REFERENCES advert(id),
    description TEXT NOT NULL,
    part TEXT NOT NULL
) STRICT;

CREATE TABLE advert_part (
    advert_id TEXT NOT NULL REFERENCES advert(id),
    part TEXT NOT NULL CHECK (part IN ('card', 'feed', 'page')),
    observed_at TEXT NOT NULL,
    capture_id TEXT NOT NULL REFERENCES capture(id),
    digest TEXT NOT NULL,
    fields TEXT NOT NULL,
    PRIMARY KEY (advert_id, part)
) STRICT;

CREATE INDEX advert_part_capture ON advert_part(capture_id);

CREATE TABLE advert_place (
    advert_id TEXT NOT NULL REFERENCES advert(id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    place_id TEXT REFERENCES place(id),
    lad_code TEXT,
    region TEXT,
    nation TEXT,
    postcode TEXT,
    latitude REAL,
    longitude REAL,
    PRIMARY KEY (advert_id, position)
) STRICT;

CREATE INDEX advert_place_place ON advert_place(place_id);

CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    advert_id TEXT NOT NULL REFERENCES advert(id),
    run_id TEXT NOT NULL REFERENCES run(id),
    observed_at TEXT NOT NULL,
    field TEXT NOT NULL,
    old TEXT,
    new TEXT,
    cause TEXT NOT NULL CHECK (cause IN ('source', 'normaliser'))
) STRICT;

CREATE INDEX change_advert ON change(advert_id, observed_at);

CREATE INDEX change_run ON change(run_id);

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    advert_id TEXT NOT NULL REFERENCES advert(id),
    run_id TEXT NOT NULL REFERENCES run(id),
    at TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('listed', 'extended', 'resalaried', 'amended', 'closed', 'withdrawn', 'relisted')),
    detail TEXT
) STRICT;

CREATE INDEX event_advert ON event(advert_id, at);

CREATE INDEX event_run ON event(run_id);

CREATE TABLE issue (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run(id),
    advert_id TEXT REFERENCES advert(id),
    field TEXT,
    kind TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX issue_once ON issue(run_id, kind, text, coalesce(advert_id, ''), coalesce(field, ''));

CREATE INDEX issue_advert ON issue(advert_id)
"""

_TERMS = """
ALTER TABLE advert ADD COLUMN fixed_term_months REAL;

ALTER TABLE advert ADD COLUMN weeks_per_year REAL;

ALTER TABLE advert ADD COLUMN fte REAL;

ALTER TABLE advert_part ADD COLUMN printed_at TEXT;

UPDATE advert_part SET printed_at = (SELECT fetched_at FROM capture WHERE capture.id = advert_part.capture_id)
"""

_DAYS_AND_PAY_SCALES = f"""
CREATE TABLE day (day TEXT PRIMARY KEY) STRICT;

{LIVE_ON_DAY};

CREATE TABLE pay_scale_point (
    pay_scale TEXT NOT NULL,
    area TEXT NOT NULL,
    point TEXT NOT NULL,
    annual_min REAL NOT NULL,
    annual_max REAL NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (pay_scale, area, point, valid_from)
) STRICT
"""

_LIVE_PERIODS = """
CREATE TABLE live_period (
    advert_id TEXT NOT NULL REFERENCES advert(id),
    live_from TEXT NOT NULL,
    live_to TEXT,
    PRIMARY KEY (advert_id, live_from)
) STRICT;

INSERT OR IGNORE INTO live_period (advert_id, live_from, live_to)
SELECT begun.advert_id, begun.at, (
    SELECT min(ended.at) FROM event ended
    WHERE ended.advert_id = begun.advert_id AND ended.kind IN ('closed', 'withdrawn') AND ended.id > begun.id)
FROM event begun WHERE begun.kind IN ('listed', 'relisted');

UPDATE live_period SET live_from = (SELECT first_seen FROM advert WHERE id = advert_id)
WHERE live_from = (SELECT min(earliest.live_from) FROM live_period earliest WHERE earliest.advert_id = live_period.advert_id);

UPDATE live_period SET live_to = (SELECT last_seen FROM advert WHERE id = advert_id)
WHERE live_to IS NULL AND (SELECT status FROM advert WHERE id = advert_id) = 'unknown';

DROP INDEX issue_once;

CREATE UNIQUE INDEX issue_once ON issue(run_id, kind, text, coalesce(field, '')) WHERE advert_id IS NULL;

DROP INDEX advert_status;

CREATE INDEX advert_status ON advert(source_id, status)
"""

_EXPECTATIONS_AND_URLS = """
ALTER TABLE source ADD COLUMN attribution TEXT;

ALTER TABLE source ADD COLUMN cadence_hours REAL;

ALTER TABLE source ADD COLUMN expectations TEXT NOT NULL DEFAULT '{}';

CREATE TABLE advert_url (
    advert_id TEXT NOT NULL REFERENCES advert(id),
    url TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT,
    PRIMARY KEY (advert_id, url)
) STRICT;

INSERT INTO advert_url (advert_id, url, first_seen) SELECT id, url, first_seen FROM advert WHERE url IS NOT NULL
"""

_OTHER_REFERENCES = """
CREATE TABLE advert_reference (
    source_id TEXT NOT NULL REFERENCES source(id),
    source_ref TEXT NOT NULL,
    advert_id TEXT NOT NULL REFERENCES advert(id),
    first_seen TEXT NOT NULL,
    capture_id TEXT NOT NULL REFERENCES capture(id),
    PRIMARY KEY (source_id, source_ref)
) STRICT;

CREATE INDEX advert_reference_advert ON advert_reference(advert_id);

CREATE INDEX advert_reference_capture ON advert_reference(capture_id);

CREATE INDEX advert_url_url ON advert_url(url)
"""
