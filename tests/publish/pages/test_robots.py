"""What robots are told."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.publish.conftest import Get
from tests.publish.test_addresses import AT, asked


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


def test_the_sitemap_lists_open_adverts_and_pages_of_ours(site: Path, get: Get) -> None:
    places = [
        it.text or "" for it in ET.fromstring(asked(site, "/sitemap.xml", AT).text).iter() if it.tag.endswith("loc")
    ]
    assert f"{AT}/archive/advert/localgov~3A0002" in places
    assert len([place for place in places if "/advert/" in place]) == 13
    for place in places:
        assert get(place.removeprefix(AT)).status_code == 200
    ours = {place.removeprefix(AT) for place in places if "/advert/" not in place}
    assert ours == {"/", "/pay", "/questions", "/sources", "/health", "/dictionary", "/download"}
    assert f"Sitemap: {AT}/sitemap.xml" in asked(site, "/robots.txt", AT).text


def test_without_an_address_there_is_no_sitemap_and_adverts_are_cited_by_their_ids(get: Get, site: Path) -> None:
    assert get("/sitemap.xml").status_code == 404
    assert "Sitemap" not in get("/robots.txt").text
    page = "/archive/advert/localgov~3A0002"
    assert "Archived at localgov:0002" in get(page).text
    assert f"Archived at {AT}{page}" in asked(site, page, AT).text
