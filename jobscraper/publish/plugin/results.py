"""The search page, and the same search as CSV, JSON and an Atom feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

import attrs
from datasette import Response
from datasette.utils import tilde_encode

from jobscraper.publish.formulas import as_csv
from jobscraper.publish.plugin import data
from jobscraper.publish.plugin.atom import Entry, Feed, as_xml, tag
from jobscraper.publish.plugin.cells import day, pay
from jobscraper.publish.plugin.criteria import LAST_PAGE, Asked, Criteria, asked
from jobscraper.publish.plugin.find import MOST_CANDIDATES, MOST_COUNTED, PAGE_SIZE, Codes, Search, codes_of
from jobscraper.publish.site import DATABASE

MOST_TAKEN = 10_000
"""Adverts in the CSV or JSON of a search; more are in the files of the download page."""
_IN_A_FEED = 50
# A query may give 15 MB; this many adverts stay below that.
_AT_A_TIME = 500

_SHOWN = """id, title, employer_text, employer_id, location_text, lad_code, lad_name, region, salary_text,
    salary_annual_min, salary_annual_max, salary_currency, contract_type, working_pattern, status, posted_on, first_seen,
    closes_at, ended_at, source_id, url"""
COLUMNS = tuple(name.strip() for name in _SHOWN.split(","))


@attrs.frozen
class Found:
    """The adverts of one page in order, how many there are in all (one more than `MOST_COUNTED` for many more)."""

    adverts: list[Any]
    count: int
    has_more: bool


async def search_page(datasette: Any, request: Any) -> Response:
    """`/search`: the form, and what it finds. What the form sends empty is taken out of the address."""
    pairs = parse_qsl(request.query_string, keep_blank_values=True)
    if any(not value.strip() for _, value in pairs):
        kept = urlencode([(name, value) for name, value in pairs if value.strip()])
        return Response.redirect(datasette.urls.path(f"search?{kept}" if kept else "search"))
    codes = await codes_in(datasette)
    question = await _asked(datasette, request, codes)
    criteria = question.criteria
    found = await find(datasette, criteria, codes)
    return await data.page(
        datasette,
        request,
        "search.html",
        criteria=criteria,
        doubts=question.doubts,
        found=found,
        codes=codes,
        most_counted=MOST_COUNTED,
        first=(criteria.page - 1) * PAGE_SIZE + 1,
        named=await _named(datasette, criteria),
    )


async def search_csv(datasette: Any, request: Any) -> Response:
    """`/search.csv`: what the search finds, as a file for a spreadsheet; a cell that begins like a formula is text."""
    codes = await codes_in(datasette)
    question = await _asked(datasette, request, codes, has_pages=False)
    if question.doubts:
        return _refused(question)
    adverts = await _all(datasette, question.criteria, codes)
    headers = {"content-disposition": 'attachment; filename="adverts.csv"'}
    return Response("".join(map(as_csv, [COLUMNS, *adverts])), headers=headers, content_type="text/csv; charset=utf-8")


async def search_json(datasette: Any, request: Any) -> Response:
    """`/search.json`: what the search finds, as a list of objects."""
    codes = await codes_in(datasette)
    question = await _asked(datasette, request, codes, has_pages=False)
    if question.doubts:
        return Response.json({"ok": False, "error": _reason(question), "status": 400}, status=400)
    adverts = await _all(datasette, question.criteria, codes)
    return Response.json({"adverts": [dict(advert) for advert in adverts], "most": MOST_TAKEN})


async def search_atom(datasette: Any, request: Any) -> Response:
    """`/search.atom`: the newest adverts that the search finds, as a feed (RFC 4287)."""
    codes = await codes_in(datasette)
    question = await _asked(datasette, request, codes)
    if question.doubts:
        return _refused(question)
    criteria = attrs.evolve(question.criteria, sort=Criteria().sort, page=1)
    adverts = await newest(datasette, criteria, codes, _IN_A_FEED)
    (snapshot,) = await data.rows(datasette, "SELECT published_at FROM snapshot")
    base = datasette.absolute_url(request, datasette.urls.path("search"))
    query = criteria.address()
    feed = Feed(
        id=tag("search", query),
        title=f"Adverts: {in_words(criteria)}",
        page=f"{base}?{query}" if query else base,
        itself=f"{base}.atom?{query}" if query else f"{base}.atom",
        updated=adverts[0]["first_seen"] if adverts else snapshot["published_at"],
        entries=tuple(_entry(datasette, request, advert) for advert in adverts),
    )
    return Response(as_xml(feed), content_type="application/atom+xml; charset=utf-8")


def in_words(criteria: Criteria) -> str:
    """A search as one would say it: `planner, Wales, from £40,000, live`."""
    told = (
        criteria.q,
        criteria.region,
        criteria.kind.replace("_", " "),
        criteria.employer,
        criteria.employer_id,
        criteria.lad,
        criteria.contract.replace("_", " "),
        criteria.engagement,
        criteria.pattern.replace("_", " "),
        f"from £{criteria.pay_from:,}" if criteria.pay_from is not None else "",
        f"up to £{criteria.pay_to:,}" if criteria.pay_to is not None else "",
        f"first seen from {criteria.since}" if criteria.since else "",
        f"first seen to {criteria.until}" if criteria.until else "",
        criteria.status if criteria.status != "all" else "",
    )
    return ", ".join(filter(None, told)) or "all"


async def find(datasette: Any, criteria: Criteria, codes: Codes) -> Found:
    """The adverts of one page of a search."""
    search = await _search(datasette, criteria, codes)
    ids = await _ids(datasette, search, PAGE_SIZE)
    if criteria.page == 1 and len(ids) <= PAGE_SIZE:
        count = len(ids)
    else:
        counting = search.count()
        ((count,),) = await data.rows(datasette, counting.sql, counting.parameters)
    return Found(await _adverts(datasette, ids[:PAGE_SIZE]), count, len(ids) > PAGE_SIZE and criteria.page < LAST_PAGE)


async def newest(datasette: Any, criteria: Criteria, codes: Codes, size: int) -> list[Any]:
    """The newest adverts of a search, not counted."""
    search = await _search(datasette, attrs.evolve(criteria, sort="newest", page=1), codes)
    ids = await _ids(datasette, search, size)
    return await _adverts(datasette, ids[:size])


async def _asked(datasette: Any, request: Any, codes: Codes, *, has_pages: bool = True) -> Asked:
    """What an address asks for; what cannot be followed is a doubt, which a page tells and a file is refused for."""
    question = asked(_arguments(request), codes)
    criteria, doubts = question.criteria, [*question.doubts]
    for name in request.args:
        doubts += [
            f"{name} is given more than once, with “{value}” as well" for value in request.args.getlist(name)[1:]
        ]
    employer = criteria.employer_id
    if employer and await data.one(datasette, "SELECT 1 FROM employer WHERE id = ?", [employer]) is None:
        doubts.append(f"there is no employer with the id “{employer}”")
        criteria = attrs.evolve(criteria, employer_id="")
    page = (request.args.get("page") or "").strip()
    if not has_pages and page not in ("", "1"):
        doubts.append(f"a file has no pages, and so no page “{page}”")
    return Asked(criteria, tuple(doubts))


def _reason(question: Asked) -> str:
    return f"This search cannot be answered as it was asked: {'; '.join(question.doubts)}."


def _refused(question: Asked) -> Response:
    """A file of something else than was asked for would be taken for what was asked."""
    return Response.text(f"{_reason(question)}\n", status=400)


async def _all(datasette: Any, criteria: Criteria, codes: Codes) -> list[Any]:
    ids = await _ids(datasette, await _search(datasette, criteria, codes), MOST_TAKEN - 1)
    return [advert for some in _chunks(ids) for advert in await _adverts(datasette, some)]


async def _search(datasette: Any, criteria: Criteria, codes: Codes) -> Search:
    """The search, by words first, or, where they are common and its filters leave few adverts, among those."""
    search = Search(criteria, codes, _today())
    common = search.is_common()
    if common is None or await data.one(datasette, common.sql, common.parameters) is None:
        return search
    query = search.candidates()
    among = [row[0] for row in await data.rows(datasette, query.sql, query.parameters)]
    return attrs.evolve(search, among=among) if len(among) <= MOST_CANDIDATES else search


async def _ids(datasette: Any, search: Search, size: int) -> list[int]:
    """The rowids of a page of adverts, and of one more where there is another page."""
    ranked = search.sorted_from()
    least = await data.one(datasette, ranked.sql, ranked.parameters) if ranked else None
    query = search.page(size, least[0] if least else None)
    return [row[0] for row in await data.rows(datasette, query.sql, query.parameters)]


async def _adverts(datasette: Any, ids: Sequence[int]) -> list[Any]:
    """Adverts by their rowids, in that order."""
    marks = ", ".join("?" * len(ids))
    # Rows come back in the order of their rowids.
    found = await data.rows(datasette, f"SELECT {_SHOWN} FROM advert WHERE rowid IN ({marks}) ORDER BY rowid", ids)
    by_id = dict(zip(sorted(ids), found, strict=True))
    return [by_id[one] for one in ids]


async def codes_in(datasette: Any) -> dict[str, dict[str, int]]:
    """The codes of the snapshot, by field and value."""
    return codes_of(await data.rows(datasette, "SELECT field, value, code FROM code ORDER BY field, value"))


async def _named(datasette: Any, criteria: Criteria) -> dict[str, str]:
    """The names of what an address gives by its code."""
    employer = await data.one(datasette, "SELECT name FROM employer WHERE id = ?", [criteria.employer_id])
    district = await data.one(datasette, "SELECT lad_name FROM place WHERE lad_code = ? LIMIT 1", [criteria.lad])
    return {
        "employer_id": employer[0] if employer else criteria.employer_id,
        "lad": (district and district[0]) or criteria.lad,
    }


def _entry(datasette: Any, request: Any, advert: Any) -> Entry:
    path = f"{datasette.urls.table(DATABASE, 'advert')}/{tilde_encode(advert['id'])}"
    paid = pay(advert) or advert["salary_text"] or "pay not printed"
    closes = f"closes {day(advert['closes_at'])}" if advert["closes_at"] else "no closing date printed"
    told = (advert["employer_text"], advert["location_text"], paid, closes)
    return Entry(
        id=tag("advert", advert["id"]),
        link=datasette.absolute_url(request, path),
        title=advert["title"] or "No title printed",
        updated=advert["first_seen"],
        author=advert["employer_text"] or "Employer not printed",
        summary=" · ".join(filter(None, told)),
    )


def _arguments(request: Any) -> dict[str, str]:
    """The arguments of an address, the first where one comes twice."""
    return {name: request.args.get(name) or "" for name in request.args}


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _AT_A_TIME] for start in range(0, len(ids), _AT_A_TIME))


def _today() -> date:
    return datetime.now(UTC).date()
