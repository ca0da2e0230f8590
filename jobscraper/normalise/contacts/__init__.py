"""People's contact details: taken out of every text before it is folded, and counted.

E-mail addresses and telephone numbers go wherever they stand, also those of bodies; of names, those that stand with
them, or after words such as `for an informal chat with`. Pay, dates, postcodes and names of bodies stay.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import attrs

from jobscraper.model.reading import RawAdvert
from jobscraper.normalise.contacts.emails import find_emails
from jobscraper.normalise.contacts.handles import find_handles
from jobscraper.normalise.contacts.names import find_names
from jobscraper.normalise.contacts.phones import find_dialled, find_phones
from jobscraper.normalise.contacts.spans import Span, merged

REMOVED = "[contact removed]"


def find_contacts(text: str) -> list[Span]:
    """Where contact details stand in `text`, in order, none inside another."""
    addresses = merged([*find_emails(text), *find_phones(text), *find_handles(text)])
    return merged([*addresses, *find_names(text, addresses)])


def redact(text: str) -> tuple[str, int]:
    """Return `text` with e-mail addresses, telephone numbers and named contacts replaced, and how many there were.

    >>> redact("Call 020 7946 0123 or write to jobs@example.org")
    ('Call [contact removed] or write to [contact removed]', 2)
    """
    return replaced(text, find_contacts(text))


def contacts_columns(text: str) -> dict[str, Any]:
    """What is kept of a text, and the strings that are taken out of it, in order.

    >>> contacts_columns("Ring Sam on 01632 960123")
    {'text': 'Ring [contact removed] on [contact removed]', 'removed': ['Sam', '01632 960123']}
    """
    found = find_contacts(text)
    return {"text": replaced(text, found)[0], "removed": [text[start:end] for start, end in found]}


@lru_cache(maxsize=1024)  # An advert, its page and its capture have the same one.
def redact_url(url: str) -> tuple[str, int]:
    """A web address without e-mail addresses, numbers and people's own pages, percent-encoded or not, and how many there were.

    The blanks of the mark make it no web address, so that no page links to it.

    >>> redact_url("https://example.org/apply?to=sam%40example.org&tel=01632%20960123")
    ('https://example.org/apply?to=[contact removed]&tel=[contact removed]', 2)
    """
    plain = unquote(url) if "%" in url else url
    found = merged([*find_emails(plain), *find_dialled(plain), *find_handles(plain)])
    return replaced(plain, found) if found else (url, 0)


def private_reference(reference: str) -> str:
    """A reference that is, or holds, somebody's address or number as one that tells neither; any other as it is.

    What stands in its place is made from the reference alone, so that the advert keeps its identity from crawl to crawl and
    from rebuild to rebuild. Figures without a gap are no number here: boards count in them.

    >>> private_reference("C9273-26-0229"), private_reference("01632960123"), private_reference("sam@example.org")
    ('C9273-26-0229', '01632960123', 'contact-22e7ba7a5786')
    """
    plain = unquote(reference)
    dialled = (plain[start:end] for start, end in find_dialled(plain))
    if not find_emails(plain) and all(number.isdigit() or number.startswith("00") for number in dialled):
        return reference
    return f"contact-{hashlib.sha256(reference.encode('utf-8', 'replace')).hexdigest()[:12]}"


# Boards print the same short strings in advert after advert; looking for names in them is what costs.
_SHORT = 200
_redact_short = lru_cache(maxsize=16384)(redact)


def _redact_string(text: str) -> tuple[str, int]:
    return _redact_short(text) if len(text) <= _SHORT else redact(text)


def redact_emails(text: str) -> str:
    """Return `text` without e-mail addresses: for what we say ourselves, which quotes addresses of pages."""
    return replaced(text, merged(find_emails(text)))[0]


def replaced(text: str, spans: list[Span]) -> tuple[str, int]:
    """The text with a mark in place of each of these spans, which are in order, and how many there were."""
    begins = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), len(text)]
    return REMOVED.join(text[begin:end] for begin, end in zip(begins, ends, strict=True)), len(spans)


def redact_advert(raw: RawAdvert) -> tuple[RawAdvert, int]:
    """Return the advert with every printed string redacted, and how many contacts were removed."""
    total = 0
    changed: dict[str, Any] = {}
    for name, value in attrs.asdict(raw, recurse=False).items():
        if name == "source_ref":
            changed |= {} if (own := private_reference(raw.source_ref)) == value else {name: own}
            continue
        clean: object
        if name in ("url", "apply_url") and value:
            clean, removed = redact_url(value)
        elif name == "reference":  # One of eleven figures is no telephone number, and only its name tells.
            clean, removed = _redact_pair(name, value)[1:]
        else:
            clean, removed = _redact_value(value)
        if removed:
            changed[name] = clean
            total += removed
    return (attrs.evolve(raw, **changed) if changed else raw), total


def _redact_value(value: object) -> tuple[object, int]:
    if isinstance(value, str):
        return _redact_string(value)
    if isinstance(value, dict):
        pairs = [_redact_pair(key, item) for key, item in value.items()]
        return {key: item for key, item, _ in pairs}, sum(removed for _, _, removed in pairs)
    if isinstance(value, tuple | list):
        items = [_redact_value(item) for item in value]
        return type(value)(item for item, _ in items), sum(removed for _, removed in items)
    return value, 0


def _redact_pair(key: str, value: object) -> tuple[str, object, int]:
    """What a page labelled: `Contact name` tells what its value is, so the two are read as one line."""
    clean_key, removed = _redact_string(key)
    if isinstance(value, str) and not removed:
        line, found = _redact_string(f"{key}: {value}")
        prefix = f"{key}: "
        if line.startswith(prefix):
            return key, line[len(prefix) :], found
    clean, found = _redact_value(value)
    return clean_key, clean, removed + found
