"""People's contact details: taken out of every text before it is folded, and counted."""

from __future__ import annotations

import re
from typing import Any

import attrs
import phonenumbers

from jobscraper.items import RawAdvert

REMOVED = "[contact removed]"

_EMAIL = re.compile(r"(?:mailto:)?[\w.+'-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", re.IGNORECASE)
_MAY_BE_PHONE = re.compile(r"(?<![\w£.,])(?:\+44|\(?0)[\d ()\-.]{8,}")
_CUE = (
    r"(?:contact(?:ing)?|speak (?:to|with)|talk (?:to|with)|call|e-?mail|ring|telephone|phone|chat with|discussion with|"
    r"conversation with|attention of|reach out to)"
)
_NAMED = re.compile(
    rf"(?i:\b{_CUE})(?i:\s*:)?\s+(?P<name>(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev)\.?\s+)?"
    r"[A-Z][a-zà-ÿ]+(?:[ -][A-Z]['’]?[A-Za-zà-ÿ]+){1,2})"
)
# A capitalised phrase with one of these is a role or a body, not a person.
_NOT_A_PERSON = frozenset(
    """academy board borough business centre city college committee council county department director directorate
    district education executive finance government governors group head headteacher health helpdesk hospital hr human
    lead line manager nhs office officer people primary principal project recruitment resources school schools secondary
    service services support talent teacher team teams trust university vacancies""".split()
)


def redact(text: str) -> tuple[str, int]:
    """Return `text` with e-mail addresses, telephone numbers and named contacts replaced, and how many there were.

    >>> redact("Call 020 7946 0123 or write to jobs@example.org")
    ('Call [contact removed] or write to [contact removed]', 2)
    """
    text, removed = _EMAIL.subn(REMOVED, text) if "@" in text else (text, 0)
    spans = [*_phones(text), *_names(text)]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + REMOVED + text[end:]
    return text, removed + len(spans)


def redact_advert(raw: RawAdvert) -> tuple[RawAdvert, int]:
    """Return the advert with every printed string redacted, and how many contacts were removed."""
    total = 0
    changed: dict[str, Any] = {}
    for name, value in attrs.asdict(raw, recurse=False).items():
        if name == "source_ref":
            continue
        clean, removed = _redact_value(value)
        if removed:
            changed[name] = clean
            total += removed
    return (attrs.evolve(raw, **changed) if changed else raw), total


def _redact_value(value: object) -> tuple[object, int]:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        pairs = {key: _redact_value(item) for key, item in value.items()}
        return {key: item for key, (item, _) in pairs.items()}, sum(removed for _, removed in pairs.values())
    if isinstance(value, tuple | list):
        items = [_redact_value(item) for item in value]
        return type(value)(item for item, _ in items), sum(removed for _, removed in items)
    return value, 0


def _phones(text: str) -> list[tuple[int, int]]:
    if not _MAY_BE_PHONE.search(text):
        return []
    leniency = phonenumbers.Leniency.POSSIBLE
    matches = phonenumbers.PhoneNumberMatcher(text, "GB", leniency=leniency)
    return [(match.start, match.end) for match in matches if _MAY_BE_PHONE.match(match.raw_string)]


def _names(text: str) -> list[tuple[int, int]]:
    people = (match for match in _NAMED.finditer(text) if not _NOT_A_PERSON & set(match["name"].lower().split()))
    return [match.span("name") for match in people]
