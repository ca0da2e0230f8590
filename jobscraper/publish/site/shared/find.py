"""A search as SQL: which adverts, in which order, over the narrow table `listing` and the search index.

Every question here ends soon on a million adverts: newest first is the order of the rows themselves, counting stops at
`MOST_COUNTED`, and words are sorted by relevance among the newest `MOST_RANKED` that match, by pay among `MOST_PRICED`;
older ones follow, the newest first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

import attrs

from jobscraper.publish.site.shared.criteria import Criteria
from jobscraper.publish.words import Match, match

PAGE_SIZE = 20
MOST_COUNTED = 10_000
"""As many as a page or a file leads to, so that what is counted is what is given."""
MOST_RANKED = 2_000
MOST_PRICED = 50_000
COMMON = 50_000
"""Words in more adverts than this are common: the filters may then leave few adverts to look for them in."""
MOST_CANDIDATES = 3_000
# Of the columns of the search index: title, employer, place, description.
_WEIGHTS = "10.0, 4.0, 2.0, 1.0"

# What the newest are sorted by.
_KEYS = {
    "relevance": (f"bm25(advert_fts, {_WEIGHTS})", "key"),
    "highest": ("top_pay", "key DESC"),
    "lowest": ("lowest_pay", "key"),
}

# For each of a few adverts, whether it holds the words: a look-up each, however many adverts hold them.
_AMONG = """SELECT rowid FROM advert_fts
    WHERE advert_fts MATCH :{} AND rowid IN (SELECT value FROM json_each(:among))"""

# What can be sorted so, and what cannot: what has closed is no answer to what closes first.
_SORTED = {"closing": "closes >= :today", "highest": "top_pay IS NOT NULL", "lowest": "lowest_pay IS NOT NULL"}
_LEFT_OUT = {
    "closing": "(closes IS NULL OR closes < :today)",
    "highest": "top_pay IS NULL",
    "lowest": "lowest_pay IS NULL",
}

_CODED = ("region", "kind", "contract", "engagement", "pattern", "lad", "grade")
Codes = Mapping[str, Mapping[str, int]]


@attrs.frozen
class Query:
    """An SQL query with its parameters; `has_words`: it looks into the search index."""

    sql: str
    parameters: dict[str, Any]
    has_words: bool = False


def codes_of(rows: list[Any]) -> dict[str, dict[str, int]]:
    """The rows of `code` by field."""
    codes: dict[str, dict[str, int]] = {field: {} for field in _CODED}
    for field, value, code in rows:
        codes[field][value] = code
    return codes


@attrs.frozen
class Search:
    """A search of a snapshot; `today` is the last day that the archive saw.

    `those`: what its order can sort, or what it leaves out for that. `among`: the rowids that pass its filters, where it
    looks at those and no others.
    """

    criteria: Criteria
    codes: Codes
    today: date
    those: Literal["sorted", "left out"] = "sorted"
    among: Sequence[int] | None = None

    def first(self, limit: int, offset: int = 0) -> Query:
        """The rowids of adverts in order; those that are too many to be sorted come with `rest`."""
        query = self._selected()
        parameters = {**query.parameters, "limit": limit, "offset": offset}
        if self.most_sorted:
            key, order = _KEYS[self.criteria.sort]
            newest = (
                f"SELECT listing.advert AS advert, {key} AS key {query.sql} ORDER BY advert_fts.rowid DESC"
                f" LIMIT {self.most_sorted}"
            )
            return Query(
                f"SELECT advert FROM ({newest}) ORDER BY {order}, advert DESC LIMIT :limit OFFSET :offset", parameters
            )
        order = {
            "newest": "advert_fts.rowid DESC" if query.has_words and self.among is None else "listing.advert DESC",
            "closing": "closes, listing.advert",
            "highest": "top_pay DESC, listing.advert DESC",
            "lowest": "lowest_pay, listing.advert DESC",
            # FTS5 would count the adverts of each word anew for every advert that it ranks by itself.
            "relevance": f"listing.advert IN ({_AMONG.format('title')}) DESC, listing.advert DESC",
        }["newest" if self.criteria.sort == "relevance" and not query.has_words else self.criteria.sort]
        return Query(f"SELECT listing.advert {query.sql} ORDER BY {order} LIMIT :limit OFFSET :offset", parameters)

    def rest(self, limit: int, offset: int) -> Query:
        """The rowids of the adverts with words that are too many to be sorted, the newest first; `offset` counts all."""
        query = self._selected()
        return Query(
            f"SELECT listing.advert {query.sql} ORDER BY advert_fts.rowid DESC LIMIT :limit OFFSET :offset",
            {**query.parameters, "limit": limit, "offset": max(offset, self.most_sorted)},
        )

    @property
    def most_sorted(self) -> int:
        """How many adverts are sorted, the newest, where those with words may be more; 0 where all are."""
        if self.among is not None or not self._words().found:
            return 0
        return {"relevance": MOST_RANKED, "highest": MOST_PRICED, "lowest": MOST_PRICED}.get(self.criteria.sort, 0)

    def left_out(self) -> Search | None:
        """The search for what this one leaves out for its order; None where it leaves out nothing."""
        if self.criteria.sort not in _LEFT_OUT:
            return None
        return attrs.evolve(self, those="left out", among=None)

    def count(self, most: int) -> Query:
        """How many adverts there are, up to one more than `most`."""
        query = self._selected()
        return Query(f"SELECT count(*) FROM (SELECT 1 {query.sql} LIMIT {most + 1})", query.parameters)

    def is_common(self) -> Query | None:
        """A row if the words are in so many adverts that the filters are better asked first; None without both.

        None for beginnings of words too: the index would put all words with them together anew for each advert.
        """
        words = self._words()
        if not words.found or words.has_beginnings or not self._filters()[0]:
            return None
        return Query(
            f"SELECT rowid FROM advert_fts WHERE advert_fts MATCH :match ORDER BY rowid DESC LIMIT 1 OFFSET {COMMON}",
            {"match": str(words)},
        )

    def candidates(self) -> Query:
        """The rowids that pass the filters, up to one more than `MOST_CANDIDATES`."""
        conditions, parameters = self._filters()
        return Query(
            f"SELECT advert FROM listing WHERE {' AND '.join(conditions)} LIMIT {MOST_CANDIDATES + 1}", parameters
        )

    def _words(self) -> Match:
        words, title = match(self.criteria.q), match(self.criteria.title, "title")
        employer = match(self.criteria.employer, "employer")
        return Match(
            " AND ".join(filter(None, (words.found, title.found, employer.found))),
            " OR ".join(filter(None, (words.excluded, title.excluded))),
        )

    def _selected(self) -> Query:
        """FROM and WHERE."""
        conditions, parameters = self._filters()
        found = self._words()
        table = "listing"
        if found.found and self.among is not None:
            conditions = [f"listing.advert IN ({_AMONG.format('match')})"]
            parameters = {"match": str(found), "title": str(match(self.criteria.q, "title"))}
            parameters["among"] = json.dumps(list(self.among))
        elif found.found:
            # CROSS JOIN, so that the index gives its rows in their order and the rest is looked up.
            table = "advert_fts CROSS JOIN listing ON listing.advert = advert_fts.rowid"
            bounds = (f"advert_fts.rowid {bound}" for bound in _stretch(self.criteria))
            conditions += ["advert_fts MATCH :match", *bounds]
            parameters["match"] = str(found)
        elif found.excluded:
            conditions.append("listing.advert NOT IN (SELECT rowid FROM advert_fts WHERE advert_fts MATCH :excluded)")
            parameters["excluded"] = found.excluded
        elif self.criteria.q or self.criteria.title or self.criteria.employer:
            # Something was typed, but no word of it can be found.
            conditions.append("0")
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return Query(f"FROM {table}{where}", parameters, has_words=bool(found.found))

    def _filters(self) -> tuple[list[str], dict[str, Any]]:
        criteria = self.criteria
        told = {
            "region = :region": self._code("region"),
            "kind = :kind": self._code("kind"),
            "lad = :lad": self._code("lad"),
            "grade = :grade": self._code("grade"),
            "contract = :contract": self._code("contract"),
            "engagement = :engagement": self._code("engagement"),
            "pattern & :pattern": self._code("pattern"),
            "listing.employer = (SELECT rowid FROM employer WHERE id = :employer_id)": criteria.employer_id or None,
            "top_pay >= :pay_from": criteria.pay_from,
            "lowest_pay >= :pay_starts": criteria.pay_starts,
            "lowest_pay <= :pay_to": criteria.pay_to,
            "listed >= :since": _number(criteria.since),
            "listed <= :until": _number(criteria.until),
            "open = :open": {"all": None, "open": 1, "ended": 0}[criteria.status],
            "listing.advert < (SELECT rowid FROM advert WHERE id = :older_than)": criteria.older_than or None,
        }
        conditions = [condition for condition, value in told.items() if value is not None]
        parameters = {condition.partition(":")[2].rstrip(")"): told[condition] for condition in conditions}
        of_order = (_SORTED if self.those == "sorted" else _LEFT_OUT).get(criteria.sort)
        if of_order:
            conditions.append(of_order)
            parameters["today"] = _number(self.today)
        return conditions, parameters

    def _code(self, field: str) -> int | None:
        """The code of what is asked for, if anything is; no advert has the code 0."""
        value = getattr(self.criteria, field)
        return self.codes[field].get(value, 0) if value else None


def _stretch(criteria: Criteria) -> list[str]:
    """Between which rows a search has to look: they stand in order of time, and the search index can skip to one."""
    bounds = {
        ">= (SELECT min(advert) FROM listing WHERE open = 1)": criteria.status == "open",
        ">= (SELECT min(advert) FROM listing WHERE listed >= :since)": criteria.since,
        "<= (SELECT max(advert) FROM listing WHERE listed <= :until)": criteria.until,
        "< (SELECT rowid FROM advert WHERE id = :older_than)": criteria.older_than,
    }
    return [bound for bound, is_asked in bounds.items() if is_asked]


def _number(day: date | None) -> int | None:
    """A day as `listing` has it, 20261126."""
    return int(f"{day:%Y%m%d}") if day else None
