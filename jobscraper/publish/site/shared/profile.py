"""What is advertised and paid at an employer or in a place, over time and beside others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from jobscraper.publish.build.summary import ALL, RECENT
from jobscraper.publish.site.shared import data
from jobscraper.publish.site.shared.cells import words
from jobscraper.publish.site.shared.criteria import Criteria
from jobscraper.publish.site.shared.lookup import codes_in, newest
from jobscraper.publish.site.shared.spread import Spread, summaries

_SHOWN = 10
COUNTED = 500
"""Adverts from which titles and employers are counted while somebody waits."""

_TITLES = f"""
SELECT title, count(*) AS adverts FROM
    (SELECT title FROM advert WHERE rowid IN
        (SELECT advert FROM listing WHERE {{}} ORDER BY advert DESC LIMIT {COUNTED}))
WHERE title IS NOT NULL GROUP BY title ORDER BY adverts DESC, title LIMIT 12"""
_OTHERS = """
SELECT region || '/' || kind AS cell, * FROM pay_summary
WHERE period = :period AND region IN (:region, 'all') AND kind IN (:kind, 'all')"""


@attrs.frozen(kw_only=True)
class Profile:
    """Of an employer or a place: how many adverts (`others` are not for employees), the starting pay of the last 12 months beside others, and by year."""

    adverts: int
    open: int
    others: int
    region: str
    beside: list[Spread]
    by_year: list[Spread]
    by_kind: list[Spread]
    titles: Sequence[Any]
    newest: Sequence[Any]
    search: str
    counted: int = COUNTED


async def profile_of(
    datasette: Any,
    summary: Sequence[Any],
    *,
    condition: str,
    code: str,
    name: str,
    region: str,
    kind: str,
    search: Criteria,
) -> Profile:
    """The profile of adverts for which `condition` holds; `summary` has a row for each period."""
    by_period = {row["period"]: row for row in summary}
    whole = by_period.get(ALL)
    own = (
        [attrs.evolve(one, label=name) for one in summaries([by_period[RECENT]], "period")]
        if RECENT in by_period
        else []
    )
    return Profile(
        adverts=whole["adverts"] if whole else 0,
        open=whole["open"] if whole else 0,
        others=whole["other_engagement"] if whole else 0,
        region=region,
        beside=[*own, *await _others(datasette, region or ALL, kind)],
        by_year=summaries([row for row in summary if row["period"].isdigit()], "period"),
        by_kind=[],
        titles=await data.rows(datasette, _TITLES.format(condition), {"code": code}),
        newest=await newest(datasette, attrs.evolve(search, status="open"), await codes_in(datasette), _SHOWN),
        search=search.address(),
    )


async def _others(datasette: Any, region: str, kind: str) -> list[Spread]:
    """The spreads of the last 12 months to compare with, the nearest first."""
    rows = await data.rows(datasette, _OTHERS, {"period": RECENT, "region": region, "kind": kind})
    by_cell = {spread.label: spread for spread in summaries(rows, "cell")}
    labels = {
        f"{region}/all": f"Every employer, {region}",
        "all/all": "Every employer, the whole UK",
    }
    if kind != ALL:
        labels = {
            f"{region}/{kind}": f"{words(kind)}, {region}",
            f"all/{kind}": f"{words(kind)}, the whole UK",
        } | labels
    if region == ALL:
        labels = {cell: label for cell, label in labels.items() if "whole UK" in label}
    return [attrs.evolve(by_cell[cell], label=label) for cell, label in labels.items() if cell in by_cell]
