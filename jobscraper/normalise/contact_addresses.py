"""E-mail addresses and telephone numbers in a text: where each begins and ends.

Both are searched for from a character that each must have (`@`, a leading `0` or `+`), outwards and within bounds, so that
the time is linear in the text whatever a board prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

Span = tuple[int, int]

# What publishing refuses (letters, digits and `.+'-` on both sides of an @) is always found, host with a dot or not:
# boards cut their blurbs in the middle of an address.
_LOCAL = re.compile(r"[\w.+'’%-]{1,64}$")
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}")
_FULL_HOST = re.compile(r"\s{0,2}[\w-]{1,63}(?:\s?\.[\w-]{1,63}){1,8}")
_AT = re.compile(r"@|＠|&#64;|&#x40;|&commat;|%40", re.IGNORECASE)
_SPELLED = re.compile(
    r"(?<![\w.+'-])[\w.+'-]{1,64}+(?:\s?[(\[{<]\s?at\s?[)\]}>]\s?|\sat\s)"
    r"(?:[\w-]{1,63}(?:\s?[(\[{<]\s?dot\s?[)\]}>]\s?|\sdot\s|\.)){1,5}[a-z]{2,20}\b",
    re.IGNORECASE,
)
_MAY_BE_SPELLED = (" dot ", "(at", "( at", "[at", "[ at", "{at", "{ at", "<at", "< at")
_A_DOT = re.compile(r"dot\b|[(\[{<]\s?at", re.IGNORECASE)

# A class of characters first, which the engine skips to; a search for `_PHONE` itself is five times slower.
_MAY_BE_PHONE = re.compile(r"[+(0](?=[\d(+ ])")
_PHONE = re.compile(
    r"(?<![\w£€$])(?<![\d][.,/-])(?:"
    r"(?:\+|\b00)\s?[1-9]\d{0,2}[\s.\-]{0,2}(?:\(0\)\s?)?\(?\d{1,5}\)?|\(\+?44\)\s?\(?0?\)?\d{2,5}|\(0\d{2,4}\)|0[1-9]\d{1,3}(?!\.\d\d\b)|0[1-9]\d{8,9}"
    r")(?:[\s.\-–]{0,2}\(?\d{2,10}\)?){0,5}(?!\d)"
)
_CUED = re.compile(
    r"\b(?:tel(?:ephone)?|phone|mobile|mob|fax|call|ring|text|whatsapp|ext(?:ension|n)?|ffôn|ffon|ffoniwch)\b"
    r"(?:\.|\s?(?:no|number|us|on|:))*[\s.:]{0,3}(?P<number>\(?\+?\d[\d\s().\-]{3,18}\d)(?![\d:£])",
    re.IGNORECASE,
)
_MAY_BE_CUED = re.compile(r"[\s:.]\(?\d{3}")
_MORE = re.compile(
    r"\s{0,2}(?:,\s?)?(?:\(?\s?(?:ext(?:ension|n)?|x)\.?\s?:?\s?\d{1,6}\)?|/\s?\d{1,8}(?![\d/:])|or\s\d{5,8}(?!\d))",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?:\bref(?:erence)?|\burn|\bukprn|\bids?|\breq|\bcode|\bform|\bdbs(?: number)?|\bpost (?:no|number)|\bvacancy(?: id| no)?|coordinates)"
    r"\W{0,4}(?:no\W{0,3}|number\W{0,3})?$",
    re.IGNORECASE,
)
_DATE = re.compile(r"\(?\d{1,2}[./\- ]\d{1,2}[./\- ](?:19|20)?\d\d\b|\d{2}\.\d{2}\s?[-–]")
_GROUP = re.compile(r"\d+")


def find_emails(text: str) -> list[Span]:
    """Where e-mail addresses stand, written with an @ or spelled (`name at example dot org`)."""
    spans = [span for match in _AT.finditer(text) if (span := _around(text, match))]
    low = text.lower()
    if any(hint in low for hint in _MAY_BE_SPELLED):
        spans += [match.span() for match in _SPELLED.finditer(text) if _A_DOT.search(match[0])]
    return spans


def _around(text: str, at: re.Match[str]) -> Span | None:
    before = text[max(0, at.start() - 66) : at.start()]
    local = _LOCAL.search(before)
    host = _HOST.match(text, at.end())
    if local and (host or at.end() == len(text)) and _glued(at[0], local[0], host):
        return at.start() - len(local[0]), host.end() if host else at.end()
    spaced = _LOCAL.search(before.rstrip())
    full = _FULL_HOST.match(text, at.end())
    if spaced and full and (at[0] != "%40" or local):
        return at.start() - len(before) + spaced.start(), full.end()
    return None


def _glued(sign: str, local: str, host: re.Match[str] | None) -> bool:
    """A host with a dot is one; without, letters on both sides must say that it is no `2@3`."""
    if host and "." in host[0]:
        return True
    has_letters = any(map(str.isalpha, local)) and (host is None or any(map(str.isalpha, host[0])))
    return sign in "@＠" and has_letters


def find_phones(text: str) -> list[Span]:
    """Where telephone numbers stand, with their extensions: British ones that may be dialled, and foreign ones with a +."""
    spans = list(_numbers(text))
    if _MAY_BE_CUED.search(text):
        spans += [match.span("number") for match in _CUED.finditer(text) if _may_be_dialled(match, spans)]
    return [_with_more(text, span) for span in spans]


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
    if _DATE.match(match[0]) or _REFERENCE.search(text, max(0, start - 24), start):
        return None
    for group in reversed(list(_GROUP.finditer(match[0]))):
        end = group.end()
        # The bracket that closes `(01632)`, not that around the whole number.
        end += match[0][end : end + 1] == ")" and "(" in match[0][:end]
        if _can_be_dialled(match[0][:end]):
            return start, start + end
    return None


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


def _may_be_dialled(match: re.Match[str], known: list[Span]) -> bool:
    """After `Tel:` any six figures that are no date and no time are a number, area code or not."""
    start, end = match.span("number")
    if any(start < known_end and known_start < end for known_start, known_end in known):
        return False
    printed = match["number"]
    least = 3 if match[0].lower().startswith("ext") else 6
    return sum(map(str.isdigit, printed)) >= least and not _DATE.match(printed) and not _TIMES.match(printed)


_TIMES = re.compile(r"(?:[01]\d|2[0-4])[.:]?[0-5]\d\b\s?[-–]?\s?(?:[01]\d|2[0-4])?[.:]?(?:[0-5]\d)?$")


def _with_more(text: str, span: Span) -> Span:
    more = _MORE.match(text, span[1])
    return (span[0], more.end()) if more else span


def find_addresses(text: str) -> list[Span]:
    """All e-mail addresses and telephone numbers, in order, none inside another."""
    return merged([*find_emails(text), *find_phones(text)])


def merged(spans: list[Span]) -> list[Span]:
    """Spans in order; what overlaps is one."""
    return list(_merge(sorted(spans)))


def _merge(spans: list[Span]) -> Iterator[Span]:
    current: Span | None = None
    for span in spans:
        if current and span[0] < current[1]:
            current = (current[0], max(current[1], span[1]))
            continue
        if current:
            yield current
        current = span
    if current:
        yield current
