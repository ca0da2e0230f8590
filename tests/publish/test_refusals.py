"""What publishing refuses to write over, what it takes out of links, and what it will not let anybody see."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from jobscraper.archive.store import ArchiveError, open_archive
from jobscraper.cli.main import main
from jobscraper.publish.build import left_out
from jobscraper.publish.build.left_out import too_many
from jobscraper.publish.build.snapshot import PublishError, Snapshot, publish
from jobscraper.publish.limits import LONGEST_VALUE
from jobscraper.publish.site.application import datasette_for
from jobscraper.read.time_limit import within
from tests.publish.test_snapshot import rows, spoil


def as_archive(archive: Path, way: str) -> Path:
    """The archive where publishing would write, in one of several ways; returns the folder to publish into."""
    site = archive.parent / "here"
    site.mkdir()
    if way == "same path":
        return archive.parent
    if way == "hard link":
        (site / "archive.db").hardlink_to(archive)
    elif way == "symbolic link":
        (site / "archive.db").symlink_to(archive)
    else:
        (site / way).hardlink_to(archive)
    return site


@pytest.mark.parametrize(
    "way",
    ["same path", "hard link", "symbolic link", "archive.db.building", "inspect-data.json", ".publish.lock"],
)
def test_the_archive_is_never_written_over(archive: Path, way: str) -> None:
    site = as_archive(archive, way)
    before = archive.read_bytes()
    with pytest.raises(PublishError, match=r"this is the archive itself; name another folder with --site"):
        publish(archive, site)
    assert archive.read_bytes() == before
    assert not (site / "archive.db.building").exists() or way == "archive.db.building"


def test_the_archive_in_the_working_folder(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(archive.parent)
    for site in ("", "."):
        with pytest.raises(PublishError, match="this is the archive itself"):
            publish(Path("archive.db"), Path(site))


def test_no_other_file_is_replaced(archive: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    theirs = site / "archive.db"
    with closing(open_archive(theirs)):
        pass
    for content in (theirs.read_bytes(), b"", b"notes of mine"):
        theirs.write_bytes(content)
        with pytest.raises(PublishError, match=r"not a snapshot of jobscraper; move it away, or name another folder"):
            publish(archive, site)
        assert theirs.read_bytes() == content


def test_a_snapshot_is_no_archive(site: Path, tmp_path: Path) -> None:
    for use in (open_archive, lambda path: publish(path, tmp_path / "other")):
        with pytest.raises(ArchiveError, match="not an archive of jobscraper"):
            use(site / "archive.db")


EMAIL_IN = ("https://board.example/apply/{}/7", "mailto:{}?subject=Post", "https://board.example/?to={}&a=1")


@pytest.mark.parametrize("address", ["jo.bloggs@leeds.gov.uk", "jo%40leeds.gov.uk", "JO@LEEDS.GOV.UK"])
def test_addresses_in_links_are_masked(archive: Path, tmp_path: Path, address: str) -> None:
    link, mail, query = (form.format(address) for form in EMAIL_IN)
    with closing(sqlite3.connect(archive)) as connection, connection:
        connection.execute("UPDATE advert SET url = ?, apply_url = ? WHERE rowid = 3", [link, mail])
        connection.execute("UPDATE capture SET url = ? WHERE rowid = 1", [query])
        connection.execute("UPDATE source SET homepage = ? WHERE rowid = 1", [link])
        for number in range(2):  # two issues that nothing but the address tells apart
            text = f"no page at {link}".replace("apply/", "apply/" + "a" * number)
            connection.execute("INSERT INTO issue (run_id, kind, text) VALUES ('run-localgov', 'gone', ?)", [text])
    done = publish(archive, tmp_path / "site")
    assert done.masked == 6
    assert address.encode() not in done.path.read_bytes()
    masked = "https://board.example/apply/[contact removed]/7"
    assert rows(done.path, "SELECT url, apply_url FROM advert WHERE rowid = 3") == [
        (masked, "mailto:[contact removed]?subject=Post")
    ]
    assert rows(done.path, "SELECT url FROM advert WHERE rowid = 4") == [
        ("https://teaching_vacancies.example/jobs/3?a=1&b=2",)
    ]
    assert rows(archive, "SELECT url FROM advert WHERE rowid = 3") == [(link,)], "the archive is only read"


EMAIL_AT = "jo.bloggs@leeds.gov.uk"
PHONE = "01632 960 123"


def left_out_of(archive: Path, site: Path) -> tuple[Snapshot, set[str]]:
    """What is published, and which adverts are not in it."""
    done = publish(archive, site)
    there = {advert_id for (advert_id,) in rows(done.path, "SELECT id FROM advert")}
    return done, {advert_id for (advert_id,) in rows(archive, "SELECT id FROM advert")} - there


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (f"UPDATE advert_text SET description = 'Ask {EMAIL_AT}' WHERE rowid = 3", "advert_text localgov:0002: e-mail"),
        (
            f"UPDATE advert SET department = '{EMAIL_AT.upper()}' WHERE rowid = 3",
            "advert localgov:0002: e-mail address",
        ),
        (f"UPDATE advert SET title = 'Cook, ring {PHONE}' WHERE rowid = 3", "advert localgov:0002: telephone number"),
        (f"UPDATE event SET detail = 'mailto:{EMAIL_AT}' WHERE advert_id = 'localgov:0002'", "event 3: e-mail address"),
        (
            f"INSERT INTO change (advert_id, run_id, observed_at, field, old, new, cause) SELECT 'localgov:0002', id,"
            f" started, 'title', 'Cook', '{PHONE}', 'source' FROM run WHERE source_id = 'localgov'",
            "telephone number found",
        ),
        (
            f"UPDATE advert SET title = '{'x' * (LONGEST_VALUE + 1)}' WHERE rowid = 3",
            "advert localgov:0002: value too long",
        ),
        (
            f"UPDATE advert SET title = '{'£' * (LONGEST_VALUE // 2 + 1)}' WHERE rowid = 3",
            "advert localgov:0002: value",
        ),
    ],
    ids=["its text", "one of its fields", "a telephone number", "an event", "a change", "megabytes", "megabytes of £"],
)
def test_an_advert_that_nobody_may_see_costs_itself(archive: Path, tmp_path: Path, statement: str, told: str) -> None:
    spoil(archive, statement)
    done, missing = left_out_of(archive, tmp_path / "site")
    assert missing == {"localgov:0002"}
    (line,) = done.left_out
    assert told in line
    assert "jobscraper rebuild" in line, "what to do"
    assert EMAIL_AT not in line.lower()
    assert len(line) < 1000
    for table in ("advert_text", "advert_place", "event", "change", "issue", "advert_url", "live_period"):
        assert rows(done.path, f"SELECT count(*) FROM {table} WHERE advert_id = 'localgov:0002'") == [(0,)]
    assert rows(archive, "SELECT kind, advert_id FROM issue WHERE kind = 'left_out'") == [("left_out", "localgov:0002")]


def test_an_address_in_an_identity_costs_its_advert(archive: Path, tmp_path: Path) -> None:
    spoil(
        archive,
        "PRAGMA foreign_keys = OFF",
        "UPDATE advert SET id = 'localgov:jo@leeds.gov.uk', source_ref = 'jo@leeds.gov.uk' WHERE rowid = 3",
        "UPDATE advert_text SET advert_id = 'localgov:jo@leeds.gov.uk' WHERE advert_id = 'localgov:0002'",
        "UPDATE event SET advert_id = 'localgov:jo@leeds.gov.uk' WHERE advert_id = 'localgov:0002'",
        "UPDATE live_period SET advert_id = 'localgov:jo@leeds.gov.uk' WHERE advert_id = 'localgov:0002'",
    )
    done, missing = left_out_of(archive, tmp_path / "site")
    assert missing == {"localgov:jo@leeds.gov.uk"}
    assert b"jo@leeds" not in done.path.read_bytes()
    (line,) = done.left_out
    assert line.startswith("left out: advert localgov:[contact removed] (row 3): e-mail address found; ")
    assert "leeds" not in line


def test_an_employer_that_is_an_address_costs_the_adverts_of_it(archive: Path, tmp_path: Path) -> None:
    of_one = "(SELECT employer_id FROM advert WHERE rowid = 3)"
    spoil(archive, f"UPDATE employer SET name = '{EMAIL_AT}' WHERE id = {of_one}")
    theirs = {row[0] for row in rows(archive, f"SELECT id FROM advert WHERE employer_id = {of_one}")}
    done, missing = left_out_of(archive, tmp_path / "site")
    assert missing == theirs
    assert EMAIL_AT.encode() not in done.path.read_bytes()


def test_a_source_is_never_left_out(archive: Path, tmp_path: Path) -> None:
    """All its adverts hang on it: a site without them would look whole."""
    spoil(archive, f"UPDATE source SET title = '{EMAIL_AT}' WHERE id = 'localgov'")
    with pytest.raises(PublishError, match=r"e-mail address found: title of source localgov; "):
        publish(archive, tmp_path / "site")


def test_an_issue_of_no_advert_is_left_out_alone(archive: Path, tmp_path: Path) -> None:
    spoil(archive, f"INSERT INTO issue (run_id, kind, text) VALUES ('run-localgov', 'unreadable', 'ring {PHONE}')")
    done, missing = left_out_of(archive, tmp_path / "site")
    assert not missing
    assert len(done.left_out) == 1
    assert PHONE.encode() not in done.path.read_bytes()


def test_what_is_mended_is_published_again_and_no_issue(archive: Path, tmp_path: Path) -> None:
    (title,) = rows(archive, "SELECT title FROM advert WHERE rowid = 3")[0]
    spoil(archive, f"UPDATE advert SET title = '{EMAIL_AT}' WHERE rowid = 3")
    assert left_out_of(archive, tmp_path / "site")[1]
    spoil(archive, f"UPDATE advert SET title = '{title}' WHERE rowid = 3")
    done, missing = left_out_of(archive, tmp_path / "site")
    assert (missing, done.left_out) == (set(), ())
    assert rows(done.path, "SELECT count(*) FROM issue WHERE kind = 'left_out'") == [(0,)], "it is not left out here"
    assert rows(archive, "SELECT count(*) FROM issue WHERE kind = 'left_out'") == [(0,)]


def test_an_archive_where_nothing_is_left_out_is_only_read(archive: Path, tmp_path: Path) -> None:
    before = archive.read_bytes()
    publish(archive, tmp_path / "site")
    assert archive.read_bytes() == before


@pytest.mark.parametrize(
    ("left", "adverts", "many"), [(1, 1, False), (20, 20, False), (21, 210, False), (22, 210, True), (900, 9000, False)]
)
def test_a_cleaner_that_fails_is_not_left_out_of(left: int, adverts: int, many: bool) -> None:
    assert bool(too_many(left, adverts)) is many


def test_nothing_is_published_where_too_many_would_be_left_out(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(left_out, "FEW", 1)
    spoil(archive, f"UPDATE advert SET title = '{EMAIL_AT}' WHERE rowid < 7")
    with pytest.raises(PublishError, match=r"6 of 20 adverts would be left out, more than 10%: e-mail address found"):
        publish(archive, tmp_path / "site")


def test_the_longest_value_is_shown(archive: Path, tmp_path: Path) -> None:
    spoil(archive, f"UPDATE advert SET title = '{'x' * LONGEST_VALUE}' WHERE rowid = 3")
    published = publish(archive, tmp_path / "site").path.parent
    answer = asyncio.run(datasette_for(published).client.get("/archive/advert/localgov~3A0002"))
    assert answer.status_code == 200


def test_health_says_what_is_left_out(archive: Path, tmp_path: Path) -> None:
    spoil(archive, f"UPDATE advert SET title = '{EMAIL_AT}' WHERE rowid = 3")
    publish(archive, tmp_path / "site")
    said = CliRunner().invoke(main, ["health", "--archive", str(archive)])
    assert (
        "localgov: left out of what is published: 1, such as advert localgov:0002: e-mail address found" in said.output
    )
    told = [
        json.loads(line)
        for line in CliRunner().invoke(main, ["health", "--archive", str(archive), "--json"]).output.splitlines()
    ]
    assert {one["source"]: len(one.get("left_out", ())) for one in told}["localgov"] == 1


def test_looking_for_addresses_comes_to_an_end(archive: Path, tmp_path: Path) -> None:
    """An expression that begins anew at each of 900,000 letters would take hours; the limit only ends it."""
    with closing(sqlite3.connect(archive)) as connection, connection:
        connection.execute("UPDATE advert_text SET description = ? WHERE rowid = 3", ["a" * 900_000 + " @"])
    with within(60):
        assert publish(archive, tmp_path / "site").adverts == 20
