"""Contract type, working pattern and hours: from a board's words to controlled lists (those of the data dictionary)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jobscraper.normalise.result import Evidence, Found, Issue
from jobscraper.text.fold import fold_name

# Column value → the words boards use for it; schema.org's employmentType among them.
CONTRACT_TYPES: Mapping[str, tuple[str, ...]] = {
    "permanent": ("permanent", "parhaol", "open ended", "substantive"),
    "fixed_term": ("fixed term", "fixed term contract", "ftc", "maternity cover", "temporary"),
    "casual": ("casual", "zero hours", "relief", "sessional", "per diem"),
    "secondment": ("secondment",),
    "apprenticeship": ("apprenticeship", "apprentice"),
    "bank": ("bank",),
    "volunteer": ("volunteer", "voluntary"),
    "intern": ("intern", "internship"),
}
WORKING_PATTERNS: Mapping[str, tuple[str, ...]] = {
    "full_time": ("full time", "llawn amser", "amser llawn"),
    "part_time": ("part time", "rhan amser"),
    "term_time": ("term time", "term time only", "tto"),
    "job_share": ("job share",),
    "flexible": ("flexible", "flexible working"),
    "compressed": ("compressed hours",),
    "annualised": ("annualised hours",),
    "shift": ("shift", "shifts", "rota"),
    "other": ("other",),
}
_HOURS = re.compile(r"\d{1,2}(?:\.\d{1,2})?")
_BETWEEN = re.compile(r"\s*(?:,|;|/|\||\band\b|\bor\b)\s*", re.IGNORECASE)


def read_contract_type(text: str | None) -> Found[str]:
    """Read the kind of contract: one word of the list, the first that is printed."""
    return _first(_read_list(text, CONTRACT_TYPES, "contract_type"))


def read_working_pattern(text: str | None) -> Found[str]:
    """Read the working patterns: words of the list in printed order, joined by a comma.

    >>> read_working_pattern("FULL_TIME, PART_TIME").value
    'full_time, part_time'
    """
    return _read_list(text, WORKING_PATTERNS, "working_pattern")


def read_hours(text: str | None) -> Found[float]:
    """Read the hours a week, where exactly one number is printed."""
    if not text:
        return Found()
    numbers = list(_HOURS.finditer(text))
    if len(numbers) != 1:
        return Found(issues=(Issue("hours_unreadable", f"not one number of hours: {text[:100]!r}", "hours_per_week"),))
    start, end = numbers[0].span()
    return Found(float(numbers[0][0]), Evidence("hours:number", text[start:end], start, end))


def _read_list(text: str | None, words: Mapping[str, tuple[str, ...]], field: str) -> Found[str]:
    if not text:
        return Found()
    meaning = {spelling: value for value, spellings in words.items() for spelling in spellings}
    parts = [part for part in _BETWEEN.split(text.replace("_", " ")) if part]
    values = [meaning.get(fold_name(part)) for part in parts]
    unknown = [part for part, value in zip(parts, values, strict=True) if value is None]
    issues = tuple(Issue(f"{field}_unknown", f"a word that is in no list: {part[:100]!r}", field) for part in unknown)
    known = list(dict.fromkeys(value for value in values if value))
    if not known:
        return Found(issues=issues)
    return Found(", ".join(known), Evidence(f"{field}:list", text, 0, len(text)), issues)


def _first(found: Found[str]) -> Found[str]:
    return Found(found.value.split(", ")[0], found.evidence, found.issues) if found.value else found
