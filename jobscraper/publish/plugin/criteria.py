"""What somebody searches for: read from the address of a page, and written into one again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, get_args
from urllib.parse import urlencode

import attrs

Status = Literal["all", "live", "ended"]
Sort = Literal["relevance", "newest", "closing", "highest", "lowest"]
STATUSES: tuple[Status, ...] = get_args(Status)
SORTS: tuple[Sort, ...] = get_args(Sort)
LAST_PAGE = 500

_AMOUNT = re.compile(r"£?\s*(\d[\d,]{0,12})(?:\.\d{1,2})?\s*(k?)", re.IGNORECASE)
_PAGE = re.compile(r"[1-9][0-9]{0,8}")
_HIGHEST_AMOUNT = 10_000_000


@attrs.frozen(kw_only=True)
class Criteria:
    """The words and filters of a search; an empty one asks for every advert, newest first, as nothing is relevant then.

    `q` and `employer` are words; `employer_id`, `region`, `kind`, `lad`, `contract`, `engagement` and `pattern` values of the archive;
    `pay_from` and `pay_to` pounds a year, full time; `since` and `until` days on which adverts were first seen.
    """

    q: str = ""
    region: str = ""
    kind: str = ""
    employer: str = ""
    employer_id: str = ""
    lad: str = ""
    contract: str = ""
    engagement: str = ""
    pattern: str = ""
    pay_from: int | None = None
    pay_to: int | None = None
    status: Status = "all"
    since: date | None = None
    until: date | None = None
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


def asked(arguments: Mapping[str, str], codes: Mapping[str, Mapping[str, int]]) -> Asked:
    """Read the arguments of an address.

    :param codes: the values that there are of `region`, `kind`, `contract`, `engagement`, `pattern` and `lad`.
    """
    known_names = attrs.fields_dict(Criteria)
    doubts = [f"there is no filter “{name}”" for name in arguments if name not in known_names]

    def amount(name: str, label: str) -> int | None:
        text = arguments.get(name, "").strip()
        found = _AMOUNT.fullmatch(text)
        pounds = int(found[1].replace(",", "")) * (1000 if found[2] else 1) if found else 0
        if text and (not found or pounds > _HIGHEST_AMOUNT):
            doubts.append(f"{label} “{text}” is no amount of pounds a year, such as 40000 or £40,000")
            return None
        return pounds if found else None

    def day(name: str, label: str) -> date | None:
        text = arguments.get(name, "").strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            doubts.append(f"{label} “{text}” is no date, such as 2026-11-26")
            return None

    def one_of(name: str, label: str, known: Mapping[str, int]) -> str:
        text = arguments.get(name, "").strip()
        if text and text not in known:
            doubts.append(f"there are no adverts with the {label} “{text}”")
            return ""
        return text

    def choice(name: str, known: tuple[str, ...]) -> str:
        text = arguments.get(name, "").strip()
        if text and text not in known:
            doubts.append(f"{name} “{text}” is none of {', '.join(known)}")
        return text if text in known else known[0]

    page = arguments.get("page", "1")
    criteria = Criteria(
        q=_folded(arguments.get("q", "")),
        region=one_of("region", "region", codes["region"]),
        kind=one_of("kind", "kind of employer", codes["kind"]),
        employer=_folded(arguments.get("employer", "")),
        employer_id=arguments.get("employer_id", "").strip(),
        lad=one_of("lad", "district", codes["lad"]),
        contract=one_of("contract", "kind of contract", codes["contract"]),
        engagement=one_of("engagement", "engagement", codes["engagement"]),
        pattern=one_of("pattern", "working pattern", codes["pattern"]),
        pay_from=amount("pay_from", "Pay from"),
        pay_to=amount("pay_to", "Pay to"),
        status=choice("status", STATUSES),  # type: ignore[arg-type]
        since=day("since", "First seen from"),
        until=day("until", "First seen to"),
        sort=choice("sort", SORTS),  # type: ignore[arg-type]
        page=min(int(page), LAST_PAGE) if _PAGE.fullmatch(page) else 1,
    )
    return Asked(criteria, tuple(doubts))


def _folded(text: str) -> str:
    return " ".join(text.split())[:500]
