"""The job adverts in anybody's WARC files, as rows: by the readers of the boards that we know, and of any JobPosting else."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import attrs
import web_poet

from jobscraper.archive.prepare import PreparedAdvert, prepare
from jobscraper.boards.jobposting.any_posting import AnyPage
from jobscraper.capture.http import decoded
from jobscraper.capture.read import Exchange
from jobscraper.capture.record import Capture, instant
from jobscraper.crawl.project import load_readers
from jobscraper.crawl.sources import known_sources
from jobscraper.model.reading import Part, RawAdvert, Reading
from jobscraper.normalise.contacts import redact_url
from jobscraper.normalise.location.location import Place
from jobscraper.normalise.result import Issue
from jobscraper.normalise.version import normaliser_version
from jobscraper.read.outcome import PageRead, as_page, read_page, refused
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import NoReaderError, Reader, reader_of
from jobscraper.read.walls import is_wall

logger = logging.getLogger(__name__)

Row = dict[str, Any]
_NAMES = tuple("JobPosting".encode(charset) for charset in ("ascii", "utf-16-le", "utf-16-be"))
_REPLAY = re.compile(
    r"https?://[^/]+/(?:[^/?#]+/){0,3}?\d{4,14}(?:[a-z]{2}_)?/(?P<scheme>https?):/{1,2}(?P<rest>.+)", re.IGNORECASE
)
"""The Wayback Machine's, the UK Government Web Archive's, pywb's: an instant, what is done to the page, and its address."""

_KIN = re.compile(r"^(?:(?:www|beta|m)\.)+")
_PLACE = tuple("text lad_code lad_name region nation postcode latitude longitude".split())
_ISSUE = tuple("kind field text".split())
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@attrs.frozen
class PageOutcome:
    """What a response came to: its adverts as rows, or in one word and a line, which may quote the page, why it has none.

    `outcome`: `adverts`, `repeated` (all of them stood on an earlier page), `leads_on` (a list or index without adverts of
    its own), `no_advert`, `redirect`, `not_fetched`, `gone`, `blocked`, `unreadable`, `not_unpacked`.
    """

    outcome: str
    reason: str | None = None
    rows: tuple[Row, ...] = ()


def page_outcome(exchange: Exchange, seen: set[str]) -> PageOutcome:
    """Read a response: a row for each advert that it prints and that is not in `seen`, which grows by it.

    Contact details are taken out. `source` is the source whose board it is, or else the host.
    """
    url = known_address(exchange.request.url)
    reading = reading_of(exchange, url)
    if isinstance(reading, PageOutcome):
        return reading
    source, rows, lost = _source_of(url) or host_of(url), [], []
    for raw in reading.adverts:
        key = f"{host_of(url)} {raw.source_ref} {raw.digest}"
        if not raw.title:
            lost.append("an advert without a title")
        elif key not in seen:
            seen.add(key)
            try:
                advert = prepare(raw, exchange.capture.fetched_at)
            except Exception as error:
                logger.exception("%s: one of its adverts is left out", exchange.request.url)
                lost.append(f"an advert is left out: {type(error).__name__}")
                continue
            rows.append(_row(exchange.capture, reading.part, source, advert))
    reason = "; ".join(dict.fromkeys((*lost, *(problem.text for problem in reading.problems)))) or None
    outcome = "adverts" if rows else "unreadable" if lost else "repeated" if reading.adverts else "leads_on"
    return PageOutcome(outcome, reason, tuple(rows))


def reading_of(exchange: Exchange, url: str) -> Reading | PageOutcome:
    """What a response gives under an address; the outcome alone where it is no page of adverts, or cannot be read."""
    response = exchange.response
    if not 200 <= response.status < 300:
        return _by_status(url, response.status)
    try:
        body = decoded(response)
    except ValueError as error:
        return PageOutcome("not_unpacked", str(error))
    names_a_posting = any(name in body for name in _NAMES)
    is_known = host_of(url) in _known_hosts() and _reader_of(url) is not None
    if not is_known and not names_a_posting:
        # Nearly all pages of the web end here, before anything is parsed.
        return PageOutcome("no_advert", "no reader knows its address, and nothing on it names a JobPosting")
    unpacked = attrs.evolve(response, body=body)
    if is_known:
        outcome = read_page(url, unpacked, exchange.capture)
        return outcome.reading if isinstance(outcome, PageRead) else PageOutcome(outcome.kind, outcome.text)
    return _any_reading(as_page(url, unpacked))


def _by_status(url: str, status: int) -> PageOutcome:
    if 300 <= status < 400:
        return PageOutcome("redirect", f"the site answered {status}")
    failed = refused(url, status)
    return PageOutcome(failed.kind, f"the site answered {status}")


def _any_reading(page: web_poet.HttpResponse) -> Reading | PageOutcome:
    if is_wall(page.body):
        return PageOutcome("blocked", "a page that keeps automated clients out")
    try:
        reading = AnyPage(response=page).read()
    except UnreadablePageError as error:
        return PageOutcome("unreadable", str(error))
    except Exception as error:
        logger.exception("%s: the reader failed", page.url)
        return PageOutcome("unreadable", f"the reader failed: {type(error).__name__}")
    if reading.adverts or reading.problems:
        return reading
    return PageOutcome("no_advert", "it names JobPosting, and has none as JSON-LD, microdata or RDFa")


def known_address(url: str) -> str:
    """The address by which a page is known: out of a web archive's replay, without port and trailing dot, and under the
    name of a known board where the host is its kin (`beta.jobs.nhs.uk` for `www.jobs.nhs.uk`).
    """
    if replayed := _REPLAY.match(url):
        url = f"{replayed['scheme']}://{replayed['rest']}"
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url
    bare = _KIN.sub("", host)
    host = next((kin for kin in (host, bare, f"www.{bare}") if kin in _known_hosts()), host)
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    return parts._replace(netloc=place).geturl() if host else url


def host_of(url: str) -> str:
    """The host of a URL in lower case; `none` where it has none."""
    try:
        return urlsplit(url).hostname or "none"
    except ValueError:
        return "none"


def _source_of(url: str) -> str | None:
    reader = _reader_of(url) if host_of(url) in _known_hosts() else None
    return reader.source if reader else None


def _reader_of(url: str) -> Reader | None:
    try:
        return reader_of(url)
    except NoReaderError:
        return None


@cache
def _known_hosts() -> frozenset[str]:
    load_readers()
    return frozenset(host for source in known_sources().values() for host in source.allowed_domains)


def _row(capture: Capture, part: Part, source: str, advert: PreparedAdvert) -> Row:
    return {
        "year": capture.fetched_at.year,
        "source": source,
        "source_ref": advert.raw.source_ref,
        "part": part,
        "page_url": redact_url(capture.url)[0],
        "fetched_at": instant(capture.fetched_at),
        "warc_file": capture.warc_file,
        "warc_offset": capture.offset,
        "capture_id": capture.id,
        **advert.rows.columns,
        "employer_name": advert.rows.employer.employer_name,
        "employer_kind": advert.rows.employer.employer_kind,
        "description": advert.raw.description,
        "salary_structured": _as_json(advert.raw.salary_structured),
        "places": [_values(place, _PLACE) for place in advert.rows.places],
        "issues": [_values(issue, _ISSUE) for issue in advert.rows.issues],
        "normaliser_version": normaliser_version(),
    }


def _values(found: Place | Issue, names: tuple[str, ...]) -> Row:
    return {name: getattr(found, name) for name in names}


def _as_json(printed: Mapping[str, Any] | None) -> str | None:
    return json.dumps(printed, ensure_ascii=False) if printed else None


@cache
def columns() -> tuple[str, ...]:
    """The columns of a row, in order."""
    nothing = prepare(RawAdvert(source_ref=""), _NEVER)
    capture = Capture(
        id="", url="", method="GET", fetched_at=_NEVER, status=200, digest="", warc_file="", offset=0, length=0
    )
    return tuple(_row(capture, "page", "", nothing))
