"""The pages about the archive: sources, health, words, files, and what robots are told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from jobscraper.publish.dictionary import tables
from jobscraper.publish.site.pages.download.handler import exported_files
from jobscraper.publish.site.shared.cells import bytes_in_words, words
from tests.publish.conftest import text

Get = Callable[[str], Any]


def test_sources_say_their_licence(get: Get) -> None:
    said = text(get("/sources").text)
    assert "Teaching Vacancies complete Somebody" in said
    assert "Licence: OGL-3.0" in said
    assert "No licence is stated" in said


def test_health_says_how_crawls_went_and_what_could_not_be_read(get: Get) -> None:
    said = text(get("/health").text)
    assert "LocalGov degraded since 22 Nov 2026, 06:00: a box that" in said
    assert "22 Nov 2026 partial 10 6 100% 100%" in said
    assert "LocalGov Unread box 1 a box that" in said
    assert "22 Nov 2026, 06:00 LocalGov partial 12 – 10 10 0 0" in said


def test_incidents_can_be_followed_as_a_feed(get: Get) -> None:
    feed = ET.fromstring(get("/health.atom").text)
    titles = [element.text for element in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert titles[0] == "Crawl health"
    assert "LocalGov: degraded" in titles


def test_what_sql_may_use_is_in_the_dictionary(get: Get) -> None:
    html = get("/dictionary").text
    assert "<code>quantile(x, q)</code>" in html
    for name in ("json_extract", "printf", "median"):
        assert f"<code>{name}</code>" in html
    assert "fts3_tokenizer" not in html


def test_every_column_is_in_the_dictionary(get: Get) -> None:
    html = get("/dictionary").text
    for table in tables().values():
        assert f'id="{table.name}"' in html
        for column in table.columns:
            assert f"<code>{column}</code>" in html


def test_every_exported_file_can_be_downloaded_as_it_was_summed(get: Get, site: Path) -> None:
    page = get("/download").text
    sums = dict(line.split("  ")[::-1] for line in (site / "exports" / "SHA256SUMS").read_text().splitlines())
    files = exported_files(site / "exports")
    assert {file.name for file in files} == sums.keys() - {"datapackage.json"}
    for file in files:
        assert f'href="/exports/{file.name}"' in page
        assert hashlib.sha256(get(f"/exports/{file.name}").content).hexdigest() == sums[file.name]


def test_without_exports_the_page_says_so(tmp_path: Path) -> None:
    assert exported_files(tmp_path / "nowhere") == []


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/archive/advert/localgov~3A0001", True),
        ("/archive/advert?_sort=title", False),
        ("/search?q=x", False),
        ("/", True),
    ],
)
def test_robots_may_find_adverts_and_are_kept_off_searches(path: str, allowed: bool, get: Get) -> None:
    from protego import Protego

    rules = Protego.parse(get("/robots.txt").text)
    assert rules.can_fetch(f"http://localhost{path}", "somebot") is allowed
    assert list(rules.sitemaps) == []  # It is at no known address.


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 bytes"), (999, "999 bytes"), (2512, "2.51 kB"), (2_600_000, "2.6 MB"), (10**12, "1e+03 GB")],
)
def test_sizes(size: int, said: str) -> None:
    assert bytes_in_words(size) == said


@pytest.mark.parametrize(
    ("value", "said"), [("nhs_trust", "NHS trust"), ("fixed_term", "Fixed term"), ("council", "Council"), (None, "")]
)
def test_values_in_words(value: str | None, said: str) -> None:
    assert words(value) == said
