"""What happened to other archives must not happen here: feeds that shrink, walls and torn pages that look like an end."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import attrs
import pytest

from jobscraper.model.reading import RawAdvert
from tests.archive.test_fold import START, Archive

LIVE = 1_000  # A tenth of what the boards had that these things happened to.


def adverts(count: int) -> list[RawAdvert]:
    return [RawAdvert(source_ref=str(number), title="Nurse", closes="2099-01-01") for number in range(count)]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of a board with 1,000 live adverts, seen by two complete runs."""
    path = tmp_path_factory.mktemp("nhs") / "archive.db"
    archive = Archive(path)
    for day in (0, 1):
        assert archive.run(*adverts(LIVE), day=day) == "complete"
    archive.db.close()
    return path


@pytest.fixture
def archive(full: Path, tmp_path: Path) -> Iterator[Archive]:
    (tmp_path / "archive.db").write_bytes(full.read_bytes())
    archive = Archive(tmp_path / "archive.db")
    yield archive
    archive.db.close()


def live(archive: Archive) -> int:
    return int(archive.ask("SELECT count(*) FROM advert WHERE status = 'live'")[0][0])


@pytest.mark.parametrize(
    ("feeds", "judged", "left"),
    [
        ((10,), "partial", 1_000),
        ((10, 10, 10), "partial", 1_000),
        ((960,), "complete", 1_000),
        ((960, 1_000), "complete", 1_000),
        ((960, 960), "complete", 960),
        ((10, 960, 10, 1_000), "complete", 1_000),
        ((600, 600), "partial", 1_000),
        ((499, 499), "partial", 1_000),
    ],
)
def test_a_feed_that_looks_complete(archive: Archive, feeds: tuple[int, ...], judged: str, left: int) -> None:
    """Public archives have delisted 872 live adverts in six hours, because a feed of some 10,000 returned 104."""
    for day, count in enumerate(feeds, 2):
        last = archive.run(*adverts(count), day=day)
    assert last == judged
    assert live(archive) == left
    assert archive.ask("SELECT count(*) FROM event WHERE kind IN ('closed', 'withdrawn')") == [(LIVE - left,)]


@pytest.mark.parametrize("hours", [1, 4, 12])
def test_an_outage_does_not_agree_with_itself(archive: Archive, hours: int) -> None:
    """However often a broken feed is asked while it is broken: less than three days of it end nothing."""
    for nth in range(48 // hours):
        assert archive.run(*adverts(10), day=2 + nth * hours / 24) == "partial"
    assert live(archive) == LIVE
    assert archive.run(*adverts(LIVE), day=4.5) == "complete"
    for day in (5, 6, 7):  # The next outage begins to count anew.
        assert archive.run(*adverts(10), day=day) == "partial"
    assert live(archive) == LIVE


def test_pieces_of_a_board_do_not_agree(archive: Archive) -> None:
    """A feed of several servers, each of which has lost all but its own tenth."""
    board = adverts(LIVE)
    for nth in range(8):
        assert archive.run(*board[nth * 100 : (nth + 1) * 100], day=2 + nth) == "partial"
    assert live(archive) == LIVE


@pytest.mark.parametrize(("left", "doubted"), [(240, 3), (600, 4)])
def test_a_board_that_has_shrunk_is_believed_after_four_runs_that_were_doubted(
    archive: Archive, left: int, doubted: int
) -> None:
    """From 1,000 to 240 every run is doubted; to 600 the first is not, which ends nothing yet."""
    verdicts = [archive.run(*adverts(left), day=2 + nth) for nth in range(6)]
    assert verdicts == ["complete"] * (left == 600) + ["partial"] * 3 + ["complete"] * (3 - (left == 600))
    assert live(archive) == left
    (when,) = {row[0][:10] for row in archive.ask("SELECT at FROM event WHERE kind = 'withdrawn'")}
    assert when == (START + timedelta(days=2 + doubted)).strftime("%Y-%m-%d")


@pytest.mark.parametrize("verdict", ["empty", "broken", "blocked", "partial"])
def test_a_run_that_is_not_complete(archive: Archive, verdict: str) -> None:
    """A feed of nothing, a server that fails, a wall, a page cut off: however often, they end nothing."""
    for day in range(2, 9):
        archive.run(day=day, verdict=verdict)
    assert live(archive) == LIVE


SNAPSHOTS = (
    "review-2026-07-29-0efda100.csv",
    "review-2026-07-29-56a0dc25.csv",
    "review-2026-07-29-d050e24c.csv",
    "review-2026-08-13-3aa80d05.csv",
    "review-2026-08-17-4e930653.csv",
    "review-2026-08-18-b37e2d05.csv",
)


def snapshot(path: Path) -> list[RawAdvert]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["source_job_id"]: row for row in csv.DictReader(file)}
    return [
        RawAdvert(
            source_ref=ref,
            title=row["title"],
            employer=row["employer"],
            location=row["location"],
            salary=row["salary_text"],
            posted=row["posted_date"],
            closes=row["closing_date"],
        )
        for ref, row in rows.items()
    ]


def test_closing_dates_that_moved_at_north_east_jobs_come_out_as_extended(tmp_path: Path, shared: Path) -> None:
    """Every later closing date in the board's snapshots of July and August 2026 is an event, and no other is."""
    archive = Archive(tmp_path / "archive.db")
    printed: dict[str, str] = {}
    expected = set()
    for name in SNAPSHOTS:
        day = (datetime.fromisoformat(name[7:17]).replace(tzinfo=UTC) - START).days
        seen = snapshot(shared / "captures" / "north_east_jobs" / name)
        for raw in seen:
            before = printed.get(raw.source_ref)
            if before and raw.closes and moment(raw.closes) > moment(before):
                expected.add((f"board:{raw.source_ref}", f"closes {words(before)} → {words(raw.closes)}"))
            printed[raw.source_ref] = raw.closes or ""
        archive.run(*seen, day=day + SNAPSHOTS.index(name) / 10, part="card")
    assert set(archive.ask("SELECT advert_id, detail FROM event WHERE kind = 'extended'")) == expected
    assert ("board:300537", "closes 20 Aug 2026 → 27 Aug 2026") in expected
    archive.db.close()


def moment(printed: str) -> datetime:
    """A day without a time lasts to its end."""
    day, _, clock = printed.partition(" ")
    return datetime.strptime(f"{day} {clock or '23:59'}", "%d/%m/%Y %H:%M")


def words(printed: str) -> str:
    return f"{moment(printed).day} {moment(printed):%b %Y}"


def test_an_evergreen_advert_is_live_until_it_vanishes(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive.db")
    bank = RawAdvert(source_ref="bank", title="Bank nurse", closes="No expiry date")
    far = attrs.evolve(bank, source_ref="far", closes="25/06/2030")
    other = attrs.evolve(bank, source_ref="other", closes=None)
    for day in (0, 400, 800):
        archive.run(bank, far, other, day=day)
    assert archive.ask("SELECT source_ref, status, closes_at FROM advert ORDER BY 1") == [
        ("bank", "live", None),
        ("far", "live", "2030-06-25T22:59:59Z"),
        ("other", "live", None),
    ]
    for day in (801, 802):  # Of a handful of adverts, most may go at once.
        archive.run(other, day=day)
    assert archive.ask("SELECT source_ref, status FROM advert WHERE status != 'live' ORDER BY 1") == [
        ("bank", "withdrawn"),
        ("far", "withdrawn"),
    ]
    archive.db.close()
