"""The page about pay: its spread by region, kind of employer, grade and time, for all adverts or for words in titles."""

from __future__ import annotations

import json
from collections.abc import Container
from datetime import date, timedelta
from typing import Any

import attrs
from datasette import Response

from jobscraper.publish.build.summary import ALL, LEFT_OUT, RECENT
from jobscraper.publish.site.shared import data
from jobscraper.publish.site.shared.criteria import Criteria
from jobscraper.publish.site.shared.lookup import codes_in, last_day
from jobscraper.publish.site.shared.page import page
from jobscraper.publish.site.shared.spread import Spread, scale_of, spread_of, summary_of
from jobscraper.publish.site.shared.vocabulary import known
from jobscraper.publish.words import TOO_SHORT, match, without_short_beginnings

MOST_READ = 50_000
"""Adverts of which a spread is worked out while somebody waits, the newest."""

_SUMMARY = "SELECT * FROM pay_summary WHERE "
_BY = {
    "region": "period = :period AND kind = :kind AND region <> 'all' ORDER BY region",
    "kind": "period = :period AND region = :region AND kind <> 'all' ORDER BY kind",
    "time": "region = :region AND kind = :kind AND period LIKE '____-Q_' ORDER BY period",
}
_WHOLE = "period = :period AND region = :region AND kind = :kind"
_GRADES = """
SELECT pay_scale || ' ' || point AS label, adverts, n, lower_quartile, median, upper_quartile, other_engagement
FROM grade_summary
WHERE period = :period AND n > 0 ORDER BY pay_scale, median, point LIMIT 1000"""
_PERIODS = "SELECT DISTINCT period FROM pay_summary WHERE period LIKE '____' ORDER BY period DESC"


_PARTED = f"""
SELECT part, count(*) AS adverts, json_group_array(starting_pay) FILTER (WHERE starting_pay IS NOT NULL) AS amounts,
    count(*) FILTER (WHERE engagement <> :employee) AS others
FROM (SELECT {{part}} AS part, starting_pay, engagement
      FROM advert_fts CROSS JOIN listing ON listing.advert = advert_fts.rowid
      WHERE {{where}} ORDER BY advert_fts.rowid DESC LIMIT {MOST_READ})
GROUP BY part"""
_PARTS = {
    "region": "region",
    "kind": "kind",
    "grade": "grade",
    "time": "(listed / 10000) || '-Q' || ((listed / 100 % 100 + 2) / 3)",
}
_CONTROLS = {"region": "a region", "kind": "a kind of employer", "period": "a time of being first seen"}
# A part cannot be parted again; quarters are those of all years; the summary of grades is of the whole UK.
_NOT_OFFERED = {"region": {"region"}, "kind": {"kind"}, "time": {"period"}, "grade": {"region", "kind"}}


@attrs.frozen(kw_only=True)
class Asked:
    """What the page is asked for: the spread by `by` of adverts of a region and a kind (or `all`) in a period."""

    by: str = "region"
    region: str = ALL
    kind: str = ALL
    period: str = RECENT
    q: str = ""

    @property
    def offered(self) -> set[str]:
        """The controls of the form that this page can apply; grades with words are counted anew, by whatever is asked."""
        return set(_CONTROLS) - (set() if self.by == "grade" and self.q else _NOT_OFFERED[self.by])

    def not_applied(self) -> list[str]:
        """What is asked for and cannot be applied; not what the form sends as usual when somebody turns to another view."""
        asked = {name: getattr(self, name) for name in _CONTROLS if name not in self.offered}
        return [
            f"pay by {self.by} cannot be asked for {_CONTROLS[name]}, here “{value}”"
            for name, value in asked.items()
            if value not in (ALL, RECENT)
        ]

    def applied(self) -> Asked:
        """The same without what is not offered."""
        return attrs.evolve(self, **dict.fromkeys(_CONTROLS.keys() - self.offered, ALL))


@page("/pay", asked=("by=time&q=engineer", "by=kind", "by=colour&q=zeppelin"))
async def pay_page(datasette: Any, request: Any) -> Response:
    """`/pay`: a picture and a table of starting pay, and what is left out of it."""
    codes = await codes_in(datasette)
    years = [row[0] for row in await data.rows(datasette, _PERIODS)]
    may_be: dict[str, Container[str]] = {
        "by": _PARTS,
        "region": {ALL, *known(codes)["region"]},
        "kind": {ALL, *known(codes)["kind"]},
        "period": {RECENT, ALL, *years},
    }
    given = {name: value for name, values in may_be.items() if (value := request.args.get(name)) in values}
    doubts = [
        f"{name} “{value}” is not known here"
        for name in may_be
        if (value := request.args.get(name)) and name not in given
    ]
    doubts += [f"there is no filter “{name}”" for name in request.args if name not in attrs.fields_dict(Asked)]
    doubts += data.repeated(request)
    words, short = without_short_beginnings(" ".join((request.args.get("q") or "").split())[:200])
    doubts += map(TOO_SHORT.format, short)
    wanted = Asked(**given, q=words)
    doubts += wanted.not_applied()
    asked = wanted.applied()
    found, today = match(asked.q, "title"), await last_day(datasette)
    if found.found:
        whole, parts = await _with_words(datasette, asked, str(found), today, codes["engagement"].get("employee", 0))
        left_out = None
        is_newest_only = whole.adverts == MOST_READ
    else:
        whole, parts, left_out = await _fromsummary_of(datasette, asked)
        is_newest_only = False
    parts = [attrs.evolve(part, link=_link(asked, part, today)) for part in parts]
    return await data.page(
        datasette, request, "pay.html", asked=asked, doubts=doubts, whole=whole, parts=parts, left_out=left_out, codes=codes,
        nowhere=whole.n - sum(part.n for part in parts), years=years, scale=scale_of([*parts, whole]), recent=RECENT, is_newest_only=is_newest_only, most_read=MOST_READ,
    )  # fmt: skip


async def _with_words(
    datasette: Any, asked: Asked, words: str, today: date, employee: int
) -> tuple[Spread, list[Spread]]:
    """The spread of the newest adverts with these words, as a whole and in parts; `employee` is the code of employees.

    The amounts of a part come as one JSON list: a hundred times fewer rows for Python to make.
    """
    parameters: dict[str, Any] = {"words": words, "region": asked.region, "kind": asked.kind, "employee": employee}
    filters = [field for field in ("region", "kind") if parameters[field] != ALL]
    coded = (f"{field} = (SELECT code FROM code WHERE field = '{field}' AND value = :{field})" for field in filters)
    conditions = ["advert_fts MATCH :words", *coded]
    if asked.period != ALL:
        first, last = _days(asked.period, today)
        conditions += [
            "advert_fts.rowid >= (SELECT min(advert) FROM listing WHERE listed >= :first)",
            "advert_fts.rowid <= (SELECT max(advert) FROM listing WHERE listed <= :last)",
        ]
        parameters |= {"first": int(f"{first:%Y%m%d}"), "last": int(f"{last:%Y%m%d}")}
    found = await data.rows(
        datasette, _PARTED.format(part=_PARTS[asked.by], where=" AND ".join(conditions)), parameters
    )
    names = {
        row["code"]: row["value"]
        for row in await data.rows(datasette, "SELECT value, code FROM code WHERE field = ?", [asked.by])
    }
    amounts = {row["part"]: json.loads(row["amounts"]) for row in found}
    parts = [
        spread_of(str(names.get(row["part"], row["part"])), row["adverts"], amounts[row["part"]], row["others"])
        for row in found
        if row["part"] is not None
    ]
    adverts, others = (sum(row[name] for row in found) for name in ("adverts", "others"))
    whole = spread_of("All of these", adverts, (amount for some in amounts.values() for amount in some), others)
    return whole, sorted(parts, key=lambda part: part.label)


async def _fromsummary_of(datasette: Any, asked: Asked) -> tuple[Spread, list[Spread], dict[str, int] | None]:
    parameters = attrs.asdict(asked)
    if asked.by == "grade":
        parts = [summary_of(row, row["label"]) for row in await data.rows(datasette, _GRADES, parameters)]
    else:
        column = "period" if asked.by == "time" else asked.by
        found = await data.rows(datasette, _SUMMARY + _BY[asked.by], parameters)
        parts = [summary_of(row, row[column]) for row in found]
    whole = await data.one(datasette, _SUMMARY + _WHOLE, parameters)
    if whole is None:
        return spread_of("All of these", 0, ()), parts, None
    return summary_of(whole, "All of these"), parts, {why: whole[why] for why in LEFT_OUT}


def _days(period: str, today: date) -> tuple[date, date]:
    """The first and last day of a quarter, a year or the last 12 months."""
    if period == RECENT:
        return today - timedelta(days=364), today
    year, _, quarter = period.partition("-Q")
    if not quarter:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    first = date(int(year), 3 * int(quarter) - 2, 1)
    return first, (first + timedelta(days=95)).replace(day=1) - timedelta(days=1)


def _link(asked: Asked, part: Spread, today: date) -> str:
    """The search for the adverts of a part."""
    chosen = {"region": asked.region, "kind": asked.kind, "period": asked.period}
    chosen["period" if asked.by == "time" else asked.by] = part.label
    since, until = _days(chosen["period"], today) if chosen["period"] != ALL else (None, None)
    kept = {name: value for name, value in chosen.items() if name != "period" and value != ALL}
    return Criteria(title=asked.q, since=since, until=until, **kept).address()  # type: ignore[arg-type]
