"""The page about pay."""

from __future__ import annotations

import html
import re

import pytest

from tests.publish.conftest import Get, text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "Of 20 adverts, 14 print a starting pay. Half of those start at £39,190 or less"),
        ("?by=region&kind=council", "Wales £90,347 £90,347 £90,347 3 (few)"),
        ("?by=time", "2026-Q4 £34,203 £39,190 £90,347 14"),
        ("?q=engineer", "Of 3 adverts with engineer in the title, 2 print a starting pay"),
        ("?q=%22planning+officer%22&by=kind", "Council £90,347 £90,347 £90,347 1 (few)"),
        ("?q=engineer&by=time", "2026-Q4 £61,916 £84,643 £107,369 2 (few)"),
        ("?q=nothingofthekind", "No adverts with these words in the title print a starting pay here"),
        ("?period=2024", "Of 20 adverts, 14 print"),
        ("?by=quarter", "by “quarter” is not known here; this was ignored"),
        ("?region=Mars", "region “Mars” is not known here; this was ignored"),
        ("?period=2019", "period “2019” is not known here; this was ignored"),
        ("?by=region&by=time", "by is given more than once, with “time” as well; this was ignored"),
        ("?kind=fire", "No adverts print a starting pay here"),
        ("", "No amount is printed, or none that can be read as pay 4"),
        ("", "Another currency 2"),
    ],
)
def test_what_the_page_about_pay_says(query: str, says: str, get: Get) -> None:
    assert says in text(get(f"/pay{query}").text)


@pytest.mark.parametrize(
    ("query", "link"),
    [
        ("?by=region&kind=council&period=all", "/search?region=Wales&amp;kind=council"),
        ("?by=region&period=2026", "/search?region=Wales&amp;since=2026-01-01&amp;until=2026-12-31"),
        ("?by=time&region=Wales", "/search?region=Wales&amp;since=2026-10-01&amp;until=2026-12-31"),
    ],
)
def test_a_part_leads_to_its_adverts_and_no_others(query: str, link: str, get: Get) -> None:
    assert f'href="{link}"' in get(f"/pay{query}").text


@pytest.mark.parametrize("words", ["", "engineer", "planning -drainage"])
@pytest.mark.parametrize("by", ["region", "kind", "time", "grade"])
def test_rows_and_what_is_left_out_are_all_adverts(by: str, words: str, get: Get) -> None:
    page = get(f"/pay?by={by}&q={words}&period=all").text
    (adverts,) = re.findall(r"Of (\d+) adverts", page)
    rows = re.findall(r'data-label="n">(\d+)', page)
    left_out = re.findall(r"<dd>(\d+)</dd>", page)
    assert sum(map(int, [*rows, *left_out])) == int(adverts)


@pytest.mark.parametrize(
    "query", ["by=region", "by=kind&period=all", "by=time", "by=region&q=engineer", "by=kind&q=engineer"]
)
def test_a_row_leads_to_its_adverts_and_no_others(query: str, get: Get) -> None:
    rows = re.findall(
        r'<a href="(/search\?[^"]+)" rel="nofollow">.*?data-label="n">(\d+)', get(f"/pay?{query}").text, re.DOTALL
    )
    assert rows
    for link, count in rows:
        adverts = get(html.unescape(link).replace("/search", "/search.json")).json()["adverts"]
        paid = [it for it in adverts if it["salary_currency"] == "GBP" and it["salary_annual_min"] is not None]
        assert len(paid) == int(count)


@pytest.mark.parametrize(
    ("query", "offered", "left_out"),
    [
        (
            "by=region&region=Wales",
            ["by", "kind", "period"],
            "pay by region cannot be asked for a region, here “Wales”",
        ),
        ("by=kind&kind=council", ["by", "region", "period"], "cannot be asked for a kind of employer, here “council”"),
        ("by=time&period=2026", ["by", "region", "kind"], "pay by time cannot be asked for a time of being first seen"),
        ("by=grade&region=Wales", ["by", "period"], "pay by grade cannot be asked for a region"),
        ("by=grade&region=Wales&q=engineer", ["by", "region", "kind", "period"], ""),
        ("by=time&period=last+12+months", ["by", "region", "kind"], ""),
    ],
)
def test_the_form_offers_what_the_page_applies(query: str, offered: list[str], left_out: str, get: Get) -> None:
    page = get(f"/pay?{query}").text
    assert re.findall(r'<select id="(\w+)"', page) == offered
    assert (left_out in text(page)) if left_out else ("this was ignored" not in page)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("by=quarter", "by “quarter” is not known here"),
        ("region=Wals", "region “Wals”"),
        ("sort=up", "no filter “sort”"),
    ],
)
def test_the_page_of_pay_tells_what_is_not_known(query: str, told: str, get: Get) -> None:
    assert told in get(f"/pay?{query}").text
    assert "it was left out" not in get("/pay?q=&by=time&region=all&kind=all&period=all").text
