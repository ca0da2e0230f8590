"""The labelled lines in the text of an advert on TalentLink: `Closing date: Monday 06 February 2017 at 5.00pm`.

Each employer writes its own text, but most begin with the same few labels. Only those are looked for: other lines with a
colon in them are sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from jobscraper.text.fold import fold_space

_IN_BODY = {
    "salary": "Salary",
    "salary range": "Salary",
    "salary details": "Salary",
    "rate of pay": "Salary",
    "hours of work": "Hours of work",
    "hours": "Hours",
    "hours per week": "Hours",
    "working hours": "Hours of work",
    "working pattern": "Working pattern",
    "work pattern": "Working pattern",
    "contract type": "Contract type",
    "contract": "Contract type",
    "closing date": "Closing date",
    "closing date for applications": "Closing date",
    "location": "Location",
    "grade": "Grade",
    "start date": "Start date",
    "interview date": "Interview date",
    "fixed term until": "Fixed term until",
}
_OTHERS = "how to apply|phone|email|website|interview dates?|please note"
_LABEL = re.compile(
    rf"(?<![\w-])({'|'.join(sorted(_IN_BODY, key=len, reverse=True))}|{_OTHERS})(?:\s*:|\s+[-–]\s)", re.IGNORECASE
)
_RATE = re.compile(r"[^.]*\bhourly rate\b[^£.]*£\d[\d,]*(?:\.\d+)?[^.]*\.?", re.IGNORECASE)
_LONGEST, _LONGEST_LINE = 300, 2_000


def body_pairs(text: str) -> Iterator[tuple[str, str]]:
    """What the text labels, of the labels that such texts have; several may stand on a line, a value below its label."""
    lines = list(filter(None, map(fold_space, text.splitlines())))
    found = [pair for line, below in zip_longest(lines, lines[1:], fillvalue="") for pair in _on_line(line, below)]
    yield from found
    if all(name != "Salary" for name, _ in found):
        yield from _hourly_rate(lines)


def _on_line(line: str, below: str) -> Iterator[tuple[str, str]]:
    """The labelled values of a line that begins with a label."""
    labels = [label for label in _LABEL.finditer(line) if label.start() == 0 or _is_amid(label, line)]
    if not labels or labels[0].start():
        return
    ends = [*(label.start() for label in labels[1:]), len(line)]
    for label, end in zip(labels, ends, strict=True):
        value = line[label.end() : end].strip(" ;,")
        if not value and end == len(line) and not _LABEL.match(below):
            value = below
        name = _IN_BODY.get(fold_space(label[1]).casefold())
        if name and value and len(value) <= _LONGEST:
            yield name, value


def _hourly_rate(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The first sentence that says an hourly rate."""
    named = (line for line in lines if "hourly rate" in line.casefold() and len(line) <= _LONGEST_LINE)
    rate = next(filter(None, map(_RATE.search, named)), None)
    if rate:
        yield "Salary", rate[0]


def _is_amid(found: re.Match[str], line: str) -> bool:
    """Whether a label in the middle of a line is one: `37 hours - Monday to Friday` and `a contract: ours` have none."""
    is_plain = found[0].endswith(":") and (" " in found[1] or found[1].casefold() == "salary")
    return is_plain and line[found.start() - 1] in " ;,.)"
