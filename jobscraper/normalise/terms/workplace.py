"""On site, hybrid or remote: from the wording of a printed location (or of any other line that says so).

In: a string. Out: the workplace and the characters that say it, or None. Either-or wordings (`home or office`) are
hybrid; remote with the option of an office is remote. A place alone says nothing: few print `on site`, it is the rule.
"""

from __future__ import annotations

import re
from typing import Literal

from jobscraper.normalise.result import Evidence

Workplace = Literal["on_site", "hybrid", "remote"]

_HOME = (
    r"(?:home[\s-]*(?:based|working|worker)|work(?:ing)?[\s-]+(?:from|at)[\s-]+home|homework(?:ing|er)|wfh"
    r"|remote(?:ly)?|tele(?:work|commut)\w*)"
)
_OFFICE = r"(?:office|site|on[\s-]?site|field|hub|depot)"
# In the order in which they win.
_RULES: tuple[tuple[Workplace, re.Pattern[str]], ...] = (
    (
        "hybrid",
        re.compile(
            r"\b(?:hybrid(?:ly)?|(?:blended|smart) working|agile (?:working|worker|base)|split between home)\b",
            re.IGNORECASE,
        ),
    ),
    ("remote", re.compile(rf"\b{_HOME}\b[^.;]{{0,20}}\b(?:option|optional)\b", re.IGNORECASE)),
    (
        "hybrid",
        re.compile(
            rf"\bhome\s*(?:/|or|and|&)\s*{_OFFICE}\b|\b{_OFFICE}\s*(?:/|or|and|&)\s*{_HOME[:-1]}|home)\b", re.IGNORECASE
        ),
    ),
    (
        "hybrid",
        re.compile(
            r"\b(?:part(?:ly|ial(?:ly)?)?|some|occasional|flexible|mix of|options? (?:of|for|to)|up to \w+ days?)"
            rf"[\s-]+{_HOME}\b",
            re.IGNORECASE,
        ),
    ),
    ("hybrid", re.compile(rf"\S\s+or\s+{_HOME}\b|\b{_HOME}\s+or\s+(?!equivalent)", re.IGNORECASE)),
    ("remote", re.compile(rf"\b{_HOME}\b|^\s*home\s*(?=$|[,;(/-])|\banywhere in the (?:uk|country)\b", re.IGNORECASE)),
    (
        "on_site",
        re.compile(
            r"\bon[\s-]?site\b|\boffice[\s-]based\b|\bsite[\s-]based\b|\b(?:school|ward|hospital)[\s-]based\b|\bin[\s-]person\b",
            re.IGNORECASE,
        ),
    ),
)
# No wording above is without one of these: most strings are dismissed by them, at a tenth of the cost.
_HINTS = (
    "hybrid",
    "home",
    "remote",
    "wfh",
    "site",
    "based",
    "agile",
    "blended",
    "smart",
    "telework",
    "telecommut",
    "anywhere",
    "person",
)
# Said of the post that it is not.
_NOT = re.compile(r"\b(?:no|not|non|without)\b[\s\w-]{0,24}$", re.IGNORECASE)


def read_workplace(text: str) -> tuple[Workplace, Evidence] | None:
    """Return the workplace that `text` prints, with its evidence, or None where it prints nothing about it.

    >>> read_workplace("Leeds (hybrid working)")[0]
    'hybrid'
    """
    lower = text.lower()
    if not any(hint in lower for hint in _HINTS):
        return None
    for workplace, wording in _RULES:
        match = wording.search(text)
        if match and not _NOT.search(text[: match.start()]):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            return workplace, Evidence(f"workplace: {workplace}", text[start : match.end()], start, match.end())
    return None
