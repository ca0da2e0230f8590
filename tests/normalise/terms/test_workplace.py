"""Wordings of on site, hybrid and remote."""

from __future__ import annotations

import pytest

from jobscraper.normalise.terms.workplace import read_workplace


@pytest.mark.parametrize(
    ("text", "workplace"),
    [
        ("Meadowfield Depot, Durham (hybrid working options available)", "hybrid"),
        ("Hybrid", "hybrid"),
        ("Leeds, London, Newcastle or home working subject to approval.", "hybrid"),
        ("Home or office", "hybrid"),
        ("home/office", "hybrid"),
        ("Remote or Leeds", "hybrid"),
        ("Flexible home working", "hybrid"),
        ("Remote, with the option of an office in Leeds", "remote"),
        ("Home-based", "remote"),
        ("Home, TN25 4AZ", "remote"),
        ("Remote (Home based), WD6 1JN", "remote"),
        ("Remote working (anywhere in the UK)", "remote"),
        ("WFH", "remote"),
        ("Office-based, Leeds", "on_site"),
        ("County Hall (no remote working)", None),
        ("Home Office, Croydon", None),
        ("Longlands Care Home, Daventry", None),
        ("Homes England, Leeds", None),
        ("Leeds", None),
    ],
)
def test_workplace(text: str, workplace: str | None) -> None:
    said = read_workplace(text)
    assert (said[0] if said else None) == workplace
    if said:
        assert text[said[1].start : said[1].end] == said[1].text
