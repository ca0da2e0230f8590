"""Labels that boards print before a value (`Salary: …`), matched by meaning and not by one spelling.

LocalGov.co.uk prints `Recuriter:` before every employer; other boards print `Salery`, `Job location`, `Cyflog`. A reader
that knows one spelling loses the field in silence when somebody mends the typo.
"""

from __future__ import annotations

import re
from functools import lru_cache

import attrs
from rapidfuzz.distance import OSA

from jobscraper.text.fold import fold_name

# Field of RawAdvert → how boards label it. Welsh ones are those of bilingual council boards.
LABELS: dict[str, tuple[str, ...]] = {
    "title": ("job title", "title", "post title", "position", "post", "vacancy", "role", "teitl y swydd"),
    "employer": (
        "employer",
        "recruiter",
        "advertiser",
        "organisation",
        "organization",
        "hiring organisation",
        "employer name",
        "company",
        "cyflogwr",
    ),
    "salary": (
        "salary",
        "pay",
        "wage",
        "salary range",
        "salary information",
        "pay range",
        "rate of pay",
        "remuneration",
        "salary details",
        "grade and salary",
        "salary and grade",
        "grade and pay",
        "pay and grade",
        "grade salary",
        "grade pay",
        "pay scale",
        "salary scale",
        "salary band",
        "starting salary",
        "starting pay",
        "actual salary",
        "actual pay",
        "annual salary",
        "basic salary",
        "advertised salary",
        "salary offered",
        "salary fte",
        "fte salary",
        "full time salary",
        "full time equivalent salary",
        "salary per annum",
        "hourly rate",
        "hourly pay",
        "cyflog",
        "cyflog cychwynnol",
        "cyflog gwirioneddol",
        "ystod cyflog",
        "graddfa gyflog",
        "graddfa a chyflog",
        "cyflog a graddfa",
    ),
    "location": ("location", "job location", "place of work", "work location", "town", "based at", "lleoliad"),
    "grade": ("grade", "salary grade", "pay grade", "band", "graddfa"),
    "closes": (
        "closing date",
        "closes",
        "closing date and time",
        "closing date time",
        "apply by",
        "application deadline",
        "deadline",
        "application closing",
        "application closing date",
        "closing date for applications",
        "applications close",
        "dyddiad cau",
    ),
    "posted": (
        "date posted",
        "posted",
        "posting date",
        "posted on",
        "date advertised",
        "date published",
        "date listed",
        "published",
    ),
    "contract": ("contract type", "contract", "job type", "employment type", "math o gontract"),
    "working_pattern": ("working pattern", "work pattern", "hours of work"),
    "hours": (
        "hours",
        "hours per week",
        "weekly hours",
        "working hours",
        "contracted hours",
        "contractual hours",
        "oriau",
    ),
    "reference": (
        "reference",
        "job reference",
        "job ref",
        "vacancy reference",
        "vacancy ref",
        "vacancy id",
        "vacancy number",
        "reference number",
        "job number",
        "post number",
        "requisition number",
        "job id",
        "cyfeirnod",
    ),
    "description": ("description", "job description", "about the role"),
    "department": (
        "department",
        "directorate",
        "service",
        "division",
        "faculty",
        "school department",
        "department school",
        "business unit",
    ),
}
_FIELD_OF = {spelling: field for field, spellings in LABELS.items() for spelling in spellings}
# One slip of the pen away from a label, but words of their own.
_NOT_LABELS = frozenset({"employee", "employees", "employed", "contact", "contacts", "contacted"})
_LONGEST_LABEL = 100
"""With white space in it."""
_LABELLED = re.compile(r"\s*([^\W\d_][\w /'’-]{1,40}?)\s*[:：]\s*")


@attrs.frozen
class Labelled:
    """`Recuriter: Powys` is the field `employer` with the value `Powys`, which starts at `value_start`."""

    field: str
    value: str
    value_start: int


def _slips_allowed(label: str) -> int:
    if len(label) < 5:
        return 0
    return 1 if len(label) < 8 else 2


@lru_cache(maxsize=4096)
def field_of_label(label: str) -> str | None:
    """Return the field of `RawAdvert` that a printed label means, or None.

    A label of five letters may have one slip (a letter lost, added, changed, or swapped with the next), one of eight two,
    but never in its first letter: `Vision:` is not a `Division:`.

    >>> field_of_label("Recuriter"), field_of_label("Salery"), field_of_label("Colour")
    ('employer', 'salary', None)
    """
    folded = fold_name(label)
    if folded in _FIELD_OF:
        return _FIELD_OF[folded]
    if folded in _NOT_LABELS or any(map(str.isdigit, folded)):  # `Salary Band 9` is a value.
        return None
    alike = [spelling for spelling in _FIELD_OF if spelling[0] == folded[:1]]
    slips, nearest = min(((OSA.distance(folded, spelling), spelling) for spelling in alike), default=(99, ""))
    return _FIELD_OF[nearest] if slips <= _slips_allowed(nearest) else None


_MONEY = re.compile(r"[£€]\s?\d|\d[\d,.]*\s?(?:p\.?a\.?|per (?:annum|hour|year))\b", re.IGNORECASE)
# What the label says of an amount that the amount does not say by itself.
_TELLS_OF_AMOUNT = re.compile(
    r"\b(?:actual|pro.?rata|hourly|daily|fte|full.?time|starting|gwirioneddol|cychwynnol)\b", re.IGNORECASE
)


def pay_of(labelled: Labelled, line: str) -> str | None:
    """The pay that a labelled line prints, or None: also one that is labelled as a grade and holds money (`Salary/Grade: £…`,
    `Grade: 5 (£26,707 - £31,236)`). With its label, where that tells what the amount is.

    >>> pay_of(split_label("Actual salary: £15,000"), "Actual salary: £15,000")
    'Actual salary: £15,000'
    """
    if labelled.field == "grade":
        return labelled.value if _MONEY.search(labelled.value) else None
    if labelled.field != "salary":
        return None
    label = line[: labelled.value_start]
    return line.strip() if _TELLS_OF_AMOUNT.search(label) else labelled.value


def split_label(line: str) -> Labelled | None:
    """Return the field and value of a line that begins with a label and a colon, or None.

    >>> split_label("Recuriter: Powys County Council")
    Labelled(field='employer', value='Powys County Council', value_start=11)
    """
    match = _LABELLED.match(line) if ":" in line or "：" in line else None
    field = field_of_label(match[1]) if match else None
    if match is None or field is None:
        return None
    return Labelled(field, line[match.end() :].rstrip(), match.end())


def is_bare_label(text: str) -> bool:
    """True for a label with nothing after it: `Location`, `Job Title`, `Salary:`, `What will you be doing?`."""
    if len(text) > _LONGEST_LABEL:
        return False
    folded = fold_name(text)
    return folded in _FIELD_OF or folded in _HEADINGS or (field_of_label(text.strip(" :")) is not None)


# Headings of an advert's sections, which a board that strips tags leaves at the end of its blurbs.
_HEADINGS = frozenset(
    {
        "what will you be doing",
        "about us",
        "about you",
        "about the role",
        "about the job",
        "the role",
        "who we are",
        "who are you",
        "what you will do",
        "why join us",
        "overview",
        "introduction",
        "job summary",
        "job purpose",
        "key responsibilities",
        "responsibilities",
        "benefits",
    }
)
