"""What the site says of its own address: what the operator set, or nothing; never what a client sent as its host."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from jobscraper.publish.site.application import datasette_for
from jobscraper.publish.site.shared.atom import tag

ATOM = "{http://www.w3.org/2005/Atom}"
AT = "https://jobs.example.org"
FORGED = {
    "host": "forged.example",
    "x-forwarded-host": "forged.example",
    "x-original-host": "forged.example",
    "forwarded": "host=forged.example;proto=https",
    "x-forwarded-proto": "https",
}
# RFC 4151: a domain that nobody has, a year, and characters of a path.
TAG = re.compile(r"tag:jobscraper\.invalid,2026:[\w.~!$&'()*+,;=:@/?%-]+", re.ASCII)


def asked(site: Path, path: str, address: str = "", **headers: str) -> Any:
    return asyncio.run(datasette_for(site, address).client.get(path, headers=headers))


@pytest.mark.parametrize("address", ["", AT])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=planner",
        "/search.atom?q=highways",
        "/search.json",
        "/search.csv",
        "/health",
        "/health.atom",
        "/pay",
        "/questions",
        "/sources",
        "/download",
        "/robots.txt",
        "/sitemap.xml",
        "/archive",
        "/archive.json",
        "/archive.json?sql=select+1",
        "/archive.csv?sql=select+x'00'+as+a",
        "/archive/advert?_facet=status&_size=5",
        "/archive/advert.json?_facet=status&_facet_date=first_seen&_size=5",
        "/archive/advert.csv?_size=5",
        "/archive/advert/localgov~3A0002",
        "/archive/advert/localgov~3A0002.json",
        "/search?q=&region=Wales",  # A redirect.
        "/archive/advert/",
        "/nothing",
        "/nothing.json",
        "/-/versions.json",
    ],
)
def test_no_answer_repeats_the_host_of_its_request(path: str, address: str, site: Path) -> None:
    answer = asked(site, path, address, **FORGED)
    assert "forged.example" not in f"{answer.headers}{answer.text}"


def test_rows_go_on_at_a_path_or_at_the_address_that_is_set(site: Path) -> None:
    path = "/archive/advert.json?_size=5"
    assert asked(site, path).json()["next_url"].startswith("/archive/advert.json?")
    assert asked(site, path, AT).json()["next_url"].startswith(f"{AT}/archive/advert.json?")
    link = asked(site, "/archive/advert", AT).headers["link"]
    assert link == f'{AT}/archive/advert.json; rel="alternate"; type="application/json+datasette"'


@pytest.mark.parametrize("path", ["/search.atom?q=highways", "/search.atom", "/health.atom"])
def test_identities_in_feeds_are_tags_that_are_the_same_wherever_they_are_served(path: str, site: Path) -> None:
    here, there = (ET.fromstring(asked(site, path, address).text) for address in ("", AT + "/"))
    ids = [element.text for element in here.iter(f"{ATOM}id")]
    assert ids == [element.text for element in there.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) > 1
    assert [one for one in ids if not TAG.fullmatch(one or "")] == []
    links = [element.get("href", "") for element in there.iter(f"{ATOM}link")]
    assert [link for link in links if not link.startswith(f"{AT}/") or "//" in link.removeprefix("https://")] == []


@pytest.mark.parametrize(
    ("parts", "identity"),
    [
        (("advert", "wmjobs:12345"), "tag:jobscraper.invalid,2026:advert/wmjobs:12345"),
        (("advert", "board:Sŵn & co/#1"), "tag:jobscraper.invalid,2026:advert/board:S%C5%B5n%20&%20co%2F%231"),
        (("search", "q=care+home&region=Wales"), "tag:jobscraper.invalid,2026:search/q=care+home&region=Wales"),
    ],
)
def test_tags_never_change(parts: tuple[str, ...], identity: str) -> None:
    assert tag(*parts) == identity
