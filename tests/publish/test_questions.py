"""The questions: each answers rightly on a few adverts, whatever is filled in, and its page says what it counts."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from jobscraper.archive.store import open_archive
from jobscraper.publish.build.snapshot import publish
from jobscraper.publish.questions import questions
from jobscraper.publish.site.shared.answers import answered, cell_class, heading
from jobscraper.publish.sql.functions import add_to
from jobscraper.publish.words import as_match
from tests.publish.conftest import insert

AWKWARD = ("", "C#", "O'Brien", '"', "-not", "*", "%", "title : x", "£30,000", "9999999999999", "' OR 1=1 --")


def fill(db: sqlite3.Connection) -> None:
    """Two councils and a trust, planners and nurses, over two years."""
    insert(
        db,
        "source",
        id="s",
        title="Board",
        publisher="B",
        homepage="https://b.example/",
        confirmed=1,
        lists_everything=1,
    )
    insert(db, "run", id="r", source_id="s", verdict="complete", started="2026-11-26T11:00:00Z", code_version="1",
           finished="2026-11-26T12:00:00Z", adverts_seen=6)  # fmt: skip
    insert(db, "capture", id="c", run_id="r", url="https://b.example/", method="GET", status=200, digest="d",
           fetched_at="2026-11-20T06:00:00Z", warc_file="w", offset=0, length=1)  # fmt: skip
    for identity, name, kind in (("leeds", "Leeds City Council", "council"), ("cardiff", "Cardiff Council", "council"),
                                 ("trust", "Leeds Teaching Hospitals NHS Trust", "nhs_trust")):  # fmt: skip
        insert(db, "employer", id=identity, name=name, kind=kind)
    rows: tuple[tuple[str, str, str, float | None, str, str, dict[str, Any]], ...] = (
        ("planner-1", "Planner", "leeds", 30000.0, "2024-12-01", "closed", {"ended_at": "2024-12-15T06:00:00Z"}),
        ("planner-2", "Planner", "leeds", 33000.0, "2026-11-01", "live", {"contract_type": "permanent"}),
        ("planner-3", "Planner", "cardiff", 40000.0, "2026-11-02", "live", {"working_pattern": "part_time, job_share"}),
        ("planner-4", "Planner", "cardiff", 42000.0, "2026-11-03", "withdrawn", {"ended_at": "2026-11-13T06:00:00Z"}),
        ("nurse-1", "Nurse", "trust", 35000.0, "2026-11-04", "live", {"pay_scale": "AfC", "pay_point_min": "5"}),
        (
            "nurse-2",
            "Nurse",
            "trust",
            None,
            "2026-11-05",
            "live",
            {"salary_text": "Competitive", "salary_currency": None},
        ),
    )
    for ref, title, employer, pay, day, status, more in rows:
        region = "Wales" if employer == "cardiff" else "Yorkshire and The Humber"
        row = {
            "salary_currency": "GBP",
            "region": region,
            "closes_at": f"2026-{12 if status == 'live' else 11}-01T12:00:00Z",
        } | more
        insert(db, "advert", id=f"s:{ref}", source_id="s", source_ref=ref, title=title, employer_id=employer,
               employer_text=employer, salary_annual_min=pay, first_seen=f"{day}T06:00:00Z", last_seen=f"{day}T06:00:00Z",
               status=status, capture_id="c", evidence="{}", normaliser_version="1", **row)  # fmt: skip
        insert(db, "live_period", advert_id=f"s:{ref}", live_from=f"{day}T06:00:00Z", live_to=more.get("ended_at"))
    for week in (1, 2, 3):
        insert(db, "event", advert_id="s:planner-1", run_id="r", at=f"2024-12-0{week}T06:00:00Z", kind="extended",
               detail="closes 20 Aug → 27 Aug")  # fmt: skip
    insert(db, "event", advert_id="s:planner-2", run_id="r", at="2026-11-10T06:00:00Z", kind="resalaried",
           detail="pay £32,000 → £33,000")  # fmt: skip
    insert(
        db,
        "issue",
        run_id="r",
        advert_id="s:nurse-2",
        field="location_text",
        kind="location_unresolved",
        text="names no place",
    )


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("questions")
    with closing(open_archive(folder / "archive.db")) as db:
        db.execute("BEGIN")
        fill(db)
        db.execute("COMMIT")
    path: Path = publish(folder / "archive.db", folder / "site").path
    with closing(sqlite3.connect(path)) as site:
        site.create_function("escape_fts", 1, as_match)
        add_to(site)
        yield site


def answer(snapshot: sqlite3.Connection, name: str, **given: str) -> list[tuple[Any, ...]]:
    question = questions()[name]
    return snapshot.execute(question.sql, question.defaults | given).fetchall()


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("pay_most", {"words": "planner"}, [("cardiff", "Cardiff Council", 2, 41000, 40000, 42000),
                                            ("leeds", "Leeds City Council", 2, 31500, 30000, 33000)]),
        ("pay_most", {"words": "planner", "region": "Wales"}, [("cardiff", "Cardiff Council", 2, 41000, 40000, 42000)]),
        ("pay_by_region", {"words": "planner"}, [("Wales", 2, 40500, 41000, 41500),
                                                 ("Yorkshire and The Humber", 2, 30750, 31500, 32250)]),
        ("pay_over_time", {"kind": "council"}, [("2026-Q4", 3, 3, 36500, 40000, 41000), ("2024-Q4", 1, 1, 30000, 30000, 30000)]),
        ("same_post", {"prices": "2"}, [("Leeds City Council", "Planner", 2, "2024-12-01", 30000, "2026-11-01", 33000, 5.1, 3.0)]),
        ("points_of_a_scale", {"scale": "AfC"}, [("AfC", "5", 1, 1, 35000, None)]),
        ("resalaried", {}, [("2026-11-10T06:00:00Z", "s:planner-2", "Planner", "leeds", "pay £32,000 → £33,000")]),
        ("resalaried", {"days": "3"}, []),
        ("extended_often", {}, [("s:planner-1", "Planner", "leeds", 3, "closed", "2024-12-01")]),
        ("extended_often", {"times": "3"}, []),
        ("days_open", {"period": ""}, [("council", 2, 11, 12, 13)]),
        ("withdrawn_most", {"least": "1"}, [("cardiff", "Cardiff Council", 1, 2, 50.0)]),
        ("live_on", {"day": "2024-12-03"}, [("s:planner-1", "Planner", "leeds", "2024-12-01T06:00:00Z", "2024-12-15T06:00:00Z")]),
        ("live_on", {"day": "2024-12-16"}, []),
        ("closing_soon", {"words": "nurse"}, [("s:nurse-1", "Nurse", "trust", None, None, "2026-12-01T12:00:00Z"),
                                              ("s:nurse-2", "Nurse", "trust", None, "Competitive", "2026-12-01T12:00:00Z")]),
        ("closing_soon", {"words": "nurse", "days": "2"}, []),
        ("adverts_by_week", {}, [("2026-11-09", 0, 1, 4), ("2026-11-02", 4, 0, 5), ("2026-10-26", 1, 0, 1),
                                 ("2024-12-09", 0, 1, 0), ("2024-11-25", 1, 0, 1)]),
        ("most_open", {"kind": "council"}, [("cardiff", "Cardiff Council", "council", 1, None),
                                            ("leeds", "Leeds City Council", "council", 1, None)]),
        ("contracts", {}, [("permanent", 1, 100.0)]),
        ("flexible", {}, [("job_share", 1, 100.0), ("part_time", 1, 100.0)]),
        ("pay_printed", {}, [("council", 3, 3, 100.0, 0, 0, 0, 0, 0), ("nhs_trust", 2, 1, 50.0, 1, 0, 0, 0, 0)]),
        ("printed_by_source", {}, [("Board", 6, 4, 100.0, 100.0, 17.0, 83.0, 100.0, 0.0)]),
        ("not_read", {}, [("s", "location_unresolved", "location_text", 1, "names no place")]),
    ],
)  # fmt: skip
def test_the_answer(name: str, given: dict[str, str], expected: list[Any], snapshot: sqlite3.Connection) -> None:
    assert answer(snapshot, name, **given) == expected


def test_every_question_is_answered_in_a_test() -> None:
    marks = {mark.name: mark for mark in test_the_answer.pytestmark}
    assert {case[0] for case in marks["parametrize"].args[1]} == set(questions())


@pytest.mark.parametrize("value", AWKWARD)
@pytest.mark.parametrize("name", questions())
def test_whatever_is_filled_in_is_no_error(name: str, value: str, snapshot: sqlite3.Connection) -> None:
    answer(snapshot, name, **dict.fromkeys(questions()[name].defaults, value))


@pytest.mark.parametrize("question", questions().values(), ids=lambda question: question.name)
def test_a_question_is_bounded_and_ordered(question: Any) -> None:
    assert question.title.endswith("?")
    assert re.search(r"ORDER BY .* LIMIT \d+$", question.sql, re.DOTALL)


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("median_gbp", "Median (£)"),
        ("change_percent", "Change (%)"),
        ("median_days", "Median (days)"),
        ("title", "Title"),
    ],
)
def test_headings(column: str, said: str) -> None:
    assert heading(column) == said


@pytest.mark.parametrize(
    ("value", "column", "said"),
    [
        (30000, "median_gbp", "30,000"),
        (10.0, "change_percent", "10.0"),
        (97.0, "x", "97"),
        (None, "x", ""),
        ("a", "x", "a"),
        ("2026-11-25", "x", "25 Nov 2026"),
        ("2026-07-25T05:45:00Z", "x", "25 Jul 2026, 06:45"),
        ("2026-Q4", "x", "2026-Q4"),
        ("nhs_trust", "kind_of_employer", "NHS trust"),
        ("civil_service", "pay_scale", "Civil service"),
        ("nhs_trust", "title", "nhs_trust"),
    ],
)
def test_values(value: object, column: str, said: str) -> None:
    assert answered(value, column) == said


@pytest.mark.parametrize(
    ("value", "set_as"),
    [
        (30000, "number"),
        (9.5, "number"),
        ("2026-11-25", "short"),
        ("2026-07-25T05:45:00Z", "short"),
        ("a", ""),
        (None, ""),
    ],
)
def test_numbers_stand_at_the_right_and_days_on_one_line(value: object, set_as: str) -> None:
    assert cell_class(value) == set_as
