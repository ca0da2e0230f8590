"""The columns of the table `advert`: the one place where each is named and described, in the order of the schema.

From it follow the data dictionary, the types in Parquet, what counts as history, what is unescaped and masked, which labels
are known on every board, and the facts on an advert's page. The schema itself is made by migrations (`archive/schema.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import attrs

from jobscraper.text.fold import fold_name

Type = Literal["TEXT", "REAL", "INTEGER"]
Group = Literal["pay", "terms", "place", "employer", "work", "dates", "record"]
"""What a column is about; the facts on an advert's page stand in this order."""

Origin = Literal["read", "archive", "snapshot"]
"""Who fills it: it follows from what a page prints, the archive keeps it, or publishing adds it (no archive has it)."""


@attrs.frozen
class Column:
    """One column of `advert`.

    `meaning` and `unit` are for the data dictionary. `label` names it on an advert's page, which shows no column without one.
    `printed_as` are the labels under which boards print it, where it has no field of `RawAdvert`. `unescape` is the field of
    `RawAdvert` it is printed in, if that is a short text, which boards escape once too often. `coded`: its values are words
    of a list; `address`: they are web addresses. `history`: whether a change of it says something about the job.
    Whether it is redacted is no question of the column: every string that a page prints is (`normalise/contacts`).
    """

    name: str
    type: Type
    group: Group
    meaning: str
    unit: str | None = None
    origin: Origin = "read"
    label: str | None = None
    printed_as: tuple[str, ...] = ()
    unescape: str | None = None
    coded: bool = False
    address: bool = False
    history: bool = True


ADVERT: tuple[Column, ...] = (
    Column(
        "id",
        "TEXT",
        "work",
        origin="archive",
        meaning="Identity, `<source_id>:<source_ref>`; permanent, even if the web address changes",
    ),
    Column(
        "title",
        "TEXT",
        "work",
        unescape="title",
        meaning="Title as printed, white space folded",
    ),
    Column(
        "employer_text",
        "TEXT",
        "employer",
        unescape="employer",
        meaning="Employer as printed",
    ),
    Column(
        "location_text",
        "TEXT",
        "place",
        unescape="location",
        meaning="Location as printed; all the places read from it are in advert_place",
    ),
    Column(
        "salary_text",
        "TEXT",
        "pay",
        unescape="salary",
        meaning="Pay as printed",
    ),
    Column(
        "salary_annual_min",
        "REAL",
        "pay",
        unit="salary_currency a year",
        meaning="Full-time equivalent a year, lower end. NULL where the text does not allow it to be worked out",
    ),
    Column(
        "salary_annual_max",
        "REAL",
        "pay",
        unit="salary_currency a year",
        meaning="Full-time equivalent a year, upper end. NULL where the text does not allow it, or the range is open upwards",
    ),
    Column(
        "closes_at",
        "TEXT",
        "dates",
        label="Closes",
        meaning="Instant at which applications close, UTC. NULL where not printed",
    ),
    Column(
        "status",
        "TEXT",
        "record",
        origin="archive",
        coded=True,
        meaning="What its source's last whole crawl settled: `live`, `closed` (past its closing time), `withdrawn` (gone before it) or `unknown`. A `live` advert may be past its closing time until the next whole crawl ends it; `open` tells whether one can still apply",
    ),
    Column(
        "url",
        "TEXT",
        "work",
        history=False,
        address=True,
        meaning="Newest address of the advert on its board",
    ),
    Column(
        "source_id",
        "TEXT",
        "work",
        origin="archive",
        meaning="Source on which the advert was seen",
    ),
    Column(
        "source_ref",
        "TEXT",
        "work",
        origin="archive",
        meaning="The board's own reference; with source_id the identity of the advert. One that is somebody's address or telephone number is `contact-` and twelve hex digits made from it",
    ),
    Column(
        "employer_id",
        "TEXT",
        "employer",
        meaning="Employer in the register. NULL where there is no employer to look up",
    ),
    Column(
        "department",
        "TEXT",
        "work",
        unescape="department",
        label="Department",
        meaning="Department or service within the employer, as printed",
    ),
    Column(
        "category",
        "TEXT",
        "work",
        unescape="category",
        coded=True,
        label="Kind of work",
        meaning="Kind of work as the board classes it, as printed",
    ),
    Column(
        "lad_code",
        "TEXT",
        "place",
        meaning="ONS code of the local authority district of the first place",
    ),
    Column(
        "lad_name",
        "TEXT",
        "place",
        meaning="Name of that local authority district",
    ),
    Column(
        "region",
        "TEXT",
        "place",
        meaning="English region, or the nation outside England, of the first place. Where no place is printed, that of the employer's seat, if it is a council, fire or police service or university of one region (evidence `employer_seat`)",
    ),
    Column(
        "nation",
        "TEXT",
        "place",
        meaning="Nation of the first place, or of the employer's seat",
    ),
    Column(
        "postcode",
        "TEXT",
        "place",
        meaning="Postcode of the first place, where printed",
    ),
    Column(
        "latitude",
        "REAL",
        "place",
        unit="degrees, WGS84",
        meaning="Latitude of the first place",
    ),
    Column(
        "longitude",
        "REAL",
        "place",
        unit="degrees, WGS84",
        meaning="Longitude of the first place",
    ),
    Column(
        "workplace",
        "TEXT",
        "place",
        coded=True,
        label="Workplace",
        meaning="`on_site`, `hybrid` or `remote`. NULL where not printed",
    ),
    Column(
        "salary_min",
        "REAL",
        "pay",
        unit="salary_currency per salary_period",
        meaning="Base pay as printed, lower end: the full-time figure where both are printed. NULL if only an upper end is printed",
    ),
    Column(
        "salary_max",
        "REAL",
        "pay",
        unit="salary_currency per salary_period",
        meaning="Base pay as printed, upper end. NULL if open upwards",
    ),
    Column(
        "salary_currency",
        "TEXT",
        "pay",
        meaning="ISO 4217 code of the currency of all amounts of this row",
    ),
    Column(
        "salary_period",
        "TEXT",
        "pay",
        coded=True,
        meaning="What salary_min and salary_max are paid for: `hour`, `day`, `week`, `month`, `year`, `session` or `term`",
    ),
    Column(
        "salary_basis",
        "TEXT",
        "pay",
        coded=True,
        meaning="`fte` (full-time equivalent or unqualified), `pro_rata`, or `actual` (what a part-time holder gets)",
    ),
    Column(
        "salary_actual_min",
        "REAL",
        "pay",
        unit="salary_currency a year",
        meaning="What the holder gets a year where that is printed beside the full-time figure, lower end",
    ),
    Column(
        "salary_actual_max",
        "REAL",
        "pay",
        unit="salary_currency a year",
        meaning="What the holder gets a year where that is printed beside the full-time figure, upper end",
    ),
    Column(
        "salary_qualifier",
        "TEXT",
        "pay",
        coded=True,
        meaning="How the pay is qualified: `from`, `up_to`, `circa`, `ote`, `negotiable`, `competitive`, `depends_on_experience`, `unpaid` or `minimum_wage`",
    ),
    Column(
        "salary_extras",
        "TEXT",
        "pay",
        meaning="JSON list of `{kind, text, amount}`: money beside the base pay. Kinds: `allowance`, `supplement`, `weighting`, `bonus`, `relocation`, `sleep_in`, `mileage`, `overtime`, `benefit`, `addition`; `ote` and `total` (with everything); `rate` (another period), `part` (one of several rates), `enhanced_rate` (nights, Sundays), `umbrella_rate`, `later_pay`; `other` (no pay at all) and `unclaimed` (nothing says that it is pay)",
    ),
    Column(
        "salary_source",
        "TEXT",
        "pay",
        coded=True,
        meaning="Where the amounts come from: `text`, `structured` (the feed's own numbers) or `pay_scale` (the register of pay scales for the day of posting, or else of being first seen, because only a grade is printed)",
    ),
    Column(
        "grade_text",
        "TEXT",
        "pay",
        unescape="grade",
        label="Grade",
        meaning="Grade or band as printed, such as `Grade 7, SCP 19-22`",
    ),
    Column(
        "pay_scale",
        "TEXT",
        "pay",
        coded=True,
        meaning="Pay scale that the grade belongs to, such as `NJC` or `AfC`",
    ),
    Column(
        "pay_point_min",
        "TEXT",
        "pay",
        meaning="Lowest point or grade on that scale",
    ),
    Column(
        "pay_point_max",
        "TEXT",
        "pay",
        meaning="Highest point or grade on that scale",
    ),
    Column(
        "contract_type",
        "TEXT",
        "terms",
        unescape="contract",
        coded=True,
        label="Contract",
        meaning="Kind of contract, the first where several are printed: `permanent`, `fixed_term`, `temporary` (boards that use schema.org's words print it for a fixed term too), `casual` (zero hours, relief, sessional), `bank`, `secondment` (loans too), `apprenticeship`, `training`, `intern`, `volunteer` or `contractor` (agency, locum). NULL where not printed or not known",
    ),
    Column(
        "working_pattern",
        "TEXT",
        "terms",
        unescape="working_pattern",
        label="Working pattern",
        meaning="Working patterns in printed order, joined by a comma and a space: `full_time`, `part_time`, `term_time`, `job_share`, `flexible` (variable hours too), `compressed`, `annualised`, `shift`, `evening`, `night`, `weekend`, `on_call` or `other`. NULL where not printed or not known",
    ),
    Column(
        "hours_per_week",
        "REAL",
        "terms",
        unit="hours",
        unescape="hours",
        label="Hours a week",
        meaning="Hours a week as printed. NULL where a range is printed",
    ),
    Column(
        "posted_on",
        "TEXT",
        "dates",
        label="Posted",
        meaning="Date on which the board says it was posted. NULL where not printed",
    ),
    Column(
        "first_seen",
        "TEXT",
        "record",
        origin="archive",
        meaning="Instant at which we first saw the advert, UTC",
    ),
    Column(
        "last_seen",
        "TEXT",
        "record",
        origin="archive",
        meaning="Instant at which we last saw the advert, UTC",
    ),
    Column(
        "ended_at",
        "TEXT",
        "record",
        origin="archive",
        meaning="Instant at which the advert ended, UTC. NULL while it is live",
    ),
    Column(
        "reference",
        "TEXT",
        "work",
        unescape="reference",
        label="Reference",
        meaning="Reference that the employer prints for applicants; not an identity",
    ),
    Column(
        "apply_url",
        "TEXT",
        "work",
        history=False,
        address=True,
        meaning="Address at which to apply, where it is not the advert itself",
    ),
    Column(
        "vacancy_id",
        "TEXT",
        "work",
        origin="archive",
        meaning="Kept for the job that an advert shares with its twins on other boards. Always NULL so far: nothing links them yet",
    ),
    Column(
        "capture_id",
        "TEXT",
        "record",
        origin="archive",
        meaning="Response from which the advert was last read",
    ),
    Column(
        "evidence",
        "TEXT",
        "record",
        history=False,
        meaning="JSON `{column: {rule, text, start, end}}`: which characters of which printed text gave each value. `{rule, as}` points to the column with the same characters, a column's name alone to the same rule and characters",
    ),
    Column(
        "normaliser_version",
        "TEXT",
        "record",
        origin="archive",
        meaning="Version of the code that read the values",
    ),
    Column(
        "fixed_term_months",
        "REAL",
        "terms",
        unit="months",
        printed_as=("length of employment", "contract length", "contract duration", "duration", "length of contract"),
        meaning="How long a contract that ends lasts, in months as printed; weeks and years are turned into months. NULL where a range is printed",
    ),
    Column(
        "weeks_per_year",
        "REAL",
        "terms",
        unit="weeks",
        meaning="Weeks worked a year as printed, as in term-time contracts",
    ),
    Column(
        "fte",
        "REAL",
        "terms",
        meaning="Part of a full-time post as printed, from 0 to 1",
    ),
    Column(
        "advertiser_text",
        "TEXT",
        "employer",
        meaning="Body that advertises on the employer's behalf, where the title or a dash names a different one. NULL where the employer advertises itself",
    ),
    Column(
        "engagement",
        "TEXT",
        "terms",
        coded=True,
        label="Engaged as",
        meaning="How the holder is engaged, where the advert says: `employee` (a permanent or fixed-term contract, a secondment), `agency` (an umbrella's or PAYE rate, inside IR35), `contractor` (outside IR35, an interim by the day, a locum by the hour), `retained` (a firefighter on call), `apprentice` or `volunteer`. NULL where it does not say, as for a staff bank. Pay statistics count only `employee` and NULL",
    ),
    Column(
        "open",
        "INTEGER",
        "record",
        origin="snapshot",
        meaning="1 if it was open when the archive last saw anything: `live`, and its closing time, if it prints one, after `snapshot.as_of`; else 0. Added by publishing: an archive itself has no such column",
    ),
)

BY_NAME: Mapping[str, Column] = {column.name: column for column in ADVERT}
NOT_HISTORY = frozenset(column.name for column in ADVERT if column.origin != "read" or not column.history)
"""Columns whose changes say nothing about the job: where it is and how we keep it."""

UNESCAPED = frozenset(column.unescape for column in ADVERT if column.unescape)
"""Fields of `RawAdvert` that boards escape once too often."""

ADDRESSES = tuple(column.name for column in ADVERT if column.address)
CODED = frozenset(column.name for column in ADVERT if column.coded)
MONEY = frozenset(column.name for column in ADVERT if (column.unit or "").startswith("salary_currency"))

_PRINTED_AS = {fold_name(label): column.name for column in ADVERT for label in column.printed_as}


def column_printed_as(label: str) -> str | None:
    """The column that a printed label means, where that has no field of `RawAdvert`.

    >>> column_printed_as("Contract length:")
    'fixed_term_months'
    """
    return _PRINTED_AS.get(fold_name(label))


def by_column(labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What an advert prints under labels of columns: the name of the column and the text, in printed order.

    >>> by_column({"Duration": "12 months", "Site": "Leeds"})
    (('fixed_term_months', '12 months'),)
    """
    named = ((column_printed_as(label), text) for label, text in labels.items())
    return tuple((column, text) for column, text in named if column)


_GROUPS: tuple[Group, ...] = get_args(Group)


def facts() -> list[Column]:
    """The columns that an advert's page shows under a label: by what they are about, and then in the order of the schema."""
    return sorted((column for column in ADVERT if column.label), key=lambda column: _GROUPS.index(column.group))
