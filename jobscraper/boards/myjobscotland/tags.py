"""The tags of a myjobscotland card, told apart by what they say: position type, contract type, pay, closing date.

They are printed in that order and without a label, but each may be missing, so that their number says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from jobscraper.text.fold import fold_space

# "Closing soon" is no date.
_CLOSING = re.compile(r"clos(?:ing|es)\b(?=.*(?:\d|\bon\b|\bdate\b))(?: date)?(?: on)?\s*:?\s*(.*)", re.IGNORECASE)
_PAY = re.compile(
    r"£|\b\d{1,3},\d{3}\b|\b\d+\.\d\d\b|\b(?:salary|pay|wage|rate|grade|scale|scp|point|competitive|negotiable|unpaid"
    r"|honorarium|per|pro rata|tbc)\b",
    re.IGNORECASE,
)
_PATTERN = re.compile(
    r"\b(?:full|part|term[ -]time|flexi\w*|job share|shifts?|nights?|hours|annuali[sz]ed|compressed)\b", re.IGNORECASE
)
_CONTRACT = re.compile(
    r"\b(?:permanent|temporary|fixed|contract|casual|relief|supply|secondment|sessional|seasonal|apprentice\w*|graduate"
    r"|trainee|volunteer\w*|internship|placement|bank)\b",
    re.IGNORECASE,
)


@attrs.frozen
class Tags:
    """The tags of a card, by what they say."""

    closes: str | None = None
    salary: str | None = None
    working_pattern: str | None = None
    contract: str | None = None
    unknown: tuple[str, ...] = ()


def sort_tags(tags: Sequence[str]) -> Tags:
    r"""Tell the tags of a card apart.

    Those of closing and of pay are told first. Of two that are left, the first is the position type and the second the
    contract type, whatever they say (`Supply/Casual/Relief` may be both), unless they say that it is the other way round.

    >>> sort_tags(["Part Time", "£20.90 - £21.68", "Closing on\n\t15/10/2026"])
    Tags(closes='15/10/2026', salary='£20.90 - £21.68', working_pattern='Part Time', contract=None, unknown=())
    """
    found = [fold_space(tag) for tag in tags if fold_space(tag)]
    closing = next((tag for tag in found if _CLOSING.match(tag)), None)
    rest = [tag for tag in found if tag != closing]
    pays = [tag for tag in rest if "£" in tag] or [tag for tag in rest if _is_pay(tag)]
    pattern, contract, unknown = _terms([tag for tag in rest if tag not in pays])
    closes = _CLOSING.match(closing) if closing else None
    return Tags(closes[1] if closes else None, pays[0] if pays else None, pattern, contract, (*pays[1:], *unknown))


def _is_pay(tag: str) -> bool:
    return bool(_PAY.search(tag)) and not (_PATTERN.search(tag) or _CONTRACT.search(tag))


def _terms(terms: Sequence[str]) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Position type, contract type, and what is neither."""
    if len(terms) == 2:
        kinds = (_kind(terms[0]), _kind(terms[1]))
        if kinds == ("contract", "pattern"):
            return terms[1], terms[0], ()
        if kinds not in {("contract", ""), ("", "pattern")}:
            return terms[0], terms[1], ()
    pattern = next((term for term in terms if _PATTERN.search(term)), None)
    contract = next((term for term in terms if term != pattern and _CONTRACT.search(term)), None)
    return pattern, contract, tuple(dict.fromkeys(term for term in terms if term not in (pattern, contract)))


def _kind(tag: str) -> str:
    """`pattern` or `contract` where a tag says only one of them, `both`, or nothing."""
    pattern, contract = bool(_PATTERN.search(tag)), bool(_CONTRACT.search(tag))
    return "both" if pattern and contract else "pattern" if pattern else "contract" if contract else ""
