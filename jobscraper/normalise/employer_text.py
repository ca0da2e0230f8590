"""What may be the body's name in a printed employer, the whole string first, then ever less of it.

In: a printed employer. Out: candidates with the characters they were read from. Boards print labels (`Recuriter:`),
codes (`(279)`), page titles (`Bradford Council Jobs`), divisions (`Nottingham City Council (Housing Services)`),
acronyms (`NICE – The National Institute…`), trading names and agencies (`… via Reed`) around the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from jobscraper.text.fold import fold_space
from jobscraper.text.labels import split_label


@attrs.frozen
class Candidate:
    """`name` is what to look up; it was read from `printed[start:end]`, which may hold brackets that it leaves out."""

    name: str
    start: int
    end: int
    rule: str


_MARKS = " \t\n\r\u00a0,;:|.-–—*•"
# A code at the end: `(279)`, `[RVV]`, `- REF 12345`, `#4471`. Letters alone are only a code in square brackets.
_CODE = re.compile(
    r"\s*(?:\((?=[^()]*\d)[\w /.-]{1,16}\)|\[[\w /.-]{1,16}\]|[-–#]\s*(?:ref:?\s*)?[A-Z]{0,4}\d{3,}[\w/-]{0,12})$",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:\s*[-–|]\s*|\s+)(?:(?:(?:current|direct|latest|external|internal|all|our)\s+)?vacancies|vacancy|job opportunities|jobs|careers|recruitment team"
    r"|human resources|hr department|hr|website|external|internal)$",
    re.IGNORECASE,
)
# A nation in brackets is part of the name: `Department of Health (Northern Ireland)`.
_BRACKETS = re.compile(r"\s*[(\[](?!(?:NI|Northern Ireland|Scotland|Wales|Cymru)[)\]])[^()\[\]]*[)\]]?")
# A name by which a body is called: `Shropshire Doctors Co-operative Limited ‘Shropdoc’`.
_QUOTED = re.compile(r"\s+[‘“\"][^‘’“”\"]{2,40}[’”\"]$")
# An acronym before or after the name that it stands for: `NELFT North East London Foundation Trust`.
_ACRONYM = re.compile(
    r"^(?!NHS |HM |UK |BT )[A-Z]{3,9}\s+(?=[A-Z][a-z])|(?<=[a-z])\s+(?!NHS|UK|CIC|PLC|LLP)[A-Z]{3,9}$"
)
_TRADING = re.compile(r"\s+(?:t/as?|trading as|operating as|formerly(?: known as)?|previously)\s+", re.IGNORECASE)
_AGENT = re.compile(
    r"[\s,(-]+(?:via|c/o|through|recruiting partner|advertised by|posted by|managed by)\s+", re.IGNORECASE
)
_BEHALF = re.compile(r"\b(?:on behalf of|working on behalf of|recruiting for|hosted by)\s+", re.IGNORECASE)
_DASH = re.compile(r"\s+[-–—|/]\s+|\s*[|;:]\s+|\s+[-–—]|[-–—]\s+")
_COMMA = re.compile(r",\s+")
# Teams of a body whose name stands before them with nothing between: `Leeds City Council Recruitment`.
_TEAM = re.compile(r"\s+(?:recruitment(?: team| centre)?|schools|staff bank|bank|resourcing|services)$", re.IGNORECASE)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS and not text[:end].endswith(("Ltd.", "St.")):
        end -= 1
    return start, end


def without_label(text: str) -> tuple[int, int]:
    """Return the span of a printed employer without the label before it, if that label means an employer."""
    start = 0
    while ":" in text[start:] and (labelled := split_label(text[start:])) and labelled.field == "employer":
        start += labelled.value_start
    return _trimmed(text, start, len(text))


def _cut(text: str, start: int, end: int, *patterns: re.Pattern[str]) -> int:
    """Return the end that is left when all that `patterns` match at the end has gone."""
    again = True
    while again:
        again = False
        for pattern in patterns:
            match = pattern.search(text[start:end])
            if match and match.start() > 1:
                end = _trimmed(text, start, start + match.start())[1]
                again = True
    return end


def candidates(text: str) -> Iterator[Candidate]:
    """Yield what the body's name may be, the likeliest first. The same characters may come more than once."""
    start, end = without_label(text)
    yield Candidate(fold_space(text[start:end]), start, end, "whole")
    if behalf := _BEHALF.search(text, start, end):
        yield from _shorter(text, behalf.end(), end, "on behalf of")
    if agent := _AGENT.search(text, start, end):
        end = _trimmed(text, start, agent.start())[1]
    yield from _shorter(text, start, end, "name")


def _shorter(text: str, start: int, end: int, rule: str) -> Iterator[Candidate]:
    start, end = _trimmed(text, start, end)
    yield Candidate(fold_space(text[start:end]), start, end, rule)
    end = _cut(text, start, end, _CODE, _PAGE, _QUOTED)
    yield Candidate(fold_space(text[start:end]), start, end, rule)
    yield Candidate(
        fold_space(_BRACKETS.sub(" ", text[start:end])).replace(" ,", ","), start, end, f"{rule} without brackets"
    )
    if acronym := _ACRONYM.search(text[start:end]):
        inner = (start + acronym.end(), end) if acronym.start() == 0 else (start, start + acronym.start())
        yield Candidate(_bare(text, *inner), *inner, f"{rule} without acronym")
    if team := _TEAM.search(text[start:end]):
        yield Candidate(_bare(text, start, start + team.start()), start, start + team.start(), "before team")
    for pattern, what in ((_TRADING, "trading name"), (_DASH, "division"), (_COMMA, "comma")):
        for match in list(pattern.finditer(text, start, end))[:3]:
            head_start, head_end = _trimmed(text, start, match.start())
            tail_start, tail_end = _trimmed(text, match.end(), end)
            yield Candidate(_bare(text, head_start, head_end), head_start, head_end, f"before {what}")
            yield Candidate(_bare(text, tail_start, tail_end), tail_start, tail_end, f"after {what}")


def _bare(text: str, start: int, end: int) -> str:
    return fold_space(_BRACKETS.sub(" ", text[start:end]))


# The trust of one school bears its name; a charity's branch in a nation that of the charity (`Barnardo's Scotland`).
_BRANCH = re.compile(
    r"(?<=school)\s+academy trust$|(?<=['’]s)\s+(?:Northern Ireland|NI|Scotland|Wales|Cymru)$", re.IGNORECASE
)


def unresolved_name(text: str) -> Candidate:
    """Return the best name of a body that no register knows: without label, code, page title, brackets and division.

    A division is only cut off where the rest does not read as a body itself (`St Anne's - Catholic Academy` stays whole).
    """
    start, end = without_label(text)
    if agent := _AGENT.search(text, start, end):
        end = _trimmed(text, start, agent.start())[1]
    end = _cut(text, start, end, _CODE, _PAGE, _QUOTED)
    for pattern in (_TRADING, _DASH):
        match = pattern.search(text, start, end)
        if match and match.start() - start > 3 and not _BODY.search(text, match.end(), end):
            end = _trimmed(text, start, match.start())[1]
    end = _cut(text, start, end, _BRANCH)
    return Candidate(_bare(text, start, end) or fold_space(text[start:end]), start, end, "unresolved")


# Words that make the part after a dash a body of its own.
_BODY = re.compile(
    r"\b(?:school|academy|college|council|trust|university|association|church|charity|hospice|ysgol)\b", re.IGNORECASE
)
