"""The pages of an employer and of a place: what is advertised and paid there, over time and beside others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
from datasette import Response
from datasette.utils.asgi import NotFound

from jobscraper.publish.site.plugin import data
from jobscraper.publish.site.plugin.cells import words
from jobscraper.publish.site.plugin.criteria import Criteria
from jobscraper.publish.site.plugin.lookup import codes_in, newest
from jobscraper.publish.site.plugin.pay import summaries
from jobscraper.publish.site.plugin.spread import Spread, scale_of
from jobscraper.publish.build.summary import ALL, RECENT

_SHOWN = 10
_NEWEST = 500
"""Adverts from which titles and employers are counted while somebody waits."""

_TITLES = f"""
SELECT title, count(*) AS adverts FROM
    (SELECT title FROM advert WHERE rowid IN
        (SELECT advert FROM listing WHERE {{}} ORDER BY advert DESC LIMIT {_NEWEST}))
WHERE title IS NOT NULL GROUP BY title ORDER BY adverts DESC, title LIMIT 12"""
_OTHERS = """
SELECT region || '/' || kind AS cell, * FROM pay_summary
WHERE period = :period AND region IN (:region, 'all') AND kind IN (:kind, 'all')"""
_EMPLOYERS = f"""
SELECT id, name, kind, adverts FROM
    (SELECT employer, count(*) AS adverts FROM
        (SELECT employer FROM listing WHERE lad = (SELECT code FROM code WHERE field = 'lad' AND value = ?)
         AND employer IS NOT NULL ORDER BY advert DESC LIMIT {_NEWEST})
     GROUP BY employer ORDER BY adverts DESC LIMIT 12)
JOIN employer ON employer.rowid = employer"""
_ALIASES = "SELECT employer_text FROM employer_alias WHERE employer_id = ? ORDER BY employer_text LIMIT 30"
_EMPLOYER_SUMMARY = "SELECT * FROM employer_summary WHERE employer_id = ? ORDER BY period"
_PLACE_SUMMARY = "SELECT * FROM place_summary WHERE lad_code = ? ORDER BY period, kind"

_OF_EMPLOYER = "employer = (SELECT rowid FROM employer WHERE id = :code)"
_OF_PLACE = "lad = (SELECT code FROM code WHERE field = 'lad' AND value = :code)"


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
    counted: int = _NEWEST


async def employer_values(datasette: Any, identity: str) -> dict[str, Any]:
    """What the page of an employer shows beside its row."""
    employer = await data.one(datasette, "SELECT * FROM employer WHERE id = ?", [identity])
    if employer is None:
        return {}
    summary = await data.rows(datasette, _EMPLOYER_SUMMARY, [identity])
    region = next((row["region"] or "" for row in summary if row["period"] == ALL), "")
    profile = await _profile(
        datasette,
        summary,
        condition=_OF_EMPLOYER,
        code=identity,
        name=employer["name"],
        region=region,
        kind=employer["kind"],
        search=Criteria(employer_id=identity),
    )
    aliases = await data.rows(datasette, _ALIASES, [identity])
    scale = scale_of([*profile.beside, *profile.by_year])
    as_of = await data.as_of(datasette)
    return {"employer": employer, "aliases": aliases, "profile": profile, "scale": scale, "as_of": as_of}


async def place_page(datasette: Any, request: Any) -> Response:
    """`/place/<code>`: a local authority district.

    :raises NotFound: no advert of the archive is in it.
    """
    code = request.url_vars["code"]
    place = await data.one(
        datasette, "SELECT lad_code, lad_name, region, nation FROM advert WHERE rowid ="
        f" (SELECT max(advert) FROM listing WHERE {_OF_PLACE})", {"code": code}
    )  # fmt: skip
    if place is None:
        raise NotFound(f"The archive has no adverts in a district with the code {code}")
    summary = await data.rows(datasette, _PLACE_SUMMARY, [code])
    profile = await _profile(
        datasette,
        [row for row in summary if row["kind"] == ALL],
        condition=_OF_PLACE,
        code=code,
        name=place["lad_name"] or code,
        region=place["region"] or "",
        kind=ALL,
        search=Criteria(lad=code),
    )
    kinds = [row for row in summary if row["period"] == RECENT and row["kind"] != ALL]
    profile = attrs.evolve(profile, by_kind=summaries(kinds, "kind"))
    return await data.page(
        datasette, request, "place.html", place=place, profile=profile,
        employers=await data.rows(datasette, _EMPLOYERS, [code]),
        scale=scale_of([*profile.beside, *profile.by_year, *profile.by_kind]),
    )  # fmt: skip


async def _profile(
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
