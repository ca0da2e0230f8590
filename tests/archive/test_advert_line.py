"""A raw advert as a line of JSON, and what the archive would say of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobscraper.archive.advert_line import AdvertLineError, advert_answer, read_line
from jobscraper.archive.prepare import prepare
from jobscraper.model.reading import RawAdvert

SEEN = datetime(2026, 11, 23, 17, tzinfo=UTC)


def answer(**fields: object) -> dict[str, Any]:
    return advert_answer(*read_line(json.dumps(fields)))


def test_an_advert_is_read_with_every_reader() -> None:
    advert = answer(
        source_ref="7",
        title="Planner",
        employer="Leeds City Council",
        location="Leeds, LS1 1UR",
        salary="£34,203 - £37,067 plus car allowance of £1,239",
        contract="Permanent, 37 hours per week",
        closes="9 December 2026",
        posted="2026-11-20",
        labels={"Service": "Planning"},
    )
    assert {
        "source_ref": "7",
        "title": "Planner",
        "employer_id": "gss:E08000035",
        "employer_name": "Leeds City Council",
        "employer_kind": "council",
        "lad_code": "E08000035",
        "salary_min": 34203,
        "salary_extras": [{"kind": "allowance", "text": "plus car allowance of £1,239", "amount": 1239}],
        "contract_type": "permanent",
        "hours_per_week": 37,
        "closes_at": "2026-12-09T23:59:59Z",
        "posted_on": "2026-11-20",
        "labels": {"Service": "Planning"},
        "issues": [],
    }.items() <= advert.items()
    assert [place["postcode"] for place in advert["places"]] == ["LS1 1UR"]
    assert advert["evidence"]["hours_per_week"]["text"] == "37 hours per week"


def test_it_has_the_columns_that_folding_writes() -> None:
    raw = RawAdvert(source_ref="7", title="Planner", salary="£34,203")
    assert prepare(raw, SEEN).rows.columns.keys() <= advert_answer(raw, SEEN).keys()


def test_a_doubt_is_an_issue_with_its_column() -> None:
    assert [(doubt["field"], doubt["kind"]) for doubt in answer(closes="soon")["issues"]] == [
        ("closes_at", "date_unreadable")
    ]


@pytest.mark.parametrize("field", ["closes", "posted"])
def test_nothing_is_filled_that_needs_the_day_which_is_not_told(field: str) -> None:
    column = {"closes": "closes_at", "posted": "posted_on"}[field]
    assert answer(**{field: "20 November"})[column] is None
    assert answer(**{field: "20 November"}, observed="2026-11-21")[column].startswith("2026-11-20")


def test_a_pay_scale_is_that_of_the_day_of_posting_or_else_of_being_seen() -> None:
    pay = {"salary": "NJC SCP 20", "location": "Leeds"}
    assert answer(**pay)["salary_annual_min"] is None
    seen, posted = answer(**pay, observed="2023-04-02"), answer(**pay, observed="2024-04-02", posted="2023-04-02")
    assert seen["salary_annual_min"] == posted["salary_annual_min"] > 0


@pytest.mark.parametrize(
    ("observed", "moment"),
    [
        ("2026-11-23", datetime(2026, 11, 23, 12, tzinfo=UTC)),
        ("2026-07-23", datetime(2026, 7, 23, 11, tzinfo=UTC)),
        ("2026-11-23T17:00:00Z", SEEN),
        ("2026-11-23T18:00:00+01:00", SEEN),
        ("2026-11-23T17:00:00", SEEN),
        (None, None),
    ],
)
def test_observed_is_a_day_or_an_instant(observed: str | None, moment: datetime | None) -> None:
    assert read_line(json.dumps({"observed": observed}))[1] == moment


def test_contact_details_are_taken_out_as_the_archive_does() -> None:
    advert = answer(description="<p>Call Jane on 01632 960123</p>", labels={"Contact": "jobs@example.org"})
    assert advert["description"] == "Call [contact removed] on [contact removed]"
    assert advert["labels"] == {"Contact": "[contact removed]"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Planner", "not a raw advert as a JSON object"),
        ('{"title": "Planner"', "truncated"),
        ('["Planner"]', "got `array`"),
        ('{"title": 7}', "at `$.title`"),
        ('{"places": "Leeds"}', "at `$.places`"),
        ('{"labels": {"Service": 7}}', "at `$.labels[...]`"),
        ('{"salary_structured": {"value": NaN}}', "malformed"),
        ('{"titel": "Planner"}', "no field of a raw advert is called 'titel'; there are source_ref, url, title,"),
        ('{"observed": "yesterday"}', "observed is neither a day such as 2026-11-23"),
        ('{"observed": "0001-01-01"}', "observed is neither"),
        ('{"observed": "2026-11-31"}', "observed is neither"),
        ("[" * 100_000, "not a raw advert"),
    ],
)
def test_what_is_wrong_with_a_line_is_named(line: str, said: str) -> None:
    with pytest.raises(AdvertLineError) as raised:
        read_line(line)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_FIELD = st.sampled_from(["title", "closes", "posted", "salary", "hours", "places", "labels", "salary_structured"])


@given(st.dictionaries(_FIELD | st.just("observed"), _ANYTHING, max_size=4))
def test_a_line_is_answered_or_refused_and_nothing_else(fields: dict[str, object]) -> None:
    try:
        raw, observed = read_line(json.dumps(fields))
    except AdvertLineError:
        return
    assert json.loads(json.dumps(advert_answer(raw, observed), allow_nan=False))["source_ref"] == ""
