"""A captured page without the words of one advert. Pure, but for the readers, which are pure themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from jobscraper.capture.http import decoded
from jobscraper.capture.read import Exchange
from jobscraper.capture.record import Capture, CapturedRequest, CapturedResponse
from jobscraper.forget.redact import all_shingles, redacted
from jobscraper.model.reading import RawAdvert, Reading, printed_fields
from jobscraper.normalise.contacts import private_reference
from jobscraper.normalise.description import plain_text
from jobscraper.read.outcome import PageRead
from jobscraper.rebuild.reading import outcome_of

_FINE, _COARSE = 2, 5
"""Words in a row that are taken for the advert's own: first few, and where that spoils the page, more."""

GONE = CapturedResponse(410, (), b"")
"""In place of a page that cannot be told apart from the advert: to a rebuild it is one that was taken down."""


def without(
    response: CapturedResponse, capture: Capture, source_ref: str, known: Iterable[str] = ()
) -> CapturedResponse | None:
    """The response without the words of an advert; None where it has none of them.

    Every other advert of the page is read as before, and the page still leads where it led.

    :param known: texts of the advert from elsewhere, for a page that cannot be read.
    """
    try:
        text = decoded(response).decode("utf-8", "surrogateescape")
    except ValueError:
        return None
    before = _reading(response, capture)
    own = [raw for raw in before.adverts if private_reference(raw.source_ref) == source_ref]
    secrets = [part for raw in own for part in texts(raw)] or list(known)
    if not all_shingles(secrets, _COARSE) & all_shingles([text], _COARSE) and not own:
        return None
    others = [part for raw in before.adverts if private_reference(raw.source_ref) != source_ref for part in texts(raw)]
    for length in (_FINE, _COARSE):
        secret = all_shingles(secrets, length) - all_shingles(others, length)
        clean = _with_body(response, redacted(text, secret).encode("utf-8", "surrogateescape"))
        after = _reading(clean, capture)
        if clean.body == text.encode("utf-8", "surrogateescape"):
            return None
        if _reads_as_before(before, after, source_ref) and not _tells(after, source_ref, secrets, others):
            return clean
    return GONE


def texts(raw: RawAdvert) -> list[str]:
    """All that an advert prints, in plain words."""
    printed = printed_fields(attrs.evolve(raw, description=plain_text(raw.description)))
    found: list[str] = []
    for name, value in printed.items():
        if name not in ("source_ref", "url", "apply_url"):
            found += _strings(value)
    return found


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _strings(inner)]
    if isinstance(value, Sequence):
        return [text for inner in value for text in _strings(inner)]
    return []


def _reading(response: CapturedResponse, capture: Capture) -> Reading:
    """What a response gives; nothing where it cannot be read."""
    outcome = outcome_of(Exchange(capture, CapturedRequest(capture.method, capture.url), response))
    return outcome.reading if isinstance(outcome, PageRead) else Reading(part="page")


def _with_body(response: CapturedResponse, body: bytes) -> CapturedResponse:
    headers = tuple(
        (name, str(len(body)) if name.lower() == "content-length" else value)
        for name, value in response.headers
        if name.lower() != "content-encoding"
    )
    return CapturedResponse(response.status, headers, body)


def _reads_as_before(before: Reading, after: Reading, source_ref: str) -> bool:
    def told(reading: Reading) -> object:
        prints = [
            (raw.source_ref, "" if private_reference(raw.source_ref) == source_ref else raw.digest)
            for raw in reading.adverts
        ]
        return prints, reading.follow, reading.pages, reading.listed, len(reading.problems)

    return told(before) == told(after)


def _tells(reading: Reading, source_ref: str, secrets: list[str], others: list[str]) -> bool:
    """Whether the page still prints five words in a row that are the advert's alone."""
    left = [part for raw in reading.adverts if private_reference(raw.source_ref) == source_ref for part in texts(raw)]
    own = {shingle for shingle in all_shingles(secrets, _COARSE) if len(shingle) == _COARSE}
    return bool(all_shingles(left, _COARSE) & (own - all_shingles(others, _COARSE)))
