"""A small archive to publish: twenty adverts of two sources, some of them written by somebody who wants to do harm."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from jobscraper.archive.store import open_archive
from jobscraper.publish.build.snapshot import publish
from jobscraper.publish.site.application import datasette_for

OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"
SCRIPT = "<script>alert('title')</script>"
IMAGE = '<img src=x onerror="alert(1)">'
FORMULA = '=HYPERLINK("https://evil.example/","Apply")'

LONG_PATH = "vx/lang-en-GB/mobile-0/appcentre-1/brand-2/candidate/jobboard/vacancy/3/adv/"  # Wider than a phone.

TITLES = (
    "Principal Highways Engineer",
    "Senior Planning Officer",
    "Teacher of Mathematics",
    "Head of Year 9 and Teacher of Geography with responsibility for the Duke of Edinburgh's Award",
    "Café Assistant (30 hours)",
    "Midday Supervisor",
    "Swyddog Cynllunio / Planning Officer",
    "Drainage Engineer",
    "Chief Executive",
    "Learning Support Assistant",
    "Highways Inspector",
    "Transport Planner",
    "School Business Manager",
    "Design and Technology Technician",
    "Assistant Headteacher",
    SCRIPT,
    IMAGE,
    FORMULA,
    f"Accountant {OVERRIDE}gnp.exe",
    'Bridge "Structures" Engineer\'s Mate & Co',
)
EMPLOYERS = (
    ("E08000035", "Leeds City Council", "council"),
    ("W06000015", "Cardiff Council", "council"),
    ("unresolved:st marys", "St Mary's Church of England Primary School", "unresolved"),
    ("unresolved:b", "<b onmouseover=alert(2)>Bold Council</b>", "unresolved"),
)
SALARIES: tuple[tuple[str | None, float | None, float | None, str | None], ...] = (
    ("£130,095 per annum, negotiable based on experience.", 130095, 130095, "GBP"),
    ("£90,347 – £98,135 per annum/y flwyddyn", 90347, 98135, "GBP"),
    ("£34,203 - £37,067", 34203, 37067, "GBP"),
    ("£39190 - £41797", 39190, 41797, "GBP"),
    ("£26927.00 - £31678.00 per annum", 26927, 31678, "GBP"),
    ("Main pay scale", None, None, None),
    ("€41,200 a year", 41200, None, "EUR"),
    (None, None, None, None),
)
PLACES = (("Leeds", "Yorkshire and the Humber"), ("Cardiff", "Wales"), ("London (Greater)", "London"), (None, None))


def text(html: str) -> str:
    """What a page says, without its tags and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def insert(connection: sqlite3.Connection, table: str, **values: Any) -> None:
    """One row into a table of the archive."""
    columns = ", ".join(f'"{column}"' for column in values)
    connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(values))})", [*values.values()])


def _sources(connection: sqlite3.Connection) -> None:
    for number, (source, title) in enumerate((("localgov", "LocalGov"), ("teaching_vacancies", "Teaching Vacancies"))):
        insert(
            connection, "source", id=source, title=title, publisher="Somebody", confirmed=number,
            lists_everything=number, homepage=f"https://{source.replace('_', '-')}.example/{LONG_PATH * number}",
            licence="OGL-3.0" if number else None,
        )  # fmt: skip
        insert(
            connection, "run", id=f"run-{source}", source_id=source, verdict=("partial", "complete")[number], pages=12,
            started="2026-11-22T06:00:00Z", finished="2026-11-22T06:03:20Z", adverts_seen=10, adverts_new=10,
            code_version="0.1.0", bytes=123456,
        )  # fmt: skip
        insert(
            connection, "capture", id=f"capture-{source}", run_id=f"run-{source}", url=f"https://{source}.example/1",
            method="GET", fetched_at="2026-11-22T06:00:01Z", status=200, digest="sha1:ABCDEF", warc_file="a.warc.gz",
            offset=0, length=1000,
        )  # fmt: skip


def _evidence(salary: str | None) -> str:
    """That the pay was read from the first word of what is printed."""
    word = (salary or "").split(" ")[0]
    return json.dumps({"salary_min": {"rule": "range", "text": word, "start": 0, "end": len(word)}} if word else {})


def _advert(connection: sqlite3.Connection, number: int) -> None:
    source = ("localgov", "teaching_vacancies")[number % 2]
    employer, name, _ = EMPLOYERS[number % len(EMPLOYERS)]
    salary, low, high, currency = SALARIES[number % len(SALARIES)]
    place, region = PLACES[number % len(PLACES)]
    advert = f"{source}:{number:04d}"
    url = "javascript:alert(document.domain)" if number == 15 else f"https://{source}.example/jobs/{number}?a=1&b=2"
    insert(
        connection, "advert", id=advert, title=TITLES[number], employer_text=name, employer_id=employer,
        location_text=place, region=region, lad_code="E08000035" if place == "Leeds" else None,
        lad_name=place if place == "Leeds" else None, nation="Wales" if region == "Wales" else None, salary_text=salary,
        salary_annual_min=low, salary_annual_max=high, salary_currency=currency,
        closes_at=f"2026-12-{number + 1:02d}T17:00:00Z",
        status="live" if number % 3 else "closed", ended_at=None if number % 3 else "2026-11-22T06:00:00Z", url=url,
        source_id=source, source_ref=f"{number:04d}", first_seen=f"2026-11-{number + 1:02d}T06:00:00Z",
        last_seen=f"2026-11-{number + 2:02d}T06:00:00Z", posted_on=f"2026-11-{number + 1:02d}", hours_per_week=37.0,
        contract_type="permanent", capture_id=f"capture-{source}", evidence=_evidence(salary), normaliser_version="1",
    )  # fmt: skip
    insert(connection, "live_period", advert_id=advert, live_from=f"2026-11-{number + 1:02d}T06:00:00Z",
           live_to=None if number % 3 else "2026-11-22T06:00:00Z")  # fmt: skip
    insert(connection, "event", advert_id=advert, run_id=f"run-{source}", at="2026-11-22T06:00:00Z", kind="listed")
    if number == 15:
        text = f"{SCRIPT}\n{IMAGE}\n\nSecond paragraph with the word zeppelin."
        insert(connection, "change", advert_id=advert, run_id=f"run-{source}", observed_at="2026-11-22T06:00:00Z",
               field="closes_at", old="2026-12-01T17:00:00Z", new="<svg onload=alert(3)>", cause="source")  # fmt: skip
    else:
        text = f"We are looking for somebody.\n\nDuties of post {number}:\n- look after roads\n- talk to residents"
    insert(connection, "advert_text", advert_id=advert, description=text, part="page")


def make_archive(path: Path) -> Path:
    """The archive at `path`, consistent and ready to be published."""
    connection = open_archive(path)
    connection.execute("BEGIN")
    _sources(connection)
    for identity, name, kind in EMPLOYERS:
        insert(connection, "employer", id=identity, name=name, kind=kind)
    for number in range(len(TITLES)):
        _advert(connection, number)
    insert(connection, "issue", run_id="run-localgov", kind="unread box", text="a box that <i>cannot</i> be read")
    connection.execute("COMMIT")
    connection.close()
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of one's own, to spoil at will."""
    return make_archive(tmp_path / "archive.db")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published site, shared: read it only."""
    folder = tmp_path_factory.mktemp("published")
    publish(make_archive(folder / "archive.db"), folder / "site")
    return folder / "site"


@pytest.fixture
def published(site: Path, tmp_path: Path) -> Path:
    """A published site of one's own."""
    return shutil.copytree(site, tmp_path / "site")


Get = Callable[[str], Any]


def _asking(site: Path) -> Get:
    datasette = datasette_for(site)

    def ask(path: str) -> Any:
        return asyncio.run(datasette.client.get(path))

    return ask


@pytest.fixture(scope="session")
def get(site: Path) -> Get:
    """Ask the site for a page, without a socket."""
    return _asking(site)


@pytest.fixture(scope="session")
def old_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published site of an archive that rests since 2020, shared: read it only."""
    from tests.publish.old import make_old_archive

    folder = tmp_path_factory.mktemp("old")
    publish(make_old_archive(folder / "archive.db"), folder / "site")
    return folder / "site"


@pytest.fixture(scope="session")
def get_old(old_site: Path) -> Get:
    """Ask that site for a page."""
    return _asking(old_site)


_SERVE = "import sys; from pathlib import Path; from jobscraper.publish.site.serve import serve; serve(Path(sys.argv[1]), port=0)"


@contextmanager
def real_server(site: Path, first: str = "") -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The site served by a process of its own, which runs `first` before, and the port it listens on; ended if it still runs."""
    command = [sys.executable, "-u", "-c", f"{first}\n{_SERVE}", str(site)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert "at http://127.0.0.1:" in said
            yield process, int(said.split("127.0.0.1:")[1].split()[0])
        finally:
            process.kill()
