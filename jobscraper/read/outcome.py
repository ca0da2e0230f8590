"""What a response comes to: a page that was read, or one that failed. The same in a crawl and out of a capture."""

from __future__ import annotations

import logging

import attrs
import web_poet

from jobscraper.capture.record import Capture, CapturedResponse
from jobscraper.model.reading import Reading
from jobscraper.quality.verdict import FailureKind
from jobscraper.read.page import CUT_OFF, ChallengePageError, UnreadablePageError
from jobscraper.read.registry import NoReaderError, read_response
from jobscraper.read.time_limit import TookTooLongError, within
from jobscraper.read.walls import REFUSALS, is_wall
from jobscraper.text.credentials import without_credentials
from jobscraper.text.ended import ended_words

logger = logging.getLogger(__name__)

MOST_SECONDS = 30.0
"""Of a processor, for reading one page; the largest feeds take a few."""

GONE = frozenset({404, 410})

RETRIED = (500, 502, 503, 504, 522, 524, 408)
"""Statuses of a board in trouble: a crawl asks again, so what it was answered first is no page of the run."""


@attrs.frozen(kw_only=True)
class PageRead:
    """A response that was captured and read."""

    capture: Capture
    reading: Reading


@attrs.frozen(kw_only=True)
class PageFailed:
    """A page that could not be fetched or read. The run goes on, and says so.

    `captured`: it follows from a response that is in the WARC; the others are told in its last record.
    """

    url: str = attrs.field(converter=without_credentials)
    kind: FailureKind
    text: str = attrs.field(converter=without_credentials)
    captured: bool = False


def as_page(url: str, response: CapturedResponse) -> web_poet.HttpResponse:
    """A response whose body is unpacked, as page objects take it."""
    headers = web_poet.HttpResponseHeaders(list(response.headers))
    return web_poet.HttpResponse(url=url, body=response.body, status=response.status, headers=headers)


def read_page(url: str, response: CapturedResponse, capture: Capture) -> PageRead | PageFailed:
    """Read a response, whose body is unpacked, with the page object that handles its URL. Never raises: a page that trips a
    reader must not take the rest of the run with it.
    """
    if is_wall(response.body):
        return _failed(url, "blocked", "a page that keeps automated clients out")
    try:
        with within(MOST_SECONDS):
            return PageRead(capture=capture, reading=_without_torn(read_response(as_page(url, response)), url))
    except TookTooLongError:
        return _failed(url, "unreadable", f"reading it takes more than {MOST_SECONDS:g} seconds of a processor")
    except ChallengePageError as error:
        return _failed(url, "blocked", str(error))
    except (UnreadablePageError, NoReaderError) as error:
        ended = _ended(response)
        return _failed(url, "ended", f"it says {ended!r}") if ended else _failed(url, "unreadable", str(error))
    except Exception as error:
        logger.exception("%s: the reader failed", url)
        return _failed(url, "unreadable", f"{type(error).__name__}: {error}")


def _ended(response: CapturedResponse) -> str | None:
    """The words by which a page says that its advert is over."""
    start = response.body[:_LOOKED_AT]
    return ended_words(start.decode("utf-8", "replace")) if b"<" in start[:_BEFORE_MARKUP] else None


_LOOKED_AT, _BEFORE_MARKUP = 200_000, 1_000


def _without_torn(reading: Reading, url: str) -> Reading:
    """Leave out the last advert of a page that was cut off: half of it must not overwrite what we have.

    :raises UnreadablePageError: it was an advert's own page.
    """
    if not any(problem.kind == CUT_OFF for problem in reading.problems):
        return reading
    if reading.part == "page":
        raise UnreadablePageError(f"{url}: cut off half way")
    return attrs.evolve(reading, adverts=reading.adverts[:-1])


def refused(url: str, status: int) -> PageFailed:
    """What a response whose status is an error comes to."""
    kind: FailureKind = "blocked" if status in REFUSALS else "gone" if status in GONE else "not_fetched"
    return _failed(url, kind, f"the board answered {status}")


def _failed(url: str, kind: FailureKind, text: str) -> PageFailed:
    return PageFailed(url=url, kind=kind, text=text, captured=True)
