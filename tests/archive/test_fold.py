"""Folding: idempotent, in order of time, with history, and never with anybody's telephone number."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import attrs
import pytest

from jobscraper.archive import fold, ledger
from jobscraper.archive.store import open_archive
from jobscraper.capture.record import Capture
from jobscraper.model.reading import Part, Problem, RawAdvert, Reading
from jobscraper.publish.build.checks import EMAIL

START = datetime(2026, 11, 20, 6, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCE = ledger.SourceRow(
    id="board",
    title="Board",
    publisher="A test",
    homepage="https://board.example.org/",
    licence=None,
    licence_url=None,
    confirmed=True,
    lists_everything=True,
)
PLANNER = RawAdvert(
    source_ref="7",
    url="https://board.example.org/job/7",
    title="Planner",
    employer="Powys County Council",
    salary="£34,203 - £37,067",
    closes="2026-12-01T12:00:00+00:00",
    description="<p>You will plan.</p>",
)


class Archive:
    """An archive, and how a test talks to it."""

    def __init__(self, path: Path) -> None:
        self.db = open_archive(path)

    def run(
        self,
        *adverts: RawAdvert,
        day: float = 0,
        part: Part = "page",
        problems: tuple[Problem, ...] = (),
        verdict: str = "complete",
    ) -> str:
        """One run of one page on a day; returns its final verdict."""
        at = START + day * DAY
        run_id = f"board-{day}"
        ledger.open_run(self.db, run_id, SOURCE, at, "test")
        capture = Capture(
            id=f"capture-{day}",
            url="https://board.example.org/jobs",
            method="GET",
            fetched_at=at,
            status=200,
            digest="sha1:X",
            warc_file=f"{run_id}.warc.gz",
            offset=0,
            length=1,
        )
        ledger.add_capture(self.db, run_id, capture)
        reading = Reading(part=part, adverts=adverts, problems=problems)
        fold.fold_page(self.db, fold.RunFold(run_id, "board"), capture, reading)
        result = ledger.RunResult(
            verdict=verdict, finished=at, adverts_listed=None, bytes=1, errors=0, stop_reason=None
        )
        return str(ledger.close_run(self.db, run_id, result)["verdict"])

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return [tuple(row) for row in self.db.execute(sql).fetchall()]

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables that a sighting may change."""
        tables = (
            "advert",
            "advert_text",
            "advert_part",
            "advert_place",
            "change",
            "event",
            "issue",
            "employer",
            "place",
        )
        return {table: self.ask(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive(tmp_path / "archive.db")
    yield archive
    archive.db.close()


def test_an_advert_is_folded_with_its_values_and_their_evidence(archive: Archive) -> None:
    archive.run(PLANNER)
    assert archive.ask("SELECT id, title, employer_id, salary_annual_min, closes_at, status FROM advert") == [
        ("board:7", "Planner", "gss:W06000023", 34203.0, "2026-12-01T12:00:00Z", "live")
    ]
    assert archive.ask("SELECT json_extract(evidence, '$.salary_min.text') LIKE '%34,203%' FROM advert") == [(1,)]
    assert archive.ask("SELECT kind, at FROM event") == [("listed", "2026-11-20T06:00:00Z")]


def test_folding_the_same_page_twice_changes_nothing(archive: Archive) -> None:
    archive.run(PLANNER)
    before = archive.everything()
    archive.run(PLANNER)
    assert archive.everything() == before


def test_seeing_it_again_moves_last_seen_and_nothing_else(archive: Archive) -> None:
    archive.run(PLANNER)
    before = archive.everything()
    archive.run(PLANNER, day=1)
    after = archive.everything()
    assert archive.ask("SELECT first_seen, last_seen FROM advert") == [("2026-11-20T06:00:00Z", "2026-11-21T06:00:00Z")]
    assert {table for table in before if before[table] != after[table]} == {"advert", "advert_part"}


@pytest.mark.parametrize(
    ("changed", "kind", "detail", "fields"),
    [
        ({"closes": "2026-12-08T12:00:00+00:00"}, "extended", "closes 1 Dec 2026 → 8 Dec 2026", {"closes_at"}),
        ({"closes": "2026-11-24T12:00:00+00:00"}, "amended", "closes 1 Dec 2026 → 24 Nov 2026", {"closes_at"}),
        ({"title": "Senior Planner"}, "amended", "title Planner → Senior Planner", {"title"}),
        ({"description": "<p>You will lead.</p>"}, "amended", "text", {"description"}),
    ],
)
def test_what_the_board_changes_is_history_in_words(
    archive: Archive, changed: dict[str, str], kind: str, detail: str, fields: set[str]
) -> None:
    archive.run(PLANNER)
    archive.run(attrs.evolve(PLANNER, **changed), day=1)
    assert archive.ask("SELECT kind, detail FROM event WHERE kind != 'listed'") == [(kind, detail)]
    assert archive.ask("SELECT DISTINCT cause FROM change") == [("source",)]
    assert {row[0] for row in archive.ask("SELECT field FROM change")} == fields


def test_a_new_pay_is_an_event_with_old_and_new(archive: Archive) -> None:
    archive.run(PLANNER)
    archive.run(attrs.evolve(PLANNER, salary="£36,000"), day=1)
    assert archive.ask("SELECT kind, detail FROM event")[1:] == [("resalaried", "pay £34,203 - £37,067 → £36,000")]
    assert ("salary_annual_min", "34203.0", "36000.0") in archive.ask("SELECT field, old, new FROM change")


def test_another_address_is_no_history(archive: Archive) -> None:
    archive.run(PLANNER)
    archive.run(attrs.evolve(PLANNER, url="https://board.example.org/job/7?session=1"), day=1)
    assert archive.ask("SELECT count(*) FROM change") == [(0,)]
    assert archive.ask("SELECT url FROM advert") == [("https://board.example.org/job/7?session=1",)]


def test_the_parts_of_an_advert_are_joined_whichever_comes_first(archive: Archive) -> None:
    card = RawAdvert(source_ref="7", title="Planner", location="Leeds", description="You will …")
    archive.run(PLANNER, part="page")
    archive.run(card, day=1, part="card")
    assert archive.ask("SELECT salary_text, location_text, region FROM advert") == [
        ("£34,203 - £37,067", "Leeds", "Yorkshire and The Humber")
    ]
    assert archive.ask("SELECT description FROM advert_text") == [("You will plan.",)]


def test_a_part_that_is_read_for_the_first_time_is_no_change_of_the_boards(archive: Archive) -> None:
    archive.run(RawAdvert(source_ref="7", title="Planner (Leeds)"), part="card")
    archive.run(PLANNER, day=1, part="page")
    assert archive.ask("SELECT title, salary_annual_min FROM advert") == [("Planner", 34203.0)]
    assert archive.ask("SELECT count(*) FROM change") == [(0,)]
    assert archive.ask("SELECT kind FROM event") == [("listed",)]


def test_an_old_capture_replayed_late_changes_nothing_but_first_seen(archive: Archive) -> None:
    archive.run(PLANNER, day=5)
    archive.run(attrs.evolve(PLANNER, title="Planer"), day=2)
    assert archive.ask("SELECT title, first_seen, last_seen FROM advert") == [
        ("Planner", "2026-11-22T06:00:00Z", "2026-11-25T06:00:00Z")
    ]
    assert archive.ask("SELECT count(*) FROM change") == [(0,)]


# Three sights of an advert that prints a point of a pay scale and no posting date; the scale changes every April.
ON_A_SCALE = RawAdvert(source_ref="8", title="Clerk", location="Leeds", salary="NJC SCP 20")
SIGHTS = [(day - START.date()).days for day in (date(2023, 3, 30), date(2023, 4, 2), date(2024, 4, 2))]


def test_without_a_posting_date_the_pay_scale_is_that_of_the_day_first_seen(archive: Archive) -> None:
    for day in SIGHTS[1:]:
        archive.run(ON_A_SCALE, day=day)
    of_april = archive.ask("SELECT salary_annual_min, salary_source, posted_on FROM advert")
    assert of_april[0][1:] == ("pay_scale", None)
    archive.run(ON_A_SCALE, day=SIGHTS[0])
    of_march = archive.ask("SELECT salary_annual_min, salary_source, posted_on FROM advert")
    assert 0 < of_march[0][0] < of_april[0][0]
    assert archive.ask("SELECT count(*) FROM change") == [(0,)]


@pytest.mark.parametrize("order", list(permutations(SIGHTS)))
def test_captures_in_any_order_read_the_same(order: tuple[int, ...], tmp_path: Path) -> None:
    """An old file that is replayed late, and a rebuild, which goes in the order of time, come to the same."""
    asked = (
        "SELECT title, salary_annual_min, salary_annual_max, employer_id, posted_on, first_seen, evidence FROM advert"
    )
    found = []
    for name, days in (("in_time", SIGHTS), ("in_order", order)):
        archive = Archive(tmp_path / name)
        for day in days:
            archive.run(ON_A_SCALE, day=day)
        found.append(archive.ask(asked))
        archive.db.close()
    assert found[0] == found[1]


def test_what_we_read_better_is_put_down_to_us(archive: Archive) -> None:
    archive.run(PLANNER)
    archive.db.execute("UPDATE advert SET salary_annual_min = 1, normaliser_version = 'older'")
    archive.run(attrs.evolve(PLANNER, title="Senior Planner"), day=1)
    assert archive.ask("SELECT field, cause FROM change ORDER BY field") == [
        ("salary_annual_min", "normaliser"),
        ("title", "source"),
    ]
    assert archive.ask("SELECT kind FROM event") == [("listed",), ("amended",)]


class TestDatesThatDependOnWhenTheyWereSeen:
    """`12 Oct`, `3 days ago`: counted from the capture that first printed them so, however often they are read."""

    ADVERT = attrs.evolve(PLANNER, closes="5 Jan", posted="1 week ago")
    DATES = "SELECT posted_on, closes_at FROM advert"

    def test_seen_again_unchanged_they_stay(self, archive: Archive) -> None:
        archive.run(self.ADVERT)
        first = archive.ask(self.DATES)
        assert first == [("2026-11-13", "2027-01-05T23:59:59Z")]
        for day in (1, 3, 5):
            archive.run(self.ADVERT, day=day)
        assert archive.ask(self.DATES) == first
        assert archive.ask("SELECT printed_at, observed_at FROM advert_part") == [
            ("2026-11-20T06:00:00Z", "2026-11-25T06:00:00Z")
        ]

    def test_another_title_or_another_normaliser_does_not_move_them(self, archive: Archive) -> None:
        archive.run(self.ADVERT)
        first = archive.ask(self.DATES)
        archive.run(attrs.evolve(self.ADVERT, title="Senior Planner"), day=20)
        archive.db.execute("UPDATE advert SET normaliser_version = 'older', posted_on = NULL, closes_at = NULL")
        archive.run(attrs.evolve(self.ADVERT, title="Senior Planner"), day=40)
        assert archive.ask(self.DATES) == first

    def test_each_date_counts_from_the_part_that_printed_it(self, archive: Archive) -> None:
        archive.run(attrs.evolve(self.ADVERT, posted=None))
        archive.run(attrs.evolve(self.ADVERT, closes=None, posted="yesterday"), part="card", day=30)
        assert archive.ask(self.DATES) == [("2026-12-19", "2027-01-05T23:59:59Z")]

    def test_what_counts_on_from_day_to_day_is_no_change(self, archive: Archive) -> None:
        for day, posted in ((0, "yesterday"), (1.2, "3 days ago"), (2, "3 days ago"), (9, "1 week ago")):
            archive.run(attrs.evolve(self.ADVERT, posted=posted), day=day)
        assert archive.ask(self.DATES) == [("2026-11-19", "2027-01-05T23:59:59Z")]
        assert archive.ask("SELECT count(*) FROM change") == [(0,)]

    def test_a_day_that_is_really_another_is_a_change(self, archive: Archive) -> None:
        for day, posted in ((0, "9 days ago"), (1, "today")):
            archive.run(attrs.evolve(self.ADVERT, posted=posted), day=day)
        assert archive.ask("SELECT field, old, new FROM change") == [("posted_on", "2026-11-11", "2026-11-21")]


def test_contacts_never_reach_the_archive(archive: Archive, tmp_path: Path) -> None:
    text = "Call Sam Example on 020 7946 0123 or write to sam@example.org"
    archive.run(attrs.evolve(PLANNER, description=text, location=text, labels={"contact": text}))
    archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    stored = (tmp_path / "archive.db").read_bytes()
    assert b"example.org or" not in stored
    assert b"sam@example.org" not in stored
    assert b"7946" not in stored
    assert b"Sam Example" not in stored
    assert archive.ask("SELECT contacts_removed FROM run") == [(9,)]


def test_no_table_holds_an_email_address_whatever_field_printed_it(archive: Archive) -> None:
    printed = "ask sam@example.org or alex at example dot org"
    fields = {field.name: printed for field in attrs.fields(RawAdvert) if field.type == "str | None"}
    raw = RawAdvert(
        source_ref="7", **fields, places=(printed,), labels={printed: printed, "Contact": printed},
        salary_structured={"unitText": printed, "value": {"value": printed}},
    )  # fmt: skip
    archive.run(raw)
    archive.run(attrs.evolve(raw, title=f"another {printed}", closes=f"soon {printed}"), day=1, part="card")
    archive.run(attrs.evolve(raw, description=f"another {printed}"), day=2, problems=(Problem(kind="k", text=printed),))
    ledger.add_issue(archive.db, "board-2", None, None, "failed", "https://board.example.org/?to=sam@example.org")
    stored = "\n".join(line for line in archive.db.iterdump())
    assert len(fields) > 15
    assert not EMAIL.search(stored)
    assert "alex" not in stored
    assert stored.count("[contact removed]") > 20


def test_an_advert_whose_reference_and_address_are_somebodys_keeps_its_identity(archive: Archive) -> None:
    raw = RawAdvert(source_ref="sam@example.org", title="Planner", url="https://board.example/sam%40example.org")
    for day in (0, 1):
        archive.run(raw, day=day)
    ((advert_id, reference),) = archive.ask("SELECT id, source_ref FROM advert")
    assert (advert_id, reference) == ("board:contact-22e7ba7a5786", "contact-22e7ba7a5786")
    assert archive.ask("SELECT url, last_seen FROM advert_url") == [("https://board.example/[contact removed]", None)]
    assert archive.ask("SELECT count(*) FROM change") == [(0,)]


def test_an_issue_and_the_end_of_a_run_name_nobody(archive: Archive) -> None:
    entry = '{"contactPoint": {"name": "Sam Example", "jobTitle": "Head of HR"}, "title": 7}'
    archive.run(PLANNER, problems=(Problem(kind="entry_unreadable", text=entry),))
    ledger.add_issue(archive.db, "board-0", None, None, "failed", f"not read: {entry}")
    texts = [text for (text,) in archive.ask("SELECT text FROM issue WHERE advert_id IS NULL")]
    assert len(texts) == 2
    assert all("Head of HR" in text and "Sam Example" not in text for text in texts)


def test_a_page_is_folded_whole_or_not_at_all(archive: Archive) -> None:
    """On a disk that has room for the first of two adverts."""
    room = archive.ask("PRAGMA page_count")[0][0] + 20
    archive.db.execute(f"PRAGMA max_page_count = {room}")
    long = attrs.evolve(PLANNER, source_ref="8", description=f"<p>{' '.join(map(str, range(20_000)))}</p>")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        archive.run(PLANNER, long)
    assert archive.ask("SELECT count(*) FROM advert") == [(0,)]


def test_two_prints_under_one_reference_in_one_run_are_an_issue_and_no_history(archive: Archive) -> None:
    other = attrs.evolve(PLANNER, title="Another planner")
    for day in (0, 1, 2):
        archive.run(PLANNER, other, day=day)
    assert archive.ask("SELECT title FROM advert") == [("Planner",)]
    assert archive.ask("SELECT kind FROM event") == [("listed",)]
    assert "Another planner" in archive.ask("SELECT text FROM issue WHERE kind = 'same_reference_twice'")[0][0]


def test_problems_of_a_page_are_issues_that_name_the_page(archive: Archive) -> None:
    archive.run(problems=(Problem(kind="listing_cut_off", text="Planner / Powys"),))
    assert archive.ask("SELECT kind, text FROM issue") == [
        ("listing_cut_off", "https://board.example.org/jobs: Planner / Powys")
    ]


class TestEnds:
    """What ends an advert, over several runs."""

    def test_past_its_closing_time_it_is_closed_at_that_time_even_if_it_still_stands_there(
        self, archive: Archive
    ) -> None:
        archive.run(PLANNER)
        archive.run(PLANNER, day=12)
        archive.run(PLANNER, day=13)
        assert archive.ask("SELECT status, ended_at FROM advert") == [("closed", "2026-12-01T12:00:00Z")]
        assert archive.ask("SELECT kind FROM event") == [("listed",), ("closed",)]

    def test_missing_once_it_is_live_and_missing_twice_it_is_withdrawn(self, archive: Archive) -> None:
        other = attrs.evolve(PLANNER, source_ref="8")
        archive.run(PLANNER, other)
        archive.run(other, day=1)
        assert archive.ask("SELECT status FROM advert WHERE id = 'board:7'") == [("live",)]
        archive.run(other, day=2)
        assert archive.ask("SELECT status, ended_at FROM advert WHERE id = 'board:7'") == [
            ("withdrawn", "2026-11-22T06:00:00Z")
        ]

    @pytest.mark.parametrize("verdict", ["partial", "blocked", "broken", "empty"])
    def test_no_other_run_than_a_complete_one_ends_anything(self, archive: Archive, verdict: str) -> None:
        archive.run(PLANNER)
        for day in range(1, 30):
            archive.run(day=day, verdict=verdict)
        assert archive.ask("SELECT status FROM advert") == [("live",)]

    def test_it_comes_back(self, archive: Archive) -> None:
        other = attrs.evolve(PLANNER, source_ref="8")
        archive.run(PLANNER, other)
        for day in (1, 2):
            archive.run(other, day=day)
        archive.run(PLANNER, other, day=3)
        assert archive.ask("SELECT status, ended_at FROM advert WHERE id = 'board:7'") == [("live", None)]
        assert archive.ask("SELECT kind FROM event WHERE advert_id = 'board:7'") == [
            ("listed",),
            ("withdrawn",),
            ("relisted",),
        ]

    def test_a_run_that_finds_less_than_half_is_partial_says_so_and_ends_nothing(self, archive: Archive) -> None:
        many = [attrs.evolve(PLANNER, source_ref=str(number)) for number in range(20)]
        archive.run(*many)
        assert archive.run(*many[:9], day=1) == "partial"
        assert archive.ask("SELECT count(*) FROM advert WHERE status = 'live'") == [(20,)]
        assert "less than half" in archive.ask("SELECT text FROM issue WHERE kind = 'guard'")[0][0]

    def test_a_third_that_vanishes_at_once_stays(self, archive: Archive) -> None:
        many = [attrs.evolve(PLANNER, source_ref=str(number)) for number in range(20)]
        archive.run(*many)
        assert archive.run(*many[:12], day=1) == "complete"
        assert archive.run(*many[:12], day=2) == "partial"
        assert archive.ask("SELECT count(*) FROM advert WHERE status = 'live'") == [(20,)]

    def test_absence_from_a_window_is_not_an_end(self, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tests.archive.test_fold.SOURCE", attrs.evolve(SOURCE, lists_everything=False))
        archive.run(PLANNER)
        for day in (1, 2):
            archive.run(attrs.evolve(PLANNER, source_ref="8"), day=day)
        assert archive.ask("SELECT status, ended_at FROM advert WHERE id = 'board:7'") == [("unknown", None)]
        assert archive.ask("SELECT kind FROM event WHERE advert_id = 'board:7'") == [("listed",)]


def tripping(trips: str, error: Exception | None = None) -> Any:
    """A `prepare` that fails for the advert of a title, or gives a number that SQLite does not store."""
    sound = fold.prepare

    def prepare(raw: RawAdvert, observed: datetime) -> Any:
        if raw.title == trips and error:
            raise error
        ready = sound(raw, observed)
        columns = {**ready.rows.columns, "latitude": 10**30}
        return attrs.evolve(ready, rows=attrs.evolve(ready.rows, columns=columns)) if raw.title == trips else ready

    return prepare


@pytest.mark.parametrize("error", [None, ValueError("jo.bloggs@example.org is no pay"), RecursionError()], ids=repr)
def test_an_advert_that_cannot_be_folded_costs_itself(
    error: Exception | None, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fold, "prepare", tripping("Trips", error))
    others = [attrs.evolve(PLANNER, source_ref=ref) for ref in "12"]
    archive.run(others[0], attrs.evolve(PLANNER, title="Trips"), others[1])
    assert archive.ask("SELECT source_ref FROM advert ORDER BY 1") == [("1",), ("2",)]
    ((kind, text),) = archive.ask("SELECT kind, text FROM issue WHERE advert_id IS NULL")
    assert kind == "advert_set_aside"
    assert text.startswith(f"board:7: set aside: {type(error).__name__ if error else 'OverflowError'}")
    assert not EMAIL.search(text)
    assert archive.ask("SELECT adverts_seen, adverts_new FROM run") == [(3, 2)]


def test_an_advert_that_cannot_be_folded_any_more_is_as_it_was_and_not_gone(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.run(PLANNER)

    def trips(*_: object) -> None:
        raise ValueError("no such day")

    monkeypatch.setattr(fold, "update", trips)
    for day in (1, 2, 3):
        archive.run(attrs.evolve(PLANNER, salary="£99"), day=day)
    assert archive.ask("SELECT salary_text, status, last_seen FROM advert") == [
        (PLANNER.salary, "live", "2026-11-23T06:00:00Z")
    ]
    assert archive.ask("SELECT count(*) FROM issue WHERE advert_id = 'board:7' AND kind = 'advert_set_aside'") == [(3,)]


def test_an_archive_that_cannot_be_written_is_no_fault_of_an_advert(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fold, "prepare", tripping("Trips", sqlite3.OperationalError("database or disk is full")))
    with pytest.raises(sqlite3.OperationalError):
        archive.run(PLANNER, attrs.evolve(PLANNER, source_ref="8", title="Trips"))
    assert archive.ask("SELECT count(*) FROM advert") == [(0,)], "the page is folded whole or not at all"


def test_a_reference_of_kilobytes_is_no_id(archive: Archive) -> None:
    archive.run(PLANNER, attrs.evolve(PLANNER, source_ref="x" * 1000))
    assert archive.ask("SELECT id FROM advert") == [("board:7",)]
    ((text,),) = archive.ask("SELECT text FROM issue WHERE kind = 'advert_set_aside'")
    assert text.endswith("UnusableAdvertError: its reference has 1,000 characters or more")
