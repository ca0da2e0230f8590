"""Running crawls from our own command line: the same spiders and settings as `scrapy crawl`, with their results in hand."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from pathlib import Path

import attrs
from scrapy import Spider, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from jobscraper.crawl.lanes import lanes
from jobscraper.crawl.preload import preload
from jobscraper.model.errors import JobscraperError
from jobscraper.normalise.contacts.messages import private
from jobscraper.read.outcome import PageFailed, PageRead

GOOD = frozenset({"complete", "empty"})


@attrs.frozen(kw_only=True)
class Outcome:
    """How a crawl of one source went. `trouble` names in one line what failed, if anything did."""

    source_id: str
    verdict: str
    pages: int = 0
    adverts_listed: int | None = None
    adverts_seen: int = 0
    adverts_new: int = 0
    adverts_changed: int = 0
    trouble: str | None = None


Watch = Callable[[str, PageRead | PageFailed], None]
"""Called with the name of the source for every page that was read or failed."""


def crawl(
    sources: Iterable[type[Spider]],
    settings: Settings,
    *,
    archive: Path | None = None,
    captures: Path | None = None,
    replay: Iterable[Path] = (),
    fresh: bool = False,
    watch: Watch | None = None,
) -> list[Outcome]:
    """Crawl sources side by side, those of one vendor one after the other, and return how each went.

    Once in a process: Twisted's reactor starts only once.

    :raises JobscraperError: before anything is asked of a board: no contact address, a bad archive, a bad WARC.
    """
    given = {"ARCHIVE": archive, "CAPTURES": captures}
    settings = settings.copy()
    settings.update({name: str(path) for name, path in given.items() if path}, priority="cmdline")
    settings.set("FRESH", fresh, priority="cmdline")
    settings.set("REPLAY", [str(path) for path in replay], priority="cmdline")
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    preload()  # Now, and not when the first page has come.
    process = AsyncCrawlerProcess(settings)
    # Otherwise a line is made of every page and every item, and thrown away.
    logging.getLogger("scrapy").setLevel(settings.get("LOG_LEVEL"))
    started: list[tuple[Crawler, asyncio.Task[None]]] = []

    def begin(lane: list[type[Spider]]) -> None:
        crawler = process.create_crawler(lane[0])
        if watch:
            crawler.signals.connect(_watcher(lane[0].name, watch), signals.item_scraped, weak=False)
        task = process.crawl(crawler)
        started.append((crawler, task))

        def go_on(_: asyncio.Task[None]) -> None:
            # Before the process looks whether anything goes on: it would end.
            if lane[1:] and not _was_stopped_by_hand(crawler):
                begin(lane[1:])

        task.add_done_callback(go_on)

    for lane in lanes(sources, lambda source: getattr(source, "allowed_domains", ())):
        begin(lane)
    process.start()
    for _, task in started:
        error = task.exception()
        if error is not None:
            raise error
    return [_outcome(crawler) for crawler, _ in started]


def _was_stopped_by_hand(crawler: Crawler) -> bool:
    return crawler.stats is not None and bool(crawler.stats.get_value("finish_reason") == "shutdown")


def _watcher(name: str, watch: Watch) -> Callable[[PageRead | PageFailed], None]:
    def told(item: PageRead | PageFailed) -> None:
        watch(name, item)

    return told


def _outcome(crawler: Crawler) -> Outcome:
    assert crawler.stats is not None
    assert crawler.spider is not None
    told = {
        field.name: crawler.stats.get_value(f"jobscraper/{field.name}")
        for field in attrs.fields(Outcome)
        if field.name not in ("source_id", "trouble")
    }
    if told["verdict"] is None:
        raise JobscraperError(f"{crawler.spider.name}: the run ended before it was judged; see the log")
    reason = crawler.stats.get_value("jobscraper/stop_reason")
    errors = crawler.stats.get_value("jobscraper/first_failure")
    trouble = None
    if told["verdict"] not in GOOD:
        few = f"found {told['adverts_seen']} of the {told['adverts_listed']} adverts that the board lists"
        nothing = "nothing on its pages could be read" if told["pages"] else "no page could be read"
        cause = reason or errors or (few if told["adverts_listed"] else nothing)
        trouble = private(f"{crawler.spider.name}: {told['verdict']}: {cause}")
    return Outcome(source_id=crawler.spider.name, trouble=trouble, **told)
