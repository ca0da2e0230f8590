"""What publishing refuses to write over, what it takes out of links, and what it will not let anybody see."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from jobscraper.archive.store import ArchiveError, open_archive
from jobscraper.publish.application import datasette_for
from jobscraper.publish.site import LONGEST_VALUE
from jobscraper.publish.snapshot import PublishError, publish
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
        with pytest.raises(PublishError, match=r"no snapshot of jobscraper; move it away, or name another folder"):
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


def test_an_address_in_an_identity_is_refused_by_row(archive: Path, tmp_path: Path) -> None:
    spoil(
        archive,
        "PRAGMA foreign_keys = OFF",
        "UPDATE advert SET id = 'localgov:jo@leeds.gov.uk', source_ref = 'jo@leeds.gov.uk' WHERE rowid = 3",
        "UPDATE advert_text SET advert_id = 'localgov:jo@leeds.gov.uk' WHERE advert_id = 'localgov:0002'",
        "UPDATE event SET advert_id = 'localgov:jo@leeds.gov.uk' WHERE advert_id = 'localgov:0002'",
    )
    with pytest.raises(PublishError) as failure:
        publish(archive, tmp_path / "site")
    said = str(failure.value)
    assert "id of advert localgov:[contact removed] (row 3), source_ref of advert" in said
    assert "its source must be read again" in said
    assert "leeds" not in said
    assert "\n" not in said


@pytest.mark.parametrize(("letter", "length"), [("x", LONGEST_VALUE + 1), ("£", LONGEST_VALUE // 2 + 1)])
def test_a_value_that_no_page_could_show(archive: Path, tmp_path: Path, letter: str, length: int) -> None:
    with closing(sqlite3.connect(archive)) as connection, connection:
        connection.execute("UPDATE advert SET title = ? WHERE rowid = 3", [letter * length])
    with pytest.raises(
        PublishError, match=r"value too long: title of advert localgov:0002; pages show at most"
    ) as said:
        publish(archive, tmp_path / "site")
    assert len(str(said.value)) < 1000
    with closing(sqlite3.connect(archive)) as connection, connection:
        connection.execute("UPDATE advert SET title = ? WHERE rowid = 3", [letter * (length - 1)])
    published = publish(archive, tmp_path / "site").path.parent
    answer = asyncio.run(datasette_for(published).client.get("/archive/advert/localgov~3A0002"))
    assert answer.status_code == 200


def test_looking_for_addresses_takes_no_longer_than_reading(archive: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(archive)) as connection, connection:
        connection.execute("UPDATE advert_text SET description = ? WHERE rowid = 3", ["a" * 900_000 + " @"])
    assert publish(archive, tmp_path / "site").seconds < 20
