"""An advert that its board renames stays one advert; two that an address joins by chance stay two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import attrs
import pytest

from jobscraper.archive import fold, ledger, moves
from jobscraper.archive.moves import MOST_LOOKED_FOR, Listing
from jobscraper.archive.store import open_archive
from jobscraper.capture.record import Capture
from jobscraper.model.reading import Part, RawAdvert, Reading
from tests.archive.test_fold import DAY, PLANNER, SOURCE, START

HOST = "https://board.example.org/job/"
RENAMED = attrs.evolve(
    PLANNER, source_ref="8", url=f"{HOST}8", title="Senior Planner", closes="2026-12-08T12:00:00+00:00"
)


def listing(ref: str, first: float, last: float, employer: str | None = "Powys County Council") -> Listing:
    return Listing(
        id=f"board:{ref}",
        url=f"{HOST}{ref}",
        employer=employer,
        first_seen=START + first * DAY,
        last_seen=START + last * DAY,
    )


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (listing("a", 0, 3), listing("b", 4, 4), True),
        (listing("a", 0, 3), listing("b", 3, 9), True),
        (listing("a", 0, 3), listing("b", 2, 9), False),
        (listing("a", 4, 9), listing("b", 0, 9), False),
        (listing("a", 0, 3), listing("a", 4, 4), False),
        (listing("a", 0, 3), listing("b", 4, 4, "Gwynedd Council"), False),
        (listing("a", 0, 3, "POWYS  COUNTY COUNCIL"), listing("b", 4, 4), True),
        (listing("a", 0, 3, None), listing("b", 4, 4), True),
    ],
    ids=[
        "one ends, the other begins",
        "in the same crawl",
        "they stood side by side",
        "the other is older",
        "itself",
        "another employer",
        "the employer in capitals",
        "a board of one body",
    ],
)
def test_an_old_address_that_leads_to_another_advert(old: Listing, new: Listing, same: bool) -> None:
    assert moves.is_same_advert(old, new) is same


def test_only_adverts_that_may_stand_there_under_another_name_are_looked_for() -> None:
    gone, renamed, stays = listing("gone", 0, 3, "Gwynedd Council"), listing("renamed", 0, 3), listing("stays", 0, 4)
    live = [gone, renamed, stays, listing("new", 4, 4)]
    seen = frozenset({"board:stays", "board:new"})
    assert moves.to_look_for(live, seen) == [renamed]


def test_a_board_that_lost_its_list_is_not_asked_for_every_page() -> None:
    live = [listing(str(number), 0, 3) for number in range(500)]
    assert len(moves.to_look_for([*live, listing("new", 4, 4)], frozenset({"board:new"}))) == MOST_LOOKED_FOR


class Board:
    """A board day by day, folded as a crawl does."""

    of: fold.RunFold
    at: datetime

    def __init__(self, path: Path) -> None:
        self.db = open_archive(path)

    def day(self, day: int, *adverts: RawAdvert, moved: dict[str, str] | None = None) -> str:
        """A feed, and where addresses led."""
        steps: list[Step] = [lambda board: board.lists(*adverts, part="feed")]
        for old, new in (moved or {}).items():
            steps.append(lambda board, old=old, new=new: board.leads(old, new))  # type: ignore[misc]
        return self.run(day, *steps)

    def run(self, day: int, *steps: Step) -> str:
        """A run of some steps, a minute each; its verdict."""
        self.at = START + day * DAY
        self.of = fold.RunFold(f"board-{day}", "board", references=moves.references(self.db, "board"))
        ledger.open_run(self.db, self.of.run_id, SOURCE, self.at, "test")
        for step in steps:
            step(self)
            self.at += timedelta(minutes=1)
        fold.fold_moves(self.db, self.of)
        result = ledger.RunResult(
            verdict="complete",
            finished=self.at + timedelta(hours=1),
            adverts_listed=None,
            bytes=1,
            errors=0,
            stop_reason=None,
        )
        return str(ledger.close_run(self.db, self.of.run_id, result)["verdict"])

    def lists(self, *adverts: RawAdvert, part: Part = "card") -> None:
        listed = self._capture(f"{HOST.removesuffix('job/')}jobs")
        fold.fold_page(self.db, self.of, listed, Reading(part=part, adverts=adverts))

    def shows(self, advert: RawAdvert) -> None:
        shown = self._capture(str(advert.url), status=200)
        fold.fold_page(self.db, self.of, shown, Reading(part="page", adverts=(advert,)))

    def leads(self, old: str, new: str) -> None:
        fold.note_move(self.of, self._capture(old), new)

    def _capture(self, url: str, status: int | None = None) -> Capture:
        capture = Capture(
            id=f"{self.of.run_id} {self.at} {url}",
            url=url,
            method="GET",
            fetched_at=self.at,
            status=status or (301 if "/job/" in url else 200),
            digest="sha1:X",
            warc_file="file.warc.gz",
            offset=0,
            length=1,
        )
        ledger.add_capture(self.db, self.of.run_id, capture)
        return capture

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.db.execute(sql).fetchall()]


Step = Callable[[Board], None]


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    board = Board(tmp_path / "archive.db")
    yield board
    board.db.close()


def test_a_renamed_advert_keeps_its_id_and_its_history(board: Board) -> None:
    board.day(0, PLANNER)
    board.day(1, RENAMED, moved={f"{HOST}7": f"{HOST}8"})
    board.day(2, RENAMED)
    assert board.ask("SELECT id, title, url, status, first_seen FROM advert") == [
        ("board:7", "Senior Planner", f"{HOST}8", "live", "2026-11-20T06:00:00Z")
    ]
    assert board.ask("SELECT kind, detail FROM event ORDER BY id") == [
        ("listed", None),
        ("extended", "closes 1 Dec 2026 → 8 Dec 2026"),
        ("amended", "title Planner → Senior Planner"),
    ]
    assert board.ask("SELECT url FROM advert_url ORDER BY first_seen") == [(f"{HOST}7",), (f"{HOST}8",)]
    assert board.ask("SELECT adverts_seen, adverts_new, adverts_changed FROM run ORDER BY id") == [
        (1, 1, 0),
        (1, 0, 1),
        (1, 0, 0),
    ]
    assert board.ask("PRAGMA foreign_key_check") == []


def test_an_advert_may_be_renamed_again_and_again(board: Board) -> None:
    board.day(0, PLANNER)
    for day in range(1, 5):
        renamed = attrs.evolve(PLANNER, source_ref=f"{7 + day}", url=f"{HOST}{7 + day}")
        board.day(day, renamed, moved={f"{HOST}{6 + day}": f"{HOST}{7 + day}"})
    assert board.ask("SELECT id FROM advert") == [("board:7",)]
    assert board.ask("SELECT source_ref, advert_id FROM advert_reference ORDER BY source_ref") == [
        ("10", "board:7"),
        ("11", "board:7"),
        ("8", "board:7"),
        ("9", "board:7"),
    ]
    assert board.ask("SELECT kind FROM event") == [("listed",)]


def test_what_was_learnt_late_becomes_one_history(board: Board) -> None:
    """The redirect was met two days after the new name, which had been extended meanwhile."""
    later = attrs.evolve(RENAMED, closes="2026-12-12T12:00:00+00:00")
    board.day(0, PLANNER)
    board.day(1, RENAMED)
    board.day(2, later, moved={f"{HOST}7": f"{HOST}8"})
    assert board.ask("SELECT id, closes_at FROM advert") == [("board:7", "2026-12-12T12:00:00Z")]
    assert [kind for (kind,) in board.ask("SELECT kind FROM event WHERE kind IN ('listed', 'withdrawn')")] == ["listed"]


def test_two_adverts_that_the_board_lists_side_by_side_stay_two(board: Board) -> None:
    board.day(0, PLANNER)
    board.day(1, PLANNER, RENAMED, moved={f"{HOST}7": f"{HOST}8"})
    assert board.ask("SELECT id FROM advert ORDER BY id") == [("board:7",), ("board:8",)]
    assert board.ask("SELECT kind, advert_id FROM issue WHERE kind = 'leads_to_another'") == [
        ("leads_to_another", "board:7")
    ]


LISTS_THE_OLD: Step = lambda board: board.lists(PLANNER)  # noqa: E731
LISTS_THE_NEW: Step = lambda board: board.lists(RENAMED)  # noqa: E731
SHOWS_THE_NEW: Step = lambda board: board.shows(RENAMED)  # noqa: E731
LEADS_THERE: Step = lambda board: board.leads(f"{HOST}7", f"{HOST}8")  # noqa: E731


@pytest.mark.parametrize("steps", list(permutations((LISTS_THE_OLD, LISTS_THE_NEW, SHOWS_THE_NEW, LEADS_THERE))))
def test_two_that_are_listed_in_one_run_are_two_in_whatever_order_it_is_read(
    board: Board, steps: tuple[Step, ...]
) -> None:
    """A crawl reads pages as they come, a rebuild in the order of the captures; the second list may come last."""
    board.run(0, *steps)
    assert board.ask("SELECT id FROM advert ORDER BY id") == [("board:7",), ("board:8",)]
    assert board.ask("SELECT kind FROM issue") == [("leads_to_another",)]
    assert board.ask("SELECT adverts_seen, adverts_new FROM run") == [(2, 2)]


@pytest.mark.parametrize("steps", list(permutations((LISTS_THE_OLD, SHOWS_THE_NEW, LEADS_THERE))))
def test_one_whose_page_has_another_reference_than_its_card_is_one(board: Board, steps: tuple[Step, ...]) -> None:
    board.run(0, *steps, LISTS_THE_OLD)
    assert board.ask("SELECT id, title FROM advert") == [("board:7", "Senior Planner")]
    assert board.ask("SELECT adverts_seen, adverts_new FROM run") == [(1, 1)]


def test_an_address_may_lead_on_by_others(board: Board) -> None:
    board.day(0, PLANNER)
    board.day(1, RENAMED, moved={f"{HOST}7": f"{HOST}7/", f"{HOST}7/": f"{HOST}8"})
    assert board.ask("SELECT id, title FROM advert") == [("board:7", "Senior Planner")]


def test_addresses_that_lead_in_a_circle_lead_nowhere(board: Board) -> None:
    board.day(0, PLANNER)
    board.day(1, RENAMED, moved={f"{HOST}7": f"{HOST}x", f"{HOST}x": f"{HOST}y", f"{HOST}y": f"{HOST}x"})
    assert board.ask("SELECT count(*) FROM advert") == [(2,)]


def test_of_two_that_lead_to_one_the_one_that_it_follows_is_the_same(board: Board) -> None:
    """The other was of another employer."""
    board.day(0, PLANNER, attrs.evolve(PLANNER, source_ref="5", url=f"{HOST}5", employer="Gwynedd Council"))
    board.day(1, RENAMED, moved={f"{HOST}7": f"{HOST}8", f"{HOST}5": f"{HOST}8"})
    assert board.ask("SELECT id, title FROM advert ORDER BY id") == [
        ("board:5", "Planner"),
        ("board:7", "Senior Planner"),
    ]


def test_an_advert_that_is_gone_and_leads_to_one_of_another_employer_is_none_of_its_names(board: Board) -> None:
    board.day(0, PLANNER)
    board.day(1, attrs.evolve(RENAMED, employer="Gwynedd Council"), moved={f"{HOST}7": f"{HOST}8"})
    assert board.ask("SELECT count(*) FROM advert") == [(2,)]


@pytest.mark.parametrize(
    "to", ["https://board.example.org/", "https://board.example.org/jobs", "https://other.example.org/8"]
)
def test_an_address_that_leads_home_renames_nothing(board: Board, to: str) -> None:
    board.day(0, PLANNER)
    board.day(1, RENAMED, moved={f"{HOST}7": to})
    assert board.ask("SELECT count(*) FROM advert") == [(2,)]
    assert board.ask("SELECT count(*) FROM issue") == [(0,)]


def test_an_advert_that_closed_and_is_listed_again_under_its_reference_is_the_same_one(board: Board) -> None:
    board.day(0, PLANNER)
    board.day(20)
    assert board.ask("SELECT status FROM advert") == [("closed",)]
    board.day(21, attrs.evolve(PLANNER, closes="2027-01-15T12:00:00+00:00"))
    assert board.ask("SELECT id, status FROM advert") == [("board:7", "live")]
    assert [kind for (kind,) in board.ask("SELECT kind FROM event ORDER BY id")] == [
        "listed",
        "closed",
        "extended",
        "relisted",
    ]
