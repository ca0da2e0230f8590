"""Crawl a board on 127.0.0.1 in a process of its own: `python -m tests.crawl.local_crawl URL ARCHIVE CAPTURES [k=v…]`.

Prints the outcome as JSON. A process of its own, because Twisted's reactor starts only once, and because some tests kill it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import nullcontext
from datetime import timedelta
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import attrs
import time_machine
from web_poet import handle_urls

from jobscraper.archive.run_recorder import RunRecorder
from jobscraper.boards.teaching_vacancies.feed import FeedPage
from jobscraper.capture.record import Capture
from jobscraper.cli.main import set_up_log
from jobscraper.crawl import capturing
from jobscraper.crawl.project import project_settings
from jobscraper.crawl.runner import crawl
from jobscraper.crawl.source import Source
from jobscraper.model.errors import JobscraperError
from jobscraper.model.reading import RawAdvert, Reading
from jobscraper.read import outcome
from jobscraper.read.page import Page, UnreadablePageError


class LocalFeedPage(FeedPage):
    """The feed of the local board."""


class LocalListPage(Page):
    """A list of cards, each with a link to the advert's own page."""

    def read(self) -> Reading:
        cards = json.loads(self.response.body)
        return Reading(
            part="card",
            adverts=tuple(RawAdvert(source_ref=card["ref"], title=card["title"]) for card in cards),
            pages={card["ref"]: str(self.urljoin(f"/job/{card['ref']}")) for card in cards},
            listed=len(cards),
        )


class LocalJobPage(Page):
    """An advert's own page."""

    def read(self) -> Reading:
        try:
            return Reading(part="page", adverts=(RawAdvert(**json.loads(self.response.body)),))
        except ValueError as error:
            raise UnreadablePageError(f"not JSON, or cut off ({error})") from error


class LocalTrapPage(Page):
    """A page whose body says what happens to whoever reads it."""

    def read(self) -> Reading:
        match self.response.body:
            case b"crashes":
                os.kill(os.getpid(), signal.SIGSEGV)
            case b"orphans":
                os.kill(os.getppid(), signal.SIGKILL)
                os.kill(os.getpid(), signal.SIGKILL)
        while True:
            pass


class LocalBoard(Source):
    """The local board."""

    name = "local_board"
    title = "Local board"
    publisher = "A test"
    homepage = "http://127.0.0.1/"
    allowed_domains = ["127.0.0.1"]  # noqa: RUF012
    confirmed = True


def _die_at_capture(number: int) -> None:
    entered, enter = count(1), RunRecorder.captured

    def captured(recorder: RunRecorder, capture: Capture) -> None:
        if next(entered) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        enter(recorder, capture)

    RunRecorder.captured = captured  # type: ignore[method-assign]


def main(url: str, archive: str, captures: str, *options: str) -> None:
    """Crawl, and say how it went."""
    os.environ.setdefault("JOBSCRAPER_LOG_LEVEL", "CRITICAL")
    set_up_log()
    host = urlsplit(url).netloc
    handle_urls(f"{host}/feed")(LocalFeedPage)
    handle_urls(f"{host}/list")(LocalListPage)
    handle_urls(f"{host}/job")(LocalJobPage)
    handle_urls(f"{host}/trap")(LocalTrapPage)
    given = dict(option.split("=", 1) for option in options)
    LocalBoard.start_urls = [url + path for path in given.pop("start", "/feed?page=1").split(",")]
    replay = [Path(file) for file in given.pop("replay", "").split(",") if file]
    LocalBoard.name = given.pop("name", LocalBoard.name)
    LocalBoard.allowed_domains = given.pop("hosts", "127.0.0.1").split(",")
    LocalBoard.revisit_after = timedelta(seconds=float(given.pop("revisit_after", "604800")))
    LocalBoard.renames = bool(given.pop("renames", ""))
    LocalBoard.most_pages = int(given.pop("most_pages", LocalBoard.most_pages))
    outcome.MOST_SECONDS = float(given.pop("read_seconds", outcome.MOST_SECONDS))
    fresh = bool(given.pop("fresh", ""))
    at = given.pop("at", "")
    if given.pop("trusting", ""):  # As crawls were before the clock was looked at.
        capturing.disagreement = lambda _: None
    die_at = int(given.pop("die_at_capture", 0))
    if die_at:
        _die_at_capture(die_at)
    settings = project_settings()
    settings.update(
        {
            "CONTACT": "tests@example.org",
            "DOWNLOAD_DELAY": 0,
            "BACKOFF_SECONDS": 0,
            "PRIVATE_ADDRESSES_ALLOWED": True,
            **given,
        }
    )
    try:
        with time_machine.travel(at, tick=True) if at else nullcontext():
            (ended,) = crawl(
                [LocalBoard], settings, archive=Path(archive), captures=Path(captures), replay=replay, fresh=fresh
            )
    except JobscraperError as error:
        sys.exit(f"Error: {error}")
    print(json.dumps(attrs.asdict(ended)))


if __name__ == "__main__":
    main(*sys.argv[1:])
