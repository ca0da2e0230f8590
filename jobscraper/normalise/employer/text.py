"""What may be the body's name in a printed employer, the whole string first, then ever less of it.

In: a printed employer. Out: candidates with the characters they were read from. Boards print labels (`Recuriter:`),
codes (`(279)`), page titles (`Bradford Council Jobs`), divisions (`Nottingham City Council (Housing Services)`),
acronyms (`NICE – The National Institute…`), trading names and agencies (`… via Reed`) around the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from jobscraper.text.fold import fold_name, fold_space
from jobscraper.text.labels import split_label


@attrs.frozen
class Candidate:
    """`name` is what to look up; it was read from `printed[start:end]`, which may hold brackets that it leaves out.

    `within` is the span of the string that speaks of this body: without label, and without the agency that posts for it.
    """

    name: str
    start: int
    end: int
    rule: str
    within: tuple[int, int]


_MARKS = " \t\n\r\u00a0,;:|.-–—*•"
# A code at the start: `(CC) Leeds Community Healthcare`, `[RVV] `, `4471 - `.
_LEADING_CODE = re.compile(
    r"(?:\([A-Z]{1,3}\)|[(\[](?=[^()\[\]]*\d)[\w /.-]{1,16}[)\]]|[A-Z]{0,4}\d{3,}\s*[-–—:])\s+(?=\S)"
)
# A number at the end that is none of the name's: `Norwood Primary School 2`; `Primary Care 24` and `Academy360` keep theirs.
_STRAY_NUMBER = re.compile(
    r"(?:(?<=council)|(?<=school)|(?<=hospital)|(?<=college)|(?<=trust)|(?<=university)|(?<=surgery)|(?<=practice)|(?<=service))"
    r"\s+#?\d{1,5}$",
    re.IGNORECASE,
)
# A code at the end: `(279)`, `[RVV]`, `- REF 12345`, `#4471`. Letters alone are only a code in square brackets.
_CODE = re.compile(
    r"\s*(?:\((?=[^()]*\d)[\w /.-]{1,16}\)|\[[\w /.-]{1,16}\]|[-–#]\s*(?:ref:?\s*)?[A-Z]{0,4}\d{3,}[\w/-]{0,12})$",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:\s*[-–|]\s*|\s+)(?:(?:(?:current|direct|latest|external|internal|all|our)\s+)?vacancies|vacancy|job opportunities|jobs|careers|recruitment team"
    r"|human resources|hr department|hr|website|external|internal|job ?board|recruitment (?:portal|site|website)|home ?page)$",
    re.IGNORECASE,
)
_PAGE_BEFORE = re.compile(
    r"(?i:(?:current |latest |all )?(?:vacancies|jobs|careers|job opportunities)\s+(?:at|with)|join us at)\s+(?=[A-Z])"
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
    r"(?:\s|,|\s-\s|\()+(?:via|c/o|through|recruiting partner|advertised by|posted by|managed by)\s+", re.IGNORECASE
)
_BEHALF = re.compile(r"\b(?:on behalf of|working on behalf of|recruiting for|hosted by)\s+", re.IGNORECASE)
_DASH = re.compile(r"\s+[-–—|/]\s+|\s*[|;:]\s+|\s+[-–—]|[-–—]\s+")
_COMMA = re.compile(r",\s+")
# Teams of a body whose name stands before them with nothing between: `Leeds City Council Recruitment`.
_TEAM = re.compile(
    r"\s+(?:(?:(?:staff )?bank )?recruitment(?: team| centre)?|schools|(?:staff )?bank|resourcing|services)$",
    re.IGNORECASE,
)


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


def is_acronym_of(letters: str, name: str) -> bool:
    """True if `letters` begin the words of `name`, in their order and leaving few out: `NELFT`, `LCW UCC`, `NICE`.

    >>> is_acronym_of("NICE", "The National Institute for Health and Care Excellence"), is_acronym_of("CCG", "NHS East Lancs")
    (True, False)
    """
    wanted = "".join(c for c in letters if c.isalnum()).lower()
    words = fold_name(name).split()
    initials = "".join(word[0] for word in words)
    left = iter(initials)
    return len(wanted) > 1 and all(letter in left for letter in wanted) and 2 * len(wanted) > len(initials) - 2


def candidates(text: str) -> Iterator[Candidate]:
    """Yield what the body's name may be, the likeliest first. The same characters may come more than once."""
    start, end = without_label(text)
    yield Candidate(fold_space(text[start:end]), start, end, "whole", (start, end))
    if behalf := _BEHALF.search(text, start, end):
        yield from _shorter(text, behalf.end(), end, "on behalf of")
    if agent := _AGENT.search(text, start, end):
        end = _trimmed(text, start, agent.start())[1]
    yield from _shorter(text, start, end, "name")


def _shorter(text: str, start: int, end: int, rule: str) -> Iterator[Candidate]:
    start, end = within = _trimmed(text, start, end)
    yield Candidate(fold_space(text[start:end]), start, end, rule, within)
    start, end = _without_noise(text, start, end)
    yield Candidate(fold_space(text[start:end]), start, end, rule, within)
    yield Candidate(_bare(text, start, end), start, end, f"{rule} without brackets", within)
    yield from _without_acronym(text, start, end, rule, within)
    if team := _TEAM.search(text[start:end]):
        yield Candidate(_bare(text, start, start + team.start()), start, start + team.start(), "before team", within)
    for pattern, what in ((_TRADING, "trading name"), (_DASH, "division"), (_COMMA, "comma")):
        for match in list(pattern.finditer(text, start, end))[:3]:
            head = _trimmed(text, start, match.start())
            tail = _trimmed(text, match.end(), end)
            yield Candidate(_bare(text, *head), *head, f"before {what}", within)
            yield Candidate(_bare(text, *tail), *tail, f"after {what}", within)


def _without_noise(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without what a page prints around a name: codes, page titles, a stray number, a quoted short name."""
    for pattern in (_LEADING_CODE, _PAGE_BEFORE):
        if match := pattern.match(text, start, end):
            start = _trimmed(text, match.end(), end)[0]
    return start, _cut(text, start, end, _CODE, _PAGE, _QUOTED, _STRAY_NUMBER)


def _without_acronym(text: str, start: int, end: int, rule: str, within: tuple[int, int]) -> Iterator[Candidate]:
    acronym = _ACRONYM.search(text[start:end])
    if acronym is None:
        return
    inner = (start + acronym.end(), end) if acronym.start() == 0 else (start, start + acronym.start())
    name = _bare(text, *inner)
    if is_acronym_of(acronym[0], name):
        yield Candidate(name, *inner, f"{rule} without acronym", within)


def _bare(text: str, start: int, end: int) -> str:
    return fold_space(_BRACKETS.sub(" ", text[start:end])).replace(" ,", ",")


# The trust of one school bears its name; a charity's branch in a nation that of the charity (`Barnardo's Scotland`).
_BRANCH = re.compile(
    r"(?<=school)\s+academy trust$|(?<=['’]s)\s+(?:Northern Ireland|NI|Scotland|Wales|Cymru)$", re.IGNORECASE
)


def unresolved_name(text: str) -> Candidate:
    """Return the best name of a body that no register knows: without label, code, page title and division.

    A division is only cut off where the rest does not read as a body itself (`St Anne's - Catholic Academy` stays whole);
    a bracket only where it repeats the name in letters or tells a site of a practice, for it may tell two bodies apart
    (`The Heath Family (North West)`).
    """
    start, end = without_label(text)
    if agent := _AGENT.search(text, start, end):
        end = _trimmed(text, start, agent.start())[1]
    start, end = within = _without_noise(text, start, end)
    for pattern in (_TRADING, _DASH):
        match = pattern.search(text, start, end)
        if match and match.start() - start > 3 and not _BODY.search(text, match.end(), end):
            end = _trimmed(text, start, match.start())[1]
    end = _cut(text, start, end, _BRANCH)
    name = _spelt_out(fold_space(_SAID_AGAIN.sub(_told_otherwise, text[start:end])))
    return Candidate(name or fold_space(text[start:end]), start, end, "unresolved", within)


_SAID_AGAIN = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]?")
_FORMER = re.compile(r"(?:formerly|previously|part of|a part of|also known as|aka|trading as)\b", re.IGNORECASE)
# Names that end so are whole: what follows in brackets is a site.
_WHOLE = re.compile(
    r"(?:practice|surgery|(?:medical|health) centre|medical group|nhs (?:foundation )?trust)$", re.IGNORECASE
)


def _told_otherwise(bracket: re.Match[str]) -> str:
    """Return what stays of a bracket in a name: nothing of letters for it, of a former name or of a practice's site."""
    before = bracket.string[: bracket.start()]
    again = bracket[1].isupper() and is_acronym_of(bracket[1], before)
    site = _WHOLE.search(before) and bracket.end() == len(bracket.string)
    return "" if again or site or _FORMER.match(bracket[1]) else bracket[0]


_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}(?:[A-Z]\b)?")
_COMMISSIONERS = re.compile(r"^(?:NHS )?(.+) (?:CCG|Clinical Commissioning Group)$", re.IGNORECASE)


def _spelt_out(name: str) -> str:
    """Return a name without dots in its letters, and with the letters of its legal form spelt out, so that ids meet.

    >>> _spelt_out("Island City Network PCN"), _spelt_out("Birmingham and Solihull CCG"), _spelt_out("One Care C.I.C.")
    ('Island City Network Primary Care Network', 'NHS Birmingham and Solihull Clinical Commissioning Group', 'One Care CIC')
    """
    name = _DOTTED.sub(lambda dotted: dotted[0].replace(".", ""), name)
    if match := _COMMISSIONERS.match(name):
        return f"NHS {match[1]} Clinical Commissioning Group"
    name = re.sub(r"(?<=\w) PCN$", " Primary Care Network", name)
    return re.sub(r"(?<=Trust) MAT$", "", name)


# Words that make the part after a dash a body of its own.
_BODY = re.compile(
    r"\b(?:school|academy|college|council|trust|university|association|church|charit(?:y|ies)|hospice|ysgol|board|nhs|uhb|hospitals?"
    r"|friends|unions?|guild|federation|alumni|enterprises|practices?|surger(?:y|ies)|ccgs?|club|society)\b",
    re.IGNORECASE,
)
