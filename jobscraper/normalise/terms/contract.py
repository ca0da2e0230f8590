"""Contract type, working pattern, hours, weeks, part of a full post, and length: from a board's words to columns.

Boards print one in the field of another (`Contract type: Part Time`, `Working pattern: Casual`, `Term-time only
(Permanent)`), so all the fields are searched for all of them; a value of the field's own column is believed first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

import attrs

from jobscraper.model.columns import by_column
from jobscraper.normalise.result import Evidence, Found, Issue, cover
from jobscraper.normalise.terms.contract_words import Word, find_words
from jobscraper.normalise.terms.quantities import BARE_HOURS, FTE, MONTHS, WEEKS, read_quantity, read_week

T = TypeVar("T")

LONGEST = 1000
"""A longer field is a description that was read wrongly; only its beginning is searched."""
# A permanent post has no term, whatever number of months stands beside it (a probation, a notice).
_WITHOUT_TERM = frozenset({"permanent"})

_TELLS_A_NUMBER = re.compile(
    r"\d|\b(?:eight|nine|ten|twelve|(?:six|eigh|seven|four|fif|thir|nine)teen|twenty|thirty|forty)", re.IGNORECASE
)


@attrs.frozen(kw_only=True)
class Terms:
    """What could be read of the terms of a job."""

    contract_type: Found[str] = attrs.field(factory=Found)
    fixed_term_months: Found[float] = attrs.field(factory=Found)
    working_pattern: Found[str] = attrs.field(factory=Found)
    hours_per_week: Found[float] = attrs.field(factory=Found)
    weeks_per_year: Found[float] = attrs.field(factory=Found)
    fte: Found[float] = attrs.field(factory=Found)


def read_terms(
    contract: str | None, working_pattern: str | None, hours: str | None, labels: Mapping[str, str] | None = None
) -> Terms:
    """Read the terms out of the three fields that print them; `labels` may print others (`model/columns.py` says which)."""
    return _read_terms(_short(contract), _short(working_pattern), _short(hours), by_column(labels or {}))


@lru_cache(maxsize=8192)  # Boards print a few dozen terms thousands of times.
def _read_terms(
    contract: str | None, working_pattern: str | None, hours: str | None, labelled: tuple[tuple[str, str], ...]
) -> Terms:
    kind = _first_found(
        read_contract_type(contract), *(_no_doubts(read_contract_type(t)) for t in (working_pattern, hours))
    )
    pattern = read_working_pattern(working_pattern)
    others = [_no_doubts(read_working_pattern(text)) for text in (contract, hours)]
    fields = [text for text in (hours, working_pattern, contract) if text]
    return Terms(
        contract_type=kind,
        fixed_term_months=_months(
            kind, [contract, *(text for column, text in labelled if column == "fixed_term_months")]
        ),
        working_pattern=_first_found(pattern, *others),
        hours_per_week=_week(hours, fields),
        weeks_per_year=_first_found(*(read_quantity(WEEKS, text) for text in fields)),
        fte=_first_found(*(read_quantity(FTE, text) for text in fields)),
    )


def read_contract_type(text: str | None) -> Found[str]:
    """Read the kind of contract: one word of the list, the first that is printed. Several kinds are a doubt.

    >>> read_contract_type("Fixed termLoanSecondment").value
    'fixed_term'
    """
    words, issues = _words(text, "contract_type")
    if not text or not words:
        return Found(issues=issues)
    values = list(dict.fromkeys(word.value for word in words))
    if len(values) > 1:
        said = f"printed beside {values[0]}: {', '.join(values[1:])}"
        issues = (*issues, Issue("contract_type_several", said, "contract_type"))
    return Found(
        values[0],
        Evidence("contract_type:list", text[words[0].start : words[0].end], words[0].start, words[0].end),
        issues,
    )


def read_working_pattern(text: str | None) -> Found[str]:
    """Read the working patterns: words of the list in printed order, joined by a comma.

    >>> read_working_pattern("FULL_TIME, PART_TIME").value
    'full_time, part_time'
    """
    words, issues = _words(text, "working_pattern")
    if not text or not words:
        return Found(issues=issues)
    values = dict.fromkeys(word.value for word in words)
    return Found(
        ", ".join(values), cover("working_pattern:list", text, [(word.start, word.end) for word in words]), issues
    )


def read_hours(text: str | None) -> Found[float]:
    """Read the hours a week out of a field that is labelled so: a number alone is hours.

    >>> read_hours("37.5 hours per week").value, read_hours("18.5").value
    (37.5, 18.5)
    """
    if not text:
        return Found()
    found = read_quantity(BARE_HOURS, text.strip(), whole=True)
    if not _settled(found):
        found = read_week(text)
    if _settled(found):
        return found
    return Found(
        issues=(Issue("hours_unreadable", f"no hours a week that we can read: {text[:100]!r}", "hours_per_week"),)
    )


def _week(hours: str | None, fields: Iterable[str]) -> Found[float]:
    """The hours, which may stand in another field.

    A field of hours that prints no number, and in words a pattern or a kind of contract, is no doubt: it was asked for
    hours and tells something else, which is read where it belongs.
    """
    own = read_hours(hours)
    if own.value is not None:
        return own
    other = _first_found(*(read_week(text) for text in fields if text != hours))
    if _settled(other):
        return other
    if hours and all(issue.kind == "hours_unreadable" for issue in own.issues):
        words, unknown = find_words(hours)
        if (words and (not unknown or not _TELLS_A_NUMBER.search(hours))) or read_quantity(FTE, hours).value:
            return Found()
    return own


def _months(kind: Found[str], texts: Iterable[str | None]) -> Found[float]:
    if kind.value in _WITHOUT_TERM:
        return Found()
    return _first_found(*(read_quantity(MONTHS, text) for text in texts if text))


def _words(text: str | None, column: str) -> tuple[list[Word], tuple[Issue, ...]]:
    if not text:
        return [], ()
    words, unknown = find_words(text)
    issues = tuple(Issue(f"{column}_unknown", f"a word that is in no list: {run[:100]!r}", column) for run in unknown)
    return [word for word in words if word.column == column], issues


def _first_found(*founds: Found[T]) -> Found[T]:
    """The first that has a value; without one, all the doubts."""
    doubts = tuple(dict.fromkeys(issue for found in founds for issue in found.issues))
    for found in founds:
        if found.value is not None:
            return found
    return Found(issues=doubts)


def _no_doubts(found: Found[T]) -> Found[T]:
    """What another field's own reading has said already."""
    return Found(found.value, found.evidence)


def _settled(found: Found[Any]) -> bool:
    return found.value is not None or bool(found.issues)


def _short(text: str | None) -> str | None:
    return text[:LONGEST] if text else None
