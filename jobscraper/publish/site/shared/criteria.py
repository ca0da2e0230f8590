"""What somebody searches for: read from the address of a page, and written into one again."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Literal, get_args
from urllib.parse import urlencode

import attrs

from jobscraper.publish.site.shared.vocabulary import Known
from jobscraper.publish.words import TOO_SHORT, without_short_beginnings

Status = Literal["all", "open", "ended"]
Sort = Literal["relevance", "newest", "closing", "highest", "lowest"]
STATUSES: tuple[Status, ...] = get_args(Status)
SORTS: tuple[Sort, ...] = get_args(Sort)
LAST_PAGE = 500
"""Of twenty adverts each, so that pages and files end at the same one."""

_AMOUNT = re.compile(r"£?\s*(\d[\d,]{0,12})(?:\.\d{1,2})?\s*(k?)", re.IGNORECASE)
# What bookmarks and feeds of old ask for.
_FORMER = {"live": "open"}
_PAGE = re.compile(r"[1-9][0-9]{0,8}")
_HIGHEST_AMOUNT = 10_000_000


@attrs.frozen(kw_only=True)
class Criteria:
    """The words and filters of a search; an empty one asks for every advert, newest first, as nothing is relevant then.

    `q`, `title` and `employer` are words; `employer_id`, `region`, `kind`, `lad`, `contract`, `engagement`, `pattern` and `grade` values of the archive;
    `pay_from`, `pay_starts` and `pay_to` pounds a year, full time: what the pay reaches at least, and starts at, at least and at
    most; `since` and `until` days on which adverts were first seen; `older_than` the id of an advert that was found later.
    """

    q: str = ""
    title: str = ""
    region: str = ""
    kind: str = ""
    employer: str = ""
    employer_id: str = ""
    lad: str = ""
    contract: str = ""
    engagement: str = ""
    pattern: str = ""
    grade: str = ""
    pay_from: int | None = None
    pay_starts: int | None = None
    pay_to: int | None = None
    status: Status = "all"
    since: date | None = None
    until: date | None = None
    older_than: str = ""
    sort: Sort = "relevance"
    page: int = 1

    def address(self, **changes: Any) -> str:
        """The query string of this search, changed; what is as usual is left out, and a change begins at page 1."""
        changed = attrs.evolve(self, **{"page": 1, **changes})
        usual = Criteria()
        told = {name: value for name, value in attrs.asdict(changed).items() if value != getattr(usual, name)}
        return urlencode(told)


@attrs.frozen
class Asked:
    """What was asked, and in words what of it could not be understood and was left out."""

    criteria: Criteria
    doubts: tuple[str, ...] = ()


def asked(arguments: Mapping[str, str], known: Known) -> Asked:
    """Read the arguments of an address.

    :param known: the values that `region`, `kind`, `contract`, `engagement`, `pattern`, `lad` and `grade` may have.
    """
    known_names = attrs.fields_dict(Criteria)
    read = _Reading(arguments, [f"there is no filter “{name}”" for name in arguments if name not in known_names])
    criteria = Criteria(
        q=read.words("q"),
        title=read.words("title"),
        region=read.one_of("region", "region", known["region"]),
        kind=read.one_of("kind", "kind of employer", known["kind"]),
        employer=read.words("employer"),
        employer_id=read.text("employer_id"),
        lad=read.one_of("lad", "district", known["lad"]),
        contract=read.one_of("contract", "kind of contract", known["contract"]),
        engagement=read.one_of("engagement", "engagement", known["engagement"]),
        pattern=read.one_of("pattern", "working pattern", known["pattern"]),
        grade=read.one_of("grade", "grade", known["grade"]),
        pay_from=read.amount("pay_from", "Pay that reaches"),
        pay_starts=read.amount("pay_starts", "Pay that starts at or above"),
        pay_to=read.amount("pay_to", "Pay that starts at or below"),
        status=read.choice("status", STATUSES),  # type: ignore[arg-type]
        since=read.day("since", "First seen from"),
        until=read.day("until", "First seen to"),
        older_than=read.text("older_than"),
        sort=read.choice("sort", SORTS),  # type: ignore[arg-type]
        page=read.page(),
    )
    return Asked(criteria, tuple(read.doubts))


@attrs.frozen
class _Reading:
    """Reads the arguments of an address one by one; what is not understood becomes a doubt."""

    arguments: Mapping[str, str]
    doubts: list[str]

    def text(self, name: str) -> str:
        return self.arguments.get(name, "").strip()

    def words(self, name: str) -> str:
        text, short = without_short_beginnings(" ".join(self.text(name).split())[:500])
        self.doubts.extend(map(TOO_SHORT.format, short))
        return text

    def amount(self, name: str, label: str) -> int | None:
        text = self.text(name)
        found = _AMOUNT.fullmatch(text)
        pounds = int(found[1].replace(",", "")) * (1000 if found[2] else 1) if found else 0
        if text and (not found or pounds > _HIGHEST_AMOUNT):
            self.doubts.append(f"{label} “{text}” is not an amount in pounds a year, such as 40000 or £40,000")
            return None
        return pounds if found else None

    def day(self, name: str, label: str) -> date | None:
        text = self.text(name)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.doubts.append(f"{label} “{text}” is not a date, such as 2026-11-26")
            return None

    def one_of(self, name: str, label: str, values: Collection[str]) -> str:
        text = _FORMER.get(self.text(name), self.text(name))
        if text and text not in values:
            self.doubts.append(f"there is no {label} “{text}”")
            return ""
        return text

    def choice(self, name: str, values: tuple[str, ...]) -> str:
        text = _FORMER.get(self.text(name), self.text(name))
        if text and text not in values:
            self.doubts.append(f"{name} “{text}” is not one of {', '.join(values)}")
        return text if text in values else values[0]

    def page(self) -> int:
        text = self.text("page") or "1"
        if _PAGE.fullmatch(text) and int(text) <= LAST_PAGE:
            return int(text)
        self.doubts.append(f"there is no page “{text}”: pages are numbered from 1 to {LAST_PAGE}")
        return 1
