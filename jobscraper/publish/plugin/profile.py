"""The pages of an employer and of a place: what is advertised and paid there, over time and beside others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import attrs
from datasette import Response
from datasette.utils.asgi import NotFound

from jobscraper.publish.plugin import data
from jobscraper.publish.plugin.cells import words
from jobscraper.publish.plugin.criteria import Criteria
from jobscraper.publish.plugin.find import Query, codes_of
from jobscraper.publish.plugin.pay import priced, summaries
from jobscraper.publish.plugin.results import find
from jobscraper.publish.plugin.spread import Priced, Spread, scale_of, spread_of, spreads_by, year
from jobscraper.publish.summary import ALL, RECENT

_SHOWN = 10
_TITLES_OF = 1_000

_TITLES = f"""
SELECT title, count(*) AS adverts FROM
    (SELECT title FROM advert WHERE rowid IN
        (SELECT advert FROM listing WHERE {{}} ORDER BY advert DESC LIMIT {_TITLES_OF}))
WHERE title IS NOT NULL GROUP BY title ORDER BY adverts DESC, title LIMIT 12"""
_OTHERS = """
SELECT region || '/' || kind AS cell, * FROM pay_summary
WHERE period = :period AND region IN (:region, 'all') AND kind IN (:kind, 'all')"""
_EMPLOYERS = """
SELECT id, name, kind, adverts, live FROM
    (SELECT employer, count(*) AS adverts, sum(live) AS live FROM listing
     WHERE lad = (SELECT code FROM code WHERE field = 'lad' AND value = ?) AND employer IS NOT NULL
     GROUP BY employer ORDER BY adverts DESC LIMIT 12)
JOIN employer ON employer.rowid = employer"""
_ALIASES = "SELECT employer_text FROM employer_alias WHERE employer_id = ? ORDER BY employer_text LIMIT 30"

_OF_EMPLOYER = "employer = (SELECT rowid FROM employer WHERE id = :code)"
_OF_PLACE = "lad = (SELECT code FROM code WHERE field = 'lad' AND value = :code)"


@attrs.frozen(kw_only=True)
class Profile:
    """Of an employer or a place: how many adverts, the starting pay of the last 12 months beside others, and by year."""

    adverts: int
    live: int
    region: str
    kind: str
    beside: list[Spread]
    by_year: list[Spread]
    by_kind: list[Spread]
    titles: Sequence[Any]
    newest: Sequence[Any]
    search: str


async def employer_values(datasette: Any, identity: str) -> dict[str, Any]:
    """What the page of an employer shows beside its row."""
    employer = await data.one(datasette, "SELECT * FROM employer WHERE id = ?", [identity])
    if employer is None:
        return {}
    aliases = await data.rows(datasette, _ALIASES, [identity])
    profile = await _profile(datasette, employer["name"], _OF_EMPLOYER, identity, Criteria(employer_id=identity))
    scale = scale_of([*profile.beside, *profile.by_year])
    return {"employer": employer, "aliases": aliases, "profile": profile, "scale": scale}


async def place_page(datasette: Any, request: Any) -> Response:
    """`/place/<code>`: a local authority district.

    :raises NotFound: no place of the archive lies in it.
    """
    code = request.url_vars["code"]
    place = await data.one(
        datasette, "SELECT lad_code, lad_name, region, nation FROM advert WHERE rowid ="
        f" (SELECT max(advert) FROM listing WHERE {_OF_PLACE})", {"code": code}
    )  # fmt: skip
    if place is None:
        raise NotFound(f"No advert of the archive is in a district with the code {code}")
    profile = await _profile(datasette, place["lad_name"] or code, _OF_PLACE, code, Criteria(lad=code))
    return await data.page(
        datasette, request, "place.html", place=place, profile=profile,
        employers=await data.rows(datasette, _EMPLOYERS, [code]),
        scale=scale_of([*profile.beside, *profile.by_year, *profile.by_kind]),
    )  # fmt: skip


async def _profile(datasette: Any, name: str, condition: str, code: str, search: Criteria) -> Profile:
    (snapshot,) = await data.rows(datasette, "SELECT published_at FROM snapshot")
    since = date.fromisoformat(snapshot["published_at"][:10]) - timedelta(days=365)
    adverts = await priced(datasette, Query(f"FROM listing WHERE {condition} ORDER BY advert DESC", {"code": code}))
    recent = [advert for advert in adverts if advert.listed > int(f"{since:%Y%m%d}")]
    region, kind = _commonest(lambda it: it.region, adverts), _commonest(lambda it: it.kind, adverts)
    of_employer = condition == _OF_EMPLOYER
    codes = codes_of(await data.rows(datasette, "SELECT field, value, code FROM code"))
    newest = await find(datasette, attrs.evolve(search, status="live"), codes, size=_SHOWN)
    return Profile(
        adverts=len(adverts),
        live=sum(advert.is_live for advert in adverts),
        region=region,
        kind=kind if of_employer else ALL,
        beside=[spread_of(name, recent), *await _others(datasette, region or ALL, kind if of_employer else ALL)],
        by_year=spreads_by(year, adverts),
        by_kind=[] if of_employer else spreads_by(lambda it: it.kind, recent),
        titles=await data.rows(datasette, _TITLES.format(condition), {"code": code}),
        newest=newest.adverts,
        search=search.address(),
    )


async def _others(datasette: Any, region: str, kind: str) -> list[Spread]:
    """The spreads of the last 12 months to compare with, the nearest first."""
    rows = await data.rows(datasette, _OTHERS, {"period": RECENT, "region": region, "kind": kind})
    by_cell = {spread.label: spread for spread in summaries(rows, "cell")}
    named_kind = words(kind)
    named = {
        f"{region}/{kind}": f"{named_kind}, {region}",
        f"all/{kind}": f"{named_kind}, the whole UK",
        f"{region}/all": f"Every employer, {region}",
        "all/all": "Every employer, the whole UK",
    }
    labels = {cell: label for cell, label in named.items() if not (kind == ALL and "Every" not in label)}
    return [attrs.evolve(by_cell[cell], label=label) for cell, label in labels.items() if cell in by_cell]


def _commonest(key: Callable[[Priced], str], adverts: Sequence[Priced]) -> str:
    found = Counter(key(advert) for advert in adverts if key(advert))
    return found.most_common(1)[0][0] if found else ""
