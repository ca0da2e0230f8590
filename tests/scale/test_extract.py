"""Extracting: the adverts of anybody's WARC files, to Parquet, with no archive; the same wherever the work is done."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import brotli
import duckdb
import pyarrow as pa
import pytest
from click.testing import CliRunner

from jobscraper.capture.warc import records
from jobscraper.cli.main import main
from jobscraper.read.page import UnreadablePageError
from jobscraper.sample import sample_warc
from jobscraper.scale.adverts import PageOutcome, known_address
from tests.capture.files import foreign
from tests.scale.conftest import Workers, upload

ANN = "ann.example@example.org"
POSTING = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "title": "Gritter driver",
    "identifier": "G-7",
    "hiringOrganization": "Leeds City Council",
    "jobLocation": {"@type": "Place", "address": {"addressLocality": "Leeds"}},
    "baseSalary": "£25,992 - £27,711 per annum",
    "description": "Keep our roads open. Ask Ann Example, ann@example.org or 0113 496 0000.",
}


def html(posting: object) -> bytes:
    script = f'<script type="application/ld+json">{json.dumps(posting)}</script>'
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>{script}</body></html>".encode()


def response(url: str, message: bytes, at: str = "2024-03-01T12:00:00Z") -> tuple[str, dict[str, str], bytes]:
    return "response", {"WARC-Target-URI": url, "WARC-Date": at}, message


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    """What somebody else captured: an advert on two pages, one of another year, and pages that are none."""
    return foreign(
        tmp_path / "somebody.warc.gz",
        response("https://Jobs.example.org/7", html(POSTING)),
        response("https://jobs.example.org/7?from=list", html(POSTING)),
        response("https://other.example.org/jobs", html({**POSTING, "identifier": "X"}), "2025-03-01T12:00:00Z"),
        response("https://jobs.example.org/about", b"HTTP/1.1 200 OK\r\n\r\n<html>About JobPosting</html>"),
        response("https://jobs.example.org/gone", html(POSTING).replace(b"200 OK", b"404 Not Found")),
        response("https://jobs.example.org/a.png", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
        response("https://emea3.recruitmentplatform.com/anybody", html({**POSTING, "identifier": "T"})),
    )


def extract(*arguments: object, exit_code: int = 0) -> str:
    done = CliRunner().invoke(main, ["extract", *map(str, arguments)])
    assert done.exit_code == exit_code, done.output
    return done.output


def ask(folder: Path, query: str) -> list[Any]:
    files = f"read_parquet('{folder}/year=*/source=*/*.parquet', hive_partitioning = true)"
    return duckdb.sql(query.format(adverts=files)).fetchall()


def test_the_adverts_of_any_site_are_rows_by_year_and_host(warc: Path, tmp_path: Path) -> None:
    assert "3 adverts on 7 pages" in extract(warc, "--to", tmp_path / "adverts")
    assert ask(
        tmp_path / "adverts",
        "SELECT year, source, source_ref, title, employer_id IS NOT NULL, lad_name, salary_annual_min, page_url"
        " FROM {adverts} ORDER BY year, source",
    ) == [
        (2024, "emea3.recruitmentplatform.com", "T", "Gritter driver", True, "Leeds", 25992.0,
         "https://emea3.recruitmentplatform.com/anybody"),
        (2024, "jobs.example.org", "G-7", "Gritter driver", True, "Leeds", 25992.0, "https://Jobs.example.org/7"),
        (2025, "other.example.org", "X", "Gritter driver", True, "Leeds", 25992.0, "https://other.example.org/jobs"),
    ]  # fmt: skip


def zstandard(warc: Path) -> Path:
    packed = warc.with_name("somebody.warc.zst")
    packed.write_bytes(pa.compress(gzip.decompress(warc.read_bytes()), codec="zstd", asbytes=True))
    return packed


def wacz(*warcs: Path) -> Path:
    packed = warcs[0].with_name("somebody.wacz")
    with ZipFile(packed, "w") as made:
        for warc in warcs:
            made.write(warc, f"archive/{warc.name}")
    return packed


@pytest.mark.parametrize("packed_as", [zstandard, wacz, lambda warc: wacz(zstandard(warc))])
def test_the_same_adverts_however_a_file_is_packed(
    packed_as: Callable[[Path], Path], warc: Path, tmp_path: Path
) -> None:
    extract(warc, "--to", tmp_path / "one")
    packed = packed_as(warc)
    assert "3 adverts on 7 pages" in extract(packed, "--to", tmp_path / "other")
    what = "SELECT * EXCLUDE (warc_file, warc_offset) FROM {adverts} ORDER BY capture_id"
    assert ask(tmp_path / "other", what) == ask(tmp_path / "one", what)
    ((name,),) = ask(tmp_path / "other", "SELECT DISTINCT warc_file FROM {adverts}")
    assert name.startswith(packed.name)


def told_of_pages(folder: Path, what: str) -> list[Any]:
    return duckdb.sql(f"SELECT {what} FROM '{folder}/_pages/*.parquet' ORDER BY ALL").fetchall()


def test_of_a_wacz_that_is_cut_off_the_rest_is_used_and_each_trouble_has_a_row(warc: Path, tmp_path: Path) -> None:
    (tmp_path / "none.warc.gz").write_text("hello")
    path = wacz(tmp_path / "none.warc.gz", warc)
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.index(b"PK\x01\x02") - 20])
    said = extract(path, "--to", tmp_path / "o")
    assert "2 adverts on 6 pages; somebody.wacz/archive/none.warc.gz: not a WARC file" in said
    found = told_of_pages(tmp_path / "o", "outcome, warc_file, warc_offset IS NOT NULL, reason")
    assert [told[1:3] for told in found if told[0] == "breaks_off"] == [
        ("somebody.wacz", False),
        ("somebody.wacz/archive/none.warc.gz", False),
        ("somebody.wacz/archive/somebody.warc.gz", True),
    ]


def test_a_wacz_without_any_file_is_named(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "none.wacz", "w") as made:
        made.writestr("pages/pages.jsonl", "{}")
    said = extract(tmp_path / "none.wacz", "--to", tmp_path / "o", exit_code=1)
    assert "none.wacz: no WARC file in its folder archive/" in said


def test_contact_details_are_taken_out(warc: Path, tmp_path: Path) -> None:
    extract(warc, "--to", tmp_path / "adverts")
    texts = " ".join(text for (text,) in ask(tmp_path / "adverts", "SELECT description FROM {adverts}"))
    assert "Keep our roads open" in texts
    assert "ann@example.org" not in texts
    assert "496" not in texts


def test_the_boards_that_are_known_are_read_by_their_own_readers(tmp_path: Path) -> None:
    """Cards print pay that no JobPosting has."""
    extract(sample_warc(), "--to", tmp_path / "adverts")
    ((sources, adverts, paid),) = ask(
        tmp_path / "adverts", "SELECT count(DISTINCT source), count(*), count(salary_annual_min) FROM {adverts}"
    )
    assert sources == 22
    assert paid > adverts / 2


@pytest.mark.slow
def test_a_cluster_puts_the_same_rows_into_a_store(
    warc: Path, tmp_path: Path, workers: Workers, bucket: Callable[[str], str]
) -> None:
    import fsspec

    (tmp_path / "warcs").mkdir()
    warc.rename(tmp_path / "warcs" / warc.name)
    url = upload(tmp_path / "warcs", bucket("extract"))
    extract(tmp_path / "warcs" / warc.name, "--to", tmp_path / "here")
    extract(f"{url}/*.warc.gz", "--to", f"{url}/adverts", "--engine", "dask", "--scheduler", workers.scheduler)
    fsspec.filesystem("s3").get(f"{url}/adverts", str(tmp_path / "there"), recursive=True)
    everything = "SELECT * FROM {adverts} ORDER BY capture_id, source_ref"
    assert ask(tmp_path / "there", everything) == ask(tmp_path / "here", everything) != []


def test_what_is_done_is_not_done_again_but_by_newer_code(
    warc: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "done before" not in extract(warc, "--to", tmp_path / "adverts")
    assert "3 adverts on 7 pages, done before" in extract(warc, "--to", tmp_path / "adverts")
    for module in ("extract", "task", "code"):
        monkeypatch.setattr(f"jobscraper.scale.{module}.code_digest", lambda: "newer")
    monkeypatch.setattr("jobscraper.scale.extract.page_outcome", lambda *_: PageOutcome("no_advert"))
    assert "0 adverts on 7 pages" in extract(warc, "--to", tmp_path / "adverts")
    assert not list((tmp_path / "adverts").glob("year=*/*/*.parquet"))


def test_a_file_that_is_none_is_named_and_the_rest_goes_on(warc: Path, tmp_path: Path) -> None:
    (tmp_path / "none.warc.gz").write_text("hello")
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(warc.read_bytes()[:-9])
    said = extract(tmp_path / "none.warc.gz", cut, warc, tmp_path / "lost", "--to", tmp_path / "adverts", exit_code=1)
    assert "none.warc.gz: not a WARC file" in said
    assert "lost: no such file" in said
    assert "2 adverts on 6 pages; cut.warc.gz: broken at byte" in said
    assert "3 adverts on 7 pages" in said


_WITHOUT_THE_EXTRA = """
import sys
for name in ("cattrs", "dask", "distributed", "fsspec", "s3fs"):
    sys.modules[name] = None
from jobscraper.cli.main import main
from jobscraper.read.page import UnreadablePageError
main(sys.argv[1:])
"""


def test_files_of_this_machine_need_no_extra(warc: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", _WITHOUT_THE_EXTRA, "extract", str(warc), "--to", str(tmp_path / "adverts")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "3 adverts on 7 pages" in done.stdout, done.stderr


OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html{}\r\n\r\n"
MARKUP = html(POSTING).partition(b"\r\n\r\n")[2]


def zstd_page(markup: bytes) -> bytes:
    return OK.format("\r\nContent-Encoding: zstd").encode() + pa.compress(markup, codec="zstd", asbytes=True)


def brotli_page(markup: bytes) -> bytes:
    return OK.format("\r\nContent-Encoding: br").encode() + brotli.compress(markup, quality=1)


PAGES = {
    "whole": (html(POSTING), "adverts", None),
    "again": (html(POSTING), "repeated", None),
    "zstd": (zstd_page(MARKUP.replace(b"G-7", b"G-8")), "adverts", None),
    "utf-16": (OK.format("").encode() + MARKUP.replace(b"G-7", b"G-9").decode().encode("utf-16"), "adverts", None),
    "moved": (html(POSTING).replace(b"200 OK", b"301 Moved"), "redirect", "answered 301"),
    "gone": (html(POSTING).replace(b"200 OK", b"410 Gone"), "gone", "answered 410"),
    "down": (html(POSTING).replace(b"200 OK", b"500 Oops"), "not_fetched", "answered 500"),
    "about": (b"HTTP/1.1 200 OK\r\n\r\n<p>Hello", "no_advert", "nothing on it names a JobPosting"),
    "rdfa": (OK.format("").encode() + b'<p typeof="JobPosting"><b property="title">Gritter', "adverts", None),
    "untitled": (OK.format("").encode() + b'<p typeof="JobPosting">Gritter', "unreadable", "without a title"),
    "named": (OK.format("").encode() + b"<p>class JobPosting", "no_advert", "JSON-LD, microdata or RDFa"),
    "torn": (html(POSTING)[:-120], "unreadable", "cut off in a script"),
    "torn-zstd": (zstd_page(MARKUP)[:-20], "not_unpacked", "no zstd"),
    "brotli": (brotli_page(MARKUP.replace(b"G-7", b"G-10")), "adverts", None),
    "torn-brotli": (brotli_page(MARKUP)[:-20], "not_unpacked", "no br"),
    "brotli-bomb": (brotli_page(bytes(300 << 20)), "not_unpacked", "a body of more than"),
    "bomb": (zstd_page(bytes(300 << 20)), "not_unpacked", "a body of more than"),
}


def test_every_response_is_accounted_for_with_a_reason(tmp_path: Path) -> None:
    made = [response(f"https://a.example.org/{name}", message) for name, (message, *_) in PAGES.items()]
    extract(foreign(tmp_path / "kinds.warc.gz", *made), "--to", tmp_path / "adverts")
    found = duckdb.sql(
        f"SELECT url, outcome, reason, adverts FROM '{tmp_path}/adverts/_pages/*.parquet' ORDER BY warc_offset"
    ).fetchall()
    assert [(url.rpartition("/")[2], outcome) for url, outcome, *_ in found] == [
        (name, outcome) for name, (_, outcome, _) in PAGES.items()
    ]
    for (_, outcome, reason, adverts), (_, _, expected) in zip(found, PAGES.values(), strict=True):
        assert (adverts > 0) == (outcome == "adverts")
        assert (expected or "") in (reason or "")


@pytest.mark.parametrize(
    ("headers", "message", "reason"),
    [
        ({"WARC-Truncated": "length"}, html(POSTING)[:200], "cut off when it was captured: length"),
        ({}, b"HTTP/1.1 OK\r\n\r\n", "invalid literal for int"),
        ({"WARC-Date": "yesterday"}, html(POSTING), "Invalid isoformat string"),
    ],
    ids=["truncated", "without a status", "without a date"],
)
def test_a_record_that_is_passed_over_is_named_with_its_place(
    headers: dict[str, str], message: bytes, reason: str, tmp_path: Path
) -> None:
    odd = ("response", {**response(f"https://a.example.org/cut?of={ANN}", b"")[1], **headers}, message)
    warc = foreign(tmp_path / "a.warc.gz", response("https://a.example.org/7", html(POSTING)), odd)
    assert "1 adverts on 2 pages" in extract(warc, "--to", tmp_path / "o")
    _, second = records(warc)
    ((where, at, url, date, told),) = told_of_pages(tmp_path / "o", "warc_file, warc_offset, url, fetched_at, reason")[
        1:
    ]
    assert (where, at, url) == ("a.warc.gz", second.offset, "https://a.example.org/cut?of=[contact removed]")
    assert (date is None) == ("WARC-Date" in headers)
    assert reason in told


@pytest.mark.parametrize(
    ("path", "message", "outcome"),
    [
        (f"/jobs/{ANN}", html(POSTING)[:-120], "unreadable"),
        (f"/about?mail={ANN.replace('@', '%40')}", b"HTTP/1.1 200 OK\r\n\r\n<p>Hello", "no_advert"),
        (f"/7?from={ANN}", html(POSTING), "adverts"),
    ],
    ids=["the reader's own words", "an address", "an advert's page"],
)
def test_nobody_stands_in_the_account_of_the_pages(path: str, message: bytes, outcome: str, tmp_path: Path) -> None:
    made = foreign(tmp_path / "a.warc.gz", response(f"https://a.example.org{path}", message))
    extract(made, "--to", tmp_path / "o")
    ((found, *told),) = duckdb.sql(f"SELECT outcome, url, reason FROM '{tmp_path}/o/_pages/*.parquet'").fetchall()
    rows = ask(tmp_path / "o", "SELECT page_url, url FROM {adverts}") if outcome == "adverts" else []
    assert found == outcome
    assert "[contact removed]" in told[0]
    assert "ann.example" not in f"{told} {rows}"


def test_nobody_stands_in_what_a_reader_says_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise UnreadablePageError(f'{{"contactName": "Ann Example", "telephone": "01632 960123"}} of {ANN}')

    monkeypatch.setattr("jobscraper.boards.jobposting.any_posting.AnyPage.read", fails)
    made = foreign(tmp_path / "a.warc.gz", response("https://a.example.org/7", html(POSTING)))
    extract(made, "--to", tmp_path / "o")
    ((reason,),) = duckdb.sql(f"SELECT reason FROM '{tmp_path}/o/_pages/*.parquet'").fetchall()
    assert not {word for word in ("Ann", "960123", "ann.example") if word in reason}


def test_nobody_stands_in_any_column_of_an_advert(tmp_path: Path) -> None:
    """Every field that a page can print names somebody: by an address, or behind a key."""
    person = f"Ring Ann Example, 01632 960123, {ANN}"
    place = {"@type": "Place", "name": person, "address": {"addressLocality": person, "streetAddress": person}}
    posting = {
        **dict.fromkeys(("title", "industry", "qualifications", "workHours", "employmentType", "clearance"), person),
        **dict.fromkeys(("datePosted", "validThrough", "jobLocationType", "responsibilities"), person),
        "@type": "JobPosting",
        "identifier": {"name": person, "value": "G-7"},
        "jobLocation": [place, place],
        "description": f"Keep our roads open. {person}",
        "hiringOrganization": {"name": f"Leeds City Council, {person}", "identifier": person},
        "baseSalary": {"currency": person, "value": {"value": f"£30,000, {person}", "unitText": person}},
        "url": f"/jobs/7?of={ANN}",
    }
    extract(foreign(tmp_path / "a.warc.gz", response("https://a.example.org/7", html(posting))), "--to", tmp_path / "o")
    rows = [*ask(tmp_path / "o", "SELECT * FROM {adverts}"), *told_of_pages(tmp_path / "o", "*")]
    assert len(rows) == 2
    assert [text for row in rows for text in map(str, row) if "960123" in text or "ann.example" in text] == []


def test_an_advert_has_all_its_places_its_issues_and_the_amounts_as_printed(tmp_path: Path) -> None:
    towns = [{"@type": "Place", "address": {"addressLocality": town}} for town in ("Leeds", "York", "Hull")]
    pay = {"@type": "MonetaryAmount", "currency": "GBP", "value": {"minValue": 41000, "maxValue": 38000}}
    posting = {**POSTING, "jobLocation": towns, "baseSalary": pay}
    extract(foreign(tmp_path / "a.warc.gz", response("https://a.example.org/1", html(posting))), "--to", tmp_path / "o")
    ((places, issues, amounts, low),) = ask(
        tmp_path / "o", "SELECT places, issues, salary_structured, salary_min FROM {adverts}"
    )
    assert [place["lad_name"] for place in places] == ["Leeds", "York", "Kingston upon Hull, City of"]
    assert low is None
    assert any((issue["field"] or issue["kind"]).startswith("salary") for issue in issues)
    assert json.loads(amounts)["value"] == {**json.loads(amounts)["value"], "minValue": 41000, "maxValue": 38000}


def test_a_list_of_pay_is_a_range_and_a_town_abroad_lies_in_no_district(tmp_path: Path) -> None:
    address = {"addressLocality": "Boston", "addressRegion": "MA", "addressCountry": "US"}
    posting = {
        "schema:title": "Gritter driver",
        **{name: value for name, value in POSTING.items() if name != "title"},
        "jobLocation": {"@type": "Place", "address": address},
        "baseSalary": {"@type": "MonetaryAmount", "currency": "GBP", "value": [30000, 40000]},
    }
    extract(foreign(tmp_path / "a.warc.gz", response("https://a.example.org/1", html(posting))), "--to", tmp_path / "o")
    ((title, low, high, district, issues),) = ask(
        tmp_path / "o", "SELECT title, salary_min, salary_max, lad_name, issues FROM {adverts}"
    )
    assert (title, low, high, district) == ("Gritter driver", 30000, 40000, None)
    assert "outside_uk" in {issue["kind"] for issue in issues}


@pytest.mark.parametrize(
    ("printed", "kept"),
    [("/jobs/7", "https://a.example.org/jobs/7"), ("https://evil.example.net/7", "https://a.example.org/list")],
)
def test_an_advert_keeps_its_own_address_on_the_same_host(tmp_path: Path, printed: str, kept: str) -> None:
    posting = html({**POSTING, "url": printed})
    extract(foreign(tmp_path / "a.warc.gz", response("https://a.example.org/list", posting)), "--to", tmp_path / "o")
    assert ask(tmp_path / "o", "SELECT url FROM {adverts}") == [(kept,)]


_NHS = "https://www.jobs.nhs.uk/candidate/jobadvert/C1"


@pytest.mark.parametrize(
    ("url", "known"),
    [
        (_NHS, _NHS),
        ("https://beta.jobs.nhs.uk/candidate/jobadvert/C1", _NHS),
        ("https://jobs.nhs.uk:443/candidate/jobadvert/C1", _NHS),
        ("https://WWW.JOBS.NHS.UK./candidate/jobadvert/C1", _NHS),
        (f"https://web.archive.org/web/20201103101010id_/{_NHS}", _NHS),
        (f"https://webarchive.nationalarchives.gov.uk/ukgwa/20201103101010/{_NHS}", _NHS),
        (f"http://localhost:8080/coll/20201103101010mp_/{_NHS}", _NHS),
        ("https://jobs.nhs.uk.example.org/C1", "https://jobs.nhs.uk.example.org/C1"),
        ("https://www.example.org/7", "https://www.example.org/7"),
    ],
)
def test_a_host_is_known_by_its_kin(url: str, known: str) -> None:
    assert known_address(url) == known
