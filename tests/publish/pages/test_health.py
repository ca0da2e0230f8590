"""The page of the crawls, and its feed."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from tests.publish.conftest import Get, text


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
