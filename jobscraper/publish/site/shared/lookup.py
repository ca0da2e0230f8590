"""Asking the snapshot for the adverts of a search: a page of them, the newest, or as many as a file holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import attrs

from jobscraper.publish.site.shared import data
from jobscraper.publish.site.shared.criteria import Criteria
from jobscraper.publish.site.shared.find import MOST_CANDIDATES, MOST_COUNTED, PAGE_SIZE, Codes, Query, Search, codes_of

MOST_TAKEN = MOST_COUNTED
"""Adverts in the CSV or JSON of a search; `older_than` asks for those beyond."""
MOST_TOTALLED = 100_000
"""How far a file counts, for whose rows somebody waits anyway."""
# A query may give 15 MB; this many adverts stay below that.
_AT_A_TIME = 500

_SHOWN = """id, title, employer_text, employer_id, location_text, lad_code, lad_name, region, salary_text,
    salary_annual_min, salary_annual_max, salary_currency, contract_type, working_pattern, status, open, posted_on, first_seen,
    closes_at, ended_at, source_id, url"""
COLUMNS = tuple(name.strip() for name in _SHOWN.split(","))


@attrs.frozen(kw_only=True)
class Found:
    """Adverts in order, and how many there are in all: one more than `MOST_COUNTED` (a file: `MOST_TOTALLED`) for any more.

    `has_more`: others follow. `left_out`: how many more the search would find in another order, up to one more than
    `MOST_COUNTED`. `is_partly_sorted`: only the newest are sorted, as `MOST_RANKED` and `MOST_PRICED` say.
    """

    adverts: list[Any]
    count: int
    has_more: bool
    left_out: int
    is_partly_sorted: bool


def counted(adverts: int) -> str:
    """How many adverts were counted, in words."""
    if adverts > MOST_COUNTED:
        return f"More than {MOST_COUNTED:,} adverts"
    return f"{adverts:,} advert{'s' if adverts != 1 else ''}"


async def codes_in(datasette: Any) -> dict[str, dict[str, int]]:
    """The codes of the snapshot, by field and value."""
    return codes_of(await data.rows(datasette, "SELECT field, value, code FROM code ORDER BY field, value"))


async def find(datasette: Any, criteria: Criteria, codes: Codes) -> Found:
    """The adverts of one page of a search."""
    offset = (criteria.page - 1) * PAGE_SIZE
    return await _found(datasette, criteria, codes, size=PAGE_SIZE, offset=offset, most=MOST_COUNTED)


async def find_all(datasette: Any, criteria: Criteria, codes: Codes) -> Found:
    """The adverts of a search, up to `MOST_TAKEN`."""
    return await _found(datasette, criteria, codes, size=MOST_TAKEN, offset=0, most=MOST_TOTALLED)


async def newest(datasette: Any, criteria: Criteria, codes: Codes, size: int) -> list[Any]:
    """The newest adverts of a search, not counted."""
    search = await _search(
        datasette, Search(attrs.evolve(criteria, sort="newest", page=1), codes, await last_day(datasette))
    )
    return await _adverts(datasette, await _column(datasette, search.first(size)))


async def _found(datasette: Any, criteria: Criteria, codes: Codes, *, size: int, offset: int, most: int) -> Found:
    search = await _search(datasette, Search(criteria, codes, await last_day(datasette)))
    ids = await _column(datasette, search.first(size + 1, offset))
    if search.most_sorted and len(ids) <= size and offset + size >= search.most_sorted:
        ids += await _column(datasette, search.rest(size + 1 - len(ids), offset))
    is_whole = offset == 0 and len(ids) <= size
    count = len(ids) if is_whole else await _first(datasette, search.count(max(most, search.most_sorted)))
    return Found(
        adverts=[advert for some in _chunks(ids[:size]) for advert in await _adverts(datasette, some)],
        count=count,
        has_more=len(ids) > size,
        left_out=await _left_out(datasette, search),
        is_partly_sorted=0 < search.most_sorted < count,
    )


async def _left_out(datasette: Any, search: Search) -> int:
    others = search.left_out()
    return await _first(datasette, (await _search(datasette, others)).count(MOST_COUNTED)) if others else 0


async def _search(datasette: Any, search: Search) -> Search:
    """The search by words first, or, where they are common and its filters leave few adverts, among those."""
    if await _first(datasette, search.is_common()) is None:
        return search
    among = await _column(datasette, search.candidates())
    return attrs.evolve(search, among=among) if len(among) <= MOST_CANDIDATES else search


async def _column(datasette: Any, query: Query) -> list[int]:
    return [row[0] for row in await data.rows(datasette, query.sql, query.parameters)]


async def _first(datasette: Any, query: Query | None) -> Any:
    """The first value of a query, None without one."""
    return next(iter(await _column(datasette, query)), None) if query else None


async def _adverts(datasette: Any, ids: Sequence[int]) -> list[Any]:
    """Adverts by their rowids, in that order."""
    marks = ", ".join("?" * len(ids))
    # Rows come back in the order of their rowids.
    found = await data.rows(datasette, f"SELECT {_SHOWN} FROM advert WHERE rowid IN ({marks}) ORDER BY rowid", ids)
    by_id = dict(zip(sorted(ids), found, strict=True))
    return [by_id[one] for one in ids]


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _AT_A_TIME] for start in range(0, len(ids), _AT_A_TIME))


async def last_day(datasette: Any) -> date:
    """The last day that the archive saw, in UTC."""
    return date.fromisoformat((await data.as_of(datasette))[:10])
