"""The words that say as what somebody is engaged, by where they are printed. Adding a way of saying it is adding a line.

Patterns are matched in small letters. Each has an example in `tests/normalise/terms/test_engagement.py`. Sources: the titles,
pay and contract fields of the boards; Welsh as the bilingual boards print it; IR35 is the tax rule by which an
agency's or a company's worker counts as employed (inside) or not (outside).
"""

from __future__ import annotations

import re
from typing import Literal

Engagement = Literal["employee", "agency", "contractor", "retained", "apprentice", "volunteer"]

# Whoever teaches apprentices is an employee (`Apprentice Tutor`); `Apprentice Administrator` is an apprentice.
_TEACHERS = r"""(?:co-?ordinator|manager|lead|tutor|assessor|trainer|mentor|coach|adviser|advisor|programme|program|levy|
    engagement|delivery|skills\scoach|success|recruitment\s(?:manager|lead|adviser|partner|officer))"""
# Whoever leads volunteers is an employee: `Volunteer Coordinator`.
_LEADERS = r"""(?:co-?ordinat\w+|manag\w+|lead\w*|officer|adviser|advisor|tutor|assessor|trainer|mentor|coach|recruit\w*|
    engagement|development|services|involvement|experience|programme|program|centre|team|support\sofficer|administrator|
    skills|levy|delivery|partner\w*|business|compliance|quality|coordinating|supervisor|academy|scheme|projects?|hub)"""
# `Voluntary Aided School`, `voluntary living wage`: said of a body, a wage or a scheme, not of the post.
_NO_POST = r"(?!\s(?:aided|controlled|sector|organi[sz]ations?|schools?|living|redundancy|community))"
_FIREFIGHTER = r"(?:fire ?fighters?|firefighting|(?:crew|watch) (?:manager|commander)s?|diffodd\w+ t[âa]n)"
_ON_CALL = r"(?:on[- ]?call|retained|\brds\b|ar[- ]alwad|wrth gefn)"

TITLE: tuple[tuple[Engagement, re.Pattern[str]], ...] = tuple(
    (engagement, re.compile(pattern, re.VERBOSE))  # type: ignore[misc]  # the first of each pair is one of the values
    for engagement, pattern in (
        (
            "retained",
            rf"{_ON_CALL}[^|]*?\b{_FIREFIGHTER}|{_FIREFIGHTER}[^|]*?{_ON_CALL}".replace(" ", r"\s"),
        ),
        (
            "apprentice",
            rf"(?<!of\s)(?<!in\s)\bapprentices?\b(?![\s-]+{_TEACHERS}\b)"
            r"|(?<!including\s)(?<!of\s)(?<!in\s)\bapprenticeships?\b(?!\s*\w)"
            r"|\bapprenticeships?\b(?=\s+(?:in|at|level|opportunity|position|post|role|programme$))"
            r"|\bprentis(?:iaid|iaeth)?\b",
        ),
        (
            "volunteer",
            rf"(?<!of\s)(?<!with\s)\bvolunteers?\b(?![\s-]+(?:and\s)?{_LEADERS}\b)(?!ing)|\((?:voluntary|unpaid)\)|[-–]\s*(?:voluntary|unpaid)\s*$"
            r"|\bvoluntary\s(?:\w+\s)?(?:drivers?|helpers?|members?|role|post|position|trustees?)\b"
            r"|\bspecial\sconstables?\b|\bcommunity\sfirst\sresponders?\b|\bgwirfoddolw(?:r|yr)\b",
        ),
    )
)
# `Wholetime and on-call firefighters` offers both.
NOT_RETAINED = re.compile(r"\bwhole ?time\b|\brecruitment\b|\bliaison\b|\bsupport officer\b")
FIREFIGHTER = re.compile(_FIREFIGHTER)
ON_CALL = re.compile(_ON_CALL)
LOCUM = re.compile(r"\blocums?\b")
BANK = re.compile(r"\bbank\b")
INTERIM = re.compile(r"\binterim\b|\bdros dro\b")

SALARY: tuple[tuple[Engagement, re.Pattern[str]], ...] = (
    ("contractor", re.compile(r"\boutside (?:of )?ir ?35\b|\bself[- ]employed\b|\bfreelance\b")),
    (
        "agency",
        re.compile(
            r"\bumbrella\b|\bpaye\b|\b(?:inside|in scope of|within) (?:of )?ir ?35\b|\bltd(?: company)? rate\b"
            r"|\bagency (?:rate|worker)s?\b|\blimited company\b"
        ),
    ),
    (
        "apprentice",
        re.compile(
            r"\b(?:national )?apprentice(?:ship)?(?: minimum)? (?:rate|wage|salary|pay)s?\b|\bcyfradd prentis\w*"
            r"|\bapprentice national minimum wage\b"
        ),
    ),
    (
        "volunteer",
        re.compile(rf"^\W*(?:unpaid|voluntary|volunteer|gwirfoddol)\b{_NO_POST}|\bexpenses only\b"),
    ),
)
RETAINER = re.compile(r"\bretain(?:er|ing)(?: fee| payment)?\b|\bretained\b|\bt[âa]l cadw\b")

# What boards print in the field of the contract, that the list of contract types calls by one name.
CONTRACT: tuple[tuple[Engagement, re.Pattern[str]], ...] = (
    ("agency", re.compile(r"(?<!multi[ -])(?<!inter[ -])(?<!no )\bagency\b|\basiantaeth\b")),
    ("contractor", re.compile(r"\bcontractors?\b|\bfreelance\b|\bself employed\b|\bself-employed\b|\bconsultancy\b")),
    ("retained", re.compile(r"\bretained\b(?= duty| fire|$)")),
    ("apprentice", re.compile(r"\bapprentice(?:ship)?s?\b|\bprentis\w*")),
    ("volunteer", re.compile(rf"\bvolunteers?\b|\bvoluntary\b{_NO_POST}|\bgwirfoddol\b")),
)
# Labels of boards for the same, and for the tax rule.
LABELS = frozenset(
    {"employment type", "contract type", "job type", "type of contract", "engagement", "assignment type"}
)
IR35_LABEL = re.compile(r"\bir ?35\b")
IR35: tuple[tuple[Engagement, re.Pattern[str]], ...] = (
    ("contractor", re.compile(r"\boutside\b")),
    ("agency", re.compile(r"\binside\b")),
)
# Kinds of contract that only an employee has.
EMPLOYED = frozenset({"permanent", "fixed_term", "secondment"})

# One of these is in all that TEXT matches.
OF_TEXT: dict[Engagement, tuple[str, ...]] = {
    "contractor": ("outside",),
    "agency": ("inside", "umbrella"),
    "apprentice": ("apprentice",),
    "volunteer": ("volunt", "unpaid"),
}
_POST = r"(?:role|post|position|opportunity|vacancy|assignment|contract|job)"
TEXT: tuple[tuple[Engagement, re.Pattern[str]], ...] = (
    ("contractor", re.compile(r"\boutside (?:of )?ir ?35\b")),
    (
        "agency",
        re.compile(
            r"\binside (?:of )?ir ?35\b|\bper (?:hour|day)(?: \w+)? umbrella\b|£[\d.,]+(?: ?(?:ph|pd|p/h|p/d))? ?\(?umbrella\b"
            r"|\bumbrella (?:rate|company only|only)\b|\bpaye ?(?:/|or) ?umbrella\b|\bvia (?:an )?umbrella\b"
        ),
    ),
    (
        "apprentice",
        re.compile(
            rf"\bthis is an? (?:\w+ ){{0,4}}apprentice(?:ship)?\b(?: {_POST})?|\bthis apprenticeship (?:is|will|{_POST})\b"
        ),
    ),
    (
        "volunteer",
        re.compile(
            rf"\bthis is an? (?:voluntary|unpaid|volunteer|volunteering) {_POST}\b|\bthis {_POST} is (?:voluntary|unpaid)\b"
        ),
    ),
)
