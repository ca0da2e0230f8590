"""The bench over boards of real adverts: what it counts, and that what cannot be is told."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bench.implausible import implausible
from bench.real import BEGIN, END, main, read_folder
from jobscraper.archive.advert_line import advert_answer
from jobscraper.model.reading import RawAdvert

SEEN = datetime(2026, 8, 22, 12, tzinfo=UTC)
POSTING = {
    "@type": "JobPosting",
    "identifier": "7",
    "title": "Planner",
    "hiringOrganization": {"name": "Leeds City Council"},
    "jobLocation": {"address": {"addressLocality": "Leeds"}},
    "baseSalary": {"currency": "GBP", "value": {"unitText": "YEAR", "value": "£34,203 - £37,067"}},
    "datePosted": "2026-08-01",
    "validThrough": "2026-09-01",
}
FLAT = {
    "source_job_id": "8",
    "title": "Clerk",
    "employer": "LEEDS CITY COUNCIL (279)",
    "location": "Leeds",
    "salary_text": "Competitive",
    "closing_date": "1 September",
    "employment_type": "Permanent",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rows in (
        ("board_2026-08-22_half", [POSTING, FLAT]),
        ("board_2026-08-23", [FLAT]),
        ("other_2020-11", [FLAT]),
    ):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "README.md").write_text("No adverts.")
    return tmp_path


def test_adverts_of_both_forms_are_read_by_source_and_day(folder: Path) -> None:
    told = read_folder(folder)
    assert {name: one.adverts for name, one in told.items()} == {"board 2026-08": 3, "other 2020-11": 1}
    board = told["board 2026-08"]
    assert (board.filled["salary_min"], board.filled["employer_id"], board.filled["closes_at"]) == (1, 3, 3)
    assert [(text, body) for text, body, _ in board.links] == [("LEEDS CITY COUNCIL (279)", "Leeds City Council")]
    assert board.implausible == set()


def test_an_advert_without_an_employer_is_not_counted_off_those_with_one(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "board_2026-08-22.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(f"{json.dumps(POSTING)}\n{json.dumps({'title': 'Clerk'})}\n")
    assert read_folder(tmp_path)["board 2026-08"].filled["employer_id"] == 1


def test_the_tables_are_written_between_the_marks_of_a_page(folder: Path) -> None:
    page = folder / "page.md"
    page.write_text(f"Before\n{BEGIN}\nold\n{END}\nafter\n")
    done = CliRunner().invoke(main, [str(folder), "--to", str(page), "--links"])
    assert done.exit_code == 0, done.output
    written = page.read_text()
    assert written.startswith(f"Before\n{BEGIN}\n| filled / with an issue | board 2026-08 (3) | other 2020-11 (1) |")
    assert "| `closes_at` | 100.0% | 100.0% |" in written
    assert "| `salary_min` | 33.3% | 0.0% |" in written
    assert written.endswith(f"{END}\nafter\n")
    assert "old" not in written
    assert "'LEEDS CITY COUNCIL (279)' → 'Leeds City Council'" in done.output


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"salary_min": 155_000_000.0}, "pay outside the bounds of its period"),
        ({"salary_period": "hour"}, "pay outside the bounds of its period"),
        ({"salary_min": 26.5, "salary_max": 34_203.0}, "a range that is none, or two"),
        ({"salary_max": 34_210.0}, "an amount that is not printed"),
        ({"salary_period": None}, "an amount without a period, and no issue"),
        ({"salary_annual_min": 342.0}, "annual pay outside the bounds"),
        ({"salary_annual_min": 68_406.0}, "annual pay that does not follow from its period"),
        ({"salary_actual_min": 37_067.0}, "a part-time holder gets more than a full-time one"),
        ({"hours_per_week": 100.0}, "a week of under 1 or over 60 hours"),
        ({"hours_per_week": 37.5, "fte": 0.5}, "hours that are not that part of a full week"),
        ({"weeks_per_year": 6.0}, "a year of under 20 or over 52 weeks"),
        ({"fixed_term_months": 120.0}, "a term of under two weeks or over six years"),
        ({"contract_type": "permanent", "fixed_term_months": 6.0}, "a permanent post with a term"),
        ({"posted_on": "2026-09-22"}, "posted after it was seen"),
        ({"posted_on": "2019-09-22"}, "posted more than two years before it was seen"),
        ({"closes_at": "2024-09-22T23:59:59Z"}, "closed more than a year before it was seen"),
        ({"closes_at": "2029-09-22T23:59:59Z"}, "closes more than a year after it was seen"),
        ({"posted_on": "2026-08-20", "closes_at": "2026-08-10T23:59:59Z"}, "closes before it was posted"),
        ({"places": [{"text": "Perth, Australia", "lad_code": "S12000048", "lad_name": "Perth and Kinross", "region": "Scotland",
                      "latitude": 56.4, "longitude": -3.4}]}, "a place abroad with a British district"),
        ({"places": [{"text": "Leeds", "lad_code": "E08000035", "lad_name": "Leeds", "region": None, "latitude": None,
                      "longitude": None}]}, "a district without a region"),
        ({"places": [{"text": "Boston", "lad_code": None, "lad_name": None, "region": None, "latitude": 42.4,
                      "longitude": -71.1}]}, "a place off the map of the UK"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(values: dict[str, Any], kind: str) -> None:
    answer = advert_answer(
        RawAdvert(source_ref="7", location="Leeds", salary="£34,203 - £37,067 per annum", contract="37 hours"), SEEN
    )
    assert list(implausible(answer, SEEN)) == []
    assert kind in {found for found, _ in implausible({**answer, **values}, SEEN)}


@pytest.mark.parametrize(
    "salary", ["£30k-35k", "£12.82 an hour", "£27.752 pa", "£26£28,000", "£5,000 actual for 4 hours a week"]
)
def test_other_spellings_of_an_amount_are_printed_amounts(salary: str) -> None:
    answer = advert_answer(RawAdvert(source_ref="7", salary=salary), SEEN)
    assert answer["salary_min"] is not None
    assert "an amount that is not printed" not in {kind for kind, _ in implausible(answer, SEEN)}
