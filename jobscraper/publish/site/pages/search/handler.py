"""The search page, and the same search as CSV, JSON and an Atom feed."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

import attrs
from datasette import Response
from datasette.database import QueryInterrupted
from datasette.utils import tilde_encode

from jobscraper.publish.formulas import as_csv
from jobscraper.publish.site.configuration import DATABASE
from jobscraper.publish.site.shared import data
from jobscraper.publish.site.shared.atom import Entry, Feed, as_xml, tag
from jobscraper.publish.site.shared.cells import day, label, pay
from jobscraper.publish.site.shared.criteria import LAST_PAGE, Asked, Criteria, asked
from jobscraper.publish.site.shared.find import MOST_COUNTED, MOST_PRICED, MOST_RANKED, PAGE_SIZE, Codes
from jobscraper.publish.site.shared.lookup import (
    COLUMNS,
    MOST_TAKEN,
    MOST_TOTALLED,
    Found,
    codes_in,
    counted,
    find,
    find_all,
    newest,
)
from jobscraper.publish.site.shared.page import file, page
from jobscraper.publish.site.shared.stopped import TOO_LONG
from jobscraper.publish.site.shared.vocabulary import known

_IN_A_FEED = 50


@page(
    "/search",
    asked=("q=planning&region=Wales&status=open", "q=zeppelin+hangar", "region=Wals"),
    is_for_robots=False,
)
async def search_page(datasette: Any, request: Any) -> Response:
    """`/search`: the form, and what it finds. What the form sends empty is taken out of the address."""
    pairs = parse_qsl(request.query_string, keep_blank_values=True)
    if any(not value.strip() for _, value in pairs):
        kept = urlencode([(name, value) for name, value in pairs if value.strip()])
        return Response.redirect(datasette.urls.path(f"search?{kept}" if kept else "search"))
    codes = await codes_in(datasette)
    question = await _asked(datasette, request, codes)
    criteria = question.criteria
    found = await _found_in_time(datasette, criteria, codes)
    answer = await data.page(
        datasette,
        request,
        "search.html",
        criteria=criteria,
        doubts=question.doubts,
        found=found,
        too_long=TOO_LONG,
        notes=_notes(criteria, found) if found else (),
        codes=codes,
        most_counted=MOST_COUNTED,
        first=(criteria.page - 1) * PAGE_SIZE + 1,
        last_page=LAST_PAGE,
        following=_following(criteria, found) if found else "",
        named=await _named(datasette, criteria),
    )
    answer.status = 200 if found else 400
    return answer


async def _found_in_time(datasette: Any, criteria: Criteria, codes: Codes) -> Found | None:
    """What is found, or None where that took too long."""
    try:
        return await find(datasette, criteria, codes)
    except QueryInterrupted:
        return None


@file("/search.csv")
async def search_csv(datasette: Any, request: Any) -> Response:
    """`/search.csv`: what the search finds, as a file for a spreadsheet; a cell that begins like a formula is text.

    What has no place in the file is told by headers: `X-Total`, `X-Truncated`, and `Link` to what follows.
    """
    codes = await codes_in(datasette)
    question = await _asked(datasette, request, codes, has_pages=False)
    if question.doubts:
        return _refused(question)
    found = await find_all(datasette, question.criteria, codes)
    headers = {
        "content-disposition": 'attachment; filename="adverts.csv"',
        "x-total": str(found.count) if found.count <= MOST_TOTALLED else f"more than {MOST_TOTALLED}",
        "x-truncated": "true" if found.has_more else "false",
    }
    if following := _following(question.criteria, found):
        headers["link"] = f'<{_address(datasette, request, "search.csv", following)}>; rel="next"'
    rows = map(as_csv, [COLUMNS, *found.adverts])
    return Response("".join(rows), headers=headers, content_type="text/csv; charset=utf-8")


@file("/search.json")
async def search_json(datasette: Any, request: Any) -> Response:
    """`/search.json`: what the search finds, as a list of objects; `next` is the address of what follows.

    `total` is null where there are more than `MOST_TOTALLED`.
    """
    codes = await codes_in(datasette)
    question = await _asked(datasette, request, codes, has_pages=False)
    if question.doubts:
        return Response.json({"ok": False, "error": _reason(question), "status": 400}, status=400)
    found = await find_all(datasette, question.criteria, codes)
    following = _following(question.criteria, found)
    return Response.json(
        {
            "adverts": [dict(advert) for advert in found.adverts],
            "total": found.count if found.count <= MOST_TOTALLED else None,
            "most": MOST_TAKEN,
            "truncated": found.has_more,
            "next": _address(datasette, request, "search.json", following) if following else None,
            "notes": _notes(question.criteria, found),
        }
    )


@file("/search.atom")
async def search_atom(datasette: Any, request: Any) -> Response:
    """`/search.atom`: the newest adverts that the search finds, as a feed (RFC 4287)."""
    codes = await codes_in(datasette)
    question = await _asked(datasette, request, codes)
    if question.doubts:
        return _refused(question)
    criteria = attrs.evolve(question.criteria, sort=Criteria().sort, page=1)
    adverts = await newest(datasette, criteria, codes, _IN_A_FEED)
    query = criteria.address()
    feed = Feed(
        id=tag("search", query),
        title=f"Adverts: {in_words(criteria)}",
        page=_address(datasette, request, "search", query),
        itself=_address(datasette, request, "search.atom", query),
        updated=adverts[0]["first_seen"] if adverts else await data.as_of(datasette),
        entries=tuple(_entry(datasette, request, advert) for advert in adverts),
    )
    return Response(as_xml(feed), content_type="application/atom+xml; charset=utf-8")


def in_words(criteria: Criteria) -> str:
    """A search as one would say it: `planner, Wales, from £40,000, open`."""
    told = (
        criteria.q,
        criteria.region,
        criteria.kind.replace("_", " "),
        f"{criteria.title} in the title" if criteria.title else "",
        criteria.employer,
        criteria.employer_id,
        criteria.lad,
        label(criteria.grade),
        criteria.contract.replace("_", " "),
        criteria.engagement,
        criteria.pattern.replace("_", " "),
        f"pay reaches £{criteria.pay_from:,}" if criteria.pay_from is not None else "",
        f"pay starts at £{criteria.pay_starts:,} or more" if criteria.pay_starts is not None else "",
        f"pay starts at £{criteria.pay_to:,} or less" if criteria.pay_to is not None else "",
        f"first seen from {criteria.since}" if criteria.since else "",
        f"first seen to {criteria.until}" if criteria.until else "",
        f"older than {criteria.older_than}" if criteria.older_than else "",
        criteria.status if criteria.status != "all" else "",
    )
    return ", ".join(filter(None, told)) or "all"


def _following(criteria: Criteria, found: Found) -> str:
    """The query for the adverts after the last of these; empty where there are none, or only another order has an end there."""
    if not found.has_more or criteria.sort not in ("relevance", "newest"):
        return ""
    return criteria.address(older_than=found.adverts[-1]["id"])


_SORTED_BY_PAY = f"Only the newest {MOST_PRICED:,} of these adverts are sorted by pay."
_PARTLY_SORTED = {
    "relevance": f"The best matches of the newest {MOST_RANKED:,} come first, then the others, the newest first.",
    "highest": _SORTED_BY_PAY,
    "lowest": _SORTED_BY_PAY,
}
_WITHOUT = {
    "closing": "future closing date",
    "highest": "full-time pay a year",
    "lowest": "starting full-time pay a year",
}


def _notes(criteria: Criteria, found: Found) -> list[str]:
    """What somebody might not expect of the order of these adverts, and of what it leaves out."""
    notes = [_PARTLY_SORTED[criteria.sort]] if found.is_partly_sorted else []
    if found.left_out:
        notes.append(f"Left out of this order, as they have no {_WITHOUT[criteria.sort]}: {counted(found.left_out)}.")
    return notes


async def _asked(datasette: Any, request: Any, codes: Codes, *, has_pages: bool = True) -> Asked:
    """What an address asks for; what cannot be followed is a doubt, which a page tells and a file is refused for."""
    question = asked(_arguments(request), known(codes))
    criteria, doubts = question.criteria, [*question.doubts, *data.repeated(request)]
    employer = criteria.employer_id
    if employer and await data.one(datasette, "SELECT 1 FROM employer WHERE id = ?", [employer]) is None:
        doubts.append(f"there is no employer with the id “{employer}”")
        criteria = attrs.evolve(criteria, employer_id="")
    older = criteria.older_than
    if older and await data.one(datasette, "SELECT 1 FROM advert WHERE id = ?", [older]) is None:
        doubts.append(f"there is no advert with the id “{older}”")
        criteria = attrs.evolve(criteria, older_than="")
    page = (request.args.get("page") or "").strip()
    if not has_pages and page not in ("", "1"):
        doubts.append(f"a file has no pages, and so no page “{page}”")
    return Asked(criteria, tuple(doubts))


def _reason(question: Asked) -> str:
    return f"This search cannot be answered as it was asked: {'; '.join(question.doubts)}."


def _refused(question: Asked) -> Response:
    """A file of something else than was asked for would be taken for what was asked."""
    return Response.text(f"{_reason(question)}\n", status=400)


async def _named(datasette: Any, criteria: Criteria) -> dict[str, str]:
    """The names of what an address gives by its code."""
    employer = await data.one(datasette, "SELECT name FROM employer WHERE id = ?", [criteria.employer_id])
    district = await data.one(datasette, "SELECT lad_name FROM place WHERE lad_code = ? LIMIT 1", [criteria.lad])
    return {
        "employer_id": employer[0] if employer else criteria.employer_id,
        "lad": (district and district[0]) or criteria.lad,
    }


def _address(datasette: Any, request: Any, page: str, query: str) -> str:
    return str(datasette.absolute_url(request, datasette.urls.path(f"{page}?{query}" if query else page)))


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
