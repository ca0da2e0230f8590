"""The job adverts in anybody's WARC files, as rows: by the readers of the boards that we know, and of any JobPosting else."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import attrs
import web_poet

from jobscraper.archive.prepare import PreparedAdvert, prepare
from jobscraper.capture.http import decoded
from jobscraper.capture.read import Exchange
from jobscraper.capture.record import Capture, instant
from jobscraper.crawl.run import PageRead
from jobscraper.crawl.walls import is_wall
from jobscraper.items import Part, RawAdvert, Reading
from jobscraper.normalise.advert import normaliser_version
from jobscraper.platforms.any_posting import AnyPage
from jobscraper.platforms.outcome import as_page, read_page
from jobscraper.platforms.page import UnreadablePageError
from jobscraper.platforms.readers import NoReaderError, Reader, reader_of
from jobscraper.platforms.source import known_sources

logger = logging.getLogger(__name__)

Row = dict[str, Any]
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def rows_of(exchange: Exchange, seen: set[str]) -> Iterator[Row]:
    """A row for each advert that a response prints and that is not in `seen`, which grows by it.

    Contact details are taken out. `source` is the source whose board it is, or else the host.
    """
    reading = reading_of(exchange)
    if reading is None:
        return
    host = host_of(exchange.request.url)
    source = _source_of(exchange.request.url) or host
    for raw in reading.adverts:
        key = f"{host} {raw.source_ref} {raw.digest}"
        if raw.title and key not in seen:
            seen.add(key)
            try:
                advert = prepare(raw, exchange.capture.fetched_at)
            except Exception:
                logger.exception("%s: one of its adverts is left out", exchange.request.url)
                continue
            yield _row(exchange.capture, reading.part, source, advert)


def reading_of(exchange: Exchange) -> Reading | None:
    """What a response gives; None where it is no page of adverts, or cannot be read."""
    response, url = exchange.response, exchange.request.url
    is_known = host_of(url) in _known_hosts()
    if not 200 <= response.status < 300:
        return None
    try:
        body = decoded(response)
    except ValueError:
        return None
    names_a_posting = b"JobPosting" in body
    if not is_known and not names_a_posting:
        return None  # Nearly all pages of the web end here, before anything is parsed.
    unpacked = attrs.evolve(response, body=body)
    if is_known and _reader_of(url):
        outcome = read_page(url, unpacked, exchange.capture)
        return outcome.reading if isinstance(outcome, PageRead) else None
    return _any_reading(as_page(url, unpacked)) if names_a_posting else None


def _any_reading(page: web_poet.HttpResponse) -> Reading | None:
    if is_wall(page.body):
        return None
    try:
        return AnyPage(response=page).believable()
    except UnreadablePageError:
        return None
    except Exception:
        logger.exception("%s: the reader failed", page.url)
        return None


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
    return frozenset(host for source in known_sources().values() for host in source.allowed_domains)


def _row(capture: Capture, part: Part, source: str, advert: PreparedAdvert) -> Row:
    return {
        "year": capture.fetched_at.year,
        "source": source,
        "source_ref": advert.raw.source_ref,
        "part": part,
        "page_url": capture.url,
        "fetched_at": instant(capture.fetched_at),
        "warc_file": capture.warc_file,
        "warc_offset": capture.offset,
        "capture_id": capture.id,
        **advert.rows.columns,
        "employer_name": advert.rows.employer.employer_name,
        "employer_kind": advert.rows.employer.employer_kind,
        "description": advert.raw.description,
        "normaliser_version": normaliser_version(),
    }


@cache
def columns() -> tuple[str, ...]:
    """The columns of a row, in order."""
    nothing = prepare(RawAdvert(source_ref=""), _NEVER)
    capture = Capture(
        id="", url="", method="GET", fetched_at=_NEVER, status=200, digest="", warc_file="", offset=0, length=0
    )
    return tuple(_row(capture, "page", "", nothing))
