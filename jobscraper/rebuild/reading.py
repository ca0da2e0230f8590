"""Reading a stretch of a run's files: what each response comes to, made ready for folding. Pure but for the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import attrs

from jobscraper.archive.prepare import PreparedAdvert, prepare
from jobscraper.capture.bodies import Bodies
from jobscraper.capture.http import decoded, leads_to
from jobscraper.capture.read import BrokenCaptureError, Exchange, exchanges
from jobscraper.capture.record import Capture
from jobscraper.capture.wacz import beside
from jobscraper.capture.warc import ByteRange
from jobscraper.crawl.project import load_readers
from jobscraper.read.outcome import RETRIED, PageFailed, PageRead, read_page, refused
from jobscraper.read.process.client import Read

ReadOutcome = PageRead | PageFailed | None


@attrs.frozen
class Stretch:
    """A file of a run, or a part of it that begins and ends between exchanges.

    `only`: the captures that count, each with its place in the order in which they were folded: those of a replay, which
    takes from a file what it asks for. `folders`: where bodies may lie that it refers to, besides beside it.
    """

    path: Path
    span: ByteRange | None = None
    only: Mapping[str, int] | None = None
    folders: tuple[Path, ...] = ()


@attrs.frozen
class Step:
    """A capture, what it comes to, and the prints in it that were made ready, by digest.

    `leads_to`: where a redirect leads. `provisional`: the answer is one that a crawl asks again for; only the last one counts.
    """

    capture: Capture
    outcome: ReadOutcome
    ready: Mapping[str, PreparedAdvert]
    provisional: bool = False
    leads_to: str | None = None


made_ready: set[str] = set()
"""The prints that this process has made ready: of an advert that stands unchanged for weeks, only the first is folded."""


@attrs.frozen
class ReadStretch:
    """What a stretch holds. `skipped` names what was passed over, and `broken` where its file breaks off."""

    steps: Iterable[Step]
    skipped: list[str]
    broken: str | None


def read_stretch(stretch: Stretch) -> ReadStretch:
    """Read all that a stretch holds, up to where its file breaks off."""
    found: list[Step] = []
    skipped: list[str] = []
    try:
        found.extend(steps_of(stretch, skipped.append, made_ready))
    except BrokenCaptureError as error:
        return ReadStretch(found, skipped, str(error))
    return ReadStretch(found, skipped, None)


def steps(stretch: Stretch, read: Read = read_page) -> Iterator[Step]:
    """Yield what each response of a run comes to; its file may break off where the run was killed."""
    try:
        yield from steps_of(stretch, lambda _: None, made_ready, read)
    except BrokenCaptureError:
        return


def steps_of(
    stretch: Stretch, skipped: Callable[[str], None], seen: set[str], read: Read = read_page
) -> Iterator[Step]:
    """Yield what each response of a stretch comes to; a print in `seen` is not made ready again, and others join it.

    :raises CaptureError: there is no such file, or it is no WARC file.
    :raises BrokenCaptureError: after the last whole record, where the file breaks off.
    """
    bodies = Bodies(beside(stretch.path), stretch.folders)
    for exchange in exchanges(stretch.path, lambda one: skipped(str(one)), bodies=bodies, span=stretch.span):
        if stretch.only is None or exchange.capture.id in stretch.only:
            yield _step(exchange, seen, read)


def _step(exchange: Exchange, seen: set[str], read: Read) -> Step:
    outcome = outcome_of(exchange, read)
    ready: dict[str, PreparedAdvert] = {}
    if isinstance(outcome, PageRead):
        for raw in outcome.reading.adverts:
            key = raw.digest
            if key not in seen:
                seen.add(key)
                with suppress(Exception):  # Folding tries again, sets it aside, and says why.
                    ready[key] = prepare(raw, exchange.capture.fetched_at)
    return Step(
        capture=exchange.capture,
        outcome=outcome,
        ready=ready,
        provisional=exchange.response.status in RETRIED,
        leads_to=leads_to(exchange.request.url, exchange.response),
    )


def outcome_of(exchange: Exchange, read: Read = read_page) -> ReadOutcome:
    """What a crawl made of the response: nothing of a robots.txt or of a redirect, which leads to another response, and
    nothing of an answer to HEAD, by which a crawl asks where an advert went.
    """
    response, url = exchange.response, exchange.request.url
    if exchange.request.method == "HEAD":
        return None
    if urlsplit(url).path == "/robots.txt" or 300 <= response.status < 400:
        return None
    if not 200 <= response.status < 300:
        return refused(url, response.status)
    try:
        body = decoded(response)
    except ValueError as error:
        return PageFailed(url=url, kind="unreadable", text=str(error), captured=True)
    load_readers()
    return read(url, attrs.evolve(response, body=body), exchange.capture)
