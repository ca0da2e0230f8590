"""A publisher's wish: what an advert printed is nowhere any more, everything else is as it was, and it does not come back."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from web_poet import handle_urls

from jobscraper.archive.locks import ArchiveInUseError
from jobscraper.archive.tombstones import tombstones_in
from jobscraper.cli.main import main
from jobscraper.forget.forget import ForgetError, forget
from jobscraper.rebuild import reading
from tests.crawl.board import Answer, entry, feed, serving
from tests.crawl.conftest import ROOT, crawl_into
from tests.crawl.local_crawl import LocalBoard, LocalFeedPage, LocalJobPage, LocalListPage

NOW = datetime(2026, 11, 27, 6, tzinfo=UTC)
SECRET = "The postholder feeds two elderly otters called Pip and Squeak every single morning"
SAME = "We are committed to safeguarding and promoting the welfare of children and young people"
OTHER = "You will count the swans on the river and write the numbers into a large book"
WHY = "the publisher asked"


def page(ref: str, text: str) -> dict[str, str]:
    return {
        "source_ref": ref,
        "title": f"Keeper {ref}",
        "description": f"<p>{text}.</p>\n<p>{SAME}.</p>",
        "salary": "£21,000",
    }


BOARDS = {
    "a feed": {
        "/feed?page=1": feed([entry("otters", description=f"<p>{SECRET}.</p><p>{SAME}.</p>"),
                              entry("swans", description=f"<p>{OTHER}.</p><p>{SAME}.</p>")]),
    },
    "a list with pages": {
        "/list": Answer(json.dumps([{"ref": "otters", "title": "Keeper otters"}, {"ref": "swans", "title": "Keeper swans"}]).encode()),
        "/job/otters": Answer(json.dumps(page("otters", SECRET)).encode(), headers=(("ETag", '"1"'),)),
        "/job/swans": Answer(json.dumps(page("swans", OTHER)).encode()),
    },
}  # fmt: skip


def read_pages_of(host: str) -> None:
    """Read pages of this host here as the crawl does in its own process."""
    for path, reader in (("feed", LocalFeedPage), ("list", LocalListPage), ("job", LocalJobPage)):
        handle_urls(f"{host}/{path}")(reader)


def crawl(folder: Path, kind: str, **options: object) -> tuple[dict[str, Any], list[str]]:
    """Crawl a board, and say how it went and what was asked."""
    start = "/list" if kind == "a list with pages" else "/feed?page=1"
    with serving(dict(BOARDS[kind])) as board:
        read_pages_of(urlsplit(board.url).netloc)
        return crawl_into(folder, board.url, start=start, **options), board.paths()


@pytest.fixture(scope="module", params=BOARDS)
def crawled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A board that was crawled twice, so that there are bodies, and records that refer to them."""
    folder = tmp_path_factory.mktemp("crawled")
    for _ in range(2):
        outcome, _ = crawl(folder, request.param, fresh=1)
        assert outcome["verdict"] == "complete"
    return request.param, folder


@pytest.fixture
def kind(crawled: tuple[str, Path]) -> str:
    return crawled[0]


@pytest.fixture
def live(crawled: tuple[str, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(crawled[1], tmp_path / "live"))


def places(folder: Path) -> list[str]:
    return ["--archive", str(folder / "archive.db"), "--captures", str(folder / "captures")]


def told(folder: Path, words: str) -> set[str]:
    """The files that hold these words, packed or not."""
    found = set()
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            data += gzip.decompress(data) if path.name.endswith(".gz") else b""
            if words.encode() in data:
                found.add(path.suffix)
    return found


def rows(folder: Path, *left_out: str) -> dict[str, list[Any]]:
    """The tables, without the numbers of events, changes and issues: where one is gone, a rebuild numbers the rest anew."""
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        whole = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names if name not in left_out}
    numbered = ("event", "change", "issue")
    return {
        name: sorted(str(row[1:] if name in numbered else row) for row in several) for name, several in whole.items()
    }


def forgotten(live: Path) -> None:
    done = CliRunner().invoke(
        main, ["forget", "local_board:otters", "--reason", WHY, *places(live), "--site", str(live / "site")]
    )
    assert done.exit_code == 0, done.output
    assert "local_board:otters: forgotten" in done.output
    assert "removed whole" not in done.output


def test_its_words_are_nowhere_any_more(live: Path) -> None:
    assert told(live, SECRET[:40]) == {".db", ".gz"}
    forgotten(live)
    assert told(live, SECRET[:40]) == set()
    assert told(live, "elderly otters") == set()


def test_everything_else_is_as_it_was(live: Path) -> None:
    def others(found: dict[str, list[Any]]) -> dict[str, list[str]]:
        return {name: [row for row in several if "otters" not in row] for name, several in found.items()}

    left_out = ("capture", "tombstone")  # Whose places and digests are new.
    before = others(rows(live, *left_out))
    forgotten(live)
    assert others(rows(live, *left_out)) == before
    assert told(live, OTHER) == {".db", ".gz"}


def test_the_captures_are_whole_and_others_can_still_be_read(live: Path) -> None:
    forgotten(live)
    verified = CliRunner().invoke(main, ["captures", "verify", *places(live)])
    assert verified.exit_code == 0, verified.output
    assert "0 missing, 0 damaged, 0 unindexed" in verified.output


def test_a_rebuild_does_not_bring_it_back(live: Path) -> None:
    forgotten(live)
    # The ledger counts what a run found new; a rebuild never finds what was forgotten.
    left_out = ("run", "sqlite_stat1", "_sqlite_migrations")
    before = rows(live, *left_out)
    for _ in range(2):
        reading.made_ready.clear()
        done = CliRunner().invoke(main, ["rebuild", "--workers", "1", *places(live)])
        assert done.exit_code == 0, done.output
        assert "0 values read differently" in done.output
        after = rows(live, *left_out)
        assert {name: after[name] for name in before} == before
    with closing(sqlite3.connect(live / "archive.db")) as db:
        assert db.execute("SELECT DISTINCT verdict FROM run").fetchall() == [("complete",)]


def test_an_archive_made_from_the_captures_alone_does_not_have_it(live: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobscraper.crawl.sources.known_sources", lambda: {"local_board": LocalBoard})
    forgotten(live)
    (live / "archive.db").unlink()
    reading.made_ready.clear()
    CliRunner().invoke(main, ["rebuild", "--workers", "1", *places(live)])
    found = rows(live)
    assert len(found["advert"]) == 1
    assert WHY in found["tombstone"][0]


def test_the_next_crawl_does_not_bring_it_back(live: Path, kind: str) -> None:
    forgotten(live)
    outcome, asked = crawl(live, kind, fresh=1)
    assert (outcome["verdict"], outcome["adverts_seen"]) == ("complete", 2)
    assert "/job/otters" not in asked
    assert len(rows(live)["advert"]) == 1


def test_what_is_published_is_without_it(live: Path) -> None:
    CliRunner().invoke(main, ["publish", "--archive", str(live / "archive.db"), "--site", str(live / "site")])
    assert told(live / "site", "elderly otters")
    forgotten(live)
    assert not told(live / "site", "elderly otters")
    assert told(live / "site", "count the swans")


def test_by_its_url_too(live: Path) -> None:
    with closing(sqlite3.connect(live / "archive.db")) as db:
        url = db.execute("SELECT coalesce(url, id) FROM advert WHERE id = 'local_board:otters'").fetchone()[0]
    assert forget(live / "archive.db", live / "captures", url, WHY, NOW).advert_id == "local_board:otters"


def test_captures_that_were_moved_away_are_cleaned_too(live: Path) -> None:
    """The first run's file is at hand and the second one's is not: bodies are looked for across both folders."""
    first, second = sorted((live / "captures").rglob("*.warc.gz"))
    older = live / "older"
    (older / "local_board").mkdir(parents=True)
    for moved in (second, first):
        moved.rename(older / "local_board" / moved.name)
        done = forget(live / "archive.db", live / "captures", "local_board:otters", WHY, NOW, older=older)
        assert done.given_up == 0
        assert told(live, "elderly otters") == set()
        verified = CliRunner().invoke(main, ["captures", "verify", *places(live), "--older", str(older)])
        assert "0 missing, 0 damaged, 0 unindexed" in verified.output, verified.output


def test_a_tombstone_of_the_archive_alone_is_found(live: Path) -> None:
    forgotten(live)
    (live / "captures" / "forgotten.jsonl").unlink()
    forgotten(live)
    assert [one.advert_id for one in tombstones_in(live / "captures")] == ["local_board:otters"]


def test_an_advert_that_nobody_knows(live: Path) -> None:
    with pytest.raises(ForgetError, match="no advert here is 'local_board:badgers'; give SOURCE:REFERENCE"):
        forget(live / "archive.db", live / "captures", "local_board:badgers", WHY, NOW)
    assert tombstones_in(live / "captures") == []


_KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from jobscraper.forget import forget
from tests.forget.test_forget import read_pages_of

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(forget, sys.argv[2], die)
read_pages_of(sys.argv[3])
folder = Path(sys.argv[1])
forget.forget(folder / "archive.db", folder / "captures", "local_board:otters", "the publisher asked", datetime.now(UTC))
"""


@pytest.mark.parametrize("at", ["add_to_file", "clean_captures", "index_again", "bury"])
def test_killed_at_any_step_it_is_done_by_asking_again(at: str, live: Path) -> None:
    with closing(sqlite3.connect(live / "archive.db")) as db:
        host = urlsplit(db.execute("SELECT url FROM capture").fetchone()[0]).netloc
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(live), at, host], cwd=ROOT, check=False)
    assert killed.returncode == -9
    forgotten(live)
    assert told(live, "elderly otters") == set()
    verified = CliRunner().invoke(main, ["captures", "verify", *places(live)])
    assert "0 missing, 0 damaged, 0 unindexed" in verified.output


def test_while_somebody_crawls_nothing_is_forgotten(live: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from jobscraper.archive.locks import crawling\n"
        "with crawling(Path(sys.argv[1]), 'x'): print('here', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(live / "archive.db")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as crawl:
        assert crawl.stdout
        crawl.stdout.readline()
        with pytest.raises(ArchiveInUseError):
            forget(live / "archive.db", live / "captures", "local_board:otters", WHY, NOW)
        crawl.kill()
    assert tombstones_in(live / "captures") == []


def renamed_board(folder: Path) -> None:
    """The otters' advert gets another title, and with it another reference and address; its words stay. The swans' stays."""

    def otters(url: str, ref: str, **more: object) -> dict[str, object]:
        return entry(ref, url=f"{url}/jobs/{ref}", description=f"<p>{SECRET}.</p><p>{SAME}.</p>", **more)

    with serving({}) as board:
        swans = entry("swans", url=f"{board.url}/jobs/swans", description=f"<p>{OTHER}.</p><p>{SAME}.</p>")
        leads_on = Answer(status=301, headers=(("Location", "/jobs/two-otters"),))
        read_pages_of(urlsplit(board.url).netloc)
        for answers in (
            {"/feed?page=1": feed([otters(board.url, "otters"), swans])},
            {"/feed?page=1": feed([otters(board.url, "two-otters"), swans]), "/jobs/otters": leads_on},
        ):
            board.answers.clear()
            board.answers.update(answers)
            assert crawl_into(folder, board.url, renames=1)["verdict"] == "complete"


@pytest.fixture(scope="module")
def renamed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("renamed")
    renamed_board(folder)
    return folder


@pytest.fixture
def renamed(renamed_once: Path, tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(renamed_once, tmp_path / "renamed"))
    assert sorted(row[0] for row in _ask(folder, "SELECT id FROM advert")) == [
        "local_board:otters",
        "local_board:swans",
    ]
    return folder


def _ask(folder: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        return db.execute(sql).fetchall()


BOTH = {"local_board:otters", "local_board:two-otters"}


@pytest.mark.parametrize("wanted", sorted(BOTH))
def test_a_renamed_advert_is_forgotten_under_all_its_references(wanted: str, renamed: Path) -> None:
    assert told(renamed, "elderly otters") == {".db", ".gz"}
    done = forget(renamed / "archive.db", renamed / "captures", wanted, WHY, NOW)
    assert (done.advert_id, done.given_up) == ("local_board:otters", 0)
    assert told(renamed, "elderly otters") == set()
    assert {one.advert_id for one in tombstones_in(renamed / "captures")} == BOTH
    assert _ask(renamed, "SELECT * FROM advert_reference") == []
    assert told(renamed, OTHER) == {".db", ".gz"}


def test_a_renamed_advert_does_not_come_back_under_any_reference(renamed: Path) -> None:
    forget(renamed / "archive.db", renamed / "captures", "local_board:otters", WHY, NOW)
    reading.made_ready.clear()
    done = CliRunner().invoke(main, ["rebuild", "--workers", "1", *places(renamed)])
    assert done.exit_code == 0, done.output
    assert _ask(renamed, "SELECT id FROM advert") == [("local_board:swans",)]
    for ref in ("otters", "two-otters"):
        with serving({"/feed?page=1": feed([entry(ref), entry("swans")])}) as board:
            assert crawl_into(renamed, board.url)["adverts_seen"] == 2
        assert _ask(renamed, "SELECT id FROM advert") == [("local_board:swans",)]


@pytest.mark.parametrize("again", sorted(BOTH))
def test_killed_between_two_references_it_is_done_by_asking_for_either(again: str, renamed: Path) -> None:
    """Of the later reference there is a tombstone already, and of the advert none."""
    host = urlsplit(_ask(renamed, "SELECT url FROM capture")[0][0]).netloc
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(renamed), "clean_captures", host], cwd=ROOT, check=False
    )
    assert killed.returncode == -9
    assert [one.advert_id for one in tombstones_in(renamed / "captures")] == ["local_board:two-otters"]
    forget(renamed / "archive.db", renamed / "captures", again, WHY, NOW)
    assert told(renamed, "elderly otters") == set()
    assert _ask(renamed, "SELECT id FROM advert") == [("local_board:swans",)]
    assert {one.advert_id for one in tombstones_in(renamed / "captures")} == BOTH
