"""Telephone numbers in a text, with extensions and bleeps: where each begins and ends.

They are searched for from a leading `0`, `+`, `44`, or from figures behind a word such as `Tel`, outwards and within bounds,
so that the time is linear in the text whatever a board prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import phonenumbers

from jobscraper.normalise.contacts.spans import Span, merged, overlaps

# Word processors put hyphens of their own, soft ones and blanks without width between groups of figures.
_GAP = r"\s.\-\u00ad\u00b7\u2010-\u2015\u200b\u2060\u2212\uff0d"

# A class of characters first, which the engine skips to; a search for `_PHONE` itself is five times slower.
_MAY_BE_PHONE = re.compile(r"[+(0](?=[\d(+ ])")
_PHONE = re.compile(
    r"(?<![\d_£€$])(?<![\d][.,/-])(?:"
    rf"(?:\+|(?<!\w)00)\s?[1-9]\d{{0,2}}[{_GAP}]{{0,2}}(?:\(0\)\s?)?\(?\d{{1,5}}\)?|\(\+?44\)\s?\(?0?\)?\d{{2,5}}"
    rf"|\(0\)[{_GAP}]?[1-9]\d{{1,4}}|\(0\d{{2,4}}\)|0[1-9]\d{{2,3}}\s?/\s?(?=\d{{6}}(?!\d))|0[1-9]\d{{1,3}}(?!\.\d\d\b)|0[1-9]\d{{8,9}}"
    rf")(?:[{_GAP}]{{0,3}}\(?\d{{2,10}}\)?){{0,5}}(?!\d)"
)
_SPACED_OUT = re.compile(rf"(?<![\d£€$.,/-])(?:\+\s?4\s?4|0)(?:[{_GAP}]{{1,2}}\d){{9,10}}(?![{_GAP}]?\d)")
# A letter in place of the nought: `O1632 …`.
_LETTER_O = re.compile(rf"[Oo](?=[1237])(?<![\w-][Oo])(?:[{_GAP}]{{0,2}}\d){{10}}(?!\d)")
_MAY_BE_SPACED_OUT = re.compile(rf"[04][{_GAP}]\d[{_GAP}]\d[{_GAP}]")
_BARE_44 = re.compile(
    rf"(?<![\w£€$.,/-])44(?:[{_GAP}]?\(0\))?[{_GAP}]?(?:\d{{10}}|\d{{4,5}}(?:[{_GAP}]\d{{5,6}}|(?:[{_GAP}]\d{{3}}){{2}})"
    rf"|\d{{2,3}}[{_GAP}]\d{{3,4}}[{_GAP}]\d{{4}})(?![\d.,]?\d)"
)
_LETTERS = re.compile(r"[^\W\d_]+$")

# Figures behind a word that says that they are a number.
_FIGURES = re.compile(rf"\d(?:[{_GAP}/()]{{0,2}}\d){{2,14}}(?![\d:£%])")
_CUE = re.compile(
    r"(?:(?<![\w-])|(?<=[a-z])(?=(?-i:[A-Z])))"
    r"(?:(?P<inside>ext(?:ension|n)?|ex|(?:(?<=on )|(?<=or )|(?<=board )|(?<=number ))x|estyniad|bleep|pager|dect)|(?P<phone>(?:tele)?phone|tel|mobile|mob|fax|ffôn|ffon|whatsapp)"
    r"|call|ring|text|dial|ffoniwch|ffonio)(?![^\W\d_])"
    rf"(?:\.|\s?(?:no|numbers?|us|on|ar|is|:|-)(?![^\W\d_x]))*[{_GAP}:]{{0,3}}x?\(?\+?$",
    re.IGNORECASE,
)
_LEAST = {"inside": 3, "phone": 4, None: 6}
_MOST_INSIDE = 6
_UNIT = re.compile(
    r"\s?(?:months?|weeks?|days?|years?|hours?|hrs|minutes?|miles|employees|people|staff|characters|words|[ap]m\b|bytes|mb\b)"
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_MORE = re.compile(
    r"\s{0,2}(?:,\s?)?(?:\(?\s?(?:ext(?:ension|n)?|x|estyniad|bleep|pager)\.?\s?(?:no\.?|number)?\s?:?\s?\d{1,6}\)?|/\s?\d{1,8}(?![\d/:])|or\s\d{4,8}(?!\d))",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?:\bref(?:erence)?|\burn|\bukprn|\bids?|\breq|\bcode|\bform|\bdbs(?: number)?|\bpost (?:no|number)|\bvacancy(?: id| no)?|coordinates)"
    r"\W{0,4}(?:no\W{0,3}|number\W{0,3})?$",
    re.IGNORECASE,
)
_DATE = re.compile(r"\(?\d{1,2}[./\- ]\d{1,2}[./\- ](?:19|20)?\d\d\b|\d{2}\.\d{2}\s?[-–]")
_TIMES = re.compile(r"(?:[01]\d|2[0-4])[.:]?[0-5]\d\b\s?[-–]?\s?(?:[01]\d|2[0-4])?[.:]?(?:[0-5]\d)?$")
_TWO_TIMES = re.compile(r"(?:[01]\d|2[0-4])[.:]?[0-5]\d\s?(?:[-–]|to)\s?(?:[01]\d|2[0-4])[.:]?[0-5]\d")
_GROUP = re.compile(r"\d+")


def find_dialled(text: str) -> list[Span]:
    """Where numbers stand that may be dialled as they are, whatever stands before them: for addresses and references."""
    return list(_numbers(text))


def find_phones(text: str) -> list[Span]:
    """Where telephone numbers stand, with their extensions: British ones that may be dialled, and foreign ones with a +."""
    spans = [*_numbers(text), *_in_other_spellings(text)]
    return [_with_more(text, span) for span in (*spans, *_cued(text, merged(spans)))]


def _numbers(text: str) -> Iterator[Span]:
    end = 0
    for may_begin in _MAY_BE_PHONE.finditer(text):
        match = _PHONE.match(text, may_begin.start()) if may_begin.start() >= end else None
        span = _number(text, match) if match else None
        if span:
            end = span[1]
            yield span


def _number(text: str, match: re.Match[str]) -> Span | None:
    """The longest beginning of a run of groups of figures that can be dialled."""
    start = match.start()
    if _DATE.match(match[0]) or _REFERENCE.search(text, max(0, start - 24), start) or _is_part_of_a_code(text, start):
        return None
    for group in reversed(list(_GROUP.finditer(match[0]))):
        end = group.end()
        # The bracket that closes `(01632)`, not that around the whole number.
        end += match[0][end : end + 1] == ")" and "(" in match[0][:end]
        if _can_be_dialled(match[0][:end]):
            return start, start + end
    return None


def _is_part_of_a_code(text: str, start: int) -> bool:
    """Letters before a figure make it a code (`REQ0012345678`), unless they are a word (`number01632 …`) of a sentence."""
    letters = _LETTERS.search(text, max(0, start - 12), start)
    if letters is None:
        return False
    address = text.rfind(" ", 0, start) + 1
    return not (letters[0][-1].islower() and len(letters[0]) > 1) or "/" in text[max(address, start - 200) : start]


def _in_other_spellings(text: str) -> Iterator[Span]:
    """`0 1 6 3 2 …`, and `44…` without a plus."""
    if _MAY_BE_SPACED_OUT.search(text):
        yield from (match.span() for match in _SPACED_OUT.finditer(text) if _can_be_dialled(_closed_up(match[0])))
    if "O" in text or "o" in text:
        yield from (match.span() for match in _LETTER_O.finditer(text) if _can_be_dialled("0" + _closed_up(match[0])))
    if "44" in text:
        for match in _BARE_44.finditer(text):
            known = _REFERENCE.search(text, max(0, match.start() - 24), match.start())
            if not known and _can_be_dialled(f"+{_closed_up(match[0].replace('(0)', ''))}"):
                yield match.span()


def _closed_up(printed: str) -> str:
    return "".join(letter for letter in printed if letter.isdigit() or letter == "+")


def _can_be_dialled(printed: str) -> bool:
    figures = "".join(filter(str.isdigit, printed))
    national = printed.lstrip("(").startswith("0") and not figures.startswith("00")
    if national and len(figures) not in (10, 11):
        return False
    try:
        number = phonenumbers.parse("+" + figures[2:] if figures.startswith("00") else printed.replace("(0)", ""), "GB")
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_possible_number(number))


def _cued(text: str, known: Sequence[Span]) -> Iterator[Span]:
    """After `Tel:` any six figures that are no date and no time are a number, area code or not; after `ext` any three."""
    for match in _FIGURES.finditer(text):
        start = match.start()
        cue = _CUE.search(text, max(0, start - 30), start)
        if cue and not overlaps(match.span(), known) and _may_be_dialled(text, match, cue.lastgroup):
            yield match.span()


def _may_be_dialled(text: str, match: re.Match[str], kind: str | None) -> bool:
    printed, figures = match[0], sum(map(str.isdigit, match[0]))
    if figures < _LEAST[kind] or (kind == "inside" and figures > _MOST_INSIDE):
        return False
    if _UNIT.match(text, match.end()) or _DATE.match(printed):
        return False
    if kind == "inside":
        return not _YEAR.match(printed)
    return not (
        _TIMES.match(printed) or _TWO_TIMES.match(text, match.start()) or (figures == 4 and _YEAR.match(printed))
    )


def _with_more(text: str, span: Span) -> Span:
    more = _MORE.match(text, span[1])
    return (span[0], more.end()) if more else span
